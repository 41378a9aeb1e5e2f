"""Sessions: saved by one statement, kept in cache and database, gone when somebody ended them meanwhile."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from redis.exceptions import ConnectionError as CacheDown

from omnichannel.kernel.cache import RedisCache
from omnichannel.kernel.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    session = SessionStore()
    session["basket_id"] = 7
    session.save()
    return session


def test_a_save_is_one_statement_and_reading_it_again_none(kept, django_assert_num_queries):
    kept["basket_id"] = 8
    with django_assert_num_queries(1):
        kept.save()
    with django_assert_num_queries(0):
        assert SessionStore(kept.session_key)["basket_id"] == 8


def test_without_the_cache_the_database_has_it(kept):
    kept._cache.delete(kept.cache_key)
    assert SessionStore(kept.session_key)["basket_id"] == 7


def test_while_the_cache_is_down_sessions_are_made_read_and_saved(kept, monkeypatch):
    def down(*_what, **_more):
        raise CacheDown

    for name in ("get", "set", "has_key"):
        monkeypatch.setattr(type(kept._cache), name, down)
    fresh = SessionStore()
    fresh["ticket"] = "t"
    fresh.save()
    assert SessionStore(fresh.session_key)["ticket"] == "t"
    assert SessionStore(kept.session_key)["basket_id"] == 7
    assert not SessionStore("neverwas1234567890abcdefghijklmn").get("ticket")


def test_what_was_ended_meanwhile_does_not_come_back(kept):
    Session.objects.filter(session_key=kept.session_key).delete()
    kept["basket_id"] = 9
    with pytest.raises(UpdateError):
        kept.save()
    assert not Session.objects.filter(session_key=kept.session_key).exists()


def test_a_new_key_takes_the_content_along(kept):
    before = kept.session_key
    kept.cycle_key()
    kept.save()
    assert kept.session_key != before
    assert SessionStore(kept.session_key)["basket_id"] == 7
    assert not SessionStore(before).get("basket_id")


def test_one_client_serves_all_operations_of_a_cache(settings):
    cache = RedisCache(settings.REDIS_URL, {})._cache
    assert cache.get_client("a") is cache.get_client("b", write=True)
