"""Fixtures for all tests: real PostgreSQL and Valkey, a frozen clock, a browser."""

import itertools
import os
from contextlib import ExitStack

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import TransactionTestCase

from omnichannel.kernel import clock
from tests.support import browsing, databases

# playwright runs an event loop in the main thread, where Django would refuse plain database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

_prefixes = itertools.count()
# The folder `make run` collects into; WhiteNoise warns at every client without it.
django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


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
def django_db_setup(django_test_environment, django_db_blocker, worker):
    """Give this process its own clone of the migrated template database."""
    template, name = databases.ensure_template(), databases.CLONE + worker.replace("-", "_")
    databases.clone(name, template)
    connections["default"].close()
    connections.settings["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name

    def renew(_case) -> None:
        """Undo a test that committed; the ledger's guards forbid Django's TRUNCATE."""
        connections.close_all()
        databases.clone(name, template)

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield
        connections.close_all()
        databases.drop(name)


@pytest.fixture(autouse=True)
def own_cache(settings, worker):
    """Each test has its own cache, so that counters and a simulated clock end with it."""
    prefix = f"test-{worker}-{next(_prefixes)}"
    default = settings.CACHES["default"] | {"KEY_PREFIX": prefix}
    settings.CACHES = settings.CACHES | {"default": default}


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
def phone_page(live_server, new_context):
    """The same at phone width with touch."""
    page = new_context(viewport=browsing.PHONE, has_touch=True, is_mobile=True).new_page()
    page.at = lambda path: f"{live_server.url}{path}"
    return page


@pytest.fixture
def keep():
    """keep(page, name): keep a picture of the page in var/screenshots."""
    return browsing.keep_screenshot
