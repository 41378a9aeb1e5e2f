"""The facts this app publishes. Days are ISO 8601 text."""

from dataclasses import dataclass
from typing import ClassVar

from omnichannel.kernel.outbox import Fact


@dataclass(frozen=True)
class RuleComparisonDue(Fact):
    """A comparison of two versions of a split rule waits for the day that it computes next."""

    topic: ClassVar[str] = "settlement.rule_comparison_due"
    comparison_id: int
    day: str

    @property
    def key(self):
        return f"{self.comparison_id}:{self.day}"
