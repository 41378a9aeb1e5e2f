"""Same key and body: the first answer. Other body: refused. A refusal leaves nothing behind."""

import pytest

from omnichannel.kernel import idempotency
from omnichannel.kernel.errors import DomainError
from omnichannel.kernel.models import IdempotencyRecord

pytestmark = pytest.mark.django_db


def once(key="k", body=None, effect=None):
    effect = effect or (lambda: (201, {"made": 1}))
    return idempotency.once(caller="c", route="r", key=key, body=body or {"a": 1}, effect=effect)


def test_the_first_answer_is_replayed():
    assert once() == (201, {"made": 1}, False)
    assert once(effect=lambda: (201, {"made": 2})) == (201, {"made": 1}, True)


def test_another_body_under_the_same_key_is_refused():
    once()
    with pytest.raises(idempotency.KeyReused) as refusal:
        once(body={"a": 2})
    assert refusal.value.status == 422


def test_a_refusal_leaves_the_key_free():
    def refuses():
        raise DomainError()

    with pytest.raises(DomainError):
        once(effect=refuses)
    assert not IdempotencyRecord.objects.exists()
    assert once() == (201, {"made": 1}, False)


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_1_to_255_characters(key):
    with pytest.raises(idempotency.KeyMissing):
        once(key=key)
