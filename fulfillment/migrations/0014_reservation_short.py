"""A reservation the short way: one line from one level; indexes and checks that nothing asks are gone."""

import django.db.models.deletion
from django.db import migrations, models

FUNCTIONS = r"""
-- One line from one level, no flash sale: the demand's id, or NULL and nothing done, for whatever reason;
-- fulfillment_reserve then does it, or says why not. p_parts: into how many buckets the level was divided
-- when the caller last saw it. Plain statements: one with WITH costs more to set up than the four together.
CREATE FUNCTION fulfillment_reserve_one(
    p_wish jsonb, p_customer varchar, p_expires timestamptz, p_now timestamptz,
    p_level bigint, p_units int, p_safety int, p_parts int, p_slots int, p_most_orders int, p_most_units int
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_demand bigint;
    v_line jsonb := p_wish #> '{lines,0}';
    v_sku varchar := v_line ->> 'sku';
    v_campaign boolean;
BEGIN
    IF p_slots > 0 THEN
        PERFORM pg_advisory_xact_lock(hashint8extended(p_level, pg_backend_pid() % p_slots));
    END IF;
    INSERT INTO fulfillment_fulfillmentdemand
        (order_number, channel, way, state, wish, customer, attempts, reason, expires_at, placed_at,
         changed_at)
    VALUES (p_wish ->> 'order_number', p_wish ->> 'channel', p_wish ->> 'way', 'held', p_wish, p_customer, 0,
        '', p_expires, (p_wish ->> 'placed_at')::timestamptz, p_now)
    RETURNING id, EXISTS (SELECT 1 FROM fulfillment_campaignitem i WHERE i.sku = v_sku)
    INTO v_demand, v_campaign;
    IF v_campaign THEN
        RAISE EXCEPTION 'campaign' USING ERRCODE = 'HT002';
    END IF;
    IF p_customer <> '' THEN
        PERFORM fulfillment_check_holds(
            v_demand, p_customer, ARRAY[v_sku], ARRAY[p_units], p_most_orders, p_most_units
        );
    END IF;
    INSERT INTO fulfillment_reservation
        (demand_id, line_id, level_id, sku, location_id, quantity, state, changed_at)
    SELECT v_demand, (v_line ->> 'line_id')::bigint, p_level, sku, location_id, p_units, 'held', p_now
    FROM fulfillment_stocklevel WHERE id = p_level AND sku = v_sku;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'level' USING ERRCODE = 'HT002';
    END IF;
    IF p_parts > 0 THEN
        UPDATE fulfillment_stockbucket SET free = free - p_units, taken = taken + p_units
        WHERE level_id = p_level AND number = pg_backend_pid() % p_parts
            AND free >= p_units AND kept >= p_safety;
    ELSE
        UPDATE fulfillment_stocklevel SET reserved = reserved + p_units
        WHERE id = p_level AND buckets = 0 AND fulfillment_enough(on_hand, reserved, p_safety, p_units);
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'empty' USING ERRCODE = 'HT002';
    END IF;
    RETURN v_demand;
EXCEPTION WHEN SQLSTATE 'HT001' OR SQLSTATE 'HT002' OR unique_violation THEN
    RETURN NULL;
END $$;
"""

UNDO = "DROP FUNCTION fulfillment_reserve_one;"

# A reservation's SKU and location are its level's, which the two foreign keys before did not say.
ONE_KEY = """
ALTER TABLE fulfillment_reservation ADD CONSTRAINT reservation_of_level
    FOREIGN KEY (level_id, sku, location_id) REFERENCES fulfillment_stocklevel (id, sku, location_id)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0013_account_undo")]

    operations = [
        migrations.RemoveConstraint(model_name="stockbucket", name="stock_bucket_free"),
        migrations.RemoveConstraint(model_name="stocklevel", name="stock_level_bounds"),
        migrations.AlterField(
            model_name="fulfillmentdemand",
            name="order_number",
            field=models.CharField(max_length=32, verbose_name="order number"),
        ),
        migrations.AlterField(
            model_name="reservation",
            name="fulfillment",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations",
                to="fulfillment.fulfillmentorder",
                verbose_name="fulfillment",
            ),
        ),
        migrations.AlterField(
            model_name="reservation",
            name="level",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations",
                to="fulfillment.stocklevel",
            ),
        ),
        migrations.AlterField(
            model_name="reservation",
            name="location",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.institution",
                verbose_name="location",
            ),
        ),
        migrations.AlterField(
            model_name="reservation", name="quantity", field=models.IntegerField(verbose_name="quantity")
        ),
        migrations.AlterField(
            model_name="stockbucket",
            name="level",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bucket_rows",
                to="fulfillment.stocklevel",
                verbose_name="stock level",
            ),
        ),
        migrations.AlterField(
            model_name="stockbucket", name="number", field=models.SmallIntegerField(verbose_name="number")
        ),
        migrations.AlterField(
            model_name="stocklevel",
            name="buckets",
            field=models.SmallIntegerField(db_default=0, default=0, editable=False, verbose_name="parts"),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(
                condition=models.Q(("fulfillment__isnull", False)),
                fields=["fulfillment"],
                name="reservation_of_parcel",
            ),
        ),
        migrations.AddConstraint(
            model_name="fulfillmentdemand",
            constraint=models.UniqueConstraint(fields=("order_number",), name="demand_once"),
        ),
        migrations.AddConstraint(
            model_name="stockbucket",
            constraint=models.CheckConstraint(
                condition=models.Q(("free__gte", 0), ("number__gte", 0)), name="stock_bucket_free"
            ),
        ),
        migrations.AddConstraint(
            model_name="stocklevel",
            constraint=models.UniqueConstraint(fields=("id", "sku", "location"), name="stock_level_whole"),
        ),
        migrations.AddConstraint(
            model_name="stocklevel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("buckets__gte", 0), ("on_hand__gte", models.F("reserved")), ("reserved__gte", 0)
                ),
                name="stock_level_bounds",
            ),
        ),
        migrations.RunSQL(
            ONE_KEY, "ALTER TABLE fulfillment_reservation DROP CONSTRAINT reservation_of_level"
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
