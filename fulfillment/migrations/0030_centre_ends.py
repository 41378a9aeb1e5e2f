"""A decided centre stands, or is given up; what was kept of a reckoning loses and wins a figure."""

from django.db import migrations, models

# The kilometres of a flow were read by nobody; a story tells its saving itself, as every later one does.
FIGURES = """
UPDATE fulfillment_centrereckoning SET flows = (
    SELECT jsonb_agg(flow - 13 ORDER BY place) FROM jsonb_array_elements(flows) WITH ORDINALITY f(flow, place)
) WHERE jsonb_array_length(flows) > 0;
ALTER TABLE fulfillment_centreproposal DISABLE TRIGGER centreproposal_keep;
UPDATE fulfillment_centreproposal
SET story = jsonb_set(story, '{sums}', (story -> 'sums') || jsonb_build_object(
    'parcels_then', (story #>> '{sums,parcels}')::bigint - (story #>> '{sums,merged}')::bigint,
    'saving', (story #>> '{sums,freight_now}')::bigint + (story #>> '{sums,handling_now}')::bigint
        - (story #>> '{sums,spared}')::bigint - (story #>> '{sums,freight_then}')::bigint
        - (story #>> '{sums,handling_then}')::bigint - (story #>> '{sums,units_fen}')::bigint
));
ALTER TABLE fulfillment_centreproposal ENABLE TRIGGER centreproposal_keep;
"""
# What was decided stays with its figures; an accepted one ends once, and nothing but its end is written.
GUARD = """
CREATE OR REPLACE FUNCTION fulfillment_keep_centre_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ends CONSTANT text[] := '{state,ended_at,ended_by,ended_reason,ask_again_on}';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'open' THEN
            RETURN NEW;
        END IF;
        IF OLD.state = 'accepted' AND NEW.state IN ('built', 'given_up')
            AND to_jsonb(OLD) - ends = to_jsonb(NEW) - ends THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'proposal % of a centre is decided and stays', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
"""
UNGUARD = """
CREATE OR REPLACE FUNCTION fulfillment_keep_centre_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'open' THEN
        RAISE EXCEPTION 'proposal % of a centre is decided and stays', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0029_dealer_numbers")]

    operations = [
        migrations.RunSQL(FIGURES, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="centreproposal", name="centre_proposal_decided"),
        migrations.AddField(
            model_name="centreproposal",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="built or given up at"),
        ),
        migrations.AddField(
            model_name="centreproposal",
            name="ended_by",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="given up by"
            ),
        ),
        migrations.AddField(
            model_name="centreproposal",
            name="ended_reason",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="given up because"
            ),
        ),
        migrations.AlterField(
            model_name="centreproposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "open"),
                    ("accepted", "accepted"),
                    ("dismissed", "dismissed"),
                    ("lapsed", "lapsed"),
                    ("built", "built"),
                    ("given_up", "given up"),
                ],
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "open")),
                    models.Q(("decided_at__isnull", False), ("state", "lapsed")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ["accepted", "dismissed", "built", "given_up"]),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="centre_proposal_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state__in", ["open", "accepted", "dismissed", "lapsed"])),
                    models.Q(("ended_at__isnull", False), ("state", "built")),
                    models.Q(
                        ("ask_again_on__isnull", False),
                        ("ended_at__isnull", False),
                        ("state", "given_up"),
                        models.Q(("ended_by", ""), _negated=True),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="centre_proposal_ended",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
