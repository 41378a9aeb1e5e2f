"""Settings come from the environment; a missing or malformed one stops the start with its name."""

import base64
import json
import os
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """The value of an environment variable, or ImproperlyConfigured naming it."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. `make run` sets it for a local start; docs/operations.md lists them all."
        )
    return value


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} takes 1 or 0, not {value!r}.")
    return value in {"1", "true", "yes"}


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict:
    """Django's database entry for postgresql://user:password@host:port/name, a socket folder as ?host=."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": query.pop("user", unquote(parts.username or "")),
        "PASSWORD": query.pop("password", unquote(parts.password or "")),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
    }


def broker(redis_url: str) -> str:
    """Celery's form of a Redis URL: a unix socket is spelled redis+socket:// there."""
    if not redis_url.startswith("unix://"):
        return redis_url
    parts = urlsplit(redis_url)
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{parts.path}?virtual_host={number}"


def field_keys(value: str) -> dict[str, bytes]:
    """The keys that encrypt personal data: a JSON object of key id to base64 of 32 bytes, newest last."""
    try:
        keys = {name: base64.b64decode(key) for name, key in json.loads(value).items()}
    except (ValueError, AttributeError) as error:
        raise ImproperlyConfigured("FIELD_KEYS must be JSON: {key id: base64 of 32 bytes}.") from error
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("FIELD_KEYS needs at least one key of 32 bytes.")
    return keys
