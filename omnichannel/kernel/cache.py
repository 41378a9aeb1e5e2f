"""Django's Redis cache with one client per pool: its own makes a new one for each operation."""

from django.core.cache.backends import redis


class Client(redis.RedisCacheClient):
    def __init__(self, *servers, **options):
        super().__init__(*servers, **options)
        self._by_pool: dict[int, object] = {}

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if id(pool) not in self._by_pool:
            self._by_pool[id(pool)] = self._client(connection_pool=pool)
        return self._by_pool[id(pool)]


class RedisCache(redis.RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = Client
