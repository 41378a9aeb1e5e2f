"""Institutions form a tree; roles reach what stands below; operators change it through services."""

import re
import time

import pytest
from django.urls import reverse

from members import demo, queries
from members.actors import SYSTEM, actor_of
from members.channel_keys import key_hash
from members.models import ChannelKey, Institution, Member, StaffRole, User
from members.services import institutions, keys
from omnichannel.kernel.errors import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def staff(username):
    return actor_of(User.objects.get(username=username))


def events(model):
    return model.pgh_event_model.objects.order_by("pgh_id")


def test_the_demo_company_loads_once_and_fast(now):
    before = (Institution.objects.count(), User.objects.count(), StaffRole.objects.count())
    begin = time.monotonic()
    demo.load(now=now)
    assert time.monotonic() - begin < 3
    assert (Institution.objects.count(), User.objects.count(), StaffRole.objects.count()) == before
    assert Member.objects.count() == 300
    assert queries.member_card(phone="13900000001").is_identified
    assert Institution.objects.filter(kind="store").count() == 21


def test_roles_reach_what_stands_below():
    manager, operator = staff("manager1"), staff("operator1")
    shop = queries.institution_by_code("st-sh-01")
    assert manager.can("store_manager", shop.path)
    assert not manager.can("store_manager", queries.institution_by_code("st-sh-02").path)
    assert operator.can("operator", shop.path)
    assert not staff("wh1").can("warehouse", queries.institution_by_code("wh-south").path)


def test_the_nearest_stores_come_first():
    near = queries.stores_near(31.2370, 121.4817, 3)
    assert [store.institution.code for store in near] == ["st-sh-01", "st-sh-03", "st-sh-02"]
    assert near[0].distance_km == 0


def test_cards_come_in_one_query(django_assert_num_queries):
    ids = list(Institution.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(queries.institutions_by_ids([*ids, 0])) == len(ids)


def test_a_moved_branch_takes_everything_below_along():
    branch = Institution.objects.get(code="br-nj")
    branch.parent = Institution.objects.get(code="br-zj")
    institutions.change_institution(actor=staff("operator1"), institution=branch)
    assert queries.institution_by_code("st-nj-01").path == "huatong/br-zj/br-nj/st-nj-01/"


def test_nothing_stands_below_itself():
    root = Institution.objects.get(code="br-js")
    root.parent = Institution.objects.get(code="br-nj")
    with pytest.raises(institutions.UnderItself):
        institutions.change_institution(actor=SYSTEM, institution=root)


def test_only_operators_change_the_tree():
    shop = Institution.objects.get(code="st-sh-01")
    with pytest.raises(NotAllowed):
        institutions.change_institution(actor=staff("manager1"), institution=shop)
    with pytest.raises(NotAllowed):
        institutions.grant_role(actor=staff("clerk1"), user=User(), institution=shop, role="clerk")


def test_every_version_of_the_configuration_is_kept():
    Institution.objects.filter(code="st-sh-01").update(phone="021-1")
    pghistory = Institution.objects.get(code="st-sh-01").events
    assert [row.phone for row in pghistory.order_by("pgh_id")][-1] == "021-1"


def test_a_key_is_shown_once_and_kept_as_a_hash():
    root = queries.institution_by_code("huatong")
    key, plain = keys.issue(name="Test", channel="app", institution_id=root.id, actor=staff("operator1"))
    assert plain.startswith(key.prefix)
    assert len(key.prefix) == 12
    assert key.key_hash == key_hash(plain)
    with pytest.raises(NotAllowed):
        keys.issue(name="Test", channel="app", institution_id=root.id, actor=staff("clerk1"))


def test_demo_keys_open_the_api():
    for plain in ("htk_app00001_demo", "htk_kiosk001_demo", "htk_dealer01_demo"):
        assert ChannelKey.objects.get(prefix=plain[:12]).key_hash == key_hash(plain)


@pytest.fixture
def admin(client):
    client.login(username="admin", password="huatong-demo")
    return client


MODELS = [
    "blockedperson",
    "channelkey",
    "identitycheck",
    "identityreading",
    "institution",
    "member",
    "message",
    "pointspolicy",
    "pointstxn",
    "user",
]


@pytest.mark.parametrize("model", MODELS)
def test_the_operators_tables_open(admin, model):
    page = admin.get(reverse(f"admin:members_{model}_changelist"))
    assert page.status_code == 200
    assert not re.search(r"\b1390000\d{4}\b", page.content.decode())


@pytest.mark.parametrize("model", ["user", "institution", "member"])
def test_the_operators_forms_open(admin, model):
    first = {"user": User, "institution": Institution, "member": Member}[model].objects.first()
    page = admin.get(reverse(f"admin:members_{model}_change", args=[first.pk]))
    assert page.status_code == 200


def test_an_operator_opens_a_store(admin):
    form = {"code": "st-sh-07", "parent": Institution.objects.get(code="br-sh").pk, "kind": "store"}
    form |= {"name": "外滩店", "minimum_payout": 0, "is_active": "on"}
    answer = admin.post(reverse("admin:members_institution_add"), form)
    assert answer.status_code == 302
    assert queries.institution_by_code("st-sh-07").path == "huatong/br-sh/st-sh-07/"


def test_an_operator_issues_a_key_in_the_admin(admin):
    form = {"name": "New app", "channel": "app", "institution": Institution.objects.get(code="huatong").pk}
    page = admin.post(reverse("admin:members_channelkey_add"), form, follow=True).content.decode()
    plain = re.search(r"htk_[0-9a-f]{8}_[\w-]+", page)[0]
    assert ChannelKey.objects.get(name="New app").key_hash == key_hash(plain)
