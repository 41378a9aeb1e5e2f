"""A member looks after name, addresses and points; nobody sees another's."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from members import queries
from members.actors import Actor, NotYours
from members.models import Address, Member
from members.places import PlaceUnknown, locate
from members.services import addresses, points
from members.services.membership import NameInvalid, join
from omnichannel.kernel import clock

pytestmark = pytest.mark.django_db
HOME = {
    "name": "林晓",
    "phone": "13812345678",
    "province": "江苏省",
    "city": "苏州市",
    "district": "昆山市",
    "street": "人民南路 8 号 3 栋 501",
}


def test_joining_twice_is_one_member(now):
    first = join(phone="138 1234 5678", channel="store", now=now)
    assert join(phone="+8613812345678", name="林晓", channel="web", now=now) == first
    assert join(phone="13812345678", name="别人", channel="web", now=now) == first
    assert Member.objects.get().name == "林晓"


def test_an_emoji_in_a_name_is_kept(signed_in, member):
    name = "小雨\N{UMBRELLA WITH RAIN DROPS}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}"
    assert signed_in.post(reverse("members:home"), {"name": name}).status_code == 302
    assert Member.objects.get().name == name
    assert name in signed_in.get(reverse("members:home")).content.decode()


@pytest.mark.parametrize("name", ["x" * 41, "a\x00b", "a\x1bb"])
def test_a_name_that_is_too_long_or_no_text_is_refused(name, now):
    with pytest.raises(NameInvalid), transaction.atomic():
        join(phone="13812345678", name=name, channel="web", now=now)
    assert not Member.objects.exists()


def test_the_first_address_is_the_default_and_has_its_place(actor):
    first = addresses.add_address(actor=actor, **HOME)
    second = addresses.add_address(actor=actor, **HOME | {"street": "观前街 1 号"})
    assert (first.is_default, second.is_default) == (True, False)
    assert (first.province, first.city) == ("江苏", "苏州")
    assert (first.latitude, first.longitude) == locate("江苏", "苏州", "昆山市")


def test_there_is_always_one_default(actor):
    first = addresses.add_address(actor=actor, **HOME)
    second = addresses.add_address(actor=actor, is_default=True, **HOME)
    addresses.make_default(actor=actor, address_id=first.pk)
    addresses.remove(actor=actor, address_id=first.pk)
    assert list(Address.objects.values_list("pk", "is_default")) == [(second.pk, True)]


def test_an_order_gets_a_copy(actor):
    address = addresses.add_address(actor=actor, **HOME)
    copy = addresses.destination_of(address_id=address.pk, actor=actor)
    assert copy.of_dict(copy.as_dict()) == copy
    assert copy.street == HOME["street"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"street": "长" * 300}, "address_too_long"),
        ({"street": "  "}, "address_empty"),
        ({"phone": "138"}, "phone_invalid"),
        ({"city": "纽约"}, "place_unknown"),
        ({"city": ""}, "place_unknown"),
        ({"name": ""}, "name_invalid"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused(actor, change, code):
    with pytest.raises(Exception) as refusal:  # noqa: PT011  (the code is what counts)
        addresses.add_address(actor=actor, **HOME | change)
    assert refusal.value.code == code
    assert not Address.objects.exists()


def test_twenty_addresses_are_enough(actor):
    for _time in range(20):
        addresses.add_address(actor=actor, **HOME)
    with pytest.raises(addresses.AddressLimit):
        addresses.add_address(actor=actor, **HOME)


def test_nobody_touches_anothers_address(actor, now, signed_in):
    other = Actor(user_id=join(phone="13700001111", channel="web", now=now))
    theirs = addresses.add_address(actor=other, **HOME)
    for service in (addresses.remove, addresses.make_default, addresses.destination_of):
        with pytest.raises(NotYours):
            service(actor=actor, address_id=theirs.pk)
    for name in ("address-edit", "address-remove", "address-default"):
        url = reverse(f"members:{name}", args=[theirs.pk])
        assert signed_in.post(url, HOME).status_code == 404
    assert Address.objects.get().pk == theirs.pk


def test_the_pages_add_change_and_remove(signed_in, actor):
    form = HOME | {"province": "江苏", "city": "苏州"}
    assert signed_in.post(reverse("members:address-new"), form).status_code == 302
    address = Address.objects.get()
    url = reverse("members:address-edit", args=[address.pk])
    assert HOME["street"] in signed_in.get(url).content.decode()
    signed_in.post(url, form | {"street": "新街 9 号"})
    assert Address.objects.get().street == "新街 9 号"
    assert "新街 9 号" in signed_in.get(reverse("members:addresses")).content.decode()
    signed_in.post(reverse("members:address-remove", args=[address.pk]))
    assert not Address.objects.exists()


def test_a_long_address_is_refused_on_the_page_with_its_code(signed_in):
    form = HOME | {"province": "江苏", "city": "苏州", "street": "长" * 300}
    answer = signed_in.post(reverse("members:address-new"), form)
    assert answer.status_code == 400
    assert 'data-code="address_too_long"' in answer.content.decode()
    assert "长" * 300 in answer.content.decode()


def test_cities_follow_the_province(client):
    page = client.get(reverse("members:places"), {"province": "浙江", "city": "杭州"}).content.decode()
    assert "西湖区" in page
    assert "苏州" not in page


def test_places_are_found_by_their_long_and_short_names():
    assert locate("上海市", "上海市", "浦东新区") == locate("上海", "上海", "浦东新区")
    assert locate("江苏", "南京", "一个新区") == locate("江苏", "南京")
    with pytest.raises(PlaceUnknown):
        locate("江苏", "杭州")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_stand_in_both_languages(signed_in, actor, member, now, language):
    addresses.add_address(actor=actor, **HOME)
    points.earn(member_id=member.pk, points=1234, reference="HT2611200000017:1", now=now)
    points.burn(member_id=member.pk, points=34, reference="HT2611200000018", now=now)
    words = {
        "home": ("入会时间", "Member since"),
        "points": ("积分", "Balance"),
        "addresses": ("地址", "Addresses"),
    }
    with translation.override(language):
        for name, (chinese, english) in words.items():
            page = signed_in.get(reverse(f"members:{name}"), headers={"accept-language": language})
            assert page.status_code == 200
            assert (english if language == "en" else chinese) in page.content.decode()


def test_the_points_page_shows_balance_lots_and_pages(signed_in, member, now):
    for number in range(25):
        points.earn(member_id=member.pk, points=10, reference=f"HT26112000000{number:02d}", now=now)
    first = signed_in.get(reverse("members:points"))
    assert first.context["balance"].balance == 250
    assert len(first.context["page"].object_list) == 20
    assert "/orders/HT2611200000024/" in first.content.decode()
    assert len(signed_in.get(reverse("members:points"), {"page": 2}).context["page"].object_list) == 5


@pytest.mark.parametrize("name", ["home", "addresses", "points"])
def test_queries_do_not_grow(signed_in, actor, member, now, name, django_assert_max_num_queries):
    for number in range(12):
        addresses.add_address(actor=actor, **HOME)
        points.earn(member_id=member.pk, points=10, reference=f"o{number}", now=now)
    with django_assert_max_num_queries(14):
        signed_in.get(reverse(f"members:{name}"))


@pytest.mark.parametrize("name", ["home", "addresses", "points"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, name):
    url = reverse(f"members:{name}")
    assert client.get(url).headers["Location"].endswith(f"?next={url.replace('/', '%2F')}")


def test_staff_without_membership_are_told_so(client, company):
    client.login(username="clerk1", password="huatong-demo")
    assert client.get(reverse("members:home")).status_code == 403


def test_a_clerk_sees_a_members_card_by_phone(member, now):
    points.earn(member_id=member.pk, points=5, reference="o1", now=now)
    with clock.override(now):
        card = queries.member_card(phone="138-1234-5678")
    assert (card.member_id, card.name, card.phone_masked, card.points) == (
        member.pk,
        "林晓",
        "138****5678",
        5,
    )
    assert queries.member_card(phone="13700009999") is None
