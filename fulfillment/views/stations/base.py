"""What every station shares: a prompt, a scan, an answer over the whole width."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fulfillment.models import FulfillmentOrder, FulfillmentState
from fulfillment.queries.stations import Waiting
from members.actors import Actor
from omnichannel.kernel.errors import DomainError

# The key beside each command; what is typed stays possible, as some readers send letters only.
HOTKEYS = {
    "U": "F2",
    "P": "F3",
    "M": "F4",
    "T": "F6",
    "R": "F7",
    "D": "F7",
    "A": "F8",
    "F": "F9",
    "C": "F10",
    "B": "F10",
    "Y": "F8",
    "N": "F9",
    "X": "Escape",
}


_S = FulfillmentState
_NEXT = {
    _S.AWAITING_ACCEPTANCE: gettext_lazy("Accept it on the store's page first."),
    _S.ACCEPTED: gettext_lazy("It waits for its wave: build it on the first page."),
    _S.IN_WAVE: gettext_lazy("It is not picked yet."),
    _S.PICKED: gettext_lazy("It goes to SIM take, or to packing if no card is in it."),
    _S.SIM_TAKEN: gettext_lazy("Its account is opened first."),
    _S.ACCOUNT_OPEN: gettext_lazy("It goes to packing."),
    _S.PACKED: gettext_lazy("It goes to the ramp."),
    _S.READY_FOR_PICKUP: gettext_lazy("It waits at the counter for its customer."),
    _S.HANDED_OVER: gettext_lazy("It has left with its courier."),
    _S.OUT_FOR_DELIVERY: gettext_lazy("It has left with its courier."),
    _S.DELIVERED: gettext_lazy("Its customer has it. Call the lead."),
    _S.REFUSED: gettext_lazy("It came back: scan it on the first page."),
    _S.RETURNED: gettext_lazy("Its goods are on the shelf again."),
    _S.LOST: gettext_lazy("It was given up as lost. If you hold it in your hands, call the lead."),
    _S.DECLINED: gettext_lazy("It is sent from elsewhere. Take its goods back to the shelf."),
    _S.SHORT: gettext_lazy("It is sent from elsewhere. Take its goods back to the shelf."),
    _S.MOVED: gettext_lazy("It is sent from elsewhere. Take its goods back to the shelf."),
}


@dataclass(frozen=True)
class Prompt:
    """The one next action. `hidden` travels with the scan; idle: nothing to do, the scan field rests."""

    step: str
    action: str
    target: str = ""
    placeholder: str = ""
    hidden: dict = field(default_factory=dict)
    facts: tuple[tuple[str, str], ...] = ()
    idle: bool = False
    commands: tuple[tuple[str, str], ...] = ()  # (what to type, what it does)
    may_undo: bool = True  # whether the key that takes the last step back is offered

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """(what to type, its key, what it does)"""
        return [(letter, HOTKEYS.get(letter, ""), does) for letter, does in self.commands]


@dataclass(frozen=True)
class Verdict:
    """`big` is what must be read from two metres: a slot of the wall; `print_url` a paper to print."""

    tone: str
    text: str
    more: str = ""
    code: str = ""
    big: str = ""
    print_url: str = ""
    print_label: str = ""
    print_now: bool = False


@dataclass(frozen=True)
class Scan:
    """What came from the reader or the keyboard, with what the prompt sent along."""

    actor: Actor
    location_id: int
    text: str
    hidden: dict
    now: datetime

    @property
    def command(self) -> str:
        return self.text.upper()

    @property
    def where(self) -> dict:
        """Who, where and when, for a service."""
        return {"actor": self.actor, "location_id": self.location_id, "now": self.now}


def where_next(code: str) -> str:
    """What is to be done with a parcel that came to the wrong station, in words; empty for an unknown one."""
    state = FulfillmentOrder.objects.filter(code=code).values_list("state", flat=True).first()
    return str(_NEXT.get(state, ""))


class Station(ABC):
    """One kind of work. Subclasses say what is next and what a scan does; services do it."""

    name = ""
    can_undo = False
    asks_before_undo = False  # then the station itself understands U

    @abstractmethod
    def title(self) -> str: ...

    @abstractmethod
    def prompt(self, location_id: int, hidden: dict, actor: Actor) -> Prompt:
        """What to do now; `hidden` is the step within a parcel that has several."""

    @abstractmethod
    def scan(self, scan: Scan) -> tuple[Verdict, dict]:
        """Do it. The answer, and the hidden values of the next prompt. Raises DomainError."""

    @abstractmethod
    def queue(self, location_id: int, actor: Actor) -> Waiting: ...

    def after_refusal(self, error: DomainError, scan: Scan) -> dict:
        """Where to go on after a refusal: at the same step of the same parcel."""
        return scan.hidden

    def side(self, location_id: int) -> dict:
        """More for the side column, by name."""
        return {}


def idle(text: str, **more) -> Prompt:
    defaults = {"placeholder": _("Scan or type a code")}
    return Prompt(step=_("Nothing to do"), action=text, idle=True, **defaults | more)


def taken_by_colleague(code: str) -> tuple[tuple[str, str], ...]:
    """The command that is offered when a colleague has the work in hand."""
    return (("T", _("take %(code)s over from my colleague") % {"code": code}),) if code else ()
