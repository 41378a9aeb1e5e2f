"""The demo number pool: real blocks of seven cities, three hundred numbers each, and the grade rules."""

import random

from phone.phone import Phone

from catalog.models import NumberBlock, NumberGrade
from catalog.services.number_pool import stock_block

# First seven digits; province and city come from the package `phone`.
BLOCKS = (
    "1381613",
    "1580039",
    "1380514",
    "1381265",
    "1380579",
    "1588887",
    "1385747",
    "1382629",
    "1581718",
    "1382365",
)
PER_BLOCK = 300
WANTED_TAILS = (
    8888, 6666, 5678, 1234, 4321, 6688, 8866, 1122, 5588, 6868, 5858, 2626, 6688, 5888, 1888, 9999,
    5200, 1314, 2088, 7788, 3366, 8008, 8018, 6006, 4488, 4444, 521, 618, 808, 1001, 1225, 888,
)  # fmt: skip

# code, Chinese, English, rule, pattern, with a 4 counts as, minimum spend, prepayment, months, withheld
GRADES = (
    ("aaaaa", "五连靓号", "Five of a kind", "shape", "AAAAA", "aaaa", 199_900, 2_000_000, 36, True),
    ("aaaa", "四连靓号", "Four of a kind", "shape", "AAAA", "aaa", 99_900, 1_000_000, 24, False),
    ("abcde", "五位顺号", "Run of five", "run", "ABCDE", "abcd", 49_900, 500_000, 24, False),
    ("aabbcc", "三对连号", "Three pairs", "shape", "AABBCC", "aabb", 39_900, 300_000, 24, False),
    ("abcabc", "双三重号", "Triple twice", "shape", "ABCABC", "abab", 39_900, 300_000, 24, False),
    ("aaa", "三连靓号", "Three of a kind", "shape", "AAA", "aa", 19_900, 100_000, 12, False),
    ("aabb", "双对靓号", "Two pairs", "shape", "AABB", "aa", 12_900, 60_000, 12, False),
    ("abab", "重复靓号", "Pair twice", "shape", "ABAB", "aa", 12_900, 60_000, 12, False),
    ("abcd", "四位顺号", "Run of four", "run", "ABCD", "plain", 9_900, 40_000, 12, False),
    ("aa", "对子尾号", "Pair at the end", "shape", "AA", "plain", 3_900, 10_000, 0, False),
    ("lucky", "吉祥尾号", "Ends in 8 or 6", "ends", "86", None, 2_900, 5_000, 0, False),
    ("plain", "普通号码", "Ordinary", "any", "", None, 0, 0, 0, False),
)


def load_grades() -> None:
    """Grade rules, the rarest first; a demoted one points to a later row, so the last is made first."""
    known = {grade.code: grade for grade in NumberGrade.objects.all()}
    for position, row in reversed(list(enumerate(GRADES, start=1))):
        code, name, name_en, rule, pattern, lower, spend, prepaid, months, withheld = row
        if code in known:
            continue
        known[code] = NumberGrade.objects.create(
            code=code,
            position=position,
            name=name,
            name_en=name_en,
            rule=rule,
            pattern=pattern,
            demoted_to=known[lower] if lower else None,
            minimum_spend=spend,
            prepayment=prepaid,
            months=months,
            withheld=withheld,
        )


def load_numbers() -> None:
    load_grades()
    known = set(NumberBlock.objects.values_list("prefix", flat=True))
    places = Phone()
    for prefix in BLOCKS:
        if prefix in known:
            continue
        place = places.find(int(prefix))
        stock_block(prefix=prefix, province=place["province"], city=place["city"], lines=_lines(prefix))


def _lines(prefix: str) -> list[int]:
    """The same three hundred every time: some wanted tails and a draw seeded by the prefix."""
    drawn = random.Random(prefix).sample(range(10_000), PER_BLOCK - 30)
    return sorted({*WANTED_TAILS, *drawn})
