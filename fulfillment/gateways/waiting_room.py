"""The waiting room of a flash sale, in Redis: who came when, who is let in. It only turns away.

One script does everything for one visitor, so that a place in the queue is never given twice. Keys live a day
longer than the sale, counted from the last visit. Times in milliseconds since 1970.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from redis import Redis

# queue: ticket → order of arrival (before the start: the draw, below 0). inside: ticket → until when.
# seen: ticket → when it last asked; who has closed the page for `stale` is passed over.
# pace: tokens of a bucket that fills with admissions per minute and holds ten seconds of them.
_VISIT = """
local queue, inside, seen, pace = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local ticket, now, opens, draw = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local per_minute, stay, left = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local stale, lives = tonumber(ARGV[8]), tonumber(ARGV[9])
redis.call('ZREMRANGEBYSCORE', inside, '-inf', now)
local until_ = redis.call('ZSCORE', inside, ticket)
if not until_ then
    redis.call('HSET', seen, ticket, now)
    if not redis.call('ZSCORE', queue, ticket) then
        local place = draw - 1
        if now >= opens then place = redis.call('HINCRBY', pace, 'arrivals', 1) end
        redis.call('ZADD', queue, place, ticket)
    end
end
if now >= opens then
    local most = math.max(1, per_minute / 6)
    local tokens = tonumber(redis.call('HGET', pace, 'tokens') or most)
    local at = tonumber(redis.call('HGET', pace, 'at') or now)
    tokens = math.min(most, tokens + math.max(0, now - at) * per_minute / 60000)
    local room = math.min(math.floor(tokens), left - redis.call('ZCARD', inside))
    local looked = 0
    while room > 0 and looked < 500 do
        local first = redis.call('ZRANGE', queue, 0, 0)[1]
        if not first then break end
        looked = looked + 1
        redis.call('ZREM', queue, first)
        if now - tonumber(redis.call('HGET', seen, first) or 0) <= stale then
            redis.call('ZADD', inside, now + stay, first)
            room, tokens = room - 1, tokens - 1
        end
        redis.call('HDEL', seen, first)
    end
    redis.call('HSET', pace, 'tokens', tostring(tokens), 'at', now)
    until_ = redis.call('ZSCORE', inside, ticket)
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, lives) end
if until_ then return {1, until_, 0, redis.call('ZCARD', queue)} end
return {0, '0', redis.call('ZRANK', queue, ticket) or 0, redis.call('ZCARD', queue)}
"""


@dataclass(frozen=True)
class Visit:
    """ahead: people before this one. inside_until_ms: 0 while waiting."""

    inside_until_ms: int
    ahead: int
    waiting: int


def visit(
    *,
    campaign: str,
    ticket: str,
    now_ms: int,
    opens_ms: int,
    draw: float,
    per_minute: int,
    stay_ms: int,
    left: int,
    stale_ms: int,
    lives_ms: int,
) -> Visit:
    """Queue up or ask again. `draw` in [0, 1) orders those who came before the start. Raises RedisError.

    lives_ms: milliseconds from now, for a sale that runs on a simulated clock.
    """
    keys = [_key(campaign, part) for part in ("queue", "inside", "seen", "pace")]
    arguments = (ticket, now_ms, opens_ms, draw, per_minute, stay_ms, left, stale_ms, lives_ms)
    inside, until, ahead, waiting = _script()(keys=keys, args=arguments, client=_client())
    return Visit(int(float(until)) if inside else 0, ahead, waiting)


def leave(*, campaign: str, ticket: str) -> None:
    """Whoever has ordered or waits no longer makes room for the next. Raises RedisError."""
    with _client().pipeline() as pipe:
        pipe.zrem(_key(campaign, "inside"), ticket).zrem(_key(campaign, "queue"), ticket)
        pipe.hdel(_key(campaign, "seen"), ticket)
        pipe.execute()


def size(*, campaign: str) -> tuple[int, int]:
    """How many wait, and how many are let in and have not ordered yet. Raises RedisError."""
    return _client().zcard(_key(campaign, "queue")), _client().zcard(_key(campaign, "inside"))


def _key(campaign: str, part: str) -> str:
    return f"{settings.CACHES['default']['KEY_PREFIX']}:room:{campaign}:{part}"


@cache
def _client() -> Redis:
    return Redis.from_url(settings.REDIS_URL)


@cache
def _script():
    return _client().register_script(_VISIT)
