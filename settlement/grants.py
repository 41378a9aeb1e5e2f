"""What the application's database role may do with the ledger: add and read, nothing else.

Triggers alone can be switched off by the owner of a table; the role that serves requests owns none.
"""

LEDGER_TABLES = (
    "settlement_journal",
    "settlement_posting",
    "settlement_trade",
    "settlement_tradeline",
    "settlement_tradeshare",
    "settlement_ordershare",
    "settlement_ordertermsline",
    "settlement_orderfunding",
    "settlement_adjustmentleg",
)
# What others said, and what was found to be the same: added and read.
STATEMENT_TABLES = (
    "settlement_tradereference",
    "settlement_statement",
    "settlement_statementline",
    "settlement_matchedge",
    "settlement_reconpolicy",
)
# Who did what, the files of costs that were booked, and what pay-outs go by: added and read.
KEPT_TABLES = (
    "settlement_auditentry",
    "settlement_costimport",
    "settlement_costline",
    "settlement_transferfile",
    "settlement_transferdocument",
    "settlement_payoutterms",
    "settlement_transferlimit",
    "settlement_bankanswer",
    "settlement_bankanswerline",
)
# Written by the database's own triggers alone.
HISTORY_TABLES = ("settlement_reconevent", "settlement_auditlink", "settlement_transferevent")

# A till import and a night grow these by a large part at once: the planner must hear of it.
ANALYSED = ("settlement_importedsale", "settlement_trade", "settlement_tradeshare")
MAINTAIN_SINCE = 170000  # PostgreSQL's version that knows the privilege

_PARTITIONS = """
    SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'settlement_posting'::regclass
"""


def restrict(cursor, role: str) -> None:
    """Leave `role` INSERT and SELECT on ledger tables, nothing on partitions. Run as the owner, last."""
    cursor.execute(_PARTITIONS)
    partitions = [name for (name,) in cursor.fetchall()]
    for table in (*LEDGER_TABLES, *STATEMENT_TABLES, *KEPT_TABLES, *HISTORY_TABLES, *partitions):
        cursor.execute(f'REVOKE ALL ON {table} FROM "{role}"')
    for table in (*LEDGER_TABLES, *STATEMENT_TABLES, *KEPT_TABLES):
        cursor.execute(f'GRANT SELECT, INSERT ON {table} TO "{role}"')
    for table in HISTORY_TABLES:
        cursor.execute(f'GRANT SELECT ON {table} TO "{role}"')
    if cursor.db.pg_version >= MAINTAIN_SINCE:
        for table in ANALYSED:
            cursor.execute(f'GRANT MAINTAIN ON {table} TO "{role}"')
    cursor.execute(f'GRANT EXECUTE ON FUNCTION settlement_ensure_partition(date) TO "{role}"')
