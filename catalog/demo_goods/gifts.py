"""Presents, stamps and magazines of our own, and what the partner Luma sells."""

# ruff: noqa: E501  (prose)

from .items import Item, variants


def gift(code, look, art, names, price, lines, texts, weight, sold, **more):
    own = {"kind": "gift", "category": "presents", "weight": weight, "volume": weight * 3} | more
    return Item(
        code=code,
        look=look,
        art=art,
        title=names[0],
        title_en=names[1],
        price=price,
        subtitle=lines[0],
        subtitle_en=lines[1],
        text=texts[0],
        text_en=texts[1],
        sold=sold,
        **own,
    )


def magazine(code, look, art, names, price, lines, texts, issues, sold):
    specs = (("期数", "Issues", f"{issues} 期", f"{issues}"), ("寄送", "Delivery", "平邮到家", "By post"))
    more = {"kind": "subscription", "category": "reading", "specs": specs}
    return gift(code, look, art, names, price, lines, texts, 0, sold, **more)


def luma(code, look, art, names, price, lines, texts, weight, sold, **more):
    own = {"kind": "merchant_goods", "category": "living", "seller": "mc-luma"}
    brand = {"brand": "露玛生活", "brand_en": "Luma"}
    return gift(code, look, art, names, price, lines, texts, weight, sold, **own, **brand, **more)


ITEMS = (
    gift(
        "stamp-album-2026", "stamps", {"title": "马年"},
        ("2026 丙午马年邮票年册", "2026 stamp album, Year of the Horse"), 28_800,
        ("全年套票一册收齐", "All stamps of the year in one album"),
        ("收录 2026 年全部纪念与特种邮票及小型张，硬壳精装，附收藏编号。",
         "Every commemorative and special stamp of 2026 with the miniature sheets, bound and numbered."), 980, 450,
    ),
    gift(
        "goat-stamps-2027", "stamps", {"title": "羊年", "colour": "#2f4f6b"},
        ("2027 丁未羊年大版折", "2027 Year of the Goat sheet folder"), 16_800,
        ("生肖首发，预约发货", "The new zodiac issue"),
        ("两枚一套生肖邮票大版张，对折精装，附鉴赏卡。",
         "The full sheet of the two zodiac stamps in a bound folder, with a card of notes."), 260, 320,
    ),
    gift(
        "silk-gift-box", "gift_box", {"title": "苏绣", "colour": "#6b3450", "motif": "blossom"},
        ("苏绣真丝丝巾礼盒", "Suzhou silk scarf in its box"), 26_800, ("桑蚕丝手工卷边", "Mulberry silk, hand-rolled"),
        ("90 厘米方巾，园林花窗纹样，礼盒包装。",
         "90 cm square with the window lattice of a Suzhou garden, in a gift box."), 210, 240,
    ),
    gift(
        "celadon-mug", "mug", {"colour": "#9bbfae", "band": "#4f7d6a"},
        ("龙泉青瓷杯", "Longquan celadon mug"), 9_800, ("雨过天青", "The colour after rain"),
        ("龙泉梅子青釉，380 毫升，礼盒装。", "Plum-green glaze from Longquan, 380 ml, in a gift box."), 420, 610,
    ),
    gift(
        "umbrella", "umbrella", {},
        ("碳骨晴雨伞", "Carbon sun and rain umbrella"), 12_900, ("仅 198 克，防晒 UPF50+", "198 grams, UPF 50+"),
        ("碳纤维伞骨抗八级风，黑胶防晒，三折放进包。",
         "Carbon ribs stand strong wind, the black coating keeps the sun out, folded in three for the bag."),
        198, 860, variants=variants("umbrella", "coral sea lilac", {"": 12_900}),
    ),
    gift(
        "city-backpack", "backpack", {"colour": "#31506b"},
        ("邮路双肩包", "Post Roads backpack"), 23_900, ("放得下 16 英寸电脑", "For a 16-inch laptop"),
        ("防泼水面料，独立电脑仓与雨罩，背面防盗袋。",
         "Water-repellent, with a laptop compartment, a rain cover and a pocket at the back."), 980, 520,
    ),
    magazine(
        "magazine-life", "magazine", {"title": "生活", "issue": "12"},
        ("《华通生活》月刊全年订阅", "Huatong Life, monthly, one year"), 18_000,
        ("12 期，数码、旅行与吃", "Twelve issues on devices, travel and food"),
        ("每月 5 日出刊，平邮到家。订阅成功后从下一期开始寄送，可随时查看已寄期数。",
         "Out on the 5th of each month, by post. It begins with the next issue, and you see which were sent."),
        12, 430,
    ),
    magazine(
        "magazine-stamps", "magazine", {"title": "邮路", "issue": "6", "colour": "#7a3b2a"},
        ("《邮路》集邮双月刊全年", "Post Roads, stamp review, one year"), 10_800,
        ("6 期，附首日封图鉴", "Six issues with first-day covers"),
        ("讲邮票背后的人和路，每期附首日封高清图鉴。",
         "The people and roads behind stamps, with first-day covers in every issue."), 6, 180,
    ),
    magazine(
        "newspaper-morning", "newspaper", {"title": "晨报"},
        ("《江海晨报》全年订阅", "Jianghai Morning, daily, one year"), 36_000,
        ("每天早上七点前到", "At your door before seven"),
        ("周一至周日出刊，投递员送到门口信箱，可随时改址。",
         "Every day of the week into your letter box; the address can be changed at any time."), 365, 260,
    ),
    luma(
        "luma-desk-lamp", "lamp", {"colour": "#e4a548"}, ("露玛 护眼台灯", "Luma desk lamp"), 25_900,
        ("照度 AA 级，不频闪", "Even light without flicker"),
        ("4,000 K 自然光，四档调光，记忆亮度，适合书桌与床头。",
         "Natural light of 4,000 K in four steps that it remembers, for desk and bedside."), 1300, 640,
    ),
    luma(
        "luma-night-lamp", "lamp", {"colour": "#a3b8a0"}, ("露玛 床头氛围灯", "Luma bedside lamp"), 15_900,
        ("触控调光，暖到 2,200 K", "Dims by touch, down to 2,200 K"),
        ("轻触底座无级调光，十五分钟渐暗入睡。", "Touch the foot to dim; fades over fifteen minutes into sleep."),
        820, 390,
    ),
    luma(
        "luma-mug", "mug", {"colour": "#c9b39a", "band": "#7a5a3c"}, ("露玛 手捏陶瓷杯", "Luma hand-thrown mug"), 6_900,
        ("每一只都不一样", "No two alike"),
        ("景德镇手作，350 毫升，可进微波炉与洗碗机。",
         "Made by hand in Jingdezhen, 350 ml, safe in microwave and dishwasher."), 380, 1240,
    ),
    luma(
        "luma-mug-pair", "mug", {"colour": "#8aa0b8", "band": "#e9ebe8"}, ("露玛 雾蓝对杯", "Luma pair of mugs, fog blue"),
        11_900, ("送给两个人的早晨", "For two in the morning"),
        ("哑光釉面，400 毫升两只装，附软木杯垫。", "Matt glaze, two of 400 ml, with cork coasters."), 820, 530,
    ),
    luma(
        "luma-commuter", "backpack", {"colour": "#5b6b4a", "trim": "#c7a76b"},
        ("露玛 通勤双肩包", "Luma commuter backpack"), 19_900, ("装得下电脑和菜", "For a laptop and for vegetables"),
        ("18 升，16 安帆布，内袋拉链，水杯侧袋。",
         "18 litres of 16 oz canvas, a zipped pocket inside and one for the bottle."), 760, 780,
    ),
    luma(
        "luma-umbrella", "umbrella", {"colour": "#2f4f6b"}, ("露玛 长柄木伞", "Luma wooden umbrella"), 16_900,
        ("樱桃木手柄", "A cherry-wood handle"),
        ("十六骨大伞面，两个人也不淋雨。", "Sixteen ribs and room for two."), 540, 270,
    ),
)  # fmt: skip
