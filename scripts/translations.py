"""Keep, check and compile the translations without any gettext program.

usage: translations.py update|check|compile|missing [APP ...]
       translations.py fill APP FILE      FILE: JSON {"English": "Chinese"}; "-" reads standard input

English is the language of the message ids; Chinese stands in <app>/locale/zh_Hans/LC_MESSAGES/.
`update` takes new texts in and obsolete ones out, `missing` prints what has no Chinese yet as JSON
that `fill` takes back, `check` fails with a list, `compile` writes the .mo files.
"""

import json
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from translation_sources import APPS, CJK, ROOT, Text, Unreadable, hard_coded, texts_of

DOMAINS = ("django", "djangojs")
LOCALE = "zh_Hans"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sdif]|\{(\w*)\}")
HEADER = f"""msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {LOCALE}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def po_path(app: str, domain: str) -> Path:
    return ROOT / app / "locale" / LOCALE / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def key_of(text: Text) -> tuple:
    """What makes two texts the same entry of a catalogue."""
    return (text.singular, text.context or None)


def entries(catalog: Catalog) -> dict[tuple, Message]:
    return {(m.id if isinstance(m.id, str) else m.id[0], m.context): m for m in catalog if m.id}


def chinese(message: Message | None) -> str:
    if message is None or message.fuzzy:
        return ""
    return message.string if isinstance(message.string, str) else message.string[0]


def merged(app: str, domain: str) -> Catalog:
    """A new catalogue of exactly the texts in the sources, with the translations known so far."""
    known, fresh = entries(read_catalog(po_path(app, domain))), Catalog(locale=LOCALE)
    for text in sorted(texts_of(app, domain), key=lambda t: (t.singular, t.context, t.plural)):
        string = chinese(known.get(key_of(text)))
        if text.plural:
            fresh.add((text.singular, text.plural), (string,), context=text.context or None)
        else:
            fresh.add(text.singular, string, context=text.context or None)
    return fresh


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write without dates and line numbers, so that a file changes only when a text does."""
    body = BytesIO()
    write_po(body, catalog, omit_header=True, no_location=True, sort_output=True, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode("utf-8").strip() + "\n", "utf-8")


def missing_in(catalog: Catalog) -> list[str]:
    return [singular for (singular, _context), message in entries(catalog).items() if not chinese(message)]


def update(apps: list[str]) -> int:
    for app in apps:
        for domain in DOMAINS:
            catalog, path = merged(app, domain), po_path(app, domain)
            if len(catalog) or path.exists():
                write_catalog(path, catalog)
                print(
                    f"{app}: {len(catalog)} texts, {len(missing_in(catalog))} without Chinese ({domain}.po)"
                )
    return 0


def placeholders(text: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def faults_of(app: str, domain: str) -> list[str]:
    known, wanted, faults = entries(read_catalog(po_path(app, domain))), texts_of(app, domain), []
    for text in sorted(wanted):
        message = known.get(key_of(text))
        if message is not None and message.fuzzy:
            faults.append(f"fuzzy: {text.singular!r}")
        elif not chinese(message):
            faults.append(f"no Chinese: {text.singular!r}")
        elif placeholders(chinese(message)) != placeholders(text.plural or text.singular):
            faults.append(f"placeholders differ: {text.singular!r} and {chinese(message)!r}")
        if CJK.search(text.singular):
            faults.append(f"message id is not English: {text.singular!r}")
    obsolete = set(known) - {key_of(text) for text in wanted}
    faults += [f"obsolete: {singular!r}" for singular, _context in sorted(obsolete, key=str)]
    return [f"{app}: {fault}" for fault in faults]


def check(apps: list[str]) -> int:
    faults = [fault for app in apps for domain in DOMAINS for fault in faults_of(app, domain)]
    faults += [fault for app in apps for fault in hard_coded(app)]
    print("\n".join(faults) if faults else "translations: complete")
    if faults:
        print(f"faults: {len(faults)}; `make translations-update` takes new texts in, then fill the Chinese")
    return 1 if faults else 0


def compile_all(apps: list[str]) -> int:
    for app in apps:
        for domain in DOMAINS:
            source = po_path(app, domain)
            target = source.with_suffix(".mo")
            if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
                body = BytesIO()
                write_mo(body, read_catalog(source))
                target.write_bytes(body.getvalue())
    return 0


def missing(apps: list[str]) -> int:
    catalogs = [merged(app, domain) for app in apps for domain in DOMAINS]
    texts = {singular: "" for catalog in catalogs for singular in missing_in(catalog)}
    print(json.dumps(texts, ensure_ascii=False, indent=1))
    return 0


def fill(app: str, file: str) -> int:
    """Write the given Chinese into the app's catalogues; a text the app does not use is named and ignored."""
    given = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text("utf-8"))
    used = set()
    for domain in DOMAINS:
        catalog = merged(app, domain)
        for (singular, _context), message in entries(catalog).items():
            if given.get(singular):
                used.add(singular)
                message.string = given[singular] if isinstance(message.id, str) else (given[singular],)
        if len(catalog):
            write_catalog(po_path(app, domain), catalog)
            print(f"{app}: {len(missing_in(catalog))} of {len(catalog)} still without Chinese ({domain}.po)")
    for singular in sorted(set(given) - used):
        print(f"{app}: not used: {singular!r}", file=sys.stderr)
    return 0


def main(arguments: list[str]) -> int:
    commands = {"update": update, "check": check, "compile": compile_all, "missing": missing}
    if len(arguments) == 3 and arguments[0] == "fill" and arguments[1] in APPS:
        return fill(arguments[1], arguments[2])
    if not arguments or arguments[0] not in commands or not set(arguments[1:]) <= set(APPS):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return commands[arguments[0]](arguments[1:] or list(APPS))
    except Unreadable as error:
        print(f"translations: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
