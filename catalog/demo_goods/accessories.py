"""Accessories of our own brand."""

# ruff: noqa: E501  (prose)

from .items import Item, variants


def accessory(code, category, look, art, names, price, lines, texts, **more):
    return Item(
        code=code,
        kind="accessory",
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
        **({"weight": 120, "volume": 300} | more),
    )


ITEMS = (
    accessory(
        "charger-65w", "power", "charger", {"colour": "#f4f5f4", "watts": "65W", "plugs": 2},
        ("65W 氮化镓充电器", "65 W GaN charger"), 12_900,
        ("一个充满手机、平板和笔记本", "One for phone, tablet and laptop"),
        ("氮化镓小体积，双 C 口加 A 口，三台设备同时充。插脚可折叠，通过 3C 认证。",
         "Gallium nitride keeps it small: two USB-C ports and one USB-A charge three devices. Folding pins, "
         "3C certified."), sold=2230,
    ),
    accessory(
        "charger-30w", "power", "charger", {"colour": "#7fa9d6", "watts": "30W"},
        ("30W 快充充电器", "30 W fast charger"), 5_900, ("小巧便携", "Small and light"),
        ("支持主流快充协议，半小时充到六成。", "Speaks the common fast-charge protocols: 60 % in half an hour."),
        sold=3080,
    ),
    accessory(
        "charger-120w", "power", "charger", {"colour": "#23262b", "watts": "120W", "plugs": 3},
        ("120W 三口桌面充电器", "120 W desk charger"), 19_900, ("工位上一个就够", "One for the whole desk"),
        ("三口自动分配功率，可充笔记本，超温自动降速。",
         "Three ports share the power by themselves; charges laptops, slows down when hot."), weight=260, sold=640,
    ),
    accessory(
        "power-bank-10k", "power", "power_bank", {"colour": "#2f7d86", "capacity": "10000"},
        ("10000mAh 磁吸充电宝", "10,000 mAh magnetic power bank"), 15_900,
        ("吸上就充，可带上飞机", "Snaps on, flies with you"),
        ("磁吸无线 15 瓦，有线 22.5 瓦，屏幕显示电量，额定 37 Wh 可随身登机。",
         "15 watts by magnet, 22.5 by cable, a display for what is left, 37 Wh for the cabin."),
        weight=230, sold=1910,
    ),
    accessory(
        "power-bank-20k", "power", "power_bank", {"colour": "#24323a", "capacity": "20000"},
        ("20000mAh 自带线充电宝", "20,000 mAh power bank with cable"), 18_900,
        ("出门三天不找插座", "Three days away from a socket"),
        ("自带 C 口编织线，可给笔记本应急，额定 74 Wh。",
         "Its own braided USB-C cable; helps a laptop out as well; 74 Wh."), weight=410, sold=1180,
    ),
    accessory(
        "cable-c2c", "more-accessories", "cable", {"colour": "#23262b"},
        ("100W C to C 编织数据线", "100 W braided USB-C cable"), 3_900,
        ("1.5 米，弯折两万次", "1.5 metres, bent 20,000 times"),
        ("尼龙编织线身，带电量芯片，支持 100 瓦充电与数据传输。",
         "Braided nylon with a power chip, for 100 watts and data."), weight=60, sold=4120,
    ),
    accessory(
        "cable-silicone", "more-accessories", "cable", {"colour": "#e9c9cd"},
        ("液态硅胶快充线 2 米", "Silicone charging cable, 2 m"), 4_900, ("不打结，手感软", "Soft, never in knots"),
        ("两米长度沙发床头都够用，硅胶外被耐弯折，附理线扣。",
         "Two metres for sofa and bedside; the silicone bends without breaking. With a clip."),
        weight=70, sold=1530,
    ),
    accessory(
        "case-sail-s2", "cases", "case", {},
        ("云帆 S2 液态硅胶壳", "Sail S2 silicone case"), 7_900,
        ("亲肤防摔", "Soft to the hand, safe in a fall"),
        ("液态硅胶外壳，绒布内衬，四角气囊防摔，支持无线充电。",
         "Liquid silicone outside, felt inside, air corners; wireless charging works through it."),
        weight=50, sold=1540, variants=variants("case-sail-s2", "ink sea coral", {"": 7_900}),
    ),
    accessory(
        "case-x5-pro", "cases", "case", {"colour": "#2b2f36", "pattern": "stripes"},
        ("青屿 X5 Pro 芳纶手机壳", "Qingyu X5 Pro aramid case"), 14_900, ("薄至 0.9 毫米", "0.9 mm thin"),
        ("芳纶纤维编织，轻薄坚韧，镜头圈加高保护。",
         "Woven aramid fibre, thin and strong, with a raised ring for the lens."),
        weight=40, sold=480, brand="青屿", brand_en="Qingyu",
    ),
    accessory(
        "case-note-7", "cases", "case", {"colour": "#6f9a7c", "pattern": "waves"},
        ("墨川 Note 7 海浪手机壳", "Mochuan Note 7 wave case"), 4_900, ("设计师联名", "With a young designer"),
        ("微浮雕海浪纹理，磨砂不沾指纹。", "Waves in slight relief on a matt back that shows no fingerprints."),
        weight=40, sold=920, brand="墨川", brand_en="Mochuan",
    ),
    accessory(
        "case-lite-dots", "cases", "case", {"colour": "#a796c9", "pattern": "dots"},
        ("云帆 S2 青春版波点壳", "Sail S2 Lite dotted case"), 3_900, ("轻薄软壳", "Thin and soft"),
        ("软壳包裹四边，按键灵敏，换个心情。", "Soft on all four sides with lively keys, for a change of mood."),
        weight=35, sold=1310,
    ),
)  # fmt: skip
