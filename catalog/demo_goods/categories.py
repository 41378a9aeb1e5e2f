"""The category tree: slug, Chinese and English name, icon, English and Chinese line, children."""

TREE = (
    (
        "phones",
        "手机数码",
        "Phones and devices",
        "smartphone",
        (
            ("smartphones", "智能手机", "Smartphones", "smartphone"),
            ("tablets-watches", "平板与穿戴", "Tablets and watches", "watch"),
            ("audio", "耳机音频", "Audio", "headphones"),
            ("home-network", "家庭网络", "Home network", "router"),
        ),
    ),
    (
        "sim",
        "号卡套餐",
        "SIM cards and plans",
        "card-sim",
        (
            ("sim-cards", "选号入网", "SIM cards", "card-sim"),
            ("plans", "套餐资费", "Plans", "signal"),
            ("data-packs", "流量包", "Data packs", "wifi"),
            ("top-up", "话费充值", "Top-up", "wallet"),
            ("prepaid-cards", "预付卡", "Prepaid cards", "credit-card"),
        ),
    ),
    (
        "accessories",
        "手机配件",
        "Accessories",
        "cable",
        (
            ("power", "充电与电源", "Power and charging", "battery-charging"),
            ("cases", "保护壳与贴膜", "Cases and films", "shield-check"),
            ("more-accessories", "更多配件", "More accessories", "cable"),
        ),
    ),
    (
        "gifts",
        "年货礼品",
        "Gifts and food",
        "gift",
        (
            ("festival", "节令食品", "Festival food", "cake-slice"),
            ("crab", "大闸蟹", "Hairy crab", "fish"),
            ("tea", "茶叶", "Tea", "coffee"),
            ("pantry", "粮油坚果", "Rice and nuts", "wheat"),
            ("presents", "礼品集邮", "Presents and stamps", "stamp"),
        ),
    ),
    ("reading", "报刊订阅", "Magazines", "newspaper", ()),
    ("living", "露玛生活馆", "Luma living", "lamp-desk", ()),
)

LINES = {
    "phones": (
        "手机、平板与穿戴，附近门店现货可自提",
        "Phones, tablets and watches, ready for pick-up at a store near you",
    ),
    "sim": ("挑个喜欢的号码，再选合适的套餐", "Choose a number you like, then the plan that fits"),
    "accessories": ("充电、保护与车载，配齐一部好手机", "Power, protection and more for a good phone"),
    "gifts": (
        "华通优选自有品牌：产地直供，批次可查",
        "Our own brand Huatong Select: from the source, by lot",
    ),
    "reading": ("按期寄到家门口", "Issue by issue to your door"),
    "living": ("合作商家露玛发货与售后", "Sold and sent by our partner Luma"),
}
