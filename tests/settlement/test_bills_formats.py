"""Every format is read as it was written; whatever is wrong with a file is refused with line and code."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnichannel.kernel.clock import day_bounds
from orders.simulator.bills import alipay, unionpay, wechat
from orders.simulator.bills.rows import BillRow, fee_of
from settlement.gateways import bills
from settlement.simulator import bank, cod
from tests.settlement.statements import DAY, NUMBERS

BEGIN, END = day_bounds(DAY)
SOURCES = ("wechat", "alipay", "unionpay")


def rows_of(draw: list[tuple[str, int, int]]) -> list[BillRow]:
    """(kind, fen, second of the day) as rows with numbers of their own."""
    return [
        BillRow(
            kind, f"HT{n:010d}-U1", f"42{n:022d}", f"HT{n:010d}-R1" if kind == "refund" else "",
            f"50{n:019d}" if kind != "payment" else "", fen, fee_of(fen), BEGIN + timedelta(seconds=second),
            "手机, 黑色",
        )
        for n, (kind, fen, second) in enumerate(draw)
    ]  # fmt: skip


some_rows = st.lists(
    st.tuples(
        st.sampled_from(["payment", "refund", "revoked"]), st.integers(1, 10**9), st.integers(0, 86_399)
    ),
    max_size=12,
).map(rows_of)


def written(source: str, rows: list[BillRow]) -> tuple[bytes, bills.Expected]:
    number = NUMBERS[source]
    if source == "wechat":
        return wechat.all_bill(rows, merchant=number), bills.Expected(number, DAY)
    if source == "alipay":
        return alipay.trade_bill(rows, account=number, day=DAY), bills.Expected(number, DAY)
    return unionpay.detail(rows, merchant=number), bills.Expected(number, DAY, *unionpay.totals(rows))


def read(source: str, content: bytes, expected: bills.Expected) -> list[bills.Row]:
    return list(bills.read(source, content, expected).rows)


def essence(row: bills.Row) -> tuple:
    return row.kind, row.our_reference, row.amount_fen, row.fee_fen, row.occurred_at[:19]


def told(row: BillRow) -> tuple:
    sign = -1 if row.is_back else 1
    number = row.out_refund_no if row.kind == "refund" else row.out_trade_no
    return row.kind, number, sign * row.amount_fen, sign * row.fee_fen, f"{row.local:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize("source", SOURCES)
@given(rows=some_rows)
@settings(max_examples=40, deadline=None)
def test_what_a_provider_writes_is_what_is_read(source, rows):
    content, expected = written(source, rows)
    assert [essence(row) for row in read(source, content, expected)] == [told(row) for row in rows]


@given(rows=some_rows)
@settings(max_examples=30, deadline=None)
def test_payments_and_refunds_apart_are_the_whole(rows):
    expected = bills.Expected(NUMBERS["wechat"], DAY)
    parts = [
        row
        for content in (wechat.success_bill(rows, merchant=expected.number),
                        wechat.refund_bill(rows, merchant=expected.number))
        for row in read("wechat", content, expected)
    ]  # fmt: skip
    assert sorted(map(essence, parts)) == sorted(told(row) for row in rows)


@given(rows=some_rows, opening=st.integers(0, 10**8))
@settings(max_examples=30, deadline=None)
def test_a_fund_flow_chains(rows, opening):
    flow = wechat.fund_flow(rows, opening_fen=opening, payout=("P1", END - timedelta(minutes=5)))
    found = read("wechat", flow, bills.Expected(NUMBERS["wechat"], DAY))
    net = opening + sum(row.net_fen for row in rows)
    assert opening + sum(row.amount_fen for row in found) == min(net, 0)


@given(amounts=st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=8), opening=st.integers(0, 10**9))
@settings(max_examples=30, deadline=None)
def test_a_bank_statement_is_read_back(amounts, opening):
    entries = [bank.Entry(f"B{n}", f"E<{n}>", fen, BEGIN, "来账 & co") for n, fen in enumerate(amounts)]
    content = bank.statement(entries, account="6222", day=DAY, opening_fen=opening)
    found = read("bank", content, bills.Expected("6222", DAY))
    assert [(row.provider_reference, row.our_reference, row.amount_fen) for row in found] == [
        (entry.reference, entry.end_to_end, entry.amount_fen) for entry in entries
    ]


def waybills(*amounts: int) -> list[cod.Waybill]:
    return [cod.Waybill(f"W{n}", f"HT{n}", BEGIN, fen, fen, "cash", "RM1") for n, fen in enumerate(amounts)]


def test_a_remittance_is_read_back():
    content = cod.remittance(waybills(10_00, 19_99), courier="cr", day=DAY)
    found = read("cod", content, bills.Expected("cr", DAY))
    assert [(row.our_reference, row.provider_reference, row.group_reference) for row in found] == [
        ("HT0", "W0", "RM1"), ("HT1", "W1", "RM1"),
    ]  # fmt: skip
    assert [(row.amount_fen, row.fee_fen) for row in found] == [(1000, 5), (1999, 10)]


def test_the_old_layout_of_wechat_is_read_by_its_header():
    header = (
        "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,"
        "货币种类,总金额,企业红包金额,微信退款单号,商户退款单号,退款金额,企业红包退款金额,退款类型,退款状态,"
        "商品名称,商户数据包,手续费,费率"
    )
    values = [f"{DAY} 10:00:00", "wx", NUMBERS["wechat"], "0", "", "T1", "O1", "u", "JSAPI", "SUCCESS", "CMB"]
    values += ["CNY", "10.00", "0.00", "0", "0", "0.00", "0.00", "", "", "a,b", "", "0.06000", "0.60%"]
    totals = "总交易单数,总交易额,总退款金额,总企业红包退款金额,手续费总金额"
    lines = [header, ",".join(f"`{value}" for value in values), totals, "`1,`10.00,`0.00,`0.00,`0.06000"]
    found = read("wechat", "\n".join(lines).encode(), bills.Expected(NUMBERS["wechat"], DAY))
    assert [(row.amount_fen, row.fee_fen, row.text) for row in found] == [(1000, 6, "a,b")]


GOOD = rows_of([("payment", 10_00, 60), ("payment", 25_50, 120), ("refund", 3_07, 180)])


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_cut_off_anywhere_is_refused(source):
    """At every byte but the last line's end."""
    content, expected = written(source, GOOD)
    for length in range(len(content.rstrip()) - 1):
        with pytest.raises(bills.BillRefused):
            read(source, content[:length], expected)


def test_a_fund_flow_bank_and_courier_file_cut_off_anywhere_are_refused():
    flow = wechat.fund_flow(GOOD)
    statement = bank.statement([bank.Entry("B1", "E1", 5, BEGIN, "x")], account="6222", day=DAY)
    remittance = cod.remittance(waybills(10_00, 5_00), courier="cr", day=DAY)
    files = [("wechat", flow, NUMBERS["wechat"]), ("bank", statement, "6222"), ("cod", remittance, "cr")]
    for source, content, number in files:
        for length in range(len(content.rstrip()) - 1):
            with pytest.raises(bills.BillRefused):
                read(source, content[:length], bills.Expected(number, DAY))


def refused(source: str, content: bytes, expected: bills.Expected) -> tuple[str, int]:
    with pytest.raises(bills.BillRefused) as refusal:
        read(source, content, expected)
    assert str(refusal.value)
    return refusal.value.code, refusal.value.facts["line"]


def replaced(content: bytes, old: str, new: str, encoding: str = "utf-8") -> bytes:
    assert old.encode(encoding) in content
    return content.replace(old.encode(encoding), new.encode(encoding), 1)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("`25.50", "`25.501", "bill_amount_invalid", 3),
        ("`25.50", "`25.500", "bill_amount_invalid", 3),
        ("`25.50", "`二十", "bill_amount_invalid", 3),
        ("`25.50", "`25.51", "bill_totals_differ", 6),
        ("`0.15000", "`0.15100", "bill_amount_invalid", 3),
        ("`1900000001", "`1900000002", "bill_other_merchant", 2),
        (f"`{DAY} 08:02", f"`{DAY - timedelta(days=1)} 08:02", "bill_other_day", 3),
        (f"`{DAY} 08:02:00", f"`{DAY} 25:02:00", "bill_row_invalid", 3),
        ("`SUCCESS", "`PAYERROR", "bill_row_invalid", 2),
        ("`4200000000000000000000" + "01", "`4200000000000000000000" + "00", "bill_row_twice", 3),
        ("商户订单号", "订单号", "bill_columns_missing", 1),
        ("`手机, 黑色", "`手机,` 黑色", "bill_row_invalid", 2),
    ],
)
def test_a_wrong_wechat_bill_is_refused_at_its_line(old, new, code, line):
    rows = [row.__class__(**{**row.__dict__, "at": row.at + timedelta(hours=8)}) for row in GOOD]
    content, expected = written("wechat", rows)
    assert refused("wechat", replaced(content, old, new), expected) == (code, line)


def test_a_file_of_another_encoding_is_refused_at_its_line():
    content, expected = written("wechat", GOOD)
    broken = content[:-40] + b"\xff" + content[-40:]
    assert refused("wechat", broken, expected) == ("bill_unreadable", 6)
    assert refused("alipay", "中文".encode(), bills.Expected("x", DAY))[0] in (
        "bill_unreadable", "bill_columns_missing",
    )  # fmt: skip


def plain_alipay() -> bytes:
    return alipay._detail(GOOD, NUMBERS["alipay"], DAY).encode("gbk")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("25.50\t,25.50", "25.505\t,25.505", "bill_amount_invalid", 7),
        ("25.50\t,25.50", "25.51\t,25.51", "bill_totals_differ", 10),
        ("2088000000000001", "2088000000000002", "bill_other_merchant", 2),
        ("起始日期：[2026年11月21日", "起始日期：[2026年11月20日", "bill_other_day", 3),
        ("#交易合计：2笔", "#交易合计：3笔", "bill_totals_differ", 10),
        ("#退款合计", "#无", "bill_cut_off", 13),
        ("业务类型", "类型", "bill_columns_missing", 5),
        ("\t,交易\t", "\t,转账\t", "bill_row_invalid", 6),
    ],
)
def test_a_wrong_alipay_bill_is_refused_at_its_line(old, new, code, line):
    content = replaced(plain_alipay(), old, new, "gbk")
    assert refused("alipay", content, bills.Expected(NUMBERS["alipay"], DAY)) == (code, line)


def test_a_wrong_unionpay_file_is_refused_at_its_line():
    content, expected = written("unionpay", GOOD)
    number = expected.number
    assert refused("unionpay", content, bills.Expected(number, DAY)) == ("bill_totals_needed", 0)
    assert refused("unionpay", content, bills.Expected(number, DAY, 2, expected.sum_fen))[0] == (
        "bill_totals_differ"
    )
    assert refused("unionpay", content, bills.Expected(number, DAY, 3, expected.sum_fen + 1))[0] == (
        "bill_totals_differ"
    )
    other = bills.Expected("898000000000009", DAY, 3, expected.sum_fen)
    assert refused("unionpay", content, other) == ("bill_other_merchant", 1)
    late = bills.Expected(number, DAY + timedelta(days=3), 3, expected.sum_fen)
    assert refused("unionpay", content, late) == ("bill_other_day", 1)
    lines = content.split(b"\r\n")
    assert refused("unionpay", b"\r\n".join([lines[0], lines[1][:-5], *lines[2:]]), expected) == (
        "bill_row_invalid", 2,
    )  # fmt: skip
    assert refused("unionpay", content.replace(b"000000002550", b"00000000255x", 1), expected) == (
        "bill_amount_invalid", 2,
    )  # fmt: skip


def test_a_fund_flow_that_does_not_chain_is_refused():
    flow = wechat.fund_flow(GOOD)
    line = flow.decode("utf-8-sig").split("\r\n")[2]
    balance = line.split(",`")[7]
    broken = replaced(flow, f"`{balance}", "`99999.99")
    assert refused("wechat", broken, bills.Expected(NUMBERS["wechat"], DAY)) == ("bill_balance_broken", 3)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('<Amt Ccy="CNY">5.00</Amt>', '<Amt Ccy="CNY">5.001</Amt>', "bill_amount_invalid", 11),
        ('<Amt Ccy="CNY">5.00</Amt>', '<Amt Ccy="CNY">5.01</Amt>', "bill_balance_broken", 10),
        ('Ccy="CNY">5.00', 'Ccy="USD">5.00', "bill_amount_invalid", 11),
        ("<NbOfNtries>1<", "<NbOfNtries>2<", "bill_totals_differ", 10),
        ("<Id>6222</Id>", "<Id>6223</Id>", "bill_other_merchant", 7),
        ("<AcctSvcrRef>B1</AcctSvcrRef>", "", "bill_row_invalid", 11),
        ("<Document", "<!DOCTYPE x><Document", "bill_unreadable", 1),
        ("OPBD", "XXXX", "bill_columns_missing", 8),
    ],
)
def test_a_wrong_bank_statement_is_refused_at_its_line(old, new, code, line):
    entry = bank.Entry("B1", "E1", 500, BEGIN, "x")
    content = bank.statement([entry], account="6222", day=DAY, opening_fen=700)
    assert refused("bank", replaced(content, old, new), bills.Expected("6222", DAY)) == (code, line)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (",19.99,cash", ",19.999,cash", "bill_amount_invalid", 4),
        ("19.89", "19.88", "bill_row_invalid", 4),
        ("COURIER,cr,", "COURIER,other,", "bill_other_merchant", 1),
        ("W1,", "W0,", "bill_row_twice", 4),
        ("TRAILER,2,", "TRAILER,3,", "bill_totals_differ", 5),
        ("W1,HT1", "W1,HT9", "bill_totals_differ", 5),
        ("waybill_no,", "waybill,", "bill_columns_missing", 2),
    ],
)
def test_a_wrong_remittance_is_refused_at_its_line(old, new, code, line):
    content = cod.remittance(waybills(10_00, 19_99), courier="cr", day=DAY)
    assert refused("cod", replaced(content, old, new), bills.Expected("cr", DAY)) == (code, line)
