from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
GUARDS = (SQL / "guards.sql").read_text(encoding="utf-8")
SPLIT = (SQL / "split.sql").read_text(encoding="utf-8")

DROP = """
DROP FUNCTION settlement_split(bigint, bigint, bigint, text[]);
DROP FUNCTION settlement_ensure_partition(date);
DROP FUNCTION settlement_check_balance() CASCADE;
DROP FUNCTION settlement_check_posting() CASCADE;
DROP FUNCTION settlement_stamp_journal() CASCADE;
DROP FUNCTION settlement_refuse_change() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS + SPLIT, DROP)]
