"""The promises of the ledger, kept by the database itself (settlement, decision 3)."""

from django.db import migrations

GUARDS = r"""
CREATE FUNCTION settlement_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- Transaction ids are stamped here, so that nobody can claim another's; a closed day takes no journal.
-- The open day is guarded by the advisory lock of the cut-off; later states by a share lock on the day.
CREATE FUNCTION settlement_stamp_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day_state text;
BEGIN
    NEW.xid := pg_current_xact_id();
    SELECT state INTO day_state FROM settlement_businessday WHERE business_date = NEW.business_date;
    IF day_state IS DISTINCT FROM 'open' THEN
        SELECT state INTO day_state FROM settlement_businessday
            WHERE business_date = NEW.business_date FOR SHARE;
        IF day_state IS NULL OR day_state IN ('closed', 'sealed') THEN
            RAISE EXCEPTION 'business day % takes no journal (%)', NEW.business_date,
                coalesce(day_state, 'unknown') USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION settlement_check_posting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    writer xid8;
    day date;
BEGIN
    SELECT xid, business_date INTO writer, day FROM settlement_journal WHERE id = NEW.journal_id;
    IF writer IS DISTINCT FROM pg_current_xact_id() THEN
        RAISE EXCEPTION 'journal % is complete: no leg can be added', NEW.journal_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF day <> NEW.business_date THEN
        RAISE EXCEPTION 'posting and journal % differ in their business day', NEW.journal_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION settlement_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT p.currency, sum(p.amount_fen) AS total INTO bad FROM settlement_posting p
        WHERE p.journal_id = NEW.id AND p.business_date = NEW.business_date
        GROUP BY p.currency HAVING sum(p.amount_fen) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'journal % is off by % %', NEW.key, bad.total, bad.currency
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM settlement_posting p
                   WHERE p.journal_id = NEW.id AND p.business_date = NEW.business_date) THEN
        RAISE EXCEPTION 'journal % has no postings', NEW.key USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER settlement_journal_stamp BEFORE INSERT ON settlement_journal
    FOR EACH ROW EXECUTE FUNCTION settlement_stamp_journal();
CREATE TRIGGER settlement_posting_check BEFORE INSERT ON settlement_posting
    FOR EACH ROW EXECUTE FUNCTION settlement_check_posting();
CREATE CONSTRAINT TRIGGER settlement_journal_balance AFTER INSERT ON settlement_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_check_balance();

CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_journal
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_posting
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_trade
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_tradeline
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_tradeshare
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON settlement_ordershare
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change();

-- Statement triggers of the parent do not fire for a partition addressed directly, and PostgreSQL does
-- not clone them: each partition gets its own. Nobody but the owner has rights on a partition itself.
CREATE FUNCTION settlement_ensure_partition(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    month date := date_trunc('month', day)::date;
    part text := format('settlement_posting_%s', to_char(month, 'YYYYMM'));
    grantee text;
BEGIN
    IF to_regclass('public.' || part) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('settlement_ensure_partition'));
    IF to_regclass('public.' || part) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.settlement_posting INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
    EXECUTE format('ALTER TABLE public.settlement_posting ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        part, month, (month + interval '1 month')::date);
    EXECUTE format('CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I '
        'FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change()', part);
    FOR grantee IN SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a
        JOIN pg_roles r ON r.oid = a.grantee
        WHERE c.oid = to_regclass('public.' || part) AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM %I', part, grantee);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION settlement_ensure_partition(date) FROM PUBLIC;
"""

DROP = """
DROP FUNCTION settlement_ensure_partition(date);
DROP FUNCTION settlement_check_balance() CASCADE;
DROP FUNCTION settlement_check_posting() CASCADE;
DROP FUNCTION settlement_stamp_journal() CASCADE;
DROP FUNCTION settlement_refuse_change() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, DROP)]
