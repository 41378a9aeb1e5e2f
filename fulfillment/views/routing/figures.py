"""Pages of figures that hold from a day on: the versions, the standard, and the form of a new one.

A figure whose name ends in _fen is an amount, typed and shown in yuan; every other one is a whole number.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from types import ModuleType

from django.shortcuts import render
from django.utils.translation import gettext_lazy

from fulfillment.models.versions import Version
from fulfillment.services import dated_tables
from members.actors import Actor
from omnichannel.kernel import clock
from omnichannel.kernel.errors import Invalid

from .versions import calendar, day_of, number_of, published, taken_back

MOST = 1e9  # as typed: yuan, articles, days


class FigureWrong(Invalid):
    code = "number_invalid"
    message = gettext_lazy("%(what)s: “%(value)s” is not a number. Enter numbers like 7 or 7.60.")


@dataclass(frozen=True)
class FiguresPage:
    """model: of the versions. service: in_force(now=), standard().

    publish(figures, starts=, actor=, now=, seen=). then: the page's own address. words: of each figure.
    """

    template: str
    where: str
    then: str
    model: type[Version]
    service: ModuleType
    versions: Callable[[Actor], list[Version]]
    publish: Callable[..., object]
    words: Mapping[str, str]
    done: str

    def answer(self, request):
        """The page, or a new version from the form."""
        return self._published(request) if request.method == "POST" else self._shown(request)

    def withdrawn(self, request):
        def withdraw():
            seen = request.POST.get("seen", "")
            asked = {"actor": request.actor, "now": clock.now(), "seen": seen}
            dated_tables.withdraw(self.model, starts=day_of(request), **asked)

        return taken_back(request, withdraw, then=self.then)

    def _published(self, request):
        def publish():
            self.publish(
                {name: self._number(name, request.POST.get(name, "")) for name in self.words},
                starts=day_of(request),
                actor=request.actor,
                now=clock.now(),
                seen=request.POST.get("seen", ""),
            )

        return published(request, publish, done=str(self.done), then=self.then, show=self._shown)

    def _shown(self, request, *, posted=None, refusal=None):
        rows = self.versions(request.actor)
        current = asdict(self.service.in_force(now=clock.now()))
        known = calendar(request, posted, refusal)
        context = known | {
            "where": self.where,
            "edition": dated_tables.edition(self.model),
            "rows": [(row, [self._cell(name, getattr(row, name)) for name in self.words]) for row in rows],
            "words": list(self.words.values()),
            "standard": [self._cell(name, value) for name, value in asdict(self.service.standard()).items()],
            "in_force": next((row for row in rows if row.is_in_force(known["today"])), None),
            "fields": [self._field(name, posted or {}, current[name]) for name in self.words],
        }
        return render(request, self.template, context, status=refusal.status if refusal else 200)

    def _cell(self, name: str, value: int) -> tuple[str, int, bool]:
        return self.words[name], value, _is_money(name)

    def _field(self, name: str, posted: Mapping, value: int) -> dict:
        typed = f"{value / 100:.2f}" if _is_money(name) else str(value)
        return {
            "name": name,
            "label": self.words[name],
            "value": posted.get(name, typed),
            "is_money": _is_money(name),
        }

    def _number(self, name: str, text: str) -> int:
        """Fen, or a whole number. Raises FigureWrong."""
        text = text.strip().replace(",", "")
        wrong = FigureWrong(field=name, what=self.words[name], value=text[:20])
        value = number_of(text, wrong, most=MOST)
        if _is_money(name):
            return round(value * 100)
        if value != int(value):
            raise wrong
        return int(value)


def _is_money(name: str) -> bool:
    return name.endswith("_fen")
