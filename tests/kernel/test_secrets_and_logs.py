"""Personal data: encrypted at rest, masked in logs, looked up by a keyed hash."""

import logging

import pytest
from cryptography.exceptions import InvalidTag

from omnichannel.kernel import limits, logs, secrets
from omnichannel.kernel.errors import TooMany


def test_a_value_comes_back_in_its_own_context_only():
    stored = secrets.encrypt("990101199001011234", context="id")
    assert "9901" not in stored.partition(":")[2][:8]
    assert secrets.decrypt(stored, context="id") == "990101199001011234"
    with pytest.raises(InvalidTag):
        secrets.decrypt(stored, context="phone")


def test_equal_values_have_equal_look_ups():
    assert secrets.lookup("a", context="x") == secrets.lookup("a", context="x")
    assert secrets.lookup("a", context="x") != secrets.lookup("a", context="y")


def test_logs_show_neither_phone_nor_id_number():
    record = logging.LogRecord("t", logging.INFO, "", 0, "call 8613900001234, 990101199001011234", None, None)
    line = logs.MaskingFormatter().format(record)
    assert "0000" not in line
    assert "139****1234" in line
    assert "990***********1234" in line


def test_a_limit_refuses_beyond_its_number():
    for _use in range(3):
        limits.check("tests:limit", most=3, seconds=60)
    with pytest.raises(TooMany) as refusal:
        limits.check("tests:limit", most=3, seconds=60)
    assert refusal.value.facts["retry_after"] == 60
    limits.forget("tests:limit")
    limits.check("tests:limit", most=3, seconds=60)


@pytest.mark.filterwarnings("error")
def test_a_limit_may_be_named_after_anybody():
    limits.forget("tests:店员 st-01")
    limits.check("tests:店员 st-01", most=1, seconds=60)
    with pytest.raises(TooMany):
        limits.check("tests:店员 st-01", most=1, seconds=60)
