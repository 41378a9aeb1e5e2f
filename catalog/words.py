"""Words of a text for search: jieba's for meaning, pairs of Chinese characters so that nothing is missed.

jieba's dictionary takes about a second; it is loaded by the first text with Chinese in a process.
"""

import gc
import logging
import re
import unicodedata

import jieba

jieba.setLogLevel(logging.WARNING)


def _jieba():
    """jieba with its dictionary: half a million objects, which the garbage collector then leaves alone."""
    if not jieba.dt.initialized:
        jieba.initialize()
        gc.freeze()
    return jieba


_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+(?:[.\-+][a-z0-9]+)*")
LONGEST = 100


def normal(text: str) -> str:
    """Lower case, full-width letters narrow, no control characters, single spaces."""
    text = unicodedata.normalize("NFKC", str(text or "")).lower()
    return " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in text).split())


def pairs(chinese: str) -> list[str]:
    """手机壳: 手机, 机壳. A single character is itself."""
    return [chinese[i : i + 2] for i in range(len(chinese) - 1)] or [chinese]


def _pieces(chinese: str) -> list[str]:
    """Pairs and single characters: jieba cuts a word by what stands around it, these stay the same."""
    return [*pairs(chinese), *chinese]


def latin_words(text: str) -> list[str]:
    """a-z0-9 words; t-90 also as its parts, so that both spellings find it."""
    words = []
    for word in _LATIN.findall(text):
        parts = re.split(r"[.\-+]", word)
        words += [word, *parts] if len(parts) > 1 else [word]
    return words


def index_words(text: str) -> tuple[list[str], list[str]]:
    """(words, pairs and single Chinese characters) of a text to be found later."""
    text = normal(text)
    runs = _CHINESE.findall(text)
    words = [word for run in runs for word in _jieba().cut_for_search(run)]
    return latin_words(text) + words, [piece for run in runs for piece in _pieces(run)]


def query_words(text: str) -> list[list[str]]:
    """What must be found: each inner list is a word with its pairs; empty when nothing can be searched."""
    text = normal(text)[:LONGEST]
    found = [[word] for word in _LATIN.findall(text)]
    for run in _CHINESE.findall(text):
        found += [[word, *pairs(word)] for word in _jieba().cut(run) if word.strip()]
    return found


def tsquery(text: str) -> str:
    """A PostgreSQL tsquery in text: every word must occur, a Latin one may be a beginning."""
    return " & ".join(_alternative(words) for words in query_words(text))


def _alternative(words: list[str]) -> str:
    first, *rest = [f"'{word}'" for word in words]
    if not rest:
        return f"{first}:*"
    return f"({first} | ({' & '.join(rest)}))" if rest != [first] else first
