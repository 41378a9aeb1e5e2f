import pytest

from members.models import StaffRole, User
from tests.fulfillment.house import House
from tests.support.goods import NOW, Company


@pytest.fixture
def now(freeze_at):
    return freeze_at(NOW)


@pytest.fixture
def company(db, now) -> Company:
    made = Company()
    made.goods("a", "b", "c")
    return made


@pytest.fixture
def house(db, now) -> House:
    """An empty company whose parcels stand right before the step under test."""
    return House(now)


@pytest.fixture
def worker_east(house):
    return house.staff("warehouse", house.east)


@pytest.fixture
def swift_courier(house):
    return house.staff("courier", house.swift)


@pytest.fixture
def boss(client, company):
    """The browser of an operator of the carrier who may use the whole admin."""
    user = User.objects.create_superuser(username="boss", password="x")
    StaffRole.objects.create(user=user, institution=company.carrier, role="operator")
    client.force_login(user)
    return client


@pytest.fixture
def media(settings, tmp_path):
    """Signatures of a test stay in its own folder."""
    settings.MEDIA_ROOT = tmp_path
