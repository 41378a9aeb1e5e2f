"""Who switched the optimiser's jobs, and when, is shown as a list."""

from datetime import timedelta

import pytest

from fulfillment.models import OptimiserSwitchEvent
from fulfillment.services import optimiser_switch
from members.actors import Actor, Grant
from members.models import StaffRole, User
from omnichannel.kernel.errors import NotAllowed

EN = {"accept-language": "en"}
PATH = "/routing/planning/switches/"


@pytest.fixture
def sign_in(client, company):
    def enter(role):
        user = User.objects.create_user(username=role, is_staff=True)
        StaffRole.objects.create(user=user, institution=company.carrier, role=role)
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def switch(company, now):
    def by(name, kind, on, *, hours=0):
        grants = frozenset([Grant("operator", company.carrier.pk, company.carrier.path)])
        actor = Actor(user_id=1, name=name, grants=grants)
        optimiser_switch.switch(kind=kind, on=on, actor=actor, now=now + timedelta(hours=hours))

    return by


def test_the_newest_stands_first_with_name_and_time(sign_in, switch):
    switch("Lin", "prices", False)
    switch("Wang", "prices", True, hours=2)
    page = sign_in("auditor").get(PATH, headers=EN).content.decode()
    assert page.index("Wang") < page.index("Lin")
    assert "2026-11-21 14:00" in page
    short = sign_in("operator").get("/routing/planning/", headers=EN).content.decode()
    assert "Last switches" in short
    assert short.index("2026-11-21 14:00") < short.index("2026-11-21 12:00")
    assert f'href="{PATH}"' in short


def test_the_list_is_filtered_by_job_and_name(sign_in, switch):
    switch("Lin", "prices", False)
    switch("Wang", "reevaluation", True)
    reader = sign_in("operator")
    page = reader.get(PATH, {"job": "prices"}, headers=EN).content.decode()
    assert "Lin" in page
    assert "Wang" not in page
    page = reader.get(PATH, {"who": "wan"}, headers=EN).content.decode()
    assert "Wang" in page
    assert "Lin<" not in page
    assert "Nothing fits these filters" in reader.get(PATH, {"who": "nobody"}, headers=EN).content.decode()


def test_the_list_has_pages_and_is_a_file(sign_in, switch):
    for hour in range(30):
        switch(f"P{hour:02d}", "prices", bool(hour % 2), hours=hour)
    reader = sign_in("operator")
    first = reader.get(PATH, headers=EN).content.decode()
    assert "P29" in first
    assert "P04" not in first
    assert "P04" in reader.get(PATH, {"page": 2}, headers=EN).content.decode()
    lines = b"".join(reader.get(PATH, {"format": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 31
    assert lines[1].endswith(",prices,1,P29")


def test_nobody_switched_anything_yet(sign_in):
    reader = sign_in("operator")
    assert "Nobody switched anything yet" in reader.get(PATH, headers=EN).content.decode()
    assert "Nobody switched anything yet" in reader.get("/routing/planning/", headers=EN).content.decode()


def test_what_is_so_already_is_no_change(switch):
    switch("Lin", "prices", False)
    switch("Wang", "prices", False, hours=1)
    assert [row.changed_by for row in OptimiserSwitchEvent.objects.all()] == ["Lin"]


def test_it_is_for_operators_and_auditors(sign_in, client, company, switch):
    assert client.get(PATH).status_code == 302
    assert sign_in("warehouse").get(PATH).status_code == 403
    with pytest.raises(NotAllowed):
        optimiser_switch.switch(kind="prices", on=True, actor=Actor(), now=company and None)
