"""Hot levels in parts, caps on unpaid holds, flash sales; a reservation as one function of the database."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import fulfillment.models.campaigns
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


FUNCTIONS = r"""
-- Buckets and shares are updated all the time: room for new versions on their own page.
ALTER TABLE fulfillment_stockbucket SET (fillfactor = 20);
ALTER TABLE fulfillment_campaignshare SET (fillfactor = 20);

-- Refusals travel as SQLSTATE HT001: message = code, detail = JSON. HT002: not by this way, try the other.

-- What a level is asked before it promises units.
CREATE FUNCTION fulfillment_enough(on_hand int, reserved int, safety int, units int) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT on_hand - reserved - safety >= units $$;

-- The one figure per SKU and location: units waiting in buckets are not promised to anybody.
CREATE VIEW fulfillment_stock AS
SELECT l.id, l.sku, l.location_id, l.on_hand, l.bin, l.buckets,
    l.reserved - CASE WHEN l.buckets = 0 THEN 0 ELSE coalesce((
        SELECT sum(b.free)::int FROM fulfillment_stockbucket b WHERE b.level_id = l.id
    ), 0) END AS reserved
FROM fulfillment_stocklevel l;

-- Bring the units of the buckets back to their levels, which stay locked. Lock order: levels, then buckets.
CREATE FUNCTION fulfillment_gather(p_levels bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM fulfillment_stocklevel WHERE id = ANY(p_levels) ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM fulfillment_stockbucket WHERE level_id = ANY(p_levels)
        ORDER BY level_id, number FOR NO KEY UPDATE;
    WITH emptied AS (
        SELECT level_id, sum(free)::int AS units FROM fulfillment_stockbucket
        WHERE level_id = ANY(p_levels) AND free > 0 GROUP BY level_id
    )
    UPDATE fulfillment_stocklevel l SET reserved = l.reserved - e.units FROM emptied e WHERE l.id = e.level_id;
    UPDATE fulfillment_stockbucket SET free = 0 WHERE level_id = ANY(p_levels) AND free > 0;
END $$;

-- Divide a level's free units into p_parts buckets of at least p_least, or make it one row again.
-- Safety stock stays with the level. Returns whether the level is divided now.
CREATE FUNCTION fulfillment_divide(p_level bigint, p_parts int, p_least int, p_now timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_kept int;
    v_each int;
BEGIN
    PERFORM fulfillment_gather(ARRAY[p_level]);
    SELECT coalesce(max(s.quantity), 0) INTO v_kept
    FROM fulfillment_stocklevel l JOIN fulfillment_safetystock s
        ON s.sku IN ('', l.sku) AND (s.location_id IS NULL OR s.location_id = l.location_id)
    WHERE l.id = p_level;
    SELECT CASE WHEN p_parts > 0 THEN (on_hand - reserved - v_kept) / p_parts ELSE 0 END INTO v_each
    FROM fulfillment_stocklevel WHERE id = p_level;
    IF v_each IS NULL OR v_each < greatest(p_least, 1) THEN
        UPDATE fulfillment_stocklevel SET buckets = 0 WHERE id = p_level AND buckets > 0;
        DELETE FROM fulfillment_stockheat WHERE level_id = p_level;
        RETURN false;
    END IF;
    INSERT INTO fulfillment_stockbucket AS b (level_id, number, free, kept, taken)
    SELECT p_level, n, v_each, v_kept, 0 FROM generate_series(0, p_parts - 1) n
    ON CONFLICT (level_id, number) DO UPDATE SET free = excluded.free, kept = excluded.kept;
    UPDATE fulfillment_stocklevel SET buckets = p_parts, reserved = reserved + v_each * p_parts
    WHERE id = p_level;
    INSERT INTO fulfillment_stockheat (level_id, divided_at, seen_at, seen_units)
    SELECT p_level, p_now, p_now, coalesce(sum(taken), 0) FROM fulfillment_stockbucket WHERE level_id = p_level
    ON CONFLICT (level_id) DO NOTHING;
    RETURN true;
END $$;

-- Promise units from the rows of levels, locked in order of their key: done, short (nothing taken) or divided.
CREATE FUNCTION fulfillment_take_levels(p_levels bigint[], p_units int[], p_safety int[], p_gathered boolean)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(p_levels) = 1 THEN
        UPDATE fulfillment_stocklevel SET reserved = reserved + p_units[1]
        WHERE id = p_levels[1] AND (p_gathered OR buckets = 0)
            AND fulfillment_enough(on_hand, reserved, p_safety[1], p_units[1]);
        IF FOUND THEN
            RETURN 'done';
        END IF;
    ELSE
        PERFORM 1 FROM fulfillment_stocklevel WHERE id = ANY(p_levels) ORDER BY id FOR NO KEY UPDATE;
        IF (
            SELECT bool_and(
                (p_gathered OR l.buckets = 0)
                AND fulfillment_enough(l.on_hand, l.reserved, n.safety, n.units)
            ) AND count(*) = cardinality(p_levels)
            FROM unnest(p_levels, p_units, p_safety) AS n(id, units, safety)
            JOIN fulfillment_stocklevel l ON l.id = n.id
        ) THEN
            UPDATE fulfillment_stocklevel l SET reserved = l.reserved + n.units
            FROM unnest(p_levels, p_units) AS n(id, units) WHERE l.id = n.id;
            RETURN 'done';
        END IF;
    END IF;
    IF NOT p_gathered AND EXISTS (
        SELECT 1 FROM fulfillment_stocklevel WHERE id = ANY(p_levels) AND buckets > 0
    ) THEN
        RETURN 'divided';
    END IF;
    RETURN 'short';
END $$;

-- Promise units from one bucket of each divided level and from the rows of the others; a level comes once.
-- A condition that fails after waiting keeps its row's lock: the block is a savepoint that lets all of it go.
CREATE FUNCTION fulfillment_take_buckets(p_levels bigint[], p_units int[], p_safety int[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_rows bigint[];
    v_units int[];
    v_safety int[];
    v_level record;
BEGIN
    SELECT array_agg(n.id ORDER BY n.id), array_agg(n.units ORDER BY n.id), array_agg(n.safety ORDER BY n.id)
    INTO v_rows, v_units, v_safety
    FROM unnest(p_levels, p_units, p_safety) AS n(id, units, safety)
    JOIN fulfillment_stocklevel l ON l.id = n.id WHERE l.buckets = 0;
    IF v_rows IS NOT NULL AND fulfillment_take_levels(v_rows, v_units, v_safety, false) <> 'done' THEN
        RAISE EXCEPTION 'rows' USING ERRCODE = 'HT002';
    END IF;
    FOR v_level IN
        SELECT n.id, n.units, n.safety, l.buckets
        FROM unnest(p_levels, p_units, p_safety) AS n(id, units, safety)
        JOIN fulfillment_stocklevel l ON l.id = n.id
        WHERE n.id <> ALL(coalesce(v_rows, '{}')) ORDER BY n.id
    LOOP
        UPDATE fulfillment_stockbucket SET free = free - v_level.units, taken = taken + v_level.units
        WHERE level_id = v_level.id AND number = pg_backend_pid() % greatest(v_level.buckets, 1)
            AND free >= v_level.units AND kept >= v_level.safety;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'empty' USING ERRCODE = 'HT002';
        END IF;
    END LOOP;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'HT002' THEN
    RETURN false;
END $$;

-- Promise units, or raise HT001. No unit is refused while another bucket has it: all of them come together,
-- and what is left is divided again; the last units are sold from one row.
CREATE FUNCTION fulfillment_take(
    p_levels bigint[], p_units int[], p_safety int[], p_least int, p_now timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fulfillment_stocklevel WHERE id = ANY(p_levels) AND buckets > 0) THEN
        IF fulfillment_take_buckets(p_levels, p_units, p_safety) THEN
            RETURN;
        END IF;
    ELSE
        CASE fulfillment_take_levels(p_levels, p_units, p_safety, false)
            WHEN 'done' THEN RETURN;
            WHEN 'short' THEN RAISE EXCEPTION 'short' USING ERRCODE = 'HT001';
            ELSE NULL;  -- divided just now
        END CASE;
    END IF;
    PERFORM fulfillment_gather(p_levels);
    IF fulfillment_take_levels(p_levels, p_units, p_safety, true) = 'short' THEN
        RAISE EXCEPTION 'short' USING ERRCODE = 'HT001';
    END IF;
    PERFORM fulfillment_divide(l.id, l.buckets, p_least, p_now)
    FROM (
        SELECT id, buckets FROM fulfillment_stocklevel WHERE id = ANY(p_levels) AND buckets > 0 ORDER BY id
    ) l;
END $$;

-- Unpaid holds of one customer: how many orders, how many units of each SKU. One order at a time is counted.
CREATE FUNCTION fulfillment_check_holds(
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

-- Units of a running flash sale: admitted, within the customer's share, and still there. Shares before levels.
CREATE FUNCTION fulfillment_take_campaigns(
    p_demand bigint, p_customer varchar, p_channel varchar, p_now timestamptz,
    p_skus varchar[], p_units int[], p_campaigns bigint[], p_tickets varchar[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_item record;
    v_ticket varchar;
BEGIN
    FOR v_item IN
        SELECT i.id, i.sku, i.per_customer, i.campaign_id, c.code, w.units
        FROM (
            SELECT sku, sum(units)::int AS units FROM unnest(p_skus, p_units) AS s(sku, units) GROUP BY sku
        ) w
        JOIN fulfillment_campaignitem i ON i.sku = w.sku
        JOIN fulfillment_campaign c ON c.id = i.campaign_id
        WHERE c.is_on AND c.starts_at <= p_now AND p_now < c.ends_at AND p_channel = ANY(c.channels)
        ORDER BY i.id
    LOOP
        SELECT t.ticket INTO v_ticket FROM unnest(p_campaigns, p_tickets) AS t(campaign, ticket)
        WHERE t.campaign = v_item.campaign_id LIMIT 1;
        IF v_ticket IS NULL OR p_customer = '' THEN
            RAISE EXCEPTION 'admission_missing'
                USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('campaign', v_item.code)::text;
        END IF;
        PERFORM fulfillment_use_campaign(
            p_demand, p_customer, p_now, v_item.id, v_item.code, v_item.per_customer, v_item.units, v_ticket
        );
    END LOOP;
END $$;

CREATE FUNCTION fulfillment_use_campaign(
    p_demand bigint, p_customer varchar, p_now timestamptz,
    p_item bigint, p_code varchar, p_most int, p_units int, p_ticket varchar
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_had int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('hold ' || p_customer, 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('ticket ' || p_ticket, 0));
    IF EXISTS (
        SELECT 1 FROM fulfillment_campaignuse WHERE item_id = p_item AND ticket = p_ticket AND NOT given_back
    ) THEN
        RAISE EXCEPTION 'admission_used'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('campaign', p_code)::text;
    END IF;
    SELECT coalesce(sum(units), 0) INTO v_had FROM fulfillment_campaignuse
    WHERE item_id = p_item AND customer = p_customer AND NOT given_back;
    IF v_had + p_units > p_most THEN
        RAISE EXCEPTION 'campaign_cap'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('campaign', p_code, 'most', p_most)::text;
    END IF;
    PERFORM fulfillment_take_shares(p_item, p_units, p_code);
    INSERT INTO fulfillment_campaignuse (item_id, demand_id, customer, ticket, units, at, given_back)
    VALUES (p_item, p_demand, p_customer, p_ticket, p_units, p_now, false);
END $$;

CREATE FUNCTION fulfillment_take_shares(p_item bigint, p_units int, p_code varchar) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_left int;
BEGIN
    BEGIN
        UPDATE fulfillment_campaignshare SET free = free - p_units
        WHERE item_id = p_item AND free >= p_units AND number = pg_backend_pid() % (
            SELECT greatest(count(*), 1) FROM fulfillment_campaignshare WHERE item_id = p_item
        );
        IF FOUND THEN
            RETURN;
        END IF;
        RAISE EXCEPTION 'empty' USING ERRCODE = 'HT002';
    EXCEPTION WHEN SQLSTATE 'HT002' THEN NULL;
    END;
    PERFORM 1 FROM fulfillment_campaignshare WHERE item_id = p_item ORDER BY number FOR NO KEY UPDATE;
    SELECT coalesce(sum(free), 0) INTO v_left FROM fulfillment_campaignshare WHERE item_id = p_item;
    IF v_left < p_units THEN
        RAISE EXCEPTION 'campaign_sold_out'
            USING ERRCODE = 'HT001', DETAIL = jsonb_build_object('campaign', p_code, 'left', v_left)::text;
    END IF;
    UPDATE fulfillment_campaignshare s SET free = s.free - t.units
    FROM (
        SELECT id, greatest(0, least(free, p_units - (sum(free) OVER (ORDER BY number) - free)))::int AS units
        FROM fulfillment_campaignshare WHERE item_id = p_item
    ) t WHERE s.id = t.id AND t.units > 0;
END $$;

-- The whole order or nothing, once per order number. outcome: held, known, or a refusal's code.
CREATE FUNCTION fulfillment_reserve(
    p_order varchar, p_channel varchar, p_way varchar, p_wish jsonb, p_customer varchar,
    p_expires timestamptz, p_placed timestamptz, p_now timestamptz,
    p_levels bigint[], p_lines bigint[], p_skus varchar[], p_units int[], p_safety int[],
    p_campaigns bigint[], p_tickets varchar[],
    p_most_orders int, p_most_units int, p_least int, p_slots int,
    OUT outcome text, OUT demand_id bigint, OUT facts jsonb, OUT waited_ms int, OUT parts int
) LANGUAGE plpgsql AS $$
DECLARE
    v_begun timestamptz := clock_timestamp();
    v_detail text;
    v_levels bigint[];
    v_units int[];
    v_safety int[];
    v_rows int;
BEGIN
    -- So many orders of a hot SKU at a time; the others wait here, in order, with nothing in their hands.
    IF p_slots > 0 THEN
        PERFORM pg_advisory_xact_lock(hashint8extended(l.level, pg_backend_pid() % p_slots))
        FROM (SELECT DISTINCT level FROM unnest(p_levels) level ORDER BY 1) l;
    END IF;
    BEGIN
        INSERT INTO fulfillment_fulfillmentdemand AS d
            (order_number, channel, way, state, wish, customer, attempts, reason, expires_at, placed_at,
             changed_at)
        VALUES (p_order, p_channel, p_way, 'held', p_wish, p_customer, 0, '', p_expires, p_placed, p_now)
        ON CONFLICT (order_number) DO UPDATE
            SET state = 'held', wish = excluded.wish, way = excluded.way, customer = excluded.customer,
                reason = '', expires_at = excluded.expires_at, changed_at = excluded.changed_at
            WHERE d.state = 'released'
        RETURNING d.id INTO fulfillment_reserve.demand_id;
        IF fulfillment_reserve.demand_id IS NULL THEN
            outcome := 'known';
            RETURN;
        END IF;
        IF p_customer <> '' THEN
            PERFORM fulfillment_check_holds(
                fulfillment_reserve.demand_id, p_customer, p_skus, p_units, p_most_orders, p_most_units
            );
        END IF;
        PERFORM fulfillment_take_campaigns(
            fulfillment_reserve.demand_id, p_customer, p_channel, p_now, p_skus, p_units, p_campaigns,
            p_tickets
        );
        INSERT INTO fulfillment_reservation
            (demand_id, line_id, level_id, sku, location_id, quantity, state, changed_at)
        SELECT fulfillment_reserve.demand_id, w.line_id, l.id, l.sku, l.location_id, w.units, 'held', p_now
        FROM unnest(p_levels, p_lines, p_skus, p_units) AS w(level_id, line_id, sku, units)
        JOIN fulfillment_stocklevel l ON l.id = w.level_id AND l.sku = w.sku;
        GET DIAGNOSTICS v_rows = ROW_COUNT;
        IF v_rows <> cardinality(p_levels) THEN
            RAISE EXCEPTION 'short' USING ERRCODE = 'HT001';
        END IF;
        SELECT array_agg(n.id ORDER BY n.id), array_agg(n.units ORDER BY n.id), array_agg(n.safety ORDER BY n.id)
        INTO v_levels, v_units, v_safety
        FROM (
            SELECT w.id, sum(w.units)::int AS units, max(w.safety) AS safety
            FROM unnest(p_levels, p_units, p_safety) AS w(id, units, safety) GROUP BY w.id
        ) n;
        -- Last, so that the level is locked for as short a time as can be.
        PERFORM fulfillment_take(v_levels, v_units, v_safety, p_least, p_now);
        outcome := 'held';
    EXCEPTION WHEN SQLSTATE 'HT001' THEN
        GET STACKED DIAGNOSTICS outcome = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
        facts := nullif(v_detail, '')::jsonb;
        fulfillment_reserve.demand_id := NULL;
    END;
    waited_ms := extract(epoch FROM clock_timestamp() - v_begun) * 1000;
    SELECT max(buckets) INTO parts FROM fulfillment_stocklevel WHERE id = ANY(p_levels);
END $$;

-- A hold that lapsed or an order that was called off gives a flash sale its units back.
CREATE FUNCTION fulfillment_give_back_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE fulfillment_campaignshare s SET free = s.free + u.units
    FROM fulfillment_campaignuse u
    WHERE u.demand_id = NEW.id AND NOT u.given_back AND s.item_id = u.item_id AND s.number = 0;
    UPDATE fulfillment_campaignuse SET given_back = true WHERE demand_id = NEW.id AND NOT given_back;
    RETURN NULL;
END $$;
CREATE TRIGGER demand_gives_campaign_back AFTER UPDATE OF state ON fulfillment_fulfillmentdemand
    FOR EACH ROW WHEN (NEW.state IN ('released', 'cancelled') AND OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION fulfillment_give_back_campaign();
"""

UNDO = """
DROP TRIGGER demand_gives_campaign_back ON fulfillment_fulfillmentdemand;
DROP FUNCTION fulfillment_give_back_campaign, fulfillment_reserve, fulfillment_take_shares,
    fulfillment_use_campaign, fulfillment_take_campaigns, fulfillment_check_holds, fulfillment_take,
    fulfillment_take_buckets, fulfillment_take_levels, fulfillment_divide, fulfillment_gather;
DROP VIEW fulfillment_stock;
DROP FUNCTION fulfillment_enough;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('fulfillment', '0003_stock_care'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('title_en', models.CharField(max_length=80, verbose_name='title (English)')),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('web', 'web'), ('app', 'app'), ('sms', 'SMS hall'), ('ivr', 'telephone hall'), ('hotline', 'hotline'), ('outbound', 'outbound call'), ('kiosk', 'kiosk'), ('store', 'store'), ('field', 'field sales'), ('dealer', 'dealer'), ('micro_shop', 'micro shop'), ('embedded', 'embedded shop'), ('agency', 'agency'), ('merchant_api', 'merchant API'), ('till', 'chain till')], max_length=16), default=fulfillment.models.campaigns.self_service_channels, size=None, verbose_name='channels')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('is_on', models.BooleanField(default=True, verbose_name='switched on')),
                ('admit_per_minute', models.PositiveIntegerField(default=120, validators=[django.core.validators.MinValueValidator(1)], verbose_name='people admitted per minute')),
                ('admission_minutes', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes to order in')),
                ('secret', models.CharField(default=fulfillment.models.campaigns.new_secret, editable=False, max_length=32)),
            ],
            options={
                'verbose_name': 'flash sale',
                'verbose_name_plural': 'flash sales',
            },
        ),
        migrations.CreateModel(
            name='CampaignEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('title_en', models.CharField(max_length=80, verbose_name='title (English)')),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('web', 'web'), ('app', 'app'), ('sms', 'SMS hall'), ('ivr', 'telephone hall'), ('hotline', 'hotline'), ('outbound', 'outbound call'), ('kiosk', 'kiosk'), ('store', 'store'), ('field', 'field sales'), ('dealer', 'dealer'), ('micro_shop', 'micro shop'), ('embedded', 'embedded shop'), ('agency', 'agency'), ('merchant_api', 'merchant API'), ('till', 'chain till')], max_length=16), default=fulfillment.models.campaigns.self_service_channels, size=None, verbose_name='channels')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('is_on', models.BooleanField(default=True, verbose_name='switched on')),
                ('admit_per_minute', models.PositiveIntegerField(default=120, validators=[django.core.validators.MinValueValidator(1)], verbose_name='people admitted per minute')),
                ('admission_minutes', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes to order in')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CampaignItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='units in all')),
                ('per_customer', models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='units per customer')),
            ],
            options={
                'verbose_name': 'article of a flash sale',
                'verbose_name_plural': 'articles of a flash sale',
            },
        ),
        migrations.CreateModel(
            name='CampaignItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('sku', models.CharField(max_length=64, verbose_name='SKU')),
                ('quantity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='units in all')),
                ('per_customer', models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='units per customer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CampaignShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('free', models.IntegerField(verbose_name='units left')),
            ],
            options={
                'verbose_name': 'part of a flash sale',
                'verbose_name_plural': 'parts of flash sales',
            },
        ),
        migrations.CreateModel(
            name='CampaignUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.CharField(max_length=40, verbose_name='customer')),
                ('ticket', models.CharField(max_length=40, verbose_name='admission')),
                ('units', models.PositiveIntegerField(verbose_name='units')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('given_back', models.BooleanField(default=False, verbose_name='given back')),
            ],
            options={
                'verbose_name': 'sale in a flash sale',
                'verbose_name_plural': 'sales in flash sales',
            },
        ),
        migrations.CreateModel(
            name='StockBucket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('free', models.IntegerField(default=0, verbose_name='free units')),
                ('kept', models.IntegerField(default=0, verbose_name='kept back')),
                ('taken', models.BigIntegerField(default=0, verbose_name='units promised so far')),
            ],
            options={
                'verbose_name': 'part of a hot level',
                'verbose_name_plural': 'parts of hot levels',
            },
        ),
        migrations.CreateModel(
            name='StockHeat',
            fields=[
                ('level', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='heat', serialize=False, to='fulfillment.stocklevel', verbose_name='stock level')),
                ('divided_at', models.DateTimeField(verbose_name='divided since')),
                ('seen_at', models.DateTimeField(verbose_name='looked at')),
                ('seen_units', models.BigIntegerField(default=0, verbose_name='units promised by then')),
                ('quiet_since', models.DateTimeField(blank=True, null=True, verbose_name='quiet since')),
            ],
            options={
                'verbose_name': 'hot level',
                'verbose_name_plural': 'hot levels',
            },
        ),
        migrations.AddField(
            model_name='fulfillmentdemand',
            name='customer',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='customer'),
        ),
        migrations.AddField(
            model_name='stocklevel',
            name='buckets',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, verbose_name='parts'),
        ),
        migrations.AddIndex(
            model_name='fulfillmentdemand',
            index=models.Index(condition=models.Q(('state', 'held'), models.Q(('customer', ''), _negated=True)), fields=['customer'], name='demand_unpaid_of'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='campaign_window'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('admission_minutes__gte', 1), ('admit_per_minute__gte', 1)), name='campaign_pace'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaign',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_campaignevent" ("admission_minutes", "admit_per_minute", "channels", "code", "ends_at", "id", "is_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "title", "title_en") VALUES (NEW."admission_minutes", NEW."admit_per_minute", NEW."channels", NEW."code", NEW."ends_at", NEW."id", NEW."is_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_at", NEW."title", NEW."title_en"); RETURN NULL;', hash='8c2d4c56504b5bc546986bdb1a5ad798ae0484cd', operation='INSERT', pgid='pgtrigger_insert_insert_fa8e9', table='fulfillment_campaign', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaign',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."admission_minutes" IS DISTINCT FROM (NEW."admission_minutes") OR OLD."admit_per_minute" IS DISTINCT FROM (NEW."admit_per_minute") OR OLD."channels" IS DISTINCT FROM (NEW."channels") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_on" IS DISTINCT FROM (NEW."is_on") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en"))', func='INSERT INTO "fulfillment_campaignevent" ("admission_minutes", "admit_per_minute", "channels", "code", "ends_at", "id", "is_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "title", "title_en") VALUES (NEW."admission_minutes", NEW."admit_per_minute", NEW."channels", NEW."code", NEW."ends_at", NEW."id", NEW."is_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_at", NEW."title", NEW."title_en"); RETURN NULL;', hash='ccf963866d833adf37c200779dd32fb7643521b9', operation='UPDATE', pgid='pgtrigger_update_update_5139d', table='fulfillment_campaign', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaign',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_campaignevent" ("admission_minutes", "admit_per_minute", "channels", "code", "ends_at", "id", "is_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "title", "title_en") VALUES (OLD."admission_minutes", OLD."admit_per_minute", OLD."channels", OLD."code", OLD."ends_at", OLD."id", OLD."is_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_at", OLD."title", OLD."title_en"); RETURN NULL;', hash='b866f60c1cd05edc337a5746aad358f21042b541', operation='DELETE', pgid='pgtrigger_delete_delete_2fbf4', table='fulfillment_campaign', when='AFTER')),
        ),
        migrations.AddField(
            model_name='campaignevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='campaignevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fulfillment.campaign'),
        ),
        migrations.AddField(
            model_name='campaignitem',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='fulfillment.campaign', verbose_name='flash sale'),
        ),
        migrations.AddField(
            model_name='campaignitemevent',
            name='campaign',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='fulfillment.campaign', verbose_name='flash sale'),
        ),
        migrations.AddField(
            model_name='campaignitemevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='campaignitemevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='fulfillment.campaignitem'),
        ),
        migrations.AddField(
            model_name='campaignshare',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='fulfillment.campaignitem'),
        ),
        migrations.AddField(
            model_name='campaignuse',
            name='demand',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaign_uses', to='fulfillment.fulfillmentdemand'),
        ),
        migrations.AddField(
            model_name='campaignuse',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='fulfillment.campaignitem'),
        ),
        migrations.AddField(
            model_name='stockbucket',
            name='level',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bucket_rows', to='fulfillment.stocklevel', verbose_name='stock level'),
        ),
        migrations.AddIndex(
            model_name='campaignitem',
            index=models.Index(fields=['sku'], name='campaign_item_of_sku'),
        ),
        migrations.AddConstraint(
            model_name='campaignitem',
            constraint=models.UniqueConstraint(fields=('campaign', 'sku'), name='campaign_item_once'),
        ),
        migrations.AddConstraint(
            model_name='campaignitem',
            constraint=models.CheckConstraint(condition=models.Q(('per_customer__gte', 1), ('quantity__gte', 1)), name='campaign_item_units'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaignitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_campaignitemevent" ("campaign_id", "id", "per_customer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (NEW."campaign_id", NEW."id", NEW."per_customer", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quantity", NEW."sku"); RETURN NULL;', hash='11399939b84006505280f72449b3ff6f4fe8b818', operation='INSERT', pgid='pgtrigger_insert_insert_adf3c', table='fulfillment_campaignitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaignitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "fulfillment_campaignitemevent" ("campaign_id", "id", "per_customer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (NEW."campaign_id", NEW."id", NEW."per_customer", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quantity", NEW."sku"); RETURN NULL;', hash='432a4dd414ffcf12ab97a78285a7117269fbba3b', operation='UPDATE', pgid='pgtrigger_update_update_09ba4', table='fulfillment_campaignitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='campaignitem',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "fulfillment_campaignitemevent" ("campaign_id", "id", "per_customer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (OLD."campaign_id", OLD."id", OLD."per_customer", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."sku"); RETURN NULL;', hash='5670fb1ce358b6e1c84bd39d6bd5b0c9f7273c5f', operation='DELETE', pgid='pgtrigger_delete_delete_4060a', table='fulfillment_campaignitem', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='campaignshare',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='campaign_share_once'),
        ),
        migrations.AddConstraint(
            model_name='campaignshare',
            constraint=models.CheckConstraint(condition=models.Q(('free__gte', 0)), name='campaign_share_free'),
        ),
        migrations.AddIndex(
            model_name='campaignuse',
            index=models.Index(condition=models.Q(('given_back', False)), fields=['item', 'customer'], name='campaign_use_live'),
        ),
        migrations.AddConstraint(
            model_name='campaignuse',
            constraint=models.UniqueConstraint(condition=models.Q(('given_back', False)), fields=('item', 'demand'), name='campaign_use_once'),
        ),
        migrations.AddConstraint(
            model_name='campaignuse',
            constraint=models.UniqueConstraint(condition=models.Q(('given_back', False)), fields=('item', 'ticket'), name='campaign_ticket_once'),
        ),
        migrations.AddConstraint(
            model_name='campaignuse',
            constraint=models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='campaign_use_units'),
        ),
        migrations.AddConstraint(
            model_name='stockbucket',
            constraint=models.UniqueConstraint(fields=('level', 'number'), name='stock_bucket_once'),
        ),
        migrations.AddConstraint(
            model_name='stockbucket',
            constraint=models.CheckConstraint(condition=models.Q(('free__gte', 0)), name='stock_bucket_free'),
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
