"""Pages name only parts that exist, stay small, and speak both languages."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.utils import translation

from omnichannel.templatetags import marks, written

TEMPLATES = sorted((settings.ROOT / "templates").rglob("*.html"))
STATIC = settings.ROOT / "static"
COMPONENTS = {path.stem for path in (settings.ROOT / "templates" / "components").glob("*.html")}
COMPONENTS |= set(written.WRITTEN)
PAGE_LIMIT = 150_000


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.ROOT)))
def test_a_template_compiles_and_names_only_parts_that_exist(path: Path):
    get_template(str(path.relative_to(settings.ROOT / "templates")))
    source = path.read_text(encoding="utf-8")
    for name in re.findall(r'{% icon "([^"]+)"', source) + re.findall(r'icon(?:_end)?="([^"]+)"', source):
        assert marks.icon_body(name)
    used = set(re.findall(r'{% (?:ui|component) "([^"]+)"', source))
    assert used <= COMPONENTS


@pytest.mark.parametrize("sheet", ["shop", "work", "station", "courier"])
def test_style_and_script_of_a_page_stay_small(sheet):
    sheets = [STATIC / "css" / f"{name}.css" for name in ("tokens", "app", "work", sheet)]
    scripts = sorted((STATIC / "js").rglob("*.js"))
    assert sum(path.stat().st_size for path in {*sheets, *scripts}) < PAGE_LIMIT


def test_an_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError):
        render('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("fen", "shown"), [(123400, "¥1,234.00"), (5, "¥0.05"), (0, "¥0.00"), (-120, "-¥1.20"), (None, "—")]
)
def test_money_is_written_in_yuan_with_two_places(fen, shown):
    assert render("{{ fen|fen }}", fen=fen) == shown


def test_times_are_shown_in_shanghai():
    moment = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)
    assert render("{{ at|shanghai }} {{ at|shanghai_date }}", at=moment) == "2026-11-21 00:05 2026-11-21"


def test_the_sought_digits_of_a_number_stand_out():
    assert render('{{ number|emphasise:"5566" }}', number="13955660718") == "139 <b>5566</b> 0718"
    assert render("{{ number|emphasise }}", number="13900008000") == "139 0000 <b>8000</b>"


def test_text_of_people_is_escaped():
    shown = render('{% component "card" title=name %}{{ name }}{% endcomponent %}', name="<b>林</b>")
    assert "<b>林" not in shown
    assert shown.count("&lt;b&gt;林") == 2


def test_nothing_of_the_page_leaks_into_a_component():
    assert "page title" not in render('{% ui "alert" text="words" %}', title="page title")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Cancel this order?"), ("zh-hans", "要取消这个订单吗")]
)
def test_the_style_guide_shows_itself_in_both_languages(client, db, language, words):
    with translation.override(language):
        page = client.get("/styleguide/", headers={"accept-language": language})
    assert words in page.content.decode()


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "429", "500"])
def test_error_pages_need_nothing_from_the_request(code):
    page = get_template(f"errors/{code}.html").render({})
    assert "data-error-message" in page
