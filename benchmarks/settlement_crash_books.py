"""The books of two nights beside each other, row by row by natural keys."""

import os
import subprocess
import sys
from collections import Counter
from contextlib import closing

import psycopg2

from benchmarks.settlement import environment
from tests.support import databases

_PARTY = "(SELECT code FROM members_institution i WHERE i.id = s.institution_id)"
BOOKS = {
    "shares": "SELECT t.source_key, s.business_date, s.role, s.account_kind, {party}, s.channel, s.amount_fen"
    " FROM settlement_tradeshare s JOIN settlement_trade t ON t.id = s.trade_id",
    "journals": "SELECT key, payload_hash, kind, business_date, original_date FROM settlement_journal s",
    "postings": "SELECT j.key, s.kind, {party}, s.channel, s.amount_fen, s.business_date FROM (SELECT"
    " p.*, a.kind, a.institution_id FROM settlement_posting p JOIN settlement_ledgeraccount a"
    " ON a.id = p.account_id) s JOIN settlement_journal j ON j.id = s.journal_id",
    "positions": "SELECT business_date, {party}, channel, amount_fen, state FROM settlement_netposition s",
    "report": "SELECT business_date, {party}, account_kind, channel, trade_kind, original_date, shares,"
    " amount_fen FROM settlement_clearingline s",
    "matrix": "SELECT business_date, {party}, counterparty_id, amount_fen FROM settlement_bilateralline s",
    "turnovers": "SELECT s.business_date, s.kind, {party}, s.debit_fen, s.credit_fen FROM (SELECT u.*,"
    " a.kind, a.institution_id FROM settlement_accountturnover u JOIN settlement_ledgeraccount a"
    " ON a.id = u.account_id) s",
    "days": "SELECT business_date, state, problem, late_facts::text FROM settlement_businessday s",
    "chunks": "SELECT business_date, kind, number, rows, problem, done_at IS NULL"
    " FROM settlement_settlementchunk s",
}
# The ledger's promises and the seal, as the product itself asks for them.
COMMANDS = ("verify_ledger", "verify_seal")


def compare(ours: str, theirs: str) -> int:
    """Rows that are in one of the two databases only, and promises that do not hold."""
    differences = _broken(ours, theirs)
    for name, statement in BOOKS.items():
        mine, other = (_rows(database, statement.format(party=_PARTY)) for database in (ours, theirs))
        off = (mine - other) + (other - mine)
        print(f"    {name:10} {mine.total():>9,} rows, {off.total()} differ", flush=True)
        differences += off.total()
    return differences


def _rows(database: str, statement: str) -> Counter:
    link = psycopg2.connect(databases.owner_url(database))
    with closing(link), link.cursor("rows") as cursor:
        cursor.itersize = 50_000
        cursor.execute(statement)
        return Counter(map(hash, map(repr, cursor)))


def _broken(*names: str) -> int:
    """How many of the commands find something, all of them at once."""
    asked = [
        subprocess.Popen(
            [sys.executable, "manage.py", command],
            env=os.environ | environment(name, owner=False),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in names
        for command in COMMANDS
    ]
    return sum(process.wait() != 0 for process in asked)
