"""What every station shares: a prompt, a scan, an answer over the whole width."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from fulfillment.queries.stations import Waiting
from members.actors import Actor
from omnichannel.kernel.errors import DomainError


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


@dataclass(frozen=True)
class Verdict:
    tone: str
    text: str
    more: str = ""
    code: str = ""
    label_url: str = ""


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


class Station:
    """One kind of work. Subclasses say what is next and what a scan does; services do it."""

    name = ""
    can_undo = False

    def title(self) -> str:
        raise NotImplementedError

    def prompt(self, location_id: int, hidden: dict) -> Prompt:
        """What to do now; `hidden` is the step within a parcel that has several."""
        raise NotImplementedError

    def scan(self, scan: Scan) -> tuple[Verdict, dict]:
        """Do it. The answer, and the hidden values of the next prompt. Raises DomainError."""
        raise NotImplementedError

    def after_refusal(self, error: DomainError, hidden: dict) -> dict:
        """Where to go on after a refusal: at the same step of the same parcel."""
        return hidden

    def queue(self, location_id: int) -> Waiting:
        raise NotImplementedError

    def side(self, location_id: int) -> dict:
        """More for the side column, by name."""
        return {}


def idle(text: str) -> Prompt:
    return Prompt(step=_("Nothing to do"), action=text, idle=True, placeholder=_("Scan or type a code"))
