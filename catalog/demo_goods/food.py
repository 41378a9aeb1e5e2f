"""Food of the own brand Huatong Select: each with origin and shelf life."""

# ruff: noqa: E501  (prose)

from .items import Item

SELECT = {"brand": "华通优选", "brand_en": "Huatong Select"}


def food(code, category, look, art, names, price, lines, texts, origin, keeps, weight, sold, priority=0):
    return Item(
        code=code,
        kind="food",
        category=category,
        look=look,
        art=art,
        title=names[0],
        title_en=names[1],
        price=price,
        subtitle=lines[0],
        subtitle_en=lines[1],
        text=texts[0],
        text_en=texts[1],
        weight=weight,
        volume=weight * 2,
        sold=sold,
        priority=priority,
        specs=(
            ("产地", "Origin", *origin),
            ("保质期", "Keeps", *keeps),
            ("净含量", "Net weight", f"{weight} 克", f"{weight} g"),
            ("批次", "Lot", "包装二维码可查", "By the code on the package"),
        ),
        **SELECT,
    )


ITEMS = (
    food(
        "new-year-box", "festival", "gift_box", {"title": "年味", "motif": "blossom"}, ("新春年货礼盒", "New Year gift box"), 29_800,
        ("八样年味，一箱到家", "Eight tastes of the New Year"),
        ("腊肠、腊肉、香菇、木耳、红枣、桂圆、米花糖和核桃，一箱装满一桌年味。年前下单，指定日期送到。",
         "Sausage, cured pork, mushrooms, wood ear, dates, longans, rice candy and walnuts: a table for the New "
         "Year in one box, delivered on the day you choose."),
        ("四川成都", "Chengdu, Sichuan"), ("6 个月", "6 months"), 3200, 1260, 9,
    ),
    food(
        "mooncake-box", "festival", "mooncakes", {"title": "月满"}, ("月满华通月饼礼盒", "Full Moon mooncake gift box"), 19_800,
        ("莲蓉蛋黄、五仁、豆沙、流心奶黄", "Lotus and yolk, five nuts, red bean, custard"),
        ("广式八枚装，四种口味。饼皮薄馅足，莲蓉选自湘潭白莲，咸蛋黄来自高邮。",
         "Eight Cantonese mooncakes in four flavours. Thin crust, rich filling: lotus seed from Xiangtan and "
         "salted yolks from Gaoyou."),
        ("广东广州", "Guangzhou, Guangdong"), ("60 天", "60 days"), 720, 2980,
    ),
    food(
        "mooncake-suzhou", "festival", "mooncakes", {"colour": "#8a3b2c", "title": "苏月", "motif": "blossom"}, ("苏式鲜肉月饼 12 枚", "Suzhou pork mooncakes, 12"), 7_800,
        ("现烤冷链直发", "Baked fresh, sent cold"),
        ("酥皮起层，鲜肉多汁，收到后烤箱 180 度回烤 8 分钟即可。",
         "Flaky crust and juicy pork; eight minutes at 180 degrees and they are as fresh as in Suzhou."),
        ("江苏苏州", "Suzhou, Jiangsu"), ("冷冻 30 天", "30 days frozen"), 900, 840,
    ),
    food(
        "zongzi-box", "festival", "zongzi", {}, ("端午粽子礼盒 10 只", "Zongzi gift box, 10"), 9_900,
        ("鲜肉、蛋黄、豆沙、蜜枣", "Pork, yolk, red bean, date"),
        ("嘉兴手工裹粽，箬叶来自黄山，真空包装，水煮 20 分钟即食。",
         "Wrapped by hand in Jiaxing in leaves from Huangshan, vacuum packed; twenty minutes in boiling water."),
        ("浙江嘉兴", "Jiaxing, Zhejiang"), ("9 个月", "9 months"), 1400, 1720,
    ),
    food(
        "crab-8", "crab", "crab_box", {"title": "阳澄"}, ("阳澄湖大闸蟹 8 只礼盒", "Yangcheng Lake hairy crab, 8"), 39_800,
        ("公 4.0 两、母 3.0 两，活蟹直发", "Four males of 200 g, four females of 150 g, alive"),
        ("当天捕捞、捆扎、冷链发出，死蟹包赔。随箱附姜醋、紫苏与蟹八件。",
         "Caught, tied and sent the same day; a crab that arrives dead is paid for. With ginger vinegar, perilla "
         "and tools."),
        ("江苏苏州阳澄湖", "Yangcheng Lake, Suzhou"), ("收货当日食用", "Eat on the day"), 1400, 1530, 8,
    ),
    food(
        "crab-family-4", "crab", "crab_box", {"colour": "#7a2f24", "title": "秋蟹", "motif": "crab"}, ("大闸蟹家庭装 4 对", "Hairy crab family box, 4 pairs"), 26_800,
        ("周末一家吃蟹", "Crab for a family weekend"),
        ("公 3.5 两、母 2.5 两各四只，适合家常清蒸。",
         "Four males of 175 g and four females of 125 g, for steaming at home."),
        ("江苏苏州阳澄湖", "Yangcheng Lake, Suzhou"), ("收货当日食用", "Eat on the day"), 1200, 970,
    ),
    food(
        "longjing-tea", "tea", "tea", {"title": "龙井"}, ("明前龙井 150 克", "Longjing green tea, 150 g"), 32_800,
        ("西湖产区，清明前采摘", "From West Lake, picked before Qingming"),
        ("一芽一叶，手工辉锅，豆香清雅。用 85 度水冲泡，可续三道。",
         "One bud and one leaf, finished by hand, with the scent of fresh beans. Water of 85 degrees, three times."),
        ("浙江杭州", "Hangzhou, Zhejiang"), ("18 个月", "18 months"), 150, 690,
    ),
    food(
        "puer-tea", "tea", "tea", {"title": "普洱", "colour": "#5a3526", "liquor": "#7a2f1c"}, ("普洱熟茶饼 357 克", "Ripe Pu'er tea cake, 357 g"), 16_800,
        ("勐海古树料，越陈越醇", "From old trees in Menghai"),
        ("陈化五年熟茶，汤色红亮，入口顺滑，配棉纸与礼袋。",
         "Aged five years: a bright red cup, smooth and mellow, in cotton paper and a gift bag."),
        ("云南勐海", "Menghai, Yunnan"), ("可长期存放", "Keeps for years"), 357, 540,
    ),
    food(
        "rice-5kg", "pantry", "rice", {}, ("五常新米 5 公斤", "Wuchang new rice, 5 kg"), 7_980,
        ("当季稻花香二号", "This season's Daohuaxiang no. 2"),
        ("下单后碾米，七天内到家。煮饭满屋清香，冷了也不回生。",
         "Milled after you order and home within seven days. Fragrant when it cooks, soft when it cools."),
        ("黑龙江五常", "Wuchang, Heilongjiang"), ("12 个月", "12 months"), 5000, 2340,
    ),
    food(
        "nuts-gift", "pantry", "gift_box", {"title": "坚果", "colour": "#7a5230", "motif": "leaves"},
        ("每日坚果礼盒 30 包", "Daily nuts, 30 packs"), 12_900,
        ("四果两仁，不加盐糖", "Nuts and dried fruit, no salt, no sugar"),
        ("核桃、腰果、巴旦木、榛子配蔓越莓与蓝莓干，一天一包刚刚好。",
         "Walnut, cashew, almond and hazelnut with cranberry and blueberry: one pack a day."),
        ("浙江杭州", "Hangzhou, Zhejiang"), ("10 个月", "10 months"), 750, 1870,
    ),
    food(
        "acacia-honey", "pantry", "honey", {"title": "槐花蜜"}, ("秦岭槐花蜜 500 克", "Acacia honey, 500 g"), 6_800,
        ("四十二度成熟蜜", "Ripe honey, 42 degrees Baumé"),
        ("秦岭蜂场当年花期采收，不加糖不浓缩，开水放凉后冲饮。",
         "This year's harvest from hives in the Qinling hills, nothing added; stir into cooled boiled water."),
        ("陕西宝鸡", "Baoji, Shaanxi"), ("24 个月", "24 months"), 500, 1090,
    ),
    food(
        "millet-2kg", "pantry", "rice", {"colour": "#c58a1d", "title": "小米", "weight": "2 kg", "grain": "#ecc64f"},
        ("沁州黄小米 2 公斤", "Qinzhou yellow millet, 2 kg"), 4_580,
        ("熬粥起米油", "For a golden porridge"),
        ("高山旱作，当年新米，二十分钟熬出米油。",
         "Grown on dry highland, this year's crop; twenty minutes to a creamy porridge."),
        ("山西沁县", "Qin county, Shanxi"), ("12 个月", "12 months"), 2000, 760,
    ),
)  # fmt: skip
