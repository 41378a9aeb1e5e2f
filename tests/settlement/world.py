"""A small company and orders whose money terms the tests write themselves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from members.actors import Actor, Grant
from members.models import Institution, User
from orders.events import OrderConfirmed, PaymentCaptured, RefundMade
from orders.values import MoneyLine, MoneyTerms
from settlement.services import business_day, facts

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)  # 12:00 in Shanghai


def institution(code: str, kind: str, parent: Institution | None = None, **values) -> Institution:
    path = f"{parent.path if parent else ''}{code}/"
    values = {"bank_account": f"6222-{code}", "bank_name": "工银演示银行", "cnaps": "999100000002"} | values
    return Institution.objects.create(code=code, kind=kind, parent=parent, path=path, name=code, **values)


@dataclass
class World:
    """Institutions by short names, and the facts of orders as their apps would publish them."""

    places: dict = field(default_factory=dict)
    terms: dict = field(default_factory=dict)
    now: datetime = NOON
    numbers: int = 0

    def build(self):
        root = institution("huatong", "carrier")
        self.places = {"root": root}
        for code, kind in (
            ("st-1", "store"), ("st-2", "store"), ("wh", "warehouse"), ("mc", "merchant"),
            ("cr", "courier"), ("pp-unipay", "provider"),
        ):  # fmt: skip
            self.places[code] = institution(code, kind, root if kind in ("store", "warehouse") else None)
        self.clerk = self.staff("fclerk", "finance_clerk")
        self.lead = self.staff("flead", "finance_lead")
        self.auditor = self.staff("auditor", "auditor")
        return self

    def staff(self, name: str, role: str, place: str = "root") -> Actor:
        user = User.objects.create(username=name, is_staff=True)
        at = self.places[place]
        at.staff_roles.create(user=user, role=role)
        return Actor(user_id=user.pk, name=name, grants=frozenset({Grant(role, at.pk, at.path)}))

    def id(self, code: str | None) -> int | None:
        return self.places[code].pk if code else None

    def order(
        self, *lines, shipping=0, store=None, channel="web", cod=False, seller="root", kind="device"
    ) -> str:
        """lines: amounts in fen, or (kind, seller code, fen)."""
        self.numbers += 1
        number = f"HT26112100{self.numbers:05d}"
        shaped = [(kind, seller, line) if isinstance(line, int) else line for line in lines]
        made = tuple(
            MoneyLine(self.numbers * 100 + n, f"SKU{n}", k, self.id(s), 1, fen)
            for n, (k, s, fen) in enumerate(shaped, start=1)
        )
        total = sum(line.amount_fen for line in made) + shipping
        self.terms[number] = MoneyTerms(
            number,
            channel,
            None,
            self.id(store),
            "",
            "上海",
            self.now.isoformat(),
            total,
            shipping,
            cod,
            made,
        )
        return number

    def confirm(self, number: str) -> None:
        facts.order_confirmed(OrderConfirmed(number, self.terms[number].cod, self.now.isoformat()))

    def pay(
        self, number: str, amount=None, means="unipay", provider="pp-unipay", collector=None, at=None
    ) -> int:
        self.numbers += 1
        amount = self.terms[number].total_fen if amount is None else amount
        facts.payment_captured(
            PaymentCaptured(
                self.numbers, number, means, self.id(provider), self.id(collector), amount,
                (at or self.now).isoformat(),
            )
        )  # fmt: skip
        return self.numbers

    def refund(
        self, number: str, payment_id: int, lines: list, means="unipay", provider="pp-unipay", collector=None
    ):
        self.numbers += 1
        total = sum(fen for _line, fen in lines)
        fact = RefundMade(
            self.numbers, payment_id, number, means, self.id(provider), self.id(collector), total, lines,
            self.now.isoformat(),
        )  # fmt: skip
        facts.refund_made(fact)
        return fact

    def everything_of(self, number: str) -> list:
        terms = self.terms[number]
        lines = [[line.line_id, line.amount_fen] for line in terms.lines]
        return lines + ([[0, terms.shipping_fen]] if terms.shipping_fen else [])

    def tomorrow(self) -> datetime:
        """Past the end of the open day, and past the wait for late facts."""
        self.now = business_day.cut_off_instant(business_day.current_day()) + timedelta(minutes=15)
        return self.now
