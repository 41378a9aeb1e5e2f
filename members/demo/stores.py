"""Where the demo company and its partners stand; the stores themselves are in stores.csv."""

import csv
from pathlib import Path


def stores() -> list[dict]:
    """The rows of stores.csv; `closes` is the closing hour."""
    with (Path(__file__).parent / "stores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# code, name, English name, province, city, address, latitude, longitude
WAREHOUSES = (
    ("wh-east", "华东仓", "East Warehouse", "江苏", "苏州", "昆山市千灯镇物流大道 66 号", 31.2670, 121.0070),
    ("wh-south", "华南仓", "South Warehouse", "广东", "广州", "白云区太和物流园 8 号", 23.2990, 113.3560),
)

# code, name, English name, province, city, address, latitude, longitude: in the middle of towns whose people
# live within a few kilometres, as a dealer does who walks the last of them for a trunk line.
DEALERS = (
    ("dl-lantian", "蓝天通讯", "Lantian Telecom", "江苏", "无锡", "梁溪区学前东路 600 号", 31.5630, 120.3220),
    ("dl-hongda", "宏达手机", "Hongda Mobile", "浙江", "温州", "鹿城区车站大道 577 号", 27.9900, 120.6500),
    ("dl-yuexun", "粤讯数码", "Yuexun Digital", "广东", "佛山", "禅城区祖庙路 33 号", 23.0215, 113.1214),
)

# code, kind, name, English name, province, city
OUTSIDERS = (
    ("mc-luma", "merchant", "露玛生活", "Luma", "浙江", "杭州"),
    ("sp-nebula", "supplier", "星云终端", "Nebula Devices", "广东", "深圳"),
    ("sp-everbright", "supplier", "恒卡科技", "Hengka Cards", "江苏", "南京"),
    ("cr-swift", "courier", "捷运速递", "Swift Express", "上海", "上海"),
    ("cr-star", "courier", "星达快递", "Stellar Express", "广东", "广州"),
    ("bl-power", "biller", "申城电力", "Shencheng Power", "上海", "上海"),
    ("bk-icb", "bank", "工银演示银行", "ICB Demo Bank", "上海", "上海"),
    ("pp-unipay", "provider", "统付", "UniPay", "上海", "上海"),
    ("ch-demo", "chain", "百家连锁", "Baijia Stores", "上海", "上海"),
)
