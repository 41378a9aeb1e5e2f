"""Shares: chunk and institution are checked once per statement instead of row by row."""

import django.db.models.deletion
from django.db import migrations, models

# Shares are added with their chunk and its day, while the chunk is being worked off, and to institutions
# that exist. None of the two goes away: a chunk is never deleted, and an institution with shares has a
# ledger account, whose foreign key keeps it.
GUARDS = r"""
CREATE FUNCTION settlement_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT s.chunk_id, s.business_date INTO bad
    FROM (SELECT DISTINCT chunk_id, business_date FROM new_shares) s
    LEFT JOIN settlement_settlementchunk c ON c.id = s.chunk_id
    WHERE c.business_date IS DISTINCT FROM s.business_date OR c.done_at IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'chunk % takes no share of %', bad.chunk_id, bad.business_date
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    SELECT s.institution_id INTO bad
    FROM (SELECT DISTINCT institution_id FROM new_shares WHERE institution_id IS NOT NULL) s
    WHERE NOT EXISTS (SELECT FROM members_institution i WHERE i.id = s.institution_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'institution % does not exist', bad.institution_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER settlement_shares_check AFTER INSERT ON settlement_tradeshare
    REFERENCING NEW TABLE AS new_shares FOR EACH STATEMENT EXECUTE FUNCTION settlement_check_shares();
CREATE TRIGGER settlement_keep_chunks BEFORE DELETE OR TRUNCATE ON settlement_settlementchunk
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
"""

UNGUARD = """
DROP TRIGGER settlement_keep_chunks ON settlement_settlementchunk;
DROP FUNCTION settlement_check_shares() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0010_fee_release")]

    operations = [
        migrations.AlterField(
            model_name="tradeshare",
            name="chunk",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="settlement.settlementchunk",
            ),
        ),
        migrations.AlterField(
            model_name="tradeshare",
            name="institution",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
