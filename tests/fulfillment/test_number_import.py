"""Mobile numbers come in by file or as a block; each has one story from its receipt to its rest."""

import pytest

from catalog.demo_goods.numbers import load_grades
from catalog.models import Number, NumberBlock
from catalog.services import numbers
from fulfillment.models import NumberReceipt, SerialImport, SupplierOrder
from fulfillment.queries import number_story
from fulfillment.services import number_import, serial_import
from fulfillment.services.serial_file import ColumnMissing
from omnichannel.kernel.errors import NotAllowed
from omnichannel.kernel.models import OutboxMessage
from tests.support.dealing import NOW, Dealing, follow_up


@pytest.fixture
def dealing(db, freeze_at) -> Dealing:
    freeze_at(NOW)
    load_grades()
    return Dealing()


def run(dealing, *rows, head="number,province,city", note="AS-1", actor=None) -> SerialImport:
    batch = number_import.submit(
        actor=actor or dealing.operator,
        delivery_note=note,
        file_name="numbers.csv",
        content="\n".join([head, *rows]).encode(),
        now=NOW,
    )
    follow_up()
    batch.refresh_from_db()
    return batch


def figures(batch):
    return (batch.state, batch.rows_total, batch.rows_good, batch.rows_known, batch.rows_rejected)


def rejects(batch):
    return dict(batch.rejects.values_list("line_number", "code"))


HOME = "江苏,苏州"


def test_good_numbers_are_kept_and_each_bad_row_is_reported(dealing):
    batch = run(
        dealing,
        f"13812345678,{HOME}",
        "138-1234 5679,,",
        f"8613812345680,{HOME}",
        f"13812345678,{HOME}",
        f"1381234567,{HOME}",
        f"1381234567x,{HOME}",
        f"13012345678,{HOME}",
        "13899990000,,",
        "13812345681,浙江,杭州",
        f",{HOME}",
    )
    assert figures(batch) == ("done", 10, 3, 0, 7)
    assert rejects(batch) == {
        5: "twice_in_file",
        6: "wrong_length",
        7: "not_digits",
        8: "foreign_segment",
        9: "block_place_missing",
        10: "block_of_other_place",
        11: "missing",
    }
    assert set(Number.objects.values_list("pk", flat=True)) == {
        "8613812345678",
        "8613812345679",
        "8613812345680",
    }
    block = NumberBlock.objects.get()
    assert (block.prefix, block.province, block.city) == ("1381234", "江苏", "苏州")
    assert NumberReceipt.objects.filter(batch=batch).count() == 3
    assert not OutboxMessage.objects.filter(topic="fulfillment.supplies_received").exists()


def test_numbers_known_before_are_counted_with_their_own_note_and_reported_with_another(dealing):
    run(dealing, f"13812345678,{HOME}")
    again = run(dealing, f"13812345678,{HOME}", f"13812345679,{HOME}")
    assert figures(again) == ("done", 2, 1, 1, 0)
    other = run(dealing, f"13812345678,{HOME}", note="AS-2")
    assert (figures(other), rejects(other)) == (("done", 1, 0, 0, 1), {2: "known_already"})
    numbers.hold(msisdn="13812345679", holder="order:O1", now=NOW)
    run(dealing, f"13812345679,{HOME}", note="AS-3")
    assert Number.objects.get(pk="8613812345679").state == "held"


def test_a_block_is_the_file_that_lists_it(dealing):
    values = {
        "actor": dealing.operator, "delivery_note": "AS-9", "prefix": "1381234", "first": 0, "last": 9999,
        "province": "江苏", "city": "苏州", "now": NOW,
    }  # fmt: skip
    batch = number_import.submit_block(**values)
    follow_up()
    batch.refresh_from_db()
    assert figures(batch) == ("done", 10_000, 10_000, 0, 0)
    assert Number.objects.filter(block__prefix="1381234").count() == 10_000
    assert Number.objects.get(pk="8613812348888").grade.code == "aaaa"
    for wrong in ({"prefix": "138123"}, {"first": 5, "last": 4}, {"last": 10_000}):
        with pytest.raises(number_import.BlockInvalid):
            number_import.submit_block(**values | wrong)
    for wrong in ({"city": " "}, {"province": "江苏,"}):
        with pytest.raises(number_import.BlockPlaceMissing):
            number_import.submit_block(**values | wrong)


def test_who_may_receive_numbers_and_what_a_file_needs(dealing):
    for actor in (dealing.worker, dealing.branch, dealing.dealer):
        with pytest.raises(NotAllowed):
            run(dealing, "13812345678", actor=actor)
    with pytest.raises(serial_import.NoteMissing):
        run(dealing, "13812345678", note=" ")
    with pytest.raises(ColumnMissing):
        run(dealing, "13812345678", head="province")
    with pytest.raises(serial_import.KindUnknown):
        serial_import.submit(
            actor=dealing.worker, location_id=dealing.house.pk, kind="number", sku="", delivery_note="A",
            file_name="a.csv", content=b"number\n13812345678", now=NOW,
        )  # fmt: skip
    assert not SupplierOrder.objects.exists()


def test_the_story_of_a_number_from_receipt_to_rest(dealing):
    run(dealing, f"13812345678,{HOME}")
    numbers.hold(msisdn="13812345678", holder="visitor:x", now=NOW)
    numbers.hand_over_hold(msisdn="13812345678", to="order:O1", from_holders=["visitor:x"], now=NOW)
    numbers.allocate(msisdn="13812345678", holder="order:O1", reference="O1", now=NOW)
    found = number_story.find(dealing.operator, "138 1234 5678")
    story = number_story.story(dealing.operator, found)
    assert [step.icon for step in story.steps] == ["package-check", "lock", "shopping-bag"]
    assert "AS-1" in story.steps[0].text
    assert (story.order_number, found.state) == ("O1", "allocated")
    numbers.activate(msisdn="13812345678", reference="O1", now=NOW)
    numbers.release(reference="O1", now=NOW)
    rested = number_story.story(dealing.operator, number_story.find(dealing.operator, "13812345678"))
    assert rested.record.state == "quarantined"
    assert [step.icon for step in rested.steps][-1:] == ["moon"]


def test_who_sees_a_number(dealing):
    run(dealing, f"13812345678,{HOME}")
    assert number_story.find(dealing.operator, "13812345678")
    assert number_story.find(dealing.worker, "13812345678") is None
    assert number_story.find(dealing.operator, "13812345679") is None
    assert number_story.find(dealing.operator, "350000000000000") is None
