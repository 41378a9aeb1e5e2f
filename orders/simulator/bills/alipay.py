"""The day as Alipay tells it: a ZIP with GBK names that holds a GBK CSV and its summary."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta

from .rows import BillRow
from .wechat import yuan

COLUMNS = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,"
    "对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,"
    "券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,"
    "分润（元）,备注"
)


class _GbkName(zipfile.ZipInfo):
    """An entry whose name is written in GBK without saying so, as Alipay does."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def trade_bill(rows: Sequence[BillRow], *, account: str, day: date) -> bytes:
    files = {"业务明细": _detail(rows, account, day), "业务明细(汇总)": _summary(rows, account)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            written = (day.year, day.month, day.day, 23, 59, 58)
            entry = _GbkName(f"{account}_{day:%Y%m%d}_{name}.csv", written)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("gbk", "replace"))
    return out.getvalue()


def _detail(rows: Sequence[BillRow], account: str, day: date) -> str:
    paid = [row for row in rows if not row.is_back]
    back = [row for row in rows if row.is_back]
    end = day + timedelta(days=1)
    rule = "#" + "-" * 41
    received = yuan(sum(row.amount_fen for row in paid))
    returned = yuan(-sum(row.amount_fen for row in back))
    lines = [
        "#支付宝业务明细查询",
        f"#账号：[{account}]",
        f"#起始日期：[{day:%Y年%m月%d日} 00:00:00]   终止日期：[{end:%Y年%m月%d日} 00:00:00]",
        f"{rule}业务明细列表{rule[1:]}",
        COLUMNS,
        *(_line(row) for row in rows),
        f"{rule}业务明细列表结束{rule[1:]}",
        f"#交易合计：{len(paid)}笔，商家实收共{received}元，商家优惠共0.00元",
        f"#退款合计：{len(back)}笔，商家实收退款共{returned}元，商家优惠退款共0.00元",
        f"#导出时间：[{end:%Y年%m月%d日} 09:00:00]",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _line(row: BillRow) -> str:
    moment = f"{row.local:%Y-%m-%d %H:%M:%S}"
    amount = yuan(-row.amount_fen if row.is_back else row.amount_fen)
    fee = yuan(row.fee_fen if row.is_back else -row.fee_fen)
    kind, name = ("退款" if row.is_back else "交易"), row.description.replace(",", "，")
    request = row.out_refund_no if row.kind == "refund" else ""
    values = [
        row.transaction_id, row.out_trade_no, kind, name, moment, moment, *[""] * 4, "pay***@example.com",
        amount, amount, *["0.00"] * 5, "", "0.00", "0.00", request, fee, "0.00", "",
    ]  # fmt: skip
    return ",".join(f"{value}\t" for value in values)


def _summary(rows: Sequence[BillRow], account: str) -> str:
    paid = sum(row.amount_fen for row in rows if not row.is_back)
    return f"#支付宝业务汇总查询\r\n#账号：[{account}]\r\n#{len(rows)}笔，{yuan(paid)}元\r\n"
