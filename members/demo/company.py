"""Institutions, staff and channel keys of the demo company Huatong."""

from datetime import time

from django.contrib.auth.hashers import make_password
from django.utils.translation import get_language

from members.channel_keys import key_hash
from members.models import ChannelKey, Institution, StaffRole, User
from members.places import locate

from .stores import DEALERS, OUTSIDERS, WAREHOUSES, stores

PASSWORD = "huatong-demo"

# code, parent, kind, name, English name, province, city
BRANCHES = (
    ("huatong", None, "carrier", "华通", "Huatong", "上海", "上海"),
    ("br-sh", "huatong", "branch", "华通上海", "Huatong Shanghai", "上海", "上海"),
    ("br-js", "huatong", "branch", "华通江苏", "Huatong Jiangsu", "江苏", "南京"),
    ("br-zj", "huatong", "branch", "华通浙江", "Huatong Zhejiang", "浙江", "杭州"),
    ("br-gd", "huatong", "branch", "华通广东", "Huatong Guangdong", "广东", "广州"),
    ("br-nj", "br-js", "branch", "华通南京", "Huatong Nanjing", "江苏", "南京"),
    ("br-szh", "br-js", "branch", "华通苏州", "Huatong Suzhou", "江苏", "苏州"),
    ("br-hz", "br-zj", "branch", "华通杭州", "Huatong Hangzhou", "浙江", "杭州"),
    ("br-nb", "br-zj", "branch", "华通宁波", "Huatong Ningbo", "浙江", "宁波"),
    ("br-gz", "br-gd", "branch", "华通广州", "Huatong Guangzhou", "广东", "广州"),
    ("br-szn", "br-gd", "branch", "华通深圳", "Huatong Shenzhen", "广东", "深圳"),
)

# user name, Chinese name, English name, role, institution
STAFF = (
    ("clerk1", "沈晓雯", "Shen Xiaowen", "clerk", "st-sh-01"),
    ("clerk2", "梁家豪", "Liang Jiahao", "clerk", "st-gz-01"),
    ("manager1", "顾志远", "Gu Zhiyuan", "store_manager", "st-sh-01"),
    ("wh1", "周大勇", "Zhou Dayong", "warehouse", "wh-east"),
    ("wh2", "何伟强", "He Weiqiang", "warehouse", "wh-south"),
    ("lead1", "吴建平", "Wu Jianping", "warehouse_lead", "wh-east"),
    ("courier1", "孙小军", "Sun Xiaojun", "courier", "cr-swift"),
    ("courier2", "李春生", "Li Chunsheng", "courier", "cr-star"),
    ("operator1", "陆敏", "Lu Min", "operator", "huatong"),
    ("fclerk", "钱雅婷", "Qian Yating", "finance_clerk", "huatong"),
    ("flead", "郑国栋", "Zheng Guodong", "finance_lead", "huatong"),
    ("auditor", "冯立新", "Feng Lixin", "auditor", "huatong"),
    ("partner1", "罗曼", "Luo Man", "partner", "mc-luma"),
    ("dealer1", "蒋文涛", "Jiang Wentao", "partner", "dl-lantian"),
    ("dealer2", "叶丽萍", "Ye Liping", "partner", "dl-hongda"),
    ("dealer3", "黄志明", "Huang Zhiming", "partner", "dl-yuexun"),
    ("supplier1", "方志强", "Fang Zhiqiang", "partner", "sp-nebula"),
    ("supplier2", "谢慧敏", "Xie Huimin", "partner", "sp-everbright"),
    ("branch1", "徐建华", "Xu Jianhua", "store_manager", "br-js"),
    ("admin", "系统管理员", "Administrator", "operator", "huatong"),
)

# name, channel, institution, key
CHANNEL_KEYS = (
    ("Huatong app", "app", "huatong", "htk_app00001_demo"),
    ("Kiosks", "kiosk", "huatong", "htk_kiosk001_demo"),
    ("Lantian dealer system", "dealer", "dl-lantian", "htk_dealer01_demo"),
)


def load_institutions() -> dict[str, Institution]:
    """All institutions by code; level by level, so that every parent has its key."""
    rows, paths, levels = [*_nodes()], {}, {}
    for row in rows:
        parent = row["parent"]
        paths[row["code"]] = f"{paths.get(parent, '')}{row['code']}/"
        levels.setdefault(paths[row["code"]].count("/"), []).append(row)
    known: dict[str, Institution] = {}
    for level in sorted(levels):
        Institution.objects.bulk_create(
            [_institution(row, paths, known) for row in levels[level]], ignore_conflicts=True
        )
        codes = [row["code"] for row in levels[level]]
        known |= {found.code: found for found in Institution.objects.filter(code__in=codes)}
    return known


def _institution(row: dict, paths: dict[str, str], known: dict[str, Institution]) -> Institution:
    bank = _bank(row["code"]) if row["kind"] != "bank" else {}
    values = bank | {name: value for name, value in row.items() if name != "parent"}
    return Institution(path=paths[row["code"]], parent=known.get(row["parent"]), **values)


def _nodes():
    """Every institution as column values, parents before children."""
    for code, parent, kind, name, name_en, province, city in BRANCHES:
        yield _node(code, parent, kind, name, name_en, province, city, *locate(province, city))
    for row in stores():
        yield _store(row)
    for code, name, name_en, province, city, address, latitude, longitude in WAREHOUSES:
        hours = {"opens_at": time(7), "closes_at": time(22), "address": address}
        yield _node(code, "huatong", "warehouse", name, name_en, province, city, latitude, longitude, **hours)
    for code, name, name_en, province, city, address, latitude, longitude in DEALERS:
        yield _node(code, None, "dealer", name, name_en, province, city, latitude, longitude, address=address)
    for code, kind, name, name_en, province, city in OUTSIDERS:
        yield _node(code, None, kind, name, name_en, province, city, *locate(province, city))


def _store(row: dict) -> dict:
    return row | {
        "kind": "store",
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "opens_at": time(9),
        "closes_at": time(int(row.pop("closes"))),
        "phone": f"400-820-{hash_of(row['code']) % 10000:04d}",
    }


def _node(code, parent, kind, name, name_en, province, city, latitude, longitude, **more) -> dict:
    return {
        "code": code,
        "parent": parent,
        "kind": kind,
        "name": name,
        "name_en": name_en,
        "province": province,
        "city": city,
        "latitude": latitude,
        "longitude": longitude,
        **more,
    }


def _bank(code: str) -> dict:
    """An account to pay out to; numbers of no real bank branch."""
    return {
        "bank_name": "工银演示银行",
        "bank_account": f"6222{hash_of(code) % 10**15:015d}",
        "cnaps": f"999{hash_of(code) % 10**9:09d}",
        "minimum_payout": 100,
    }


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return int(key_hash(text)[:15], 16)


def load_staff(institutions: dict[str, Institution]) -> None:
    password = make_password(PASSWORD)
    users = [
        User(
            username=username,
            display_name=name,
            first_name=name,
            password=password,
            is_staff=True,
            is_superuser=username == "admin",
        )
        for username, name, _name_en, _role, _code in STAFF
    ]
    User.objects.bulk_create(users, ignore_conflicts=True)
    ids = dict(User.objects.filter(username__in=[row[0] for row in STAFF]).values_list("username", "pk"))
    roles = [
        StaffRole(user_id=ids[username], institution=institutions[code], role=role)
        for username, _name, _name_en, role, code in STAFF
    ]
    StaffRole.objects.bulk_create(roles, ignore_conflicts=True)


def load_channel_keys(institutions: dict[str, Institution]) -> None:
    keys = [
        ChannelKey(
            name=name,
            channel=channel,
            institution=institutions[code],
            prefix=key[:12],
            key_hash=key_hash(key),
        )
        for name, channel, code, key in CHANNEL_KEYS
    ]
    ChannelKey.objects.bulk_create(keys, ignore_conflicts=True)


def staff_accounts() -> list[dict]:
    """The accounts to sign in with as {username, name, role, place}, in the language of the page."""
    order = {row[0]: number for number, row in enumerate(STAFF)}
    names = {row[0]: row[2] for row in STAFF} if (get_language() or "").startswith("en") else {}
    roles = StaffRole.objects.filter(user__username__in=order).select_related("user", "institution")
    return [
        {
            "username": role.user.username,
            "name": names.get(role.user.username, role.user.display_name),
            "role": role.get_role_display(),
            "place": role.institution.label,
        }
        for role in sorted(roles, key=lambda role: order[role.user.username])
    ]
