"""Fixtures for all tests: real PostgreSQL and Valkey, a frozen clock, a browser."""

import itertools
import os
from contextlib import ExitStack

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as drawing

from catalog.queries import categories
from fulfillment.services import hot
from omnichannel.kernel import clock
from tests.support import browsing, databases, demo
from tests.support.workplace import Workplace

# playwright runs an event loop in the main thread, where Django would refuse plain database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# `--hypothesis-profile=deep`: longer sequences, many more, others each time. It takes minutes, not seconds.
drawing.register_profile(
    "deep",
    max_examples=400,
    stateful_step_count=50,
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
_prefixes = itertools.count()
# The folder `make run` collects into; WhiteNoise warns at every client without it.
django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
django_settings.MEDIA_ROOT = databases.MEDIA


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test marked `owner` connects as the owner of the tables, to take a guard away or to meet it bare."""
    if item.get_closest_marker("owner"):
        _connect_as(databases.owner_role())


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    if item.get_closest_marker("owner"):
        _connect_as(databases.application_role())


def _connect_as(role: dict[str, str]) -> None:
    connections.close_all()
    connections["default"].settings_dict.update(role)
    connections.settings["default"].update(role)


@pytest.fixture(scope="session")
def worker(request) -> str:
    """Names this process among all test processes of the server."""
    return f"{getattr(request.config, 'workerinput', {}).get('workerid', 'solo')}-{os.getpid()}"


@pytest.fixture(scope="session")
def workplace(django_test_environment, django_db_blocker, worker):
    """This process's databases, none of which outlives it."""
    found = Workplace(worker)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", found.renew)
        yield found
        found.leave()


@pytest.fixture(scope="session")
def django_db_setup(workplace):
    """Give this process its own clone of the migrated template database."""
    workplace.enter(databases.ensure_template(), kind="empty")


@pytest.fixture(scope="module")
def demo_company(django_db_setup, workplace):
    """The module works in a clone of the loaded demo company; freeze the clock at demo.NOON."""
    before = workplace.enter(demo.ensure_template(), kind="demo")
    yield
    workplace.go_back(before)


@pytest.fixture(autouse=True)
def own_cache(settings, worker):
    """Each test has its own cache, so that counters and a simulated clock end with it."""
    prefix = f"test-{worker}-{next(_prefixes)}"
    default = settings.CACHES["default"] | {"KEY_PREFIX": prefix}
    settings.CACHES = settings.CACHES | {"default": default}


@pytest.fixture(autouse=True)
def nothing_kept():
    """What a process remembers of one test, fast sellers, categories and the language of the last page, it
    does not know in the next."""
    hot.forget()
    categories.forget()
    translation.deactivate()


@pytest.fixture
def freeze_at():
    """freeze_at(instant): stop the clock there until the test ends or it is called again."""
    with ExitStack() as stack:

        def freeze(instant):
            stack.enter_context(clock.override(instant))
            return instant

        yield freeze


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    return browser_type_launch_args | browsing.launch_arguments()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args) -> dict:
    """Chinese, Shanghai time and no motion; a test that wants English opens its own context."""
    wanted = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
    return browser_context_args | wanted | {"viewport": browsing.DESKTOP}


@pytest.fixture
def live_page(live_server, page):
    """A desktop page whose addresses are relative to the live server: live_page.goto(live_page.at("/"))."""
    page.at = lambda path: f"{live_server.url}{path}"
    return page


@pytest.fixture
def phone_page(live_server, browser, browser_context_args):
    """The same at phone width with touch."""
    wanted = browser_context_args | {"viewport": browsing.PHONE, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**wanted)
    page = context.new_page()
    page.at = lambda path: f"{live_server.url}{path}"
    yield page
    context.close()


@pytest.fixture
def keep():
    """keep(page, name): keep a picture of the page in var/screenshots."""
    return browsing.keep_screenshot
