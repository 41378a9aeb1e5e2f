"""Who may do what in finance. The auditor reads everything and changes nothing."""

CLERK = "finance_clerk"
LEAD = "finance_lead"
AUDITOR = "auditor"
PARTNER = "partner"
READERS = (CLERK, LEAD, AUDITOR)
AUDIT_READERS = (LEAD, AUDITOR)


def must_read(actor) -> None:
    """Raise NotAllowed unless the actor works in finance or audits it."""
    actor.must_have(*READERS)


def must_work(actor) -> None:
    """Raise NotAllowed for whoever only reads: the auditor, partners, all others."""
    actor.must_have(CLERK, LEAD)


def must_see_statement(actor, *, path: str) -> None:
    """Finance sees every institution's statement, a partner only its own; raises NotAllowed."""
    if not actor.has(*READERS):
        actor.must_have(PARTNER, path=path)
