import pytest

from tests.support.range import Range


@pytest.fixture
def shop(db) -> Range:
    return Range(indexed=False)


@pytest.fixture
def searchable(db) -> Range:
    return Range(numbers=False)
