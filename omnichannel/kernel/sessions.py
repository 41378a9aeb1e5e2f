"""Sessions in the cache with a copy in the database, as Django's cached_db, saved by one statement.

A save does not wait until the disk has it (docs/decisions/0060): the cache has it too.
"""

import logging

from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.contrib.sessions.backends.db import SessionStore as StoredStore
from redis.exceptions import RedisError

from . import prepared

log = logging.getLogger(__name__)

_CREATE = """
INSERT INTO django_session (session_key, session_data, expire_date)
SELECT %(key)s, %(data)s, %(until)s WHERE {later} ON CONFLICT DO NOTHING RETURNING session_key
"""
_UPDATE = """
UPDATE django_session SET session_data = %(data)s, expire_date = %(until)s
 WHERE session_key = %(key)s AND {later} RETURNING session_key
"""


class SessionStore(CachedStore):
    """Read and written without the cache while it is down. Ending one takes both, or it might come back."""

    def load(self):
        try:
            return super().load()
        except RedisError:
            log.exception("the session is read without the cache")
        row = self._get_session_from_db()
        return self.decode(row.session_data) if row else {}

    def exists(self, session_key) -> bool:
        """The database alone knows all keys that are taken."""
        return StoredStore.exists(self, session_key)

    def save(self, must_create=False):
        """Raises CreateError for a key that is taken, UpdateError when the session is gone meanwhile."""
        if self.session_key is None:
            return self.create()
        row = self.create_model_instance(self._get_session(no_load=must_create))
        values = {"key": row.session_key, "data": row.session_data, "until": row.expire_date}
        if not prepared.tuples(prepared.later(_CREATE if must_create else _UPDATE), values):
            raise CreateError if must_create else UpdateError
        self._remember()

    def _remember(self) -> None:
        """A cache that is down costs a read of the database next time, no answer now."""
        try:
            self._cache.set(self.cache_key, self._session, self.get_expiry_age())
        except Exception:
            log.exception("the session is not in the cache")
