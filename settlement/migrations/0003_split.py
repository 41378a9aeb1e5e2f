"""The split of a rule as a function of the database: the books and the test bench call the same."""

from django.db import migrations

SPLIT = r"""
-- The only implementation of a rule's split (settlement, decisions 5 and 6).
-- Shares of gross (fen, not negative) by the lines of a rule version, in the order of the list. Lines of
-- roles in `absent` get nothing. net is gross less the provider's estimated fee. Exact shares are kept in
-- millionths of a fen, no share exceeds what is left, the largest remainder gets the missing fen (ties:
-- the earlier line), the residual line gets what is left.
CREATE FUNCTION settlement_split(version bigint, gross bigint, net bigint, absent text[])
RETURNS TABLE ("position" smallint, role text, amount bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
    line record;
    positions smallint[] := '{}';
    roles text[] := '{}';
    exact bigint[] := '{}';
    parts bigint[] := '{}';
    residual int := 0;
    left_over bigint := gross * 1000000;
    share bigint;
    missing bigint;
    winner record;
BEGIN
    FOR line IN SELECT l.* FROM settlement_splitruleline l WHERE l.version_id = version ORDER BY l.position
    LOOP
        IF line.kind <> 'residual' AND line.role = ANY (absent) THEN
            CONTINUE;
        END IF;
        share := CASE line.kind
            WHEN 'fixed' THEN line.amount_fen * 1000000
            WHEN 'residual' THEN 0
            ELSE line.ppm * CASE line.base
                WHEN 'net' THEN net WHEN 'remainder' THEN left_over / 1000000 ELSE gross END
            END;
        IF line.kind = 'capped' THEN
            share := least(share, line.cap_fen * 1000000);
        END IF;
        share := least(share, left_over);
        left_over := left_over - share;
        positions := positions || line.position;
        roles := roles || line.role::text;
        exact := exact || share;
        IF line.kind = 'residual' THEN
            residual := cardinality(positions);
        END IF;
    END LOOP;
    IF residual = 0 THEN
        RAISE EXCEPTION 'split rule version % has no residual line', version USING ERRCODE = 'check_violation';
    END IF;
    exact[residual] := left_over;
    SELECT array_agg(x / 1000000 ORDER BY n), gross - sum(x / 1000000) INTO parts, missing
        FROM unnest(exact) WITH ORDINALITY AS e(x, n);
    FOR winner IN SELECT n FROM unnest(exact) WITH ORDINALITY AS e(x, n)
        ORDER BY x % 1000000 DESC, n LIMIT missing
    LOOP
        parts[winner.n] := parts[winner.n] + 1;
    END LOOP;
    RETURN QUERY SELECT p, r, a FROM unnest(positions, roles, parts) AS u(p, r, a) WHERE a <> 0;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_guards")]

    operations = [
        migrations.RunSQL(SPLIT, "DROP FUNCTION settlement_split(bigint, bigint, bigint, text[])"),
    ]
