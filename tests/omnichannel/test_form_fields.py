"""Form fields written by code: the same controls as Django's own templates, and all that belongs to them."""

import pytest
from django import forms
from django.template import Context, Template
from django.test.html import parse_html

from omnichannel.templatetags.form_fields import _control, field

HOSTILE = "<b>\"&'"


class Everything(forms.Form):
    name = forms.CharField(max_length=40, label=HOSTILE, help_text="as on the card")
    spare = forms.CharField(
        required=False, widget=forms.TextInput({"autocomplete": "off", "data-x": HOSTILE})
    )
    units = forms.IntegerField(min_value=1, max_value=9)
    mail = forms.EmailField(required=False, disabled=True)
    place = forms.ChoiceField(choices=[("", "-"), ("a", HOSTILE), ("G", [("b", "B"), (3, "three")])])
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.SelectMultiple)
    day = forms.DateField(widget=forms.DateInput({"type": "date"}), required=False)
    notes = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput)
    agree = forms.BooleanField()
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


GIVEN = {"name": HOSTILE, "units": "12", "place": "3", "many": ["a"], "notes": HOSTILE, "way": "b"}


@pytest.mark.parametrize(
    "form", [Everything(), Everything(initial={"place": "b", "units": 4}), Everything(GIVEN)], ids=str
)
def test_controls_are_those_of_django(form):
    for bound in form:
        assert parse_html(_control(bound)) == parse_html(str(bound)), bound.name


def shown(form, name: str, **values) -> str:
    return field(Context({}), form[name], **values)


def test_label_help_and_errors_belong_to_the_control():
    page = shown(Everything(GIVEN | {"name": ""}), "name", css="wide")
    assert '<div class="field field--error wide">' in page
    assert '<label class="field__label" for="id_name">&lt;b&gt;&quot;&amp;&#x27;</label>' in page
    assert '<p class="field__help" id="id_name_helptext">as on the card</p>' in page
    assert '<div id="id_name_error"><p class="field__error">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_may_stay_empty_says_so_and_words_can_be_given():
    page = shown(Everything(), "spare", label="Another", help="why")
    assert "field__optional" in page
    assert ">Another" in page
    assert ">why</p>" in page


@pytest.mark.parametrize(("name", "part"), [("agree", "check"), ("way", "fieldset"), ("hidden", "hidden")])
def test_ticks_choices_and_hidden_ones_keep_their_layout(name, part):
    page = Template("{% field form." + name + " %}").render(Context({"form": Everything()}))
    assert part in page
