"""Everyone's share, every night: trades, split rules, ledger, business day, netting, transfers, reports.

Promises: every fact of money is booked exactly once; journals balance and never change, by the database;
a closed day stays closed. Amounts are integer fen.
"""
