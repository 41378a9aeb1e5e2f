"""The process that writes a file for the bank is killed with SIGKILL between the file and the state."""

import multiprocessing
import os
import signal

import pytest
from django.db import connections
from django.db.models import QuerySet

from settlement.models import FundTransfer, TransferDocument, TransferFile
from settlement.services import transfer_files, transfers
from tests.settlement import conftest as books
from tests.settlement.transfers_world import DAY, propose, run, sell

pytestmark = pytest.mark.race
world = books.world


@pytest.fixture
def confirmed(transactional_db, world):
    sell(world, 100_00)
    run(world)
    propose(world)
    transfers.confirm_transfers(actor=world.lead, day=DAY, now=world.now)
    return world


def die(*_args, **_values) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def file_written(patch) -> None:
    """Killed when the documents are written and the transfers are not yet changed."""
    patch.setattr(QuerySet, "bulk_update", die)


def state_changed(patch) -> None:
    """Killed when both are written and not yet committed."""
    patch.setattr(transfer_files.audit_trail, "record", die)


def without_a_transaction(patch) -> None:
    """Each statement commits by itself."""
    patch.setattr(transfer_files, "export_transfers", transfer_files.export_transfers.__wrapped__)
    patch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    file_written(patch)


def _write(world, prepare) -> None:
    with pytest.MonkeyPatch.context() as patch:
        prepare(patch)
        transfer_files.export_transfers(actor=world.clerk, day=DAY, now=world.now)


def killed(world, prepare) -> int:
    """The exit code of a process of its own that wrote the file and was prepared to die."""
    connections.close_all()  # none is shared with the child
    child = multiprocessing.get_context("fork").Process(target=_write, args=(world, prepare))
    child.start()
    child.join(timeout=30)
    return child.exitcode


@pytest.mark.parametrize("prepare", [file_written, state_changed])
def test_a_killed_export_leaves_neither_file_nor_state(confirmed, prepare):
    assert killed(confirmed, prepare) == -signal.SIGKILL
    assert not TransferDocument.objects.exists()
    assert FundTransfer.objects.get().state == "confirmed"
    made = transfer_files.export_transfers(actor=confirmed.clerk, day=DAY, now=confirmed.now)
    assert (made.name, made.count) == (f"transfers-{DAY:%Y%m%d}-01.csv", 1)
    with pytest.raises(transfer_files.NothingToExport):
        transfer_files.export_transfers(actor=confirmed.clerk, day=DAY, now=confirmed.now)


def test_the_gap_is_real_without_the_transaction(confirmed):
    """The control: a file that holds a transfer which the next file would hold again."""
    assert killed(confirmed, without_a_transaction) == -signal.SIGKILL
    assert TransferDocument.objects.exists()
    assert FundTransfer.objects.get().state == "confirmed"
    transfer_files.export_transfers(actor=confirmed.clerk, day=DAY, now=confirmed.now)
    assert TransferFile.objects.count() == 2
