"""A real name is checked by rule, kept encrypted, shown masked, and every reading leaves a line."""

import logging

import pytest

from members import queries
from members.actors import Actor, Grant
from members.identity_numbers import (
    IdentityChecksum,
    IdentityUnderAge,
    check_character,
    cleaned,
)
from members.models import Identity, IdentityCheck, IdentityReading
from members.services import identity
from members.services.membership import join
from omnichannel.kernel.errors import NotAllowed, TooMany
from omnichannel.kernel.logs import mask

pytestmark = pytest.mark.django_db


def number(born="19900307", area="990101", sequence="123") -> str:
    first = f"{area}{born}{sequence}"
    return first + check_character(first)


COURIER = Actor(user_id=1, name="孙小军", grants=frozenset({Grant("courier", 1, "cr-swift/")}))
OPERATOR = Actor(user_id=2, name="陆敏", grants=frozenset({Grant("operator", 1, "huatong/")}))


def test_the_check_character_follows_the_standard(now):
    assert check_character("11010519491231002") == "X"  # the standard's own example
    assert check_character("44052418800101001") == "4"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "123",
        number()[:17] + ("0" if number()[17] != "0" else "1"),
        number(born="19901332"),
        number(born="20301101"),
        number(area="000000"),
        number(area="990102"),
        "９" * 18,
        "11010519491231002Y",
        None,
    ],
)
def test_a_number_that_cannot_be_one_is_refused(wrong, now):
    with pytest.raises(IdentityChecksum):
        cleaned(wrong, today=now.date())


def test_the_holder_is_sixteen_on_the_birthday(now):
    assert cleaned(number(born="20101121"), today=now.date())
    with pytest.raises(IdentityUnderAge):
        cleaned(number(born="20101122"), today=now.date())


def test_the_test_area_is_refused_outside_the_demo(now, settings):
    settings.IDENTITY_AREAS = ()
    with pytest.raises(IdentityChecksum):
        cleaned(number(), today=now.date())
    assert cleaned(number(area="310101"), today=now.date())
    settings.IDENTITY_AREAS = ("990102",)
    assert cleaned(number(area="990102"), today=now.date())


def test_a_verified_identity_is_encrypted_and_masked(member, now):
    ref = identity.verify(member_id=member.pk, name="林晓梅", id_number=number().lower(), now=now)
    row = Identity.objects.get()
    assert (ref.name_masked, ref.id_masked) == ("林**", "990***********" + number()[-4:])
    assert number() not in row.number
    assert "林晓梅" not in row.name
    assert queries.identity_of(member.pk) == ref
    assert IdentityCheck.objects.get().outcome == "ok"


def test_the_same_person_has_one_key_in_every_account(member, now):
    other = join(phone="13700001111", channel="store", now=now)
    mine = identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)
    again = identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)
    theirs = identity.verify(member_id=other, name="林晓", id_number=number(), now=now)
    assert mine == again
    assert mine.person_key == theirs.person_key
    assert mine.identity_id != theirs.identity_id


def test_a_refused_check_is_recorded_without_the_number(member, now):
    with pytest.raises(IdentityUnderAge):
        identity.verify(member_id=member.pk, name="小林", id_number=number(born="20200101"), now=now)
    assert list(IdentityCheck.objects.values_list("outcome", "person_key")) == [("identity_under_age", "")]
    assert not Identity.objects.exists()


def test_a_blocked_person_is_refused(member, now):
    ref = identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)
    identity.block_person(identity_id=ref.identity_id, reason="fraud", actor=OPERATOR, now=now)
    with pytest.raises(identity.IdentityBlocked):
        identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)


def test_checks_are_limited(member, now):
    for _time in range(10):
        with pytest.raises(IdentityChecksum):
            identity.verify(member_id=member.pk, name="林晓", id_number="1", now=now)
    with pytest.raises(TooMany):
        identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)


def test_each_reading_leaves_a_line(member, now):
    ref = identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)
    plain = identity.read_plain(identity_id=ref.identity_id, actor=COURIER, purpose="delivery", now=now)
    assert plain == ("林晓", number())
    assert queries.identity_matches(ref.identity_id, name="林晓", id_tail=number()[-4:])
    assert not queries.identity_matches(ref.identity_id, name="林小")
    assert not queries.identity_matches(ref.identity_id, id_tail="0000")
    assert not queries.identity_matches(ref.identity_id, id_tail=number()[-1:])
    assert not queries.identity_matches(ref.identity_id)
    assert IdentityReading.objects.count() == 6
    assert IdentityReading.objects.order_by("pk").first().reader == "孙小军"


def test_a_member_reads_nobodys_number(member, actor, now):
    ref = identity.verify(member_id=member.pk, name="林晓", id_number=number(), now=now)
    with pytest.raises(NotAllowed):
        identity.read_plain(identity_id=ref.identity_id, actor=actor, purpose="curiosity", now=now)
    assert not IdentityReading.objects.exists()


def test_logs_hold_no_whole_number(caplog):
    logging.getLogger("members").warning("%s", mask(f"{number()} 13812345678"))
    assert number() not in caplog.text
    assert "13812345678" not in caplog.text
