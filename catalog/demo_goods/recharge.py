"""Recharge cards: cardboard with a secret under a scratch field, counted and traced by the number on it."""

# ruff: noqa: E501  (prose)

from .items import Item

ITEMS = (
    Item(
        code="recharge-card-100",
        kind="recharge_card",
        category="top-up",
        serial="card",
        look="top_up",
        art={"amount": "100", "colour": "#2c6e63"},
        title="华通充值卡 100 元（实体卡）",
        title_en="Huatong recharge card ¥100 (printed)",
        price=10_000,
        subtitle="刮开即充，可送人",
        subtitle_en="Scratch and recharge, or give it away",
        text="面值 100 元的实体充值卡，快递送达或到店自取。刮开涂层，按卡背提示输入密码，即可为任意华通号码充值。"
        "每张卡有唯一卡号，从入库到售出全程可查；密码只在涂层之下，任何员工都看不到。涂层完好可退。",
        text_en="A printed card worth ¥100, sent to your door or kept for you in a store. Scratch it and dial the "
        "number on its back to recharge any Huatong number. Each card has a number of its own and is traced from our "
        "stock to you; the secret lies under the scratch field only, and no employee sees it. Unscratched cards can be returned.",
        weight=8,
        volume=10,
        sold=90,
        specs=(
            ("面值", "Face value", "¥100", "¥100"),
            ("形式", "Form", "实体刮刮卡", "Printed scratch card"),
            ("有效期", "Valid for", "购买后三年", "Three years"),
            ("退卡", "Return", "涂层完好可退", "While unscratched"),
        ),
    ),
)
