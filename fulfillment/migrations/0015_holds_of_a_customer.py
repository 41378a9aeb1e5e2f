"""A customer's unpaid orders are found by the index made for them, also by a plan made for any customer.

The index leaves out orders of nobody; a plan that does not know the customer may use it only where the
statement says so too. Before, it went through every unpaid order of the shop.
"""

from django.db import migrations

BY_CUSTOMER = r"""
CREATE OR REPLACE FUNCTION fulfillment_check_holds(
    p_demand bigint, p_customer varchar, p_skus varchar[], p_units int[], p_orders int, p_most int
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_orders int;
    v_over record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hold ' || p_customer, 0));
    SELECT count(*) INTO v_orders FROM fulfillment_fulfillmentdemand
    WHERE customer = p_customer AND customer <> '' AND state = 'held' AND id <> p_demand;
    IF v_orders >= p_orders THEN
        RAISE EXCEPTION 'too_many_holds'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('most', p_orders)::text;
    END IF;
    SELECT w.sku, w.units + coalesce(h.units, 0) AS units INTO v_over
    FROM (
        SELECT sku, sum(units)::int AS units FROM unnest(p_skus, p_units) AS s(sku, units) GROUP BY sku
    ) w LEFT JOIN (
        SELECT r.sku, sum(r.quantity)::int AS units
        FROM fulfillment_fulfillmentdemand d JOIN fulfillment_reservation r ON r.demand_id = d.id
        WHERE v_orders > 0 AND d.customer = p_customer AND d.customer <> '' AND d.state = 'held'
            AND d.id <> p_demand
            AND r.state = 'held'
        GROUP BY r.sku
    ) h ON h.sku = w.sku
    WHERE w.units + coalesce(h.units, 0) > p_most ORDER BY w.sku LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'too_many_held'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('sku', v_over.sku, 'most', p_most)::text;
    END IF;
END $$;
"""

BEFORE = r"""
CREATE OR REPLACE FUNCTION fulfillment_check_holds(
    p_demand bigint, p_customer varchar, p_skus varchar[], p_units int[], p_orders int, p_most int
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_orders int;
    v_over record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hold ' || p_customer, 0));
    SELECT count(*) INTO v_orders FROM fulfillment_fulfillmentdemand
    WHERE customer = p_customer AND state = 'held' AND id <> p_demand;
    IF v_orders >= p_orders THEN
        RAISE EXCEPTION 'too_many_holds'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('most', p_orders)::text;
    END IF;
    SELECT w.sku, w.units + coalesce(h.units, 0) AS units INTO v_over
    FROM (
        SELECT sku, sum(units)::int AS units FROM unnest(p_skus, p_units) AS s(sku, units) GROUP BY sku
    ) w LEFT JOIN (
        SELECT r.sku, sum(r.quantity)::int AS units
        FROM fulfillment_fulfillmentdemand d JOIN fulfillment_reservation r ON r.demand_id = d.id
        WHERE v_orders > 0 AND d.customer = p_customer AND d.state = 'held' AND d.id <> p_demand
            AND r.state = 'held'
        GROUP BY r.sku
    ) h ON h.sku = w.sku
    WHERE w.units + coalesce(h.units, 0) > p_most ORDER BY w.sku LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'too_many_held'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('sku', v_over.sku, 'most', p_most)::text;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0014_reservation_short")]

    operations = [migrations.RunSQL(BY_CUSTOMER, BEFORE)]
