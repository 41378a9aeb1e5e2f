"""Parsing only; the rules are in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from omnichannel.kernel.money import fen
from settlement.models import StatementAccount

MOST_BYTES = 64 * 1024 * 1024


class AccountChoice(forms.ModelChoiceField):
    def label_from_instance(self, account: StatementAccount) -> str:
        return f"{account.institution.label} · {account.get_source_display()} {account.number}"


class StatementForm(forms.Form):
    """A statement to load; without a file it says that there is none. sum_fen is entered in yuan."""

    account = AccountChoice(
        label=_("Account"),
        queryset=StatementAccount.objects.select_related("institution").filter(is_active=True),
        empty_label=None,
        widget=forms.Select(attrs={"class": "input"}),
    )
    day = forms.DateField(
        label=_("Day of the statement"),
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(
        label=_("File"), required=False, widget=forms.ClearableFileInput(attrs={"class": "input"})
    )
    none = forms.BooleanField(label=_("The other side has no statement for this day"), required=False)
    rows = forms.IntegerField(
        label=_("Number of rows"), required=False, min_value=0,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )  # fmt: skip
    sum_fen = forms.CharField(
        label=_("Sum (¥)"), required=False,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "decimal"}),
    )  # fmt: skip
    sha1 = forms.RegexField(
        label=_("SHA-1 that the provider announced"), required=False, regex=r"^[0-9A-Fa-f]{40}$",
        widget=forms.TextInput(attrs={"class": "input mono"}),
    )  # fmt: skip

    def clean_sum_fen(self) -> int | None:
        text = self.cleaned_data["sum_fen"].strip()
        if not text:
            return None
        try:
            return fen(text)
        except (ValueError, ArithmeticError) as error:
            raise forms.ValidationError(_("An amount in yuan with at most two decimals.")) from error

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("Larger files are loaded by the command import_statement."))
        return file

    def clean(self):
        asked = super().clean()
        if "file" in asked and bool(asked["file"]) == bool(asked.get("none")):
            self.add_error("file", _("Choose a file, or say that there is none."))
        return asked
