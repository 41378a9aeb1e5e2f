"""What the demo's dealers earn on business that they accept. The rates are assumptions, named here alone.

The carrier stays the seller of its services, numbers and of goods from its own shelves: the dealer gets a
commission as who brought the sale. What a dealer hands over from its own shelf it has bought before: it is
the seller and keeps the price; the counter costs it nothing.
"""

from settlement.services.rule_lines import LineSpec

# Parts per million of what the customer pays.
TOP_UP, DATA_PACK, FIRST_MONTH, SIM, GOODS, SERVICE = 15_000, 100_000, 300_000, 200_000, 50_000, 50_000
# A phone that comes from our shelves: four percent, at most 200 yuan.
DEVICE, DEVICE_MOST_FEN = 40_000, 200_00
# The shipper's share is what own-* rules give it in every channel.
SHIPS_SIM_FEN, SHIPS_DEVICE, SHIPS_DEVICE_MOST_FEN, SHIPS_GOODS = 300, 10_000, 30_00, 20_000

REST = LineSpec("platform", "residual")
OURS = {"seller_kind": "carrier", "channel": "dealer"}
THEIRS = {"seller_kind": "dealer", "channel": "dealer"}


def _brings(ppm: int) -> LineSpec:
    return LineSpec("attributed_store", "percentage", ppm=ppm)


def _goods(ppm: int) -> list[LineSpec]:
    return [_brings(ppm), LineSpec("fulfiller", "percentage", ppm=SHIPS_GOODS), REST]


# code, name, English name, priority, conditions, lines
RULES = [
    ("accepted-service", "代理点受理服务", "Services accepted by dealers", 30, OURS,
     [_brings(SERVICE), REST]),
    ("accepted-top-up", "代理点受理充值", "Top-ups accepted by dealers", 40,
     {**OURS, "offering_kind": "top_up"}, [_brings(TOP_UP), REST]),
    ("accepted-data", "代理点受理流量包", "Data packs accepted by dealers", 40,
     {**OURS, "offering_kind": "data_pack"}, [_brings(DATA_PACK), REST]),
    ("accepted-plan", "代理点入网首月", "First months of dealers' customers", 40,
     {**OURS, "offering_kind": "plan"}, [_brings(FIRST_MONTH), REST]),
    ("accepted-sim", "代理点号卡（由我方寄出）", "SIM cards dealers have sent", 40,
     {**OURS, "offering_kind": "sim"},
     [_brings(SIM), LineSpec("fulfiller", "fixed", amount_fen=SHIPS_SIM_FEN), REST]),
    ("accepted-device", "代理点终端（由我方寄出）", "Devices dealers have sent", 40,
     {**OURS, "offering_kind": "device"},
     [LineSpec("attributed_store", "capped", ppm=DEVICE, cap_fen=DEVICE_MOST_FEN),
      LineSpec("fulfiller", "capped", ppm=SHIPS_DEVICE, cap_fen=SHIPS_DEVICE_MOST_FEN), REST]),
    *((f"accepted-{kind}", f"代理点{name}", f"{name_en} dealers have sent", 40,
       {**OURS, "offering_kind": kind}, _goods(GOODS))
      for kind, name, name_en in (("accessory", "配件", "Accessories"), ("gift", "礼品", "Gifts"),
                                  ("food", "食品", "Food"))),
    ("dealer-counter", "代理点柜台自有货", "Dealers' goods at their counters", 60, THEIRS,
     [LineSpec("seller", "residual")]),
]  # fmt: skip
# From next month on, proposed by the clerk and confirmed by the lead: top-ups earn more.
TOP_UP_NEXT_MONTH = (_brings(18_000), REST)
