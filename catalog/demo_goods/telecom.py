"""SIM cards, plans, data packs and top-ups."""

# ruff: noqa: E501  (prose)

from .items import Item, Terms

TIERS = {
    "business": ("锐行", "Ruixing"),
    "youth": ("闪动", "Flash"),
    "prepaid": ("随享", "Suixiang"),
}
INKS = {"business": "#1d3a5f", "youth": "#c9523c", "prepaid": "#2f7d5a"}
GRADES = {"business": "gold", "youth": "silver", "prepaid": "plain"}
CARDS = {30: "#5f8f4e", 50: "#2f6fb0", 100: "#b3562f", 200: "#7a4a9c", 500: "#8c1f2b"}


def sim(tier, price, subtitle, subtitle_en, text, text_en, sold):
    name, name_en = TIERS[tier]
    return Item(
        code=f"sim-{tier}",
        kind="sim",
        category="sim-cards",
        serial="iccid",
        tier=tier,
        look="sim",
        art={"grade": GRADES[tier]},
        title=f"{name}卡（选号入网）",
        title_en=f"{name_en} SIM card with your number",
        price=price,
        subtitle=subtitle,
        subtitle_en=subtitle_en,
        text=text,
        text_en=text_en,
        weight=20,
        volume=60,
        sold=sold,
        priority=6,
        specs=(
            ("卡型", "Card", "三合一，可写 eSIM", "Three sizes in one, eSIM on request"),
            ("激活", "Activation", "收货后 20 天内", "Within 20 days of delivery"),
            ("证件", "Identity", "本人身份证，满 16 岁", "Own resident ID card, 16 or older"),
        ),
    )


def plan(code, tier, title, title_en, terms, sold):
    name, name_en = TIERS[tier]
    given = f"{terms.data_gb} GB 流量，{terms.minutes} 分钟通话"
    given_en = f"{terms.data_gb} GB of data, {terms.minutes} minutes of calls"
    return Item(
        code=code,
        kind="plan",
        category="plans",
        tier=tier,
        look="plan",
        art={
            "title": f"{name}卡",
            "big": str(terms.data_gb),
            "lines": (f"{terms.minutes} min", f"{terms.messages} SMS")
            if terms.messages
            else (f"{terms.minutes} min",),
            "price": f"¥{terms.fee // 100}",
            "colour": INKS[tier],
        },
        title=f"{name} {title}",
        title_en=f"{name_en} {title_en}",
        price=terms.fee,
        subtitle=given,
        subtitle_en=given_en,
        text=f"每月 {terms.fee // 100} 元，含{given}。首月按天计费，套外流量 5 元/GB。{terms.extras}。",
        text_en=f"¥{terms.fee // 100} a month for {given_en}. The first month is charged by the day; data beyond "
        f"it costs ¥5 per GB. {terms.extras_en}.",
        sold=sold,
        specs=(
            ("流量", "Data", f"{terms.data_gb} GB", f"{terms.data_gb} GB"),
            ("通话", "Calls", f"{terms.minutes} 分钟", f"{terms.minutes} minutes"),
            ("短信", "Messages", f"{terms.messages} 条", f"{terms.messages}"),
            ("合约期", "Agreement", _months(terms.months), _months_en(terms.months)),
        ),
        terms=terms,
    )


def _months(months):
    return f"{months} 个月" if months else "无"


def _months_en(months):
    return f"{months} months" if months else "none"


def data_pack(code, gb, price, days, days_en, sold):
    return Item(
        code=code,
        kind="data_pack",
        category="data-packs",
        look="data_pack",
        art={"big": str(gb), "note": days, "colour": "#2f6fb0" if gb < 30 else "#0c5a63"},
        title=f"{gb} GB 流量包（{days}）",
        title_en=f"{gb} GB data pack, {days_en}",
        price=price,
        subtitle=f"即买即用，{days}有效",
        subtitle_en=f"At once, valid for {days_en}",
        text=f"付款后马上到账，{days}内有效，国内通用，4G/5G 网络都可用。办理失败自动退款。",
        text_en=f"On your line as soon as it is paid, valid for {days_en} everywhere in mainland China on 4G "
        "and 5G. If it cannot be delivered the money goes back by itself.",
        sold=sold,
    )


def top_up(yuan, sold):
    return Item(
        code=f"top-up-{yuan}",
        kind="top_up",
        category="top-up",
        look="top_up",
        art={"amount": str(yuan), "colour": CARDS[yuan]},
        title=f"话费充值 {yuan} 元",
        title_en=f"Top-up ¥{yuan}",
        price=yuan * 100,
        subtitle="一分钟到账",
        subtitle_en="On the line within a minute",
        text=f"为任意华通号码充值 {yuan} 元，通常一分钟内到账；未成功自动原路退回。",
        text_en=f"Adds ¥{yuan} to any Huatong number, usually within a minute; if it fails the money goes back "
        "the way it came.",
        sold=sold,
    )


ITEMS = (
    sim(
        "business",
        2_000,
        "全球通行，机场贵宾厅",
        "Roaming everywhere, airport lounges",
        "锐行是华通面向商务客户的品牌：全球漫游、专属客服 7×24、每年 6 次机场贵宾厅。选号后任选锐行套餐，"
        "卡片快递上门，当面核验身份。",
        "Ruixing is our brand for people at work: roaming, your own service desk day and night and six airport "
        "lounge visits a year. Choose a number and any Ruixing plan; the card comes to your door, where your "
        "identity is checked.",
        380,
    ),
    sim(
        "youth",
        1_000,
        "29 岁以下，热门应用免流",
        "Under 29, popular apps without data",
        "闪动卡给 16 到 29 岁的你：视频与音乐应用免流，寝室宽带半价。选号入网送 10 元话费。",
        "Flash is for ages 16 to 29: video and music apps do not count, dormitory broadband is half price, and "
        "¥10 of credit comes with the number.",
        2640,
    ),
    sim(
        "prepaid",
        1_000,
        "先充后用，没有合约",
        "Pay first, no agreement",
        "随享卡按量付费，不用不花钱，适合备用机、长辈与短期来访者。",
        "Suixiang is paid as you use it: for a second phone, for parents, for a short visit.",
        1490,
    ),
    plan(
        "plan-business-199", "business", "199 套餐", "199",
        Terms("business", 19_900, 80, 1000, 100, 12, "含副卡 2 张", "Two secondary cards included"), 160,
    ),
    plan(
        "plan-business-299", "business", "299 套餐", "299",
        Terms("business", 29_900, 150, 2000, 200, 12, "含国际漫游每月 3 天", "Three days of roaming a month"), 120,
    ),
    plan(
        "plan-business-399", "business", "399 套餐", "399",
        Terms("business", 39_900, 300, 3000, 300, 24, "含千兆宽带", "Gigabit broadband included"), 60,
    ),
    plan(
        "plan-youth-39", "youth", "39 校园套餐", "campus 39",
        Terms("youth", 3_900, 40, 100, 0, 0, "视频应用免流 20 GB", "20 GB for video apps on top"), 1620,
    ),
    plan(
        "plan-youth-69", "youth", "69 青春套餐", "69",
        Terms("youth", 6_900, 100, 300, 50, 0, "音乐会员每月赠送", "A music membership every month"), 980,
    ),
    plan(
        "plan-youth-99", "youth", "99 畅玩套餐", "play 99",
        Terms("youth", 9_900, 200, 500, 50, 12, "游戏加速包每月赠送", "A game booster every month"), 410,
    ),
    plan(
        "plan-prepaid-8", "prepaid", "8 元保号套餐", "keep 8",
        Terms("prepaid", 800, 1, 30, 0, 0, "适合备用号码", "For a spare number"), 1330,
    ),
    plan(
        "plan-prepaid-19", "prepaid", "19 元轻享套餐", "light 19",
        Terms("prepaid", 1_900, 10, 100, 0, 0, "亲情号码 3 个免费", "Three family numbers free"), 890,
    ),
    plan(
        "plan-prepaid-29", "prepaid", "29 元日租套餐", "day 29",
        Terms("prepaid", 2_900, 30, 100, 0, 0, "套外 1 元/GB/天", "¥1 per further GB and day"), 700,
    ),
    data_pack("data-1gb-day", 1, 300, "1 天", "1 day", 2210),
    data_pack("data-5gb-week", 5, 1_200, "7 天", "7 days", 1650),
    data_pack("data-10gb-month", 10, 2_000, "30 天", "30 days", 3140),
    data_pack("data-30gb-month", 30, 4_500, "30 天", "30 days", 1270),
    data_pack("data-100gb-month", 100, 9_900, "30 天", "30 days", 480),
    top_up(30, 2100),
    top_up(50, 3900),
    top_up(100, 5200),
    top_up(200, 1800),
    top_up(500, 420),
)  # fmt: skip
