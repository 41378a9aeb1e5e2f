"""Prepaid cards of the carrier: stored value to pay with, not credit of a phone number."""

# ruff: noqa: E501  (prose)

from .items import Item

INKS = {50: "#3f6d5a", 100: "#1f4f74", 200: "#5b3a78", 500: "#7a2230"}


def prepaid_card(yuan: int, sold: int) -> Item:
    return Item(
        code=f"prepaid-card-{yuan}",
        kind="prepaid_card",
        category="prepaid-cards",
        look="prepaid_card",
        art={"amount": str(yuan), "colour": INKS[yuan]},
        title=f"华通预付卡 {yuan} 元",
        title_en=f"Huatong prepaid card ¥{yuan}",
        price=yuan * 100,
        subtitle="电子卡，线上线下都能付",
        subtitle_en="An electronic card to pay with, online and in stores",
        text=f"面值 {yuan} 元的电子预付卡，付款后卡号和密码出现在订单页面，可自用也可送人。网上商城结账时和华通门店柜台都可以用它付款，"
        "余额可分次使用，可充值、可冻结。按面值出售，不参加优惠、不积分，不能用积分或另一张卡购买；未使用可退。",
        text_en=f"An electronic card worth ¥{yuan}: number and PIN stand on your order as soon as it is paid, to keep or to "
        "give away. It pays at the checkout of this shop and at the counter of our stores, in parts, and can be reloaded and "
        "frozen. Sold at face value without discounts or points, not for points or another card; unused cards can be returned.",
        sold=sold,
        specs=(
            ("面值", "Face value", f"¥{yuan}", f"¥{yuan}"),
            ("形式", "Form", "电子卡，卡号 + 6 位密码", "Electronic, number and six-digit PIN"),
            ("用途", "Use", "网上商城、华通门店柜台", "This shop and our stores' counters"),
            ("退卡", "Return", "未使用可退", "While unused"),
        ),
    )


ITEMS = (prepaid_card(50, 620), prepaid_card(100, 1480), prepaid_card(200, 530), prepaid_card(500, 160))
