"""The night at speed: the guard of shares reads the new rows once; how many parts a rule gives is known."""

from django.db import migrations

# The same promises as before (0011), asked in one pass over a statement's shares instead of two.
GUARDS = r"""
CREATE OR REPLACE FUNCTION settlement_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT s.chunk_id, s.business_date, s.institution_id,
           c.business_date IS DISTINCT FROM s.business_date OR c.done_at IS NOT NULL AS is_late INTO bad
    FROM (SELECT DISTINCT chunk_id, business_date, institution_id FROM new_shares) s
    LEFT JOIN settlement_settlementchunk c ON c.id = s.chunk_id
    LEFT JOIN members_institution i ON i.id = s.institution_id
    WHERE c.business_date IS DISTINCT FROM s.business_date OR c.done_at IS NOT NULL
       OR s.institution_id IS NOT NULL AND i.id IS NULL
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF bad.is_late THEN
        RAISE EXCEPTION 'chunk % takes no share of %', bad.chunk_id, bad.business_date
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RAISE EXCEPTION 'institution % does not exist', bad.institution_id
        USING ERRCODE = 'foreign_key_violation';
END $$;

ALTER FUNCTION settlement_split(bigint, bigint, bigint, text[]) ROWS 4;
"""

BEFORE = r"""
ALTER FUNCTION settlement_split(bigint, bigint, bigint, text[]) ROWS 1000;

CREATE OR REPLACE FUNCTION settlement_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0015_audit_trail")]

    operations = [migrations.RunSQL(GUARDS, BEFORE)]
