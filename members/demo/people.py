"""Some three hundred members with addresses; a few with points, booked by the points service."""

from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from members.identity_numbers import TEST_AREA, check_character
from members.models import Address, Institution, Member, PointsAccount, User
from members.places import districts, locate
from members.services.identity import verify
from members.services.membership import username_of
from members.services.points import earn
from members.values import Destination

COUNT = 300
SEED = 20261121
# phone number 1390000 0001 … : a block that the demo's number pool does not sell
PHONE = "1390000{:04d}"
# The members that the README names.
NAMED = (("林晓", "上海", "上海"), ("陈思远", "江苏", "南京"), ("黄美玲", "广东", "广州"))
POINTS = (28600, 5200, 860, 300, 12000, 450, 75, 2300, 990, 6100)

FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = (
    *"伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚睿玥瑶昊",
    *("桂英", "建华", "志强", "秀兰", "晓燕", "子涵", "雨桐", "欣怡", "浩然", "宇轩", "梓萱", "俊杰"),
    *("思远", "雅琴", "文博", "佳怡", "天佑", "诗涵", "国庆", "海燕", "春梅", "永康", "嘉琪", "晨曦"),
)
STREETS = ("人民路", "解放路", "中山路", "建设路", "和平路", "文化路", "学院路", "长江路", "新华路", "花园路")
CITIES = (
    ("上海", "上海", 70),
    ("江苏", "南京", 40),
    ("江苏", "苏州", 40),
    ("江苏", "无锡", 60),
    ("浙江", "杭州", 35),
    ("浙江", "宁波", 20),
    ("浙江", "温州", 20),
    ("广东", "广州", 40),
    ("广东", "深圳", 25),
    ("广东", "佛山", 25),
)


def load_members(institutions: dict[str, Institution], *, now: datetime) -> None:
    phones = [PHONE.format(number) for number in range(1, COUNT + 1)]
    if User.objects.filter(phone=phones[-1]).exists():
        return
    chance, joined = Random(SEED), now - timedelta(days=400)
    people = [*NAMED, *(_person(chance) for _ in range(COUNT - len(NAMED)))]
    password = make_password(None)
    users = [
        User(username=username_of(phone), phone=phone, display_name=person[0], password=password)
        for phone, person in zip(phones, people, strict=True)
    ]
    User.objects.bulk_create(users)
    stores = [found for found in institutions.values() if found.kind == Institution.Kind.STORE]
    Member.objects.bulk_create(
        _member(user, chance, stores, joined + timedelta(hours=chance.randrange(9000))) for user in users
    )
    PointsAccount.objects.bulk_create(PointsAccount(member_id=user.pk) for user in users)
    Address.objects.bulk_create(
        _address(user, person, chance) for user, person in zip(users, people, strict=True)
    )
    for user, points in zip(users, POINTS, strict=False):
        earn(member_id=user.pk, points=points, reference=f"opening:{user.pk}", now=now)
        verify(member_id=user.pk, name=user.display_name, id_number=id_number(user.phone), now=now)


def id_number(phone: str) -> str:
    """A made-up ID number in an area that was never assigned; born between 1970 and 1997."""
    last = int(phone[-4:])
    first = f"{TEST_AREA}{1970 + last % 28}{1 + last % 12:02d}{1 + last % 28:02d}{last % 1000:03d}"
    return first + check_character(first)


def _person(chance: Random) -> tuple[str, str, str]:
    province, city, _weight = chance.choices(CITIES, weights=[row[2] for row in CITIES])[0]
    return chance.choice(FAMILIES) + chance.choice(GIVEN), province, city


def _member(user: User, chance: Random, stores: list[Institution], joined_at: datetime) -> Member:
    in_store = chance.random() < 0.4
    return Member(
        user=user,
        name=user.display_name,
        joined_at=joined_at,
        joined_channel="store" if in_store else chance.choice(("web", "app")),
        joined_institution=chance.choice(stores) if in_store else None,
    )


def _address(user: User, person: tuple[str, str, str], chance: Random) -> Address:
    name, province, city = person
    district = chance.choice(districts(province, city)[:6])
    latitude, longitude = locate(province, city, district)
    room = f"{chance.randint(1, 30)} 栋 {chance.randint(1, 32)}0{chance.randint(1, 4)} 室"
    return Address(
        member_id=user.pk,
        name=name,
        phone=user.phone,
        province=province,
        city=city,
        district=district,
        street=f"{chance.choice(STREETS)} {chance.randint(1, 1800)} 号 {room}",
        latitude=latitude + chance.uniform(-0.01, 0.01),
        longitude=longitude + chance.uniform(-0.01, 0.01),
        is_default=True,
    )


def demo_people() -> list[tuple[int, str, str, Destination, int]]:
    """(member id, phone, name, default address, opening points in fen) of the demo members, by phone."""
    known = [PHONE.format(number) for number in range(1, COUNT + 1)]
    rows = Address.objects.filter(is_default=True, member__user__phone__in=known)
    rows = rows.select_related("member__user").order_by("member__user__phone")
    opening = dict(zip(known, POINTS, strict=False))
    return [
        (
            row.member_id,
            row.member.user.phone,
            row.member.name,
            Destination(**{column: getattr(row, column) for column in Destination.__dataclass_fields__}),
            opening.get(row.member.user.phone, 0),
        )
        for row in rows
    ]
