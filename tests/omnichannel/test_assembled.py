"""A template in one piece says what Django says when it looks for parents and blocks each time."""

import re

import pytest
from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist, engines
from django.template.base import Node
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.utils import translation

from omnichannel.assembled.folding import Folded
from tests.support.range import NOW, Range

FILES = {
    "root": "{% block a %}root a{% endblock %}|{% block b %}root b{% endblock %}|{{ url }}{{ word }}",
    "frame": '{% extends "root" %}{% block a %}frame[{{ block.super }}]{% endblock %}',
    "page": '{% extends "frame" %}{% block a %}page[{{ block.super }}]{% endblock %}'
    "{% block b %}{% block c %}{{ word }}{% endblock %}{% endblock %}",
    "inner": '{% extends "page" %}{% block c %}inner {{ block.super }}{% endblock %}',
    "in_if": "{% if word %}{% block a %}yes{% endblock %}{% else %}{% block b %}no{% endblock %}{% endif %}",
    "of_if": '{% extends "in_if" %}{% block a %}{{ word }}!{% endblock %}{% block b %}none{% endblock %}',
    "in_for": "{% for n in numbers %}{% block a %}{{ n }}{% endblock %}{% empty %}nothing{% endfor %}",
    "of_for": '{% extends "in_for" %}{% block a %}<{{ n }}{{ forloop.last }}>{% endblock %}',
    "sets": '{% extends "root" %}{% load i18n %}'
    '{% block a %}{% translate "Home" as word %}{{ word }}{% endblock %}',
    "part": "{{ word }}-{{ more }}",
    "framed_part": '{% extends "root" %}{% block b %}of the part{% endblock %}',
    "includes": '{% include "part" %}|{% include "part" with more=word|upper %}|{% include "part" only %}|'
    '{% include "framed_part" %}|{% include name %}|{% block b %}own{% endblock %}',
    "tree": '{% for one in tree %}<{% include "tree" with tree=one %}>{% endfor %}',
    "stripes": '{% for n in numbers %}{% include "stripe" %}{% endfor %}',
    "stripe": '{% cycle "odd" "even" %}',
    "dynamic": '{% extends name_of_frame %}{% block a %}chosen{% endblock %}',
    "words": '{% load i18n static %}{% translate "Home" %}{% icon "truck" %}{% url "orders:basket" %}'
    '{% static "js/app.js" %}{% url "orders:category" name %}{% translate word %}{{ word }}'
    '{% still "a-test" %}{% translate "Basket" %}{% endstill %}',
    "broken_part": '{% if word %}{{ word }}{% else %}{% include "not-there" %}{% endif %}',
}  # fmt: skip
CONTEXT = {
    "word": "<b>",
    "numbers": [1, 2, 3],
    "name": "part",
    "name_of_frame": "frame",
    "tree": [[[], []], []],
}
_SOURCES = [("django.template.loaders.locmem.Loader", FILES)]


def engine(loader: str, *more) -> Engine:
    options = settings.TEMPLATES[0]["OPTIONS"]
    libraries = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
    return Engine(loaders=[(loader, _SOURCES, *more)], builtins=options["builtins"], libraries=libraries)


PLAIN = engine("django.template.loaders.cached.Loader")
ASSEMBLED = engine("omnichannel.assembled.Loader")
WHOLE = sorted(FILES.keys() - {"dynamic"})
BARE = {"name": "part", "name_of_frame": "page"}
NEED_A_WORD = ("words", "broken_part")
CASES = [
    (name, context)
    for name in (*WHOLE, "dynamic")
    for context in (CONTEXT, BARE)
    if context is CONTEXT or name not in NEED_A_WORD
]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("name", "context"), CASES)
def test_it_says_the_same(name, context, language):
    with translation.override(language):
        for _again in range(2):
            expected = PLAIN.get_template(name).render(Context(context))
            assert ASSEMBLED.get_template(name).render(Context(context)) == expected


@pytest.mark.parametrize("name", [name for name in WHOLE if name not in ("includes", "tree", "stripes")])
def test_nothing_is_left_to_look_for(name):
    nodes = ASSEMBLED.get_template(name).nodelist.get_nodes_by_type(Node)
    left = {type(node) for node in nodes} & {ExtendsNode, BlockNode, IncludeNode}
    assert left <= ({IncludeNode} if name == "broken_part" else set())


def test_words_of_one_language_never_show_in_another():
    page = ASSEMBLED.get_template("words")
    shown = {}
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with translation.override(language):
            shown.setdefault(language, set()).add(page.render(Context(CONTEXT)))
    assert [len(texts) for texts in shown.values()] == [1, 1]
    assert shown["en"] != shown["zh-hans"]


def test_only_what_stands_still_is_folded():
    nodes = ASSEMBLED.get_template("words").nodelist
    assert [type(node).__name__ for node in nodes] == [
        "Folded",
        "URLNode",
        "TranslateNode",
        "VariableNode",
        "Folded",
    ]
    assert isinstance(nodes[0], Folded)


def test_a_part_that_is_not_there_is_missed_when_it_is_wanted():
    page = ASSEMBLED.get_template("broken_part")
    assert page.render(Context(CONTEXT)) == "&lt;b&gt;"
    with pytest.raises(TemplateDoesNotExist):
        page.render(Context({}))


def test_files_of_others_stay_as_they_are():
    others = engine("omnichannel.assembled.Loader", "/elsewhere/")
    kinds = {type(node) for node in others.get_template("page").nodelist.get_nodes_by_type(Node)}
    assert ExtendsNode in kinds


@pytest.fixture
def plain_loaders():
    sources = [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")]
    return engines["django"].engine.get_template_loaders([("django.template.loaders.cached.Loader", sources)])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", ["/", "/c/phones/", "/search/", "/basket/", "/sign-in/", "/styleguide/"])
def test_a_page_is_the_same_either_way(db, client, monkeypatch, freeze_at, plain_loaders, path, language):
    freeze_at(NOW)
    Range()
    shown = _page(client, path, language)
    monkeypatch.setattr(engines["django"].engine, "template_loaders", plain_loaders)
    assert _page(client, path, language) == shown


def _page(client, path: str, language: str) -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "token", answer.content.decode())
