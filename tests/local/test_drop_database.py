"""A database is dropped although the server has a worker of its own in it."""

import pytest
from psycopg2 import errors

from omnichannel.local.database import DROP_ATTEMPTS, drop_database


class Occupied:
    """A cursor of a server that refuses FORCE, then finds somebody inside, then nobody."""

    def __init__(self, *refusals):
        self.said, self.refusals = [], list(refusals)

    def execute(self, statement) -> None:
        self.said.append("FORCE" if "FORCE" in repr(statement) else "plain")
        if self.refusals:
            raise self.refusals.pop(0)


@pytest.mark.parametrize(
    ("refusals", "said"),
    [
        ([], ["FORCE"]),
        ([errors.InsufficientPrivilege()], ["FORCE", "plain"]),
        ([errors.InsufficientPrivilege(), errors.ObjectInUse()], ["FORCE", "plain", "FORCE"]),
    ],
)
def test_an_autovacuum_worker_does_not_keep_a_database_from_being_dropped(refusals, said):
    work = Occupied(*refusals)
    drop_database(work, "oc_test_any")
    assert work.said == said


def test_who_always_comes_back_keeps_the_database():
    always = [errors.InsufficientPrivilege(), errors.ObjectInUse()] * DROP_ATTEMPTS
    with pytest.raises(errors.ObjectInUse):
        drop_database(Occupied(*always, errors.ObjectInUse()), "oc_test_any")
