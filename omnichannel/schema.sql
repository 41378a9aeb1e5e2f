-- PostgreSQL 18, migrations 0273c40b06bb2166b770967848b78ea684b510dad73284a27333b62e9e1a4828
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql
    AS $$
                    DECLARE
                        _pgh_context_id UUID;
                        _pgh_context_metadata JSONB;
                    BEGIN
                        BEGIN
                            SELECT INTO _pgh_context_id
                                CURRENT_SETTING('pghistory.context_id');
                            SELECT INTO _pgh_context_metadata
                                CURRENT_SETTING('pghistory.context_metadata');
                            EXCEPTION WHEN OTHERS THEN
                        END;
                        IF _pgh_context_id IS NOT NULL AND _pgh_context_metadata IS NOT NULL THEN
                            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                                VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
                                ON CONFLICT (id) DO UPDATE
                                    SET metadata = EXCLUDED.metadata,
                                        updated_at = EXCLUDED.updated_at
                                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
                            RETURN _pgh_context_id;
                        ELSE
                            RETURN NULL;
                        END IF;
                    END;
                $$;
CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;
CREATE FUNCTION public.catalogue_keep_allotment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.number_id, NEW.dealer_id, NEW.reference, NEW.since)
            IS NOT DISTINCT FROM (OLD.number_id, OLD.dealer_id, OLD.reference, OLD.since)
            AND (OLD.ended_at IS NULL OR NEW IS NOT DISTINCT FROM OLD) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'which number a dealer got, and how that ended, stays' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.fulfillment_check_holds(p_demand bigint, p_customer character varying, p_skus character varying[], p_units integer[], p_orders integer, p_most integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_divide(p_level bigint, p_parts integer, p_least integer, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_enough(on_hand integer, reserved integer, safety integer, units integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$ SELECT on_hand - reserved - safety >= units $$;
CREATE FUNCTION public.fulfillment_gather(p_levels bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_give_back_campaign() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE fulfillment_campaignshare s SET free = s.free + u.units
    FROM fulfillment_campaignuse u
    WHERE u.demand_id = NEW.id AND NOT u.given_back AND s.item_id = u.item_id AND s.number = 0;
    UPDATE fulfillment_campaignuse SET given_back = true WHERE demand_id = NEW.id AND NOT given_back;
    RETURN NULL;
END $$;
CREATE FUNCTION public.fulfillment_keep_centre_proposal() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_keep_listing() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a listing that was decided stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.fulfillment_keep_proof() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'proofs of delivery are kept as they were bound' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.fulfillment_posting_keep() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a posted parcel stays on record' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - '{accepted_at,collected_at,given_back_by}'::text[]
            <> to_jsonb(NEW) - '{accepted_at,collected_at,given_back_by}'::text[]
        OR (OLD.accepted_at IS NOT NULL AND NEW.accepted_at IS DISTINCT FROM OLD.accepted_at)
        OR (OLD.collected_at IS NOT NULL AND (NEW.collected_at, NEW.given_back_by)
            IS DISTINCT FROM (OLD.collected_at, OLD.given_back_by))
    THEN
        RAISE EXCEPTION 'what was agreed for a posted parcel stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.fulfillment_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'movements are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.fulfillment_refuse_rewrite() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.fulfillment_reserve(p_order character varying, p_channel character varying, p_way character varying, p_wish jsonb, p_customer character varying, p_expires timestamp with time zone, p_placed timestamp with time zone, p_now timestamp with time zone, p_levels bigint[], p_lines bigint[], p_skus character varying[], p_units integer[], p_safety integer[], p_campaigns bigint[], p_tickets character varying[], p_most_orders integer, p_most_units integer, p_least integer, p_slots integer, OUT outcome text, OUT demand_id bigint, OUT facts jsonb, OUT waited_ms integer, OUT parts integer) RETURNS record
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
DECLARE
    v_begun timestamptz := clock_timestamp();
    v_demand bigint;
    v_detail text;
    v_rows int;
    v_campaigns boolean;
BEGIN
    -- So many orders of a hot SKU at a time; the others wait here, in order, with nothing in their hands.
    IF p_slots > 0 THEN
        PERFORM pg_advisory_xact_lock(hashint8extended(l.level, pg_backend_pid() % p_slots))
        FROM (SELECT DISTINCT level FROM unnest(p_levels) level ORDER BY 1) l;
    END IF;
    BEGIN
        WITH demand AS (
            INSERT INTO fulfillment_fulfillmentdemand AS d
                (order_number, channel, way, state, wish, customer, attempts, reason, expires_at, placed_at,
                 changed_at)
            VALUES (p_order, p_channel, p_way, 'held', p_wish, p_customer, 0, '', p_expires, p_placed, p_now)
            ON CONFLICT (order_number) DO UPDATE
                SET state = 'held', wish = excluded.wish, way = excluded.way, customer = excluded.customer,
                    reason = '', expires_at = excluded.expires_at, changed_at = excluded.changed_at
                WHERE d.state = 'released'
            RETURNING d.id
        ), shelf AS MATERIALIZED (
            SELECT w.line_id, w.units, l.id, l.sku, l.location_id, l.buckets
            FROM unnest(p_levels, p_lines, p_skus, p_units) AS w(level_id, line_id, sku, units)
            JOIN fulfillment_stocklevel l ON l.id = w.level_id AND l.sku = w.sku
        ), kept AS (
            INSERT INTO fulfillment_reservation
                (demand_id, line_id, level_id, sku, location_id, quantity, state, changed_at)
            SELECT demand.id, s.line_id, s.id, s.sku, s.location_id, s.units, 'held', p_now
            FROM shelf s, demand
        )
        SELECT (SELECT id FROM demand), count(*), coalesce(max(s.buckets), 0),
            EXISTS (SELECT 1 FROM fulfillment_campaignitem i WHERE i.sku = ANY(p_skus))
        INTO v_demand, v_rows, parts, v_campaigns
        FROM shelf s;
        IF v_demand IS NULL THEN
            outcome := 'known';
            RETURN;
        END IF;
        IF v_rows <> cardinality(p_levels) THEN
            RAISE EXCEPTION 'short' USING ERRCODE = 'HT001';
        END IF;
        IF p_customer <> '' THEN
            PERFORM fulfillment_check_holds(v_demand, p_customer, p_skus, p_units, p_most_orders, p_most_units);
        END IF;
        IF v_campaigns THEN
            PERFORM fulfillment_take_campaigns(
                v_demand, p_customer, p_channel, p_now, p_skus, p_units, p_campaigns, p_tickets
            );
        END IF;
        -- Last, so that the level is locked for as short a time as can be.
        IF v_rows = 1 AND parts = 0 THEN
            UPDATE fulfillment_stocklevel SET reserved = reserved + p_units[1]
            WHERE id = p_levels[1] AND buckets = 0
                AND fulfillment_enough(on_hand, reserved, p_safety[1], p_units[1]);
            v_rows := CASE WHEN FOUND THEN 0 ELSE 1 END;
        END IF;
        IF v_rows > 0 THEN
            PERFORM fulfillment_take(p_levels, p_units, p_safety, parts, p_least, p_now);
        END IF;
        outcome := 'held';
        demand_id := v_demand;
    EXCEPTION WHEN SQLSTATE 'HT001' THEN
        GET STACKED DIAGNOSTICS outcome = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
        facts := nullif(v_detail, '')::jsonb;
    END;
    waited_ms := extract(epoch FROM clock_timestamp() - v_begun) * 1000;
END $$;
CREATE FUNCTION public.fulfillment_reserve_one(p_wish jsonb, p_customer character varying, p_expires timestamp with time zone, p_now timestamp with time zone, p_level bigint, p_units integer, p_safety integer, p_parts integer, p_slots integer, p_most_orders integer, p_most_units integer) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_supplier_answer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'supplier order % is over: nothing is answered any more', OLD.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.progress <> OLD.progress AND (OLD.progress, NEW.progress) NOT IN (
        ('asked', 'confirmed'), ('asked', 'declined'), ('confirmed', 'making'), ('confirmed', 'declined'),
        ('making', 'made'), ('making', 'declined'), ('made', 'declined')
    ) THEN
        RAISE EXCEPTION 'supplier order %: % does not follow %', OLD.number, NEW.progress, OLD.progress
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.fulfillment_take(p_levels bigint[], p_units integer[], p_safety integer[], p_parts integer, p_least integer, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_levels bigint[] := p_levels;
    v_units int[] := p_units;
    v_safety int[] := p_safety;
BEGIN
    IF cardinality(p_levels) > 1 THEN
        SELECT array_agg(n.id ORDER BY n.id), array_agg(n.units ORDER BY n.id),
            array_agg(n.safety ORDER BY n.id)
        INTO v_levels, v_units, v_safety
        FROM (
            SELECT w.id, sum(w.units)::int AS units, max(w.safety) AS safety
            FROM unnest(p_levels, p_units, p_safety) AS w(id, units, safety) GROUP BY w.id
        ) n;
    END IF;
    IF p_parts > 0 THEN
        IF fulfillment_take_buckets(v_levels, v_units, v_safety, p_parts) THEN
            RETURN;
        END IF;
    ELSE
        CASE fulfillment_take_levels(v_levels, v_units, v_safety, false)
            WHEN 'done' THEN RETURN;
            WHEN 'short' THEN RAISE EXCEPTION 'short' USING ERRCODE = 'HT001';
            ELSE NULL;  -- divided just now
        END CASE;
    END IF;
    PERFORM fulfillment_take_whole(v_levels, v_units, v_safety, p_least, p_now);
END $$;
CREATE FUNCTION public.fulfillment_take_buckets(p_levels bigint[], p_units integer[], p_safety integer[], p_parts integer) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF cardinality(p_levels) = 1 THEN
        UPDATE fulfillment_stockbucket SET free = free - p_units[1], taken = taken + p_units[1]
        WHERE level_id = p_levels[1] AND number = pg_backend_pid() % p_parts
            AND free >= p_units[1] AND kept >= p_safety[1];
        IF NOT FOUND THEN
            RAISE EXCEPTION 'empty' USING ERRCODE = 'HT002';
        END IF;
    ELSE
        PERFORM fulfillment_take_mixed(p_levels, p_units, p_safety);
    END IF;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'HT002' THEN
    RETURN false;
END $$;
CREATE FUNCTION public.fulfillment_take_campaigns(p_demand bigint, p_customer character varying, p_channel character varying, p_now timestamp with time zone, p_skus character varying[], p_units integer[], p_campaigns bigint[], p_tickets character varying[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_take_levels(p_levels bigint[], p_units integer[], p_safety integer[], p_gathered boolean) RETURNS text
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_take_mixed(p_levels bigint[], p_units integer[], p_safety integer[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    v_rows bigint[];
    v_units int[];
    v_safety int[];
    v_level record;
BEGIN
    SELECT coalesce(array_agg(n.id ORDER BY n.id), '{}'), array_agg(n.units ORDER BY n.id),
        array_agg(n.safety ORDER BY n.id)
    INTO v_rows, v_units, v_safety
    FROM unnest(p_levels, p_units, p_safety) AS n(id, units, safety)
    JOIN fulfillment_stocklevel l ON l.id = n.id WHERE l.buckets = 0;
    IF v_rows <> '{}' AND fulfillment_take_levels(v_rows, v_units, v_safety, false) <> 'done' THEN
        RAISE EXCEPTION 'rows' USING ERRCODE = 'HT002';
    END IF;
    FOR v_level IN
        SELECT n.id, n.units, n.safety, l.buckets
        FROM unnest(p_levels, p_units, p_safety) AS n(id, units, safety)
        JOIN fulfillment_stocklevel l ON l.id = n.id WHERE n.id <> ALL(v_rows) ORDER BY n.id
    LOOP
        UPDATE fulfillment_stockbucket SET free = free - v_level.units, taken = taken + v_level.units
        WHERE level_id = v_level.id AND number = pg_backend_pid() % greatest(v_level.buckets, 1)
            AND free >= v_level.units AND kept >= v_level.safety;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'empty' USING ERRCODE = 'HT002';
        END IF;
    END LOOP;
END $$;
CREATE FUNCTION public.fulfillment_take_shares(p_item bigint, p_units integer, p_code character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.fulfillment_take_whole(p_levels bigint[], p_units integer[], p_safety integer[], p_least integer, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM fulfillment_gather(p_levels);
    IF fulfillment_take_levels(p_levels, p_units, p_safety, true) = 'short' THEN
        RAISE EXCEPTION 'short' USING ERRCODE = 'HT001';
    END IF;
    PERFORM fulfillment_divide(l.id, l.buckets, p_least, p_now)
    FROM (
        SELECT id, buckets FROM fulfillment_stocklevel WHERE id = ANY(p_levels) AND buckets > 0 ORDER BY id
    ) l;
END $$;
CREATE FUNCTION public.fulfillment_use_campaign(p_demand bigint, p_customer character varying, p_now timestamp with time zone, p_item bigint, p_code character varying, p_most integer, p_units integer, p_ticket character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.order_check_card() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    asked bigint := CASE TG_TABLE_NAME WHEN 'order_cardentry' THEN (to_jsonb(NEW) ->> 'card_id')::bigint
                    ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
    held bigint;
    moved bigint;
BEGIN
    SELECT balance_fen INTO held FROM order_prepaidcard WHERE id = asked;
    SELECT coalesce(sum(amount_fen), 0) INTO moved FROM order_cardentry WHERE card_id = asked;
    IF held <> moved THEN
        RAISE EXCEPTION 'card % holds % fen, its entries sum to %', asked, held, moved
            USING ERRCODE = 'check_violation', CONSTRAINT = 'card_equals_entries';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.pgtrigger_append_only_1feb1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_append_only_c2105() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_00dbb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "members_staffroleevent" ("id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (OLD."id", OLD."institution_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."role", OLD."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_19bc3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_locationprofileevent" ("accept_minutes", "acceptance_percent", "cutoff_hour", "daily_capacity", "delivers_to", "handling_fen", "home_province", "is_open", "load_fen", "location_id", "must_accept", "origin_province", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ships", "writes_sim") VALUES (OLD."accept_minutes", OLD."acceptance_percent", OLD."cutoff_hour", OLD."daily_capacity", OLD."delivers_to", OLD."handling_fen", OLD."home_province", OLD."is_open", OLD."load_fen", OLD."location_id", OLD."must_accept", OLD."origin_province", _pgh_attach_context(), NOW(), 'delete', OLD."location_id", OLD."ships", OLD."writes_sim"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_2e267() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "catalogue_numbergradeevent" ("code", "demoted_to_id", "id", "minimum_spend", "months", "name", "name_en", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prepayment", "rule", "withheld") VALUES (OLD."code", OLD."demoted_to_id", OLD."id", OLD."minimum_spend", OLD."months", OLD."name", OLD."name_en", OLD."pattern", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."prepayment", OLD."rule", OLD."withheld"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_2fbf4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_campaignevent" ("admission_minutes", "admit_per_minute", "channels", "code", "ends_at", "id", "is_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "title", "title_en") VALUES (OLD."admission_minutes", OLD."admit_per_minute", OLD."channels", OLD."code", OLD."ends_at", OLD."id", OLD."is_on", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."starts_at", OLD."title", OLD."title_en"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_3e068() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_safetystockevent" ("channel", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (OLD."channel", OLD."id", OLD."location_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."quantity", OLD."sku"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_4060a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_campaignitemevent" ("campaign_id", "id", "per_customer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (OLD."campaign_id", OLD."id", OLD."per_customer", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."quantity", OLD."sku"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_477d0() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "full_at", "hub_id", "id", "is_open", "last_km_fen", "lead_minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (OLD."days", OLD."departs_hour", OLD."full_at", OLD."hub_id", OLD."id", OLD."is_open", OLD."last_km_fen", OLD."lead_minutes", OLD."origin_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."reach_km", OLD."run_fen", OLD."run_kg"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_57a0d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_standstilllimitevent" ("hours", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."hours", OLD."id", OLD."location_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_6dfb1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_locationdayevent" ("capacity", "cutoff_hour", "day", "id", "is_closed", "location_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."capacity", OLD."cutoff_hour", OLD."day", OLD."id", OLD."is_closed", OLD."location_id", OLD."note", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_75d27() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_tariffrateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (OLD."days", OLD."ends", OLD."first_fen", OLD."first_g", OLD."id", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."starts", OLD."step_fen", OLD."step_g", OLD."version", OLD."volumetric_divisor", OLD."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_7ed46() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_postagerateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (OLD."days", OLD."ends", OLD."first_fen", OLD."first_g", OLD."id", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."starts", OLD."step_fen", OLD."step_g", OLD."version", OLD."volumetric_divisor", OLD."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_956d1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_supplycontractevent" ("cost_fen", "ends", "id", "lead_days", "lot", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "starts", "supplier_id", "to_order", "units") VALUES (OLD."cost_fen", OLD."ends", OLD."id", OLD."lead_days", OLD."lot", OLD."number", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."sku", OLD."starts", OLD."supplier_id", OLD."to_order", OLD."units"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_a7695() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "number_days", "number_limit", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (OLD."branch_id", OLD."counts_from", OLD."credit_limit_fen", OLD."dealer_id", OLD."demand_days", OLD."is_blocked", OLD."lead_days", OLD."number_days", OLD."number_limit", OLD."payment_days", _pgh_attach_context(), NOW(), 'delete', OLD."dealer_id", OLD."review_days", OLD."service_percent"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_b4d4a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_supplieritemevent" ("cost_fen", "id", "lead_days", "lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "supplier_id") VALUES (OLD."cost_fen", OLD."id", OLD."lead_days", OLD."lot", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."sku", OLD."supplier_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_c2a2c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_routingweightsevent" ("ends", "extra_package_fen", "id", "late_day_fen", "least_saving_fen", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_fen", "scarcity_fen", "starts", "unfilled_fen", "version") VALUES (OLD."ends", OLD."extra_package_fen", OLD."id", OLD."late_day_fen", OLD."least_saving_fen", OLD."made_at", OLD."made_by", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."refusal_fen", OLD."scarcity_fen", OLD."starts", OLD."unfilled_fen", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_dccc1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_tariffzoneevent" ("from_province", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_province", "zone") VALUES (OLD."from_province", OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."to_province", OLD."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_e6365() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_coverruleevent" ("high_days", "id", "kind", "least_units", "low_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_days", "window_days") VALUES (OLD."high_days", OLD."id", OLD."kind", OLD."least_units", OLD."low_days", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."target_days", OLD."window_days"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_f247c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "catalogue_channelpriceevent" ("amount", "channel", "ends", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "reason", "reason_code", "reason_en", "starts") VALUES (OLD."amount", OLD."channel", OLD."ends", OLD."id", OLD."institution_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."product_id", OLD."reason", OLD."reason_code", OLD."reason_en", OLD."starts"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_delete_delete_f3bdb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_centrecostsevent" ("assortment", "ends", "fixed_month_fen", "handling_fen", "horizon_days", "id", "investment_fen", "made_at", "made_by", "payback_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "unit_fen", "version") VALUES (OLD."assortment", OLD."ends", OLD."fixed_month_fen", OLD."handling_fen", OLD."horizon_days", OLD."id", OLD."investment_fen", OLD."made_at", OLD."made_by", OLD."payback_months", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."starts", OLD."unit_fen", OLD."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_06715() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "number_days", "number_limit", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."demand_days", NEW."is_blocked", NEW."lead_days", NEW."number_days", NEW."number_limit", NEW."payment_days", _pgh_attach_context(), NOW(), 'insert', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_14f4e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "members_institutionevent" ("address", "bank_account", "bank_name", "city", "closes_at", "cnaps", "code", "id", "is_active", "kind", "latitude", "longitude", "minimum_payout", "name", "name_en", "opens_at", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province") VALUES (NEW."address", NEW."bank_account", NEW."bank_name", NEW."city", NEW."closes_at", NEW."cnaps", NEW."code", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."minimum_payout", NEW."name", NEW."name_en", NEW."opens_at", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."phone", NEW."province"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_27ed4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_coverruleevent" ("high_days", "id", "kind", "least_units", "low_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_days", "window_days") VALUES (NEW."high_days", NEW."id", NEW."kind", NEW."least_units", NEW."low_days", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."target_days", NEW."window_days"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_29677() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_splitruleevent" ("channel", "code", "id", "name", "name_en", "offering_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seller_id", "seller_kind") VALUES (NEW."channel", NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."offering_kind", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."priority", NEW."seller_id", NEW."seller_kind"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_38616() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "catalogue_channelpriceevent" ("amount", "channel", "ends", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "reason", "reason_code", "reason_en", "starts") VALUES (NEW."amount", NEW."channel", NEW."ends", NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."product_id", NEW."reason", NEW."reason_code", NEW."reason_en", NEW."starts"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_3e121() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_optimiserswitchevent" ("changed_at", "changed_by", "is_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."changed_at", NEW."changed_by", NEW."is_on", NEW."kind", _pgh_attach_context(), NOW(), 'insert', NEW."kind"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_41d35() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_routingweightsevent" ("ends", "extra_package_fen", "id", "late_day_fen", "least_saving_fen", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_fen", "scarcity_fen", "starts", "unfilled_fen", "version") VALUES (NEW."ends", NEW."extra_package_fen", NEW."id", NEW."late_day_fen", NEW."least_saving_fen", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."refusal_fen", NEW."scarcity_fen", NEW."starts", NEW."unfilled_fen", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_48afb() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_tariffzoneevent" ("from_province", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_province", "zone") VALUES (NEW."from_province", NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."to_province", NEW."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_61cab() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_centrecostsevent" ("assortment", "ends", "fixed_month_fen", "handling_fen", "horizon_days", "id", "investment_fen", "made_at", "made_by", "payback_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "unit_fen", "version") VALUES (NEW."assortment", NEW."ends", NEW."fixed_month_fen", NEW."handling_fen", NEW."horizon_days", NEW."id", NEW."investment_fen", NEW."made_at", NEW."made_by", NEW."payback_months", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."starts", NEW."unit_fen", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_65afa() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_locationprofileevent" ("accept_minutes", "acceptance_percent", "cutoff_hour", "daily_capacity", "delivers_to", "handling_fen", "home_province", "is_open", "load_fen", "location_id", "must_accept", "origin_province", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ships", "writes_sim") VALUES (NEW."accept_minutes", NEW."acceptance_percent", NEW."cutoff_hour", NEW."daily_capacity", NEW."delivers_to", NEW."handling_fen", NEW."home_province", NEW."is_open", NEW."load_fen", NEW."location_id", NEW."must_accept", NEW."origin_province", _pgh_attach_context(), NOW(), 'insert', NEW."location_id", NEW."ships", NEW."writes_sim"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_7f3a5() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_splitrulelineevent" ("after", "amount_fen", "base", "cap_fen", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ppm", "role", "version_id") VALUES (NEW."after", NEW."amount_fen", NEW."base", NEW."cap_fen", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."ppm", NEW."role", NEW."version_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_879de() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_safetystockevent" ("channel", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (NEW."channel", NEW."id", NEW."location_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."quantity", NEW."sku"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_96f2a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "catalogue_numbergradeevent" ("code", "demoted_to_id", "id", "minimum_spend", "months", "name", "name_en", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prepayment", "rule", "withheld") VALUES (NEW."code", NEW."demoted_to_id", NEW."id", NEW."minimum_spend", NEW."months", NEW."name", NEW."name_en", NEW."pattern", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."prepayment", NEW."rule", NEW."withheld"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_98913() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_providerfeerateevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ppm", "provider_id", "valid_from") VALUES (NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."ppm", NEW."provider_id", NEW."valid_from"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_adf3c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_campaignitemevent" ("campaign_id", "id", "per_customer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (NEW."campaign_id", NEW."id", NEW."per_customer", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."quantity", NEW."sku"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_b07cc() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_postagerateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_d14de() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_standstilllimitevent" ("hours", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."hours", NEW."id", NEW."location_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_d23b8() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_supplieritemevent" ("cost_fen", "id", "lead_days", "lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "supplier_id") VALUES (NEW."cost_fen", NEW."id", NEW."lead_days", NEW."lot", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."sku", NEW."supplier_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_d3228() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "members_staffroleevent" ("id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_dde8c() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_locationdayevent" ("capacity", "cutoff_hour", "day", "id", "is_closed", "location_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."cutoff_hour", NEW."day", NEW."id", NEW."is_closed", NEW."location_id", NEW."note", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_e0546() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_supplycontractevent" ("cost_fen", "ends", "id", "lead_days", "lot", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "starts", "supplier_id", "to_order", "units") VALUES (NEW."cost_fen", NEW."ends", NEW."id", NEW."lead_days", NEW."lot", NEW."number", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."sku", NEW."starts", NEW."supplier_id", NEW."to_order", NEW."units"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_eecb3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "full_at", "hub_id", "id", "is_open", "last_km_fen", "lead_minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (NEW."days", NEW."departs_hour", NEW."full_at", NEW."hub_id", NEW."id", NEW."is_open", NEW."last_km_fen", NEW."lead_minutes", NEW."origin_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."reach_km", NEW."run_fen", NEW."run_kg"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_fa8e9() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_campaignevent" ("admission_minutes", "admit_per_minute", "channels", "code", "ends_at", "id", "is_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "title", "title_en") VALUES (NEW."admission_minutes", NEW."admit_per_minute", NEW."channels", NEW."code", NEW."ends_at", NEW."id", NEW."is_on", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."starts_at", NEW."title", NEW."title_en"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_fd06d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_tariffrateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_insert_insert_ff0c7() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_splitruleversionevent" ("answer", "decided_at", "decided_by_id", "ends", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "rule_id", "state", "valid_from") VALUES (NEW."answer", NEW."decided_at", NEW."decided_by_id", NEW."ends", NEW."id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."rule_id", NEW."state", NEW."valid_from"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_09ba4() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_campaignitemevent" ("campaign_id", "id", "per_customer", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (NEW."campaign_id", NEW."id", NEW."per_customer", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."quantity", NEW."sku"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_0ecdf() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_routingweightsevent" ("ends", "extra_package_fen", "id", "late_day_fen", "least_saving_fen", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal_fen", "scarcity_fen", "starts", "unfilled_fen", "version") VALUES (NEW."ends", NEW."extra_package_fen", NEW."id", NEW."late_day_fen", NEW."least_saving_fen", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."refusal_fen", NEW."scarcity_fen", NEW."starts", NEW."unfilled_fen", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_13745() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_centrecostsevent" ("assortment", "ends", "fixed_month_fen", "handling_fen", "horizon_days", "id", "investment_fen", "made_at", "made_by", "payback_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "unit_fen", "version") VALUES (NEW."assortment", NEW."ends", NEW."fixed_month_fen", NEW."handling_fen", NEW."horizon_days", NEW."id", NEW."investment_fen", NEW."made_at", NEW."made_by", NEW."payback_months", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."starts", NEW."unit_fen", NEW."version"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_1ca14() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_supplycontractevent" ("cost_fen", "ends", "id", "lead_days", "lot", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "starts", "supplier_id", "to_order", "units") VALUES (NEW."cost_fen", NEW."ends", NEW."id", NEW."lead_days", NEW."lot", NEW."number", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."sku", NEW."starts", NEW."supplier_id", NEW."to_order", NEW."units"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_296d6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_splitrulelineevent" ("after", "amount_fen", "base", "cap_fen", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ppm", "role", "version_id") VALUES (NEW."after", NEW."amount_fen", NEW."base", NEW."cap_fen", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."ppm", NEW."role", NEW."version_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_2c1e3() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_locationdayevent" ("capacity", "cutoff_hour", "day", "id", "is_closed", "location_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."cutoff_hour", NEW."day", NEW."id", NEW."is_closed", NEW."location_id", NEW."note", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_2ea7a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_supplieritemevent" ("cost_fen", "id", "lead_days", "lot", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sku", "supplier_id") VALUES (NEW."cost_fen", NEW."id", NEW."lead_days", NEW."lot", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."sku", NEW."supplier_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_3943a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "members_institutionevent" ("address", "bank_account", "bank_name", "city", "closes_at", "cnaps", "code", "id", "is_active", "kind", "latitude", "longitude", "minimum_payout", "name", "name_en", "opens_at", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province") VALUES (NEW."address", NEW."bank_account", NEW."bank_name", NEW."city", NEW."closes_at", NEW."cnaps", NEW."code", NEW."id", NEW."is_active", NEW."kind", NEW."latitude", NEW."longitude", NEW."minimum_payout", NEW."name", NEW."name_en", NEW."opens_at", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."phone", NEW."province"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_44094() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_tariffrateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_5139d() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_campaignevent" ("admission_minutes", "admit_per_minute", "channels", "code", "ends_at", "id", "is_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at", "title", "title_en") VALUES (NEW."admission_minutes", NEW."admit_per_minute", NEW."channels", NEW."code", NEW."ends_at", NEW."id", NEW."is_on", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."starts_at", NEW."title", NEW."title_en"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_62b82() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_postagerateevent" ("days", "ends", "first_fen", "first_g", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts", "step_fen", "step_g", "version", "volumetric_divisor", "zone") VALUES (NEW."days", NEW."ends", NEW."first_fen", NEW."first_g", NEW."id", NEW."made_at", NEW."made_by", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."starts", NEW."step_fen", NEW."step_g", NEW."version", NEW."volumetric_divisor", NEW."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_659b6() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_optimiserswitchevent" ("changed_at", "changed_by", "is_on", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."changed_at", NEW."changed_by", NEW."is_on", NEW."kind", _pgh_attach_context(), NOW(), 'update', NEW."kind"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_6e153() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_coverruleevent" ("high_days", "id", "kind", "least_units", "low_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_days", "window_days") VALUES (NEW."high_days", NEW."id", NEW."kind", NEW."least_units", NEW."low_days", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."target_days", NEW."window_days"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_71608() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_standstilllimitevent" ("hours", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."hours", NEW."id", NEW."location_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."state"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_7361e() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_locationprofileevent" ("accept_minutes", "acceptance_percent", "cutoff_hour", "daily_capacity", "delivers_to", "handling_fen", "home_province", "is_open", "load_fen", "location_id", "must_accept", "origin_province", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ships", "writes_sim") VALUES (NEW."accept_minutes", NEW."acceptance_percent", NEW."cutoff_hour", NEW."daily_capacity", NEW."delivers_to", NEW."handling_fen", NEW."home_province", NEW."is_open", NEW."load_fen", NEW."location_id", NEW."must_accept", NEW."origin_province", _pgh_attach_context(), NOW(), 'update', NEW."location_id", NEW."ships", NEW."writes_sim"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_80dff() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_splitruleevent" ("channel", "code", "id", "name", "name_en", "offering_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seller_id", "seller_kind") VALUES (NEW."channel", NEW."code", NEW."id", NEW."name", NEW."name_en", NEW."offering_kind", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."priority", NEW."seller_id", NEW."seller_kind"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_94cc2() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_safetystockevent" ("channel", "id", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku") VALUES (NEW."channel", NEW."id", NEW."location_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."quantity", NEW."sku"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_973ac() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_splitruleversionevent" ("answer", "decided_at", "decided_by_id", "ends", "id", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "rule_id", "state", "valid_from") VALUES (NEW."answer", NEW."decided_at", NEW."decided_by_id", NEW."ends", NEW."id", NEW."note", NEW."number", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."rule_id", NEW."state", NEW."valid_from"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_a5a5f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "settlement_providerfeerateevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ppm", "provider_id", "valid_from") VALUES (NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."ppm", NEW."provider_id", NEW."valid_from"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_b283a() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "catalogue_channelpriceevent" ("amount", "channel", "ends", "id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "reason", "reason_code", "reason_en", "starts") VALUES (NEW."amount", NEW."channel", NEW."ends", NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."product_id", NEW."reason", NEW."reason_code", NEW."reason_en", NEW."starts"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_ba071() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_tariffzoneevent" ("from_province", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "to_province", "zone") VALUES (NEW."from_province", NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."to_province", NEW."zone"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_bdc2f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_trunklineevent" ("days", "departs_hour", "full_at", "hub_id", "id", "is_open", "last_km_fen", "lead_minutes", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach_km", "run_fen", "run_kg") VALUES (NEW."days", NEW."departs_hour", NEW."full_at", NEW."hub_id", NEW."id", NEW."is_open", NEW."last_km_fen", NEW."lead_minutes", NEW."origin_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."reach_km", NEW."run_fen", NEW."run_kg"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_d7762() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "members_staffroleevent" ("id", "institution_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") VALUES (NEW."id", NEW."institution_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."role", NEW."user_id"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_dedae() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "fulfillment_dealertermsevent" ("branch_id", "counts_from", "credit_limit_fen", "dealer_id", "demand_days", "is_blocked", "lead_days", "number_days", "number_limit", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_days", "service_percent") VALUES (NEW."branch_id", NEW."counts_from", NEW."credit_limit_fen", NEW."dealer_id", NEW."demand_days", NEW."is_blocked", NEW."lead_days", NEW."number_days", NEW."number_limit", NEW."payment_days", _pgh_attach_context(), NOW(), 'update', NEW."dealer_id", NEW."review_days", NEW."service_percent"); RETURN NULL;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_update_update_ed5aa() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    INSERT INTO "catalogue_numbergradeevent" ("code", "demoted_to_id", "id", "minimum_spend", "months", "name", "name_en", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prepayment", "rule", "withheld") VALUES (NEW."code", NEW."demoted_to_id", NEW."id", NEW."minimum_spend", NEW."months", NEW."name", NEW."name_en", NEW."pattern", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."prepayment", NEW."rule", NEW."withheld"); RETURN NULL;
                END;
            $$;
CREATE TABLE public.settlement_auditentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_name character varying(80) NOT NULL,
    role character varying(32) NOT NULL,
    action character varying(48) NOT NULL,
    subject character varying(160) NOT NULL,
    details jsonb NOT NULL,
    actor_id bigint,
    institution_id bigint
);
CREATE FUNCTION public.settlement_audit_hash(previous text, e public.settlement_auditentry) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT encode(sha256(convert_to(previous || jsonb_build_array(
        e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.actor_name,
        e.role, e.institution_id, e.action, e.subject, e.details)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION public.settlement_batch_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    INSERT INTO public.settlement_reconevent (batch_id, at, by, before, after, resolution, note)
    VALUES (NEW.id, NEW.changed_at, NEW.changed_by,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, '', '');
    RETURN NULL;
END $$;
CREATE FUNCTION public.settlement_break_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.state, OLD.owner_id, OLD.resolution, OLD.note, OLD.journal_id)
        IS NOT DISTINCT FROM (NEW.state, NEW.owner_id, NEW.resolution, NEW.note, NEW.journal_id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.settlement_reconevent
        (batch_id, brk_id, at, by, before, after, owner_id, resolution, note, journal_id)
    VALUES (NEW.batch_id, NEW.id, NEW.changed_at, NEW.changed_by,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, NEW.owner_id, NEW.resolution,
            NEW.note, NEW.journal_id);
    RETURN NULL;
END $$;
CREATE FUNCTION public.settlement_check_balance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.settlement_check_postings() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    bad record;
BEGIN
    SELECT legs.journal_id, legs.business_date, legs.currency, legs.total, j.key, j.business_date AS day,
           j.xid IS DISTINCT FROM pg_current_xact_id() AS is_late INTO bad
    FROM (SELECT journal_id, business_date, currency, sum(amount_fen) AS total FROM new_postings
          GROUP BY journal_id, business_date, currency) legs
    LEFT JOIN settlement_journal j ON j.id = legs.journal_id
    WHERE j.xid IS DISTINCT FROM pg_current_xact_id() OR j.business_date <> legs.business_date
       OR legs.total <> 0
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF bad.is_late THEN
        RAISE EXCEPTION 'journal % is complete: no leg can be added', bad.journal_id
            USING ERRCODE = 'restrict_violation';
    ELSIF bad.day <> bad.business_date THEN
        RAISE EXCEPTION 'posting and journal % differ in their business day', bad.journal_id
            USING ERRCODE = 'check_violation';
    END IF;
    RAISE EXCEPTION 'journal % is off by % %', bad.key, bad.total, bad.currency
        USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION public.settlement_check_shares() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.settlement_ensure_partition(day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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
    EXECUTE format('CREATE TABLE public.%I (LIKE public.settlement_posting INCLUDING DEFAULTS '
        'INCLUDING CONSTRAINTS)', part);
    EXECUTE format('ALTER TABLE public.settlement_posting ATTACH PARTITION public.%I '
        'FOR VALUES FROM (%L) TO (%L)', part, month, (month + interval '1 month')::date);
    PERFORM public.settlement_guard_partition(part);
    FOR grantee IN SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a
        JOIN pg_roles r ON r.oid = a.grantee
        WHERE c.oid = to_regclass('public.' || part) AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM %I', part, grantee);
    END LOOP;
END $$;
CREATE FUNCTION public.settlement_guard_break() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'resolved' THEN
        RAISE EXCEPTION 'break % is kept as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.batch_id, NEW.kind, NEW.line_id, NEW.trade_id, NEW.transfer_id, NEW.bill_line_id,
        NEW.bill_batch_id, NEW.ours_fen, NEW.theirs_fen, NEW.difference_fen, NEW.control_kind,
        NEW.control_institution_id, NEW.bill_date)
       IS DISTINCT FROM
       (OLD.batch_id, OLD.kind, OLD.line_id, OLD.trade_id, OLD.transfer_id, OLD.bill_line_id,
        OLD.bill_batch_id, OLD.ours_fen, OLD.theirs_fen, OLD.difference_fen, OLD.control_kind,
        OLD.control_institution_id, OLD.bill_date) THEN
        RAISE EXCEPTION 'what break % is about cannot change', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.limit_fen := OLD.limit_fen;
    IF NEW.resolution = 'write_off' AND OLD.resolution <> 'write_off' THEN
        SELECT write_off_limit_fen INTO NEW.limit_fen FROM settlement_reconpolicy
            WHERE valid_from <= (NEW.changed_at AT TIME ZONE 'Asia/Shanghai')::date
            ORDER BY valid_from DESC LIMIT 1;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.settlement_guard_partition(part text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE '
        'ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change()', part);
    EXECUTE format('CREATE OR REPLACE TRIGGER settlement_postings_check AFTER INSERT ON public.%I '
        'REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT '
        'EXECUTE FUNCTION public.settlement_check_postings()', part);
END $$;
CREATE FUNCTION public.settlement_guard_transfer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    needed text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'transfer % is kept', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.reference, NEW.business_date, NEW.institution_id, NEW.direction, NEW.amount_fen,
        NEW.account_number, NEW.account_name, NEW.bank_name, NEW.cnaps, NEW.proposed_by_id, NEW.proposed_at,
        NEW.confirmers)
       IS DISTINCT FROM
       (OLD.id, OLD.reference, OLD.business_date, OLD.institution_id, OLD.direction, OLD.amount_fen,
        OLD.account_number, OLD.account_name, OLD.bank_name, OLD.cnaps, OLD.proposed_by_id, OLD.proposed_at,
        OLD.confirmers) THEN
        RAISE EXCEPTION 'what transfer % is cannot change', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.replaced_by_id IS DISTINCT FROM OLD.replaced_by_id AND OLD.state <> 'failed' THEN
        RAISE EXCEPTION 'only a failed transfer is replaced: %', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.first_confirmed_by_id IS NOT NULL
       AND NEW.first_confirmed_by_id IS DISTINCT FROM OLD.first_confirmed_by_id THEN
        RAISE EXCEPTION 'who confirmed transfer % first stays', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = OLD.state THEN
        IF (NEW.confirmed_by_id, NEW.confirmed_at, NEW.file_id, NEW.answered_at, NEW.booked_on, NEW.evidence,
            NEW.reason)
           IS DISTINCT FROM
           (OLD.confirmed_by_id, OLD.confirmed_at, OLD.file_id, OLD.answered_at, OLD.booked_on, OLD.evidence,
            OLD.reason) THEN
            RAISE EXCEPTION 'transfer % is kept as it is', OLD.reference USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state || '>' || NEW.state <> ALL (ARRAY[
        'draft>confirmed', 'draft>rejected', 'confirmed>exported', 'exported>sent', 'exported>succeeded',
        'exported>failed', 'exported>unknown', 'sent>succeeded', 'sent>failed', 'sent>unknown',
        'unknown>succeeded', 'unknown>failed']) THEN
        RAISE EXCEPTION 'transfer % does not go from % to %', OLD.reference, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'unknown' AND btrim(NEW.evidence) = '' THEN
        RAISE EXCEPTION 'transfer % is unknown: only the word of the bank decides', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'exported' AND NEW.file_id IS NULL THEN
        RAISE EXCEPTION 'transfer % is in no file', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    needed := CASE WHEN NEW.state = 'confirmed' THEN 'transfer:'
                   WHEN NEW.state IN ('succeeded', 'failed') THEN 'transfer_answer:' END || NEW.reference;
    IF needed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM settlement_journal WHERE key = needed) THEN
        RAISE EXCEPTION 'the books do not know that transfer % is %', OLD.reference, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.settlement_keep_adjustment() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'draft' OR
       (NEW.reason, NEW.original_date, NEW.reverses_id, NEW.proposed_by_id, NEW.proposed_at) IS DISTINCT FROM
       (OLD.reason, OLD.original_date, OLD.reverses_id, OLD.proposed_by_id, OLD.proposed_at) THEN
        RAISE EXCEPTION 'adjustment % is kept as it is', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.settlement_keep_decided() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    open_day date := (SELECT business_date FROM settlement_businessday WHERE state = 'open');
    decision text[] := '{state,decided_by_id,decided_at,answer}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state = 'proposed' AND NEW.proposed_by_id IS NOT NULL
           OR NEW.state = 'confirmed' AND open_day IS NULL THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '% begins as a proposal', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - decision <> to_jsonb(OLD) - decision THEN
        RAISE EXCEPTION '% is never edited', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state IN ('rejected', 'withdrawn')
       OR OLD.state = 'proposed' AND NEW.state = 'confirmed'
          AND (open_day IS NULL OR NEW.valid_from > open_day)
       OR OLD.state = 'confirmed' AND NEW.state = 'withdrawn' AND OLD.valid_from > open_day THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% cannot go from % to % (valid from %)', TG_TABLE_NAME, OLD.state, NEW.state,
        OLD.valid_from USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.settlement_keep_rule() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    words text[] := '{name,name_en}';
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - words = to_jsonb(OLD) - words THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'split rules are never changed: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.settlement_keep_rule_line() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'INSERT' AND pg_current_xact_id() =
       (SELECT v.xid FROM settlement_splitruleversion v WHERE v.id = NEW.version_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'lines come with their version: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.settlement_keep_signed_off() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'signed_off' THEN
        RAISE EXCEPTION 'reconciliation % is kept as it was signed off', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.settlement_link_audit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    latest record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('settlement_link_audit'));
    SELECT number, hash INTO latest FROM settlement_auditlink ORDER BY number DESC LIMIT 1;
    INSERT INTO settlement_auditlink (number, entry_id, hash) VALUES (
        coalesce(latest.number, 0) + 1, NEW.id, settlement_audit_hash(coalesce(latest.hash, ''), NEW));
    RETURN NULL;
END $$;
CREATE FUNCTION public.settlement_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.settlement_rule_for(day date, offering text, seller_sort text, via text, seller bigint, without bigint) RETURNS TABLE(version_id bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT v.id FROM settlement_splitrule r
    CROSS JOIN LATERAL (
        SELECT w.id, w.ends FROM settlement_splitruleversion w
        WHERE w.rule_id = r.id AND w.state = 'confirmed' AND w.valid_from <= day
        ORDER BY w.valid_from DESC LIMIT 1
    ) v
    WHERE NOT v.ends AND r.id IS DISTINCT FROM without
      AND r.offering_kind IN ('', offering) AND r.seller_kind IN ('', seller_sort)
      AND r.channel IN ('', via) AND (r.seller_id IS NULL OR r.seller_id = seller)
    ORDER BY r.priority DESC, r.code LIMIT 1
$$;
CREATE FUNCTION public.settlement_split(version bigint, gross bigint, net bigint, absent text[]) RETURNS TABLE("position" smallint, role text, amount bigint)
    LANGUAGE plpgsql STABLE ROWS 4
    AS $$
DECLARE
    line record;
    positions smallint[] := '{}';
    roles text[] := '{}';
    exact numeric[] := '{}';
    parts bigint[] := '{}';
    lefts numeric[] := '{}';
    residual int := 0;
    left_over numeric := gross;
    share numeric;
    missing bigint;
    winner record;
BEGIN
    FOR line IN SELECT l.* FROM settlement_splitruleline l WHERE l.version_id = version ORDER BY l.position
    LOOP
        IF line.kind <> 'residual' AND line.role = ANY (absent) THEN
            lefts[line.position] := left_over;
            CONTINUE;
        END IF;
        share := CASE line.kind
            WHEN 'fixed' THEN line.amount_fen
            WHEN 'residual' THEN 0
            ELSE line.ppm * 0.000001 * CASE line.base
                WHEN 'net' THEN net
                WHEN 'remainder' THEN CASE WHEN line.after = 0 THEN left_over ELSE lefts[line.after] END
                ELSE gross END
            END;
        IF line.kind = 'capped' THEN
            share := least(share, line.cap_fen);
        END IF;
        share := least(share, left_over);
        left_over := left_over - share;
        lefts[line.position] := left_over;
        positions := positions || line.position;
        roles := roles || line.role::text;
        exact := exact || share;
        IF line.kind = 'residual' THEN
            residual := cardinality(positions);
        END IF;
    END LOOP;
    IF residual = 0 THEN
        RAISE EXCEPTION 'split rule version % has no residual line', version
            USING ERRCODE = 'check_violation';
    END IF;
    exact[residual] := left_over;
    SELECT array_agg(trunc(x)::bigint ORDER BY n), gross - sum(trunc(x))::bigint INTO parts, missing
        FROM unnest(exact) WITH ORDINALITY AS e(x, n);
    FOR winner IN SELECT n FROM unnest(exact) WITH ORDINALITY AS e(x, n)
        ORDER BY x - trunc(x) DESC, n LIMIT missing
    LOOP
        parts[winner.n] := parts[winner.n] + 1;
    END LOOP;
    RETURN QUERY SELECT p, r, a FROM unnest(positions, roles, parts) AS u(p, r, a) WHERE a <> 0;
END $$;
CREATE FUNCTION public.settlement_stamp_journal() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.settlement_statement_in_time() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM 1 FROM settlement_reconbatch WHERE id = NEW.batch_id AND state = 'signed_off';
    IF FOUND THEN
        RAISE EXCEPTION 'reconciliation % is signed off and takes no file', NEW.batch_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.settlement_transfer_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.state, NEW.first_confirmed_by_id) IS NOT DISTINCT FROM
                            (OLD.state, OLD.first_confirmed_by_id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.settlement_transferevent (transfer_id, at, by, before, after, reason, evidence)
    VALUES (NEW.id, coalesce(NEW.changed_at, NEW.proposed_at), NEW.changed_by,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state, NEW.reason, NEW.evidence);
    RETURN NULL;
END $$;
CREATE TABLE public.address_country (
    iso_3166_1_a2 character varying(2) NOT NULL,
    iso_3166_1_a3 character varying(3) NOT NULL,
    iso_3166_1_numeric character varying(3) NOT NULL,
    printable_name character varying(128) NOT NULL,
    name character varying(128) NOT NULL,
    display_order smallint NOT NULL,
    is_shipping_country boolean NOT NULL,
    CONSTRAINT address_country_display_order_check CHECK ((display_order >= 0))
);
CREATE TABLE public.address_useraddress (
    id bigint NOT NULL,
    title character varying(64) NOT NULL,
    first_name character varying(255) NOT NULL,
    last_name character varying(255) NOT NULL,
    line1 character varying(255) NOT NULL,
    line2 character varying(255) NOT NULL,
    line3 character varying(255) NOT NULL,
    line4 character varying(255) NOT NULL,
    state character varying(255) NOT NULL,
    postcode character varying(64) NOT NULL,
    search_text text NOT NULL,
    phone_number character varying(128) NOT NULL,
    notes text NOT NULL,
    is_default_for_shipping boolean NOT NULL,
    is_default_for_billing boolean NOT NULL,
    num_orders_as_shipping_address integer CONSTRAINT address_useraddress_num_orders_not_null NOT NULL,
    hash character varying(255) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    country_id character varying(2) NOT NULL,
    user_id bigint NOT NULL,
    num_orders_as_billing_address integer NOT NULL,
    code character varying(255),
    CONSTRAINT address_useraddress_num_orders_as_billing_address_check CHECK ((num_orders_as_billing_address >= 0)),
    CONSTRAINT address_useraddress_num_orders_check CHECK ((num_orders_as_shipping_address >= 0))
);
ALTER TABLE public.address_useraddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.address_useraddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.analytics_productrecord (
    id bigint NOT NULL,
    num_views integer NOT NULL,
    num_basket_additions integer NOT NULL,
    num_purchases integer NOT NULL,
    score double precision NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT analytics_productrecord_num_basket_additions_check CHECK ((num_basket_additions >= 0)),
    CONSTRAINT analytics_productrecord_num_purchases_check CHECK ((num_purchases >= 0)),
    CONSTRAINT analytics_productrecord_num_views_check CHECK ((num_views >= 0))
);
ALTER TABLE public.analytics_productrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_productrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.analytics_userproductview (
    id bigint NOT NULL,
    date_created timestamp with time zone NOT NULL,
    product_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.analytics_userproductview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_userproductview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.analytics_userrecord (
    id bigint NOT NULL,
    num_product_views integer NOT NULL,
    num_basket_additions integer NOT NULL,
    num_orders integer NOT NULL,
    num_order_lines integer NOT NULL,
    num_order_items integer NOT NULL,
    total_spent numeric(12,2) NOT NULL,
    date_last_order timestamp with time zone,
    user_id bigint NOT NULL,
    CONSTRAINT analytics_userrecord_num_basket_additions_check CHECK ((num_basket_additions >= 0)),
    CONSTRAINT analytics_userrecord_num_order_items_check CHECK ((num_order_items >= 0)),
    CONSTRAINT analytics_userrecord_num_order_lines_check CHECK ((num_order_lines >= 0)),
    CONSTRAINT analytics_userrecord_num_orders_check CHECK ((num_orders >= 0)),
    CONSTRAINT analytics_userrecord_num_product_views_check CHECK ((num_product_views >= 0))
);
ALTER TABLE public.analytics_userrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_userrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.analytics_usersearch (
    id bigint NOT NULL,
    query character varying(255) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.analytics_usersearch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.analytics_usersearch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.basket_basket (
    id bigint NOT NULL,
    status character varying(128) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    date_merged timestamp with time zone,
    date_submitted timestamp with time zone,
    owner_id bigint
);
ALTER TABLE public.basket_basket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.basket_basket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.basket_basket_vouchers (
    id bigint NOT NULL,
    basket_id bigint NOT NULL,
    voucher_id bigint NOT NULL
);
ALTER TABLE public.basket_basket_vouchers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.basket_basket_vouchers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.basket_line (
    id bigint NOT NULL,
    line_reference character varying(128) NOT NULL,
    quantity integer NOT NULL,
    price_currency character varying(12) NOT NULL,
    price_excl_tax numeric(12,2),
    price_incl_tax numeric(12,2),
    date_created timestamp with time zone NOT NULL,
    basket_id bigint NOT NULL,
    product_id bigint NOT NULL,
    stockrecord_id bigint NOT NULL,
    date_updated timestamp with time zone NOT NULL,
    tax_code character varying(64),
    CONSTRAINT basket_line_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.basket_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.basket_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.basket_lineattribute (
    id bigint NOT NULL,
    value jsonb NOT NULL,
    line_id bigint NOT NULL,
    option_id bigint NOT NULL
);
ALTER TABLE public.basket_lineattribute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.basket_lineattribute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_attributeoption (
    id bigint NOT NULL,
    option character varying(255) NOT NULL,
    group_id bigint NOT NULL,
    code character varying(255)
);
ALTER TABLE public.catalogue_attributeoption ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_attributeoption_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_attributeoptiongroup (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(255)
);
ALTER TABLE public.catalogue_attributeoptiongroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_attributeoptiongroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_category (
    id bigint NOT NULL,
    path character varying(255) NOT NULL,
    depth integer NOT NULL,
    numchild integer NOT NULL,
    name character varying(255) NOT NULL,
    description text NOT NULL,
    image character varying(255),
    slug character varying(255) NOT NULL,
    ancestors_are_public boolean NOT NULL,
    is_public boolean NOT NULL,
    meta_description text,
    meta_title character varying(255),
    code character varying(255),
    exclude_from_menu boolean NOT NULL,
    long_description text NOT NULL,
    CONSTRAINT catalogue_category_depth_check CHECK ((depth >= 0)),
    CONSTRAINT catalogue_category_numchild_check CHECK ((numchild >= 0))
);
ALTER TABLE public.catalogue_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_categorytext (
    category_id bigint NOT NULL,
    name_en character varying(80) NOT NULL,
    description_en character varying(200) NOT NULL,
    icon character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT catalogue_categorytext_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.catalogue_channelprice (
    id bigint NOT NULL,
    channel character varying(16) NOT NULL,
    amount integer NOT NULL,
    starts timestamp with time zone NOT NULL,
    ends timestamp with time zone,
    reason_code character varying(40) NOT NULL,
    reason character varying(120) NOT NULL,
    reason_en character varying(120) NOT NULL,
    institution_id bigint,
    product_id bigint NOT NULL,
    CONSTRAINT catalogue_channelprice_amount_check CHECK ((amount >= 0)),
    CONSTRAINT channel_price_period CHECK (((ends IS NULL) OR (ends > starts)))
);
ALTER TABLE public.catalogue_channelprice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_channelprice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_channelpriceevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    channel character varying(16) NOT NULL,
    amount integer NOT NULL,
    starts timestamp with time zone NOT NULL,
    ends timestamp with time zone,
    reason_code character varying(40) NOT NULL,
    reason character varying(120) NOT NULL,
    reason_en character varying(120) NOT NULL,
    institution_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT catalogue_channelpriceevent_amount_check CHECK ((amount >= 0))
);
ALTER TABLE public.catalogue_channelpriceevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_channelpriceevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_number (
    msisdn character varying(13) NOT NULL,
    state character varying(12) NOT NULL,
    held_until timestamp with time zone,
    reference character varying(64) NOT NULL,
    person_key character varying(64) NOT NULL,
    rests_until timestamp with time zone,
    block_id bigint NOT NULL,
    grade_id bigint NOT NULL,
    dealer_id bigint,
    CONSTRAINT number_dealer_state CHECK (((dealer_id IS NULL) OR ((state)::text = ANY ((ARRAY['available'::character varying, 'held'::character varying, 'allocated'::character varying, 'active'::character varying, 'suspended'::character varying])::text[])))),
    CONSTRAINT number_held_until CHECK ((((held_until IS NOT NULL) AND ((state)::text = 'held'::text)) OR ((NOT ((state)::text = 'held'::text)) AND (held_until IS NULL)))),
    CONSTRAINT number_msisdn CHECK (((msisdn)::text ~ '^861[3-9][0-9]{9}$'::text)),
    CONSTRAINT number_owner_known CHECK (((NOT ((state)::text = ANY ((ARRAY['allocated'::character varying, 'active'::character varying, 'suspended'::character varying])::text[]))) OR (NOT ((reference)::text = ''::text)))),
    CONSTRAINT number_state_known CHECK (((state)::text = ANY ((ARRAY['available'::character varying, 'held'::character varying, 'allocated'::character varying, 'active'::character varying, 'suspended'::character varying, 'quarantined'::character varying, 'withheld'::character varying, 'ported_out'::character varying])::text[])))
);
CREATE TABLE public.catalogue_numberallotment (
    id bigint NOT NULL,
    reference character varying(32) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    sold_at timestamp with time zone,
    ended_at timestamp with time zone,
    "end" character varying(10) NOT NULL,
    ended_by character varying(80) NOT NULL,
    reason character varying(160) NOT NULL,
    dealer_id bigint NOT NULL,
    number_id character varying(13) NOT NULL,
    CONSTRAINT number_allotment_days CHECK ((until > since)),
    CONSTRAINT number_allotment_end CHECK ((((("end")::text = ''::text) AND (ended_at IS NULL)) OR ((ended_at IS NOT NULL) AND (NOT (("end")::text = ''::text))))),
    CONSTRAINT number_recall_reason CHECK (((NOT (("end")::text = 'recalled'::text)) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE public.catalogue_numberallotment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_numberallotment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_numberblock (
    id bigint NOT NULL,
    prefix character varying(7) NOT NULL,
    province character varying(20) NOT NULL,
    city character varying(20) NOT NULL
);
ALTER TABLE public.catalogue_numberblock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_numberblock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_numbergrade (
    id bigint NOT NULL,
    code character varying(16) NOT NULL,
    "position" smallint NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(40) NOT NULL,
    rule character varying(8) NOT NULL,
    pattern character varying(11) NOT NULL,
    minimum_spend integer NOT NULL,
    prepayment integer NOT NULL,
    months smallint NOT NULL,
    withheld boolean NOT NULL,
    demoted_to_id bigint,
    CONSTRAINT catalogue_numbergrade_minimum_spend_check CHECK ((minimum_spend >= 0)),
    CONSTRAINT catalogue_numbergrade_months_check CHECK ((months >= 0)),
    CONSTRAINT catalogue_numbergrade_position_check CHECK (("position" >= 0)),
    CONSTRAINT catalogue_numbergrade_prepayment_check CHECK ((prepayment >= 0))
);
ALTER TABLE public.catalogue_numbergrade ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_numbergrade_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_numbergradeevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(16) NOT NULL,
    "position" smallint NOT NULL,
    name character varying(40) NOT NULL,
    name_en character varying(40) NOT NULL,
    rule character varying(8) NOT NULL,
    pattern character varying(11) NOT NULL,
    minimum_spend integer NOT NULL,
    prepayment integer NOT NULL,
    months smallint NOT NULL,
    withheld boolean NOT NULL,
    demoted_to_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT catalogue_numbergradeevent_minimum_spend_check CHECK ((minimum_spend >= 0)),
    CONSTRAINT catalogue_numbergradeevent_months_check CHECK ((months >= 0)),
    CONSTRAINT catalogue_numbergradeevent_position_check CHECK (("position" >= 0)),
    CONSTRAINT catalogue_numbergradeevent_prepayment_check CHECK ((prepayment >= 0))
);
ALTER TABLE public.catalogue_numbergradeevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_numbergradeevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_numberhold (
    id bigint NOT NULL,
    holder character varying(64) NOT NULL,
    held_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    "end" character varying(10) NOT NULL,
    number_id character varying(13) NOT NULL
);
ALTER TABLE public.catalogue_numberhold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_numberhold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_offering (
    product_id bigint NOT NULL,
    sku character varying(64),
    kind character varying(16) NOT NULL,
    serial_kind character varying(8) NOT NULL,
    tier character varying(12) NOT NULL,
    brand character varying(40) NOT NULL,
    brand_en character varying(40) NOT NULL,
    title_en character varying(160) NOT NULL,
    subtitle character varying(160) NOT NULL,
    subtitle_en character varying(160) NOT NULL,
    description_en text NOT NULL,
    colour character varying(24) NOT NULL,
    colour_en character varying(24) NOT NULL,
    colour_hex character varying(7) NOT NULL,
    storage character varying(16) NOT NULL,
    specs jsonb NOT NULL,
    picture character varying(80) NOT NULL,
    pictures jsonb NOT NULL,
    weight_g integer NOT NULL,
    volume_ml integer NOT NULL,
    sold integer NOT NULL,
    seller_id bigint NOT NULL,
    CONSTRAINT catalogue_offering_sold_check CHECK ((sold >= 0)),
    CONSTRAINT catalogue_offering_volume_ml_check CHECK ((volume_ml >= 0)),
    CONSTRAINT catalogue_offering_weight_g_check CHECK ((weight_g >= 0)),
    CONSTRAINT offering_kind_known CHECK (((kind)::text = ANY ((ARRAY['device'::character varying, 'sim'::character varying, 'plan'::character varying, 'data_pack'::character varying, 'accessory'::character varying, 'top_up'::character varying, 'gift'::character varying, 'food'::character varying, 'subscription'::character varying, 'merchant_goods'::character varying, 'prepaid_card'::character varying, 'recharge_card'::character varying, 'postage'::character varying])::text[]))),
    CONSTRAINT offering_serial_known CHECK (((serial_kind)::text = ANY ((ARRAY[''::character varying, 'imei'::character varying, 'iccid'::character varying, 'card'::character varying])::text[])))
);
CREATE TABLE public.catalogue_offertext (
    offer_id bigint NOT NULL,
    name_en character varying(80) NOT NULL,
    description_en character varying(200) NOT NULL
);
CREATE TABLE public.catalogue_option (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(128) NOT NULL,
    type character varying(255) NOT NULL,
    required boolean NOT NULL,
    help_text character varying(255),
    option_group_id bigint,
    "order" integer
);
ALTER TABLE public.catalogue_option ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_option_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_planterms (
    product_id bigint NOT NULL,
    tier character varying(12) NOT NULL,
    monthly_fee integer NOT NULL,
    data_gb integer NOT NULL,
    voice_minutes integer NOT NULL,
    messages integer NOT NULL,
    commitment_months smallint NOT NULL,
    extras character varying(160) NOT NULL,
    extras_en character varying(160) NOT NULL,
    CONSTRAINT catalogue_planterms_commitment_months_check CHECK ((commitment_months >= 0)),
    CONSTRAINT catalogue_planterms_data_gb_check CHECK ((data_gb >= 0)),
    CONSTRAINT catalogue_planterms_messages_check CHECK ((messages >= 0)),
    CONSTRAINT catalogue_planterms_monthly_fee_check CHECK ((monthly_fee >= 0)),
    CONSTRAINT catalogue_planterms_voice_minutes_check CHECK ((voice_minutes >= 0))
);
CREATE TABLE public.catalogue_product (
    id bigint NOT NULL,
    structure character varying(10) NOT NULL,
    upc character varying(64),
    title character varying(255) NOT NULL,
    slug character varying(255) NOT NULL,
    description text NOT NULL,
    rating double precision,
    date_created timestamp with time zone NOT NULL,
    date_updated timestamp with time zone NOT NULL,
    is_discountable boolean NOT NULL,
    parent_id bigint,
    product_class_id bigint,
    is_public boolean NOT NULL,
    meta_description text,
    meta_title character varying(255),
    priority smallint NOT NULL,
    code character varying(255)
);
CREATE TABLE public.catalogue_productcategory (
    id bigint NOT NULL,
    category_id bigint NOT NULL,
    product_id bigint NOT NULL
);
CREATE MATERIALIZED VIEW public.catalogue_product_category_hierarchy AS
 WITH RECURSIVE category_hierarchy AS (
         SELECT catalogue_category.id,
            catalogue_category.path
           FROM public.catalogue_category
        )
 SELECT DISTINCT concat(p.id, '-', parent_categories.id) AS id,
    p.id AS product_id,
    parent_categories.id AS category_id
   FROM (((public.catalogue_productcategory pc
     JOIN public.catalogue_category child_categories ON ((pc.category_id = child_categories.id)))
     JOIN public.catalogue_category parent_categories ON (((child_categories.path)::text ~~ ((parent_categories.path)::text || '%'::text))))
     JOIN public.catalogue_product p ON ((p.id = pc.product_id)))
  WITH NO DATA;
ALTER TABLE public.catalogue_product ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_product_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_product_product_options (
    id bigint NOT NULL,
    product_id bigint NOT NULL,
    option_id bigint NOT NULL
);
ALTER TABLE public.catalogue_product_product_options ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_product_product_options_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productattribute (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(128) NOT NULL,
    type character varying(20) NOT NULL,
    required boolean NOT NULL,
    option_group_id bigint,
    product_class_id bigint
);
ALTER TABLE public.catalogue_productattribute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productattribute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productattributevalue (
    id bigint NOT NULL,
    value_text text,
    value_integer integer,
    value_boolean boolean,
    value_float double precision,
    value_richtext text,
    value_date date,
    value_file character varying(255),
    value_image character varying(255),
    entity_object_id integer,
    attribute_id bigint NOT NULL,
    entity_content_type_id integer,
    product_id bigint NOT NULL,
    value_option_id bigint,
    value_datetime timestamp with time zone,
    CONSTRAINT catalogue_productattributevalue_entity_object_id_check CHECK ((entity_object_id >= 0))
);
ALTER TABLE public.catalogue_productattributevalue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productattributevalue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productattributevalue_value_multi_option (
    id bigint NOT NULL,
    productattributevalue_id bigint CONSTRAINT catalogue_productattributeval_productattributevalue_id_not_null NOT NULL,
    attributeoption_id bigint CONSTRAINT catalogue_productattributevalue_val_attributeoption_id_not_null NOT NULL
);
ALTER TABLE public.catalogue_productattributevalue_value_multi_option ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productattributevalue_value_multi_option_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.catalogue_productcategory ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productcategory_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productclass (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    slug character varying(128) NOT NULL,
    requires_shipping boolean NOT NULL,
    track_stock boolean NOT NULL
);
ALTER TABLE public.catalogue_productclass ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productclass_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productclass_options (
    id bigint NOT NULL,
    productclass_id bigint NOT NULL,
    option_id bigint NOT NULL
);
ALTER TABLE public.catalogue_productclass_options ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productclass_options_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productimage (
    id bigint NOT NULL,
    original character varying(255) NOT NULL,
    caption character varying(200) NOT NULL,
    display_order integer NOT NULL,
    date_created timestamp with time zone NOT NULL,
    product_id bigint NOT NULL,
    code character varying(255),
    CONSTRAINT catalogue_productimage_display_order_check CHECK ((display_order >= 0))
);
ALTER TABLE public.catalogue_productimage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productimage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_productrecommendation (
    id bigint NOT NULL,
    ranking smallint NOT NULL,
    primary_id bigint NOT NULL,
    recommendation_id bigint NOT NULL,
    CONSTRAINT catalogue_productrecommendation_ranking_check CHECK ((ranking >= 0))
);
ALTER TABLE public.catalogue_productrecommendation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_productrecommendation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.catalogue_searchdocument (
    product_id bigint NOT NULL,
    tokens tsvector NOT NULL,
    names text NOT NULL
);
CREATE TABLE public.communication_communicationeventtype (
    id bigint CONSTRAINT customer_communicationeventtype_id_not_null NOT NULL,
    code character varying(128) CONSTRAINT customer_communicationeventtype_code_not_null NOT NULL,
    name character varying(255) CONSTRAINT customer_communicationeventtype_name_not_null NOT NULL,
    category character varying(255) CONSTRAINT customer_communicationeventtype_category_not_null NOT NULL,
    email_subject_template character varying(255),
    email_body_template text,
    email_body_html_template text,
    sms_template character varying(170),
    date_created timestamp with time zone CONSTRAINT customer_communicationeventtype_date_created_not_null NOT NULL,
    date_updated timestamp with time zone CONSTRAINT customer_communicationeventtype_date_updated_not_null NOT NULL
);
CREATE TABLE public.communication_email (
    id bigint CONSTRAINT customer_email_id_not_null NOT NULL,
    subject text CONSTRAINT customer_email_subject_not_null NOT NULL,
    body_text text CONSTRAINT customer_email_body_text_not_null NOT NULL,
    body_html text CONSTRAINT customer_email_body_html_not_null NOT NULL,
    date_sent timestamp with time zone CONSTRAINT customer_email_date_sent_not_null NOT NULL,
    user_id bigint,
    email character varying(254)
);
CREATE TABLE public.communication_notification (
    id bigint CONSTRAINT customer_notification_id_not_null NOT NULL,
    subject character varying(255) CONSTRAINT customer_notification_subject_not_null NOT NULL,
    body text CONSTRAINT customer_notification_body_not_null NOT NULL,
    location character varying(32) CONSTRAINT customer_notification_location_not_null NOT NULL,
    date_sent timestamp with time zone CONSTRAINT customer_notification_date_sent_not_null NOT NULL,
    date_read timestamp with time zone,
    recipient_id bigint CONSTRAINT customer_notification_recipient_id_not_null NOT NULL,
    sender_id bigint
);
ALTER TABLE public.communication_communicationeventtype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customer_communicationeventtype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.communication_email ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customer_email_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.communication_notification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customer_notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.customer_productalert (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    key character varying(128) NOT NULL,
    status character varying(20) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    date_confirmed timestamp with time zone,
    date_cancelled timestamp with time zone,
    date_closed timestamp with time zone,
    product_id bigint NOT NULL,
    user_id bigint
);
ALTER TABLE public.customer_productalert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.customer_productalert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);
ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_clockedschedule (
    id integer NOT NULL,
    clocked_time timestamp with time zone NOT NULL
);
ALTER TABLE public.django_celery_beat_clockedschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_clockedschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_crontabschedule (
    id integer NOT NULL,
    minute character varying(240) NOT NULL,
    hour character varying(96) NOT NULL,
    day_of_week character varying(64) NOT NULL,
    day_of_month character varying(124) NOT NULL,
    month_of_year character varying(64) NOT NULL,
    timezone character varying(63) NOT NULL
);
ALTER TABLE public.django_celery_beat_crontabschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_crontabschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_intervalschedule (
    id integer NOT NULL,
    every integer NOT NULL,
    period character varying(24) NOT NULL
);
ALTER TABLE public.django_celery_beat_intervalschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_intervalschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_periodictask (
    id integer NOT NULL,
    name character varying(200) NOT NULL,
    task character varying(200) NOT NULL,
    args text NOT NULL,
    kwargs text NOT NULL,
    queue character varying(200),
    exchange character varying(200),
    routing_key character varying(200),
    expires timestamp with time zone,
    enabled boolean NOT NULL,
    last_run_at timestamp with time zone,
    total_run_count integer NOT NULL,
    date_changed timestamp with time zone NOT NULL,
    description text NOT NULL,
    crontab_id integer,
    interval_id integer,
    solar_id integer,
    one_off boolean NOT NULL,
    start_time timestamp with time zone,
    priority integer,
    headers text NOT NULL,
    clocked_id integer,
    expire_seconds integer,
    CONSTRAINT django_celery_beat_periodictask_expire_seconds_check CHECK ((expire_seconds >= 0)),
    CONSTRAINT django_celery_beat_periodictask_priority_check CHECK ((priority >= 0)),
    CONSTRAINT django_celery_beat_periodictask_total_run_count_check CHECK ((total_run_count >= 0))
);
ALTER TABLE public.django_celery_beat_periodictask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_periodictask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_celery_beat_periodictasks (
    ident smallint NOT NULL,
    last_update timestamp with time zone NOT NULL
);
CREATE TABLE public.django_celery_beat_solarschedule (
    id integer NOT NULL,
    event character varying(24) NOT NULL,
    latitude numeric(9,6) NOT NULL,
    longitude numeric(9,6) NOT NULL
);
ALTER TABLE public.django_celery_beat_solarschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_solarschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_flatpage (
    id integer NOT NULL,
    url character varying(100) NOT NULL,
    title character varying(200) NOT NULL,
    content text NOT NULL,
    enable_comments boolean NOT NULL,
    template_name character varying(70) NOT NULL,
    registration_required boolean NOT NULL
);
ALTER TABLE public.django_flatpage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_flatpage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_flatpage_sites (
    id bigint NOT NULL,
    flatpage_id integer NOT NULL,
    site_id integer NOT NULL
);
ALTER TABLE public.django_flatpage_sites ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_flatpage_sites_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.django_site (
    id integer NOT NULL,
    domain character varying(100) NOT NULL,
    name character varying(50) NOT NULL
);
ALTER TABLE public.django_site ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_acceptancerate (
    location_id bigint NOT NULL,
    asked integer NOT NULL,
    taken integer NOT NULL,
    percent smallint NOT NULL,
    reckoned_at timestamp with time zone NOT NULL,
    CONSTRAINT acceptance_rate_bounds CHECK (((asked >= 1) AND (percent >= 1) AND (percent <= 100) AND (taken <= asked))),
    CONSTRAINT fulfillment_acceptancerate_asked_check CHECK ((asked >= 0)),
    CONSTRAINT fulfillment_acceptancerate_percent_check CHECK ((percent >= 0)),
    CONSTRAINT fulfillment_acceptancerate_taken_check CHECK ((taken >= 0))
);
CREATE TABLE public.fulfillment_accountundo (
    id bigint NOT NULL,
    before character varying(20) NOT NULL,
    reason character varying(160) NOT NULL,
    asked_by bigint,
    asked_by_name character varying(80) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT account_undo_reason CHECK ((NOT ((reason)::text = ''::text)))
);
ALTER TABLE public.fulfillment_accountundo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_accountundo_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_automationjob (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(160) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    finished_at timestamp with time zone,
    wave_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_automationjob ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_automationjob_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_automationnotice (
    id bigint NOT NULL,
    notice_id character varying(80) NOT NULL,
    body jsonb NOT NULL,
    received_at timestamp with time zone NOT NULL,
    job_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_automationnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_automationnotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_campaign (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    title character varying(80) NOT NULL,
    title_en character varying(80) NOT NULL,
    channels character varying(16)[] NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    is_on boolean NOT NULL,
    admit_per_minute integer NOT NULL,
    admission_minutes smallint NOT NULL,
    secret character varying(32) NOT NULL,
    CONSTRAINT campaign_pace CHECK (((admission_minutes >= 1) AND (admit_per_minute >= 1))),
    CONSTRAINT campaign_window CHECK ((ends_at > starts_at)),
    CONSTRAINT fulfillment_campaign_admission_minutes_check CHECK ((admission_minutes >= 0)),
    CONSTRAINT fulfillment_campaign_admit_per_minute_check CHECK ((admit_per_minute >= 0))
);
ALTER TABLE public.fulfillment_campaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_campaignevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    title character varying(80) NOT NULL,
    title_en character varying(80) NOT NULL,
    channels character varying(16)[] NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    is_on boolean NOT NULL,
    admit_per_minute integer NOT NULL,
    admission_minutes smallint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_campaignevent_admission_minutes_check CHECK ((admission_minutes >= 0)),
    CONSTRAINT fulfillment_campaignevent_admit_per_minute_check CHECK ((admit_per_minute >= 0))
);
ALTER TABLE public.fulfillment_campaignevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_campaignevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_campaignitem (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    per_customer integer NOT NULL,
    campaign_id bigint NOT NULL,
    CONSTRAINT campaign_item_units CHECK (((per_customer >= 1) AND (quantity >= 1))),
    CONSTRAINT fulfillment_campaignitem_per_customer_check CHECK ((per_customer >= 0)),
    CONSTRAINT fulfillment_campaignitem_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.fulfillment_campaignitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_campaignitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_campaignitemevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    per_customer integer NOT NULL,
    campaign_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_campaignitemevent_per_customer_check CHECK ((per_customer >= 0)),
    CONSTRAINT fulfillment_campaignitemevent_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.fulfillment_campaignitemevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_campaignitemevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_campaignshare (
    id bigint NOT NULL,
    number smallint NOT NULL,
    free integer NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT campaign_share_free CHECK ((free >= 0)),
    CONSTRAINT fulfillment_campaignshare_number_check CHECK ((number >= 0))
)
WITH (fillfactor='20');
ALTER TABLE public.fulfillment_campaignshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_campaignshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_campaignuse (
    id bigint NOT NULL,
    customer character varying(40) NOT NULL,
    ticket character varying(40) NOT NULL,
    units integer NOT NULL,
    at timestamp with time zone NOT NULL,
    given_back boolean NOT NULL,
    demand_id bigint NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT campaign_use_units CHECK ((units > 0)),
    CONSTRAINT fulfillment_campaignuse_units_check CHECK ((units >= 0))
);
ALTER TABLE public.fulfillment_campaignuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_campaignuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_cardsallowed (
    id bigint NOT NULL,
    refused smallint NOT NULL,
    reason character varying(160) NOT NULL,
    allowed_by character varying(80) NOT NULL,
    allowed_at timestamp with time zone NOT NULL,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT cards_allowed_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT fulfillment_cardsallowed_refused_check CHECK ((refused >= 0))
);
ALTER TABLE public.fulfillment_cardsallowed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_cardsallowed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_centrecosts (
    id bigint NOT NULL,
    fixed_month_fen bigint NOT NULL,
    investment_fen bigint NOT NULL,
    handling_fen integer NOT NULL,
    unit_fen integer NOT NULL,
    assortment integer NOT NULL,
    horizon_days smallint NOT NULL,
    payback_months smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    version smallint NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT centre_costs_dates CHECK (((ends IS NULL) OR (ends > starts))),
    CONSTRAINT centre_costs_terms CHECK (((assortment > 0) AND (horizon_days > 0) AND (payback_months > 0))),
    CONSTRAINT fulfillment_centrecosts_assortment_check CHECK ((assortment >= 0)),
    CONSTRAINT fulfillment_centrecosts_fixed_month_fen_check CHECK ((fixed_month_fen >= 0)),
    CONSTRAINT fulfillment_centrecosts_handling_fen_check CHECK ((handling_fen >= 0)),
    CONSTRAINT fulfillment_centrecosts_horizon_days_check CHECK ((horizon_days >= 0)),
    CONSTRAINT fulfillment_centrecosts_investment_fen_check CHECK ((investment_fen >= 0)),
    CONSTRAINT fulfillment_centrecosts_payback_months_check CHECK ((payback_months >= 0)),
    CONSTRAINT fulfillment_centrecosts_unit_fen_check CHECK ((unit_fen >= 0)),
    CONSTRAINT fulfillment_centrecosts_version_check CHECK ((version >= 0))
);
ALTER TABLE public.fulfillment_centrecosts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_centrecosts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_centrecostsevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    fixed_month_fen bigint NOT NULL,
    investment_fen bigint NOT NULL,
    handling_fen integer NOT NULL,
    unit_fen integer NOT NULL,
    assortment integer NOT NULL,
    horizon_days smallint NOT NULL,
    payback_months smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    version smallint NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_centrecostsevent_assortment_check CHECK ((assortment >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_fixed_month_fen_check CHECK ((fixed_month_fen >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_handling_fen_check CHECK ((handling_fen >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_horizon_days_check CHECK ((horizon_days >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_investment_fen_check CHECK ((investment_fen >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_payback_months_check CHECK ((payback_months >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_unit_fen_check CHECK ((unit_fen >= 0)),
    CONSTRAINT fulfillment_centrecostsevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.fulfillment_centrecostsevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_centrecostsevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_centreprofile (
    location_id bigint NOT NULL,
    wave_size smallint NOT NULL,
    builds_waves boolean NOT NULL,
    automated boolean NOT NULL,
    CONSTRAINT centre_wave_size CHECK ((wave_size > 0)),
    CONSTRAINT fulfillment_centreprofile_wave_size_check CHECK ((wave_size >= 0))
);
CREATE TABLE public.fulfillment_centreproposal (
    id bigint NOT NULL,
    province character varying(20) NOT NULL,
    city character varying(20) NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    state character varying(10) NOT NULL,
    orders_milli bigint NOT NULL,
    needed_milli bigint NOT NULL,
    saving_fen bigint NOT NULL,
    fixed_month_fen bigint NOT NULL,
    investment_fen bigint NOT NULL,
    payback_milli integer NOT NULL,
    story jsonb NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    reckoned_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(80) NOT NULL,
    reason character varying(200) NOT NULL,
    ask_again_on date,
    ended_at timestamp with time zone,
    ended_by character varying(80) DEFAULT ''::character varying NOT NULL,
    ended_reason character varying(200) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT centre_proposal_decided CHECK ((((decided_at IS NULL) AND ((state)::text = 'open'::text)) OR ((decided_at IS NOT NULL) AND ((state)::text = 'lapsed'::text)) OR ((decided_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['accepted'::character varying, 'dismissed'::character varying, 'built'::character varying, 'given_up'::character varying])::text[])) AND (NOT ((decided_by)::text = ''::text))))),
    CONSTRAINT centre_proposal_dismissed CHECK (((NOT ((state)::text = 'dismissed'::text)) OR ((NOT ((reason)::text = ''::text)) AND (ask_again_on IS NOT NULL)))),
    CONSTRAINT centre_proposal_ended CHECK ((((ended_at IS NULL) AND ((state)::text = ANY ((ARRAY['open'::character varying, 'accepted'::character varying, 'dismissed'::character varying, 'lapsed'::character varying])::text[]))) OR ((ended_at IS NOT NULL) AND ((state)::text = 'built'::text)) OR ((ask_again_on IS NOT NULL) AND (ended_at IS NOT NULL) AND ((state)::text = 'given_up'::text) AND (NOT ((ended_by)::text = ''::text)) AND (NOT ((ended_reason)::text = ''::text))))),
    CONSTRAINT fulfillment_centreproposal_fixed_month_fen_check CHECK ((fixed_month_fen >= 0)),
    CONSTRAINT fulfillment_centreproposal_investment_fen_check CHECK ((investment_fen >= 0)),
    CONSTRAINT fulfillment_centreproposal_needed_milli_check CHECK ((needed_milli >= 0)),
    CONSTRAINT fulfillment_centreproposal_orders_milli_check CHECK ((orders_milli >= 0)),
    CONSTRAINT fulfillment_centreproposal_payback_milli_check CHECK ((payback_milli >= 0)),
    CONSTRAINT fulfillment_centreproposal_saving_fen_check CHECK ((saving_fen >= 0))
);
ALTER TABLE public.fulfillment_centreproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_centreproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_centrereckoning (
    id bigint NOT NULL,
    key character varying(48) NOT NULL,
    state character varying(8) NOT NULL,
    asked_by character varying(80) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    begun_at timestamp with time zone,
    finished_at timestamp with time zone,
    steps_done smallint NOT NULL,
    failure character varying(40) NOT NULL,
    status character varying(16) NOT NULL,
    costs jsonb NOT NULL,
    figures jsonb NOT NULL,
    candidates jsonb NOT NULL,
    centres jsonb NOT NULL,
    flows jsonb NOT NULL,
    CONSTRAINT centre_reckoning_finished CHECK ((((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying])::text[])) OR (finished_at IS NOT NULL))),
    CONSTRAINT fulfillment_centrereckoning_steps_done_check CHECK ((steps_done >= 0))
);
ALTER TABLE public.fulfillment_centrereckoning ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_centrereckoning_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_codremittance (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    remitted_at timestamp with time zone NOT NULL,
    remitted_by character varying(80) NOT NULL,
    courier_id bigint NOT NULL,
    CONSTRAINT cod_remittance_amount CHECK ((amount_fen > 0))
);
ALTER TABLE public.fulfillment_codremittance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_codremittance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_countline (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    bin character varying(12) NOT NULL,
    serial_kind character varying(8) NOT NULL,
    counted integer,
    expected integer,
    counted_by_user bigint,
    counted_at timestamp with time zone,
    approved_by_user bigint,
    is_closed boolean NOT NULL,
    location_id bigint NOT NULL,
    count_id bigint NOT NULL,
    CONSTRAINT count_line_four_eyes CHECK (((approved_by_user IS NULL) OR (NOT ((approved_by_user = counted_by_user) AND (approved_by_user IS NOT NULL) AND (counted_by_user IS NOT NULL))))),
    CONSTRAINT fulfillment_countline_counted_check CHECK ((counted >= 0))
);
ALTER TABLE public.fulfillment_countline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_countline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_countunit (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    serial_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_countunit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_countunit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_courierchoice (
    id bigint NOT NULL,
    to_province character varying(20) NOT NULL,
    courier_id bigint NOT NULL,
    location_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_courierchoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_courierchoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_couriercutoff (
    id bigint NOT NULL,
    leaves_at time without time zone NOT NULL,
    lead_minutes smallint NOT NULL,
    full_at smallint NOT NULL,
    courier_id bigint NOT NULL,
    location_id bigint NOT NULL,
    CONSTRAINT cut_off_full_at CHECK ((full_at > 0)),
    CONSTRAINT fulfillment_couriercutoff_full_at_check CHECK ((full_at >= 0)),
    CONSTRAINT fulfillment_couriercutoff_lead_minutes_check CHECK ((lead_minutes >= 0))
);
ALTER TABLE public.fulfillment_couriercutoff ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_couriercutoff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_courierevent (
    id bigint NOT NULL,
    event_id character varying(80) NOT NULL,
    body_hash character varying(64) NOT NULL,
    kind character varying(20) NOT NULL,
    parcel character varying(40) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    place character varying(80) NOT NULL,
    latitude double precision,
    longitude double precision,
    details jsonb NOT NULL,
    outcome character varying(10) NOT NULL,
    refusal character varying(40) NOT NULL,
    deliveries integer NOT NULL,
    handled_at timestamp with time zone,
    handled_by character varying(80) NOT NULL,
    courier_id bigint NOT NULL,
    fulfillment_id bigint,
    CONSTRAINT fulfillment_courierevent_deliveries_check CHECK ((deliveries >= 0))
);
ALTER TABLE public.fulfillment_courierevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_courierevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_courierfeed (
    id bigint NOT NULL,
    sealed text NOT NULL,
    is_active boolean NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    courier_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_courierfeed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_courierfeed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_courierposition (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    accuracy_m integer NOT NULL,
    at timestamp with time zone NOT NULL,
    courier_id bigint NOT NULL,
    CONSTRAINT fulfillment_courierposition_accuracy_m_check CHECK ((accuracy_m >= 0))
);
ALTER TABLE public.fulfillment_courierposition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_courierposition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_coverrule (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    window_days smallint NOT NULL,
    low_days smallint NOT NULL,
    target_days smallint NOT NULL,
    high_days smallint NOT NULL,
    least_units smallint NOT NULL,
    CONSTRAINT cover_rule_order CHECK (((low_days <= target_days) AND (target_days < high_days) AND (window_days > 0))),
    CONSTRAINT fulfillment_coverrule_high_days_check CHECK ((high_days >= 0)),
    CONSTRAINT fulfillment_coverrule_least_units_check CHECK ((least_units >= 0)),
    CONSTRAINT fulfillment_coverrule_low_days_check CHECK ((low_days >= 0)),
    CONSTRAINT fulfillment_coverrule_target_days_check CHECK ((target_days >= 0)),
    CONSTRAINT fulfillment_coverrule_window_days_check CHECK ((window_days >= 0))
);
ALTER TABLE public.fulfillment_coverrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_coverrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_coverruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    window_days smallint NOT NULL,
    low_days smallint NOT NULL,
    target_days smallint NOT NULL,
    high_days smallint NOT NULL,
    least_units smallint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_coverruleevent_high_days_check CHECK ((high_days >= 0)),
    CONSTRAINT fulfillment_coverruleevent_least_units_check CHECK ((least_units >= 0)),
    CONSTRAINT fulfillment_coverruleevent_low_days_check CHECK ((low_days >= 0)),
    CONSTRAINT fulfillment_coverruleevent_target_days_check CHECK ((target_days >= 0)),
    CONSTRAINT fulfillment_coverruleevent_window_days_check CHECK ((window_days >= 0))
);
ALTER TABLE public.fulfillment_coverruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_coverruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerday (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    day date NOT NULL,
    sell_in integer NOT NULL,
    sell_out integer NOT NULL,
    dealer_id bigint NOT NULL,
    CONSTRAINT fulfillment_dealerday_sell_in_check CHECK ((sell_in >= 0)),
    CONSTRAINT fulfillment_dealerday_sell_out_check CHECK ((sell_out >= 0))
);
ALTER TABLE public.fulfillment_dealerday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerinvoice (
    id bigint NOT NULL,
    number character varying(32),
    amount_fen bigint NOT NULL,
    paid_fen bigint NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    dealer_id bigint NOT NULL,
    order_id bigint NOT NULL,
    receipt_id bigint,
    CONSTRAINT dealer_invoice_amounts CHECK (((amount_fen > 0) AND (paid_fen <= amount_fen))),
    CONSTRAINT dealer_invoice_due CHECK ((due_on >= issued_on)),
    CONSTRAINT fulfillment_dealerinvoice_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT fulfillment_dealerinvoice_paid_fen_check CHECK ((paid_fen >= 0))
);
ALTER TABLE public.fulfillment_dealerinvoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerinvoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealernumberline (
    id bigint NOT NULL,
    province character varying(20) NOT NULL,
    city character varying(20) NOT NULL,
    grade character varying(16) NOT NULL,
    quantity integer NOT NULL,
    allotted integer NOT NULL,
    dropped integer NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT dealer_number_line_units CHECK (((quantity > 0) AND (quantity >= (allotted + dropped)))),
    CONSTRAINT fulfillment_dealernumberline_allotted_check CHECK ((allotted >= 0)),
    CONSTRAINT fulfillment_dealernumberline_dropped_check CHECK ((dropped >= 0)),
    CONSTRAINT fulfillment_dealernumberline_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.fulfillment_dealernumberline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealernumberline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerorder (
    id bigint NOT NULL,
    number character varying(32),
    state character varying(14) NOT NULL,
    hold_reason character varying(8) NOT NULL,
    amount_fen bigint NOT NULL,
    key character varying(64) NOT NULL,
    created_by bigint,
    created_by_name character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    approved_by bigint,
    approved_by_name character varying(80) NOT NULL,
    approved_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    branch_id bigint NOT NULL,
    dealer_id bigint NOT NULL,
    CONSTRAINT dealer_order_four_eyes CHECK (((approved_by IS NULL) OR (created_by IS NULL) OR (NOT ((approved_by = created_by) AND (approved_by IS NOT NULL) AND (created_by IS NOT NULL))))),
    CONSTRAINT fulfillment_dealerorder_amount_fen_check CHECK ((amount_fen >= 0))
);
ALTER TABLE public.fulfillment_dealerorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerorderevent (
    id bigint NOT NULL,
    state character varying(14) NOT NULL,
    who character varying(80) NOT NULL,
    note character varying(160) NOT NULL,
    at timestamp with time zone NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_dealerorderevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerorderevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerorderline (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    unit_fen bigint NOT NULL,
    received integer NOT NULL,
    dropped integer NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT dealer_order_line_units CHECK (((quantity > 0) AND (quantity >= (received + dropped)))),
    CONSTRAINT fulfillment_dealerorderline_dropped_check CHECK ((dropped >= 0)),
    CONSTRAINT fulfillment_dealerorderline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT fulfillment_dealerorderline_received_check CHECK ((received >= 0)),
    CONSTRAINT fulfillment_dealerorderline_unit_fen_check CHECK ((unit_fen >= 0))
);
ALTER TABLE public.fulfillment_dealerorderline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerorderline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerpayment (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    amount_fen bigint NOT NULL,
    matched_fen bigint NOT NULL,
    reference character varying(40) NOT NULL,
    received_on date NOT NULL,
    recorded_by character varying(80) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    dealer_id bigint NOT NULL,
    reason character varying(160) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT dealer_credit_has_reason CHECK (((NOT ((kind)::text = 'credit'::text)) OR (NOT ((reason)::text = ''::text)))),
    CONSTRAINT dealer_payment_amounts CHECK (((amount_fen > 0) AND (matched_fen <= amount_fen))),
    CONSTRAINT fulfillment_dealerpayment_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT fulfillment_dealerpayment_matched_fen_check CHECK ((matched_fen >= 0))
);
ALTER TABLE public.fulfillment_dealerpayment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerpayment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerreceipt (
    id bigint NOT NULL,
    by_note boolean NOT NULL,
    received_by character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    note character varying(160) NOT NULL,
    fulfillment_id bigint NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_dealerreceipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerreceipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerreceiptline (
    id bigint NOT NULL,
    sent integer NOT NULL,
    received integer NOT NULL,
    missing_serials jsonb NOT NULL,
    line_id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    CONSTRAINT dealer_receipt_units CHECK ((received <= sent)),
    CONSTRAINT fulfillment_dealerreceiptline_received_check CHECK ((received >= 0)),
    CONSTRAINT fulfillment_dealerreceiptline_sent_check CHECK ((sent >= 0))
);
ALTER TABLE public.fulfillment_dealerreceiptline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealerreceiptline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealersurplus (
    id bigint NOT NULL,
    units integer NOT NULL,
    serials jsonb NOT NULL,
    reason character varying(160) NOT NULL,
    wish character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    from_shelf boolean NOT NULL,
    reported_by bigint,
    reported_by_name character varying(80) NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_by_name character varying(80) NOT NULL,
    decided_at timestamp with time zone,
    note character varying(160) NOT NULL,
    back_by character varying(80) NOT NULL,
    back_at timestamp with time zone,
    invoice_id bigint,
    line_id bigint NOT NULL,
    receipt_id bigint NOT NULL,
    CONSTRAINT dealer_surplus_four_eyes CHECK (((decided_by IS NULL) OR (reported_by IS NULL) OR (NOT ((decided_by = reported_by) AND (decided_by IS NOT NULL) AND (reported_by IS NOT NULL))))),
    CONSTRAINT dealer_surplus_invoiced CHECK (((invoice_id IS NULL) OR ((state)::text = 'kept'::text))),
    CONSTRAINT dealer_surplus_units CHECK ((units > 0)),
    CONSTRAINT fulfillment_dealersurplus_units_check CHECK ((units >= 0))
);
ALTER TABLE public.fulfillment_dealersurplus ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealersurplus_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_dealerterms (
    dealer_id bigint NOT NULL,
    credit_limit_fen bigint NOT NULL,
    payment_days smallint NOT NULL,
    lead_days smallint NOT NULL,
    review_days smallint NOT NULL,
    service_percent smallint NOT NULL,
    is_blocked boolean NOT NULL,
    counts_from date NOT NULL,
    branch_id bigint NOT NULL,
    demand_days smallint NOT NULL,
    number_days smallint DEFAULT 90 NOT NULL,
    number_limit integer DEFAULT 200 NOT NULL,
    CONSTRAINT dealer_terms_demand CHECK (((demand_days >= 7) AND (demand_days <= 366))),
    CONSTRAINT dealer_terms_numbers CHECK ((number_days >= 1)),
    CONSTRAINT dealer_terms_service CHECK (((service_percent >= 50) AND (service_percent <= 99))),
    CONSTRAINT fulfillment_dealerterms_credit_limit_fen_check CHECK ((credit_limit_fen >= 0)),
    CONSTRAINT fulfillment_dealerterms_demand_days_check CHECK ((demand_days >= 0)),
    CONSTRAINT fulfillment_dealerterms_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_dealerterms_number_days_check CHECK ((number_days >= 0)),
    CONSTRAINT fulfillment_dealerterms_number_limit_check CHECK ((number_limit >= 0)),
    CONSTRAINT fulfillment_dealerterms_payment_days_check CHECK ((payment_days >= 0)),
    CONSTRAINT fulfillment_dealerterms_review_days_check CHECK ((review_days >= 0)),
    CONSTRAINT fulfillment_dealerterms_service_percent_check CHECK ((service_percent >= 0))
);
CREATE TABLE public.fulfillment_dealertermsevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    credit_limit_fen bigint NOT NULL,
    payment_days smallint NOT NULL,
    lead_days smallint NOT NULL,
    review_days smallint NOT NULL,
    service_percent smallint NOT NULL,
    is_blocked boolean NOT NULL,
    counts_from date NOT NULL,
    branch_id bigint NOT NULL,
    dealer_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    demand_days smallint NOT NULL,
    number_days smallint DEFAULT 90 NOT NULL,
    number_limit integer DEFAULT 200 NOT NULL,
    CONSTRAINT fulfillment_dealertermsevent_credit_limit_fen_check CHECK ((credit_limit_fen >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_demand_days_check CHECK ((demand_days >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_number_days_check CHECK ((number_days >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_number_limit_check CHECK ((number_limit >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_payment_days_check CHECK ((payment_days >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_review_days_check CHECK ((review_days >= 0)),
    CONSTRAINT fulfillment_dealertermsevent_service_percent_check CHECK ((service_percent >= 0))
);
ALTER TABLE public.fulfillment_dealertermsevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_dealertermsevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_delivery (
    id bigint NOT NULL,
    identity_id bigint,
    due_on date NOT NULL,
    cod_fen bigint NOT NULL,
    loaded_at timestamp with time zone,
    arrived_at timestamp with time zone,
    identity_passed_at timestamp with time zone,
    signed_at timestamp with time zone,
    signature_sha256 character varying(64) NOT NULL,
    cod_collected_fen bigint NOT NULL,
    cod_means character varying(4) NOT NULL,
    finished_at timestamp with time zone,
    refused_reason character varying(16) NOT NULL,
    returned_at timestamp with time zone,
    courier_name character varying(80) NOT NULL,
    courier_id bigint NOT NULL,
    remittance_id bigint,
    fulfillment_id bigint NOT NULL,
    manifest_id bigint NOT NULL,
    courier_user_id bigint,
    qr_reference character varying(40),
    visit smallint NOT NULL,
    waybill character varying(40) NOT NULL,
    CONSTRAINT delivery_cod_exact CHECK (((cod_collected_fen = 0) OR (cod_collected_fen = cod_fen))),
    CONSTRAINT fulfillment_delivery_visit_check CHECK ((visit >= 0))
);
ALTER TABLE public.fulfillment_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_deliveryphoto (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    sha256 character varying(64) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    size integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT fulfillment_deliveryphoto_height_check CHECK ((height >= 0)),
    CONSTRAINT fulfillment_deliveryphoto_size_check CHECK ((size >= 0)),
    CONSTRAINT fulfillment_deliveryphoto_width_check CHECK ((width >= 0))
);
ALTER TABLE public.fulfillment_deliveryphoto ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_deliveryphoto_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_doorvisit (
    id bigint NOT NULL,
    number smallint NOT NULL,
    by character varying(80) NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    "position" character varying(12) NOT NULL,
    latitude double precision,
    longitude double precision,
    accuracy_m integer,
    distance_m integer,
    ended_at timestamp with time zone,
    "end" character varying(10) NOT NULL,
    reason character varying(16) NOT NULL,
    next_on date,
    delivery_id bigint NOT NULL,
    CONSTRAINT door_visit_end CHECK ((((("end")::text = ''::text) AND (ended_at IS NULL)) OR ((NOT (("end")::text = ''::text)) AND (NOT (ended_at IS NULL))))),
    CONSTRAINT door_visit_position CHECK ((((accuracy_m IS NOT NULL) AND (latitude IS NOT NULL) AND (longitude IS NOT NULL) AND (("position")::text = 'fixed'::text)) OR ((NOT (("position")::text = 'fixed'::text)) AND (accuracy_m IS NULL) AND (latitude IS NULL) AND (longitude IS NULL)))),
    CONSTRAINT fulfillment_doorvisit_accuracy_m_check CHECK ((accuracy_m >= 0)),
    CONSTRAINT fulfillment_doorvisit_distance_m_check CHECK ((distance_m >= 0)),
    CONSTRAINT fulfillment_doorvisit_number_check CHECK ((number >= 0))
);
ALTER TABLE public.fulfillment_doorvisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_doorvisit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_evidence (
    id bigint NOT NULL,
    document jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    fulfillment_id bigint NOT NULL,
    mac character varying(64) NOT NULL,
    seals jsonb NOT NULL
);
ALTER TABLE public.fulfillment_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_exclusion (
    id bigint NOT NULL,
    reason character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    location_id bigint NOT NULL,
    demand_id bigint NOT NULL,
    line_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_exclusion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_exclusion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_fulfillmentdemand (
    id bigint NOT NULL,
    order_number character varying(32) NOT NULL,
    channel character varying(16) NOT NULL,
    way character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    wish jsonb NOT NULL,
    attempts smallint NOT NULL,
    reason character varying(120) NOT NULL,
    expires_at timestamp with time zone,
    placed_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    customer character varying(40) DEFAULT ''::character varying NOT NULL,
    promised_on date,
    CONSTRAINT fulfillment_fulfillmentdemand_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.fulfillment_fulfillmentdemand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_fulfillmentdemand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_fulfillmentevent (
    id bigint NOT NULL,
    state character varying(20) NOT NULL,
    who character varying(80) NOT NULL,
    note character varying(160) NOT NULL,
    at timestamp with time zone NOT NULL,
    fulfillment_id bigint NOT NULL,
    is_step boolean DEFAULT true NOT NULL
);
ALTER TABLE public.fulfillment_fulfillmentevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_fulfillmentevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_fulfillmentline (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    serial_kind character varying(8) NOT NULL,
    msisdn character varying(20) NOT NULL,
    plan_sku character varying(64) NOT NULL,
    identity_id bigint,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT fulfillment_fulfillmentline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT fulfillment_line_quantity CHECK ((quantity > 0))
);
ALTER TABLE public.fulfillment_fulfillmentline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_fulfillmentline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_fulfillmentorder (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    way character varying(8) NOT NULL,
    state character varying(20) NOT NULL,
    distance_km integer NOT NULL,
    weight_g integer NOT NULL,
    freight_fen bigint NOT NULL,
    cod_fen bigint NOT NULL,
    needs_identity boolean NOT NULL,
    accept_by timestamp with time zone,
    note character varying(160) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    demand_id bigint NOT NULL,
    location_id bigint NOT NULL,
    trunk_fen integer NOT NULL,
    via_id bigint,
    leaves_on date,
    packed_g integer,
    transit_days smallint DEFAULT 0 NOT NULL,
    CONSTRAINT fulfillment_fulfillmentorder_cod_fen_check CHECK ((cod_fen >= 0)),
    CONSTRAINT fulfillment_fulfillmentorder_distance_km_check CHECK ((distance_km >= 0)),
    CONSTRAINT fulfillment_fulfillmentorder_freight_fen_check CHECK ((freight_fen >= 0)),
    CONSTRAINT fulfillment_fulfillmentorder_packed_g_check CHECK ((packed_g >= 0)),
    CONSTRAINT fulfillment_fulfillmentorder_transit_days_check CHECK ((transit_days >= 0)),
    CONSTRAINT fulfillment_fulfillmentorder_trunk_fen_check CHECK ((trunk_fen >= 0)),
    CONSTRAINT fulfillment_fulfillmentorder_weight_g_check CHECK ((weight_g >= 0))
);
ALTER TABLE public.fulfillment_fulfillmentorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_fulfillmentorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_identitycheck (
    id bigint NOT NULL,
    name_masked character varying(40) NOT NULL,
    passed boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    fulfillment_id bigint NOT NULL,
    outcome character varying(20) NOT NULL,
    place character varying(8) NOT NULL,
    shown text NOT NULL,
    CONSTRAINT identity_check_outcome CHECK (((((outcome)::text = 'passed'::text) AND passed) OR ((NOT passed) AND (NOT ((outcome)::text = 'passed'::text)))))
);
ALTER TABLE public.fulfillment_identitycheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_identitycheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_labelprint (
    id bigint NOT NULL,
    number smallint NOT NULL,
    printed_at timestamp with time zone NOT NULL,
    printed_by character varying(80) NOT NULL,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT fulfillment_labelprint_number_check CHECK ((number >= 0))
);
ALTER TABLE public.fulfillment_labelprint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_labelprint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_leftbehind (
    id bigint NOT NULL,
    fulfillment_id bigint NOT NULL,
    manifest_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_leftbehind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_leftbehind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_locationday (
    id bigint NOT NULL,
    day date NOT NULL,
    is_closed boolean NOT NULL,
    capacity integer,
    cutoff_hour smallint,
    note character varying(80) NOT NULL,
    location_id bigint NOT NULL,
    CONSTRAINT fulfillment_locationday_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT fulfillment_locationday_cutoff_hour_check CHECK ((cutoff_hour >= 0)),
    CONSTRAINT location_day_cutoff CHECK (((cutoff_hour IS NULL) OR (cutoff_hour <= 24)))
);
ALTER TABLE public.fulfillment_locationday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_locationday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_locationdayevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    day date NOT NULL,
    is_closed boolean NOT NULL,
    capacity integer,
    cutoff_hour smallint,
    note character varying(80) NOT NULL,
    location_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_locationdayevent_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT fulfillment_locationdayevent_cutoff_hour_check CHECK ((cutoff_hour >= 0))
);
ALTER TABLE public.fulfillment_locationdayevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_locationdayevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_locationload (
    id bigint NOT NULL,
    day date NOT NULL,
    packages integer NOT NULL,
    location_id bigint NOT NULL,
    CONSTRAINT fulfillment_locationload_packages_check CHECK ((packages >= 0))
);
ALTER TABLE public.fulfillment_locationload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_locationload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_locationprofile (
    location_id bigint NOT NULL,
    origin_province character varying(20) NOT NULL,
    handling_fen integer NOT NULL,
    load_fen integer NOT NULL,
    acceptance_percent smallint NOT NULL,
    must_accept boolean NOT NULL,
    accept_minutes smallint NOT NULL,
    writes_sim boolean NOT NULL,
    ships boolean NOT NULL,
    daily_capacity integer,
    cutoff_hour smallint NOT NULL,
    home_province character varying(20) NOT NULL,
    delivers_to character varying(20)[] NOT NULL,
    is_open boolean NOT NULL,
    CONSTRAINT fulfillment_locationprofile_accept_minutes_check CHECK ((accept_minutes >= 0)),
    CONSTRAINT fulfillment_locationprofile_acceptance_percent_check CHECK ((acceptance_percent >= 0)),
    CONSTRAINT fulfillment_locationprofile_cutoff_hour_check CHECK ((cutoff_hour >= 0)),
    CONSTRAINT fulfillment_locationprofile_daily_capacity_check CHECK ((daily_capacity >= 0)),
    CONSTRAINT fulfillment_locationprofile_handling_fen_check CHECK ((handling_fen >= 0)),
    CONSTRAINT fulfillment_locationprofile_load_fen_check CHECK ((load_fen >= 0)),
    CONSTRAINT profile_acceptance CHECK (((acceptance_percent >= 1) AND (acceptance_percent <= 100))),
    CONSTRAINT profile_cutoff CHECK ((cutoff_hour <= 24))
);
CREATE TABLE public.fulfillment_locationprofileevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    origin_province character varying(20) NOT NULL,
    handling_fen integer NOT NULL,
    load_fen integer NOT NULL,
    acceptance_percent smallint NOT NULL,
    must_accept boolean NOT NULL,
    accept_minutes smallint NOT NULL,
    writes_sim boolean NOT NULL,
    ships boolean NOT NULL,
    daily_capacity integer,
    cutoff_hour smallint NOT NULL,
    home_province character varying(20) NOT NULL,
    delivers_to character varying(20)[] NOT NULL,
    is_open boolean NOT NULL,
    location_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_locationprofileevent_accept_minutes_check CHECK ((accept_minutes >= 0)),
    CONSTRAINT fulfillment_locationprofileevent_acceptance_percent_check CHECK ((acceptance_percent >= 0)),
    CONSTRAINT fulfillment_locationprofileevent_cutoff_hour_check CHECK ((cutoff_hour >= 0)),
    CONSTRAINT fulfillment_locationprofileevent_daily_capacity_check CHECK ((daily_capacity >= 0)),
    CONSTRAINT fulfillment_locationprofileevent_handling_fen_check CHECK ((handling_fen >= 0)),
    CONSTRAINT fulfillment_locationprofileevent_load_fen_check CHECK ((load_fen >= 0))
);
ALTER TABLE public.fulfillment_locationprofileevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_locationprofileevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_manifest (
    id bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    handed_over_by character varying(80) NOT NULL,
    parcels integer NOT NULL,
    courier_id bigint NOT NULL,
    location_id bigint NOT NULL,
    received_by character varying(80) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT fulfillment_manifest_parcels_check CHECK ((parcels >= 0))
);
ALTER TABLE public.fulfillment_manifest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_manifest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_noticeline (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    came integer NOT NULL,
    line_id bigint NOT NULL,
    notice_id bigint NOT NULL,
    CONSTRAINT fulfillment_noticeline_came_check CHECK ((came >= 0)),
    CONSTRAINT fulfillment_noticeline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT notice_line_units CHECK (((came <= quantity) AND (quantity > 0)))
);
ALTER TABLE public.fulfillment_noticeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_noticeline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_noticeserial (
    id bigint NOT NULL,
    serial character varying(32) NOT NULL,
    line_id bigint NOT NULL,
    notice_line_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_noticeserial ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_noticeserial_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_numberreceipt (
    msisdn character varying(13) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    batch_id bigint NOT NULL
);
CREATE TABLE public.fulfillment_optimiserrun (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    status character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    orders integer NOT NULL,
    changed integer NOT NULL,
    figures jsonb NOT NULL,
    milliseconds integer NOT NULL,
    CONSTRAINT fulfillment_optimiserrun_changed_check CHECK ((changed >= 0)),
    CONSTRAINT fulfillment_optimiserrun_milliseconds_check CHECK ((milliseconds >= 0)),
    CONSTRAINT fulfillment_optimiserrun_orders_check CHECK ((orders >= 0))
);
ALTER TABLE public.fulfillment_optimiserrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_optimiserrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_optimiserswitch (
    kind character varying(12) NOT NULL,
    is_on boolean NOT NULL,
    changed_by character varying(80) NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE TABLE public.fulfillment_optimiserswitchevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    kind character varying(12) NOT NULL,
    is_on boolean NOT NULL,
    changed_by character varying(80) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id character varying(12) NOT NULL
);
ALTER TABLE public.fulfillment_optimiserswitchevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_optimiserswitchevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_paymentmatch (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    who character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    invoice_id bigint NOT NULL,
    payment_id bigint NOT NULL,
    CONSTRAINT fulfillment_paymentmatch_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT payment_match_amount CHECK ((amount_fen > 0))
);
ALTER TABLE public.fulfillment_paymentmatch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_paymentmatch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_picktask (
    id bigint NOT NULL,
    bin character varying(16) NOT NULL,
    state character varying(8) NOT NULL,
    done_at timestamp with time zone,
    done_by character varying(80) NOT NULL,
    line_id bigint NOT NULL,
    wave_id bigint NOT NULL,
    sorted_at timestamp with time zone,
    sorted_serials character varying(32)[] NOT NULL
);
ALTER TABLE public.fulfillment_picktask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_picktask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_pickupcode (
    id bigint NOT NULL,
    code_hash character varying(64) NOT NULL,
    sealed character varying(200) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    wrong_guesses smallint NOT NULL,
    locked_until timestamp with time zone,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT fulfillment_pickupcode_wrong_guesses_check CHECK ((wrong_guesses >= 0))
);
ALTER TABLE public.fulfillment_pickupcode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_pickupcode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_pickupguess (
    id bigint NOT NULL,
    outcome character varying(8) NOT NULL,
    by character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    fulfillment_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_pickupguess ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_pickupguess_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_pickupproposal (
    id bigint NOT NULL,
    distance_km double precision NOT NULL,
    state character varying(10) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answered_by character varying(80) NOT NULL,
    demand_id bigint NOT NULL,
    from_location_id bigint NOT NULL,
    to_location_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_pickupproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_pickupproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_postagerate (
    id bigint NOT NULL,
    zone character varying(12) NOT NULL,
    first_g integer NOT NULL,
    first_fen integer NOT NULL,
    step_g integer NOT NULL,
    step_fen integer NOT NULL,
    volumetric_divisor integer NOT NULL,
    days smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    version smallint NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone,
    CONSTRAINT fulfillment_postagerate_days_check CHECK ((days >= 0)),
    CONSTRAINT fulfillment_postagerate_first_fen_check CHECK ((first_fen >= 0)),
    CONSTRAINT fulfillment_postagerate_first_g_check CHECK ((first_g >= 0)),
    CONSTRAINT fulfillment_postagerate_step_fen_check CHECK ((step_fen >= 0)),
    CONSTRAINT fulfillment_postagerate_step_g_check CHECK ((step_g >= 0)),
    CONSTRAINT fulfillment_postagerate_version_check CHECK ((version >= 0)),
    CONSTRAINT fulfillment_postagerate_volumetric_divisor_check CHECK ((volumetric_divisor >= 0)),
    CONSTRAINT postage_rate_dates CHECK (((ends IS NULL) OR (ends > starts))),
    CONSTRAINT postage_rate_steps CHECK (((first_g > 0) AND (step_g > 0) AND (volumetric_divisor > 0)))
);
ALTER TABLE public.fulfillment_postagerate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_postagerate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_postagerateevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    zone character varying(12) NOT NULL,
    first_g integer NOT NULL,
    first_fen integer NOT NULL,
    step_g integer NOT NULL,
    step_fen integer NOT NULL,
    volumetric_divisor integer NOT NULL,
    days smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    version smallint NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_postagerateevent_days_check CHECK ((days >= 0)),
    CONSTRAINT fulfillment_postagerateevent_first_fen_check CHECK ((first_fen >= 0)),
    CONSTRAINT fulfillment_postagerateevent_first_g_check CHECK ((first_g >= 0)),
    CONSTRAINT fulfillment_postagerateevent_step_fen_check CHECK ((step_fen >= 0)),
    CONSTRAINT fulfillment_postagerateevent_step_g_check CHECK ((step_g >= 0)),
    CONSTRAINT fulfillment_postagerateevent_version_check CHECK ((version >= 0)),
    CONSTRAINT fulfillment_postagerateevent_volumetric_divisor_check CHECK ((volumetric_divisor >= 0))
);
ALTER TABLE public.fulfillment_postagerateevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_postagerateevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_posting (
    demand_id bigint NOT NULL,
    line_id bigint NOT NULL,
    sender_identity_id bigint NOT NULL,
    contents character varying(120) NOT NULL,
    weight_g integer NOT NULL,
    length_cm smallint NOT NULL,
    width_cm smallint NOT NULL,
    height_cm smallint NOT NULL,
    billed_g integer NOT NULL,
    declared_fen bigint NOT NULL,
    postage_fen bigint NOT NULL,
    freight_fen bigint NOT NULL,
    transit_days smallint NOT NULL,
    inspected_by character varying(80) NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    collected_at timestamp with time zone,
    given_back_by character varying(80) NOT NULL,
    rate_id bigint NOT NULL,
    store_id bigint NOT NULL,
    CONSTRAINT fulfillment_posting_billed_g_check CHECK ((billed_g >= 0)),
    CONSTRAINT fulfillment_posting_declared_fen_check CHECK ((declared_fen >= 0)),
    CONSTRAINT fulfillment_posting_freight_fen_check CHECK ((freight_fen >= 0)),
    CONSTRAINT fulfillment_posting_height_cm_check CHECK ((height_cm >= 0)),
    CONSTRAINT fulfillment_posting_length_cm_check CHECK ((length_cm >= 0)),
    CONSTRAINT fulfillment_posting_postage_fen_check CHECK ((postage_fen >= 0)),
    CONSTRAINT fulfillment_posting_transit_days_check CHECK ((transit_days >= 0)),
    CONSTRAINT fulfillment_posting_weight_g_check CHECK ((weight_g >= 0)),
    CONSTRAINT fulfillment_posting_width_cm_check CHECK ((width_cm >= 0)),
    CONSTRAINT posting_given_back CHECK ((((collected_at IS NULL) AND ((given_back_by)::text = ''::text)) OR ((accepted_at IS NOT NULL) AND (collected_at IS NOT NULL) AND (NOT ((given_back_by)::text = ''::text))))),
    CONSTRAINT posting_inspected CHECK (((NOT ((contents)::text = ''::text)) AND (NOT ((inspected_by)::text = ''::text)))),
    CONSTRAINT posting_measured CHECK (((height_cm > 0) AND (length_cm > 0) AND (weight_g > 0) AND (width_cm > 0) AND (billed_g >= weight_g)))
);
CREATE TABLE public.fulfillment_provisioningjob (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    kind character varying(16) NOT NULL,
    state character varying(8) NOT NULL,
    order_number character varying(32) NOT NULL,
    line_id bigint NOT NULL,
    msisdn character varying(15) NOT NULL,
    iccid character varying(20) NOT NULL,
    sku character varying(64) NOT NULL,
    amount_fen bigint NOT NULL,
    identity_id bigint,
    reason character varying(40) NOT NULL,
    reference character varying(40) NOT NULL,
    round smallint NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    fulfillment_id bigint,
    undo_id bigint,
    CONSTRAINT fulfillment_provisioningjob_round_check CHECK ((round >= 0)),
    CONSTRAINT provisioning_amount CHECK ((amount_fen >= 0))
);
ALTER TABLE public.fulfillment_provisioningjob ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_provisioningjob_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_rechargecard (
    unit_id bigint NOT NULL,
    pin_encrypted text NOT NULL,
    pin_hash character varying(64) NOT NULL,
    face_fen integer NOT NULL,
    expires_on date,
    CONSTRAINT fulfillment_rechargecard_face_fen_check CHECK ((face_fen >= 0))
);
CREATE TABLE public.fulfillment_refusedunits (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    reason character varying(16) NOT NULL,
    serials jsonb NOT NULL,
    returned_at timestamp with time zone,
    delivery_id bigint NOT NULL,
    line_id bigint NOT NULL,
    CONSTRAINT fulfillment_refusedunits_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT refused_units_some CHECK ((quantity > 0))
);
ALTER TABLE public.fulfillment_refusedunits ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_refusedunits_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_replenishmentproposal (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    on_hand integer NOT NULL,
    on_order integer NOT NULL,
    daily_milli integer NOT NULL,
    spread_milli integer NOT NULL,
    safety integer NOT NULL,
    reorder_point integer NOT NULL,
    quantity integer NOT NULL,
    computed_at timestamp with time zone NOT NULL,
    dealer_id bigint NOT NULL,
    order_id bigint,
    CONSTRAINT fulfillment_replenishmentproposal_daily_milli_check CHECK ((daily_milli >= 0)),
    CONSTRAINT fulfillment_replenishmentproposal_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT fulfillment_replenishmentproposal_reorder_point_check CHECK ((reorder_point >= 0)),
    CONSTRAINT fulfillment_replenishmentproposal_safety_check CHECK ((safety >= 0)),
    CONSTRAINT fulfillment_replenishmentproposal_spread_milli_check CHECK ((spread_milli >= 0))
);
ALTER TABLE public.fulfillment_replenishmentproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_replenishmentproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_reservation (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    state character varying(10) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    demand_id bigint NOT NULL,
    fulfillment_id bigint,
    location_id bigint NOT NULL,
    level_id bigint NOT NULL,
    CONSTRAINT reservation_quantity CHECK ((quantity > 0))
);
ALTER TABLE public.fulfillment_reservation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_reservation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_routingtrace (
    id bigint NOT NULL,
    attempt smallint NOT NULL,
    outcome character varying(16) NOT NULL,
    story jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    demand_id bigint NOT NULL,
    CONSTRAINT fulfillment_routingtrace_attempt_check CHECK ((attempt >= 0))
);
ALTER TABLE public.fulfillment_routingtrace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_routingtrace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_routingweights (
    id bigint NOT NULL,
    extra_package_fen integer NOT NULL,
    late_day_fen integer NOT NULL,
    refusal_fen integer NOT NULL,
    scarcity_fen integer NOT NULL,
    unfilled_fen integer NOT NULL,
    least_saving_fen integer NOT NULL,
    starts date NOT NULL,
    ends date,
    version smallint NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT fulfillment_routingweights_extra_package_fen_check CHECK ((extra_package_fen >= 0)),
    CONSTRAINT fulfillment_routingweights_late_day_fen_check CHECK ((late_day_fen >= 0)),
    CONSTRAINT fulfillment_routingweights_least_saving_fen_check CHECK ((least_saving_fen >= 0)),
    CONSTRAINT fulfillment_routingweights_refusal_fen_check CHECK ((refusal_fen >= 0)),
    CONSTRAINT fulfillment_routingweights_scarcity_fen_check CHECK ((scarcity_fen >= 0)),
    CONSTRAINT fulfillment_routingweights_unfilled_fen_check CHECK ((unfilled_fen >= 0)),
    CONSTRAINT fulfillment_routingweights_version_check CHECK ((version >= 0)),
    CONSTRAINT routing_weights_dates CHECK (((ends IS NULL) OR (ends > starts)))
);
ALTER TABLE public.fulfillment_routingweights ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_routingweights_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_routingweightsevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    extra_package_fen integer NOT NULL,
    late_day_fen integer NOT NULL,
    refusal_fen integer NOT NULL,
    scarcity_fen integer NOT NULL,
    unfilled_fen integer NOT NULL,
    least_saving_fen integer NOT NULL,
    starts date NOT NULL,
    ends date,
    version smallint NOT NULL,
    made_by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_routingweightsevent_extra_package_fen_check CHECK ((extra_package_fen >= 0)),
    CONSTRAINT fulfillment_routingweightsevent_late_day_fen_check CHECK ((late_day_fen >= 0)),
    CONSTRAINT fulfillment_routingweightsevent_least_saving_fen_check CHECK ((least_saving_fen >= 0)),
    CONSTRAINT fulfillment_routingweightsevent_refusal_fen_check CHECK ((refusal_fen >= 0)),
    CONSTRAINT fulfillment_routingweightsevent_scarcity_fen_check CHECK ((scarcity_fen >= 0)),
    CONSTRAINT fulfillment_routingweightsevent_unfilled_fen_check CHECK ((unfilled_fen >= 0)),
    CONSTRAINT fulfillment_routingweightsevent_version_check CHECK ((version >= 0))
);
ALTER TABLE public.fulfillment_routingweightsevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_routingweightsevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_safetystock (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    channel character varying(16) NOT NULL,
    quantity integer NOT NULL,
    location_id bigint,
    CONSTRAINT fulfillment_safetystock_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.fulfillment_safetystock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_safetystock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_safetystockevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    channel character varying(16) NOT NULL,
    quantity integer NOT NULL,
    location_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_safetystockevent_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.fulfillment_safetystockevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_safetystockevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_serialactivation (
    id bigint NOT NULL,
    activated_at timestamp with time zone NOT NULL,
    dealer_id bigint,
    unit_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_serialactivation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_serialactivation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_serialclaim (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    line_id bigint NOT NULL,
    serial_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_serialclaim ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_serialclaim_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_serialevent (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    reason character varying(120) NOT NULL,
    grade character varying(1) NOT NULL,
    reference character varying(64) NOT NULL,
    who character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    location_id bigint,
    unit_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_serialevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_serialevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_serialimport (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    sku character varying(64) NOT NULL,
    delivery_note character varying(40) NOT NULL,
    file_name character varying(120) NOT NULL,
    digest character varying(64) NOT NULL,
    content text NOT NULL,
    state character varying(8) NOT NULL,
    failure character varying(40) NOT NULL,
    rows_total integer NOT NULL,
    rows_done integer NOT NULL,
    rows_good integer NOT NULL,
    rows_known integer NOT NULL,
    rows_rejected integer NOT NULL,
    uploaded_by character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    location_id bigint NOT NULL,
    reversal_reason character varying(120) NOT NULL,
    reversed_at timestamp with time zone,
    reversed_by character varying(80) NOT NULL,
    CONSTRAINT fulfillment_serialimport_rows_done_check CHECK ((rows_done >= 0)),
    CONSTRAINT fulfillment_serialimport_rows_good_check CHECK ((rows_good >= 0)),
    CONSTRAINT fulfillment_serialimport_rows_known_check CHECK ((rows_known >= 0)),
    CONSTRAINT fulfillment_serialimport_rows_rejected_check CHECK ((rows_rejected >= 0)),
    CONSTRAINT fulfillment_serialimport_rows_total_check CHECK ((rows_total >= 0)),
    CONSTRAINT serial_import_reversal CHECK (((NOT ((state)::text = 'reversed'::text)) OR ((reversed_at IS NOT NULL) AND (NOT ((reversal_reason)::text = ''::text))))),
    CONSTRAINT serial_import_rows CHECK (((rows_done = ((rows_good + rows_known) + rows_rejected)) AND (rows_done <= rows_total)))
);
ALTER TABLE public.fulfillment_serialimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_serialimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_serialimportreject (
    id bigint NOT NULL,
    line_number integer NOT NULL,
    serial character varying(40) NOT NULL,
    code character varying(32) NOT NULL,
    detail character varying(80) NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT fulfillment_serialimportreject_line_number_check CHECK ((line_number >= 0))
);
ALTER TABLE public.fulfillment_serialimportreject ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_serialimportreject_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_serialunit (
    id bigint NOT NULL,
    serial character varying(32) NOT NULL,
    kind character varying(8) NOT NULL,
    sku character varying(64) NOT NULL,
    state character varying(12) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    location_id bigint NOT NULL,
    grade character varying(1) DEFAULT ''::character varying NOT NULL,
    received_with_id bigint
);
ALTER TABLE public.fulfillment_serialunit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_serialunit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_shadowprice (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    fen double precision NOT NULL,
    location_id bigint NOT NULL,
    CONSTRAINT shadow_price_positive CHECK ((fen > (0.0)::double precision))
);
ALTER TABLE public.fulfillment_shadowprice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_shadowprice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_simulatedaccount (
    id bigint NOT NULL,
    msisdn character varying(15) NOT NULL,
    iccid character varying(20) NOT NULL,
    plan_sku character varying(64) NOT NULL,
    balance_fen bigint NOT NULL,
    packs jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL
);
ALTER TABLE public.fulfillment_simulatedaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_simulatedaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_simulatedcall (
    id bigint NOT NULL,
    key character varying(80) NOT NULL,
    body_hash character varying(64) NOT NULL,
    status smallint NOT NULL,
    answer jsonb NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    CONSTRAINT fulfillment_simulatedcall_status_check CHECK ((status >= 0))
);
ALTER TABLE public.fulfillment_simulatedcall ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_simulatedcall_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_simulatorfault (
    id bigint NOT NULL,
    tail character varying(15) NOT NULL,
    operation character varying(16) NOT NULL,
    effect character varying(12) NOT NULL,
    times_left integer,
    CONSTRAINT fulfillment_simulatorfault_times_left_check CHECK ((times_left >= 0))
);
ALTER TABLE public.fulfillment_simulatorfault ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_simulatorfault_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_standstilldecision (
    id bigint NOT NULL,
    tool character varying(12) NOT NULL,
    state character varying(20) NOT NULL,
    reason character varying(160) NOT NULL,
    by character varying(80) NOT NULL,
    user_id bigint,
    at timestamp with time zone NOT NULL,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT standstill_has_reason CHECK ((NOT ((reason)::text = ''::text)))
);
ALTER TABLE public.fulfillment_standstilldecision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_standstilldecision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_standstilllimit (
    id bigint NOT NULL,
    state character varying(20) NOT NULL,
    hours integer NOT NULL,
    location_id bigint,
    CONSTRAINT fulfillment_standstilllimit_hours_check CHECK ((hours >= 0)),
    CONSTRAINT standstill_limit_hours CHECK ((hours > 0))
);
ALTER TABLE public.fulfillment_standstilllimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_standstilllimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_standstilllimitevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    state character varying(20) NOT NULL,
    hours integer NOT NULL,
    location_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    CONSTRAINT fulfillment_standstilllimitevent_hours_check CHECK ((hours >= 0))
);
ALTER TABLE public.fulfillment_standstilllimitevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_standstilllimitevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stationright (
    id bigint NOT NULL,
    station character varying(12) NOT NULL,
    location_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_stationright ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stationright_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stationstep (
    id bigint NOT NULL,
    station character varying(12) NOT NULL,
    user_id bigint NOT NULL,
    what character varying(120) NOT NULL,
    facts jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    fulfillment_id bigint NOT NULL,
    location_id bigint NOT NULL,
    undone_by character varying(80) NOT NULL
);
ALTER TABLE public.fulfillment_stationstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stationstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stationtarget (
    id bigint NOT NULL,
    station character varying(12) NOT NULL,
    per_hour integer NOT NULL,
    oldest_minutes integer NOT NULL,
    location_id bigint NOT NULL,
    CONSTRAINT fulfillment_stationtarget_oldest_minutes_check CHECK ((oldest_minutes >= 0)),
    CONSTRAINT fulfillment_stationtarget_per_hour_check CHECK ((per_hour >= 0))
);
ALTER TABLE public.fulfillment_stationtarget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stationtarget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stockbucket (
    id bigint NOT NULL,
    number smallint NOT NULL,
    free integer NOT NULL,
    kept integer NOT NULL,
    taken bigint NOT NULL,
    level_id bigint NOT NULL,
    CONSTRAINT stock_bucket_free CHECK (((free >= 0) AND (number >= 0)))
)
WITH (fillfactor='20');
CREATE TABLE public.fulfillment_stocklevel (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    on_hand integer NOT NULL,
    reserved integer NOT NULL,
    bin character varying(12) NOT NULL,
    location_id bigint NOT NULL,
    buckets smallint DEFAULT 0 NOT NULL,
    CONSTRAINT stock_level_bounds CHECK (((buckets >= 0) AND (on_hand >= reserved) AND (reserved >= 0)))
)
WITH (fillfactor='80');
CREATE VIEW public.fulfillment_stock AS
 SELECT id,
    sku,
    location_id,
    on_hand,
    bin,
    buckets,
    (reserved -
        CASE
            WHEN (buckets = 0) THEN 0
            ELSE COALESCE(( SELECT (sum(b.free))::integer AS sum
               FROM public.fulfillment_stockbucket b
              WHERE (b.level_id = l.id)), 0)
        END) AS reserved
   FROM public.fulfillment_stocklevel l;
ALTER TABLE public.fulfillment_stockbucket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stockbucket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stockcount (
    id bigint NOT NULL,
    code character varying(24) NOT NULL,
    state character varying(10) NOT NULL,
    scope character varying(120) NOT NULL,
    note character varying(160) NOT NULL,
    opened_by character varying(80) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    counted_by character varying(80) NOT NULL,
    counted_by_user bigint,
    counted_at timestamp with time zone,
    approved_by character varying(80) NOT NULL,
    approved_by_user bigint,
    approved_at timestamp with time zone,
    location_id bigint NOT NULL,
    CONSTRAINT stock_count_four_eyes CHECK ((((NOT ((state)::text = 'posted'::text)) OR ((approved_by_user IS NOT NULL) AND (counted_by_user IS NOT NULL))) AND ((approved_by_user IS NULL) OR (NOT ((approved_by_user = counted_by_user) AND (approved_by_user IS NOT NULL) AND (counted_by_user IS NOT NULL))))))
);
ALTER TABLE public.fulfillment_stockcount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stockcount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stockheat (
    level_id bigint NOT NULL,
    divided_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    seen_units bigint NOT NULL,
    quiet_since timestamp with time zone
);
ALTER TABLE public.fulfillment_stocklevel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stocklevel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stockmovement (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    from_place character varying(8) NOT NULL,
    to_place character varying(8) NOT NULL,
    reason character varying(24) NOT NULL,
    reference character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    from_location_id bigint,
    to_location_id bigint,
    CONSTRAINT fulfillment_stockmovement_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT movement_from CHECK ((((from_location_id IS NOT NULL) AND ((from_place)::text = 'location'::text)) OR ((NOT ((from_place)::text = 'location'::text)) AND (from_location_id IS NULL)))),
    CONSTRAINT movement_quantity CHECK ((quantity > 0)),
    CONSTRAINT movement_to CHECK ((((to_location_id IS NOT NULL) AND ((to_place)::text = 'location'::text)) OR ((NOT ((to_place)::text = 'location'::text)) AND (to_location_id IS NULL))))
);
ALTER TABLE public.fulfillment_stockmovement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stockmovement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stocksync (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    sequence bigint NOT NULL,
    basis character varying(8) NOT NULL,
    body_hash character varying(64) NOT NULL,
    answer jsonb NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    institution_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_stocksync ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stocksync_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stocksynccell (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    sku character varying(64) NOT NULL,
    sequence bigint NOT NULL,
    institution_id bigint NOT NULL,
    location_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_stocksynccell ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stocksynccell_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_stocktransfer (
    id bigint NOT NULL,
    code character varying(24) NOT NULL,
    state character varying(10) NOT NULL,
    note character varying(160) NOT NULL,
    requested_by character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    from_location_id bigint NOT NULL,
    to_location_id bigint NOT NULL,
    CONSTRAINT stock_transfer_two_places CHECK ((NOT (from_location_id = to_location_id)))
);
ALTER TABLE public.fulfillment_stocktransfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_stocktransfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplieritem (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    cost_fen bigint NOT NULL,
    lead_days smallint NOT NULL,
    lot integer NOT NULL,
    supplier_id bigint NOT NULL,
    CONSTRAINT fulfillment_supplieritem_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT fulfillment_supplieritem_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_supplieritem_lot_check CHECK ((lot >= 0)),
    CONSTRAINT supplier_item_lot CHECK ((lot > 0))
);
ALTER TABLE public.fulfillment_supplieritem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplieritem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplieritemevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    cost_fen bigint NOT NULL,
    lead_days smallint NOT NULL,
    lot integer NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    CONSTRAINT fulfillment_supplieritemevent_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT fulfillment_supplieritemevent_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_supplieritemevent_lot_check CHECK ((lot >= 0))
);
ALTER TABLE public.fulfillment_supplieritemevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplieritemevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplierlisting (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    is_new boolean NOT NULL,
    sku character varying(64) NOT NULL,
    cost_fen bigint NOT NULL,
    lead_days smallint NOT NULL,
    lot integer NOT NULL,
    title character varying(120) NOT NULL,
    title_en character varying(120) NOT NULL,
    brand character varying(40) NOT NULL,
    model character varying(60) NOT NULL,
    description character varying(600) NOT NULL,
    description_en character varying(600) NOT NULL,
    picture character varying(64) NOT NULL,
    key character varying(64) NOT NULL,
    proposed_by bigint,
    proposed_by_name character varying(80) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_by bigint,
    decided_by_name character varying(80) NOT NULL,
    decided_at timestamp with time zone,
    reason character varying(160) NOT NULL,
    old_cost_fen bigint,
    product_id bigint,
    supplier_id bigint NOT NULL,
    CONSTRAINT fulfillment_supplierlisting_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT fulfillment_supplierlisting_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_supplierlisting_lot_check CHECK ((lot >= 0)),
    CONSTRAINT fulfillment_supplierlisting_old_cost_fen_check CHECK ((old_cost_fen >= 0)),
    CONSTRAINT supplier_listing_decided CHECK ((((decided_at IS NULL) AND ((state)::text = 'proposed'::text)) OR ((NOT ((state)::text = 'proposed'::text)) AND (decided_at IS NOT NULL)))),
    CONSTRAINT supplier_listing_four_eyes CHECK (((NOT ((state)::text = ANY ((ARRAY['accepted'::character varying, 'declined'::character varying])::text[]))) OR (decided_by IS NULL) OR (proposed_by IS NULL) OR (NOT ((decided_by = proposed_by) AND (decided_by IS NOT NULL) AND (proposed_by IS NOT NULL))))),
    CONSTRAINT supplier_listing_offer CHECK (((cost_fen > 0) AND (lot > 0) AND (NOT ((sku)::text = ''::text)))),
    CONSTRAINT supplier_listing_reason CHECK (((NOT ((state)::text = ANY ((ARRAY['declined'::character varying, 'taken_off'::character varying])::text[]))) OR (NOT ((reason)::text = ''::text)))),
    CONSTRAINT supplier_listing_words CHECK (((NOT is_new) OR (NOT (((title)::text = ''::text) OR ((title_en)::text = ''::text) OR ((brand)::text = ''::text) OR ((model)::text = ''::text)))))
);
ALTER TABLE public.fulfillment_supplierlisting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplierlisting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_suppliernotice (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    key character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    carrier character varying(40) NOT NULL,
    waybill character varying(60) NOT NULL,
    arrives_on date NOT NULL,
    announced_by character varying(80) NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    checked_by character varying(80) NOT NULL,
    checked_at timestamp with time zone,
    note character varying(160) NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT supplier_notice_checked CHECK (((NOT ((state)::text = 'checked'::text)) OR (checked_at IS NOT NULL)))
);
ALTER TABLE public.fulfillment_suppliernotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_suppliernotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplierorder (
    id bigint NOT NULL,
    number character varying(32),
    state character varying(10) NOT NULL,
    amount_fen bigint NOT NULL,
    created_by character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expected_on date NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    dealer_order_id bigint NOT NULL,
    location_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    end_reason character varying(160) NOT NULL,
    ended_by character varying(80) NOT NULL,
    kind character varying(10) NOT NULL,
    progress character varying(10) NOT NULL,
    promised_on date,
    CONSTRAINT fulfillment_supplierorder_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT supplier_order_declined CHECK (((NOT ((progress)::text = 'declined'::text)) OR ((state)::text = ANY ((ARRAY['closed'::character varying, 'cancelled'::character varying])::text[])))),
    CONSTRAINT supplier_order_made CHECK (((NOT ((progress)::text = ANY ((ARRAY['making'::character varying, 'made'::character varying])::text[]))) OR ((kind)::text = 'production'::text))),
    CONSTRAINT supplier_order_promised CHECK ((((progress)::text = ANY ((ARRAY['asked'::character varying, 'declined'::character varying])::text[])) OR (promised_on IS NOT NULL)))
);
ALTER TABLE public.fulfillment_supplierorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplierorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplierorderevent (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    promised_on date,
    reference character varying(40) NOT NULL,
    note character varying(160) NOT NULL,
    who character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_supplierorderevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplierorderevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplierorderline (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    quantity integer NOT NULL,
    cost_fen bigint NOT NULL,
    received integer NOT NULL,
    dealer_line_id bigint NOT NULL,
    order_id bigint NOT NULL,
    contract_id bigint,
    announced integer NOT NULL,
    CONSTRAINT fulfillment_supplierorderline_announced_check CHECK ((announced >= 0)),
    CONSTRAINT fulfillment_supplierorderline_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT fulfillment_supplierorderline_quantity_check CHECK ((quantity >= 0)),
    CONSTRAINT fulfillment_supplierorderline_received_check CHECK ((received >= 0)),
    CONSTRAINT supplier_order_line_announced CHECK ((announced <= quantity)),
    CONSTRAINT supplier_order_line_units CHECK (((quantity > 0) AND (received <= quantity)))
);
ALTER TABLE public.fulfillment_supplierorderline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplierorderline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplycontract (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    sku character varying(64) NOT NULL,
    cost_fen bigint NOT NULL,
    units integer NOT NULL,
    called integer NOT NULL,
    lot integer NOT NULL,
    lead_days smallint NOT NULL,
    to_order boolean NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    supplier_id bigint NOT NULL,
    CONSTRAINT fulfillment_supplycontract_called_check CHECK ((called >= 0)),
    CONSTRAINT fulfillment_supplycontract_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT fulfillment_supplycontract_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_supplycontract_lot_check CHECK ((lot >= 0)),
    CONSTRAINT fulfillment_supplycontract_units_check CHECK ((units >= 0)),
    CONSTRAINT supply_contract_days CHECK ((ends > starts)),
    CONSTRAINT supply_contract_units CHECK (((called <= units) AND (lot > 0) AND (units > 0)))
);
ALTER TABLE public.fulfillment_supplycontract ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplycontract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_supplycontractevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    sku character varying(64) NOT NULL,
    cost_fen bigint NOT NULL,
    units integer NOT NULL,
    lot integer NOT NULL,
    lead_days smallint NOT NULL,
    to_order boolean NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    supplier_id bigint NOT NULL,
    CONSTRAINT fulfillment_supplycontractevent_cost_fen_check CHECK ((cost_fen >= 0)),
    CONSTRAINT fulfillment_supplycontractevent_lead_days_check CHECK ((lead_days >= 0)),
    CONSTRAINT fulfillment_supplycontractevent_lot_check CHECK ((lot >= 0)),
    CONSTRAINT fulfillment_supplycontractevent_units_check CHECK ((units >= 0))
);
ALTER TABLE public.fulfillment_supplycontractevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_supplycontractevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_tariffrate (
    id bigint NOT NULL,
    zone character varying(12) NOT NULL,
    first_g integer NOT NULL,
    first_fen integer NOT NULL,
    step_g integer NOT NULL,
    step_fen integer NOT NULL,
    volumetric_divisor integer NOT NULL,
    days smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    made_at timestamp with time zone,
    made_by character varying(80) NOT NULL,
    version smallint NOT NULL,
    CONSTRAINT fulfillment_tariffrate_days_check CHECK ((days >= 0)),
    CONSTRAINT fulfillment_tariffrate_first_fen_check CHECK ((first_fen >= 0)),
    CONSTRAINT fulfillment_tariffrate_first_g_check CHECK ((first_g >= 0)),
    CONSTRAINT fulfillment_tariffrate_step_fen_check CHECK ((step_fen >= 0)),
    CONSTRAINT fulfillment_tariffrate_step_g_check CHECK ((step_g >= 0)),
    CONSTRAINT fulfillment_tariffrate_version_check CHECK ((version >= 0)),
    CONSTRAINT fulfillment_tariffrate_volumetric_divisor_check CHECK ((volumetric_divisor >= 0)),
    CONSTRAINT tariff_rate_dates CHECK (((ends IS NULL) OR (ends > starts))),
    CONSTRAINT tariff_rate_steps CHECK (((first_g > 0) AND (step_g > 0) AND (volumetric_divisor > 0)))
);
ALTER TABLE public.fulfillment_tariffrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_tariffrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_tariffrateevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    zone character varying(12) NOT NULL,
    first_g integer NOT NULL,
    first_fen integer NOT NULL,
    step_g integer NOT NULL,
    step_fen integer NOT NULL,
    volumetric_divisor integer NOT NULL,
    days smallint NOT NULL,
    starts date NOT NULL,
    ends date,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    made_at timestamp with time zone,
    made_by character varying(80) NOT NULL,
    version smallint NOT NULL,
    CONSTRAINT fulfillment_tariffrateevent_days_check CHECK ((days >= 0)),
    CONSTRAINT fulfillment_tariffrateevent_first_fen_check CHECK ((first_fen >= 0)),
    CONSTRAINT fulfillment_tariffrateevent_first_g_check CHECK ((first_g >= 0)),
    CONSTRAINT fulfillment_tariffrateevent_step_fen_check CHECK ((step_fen >= 0)),
    CONSTRAINT fulfillment_tariffrateevent_step_g_check CHECK ((step_g >= 0)),
    CONSTRAINT fulfillment_tariffrateevent_version_check CHECK ((version >= 0)),
    CONSTRAINT fulfillment_tariffrateevent_volumetric_divisor_check CHECK ((volumetric_divisor >= 0))
);
ALTER TABLE public.fulfillment_tariffrateevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_tariffrateevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_tariffzone (
    id bigint NOT NULL,
    from_province character varying(20) NOT NULL,
    to_province character varying(20) NOT NULL,
    zone character varying(12) NOT NULL
);
ALTER TABLE public.fulfillment_tariffzone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_tariffzone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_tariffzoneevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    from_province character varying(20) NOT NULL,
    to_province character varying(20) NOT NULL,
    zone character varying(12) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_tariffzoneevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_tariffzoneevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_transferline (
    id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    serial_kind character varying(8) NOT NULL,
    wanted integer NOT NULL,
    sent integer,
    arrived integer,
    damaged integer NOT NULL,
    transfer_id bigint NOT NULL,
    CONSTRAINT fulfillment_transferline_arrived_check CHECK ((arrived >= 0)),
    CONSTRAINT fulfillment_transferline_damaged_check CHECK ((damaged >= 0)),
    CONSTRAINT fulfillment_transferline_sent_check CHECK ((sent >= 0)),
    CONSTRAINT fulfillment_transferline_wanted_check CHECK ((wanted >= 0)),
    CONSTRAINT transfer_line_units CHECK (((wanted > 0) AND ((sent IS NULL) OR (sent <= wanted)) AND ((arrived IS NULL) OR (sent IS NOT NULL))))
);
ALTER TABLE public.fulfillment_transferline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_transferline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_transferstep (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    who character varying(80) NOT NULL,
    note character varying(160) NOT NULL,
    at timestamp with time zone NOT NULL,
    transfer_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_transferstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_transferstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_transferunit (
    id bigint NOT NULL,
    outcome character varying(10) NOT NULL,
    line_id bigint NOT NULL,
    serial_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_transferunit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_transferunit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_trunkline (
    id bigint NOT NULL,
    run_fen integer NOT NULL,
    run_kg integer NOT NULL,
    last_km_fen integer NOT NULL,
    reach_km smallint NOT NULL,
    departs_hour smallint NOT NULL,
    days smallint NOT NULL,
    is_open boolean NOT NULL,
    hub_id bigint NOT NULL,
    origin_id bigint NOT NULL,
    full_at smallint DEFAULT 60 NOT NULL,
    lead_minutes smallint DEFAULT 120 NOT NULL,
    CONSTRAINT fulfillment_trunkline_days_check CHECK ((days >= 0)),
    CONSTRAINT fulfillment_trunkline_departs_hour_check CHECK ((departs_hour >= 0)),
    CONSTRAINT fulfillment_trunkline_full_at_check CHECK ((full_at >= 0)),
    CONSTRAINT fulfillment_trunkline_last_km_fen_check CHECK ((last_km_fen >= 0)),
    CONSTRAINT fulfillment_trunkline_lead_minutes_check CHECK ((lead_minutes >= 0)),
    CONSTRAINT fulfillment_trunkline_reach_km_check CHECK ((reach_km >= 0)),
    CONSTRAINT fulfillment_trunkline_run_fen_check CHECK ((run_fen >= 0)),
    CONSTRAINT fulfillment_trunkline_run_kg_check CHECK ((run_kg >= 0)),
    CONSTRAINT trunk_line_terms CHECK (((departs_hour <= 24) AND (reach_km > 0) AND (run_kg > 0) AND (NOT (origin_id = hub_id))))
);
ALTER TABLE public.fulfillment_trunkline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_trunkline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_trunklineevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    run_fen integer NOT NULL,
    run_kg integer NOT NULL,
    last_km_fen integer NOT NULL,
    reach_km smallint NOT NULL,
    departs_hour smallint NOT NULL,
    days smallint NOT NULL,
    is_open boolean NOT NULL,
    hub_id bigint NOT NULL,
    origin_id bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    full_at smallint DEFAULT 60 NOT NULL,
    lead_minutes smallint DEFAULT 120 NOT NULL,
    CONSTRAINT fulfillment_trunklineevent_days_check CHECK ((days >= 0)),
    CONSTRAINT fulfillment_trunklineevent_departs_hour_check CHECK ((departs_hour >= 0)),
    CONSTRAINT fulfillment_trunklineevent_full_at_check CHECK ((full_at >= 0)),
    CONSTRAINT fulfillment_trunklineevent_last_km_fen_check CHECK ((last_km_fen >= 0)),
    CONSTRAINT fulfillment_trunklineevent_lead_minutes_check CHECK ((lead_minutes >= 0)),
    CONSTRAINT fulfillment_trunklineevent_reach_km_check CHECK ((reach_km >= 0)),
    CONSTRAINT fulfillment_trunklineevent_run_fen_check CHECK ((run_fen >= 0)),
    CONSTRAINT fulfillment_trunklineevent_run_kg_check CHECK ((run_kg >= 0))
);
ALTER TABLE public.fulfillment_trunklineevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_trunklineevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_wallslot (
    id bigint NOT NULL,
    code character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    taken_at timestamp with time zone,
    full_at timestamp with time zone,
    fulfillment_id bigint,
    location_id bigint NOT NULL,
    CONSTRAINT fulfillment_wallslot_position_check CHECK (("position" >= 0)),
    CONSTRAINT wall_slot_taken CHECK ((((fulfillment_id IS NULL) AND (full_at IS NULL) AND (taken_at IS NULL)) OR ((fulfillment_id IS NOT NULL) AND (taken_at IS NOT NULL))))
);
ALTER TABLE public.fulfillment_wallslot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_wallslot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_wave (
    id bigint NOT NULL,
    cut_off timestamp with time zone NOT NULL,
    built_at timestamp with time zone NOT NULL,
    built_by character varying(80) NOT NULL,
    closed_at timestamp with time zone,
    courier_id bigint,
    location_id bigint NOT NULL
);
ALTER TABLE public.fulfillment_wave ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_wave_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_waveentry (
    id bigint NOT NULL,
    slot smallint NOT NULL,
    fulfillment_id bigint NOT NULL,
    wave_id bigint NOT NULL,
    CONSTRAINT fulfillment_waveentry_slot_check CHECK ((slot >= 0))
);
ALTER TABLE public.fulfillment_waveentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_waveentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_weightcase (
    id bigint NOT NULL,
    measured_g integer NOT NULL,
    expected_g integer NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by character varying(80) NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(80) NOT NULL,
    accepted boolean,
    reason character varying(160) NOT NULL,
    fulfillment_id bigint NOT NULL,
    CONSTRAINT fulfillment_weightcase_expected_g_check CHECK ((expected_g >= 0)),
    CONSTRAINT fulfillment_weightcase_measured_g_check CHECK ((measured_g >= 0)),
    CONSTRAINT weight_case_reason CHECK (((decided_at IS NULL) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE public.fulfillment_weightcase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_weightcase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.fulfillment_workinhand (
    id bigint NOT NULL,
    station character varying(12) NOT NULL,
    user_id bigint NOT NULL,
    who character varying(80) NOT NULL,
    since timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    fulfillment_id bigint,
    location_id bigint NOT NULL,
    taken_from_id bigint,
    wave_id bigint,
    CONSTRAINT hand_one_subject CHECK ((((fulfillment_id IS NOT NULL) AND (wave_id IS NULL)) OR ((fulfillment_id IS NULL) AND (wave_id IS NOT NULL))))
);
ALTER TABLE public.fulfillment_workinhand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.fulfillment_workinhand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kernel_idempotencyrecord (
    id bigint NOT NULL,
    caller character varying(80) NOT NULL,
    route character varying(120) NOT NULL,
    key character varying(255) NOT NULL,
    body_hash character varying(64) NOT NULL,
    status smallint NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT kernel_idempotencyrecord_status_check CHECK ((status >= 0))
);
ALTER TABLE public.kernel_idempotencyrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_idempotencyrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.kernel_outboxmessage (
    id bigint NOT NULL,
    topic character varying(80) NOT NULL,
    key character varying(120) NOT NULL,
    subscriber character varying(120) NOT NULL,
    payload jsonb NOT NULL,
    dedupe character varying(330) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    run_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    attempts smallint NOT NULL,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    discard_reason character varying(200) NOT NULL,
    discarded_at timestamp with time zone,
    discarded_by character varying(80) NOT NULL,
    CONSTRAINT kernel_outboxmessage_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.kernel_outboxmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.kernel_outboxmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_address (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    phone character varying(20) NOT NULL,
    province character varying(20) NOT NULL,
    city character varying(20) NOT NULL,
    district character varying(20) NOT NULL,
    street character varying(120) NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    is_default boolean NOT NULL,
    member_id bigint NOT NULL
);
ALTER TABLE public.members_address ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_blockedperson (
    id bigint NOT NULL,
    person_key character varying(64) NOT NULL,
    number_masked character varying(18) NOT NULL,
    reason character varying(120) NOT NULL,
    blocked_at timestamp with time zone NOT NULL
);
ALTER TABLE public.members_blockedperson ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_blockedperson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_channelkey (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    channel character varying(16) NOT NULL,
    prefix character varying(12) NOT NULL,
    key_hash character varying(64) NOT NULL,
    is_active boolean NOT NULL,
    institution_id bigint NOT NULL
);
ALTER TABLE public.members_channelkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_channelkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_identity (
    id bigint NOT NULL,
    name text NOT NULL,
    number text NOT NULL,
    person_key character varying(64) NOT NULL,
    name_masked character varying(40) NOT NULL,
    number_masked character varying(18) NOT NULL,
    verified_at timestamp with time zone NOT NULL,
    member_id bigint NOT NULL
);
ALTER TABLE public.members_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_identitycheck (
    id bigint NOT NULL,
    person_key character varying(64) NOT NULL,
    outcome character varying(40) NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    member_id bigint NOT NULL
);
ALTER TABLE public.members_identitycheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_identitycheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_identityreading (
    id bigint NOT NULL,
    reader character varying(80) NOT NULL,
    purpose character varying(80) NOT NULL,
    read_at timestamp with time zone NOT NULL,
    identity_id bigint NOT NULL
);
ALTER TABLE public.members_identityreading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_identityreading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_institution (
    id bigint NOT NULL,
    code character varying(32) NOT NULL,
    path character varying(255) NOT NULL,
    kind character varying(16) NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    province character varying(20) NOT NULL,
    city character varying(20) NOT NULL,
    address character varying(160) NOT NULL,
    latitude double precision,
    longitude double precision,
    opens_at time without time zone,
    closes_at time without time zone,
    phone character varying(20) NOT NULL,
    bank_account character varying(32) NOT NULL,
    bank_name character varying(60) NOT NULL,
    cnaps character varying(12) NOT NULL,
    minimum_payout bigint NOT NULL,
    is_active boolean NOT NULL,
    parent_id bigint,
    CONSTRAINT institution_cnaps CHECK ((((cnaps)::text = ''::text) OR ((cnaps)::text ~ '^\d{12}$'::text))),
    CONSTRAINT institution_payout CHECK ((minimum_payout >= 0))
);
ALTER TABLE public.members_institution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_institution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_institutionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(32) NOT NULL,
    path character varying(255) NOT NULL,
    kind character varying(16) NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    province character varying(20) NOT NULL,
    city character varying(20) NOT NULL,
    address character varying(160) NOT NULL,
    latitude double precision,
    longitude double precision,
    opens_at time without time zone,
    closes_at time without time zone,
    phone character varying(20) NOT NULL,
    bank_account character varying(32) NOT NULL,
    bank_name character varying(60) NOT NULL,
    cnaps character varying(12) NOT NULL,
    minimum_payout bigint NOT NULL,
    is_active boolean NOT NULL,
    parent_id bigint,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.members_institutionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_institutionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_member (
    user_id bigint NOT NULL,
    name character varying(40) NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    joined_channel character varying(16) NOT NULL,
    joined_institution_id bigint
);
CREATE TABLE public.members_message (
    id bigint NOT NULL,
    phone character varying(20) NOT NULL,
    kind character varying(16) NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    gateway_reference character varying(80) NOT NULL
);
ALTER TABLE public.members_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_onetimecode (
    id bigint NOT NULL,
    phone character varying(20) NOT NULL,
    code_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    wrong_tries smallint NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT members_onetimecode_wrong_tries_check CHECK ((wrong_tries >= 0)),
    CONSTRAINT one_time_code_tries CHECK ((wrong_tries <= 5))
);
ALTER TABLE public.members_onetimecode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_onetimecode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_pointsaccount (
    member_id bigint NOT NULL,
    debt integer NOT NULL,
    CONSTRAINT members_pointsaccount_debt_check CHECK ((debt >= 0)),
    CONSTRAINT points_debt CHECK ((debt >= 0))
);
CREATE TABLE public.members_pointsallocation (
    id bigint NOT NULL,
    points integer NOT NULL,
    returned integer NOT NULL,
    lot_id bigint NOT NULL,
    txn_id bigint NOT NULL,
    CONSTRAINT members_pointsallocation_points_check CHECK ((points >= 0)),
    CONSTRAINT members_pointsallocation_returned_check CHECK ((returned >= 0)),
    CONSTRAINT points_allocation_returned CHECK (((points > 0) AND (returned >= 0) AND (returned <= points)))
);
ALTER TABLE public.members_pointsallocation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_pointsallocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_pointslot (
    id bigint NOT NULL,
    points integer NOT NULL,
    remaining integer NOT NULL,
    available_from date NOT NULL,
    expires_on date NOT NULL,
    txn_id bigint NOT NULL,
    account_id bigint NOT NULL,
    CONSTRAINT members_pointslot_points_check CHECK ((points >= 0)),
    CONSTRAINT members_pointslot_remaining_check CHECK ((remaining >= 0)),
    CONSTRAINT points_lot_dates CHECK ((expires_on >= available_from)),
    CONSTRAINT points_lot_remaining CHECK (((points > 0) AND (remaining >= 0) AND (remaining <= points)))
);
ALTER TABLE public.members_pointslot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_pointslot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_pointspolicy (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    fen_per_point integer NOT NULL,
    earn_per_yuan integer NOT NULL,
    lifetime_months smallint NOT NULL,
    grace_days smallint NOT NULL,
    CONSTRAINT members_pointspolicy_earn_per_yuan_check CHECK ((earn_per_yuan >= 0)),
    CONSTRAINT members_pointspolicy_fen_per_point_check CHECK ((fen_per_point >= 0)),
    CONSTRAINT members_pointspolicy_grace_days_check CHECK ((grace_days >= 0)),
    CONSTRAINT members_pointspolicy_lifetime_months_check CHECK ((lifetime_months >= 0)),
    CONSTRAINT points_policy_lifetime CHECK ((lifetime_months > 0)),
    CONSTRAINT points_policy_value CHECK ((fen_per_point > 0))
);
ALTER TABLE public.members_pointspolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_pointspolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_pointstxn (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    points integer NOT NULL,
    debt_change integer NOT NULL,
    value_fen bigint NOT NULL,
    reference character varying(80) NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    origin_id bigint,
    account_id bigint NOT NULL,
    CONSTRAINT points_txn_sign CHECK (((((kind)::text = ANY ((ARRAY['earn'::character varying, 'burn_return'::character varying])::text[])) AND (points > 0)) OR (((kind)::text = ANY ((ARRAY['burn'::character varying, 'lapse'::character varying, 'claw_back'::character varying])::text[])) AND (points < 0)) OR ((debt_change < 0) AND ((kind)::text = 'debt_repayment'::text) AND (points = 0)) OR ((kind)::text = 'adjust'::text)))
);
ALTER TABLE public.members_pointstxn ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_pointstxn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_staffrole (
    id bigint NOT NULL,
    role character varying(16) NOT NULL,
    institution_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.members_staffrole ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_staffrole_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_staffroleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    role character varying(16) NOT NULL,
    institution_id bigint NOT NULL,
    pgh_context_id uuid,
    user_id bigint NOT NULL,
    pgh_obj_id bigint NOT NULL
);
ALTER TABLE public.members_staffroleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_staffroleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    phone character varying(20),
    display_name character varying(80) NOT NULL
);
CREATE TABLE public.members_user_groups (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.members_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.members_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.members_user_user_permissions (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.members_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.members_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_benefit (
    id bigint NOT NULL,
    type character varying(128) NOT NULL,
    value numeric(12,2),
    max_affected_items integer,
    proxy_class character varying(255),
    range_id bigint,
    CONSTRAINT offer_benefit_max_affected_items_check CHECK ((max_affected_items >= 0))
);
ALTER TABLE public.offer_benefit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_benefit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_condition (
    id bigint NOT NULL,
    type character varying(128) NOT NULL,
    value numeric(12,2),
    proxy_class character varying(255),
    range_id bigint
);
ALTER TABLE public.offer_condition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_condition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_conditionaloffer (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    slug character varying(128) NOT NULL,
    description text NOT NULL,
    offer_type character varying(128) NOT NULL,
    status character varying(64) NOT NULL,
    priority integer NOT NULL,
    start_datetime timestamp with time zone,
    end_datetime timestamp with time zone,
    max_global_applications integer,
    max_user_applications integer,
    max_basket_applications integer,
    max_discount numeric(12,2),
    total_discount numeric(12,2) NOT NULL,
    num_applications integer NOT NULL,
    num_orders integer NOT NULL,
    redirect_url character varying(200) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    benefit_id bigint NOT NULL,
    condition_id bigint NOT NULL,
    exclusive boolean NOT NULL,
    CONSTRAINT offer_conditionaloffer_max_basket_applications_check CHECK ((max_basket_applications >= 0)),
    CONSTRAINT offer_conditionaloffer_max_global_applications_check CHECK ((max_global_applications >= 0)),
    CONSTRAINT offer_conditionaloffer_max_user_applications_check CHECK ((max_user_applications >= 0)),
    CONSTRAINT offer_conditionaloffer_num_applications_check CHECK ((num_applications >= 0)),
    CONSTRAINT offer_conditionaloffer_num_orders_check CHECK ((num_orders >= 0))
);
CREATE TABLE public.offer_conditionaloffer_combinations (
    id bigint NOT NULL,
    from_conditionaloffer_id bigint CONSTRAINT offer_conditionaloffer_combin_from_conditionaloffer_id_not_null NOT NULL,
    to_conditionaloffer_id bigint CONSTRAINT offer_conditionaloffer_combinat_to_conditionaloffer_id_not_null NOT NULL
);
ALTER TABLE public.offer_conditionaloffer_combinations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_conditionaloffer_combinations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.offer_conditionaloffer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_conditionaloffer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_range (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    slug character varying(128) NOT NULL,
    description text NOT NULL,
    is_public boolean NOT NULL,
    includes_all_products boolean NOT NULL,
    proxy_class character varying(255),
    date_created timestamp with time zone NOT NULL
);
CREATE TABLE public.offer_range_classes (
    id bigint NOT NULL,
    range_id bigint NOT NULL,
    productclass_id bigint NOT NULL
);
ALTER TABLE public.offer_range_classes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_range_classes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_range_excluded_categories (
    id bigint NOT NULL,
    range_id bigint NOT NULL,
    category_id bigint NOT NULL
);
ALTER TABLE public.offer_range_excluded_categories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_range_excluded_categories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_range_excluded_products (
    id bigint NOT NULL,
    range_id bigint NOT NULL,
    product_id bigint NOT NULL
);
ALTER TABLE public.offer_range_excluded_products ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_range_excluded_products_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.offer_range ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_range_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_range_included_categories (
    id bigint NOT NULL,
    range_id bigint NOT NULL,
    category_id bigint NOT NULL
);
ALTER TABLE public.offer_range_included_categories ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_range_included_categories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_rangeproduct (
    id bigint NOT NULL,
    display_order integer NOT NULL,
    product_id bigint NOT NULL,
    range_id bigint NOT NULL
);
ALTER TABLE public.offer_rangeproduct ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_rangeproduct_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.offer_rangeproductfileupload (
    id bigint NOT NULL,
    filepath character varying(255) NOT NULL,
    size integer NOT NULL,
    date_uploaded timestamp with time zone NOT NULL,
    status character varying(32) NOT NULL,
    error_message character varying(255) NOT NULL,
    date_processed timestamp with time zone,
    num_new_skus integer,
    num_unknown_skus integer,
    num_duplicate_skus integer,
    range_id bigint NOT NULL,
    uploaded_by_id bigint NOT NULL,
    upload_type character varying(8) NOT NULL,
    CONSTRAINT offer_rangeproductfileupload_num_duplicate_skus_check CHECK ((num_duplicate_skus >= 0)),
    CONSTRAINT offer_rangeproductfileupload_num_new_skus_check CHECK ((num_new_skus >= 0)),
    CONSTRAINT offer_rangeproductfileupload_num_unknown_skus_check CHECK ((num_unknown_skus >= 0)),
    CONSTRAINT offer_rangeproductfileupload_size_check CHECK ((size >= 0))
);
ALTER TABLE public.offer_rangeproductfileupload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.offer_rangeproductfileupload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.omnichannel_playedday (
    id bigint NOT NULL,
    day date NOT NULL,
    seed bigint NOT NULL,
    size integer NOT NULL,
    slots_done integer NOT NULL,
    notes jsonb NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT omnichannel_playedday_size_check CHECK ((size >= 0)),
    CONSTRAINT omnichannel_playedday_slots_done_check CHECK ((slots_done >= 0))
);
ALTER TABLE public.omnichannel_playedday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.omnichannel_playedday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.omnichannel_playedorder (
    id bigint NOT NULL,
    index integer NOT NULL,
    order_number character varying(32) NOT NULL,
    refusal character varying(60) NOT NULL,
    played_id bigint NOT NULL,
    CONSTRAINT omnichannel_playedorder_index_check CHECK ((index >= 0))
);
ALTER TABLE public.omnichannel_playedorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.omnichannel_playedorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_basketchoice (
    line_id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    msisdn character varying(20) NOT NULL,
    plan_sku character varying(64) NOT NULL,
    target_msisdn character varying(20) NOT NULL,
    shown_fen bigint NOT NULL,
    CONSTRAINT choice_shown CHECK ((shown_fen >= 0))
);
CREATE TABLE public.order_billingaddress (
    id bigint NOT NULL,
    title character varying(64) NOT NULL,
    first_name character varying(255) NOT NULL,
    last_name character varying(255) NOT NULL,
    line1 character varying(255) NOT NULL,
    line2 character varying(255) NOT NULL,
    line3 character varying(255) NOT NULL,
    line4 character varying(255) NOT NULL,
    state character varying(255) NOT NULL,
    postcode character varying(64) NOT NULL,
    search_text text NOT NULL,
    country_id character varying(2) NOT NULL,
    code character varying(255)
);
ALTER TABLE public.order_billingaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_billingaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_cardentry (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    amount_fen bigint NOT NULL,
    balance_fen bigint NOT NULL,
    reference character varying(80),
    order_number character varying(32) NOT NULL,
    by character varying(80) NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    card_id bigint NOT NULL,
    CONSTRAINT card_entry_balance CHECK (((balance_fen >= 0) AND (balance_fen >= amount_fen))),
    CONSTRAINT card_entry_sign CHECK ((((amount_fen > 0) AND ((kind)::text = ANY ((ARRAY['issue'::character varying, 'reload'::character varying, 'back'::character varying])::text[])) AND (reference IS NOT NULL)) OR ((amount_fen < 0) AND ((kind)::text = ANY ((ARRAY['use'::character varying, 'withdrawn'::character varying])::text[])) AND (reference IS NOT NULL)) OR ((amount_fen = 0) AND ((kind)::text = ANY ((ARRAY['pin'::character varying, 'bound'::character varying, 'frozen'::character varying, 'unfrozen'::character varying, 'void'::character varying])::text[])))))
);
ALTER TABLE public.order_cardentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_cardentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_communicationevent (
    id bigint NOT NULL,
    date_created timestamp with time zone NOT NULL,
    event_type_id bigint NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.order_communicationevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_communicationevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_line (
    id bigint NOT NULL,
    partner_name character varying(128) NOT NULL,
    partner_sku character varying(128) NOT NULL,
    partner_line_reference character varying(128) NOT NULL,
    partner_line_notes text NOT NULL,
    title character varying(255) NOT NULL,
    upc character varying(128),
    quantity integer NOT NULL,
    line_price_incl_tax numeric(12,2) NOT NULL,
    line_price_excl_tax numeric(12,2) NOT NULL,
    line_price_before_discounts_incl_tax numeric(12,2) NOT NULL,
    line_price_before_discounts_excl_tax numeric(12,2) NOT NULL,
    unit_price_incl_tax numeric(12,2),
    unit_price_excl_tax numeric(12,2),
    status character varying(255) NOT NULL,
    order_id bigint NOT NULL,
    partner_id bigint,
    product_id bigint,
    stockrecord_id bigint,
    tax_code character varying(64),
    allocation_cancelled boolean NOT NULL,
    num_allocated integer NOT NULL,
    CONSTRAINT order_line_num_allocated_check CHECK ((num_allocated >= 0)),
    CONSTRAINT order_line_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.order_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_lineattribute (
    id bigint NOT NULL,
    type character varying(128) NOT NULL,
    value jsonb NOT NULL,
    line_id bigint NOT NULL,
    option_id bigint
);
ALTER TABLE public.order_lineattribute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_lineattribute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_lineprice (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    price_incl_tax numeric(12,2) NOT NULL,
    price_excl_tax numeric(12,2) NOT NULL,
    shipping_incl_tax numeric(12,2) NOT NULL,
    shipping_excl_tax numeric(12,2) NOT NULL,
    line_id bigint NOT NULL,
    order_id bigint NOT NULL,
    tax_code character varying(64),
    CONSTRAINT order_lineprice_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.order_lineprice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_lineprice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_lineterms (
    line_id bigint NOT NULL,
    sku character varying(64) NOT NULL,
    title character varying(255) NOT NULL,
    title_en character varying(255) NOT NULL,
    kind character varying(20) NOT NULL,
    is_goods boolean NOT NULL,
    is_instant boolean NOT NULL,
    seller_id bigint NOT NULL,
    quantity integer NOT NULL,
    unit_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    price_reason character varying(160) NOT NULL,
    msisdn character varying(20) NOT NULL,
    plan_sku character varying(64) NOT NULL,
    target_msisdn character varying(20) NOT NULL,
    identity_id bigint,
    done integer NOT NULL,
    dropped integer NOT NULL,
    comes_with_id bigint,
    intake_id bigint NOT NULL,
    target_card_id bigint,
    CONSTRAINT line_amount CHECK (((amount_fen >= 0) AND (unit_fen >= 0))),
    CONSTRAINT line_ended CHECK (((done <= (quantity - dropped)) AND (dropped <= quantity))),
    CONSTRAINT line_quantity CHECK ((quantity > 0)),
    CONSTRAINT order_lineterms_done_check CHECK ((done >= 0)),
    CONSTRAINT order_lineterms_dropped_check CHECK ((dropped >= 0)),
    CONSTRAINT order_lineterms_quantity_check CHECK ((quantity >= 0))
);
CREATE SEQUENCE public.order_number_seq
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.order_order (
    id bigint NOT NULL,
    number character varying(128) NOT NULL,
    currency character varying(12) NOT NULL,
    total_incl_tax numeric(12,2) NOT NULL,
    total_excl_tax numeric(12,2) NOT NULL,
    shipping_incl_tax numeric(12,2) NOT NULL,
    shipping_excl_tax numeric(12,2) NOT NULL,
    shipping_method character varying(128) NOT NULL,
    shipping_code character varying(128) NOT NULL,
    status character varying(100) NOT NULL,
    guest_email character varying(254) NOT NULL,
    date_placed timestamp with time zone NOT NULL,
    basket_id bigint,
    billing_address_id bigint,
    shipping_address_id bigint,
    site_id integer,
    user_id bigint,
    shipping_tax_code character varying(64),
    analytics_tracked boolean NOT NULL
);
ALTER TABLE public.order_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_orderdiscount (
    id bigint NOT NULL,
    category character varying(64) NOT NULL,
    offer_id integer,
    offer_name character varying(128) NOT NULL,
    voucher_id integer,
    voucher_code character varying(128) NOT NULL,
    frequency integer,
    amount numeric(12,2) NOT NULL,
    message text NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT order_orderdiscount_frequency_check CHECK ((frequency >= 0)),
    CONSTRAINT order_orderdiscount_offer_id_check CHECK ((offer_id >= 0)),
    CONSTRAINT order_orderdiscount_voucher_id_check CHECK ((voucher_id >= 0))
);
ALTER TABLE public.order_orderdiscount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_orderdiscount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_orderevent (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    channel character varying(16) NOT NULL,
    before character varying(20) NOT NULL,
    after character varying(20) NOT NULL,
    why character varying(200) NOT NULL,
    intake_id bigint NOT NULL
);
ALTER TABLE public.order_orderevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_orderevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_orderintake (
    order_id bigint NOT NULL,
    number character varying(32) NOT NULL,
    state character varying(20) NOT NULL,
    channel character varying(16) NOT NULL,
    caller character varying(80) NOT NULL,
    channel_reference character varying(120) NOT NULL,
    placed_by character varying(80) NOT NULL,
    way character varying(8) NOT NULL,
    destination jsonb,
    contact_name character varying(80) NOT NULL,
    contact_phone character varying(20) NOT NULL,
    province character varying(20) NOT NULL,
    cod boolean NOT NULL,
    total_fen bigint NOT NULL,
    shipping_fen bigint NOT NULL,
    points_fen bigint NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    ended_at timestamp with time zone,
    institution_id bigint,
    member_id bigint,
    pickup_location_id bigint,
    card_fen bigint DEFAULT 0 NOT NULL,
    sells_cards boolean DEFAULT false NOT NULL,
    CONSTRAINT order_amounts CHECK (((card_fen >= 0) AND (points_fen >= 0) AND (shipping_fen >= 0) AND (total_fen >= 0) AND (points_fen <= (total_fen - card_fen)) AND (shipping_fen <= total_fen))),
    CONSTRAINT order_state CHECK (((state)::text = ANY ((ARRAY['awaiting_payment'::character varying, 'confirmed'::character varying, 'fulfilling'::character varying, 'shipped'::character varying, 'completed'::character varying, 'cancelled'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);
CREATE TABLE public.order_orderlinediscount (
    id bigint NOT NULL,
    is_incl_tax boolean NOT NULL,
    amount numeric(12,2) NOT NULL,
    line_id bigint NOT NULL,
    order_discount_id bigint NOT NULL
);
ALTER TABLE public.order_orderlinediscount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_orderlinediscount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_ordernote (
    id bigint NOT NULL,
    note_type character varying(128) NOT NULL,
    message text NOT NULL,
    date_created timestamp with time zone NOT NULL,
    date_updated timestamp with time zone NOT NULL,
    order_id bigint NOT NULL,
    user_id bigint
);
ALTER TABLE public.order_ordernote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_ordernote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_orderstatuschange (
    id bigint NOT NULL,
    old_status character varying(100) NOT NULL,
    new_status character varying(100) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.order_orderstatuschange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_orderstatuschange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_payment (
    id bigint NOT NULL,
    means character varying(8) NOT NULL,
    state character varying(10) NOT NULL,
    out_trade_no character varying(40) NOT NULL,
    provider_reference character varying(40),
    taken_by character varying(80) NOT NULL,
    amount_fen bigint NOT NULL,
    captured_fen bigint NOT NULL,
    refunded_fen bigint NOT NULL,
    cashier_url character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    queried_at timestamp with time zone,
    captured_at timestamp with time zone,
    collector_id bigint,
    intake_id bigint NOT NULL,
    provider_id bigint,
    card_id bigint,
    CONSTRAINT payment_amounts CHECK (((amount_fen > 0) AND (captured_fen >= 0) AND (refunded_fen >= 0) AND (captured_fen <= amount_fen) AND (refunded_fen <= captured_fen))),
    CONSTRAINT payment_by_card CHECK ((((card_id IS NOT NULL) AND ((means)::text = 'prepaid'::text)) OR ((NOT ((means)::text = 'prepaid'::text)) AND (card_id IS NULL)))),
    CONSTRAINT payment_captured_whole CHECK ((((captured_at IS NOT NULL) AND (captured_fen = amount_fen) AND ((state)::text = 'captured'::text)) OR ((NOT ((state)::text = 'captured'::text)) AND (captured_fen = 0)))),
    CONSTRAINT payment_state CHECK (((state)::text = ANY ((ARRAY['created'::character varying, 'pending'::character varying, 'captured'::character varying, 'failed'::character varying, 'closed'::character varying])::text[])))
);
ALTER TABLE public.order_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_paymentevent (
    id bigint NOT NULL,
    amount numeric(12,2) NOT NULL,
    reference character varying(128) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    event_type_id bigint NOT NULL,
    order_id bigint NOT NULL,
    shipping_event_id bigint
);
ALTER TABLE public.order_paymentevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_paymentevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_paymenteventquantity (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    event_id bigint NOT NULL,
    line_id bigint NOT NULL,
    CONSTRAINT order_paymenteventquantity_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.order_paymenteventquantity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_paymenteventquantity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_paymenteventtype (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(128) NOT NULL
);
ALTER TABLE public.order_paymenteventtype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_paymenteventtype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_prepaidcard (
    id bigint NOT NULL,
    number character varying(16) NOT NULL,
    pin_hash character varying(64) NOT NULL,
    pin_shown_at timestamp with time zone,
    state character varying(8) NOT NULL,
    face_fen bigint NOT NULL,
    balance_fen bigint NOT NULL,
    unit integer NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    line_id bigint NOT NULL,
    member_id bigint,
    CONSTRAINT card_balance CHECK ((balance_fen >= 0)),
    CONSTRAINT card_face CHECK ((face_fen > 0)),
    CONSTRAINT card_state CHECK (((state)::text = ANY ((ARRAY['issued'::character varying, 'active'::character varying, 'frozen'::character varying, 'void'::character varying])::text[]))),
    CONSTRAINT card_void_is_empty CHECK (((NOT ((state)::text = 'void'::text)) OR (balance_fen = 0))),
    CONSTRAINT order_prepaidcard_unit_check CHECK ((unit >= 0))
);
ALTER TABLE public.order_prepaidcard ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_prepaidcard_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_providercallback (
    id bigint NOT NULL,
    event_id character varying(80),
    source character varying(8) NOT NULL,
    out_trade_no character varying(40) NOT NULL,
    amount_fen bigint,
    verified boolean NOT NULL,
    outcome character varying(20) NOT NULL,
    body text NOT NULL,
    body_hash character varying(64) NOT NULL,
    deliveries integer NOT NULL,
    received_at timestamp with time zone NOT NULL,
    handled_at timestamp with time zone,
    handled_by character varying(80) NOT NULL,
    CONSTRAINT callback_verified_event CHECK ((verified OR (event_id IS NULL))),
    CONSTRAINT order_providercallback_deliveries_check CHECK ((deliveries >= 0))
);
ALTER TABLE public.order_providercallback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_providercallback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_refund (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    out_refund_no character varying(64) NOT NULL,
    provider_reference character varying(40),
    state character varying(10) NOT NULL,
    amount_fen bigint NOT NULL,
    line_amounts jsonb NOT NULL,
    reason character varying(200) NOT NULL,
    requested_by character varying(80) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    paid_by character varying(80) NOT NULL,
    succeeded_at timestamp with time zone,
    attempts integer NOT NULL,
    round integer NOT NULL,
    last_error text NOT NULL,
    collector_id bigint,
    intake_id bigint NOT NULL,
    payment_id bigint NOT NULL,
    CONSTRAINT order_refund_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT order_refund_round_check CHECK ((round >= 0)),
    CONSTRAINT refund_amount CHECK ((amount_fen > 0)),
    CONSTRAINT refund_state CHECK (((state)::text = ANY ((ARRAY['requested'::character varying, 'pending'::character varying, 'due'::character varying, 'succeeded'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT refund_succeeded_when CHECK (((((state)::text = 'succeeded'::text) AND (succeeded_at IS NOT NULL)) OR ((NOT ((state)::text = 'succeeded'::text)) AND (succeeded_at IS NULL))))
);
ALTER TABLE public.order_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_shippingaddress (
    id bigint NOT NULL,
    title character varying(64) NOT NULL,
    first_name character varying(255) NOT NULL,
    last_name character varying(255) NOT NULL,
    line1 character varying(255) NOT NULL,
    line2 character varying(255) NOT NULL,
    line3 character varying(255) NOT NULL,
    line4 character varying(255) NOT NULL,
    state character varying(255) NOT NULL,
    postcode character varying(64) NOT NULL,
    search_text text NOT NULL,
    phone_number character varying(128) NOT NULL,
    notes text NOT NULL,
    country_id character varying(2) NOT NULL,
    code character varying(255)
);
ALTER TABLE public.order_shippingaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_shippingaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_shippingevent (
    id bigint NOT NULL,
    notes text NOT NULL,
    date_created timestamp with time zone NOT NULL,
    event_type_id bigint NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.order_shippingevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_shippingevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_shippingeventquantity (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    event_id bigint NOT NULL,
    line_id bigint NOT NULL,
    CONSTRAINT order_shippingeventquantity_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.order_shippingeventquantity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_shippingeventquantity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_shippingeventtype (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    code character varying(128) NOT NULL
);
ALTER TABLE public.order_shippingeventtype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_shippingeventtype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_simnotice (
    id bigint NOT NULL,
    event_id character varying(80) NOT NULL,
    how character varying(8) NOT NULL,
    attempts integer NOT NULL,
    last_status integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    transaction_id bigint NOT NULL,
    CONSTRAINT order_simnotice_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT order_simnotice_last_status_check CHECK ((last_status >= 0))
);
ALTER TABLE public.order_simnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_simnotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_simrefund (
    id bigint NOT NULL,
    out_refund_no character varying(64) NOT NULL,
    refund_id character varying(40) NOT NULL,
    amount_fen bigint NOT NULL,
    status character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    transaction_id bigint NOT NULL
);
ALTER TABLE public.order_simrefund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_simrefund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_simtransaction (
    id bigint NOT NULL,
    out_trade_no character varying(40) NOT NULL,
    transaction_id character varying(40) NOT NULL,
    token character varying(40) NOT NULL,
    mchid character varying(32) NOT NULL,
    description character varying(127) NOT NULL,
    amount_fen bigint NOT NULL,
    refunded_fen bigint NOT NULL,
    state character varying(10) NOT NULL,
    refunding character varying(4) NOT NULL,
    notify_url character varying(300) NOT NULL,
    return_url character varying(300) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    success_at timestamp with time zone,
    CONSTRAINT sim_transaction_refunded CHECK (((refunded_fen >= 0) AND (refunded_fen <= amount_fen)))
);
ALTER TABLE public.order_simtransaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_simtransaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_surcharge (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(128) NOT NULL,
    incl_tax numeric(12,2) NOT NULL,
    excl_tax numeric(12,2) NOT NULL,
    order_id bigint NOT NULL,
    tax_code character varying(64)
);
ALTER TABLE public.order_surcharge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.order_surcharge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partner_partner (
    id bigint NOT NULL,
    code character varying(128) NOT NULL,
    name character varying(128) NOT NULL
);
ALTER TABLE public.partner_partner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partner_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partner_partner_users (
    id bigint NOT NULL,
    partner_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.partner_partner_users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partner_partner_users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partner_partneraddress (
    id bigint NOT NULL,
    title character varying(64) NOT NULL,
    first_name character varying(255) NOT NULL,
    last_name character varying(255) NOT NULL,
    line1 character varying(255) NOT NULL,
    line2 character varying(255) NOT NULL,
    line3 character varying(255) NOT NULL,
    line4 character varying(255) NOT NULL,
    state character varying(255) NOT NULL,
    postcode character varying(64) NOT NULL,
    search_text text NOT NULL,
    country_id character varying(2) NOT NULL,
    partner_id bigint NOT NULL,
    code character varying(255)
);
ALTER TABLE public.partner_partneraddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partner_partneraddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partner_stockalert (
    id bigint NOT NULL,
    threshold integer NOT NULL,
    status character varying(128) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    date_closed timestamp with time zone,
    stockrecord_id bigint NOT NULL,
    CONSTRAINT partner_stockalert_threshold_check CHECK ((threshold >= 0))
);
ALTER TABLE public.partner_stockalert ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partner_stockalert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.partner_stockrecord (
    id bigint NOT NULL,
    partner_sku character varying(128) NOT NULL,
    price_currency character varying(12) NOT NULL,
    price numeric(12,2),
    num_in_stock integer,
    num_allocated integer,
    low_stock_threshold integer,
    date_created timestamp with time zone NOT NULL,
    date_updated timestamp with time zone NOT NULL,
    partner_id bigint NOT NULL,
    product_id bigint NOT NULL,
    CONSTRAINT partner_stockrecord_low_stock_threshold_check CHECK ((low_stock_threshold >= 0)),
    CONSTRAINT partner_stockrecord_num_in_stock_check CHECK ((num_in_stock >= 0))
);
ALTER TABLE public.partner_stockrecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.partner_stockrecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.payment_bankcard (
    id bigint NOT NULL,
    card_type character varying(128) NOT NULL,
    name character varying(255) NOT NULL,
    number character varying(32) NOT NULL,
    expiry_date date NOT NULL,
    partner_reference character varying(255) NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.payment_bankcard ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_bankcard_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.payment_source (
    id bigint NOT NULL,
    currency character varying(12) NOT NULL,
    amount_allocated numeric(12,2) NOT NULL,
    amount_debited numeric(12,2) NOT NULL,
    amount_refunded numeric(12,2) NOT NULL,
    reference character varying(255) NOT NULL,
    label character varying(128) NOT NULL,
    order_id bigint NOT NULL,
    source_type_id bigint NOT NULL
);
ALTER TABLE public.payment_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.payment_sourcetype (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(128) NOT NULL
);
ALTER TABLE public.payment_sourcetype ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_sourcetype_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.payment_transaction (
    id bigint NOT NULL,
    txn_type character varying(128) NOT NULL,
    amount numeric(12,2) NOT NULL,
    reference character varying(128) NOT NULL,
    status character varying(128) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    source_id bigint NOT NULL
);
ALTER TABLE public.payment_transaction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.payment_transaction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.pghistory_context (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL
);
CREATE TABLE public.reviews_productreview (
    id bigint NOT NULL,
    score smallint NOT NULL,
    title character varying(255) NOT NULL,
    body text NOT NULL,
    name character varying(255) NOT NULL,
    email character varying(254) NOT NULL,
    homepage character varying(200) NOT NULL,
    status smallint NOT NULL,
    total_votes integer NOT NULL,
    delta_votes integer NOT NULL,
    date_created timestamp with time zone NOT NULL,
    product_id bigint,
    user_id bigint,
    code character varying(255)
);
ALTER TABLE public.reviews_productreview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_productreview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_vote (
    id bigint NOT NULL,
    delta smallint NOT NULL,
    date_created timestamp with time zone NOT NULL,
    review_id bigint NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.reviews_vote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_vote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_accountturnover (
    id bigint NOT NULL,
    business_date date NOT NULL,
    debit_fen bigint NOT NULL,
    credit_fen bigint NOT NULL,
    account_id bigint NOT NULL
);
ALTER TABLE public.settlement_accountturnover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_accountturnover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_adjustment (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(160) NOT NULL,
    original_date date NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    answer character varying(160) NOT NULL,
    decided_by_id bigint,
    journal_id bigint,
    proposed_by_id bigint NOT NULL,
    reverses_id bigint,
    CONSTRAINT adjustment_four_eyes CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT adjustment_posted_with_journal CHECK ((((decided_by_id IS NOT NULL) AND (journal_id IS NOT NULL) AND ((state)::text = 'posted'::text)) OR ((NOT ((state)::text = 'posted'::text)) AND (journal_id IS NULL))))
);
ALTER TABLE public.settlement_adjustment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_adjustment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_adjustmentleg (
    id bigint NOT NULL,
    account_kind character varying(20) NOT NULL,
    channel character varying(16) NOT NULL,
    amount_fen bigint NOT NULL,
    adjustment_id bigint NOT NULL,
    institution_id bigint,
    CONSTRAINT adjustment_leg_not_zero CHECK ((NOT (amount_fen = 0)))
);
ALTER TABLE public.settlement_adjustmentleg ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_adjustmentleg_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.settlement_auditentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_auditentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_auditlink (
    number bigint NOT NULL,
    hash character varying(64) NOT NULL,
    entry_id bigint NOT NULL
);
CREATE TABLE public.settlement_bankanswer (
    id bigint NOT NULL,
    format character varying(8) NOT NULL,
    file_name character varying(160) NOT NULL,
    sha256 character varying(64) NOT NULL,
    rows integer NOT NULL,
    amount_fen bigint NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    loaded_by character varying(80) NOT NULL,
    file_id bigint NOT NULL,
    CONSTRAINT settlement_bankanswer_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.settlement_bankanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_bankanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_bankanswerline (
    id bigint NOT NULL,
    line_number integer NOT NULL,
    outcome character varying(10) NOT NULL,
    amount_fen bigint NOT NULL,
    bank_reference character varying(64) NOT NULL,
    reason character varying(160) NOT NULL,
    before character varying(10) NOT NULL,
    answer_id bigint NOT NULL,
    transfer_id bigint NOT NULL,
    CONSTRAINT bank_answer_outcome CHECK (((outcome)::text = ANY ((ARRAY['sent'::character varying, 'succeeded'::character varying, 'failed'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT settlement_bankanswerline_line_number_check CHECK ((line_number >= 0))
);
ALTER TABLE public.settlement_bankanswerline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_bankanswerline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_bilateralline (
    id bigint NOT NULL,
    business_date date NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint,
    counterparty_id bigint
);
ALTER TABLE public.settlement_bilateralline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_bilateralline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_businessday (
    id bigint NOT NULL,
    business_date date NOT NULL,
    state character varying(12) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    cut_off_at timestamp with time zone,
    netted_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_by character varying(80) NOT NULL,
    late_facts jsonb NOT NULL,
    problem text NOT NULL,
    seal_root character varying(64) NOT NULL,
    reported_at timestamp with time zone
);
ALTER TABLE public.settlement_businessday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_businessday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_chainproduct (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(120) DEFAULT ''::character varying NOT NULL,
    chain_id bigint NOT NULL
);
ALTER TABLE public.settlement_chainproduct ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_chainproduct_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_clawback (
    id bigint NOT NULL,
    business_date date NOT NULL,
    order_number character varying(32) NOT NULL,
    channel character varying(16) NOT NULL,
    original_date date NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint NOT NULL,
    paid_by_id bigint NOT NULL,
    trade_id bigint NOT NULL,
    CONSTRAINT clawback_positive CHECK ((amount_fen > 0))
);
ALTER TABLE public.settlement_clawback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_clawback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_clearingline (
    id bigint NOT NULL,
    business_date date NOT NULL,
    account_kind character varying(20) NOT NULL,
    channel character varying(16) NOT NULL,
    trade_kind character varying(20) NOT NULL,
    original_date date NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint,
    shares integer NOT NULL,
    CONSTRAINT settlement_clearingline_shares_check CHECK ((shares >= 0))
);
ALTER TABLE public.settlement_clearingline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_clearingline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_costimport (
    id bigint NOT NULL,
    file_name character varying(160) NOT NULL,
    sha256 character varying(64) NOT NULL,
    rows integer NOT NULL,
    rows_new integer NOT NULL,
    amount_fen bigint NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    loaded_by character varying(80) NOT NULL,
    CONSTRAINT settlement_costimport_rows_check CHECK ((rows >= 0)),
    CONSTRAINT settlement_costimport_rows_new_check CHECK ((rows_new >= 0))
);
ALTER TABLE public.settlement_costimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_costimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_costline (
    id bigint NOT NULL,
    line_number integer NOT NULL,
    reference character varying(40) NOT NULL,
    channel character varying(16) NOT NULL,
    month date NOT NULL,
    kind character varying(12) NOT NULL,
    amount_fen bigint NOT NULL,
    queries integer NOT NULL,
    batch_id bigint NOT NULL,
    institution_id bigint NOT NULL,
    journal_id bigint,
    CONSTRAINT cost_line_month_first CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT cost_line_one_figure CHECK ((((amount_fen = 0) AND (journal_id IS NULL) AND ((kind)::text = 'queries'::text) AND (queries > 0)) OR ((NOT ((kind)::text = 'queries'::text)) AND (NOT (amount_fen = 0)) AND (journal_id IS NOT NULL) AND (queries = 0)))),
    CONSTRAINT settlement_costline_line_number_check CHECK ((line_number >= 0)),
    CONSTRAINT settlement_costline_queries_check CHECK ((queries >= 0))
);
ALTER TABLE public.settlement_costline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_costline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_fundingterm (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    state character varying(10) NOT NULL,
    proposed_at timestamp with time zone,
    decided_at timestamp with time zone,
    answer character varying(160) DEFAULT ''::character varying NOT NULL,
    subject character varying(8) NOT NULL,
    offer_code character varying(128) NOT NULL,
    funder character varying(8) NOT NULL,
    decided_by_id bigint,
    proposed_by_id bigint,
    sponsor_id bigint,
    CONSTRAINT funding_term_offer CHECK (((((subject)::text = 'offer'::text) AND (NOT ((offer_code)::text = ''::text))) OR (((offer_code)::text = ''::text) AND ((subject)::text = 'points'::text)))),
    CONSTRAINT funding_term_sponsor CHECK (((((funder)::text = 'sponsor'::text) AND (sponsor_id IS NOT NULL)) OR ((NOT ((funder)::text = 'sponsor'::text)) AND (sponsor_id IS NULL)))),
    CONSTRAINT fundingterm_four_eyes CHECK (((NOT ((state)::text = ANY ((ARRAY['confirmed'::character varying, 'rejected'::character varying])::text[]))) OR ((decided_by_id IS NULL) AND (proposed_by_id IS NULL)) OR ((decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL) AND (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))))
);
ALTER TABLE public.settlement_fundingterm ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_fundingterm_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_fundtransfer (
    id bigint NOT NULL,
    reference character varying(40) NOT NULL,
    business_date date NOT NULL,
    direction character varying(8) NOT NULL,
    amount_fen bigint NOT NULL,
    state character varying(10) NOT NULL,
    account_number character varying(32) NOT NULL,
    account_name character varying(80) NOT NULL,
    bank_name character varying(60) NOT NULL,
    cnaps character varying(12) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    answered_at timestamp with time zone,
    reason character varying(160) NOT NULL,
    confirmed_by_id bigint,
    institution_id bigint NOT NULL,
    proposed_by_id bigint NOT NULL,
    file_id bigint,
    booked_on date,
    changed_at timestamp with time zone,
    changed_by character varying(80) DEFAULT 'system'::character varying NOT NULL,
    confirmers smallint DEFAULT 1 NOT NULL,
    evidence character varying(200) DEFAULT ''::character varying NOT NULL,
    first_confirmed_at timestamp with time zone,
    first_confirmed_by_id bigint,
    replaced_by_id bigint,
    CONSTRAINT settlement_fundtransfer_confirmers_check CHECK ((confirmers >= 0)),
    CONSTRAINT transfer_amount CHECK ((amount_fen > 0)),
    CONSTRAINT transfer_confirmed CHECK ((((state)::text = ANY ((ARRAY['draft'::character varying, 'rejected'::character varying])::text[])) OR (confirmed_by_id IS NOT NULL))),
    CONSTRAINT transfer_confirmers CHECK ((confirmers = ANY (ARRAY[1, 2]))),
    CONSTRAINT transfer_different_confirmers CHECK (((first_confirmed_by_id IS NULL) OR ((NOT ((first_confirmed_by_id = proposed_by_id) AND (first_confirmed_by_id IS NOT NULL))) AND ((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = first_confirmed_by_id) AND (confirmed_by_id IS NOT NULL) AND (first_confirmed_by_id IS NOT NULL))))))),
    CONSTRAINT transfer_four_eyes CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL))))),
    CONSTRAINT transfer_two_confirmers CHECK ((((state)::text = ANY ((ARRAY['draft'::character varying, 'rejected'::character varying])::text[])) OR (confirmers = 1) OR (first_confirmed_by_id IS NOT NULL)))
);
ALTER TABLE public.settlement_fundtransfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_fundtransfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_importedsale (
    id bigint NOT NULL,
    till character varying(20) NOT NULL,
    receipt character varying(40) NOT NULL,
    sold_at timestamp with time zone NOT NULL,
    original_date date NOT NULL,
    member_id bigint,
    lines_count integer NOT NULL,
    amount_fen bigint NOT NULL,
    store_discount_fen bigint NOT NULL,
    coupon_fen bigint NOT NULL,
    coupon_match_fen bigint NOT NULL,
    store_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT imported_sale_amount CHECK ((amount_fen >= 0)),
    CONSTRAINT settlement_importedsale_lines_count_check CHECK ((lines_count >= 0))
);
ALTER TABLE public.settlement_importedsale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_importedsale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_importedsaleline (
    id bigint NOT NULL,
    number integer NOT NULL,
    quantity numeric(12,3) NOT NULL,
    amount_fen bigint NOT NULL,
    store_discount_fen bigint NOT NULL,
    coupon_fen bigint NOT NULL,
    coupon_match_fen bigint NOT NULL,
    product_id bigint NOT NULL,
    sale_id bigint NOT NULL,
    CONSTRAINT settlement_importedsaleline_number_check CHECK ((number >= 0))
);
ALTER TABLE public.settlement_importedsaleline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_importedsaleline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_importreject (
    id bigint NOT NULL,
    line_number integer NOT NULL,
    reason character varying(32) NOT NULL,
    content text NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT settlement_importreject_line_number_check CHECK ((line_number >= 0))
);
ALTER TABLE public.settlement_importreject ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_importreject_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_journal (
    id bigint NOT NULL,
    key character varying(120) NOT NULL,
    payload_hash character varying(64) NOT NULL,
    kind character varying(24) NOT NULL,
    business_date date NOT NULL,
    original_date date NOT NULL,
    booked_at timestamp with time zone NOT NULL,
    note character varying(160) DEFAULT ''::character varying NOT NULL,
    reverses_id bigint,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL
);
ALTER TABLE public.settlement_journal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_ledgeraccount (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    currency character varying(3) DEFAULT 'CNY'::character varying NOT NULL,
    institution_id bigint
);
ALTER TABLE public.settlement_ledgeraccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_ledgeraccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_matchedge (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(80) NOT NULL,
    trade_id bigint,
    transfer_id bigint,
    bill_batch_id bigint,
    bill_line_id bigint,
    line_id bigint NOT NULL,
    CONSTRAINT match_one_side CHECK ((((bill_batch_id IS NULL) AND (bill_line_id IS NULL) AND (trade_id IS NOT NULL) AND (transfer_id IS NULL)) OR ((bill_batch_id IS NULL) AND (bill_line_id IS NULL) AND (trade_id IS NULL) AND (transfer_id IS NOT NULL)) OR ((bill_batch_id IS NULL) AND (bill_line_id IS NOT NULL) AND (trade_id IS NULL) AND (transfer_id IS NULL)) OR ((bill_batch_id IS NOT NULL) AND (bill_line_id IS NULL) AND (trade_id IS NULL) AND (transfer_id IS NULL))))
);
ALTER TABLE public.settlement_matchedge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_matchedge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_netposition (
    id bigint NOT NULL,
    business_date date NOT NULL,
    channel character varying(16) NOT NULL,
    currency character varying(3) DEFAULT 'CNY'::character varying NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint,
    problem character varying(200) DEFAULT ''::character varying NOT NULL,
    state character varying(10) DEFAULT 'netted'::character varying NOT NULL
);
ALTER TABLE public.settlement_netposition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_netposition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_orderfunding (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    paid_fen bigint NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint,
    term_id bigint NOT NULL,
    terms_id bigint NOT NULL,
    CONSTRAINT order_funding_positive CHECK (((amount_fen > 0) AND (paid_fen > 0)))
);
ALTER TABLE public.settlement_orderfunding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_orderfunding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_ordershare (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    "position" smallint NOT NULL,
    role character varying(16) NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint,
    terms_id bigint NOT NULL,
    rule_version_id bigint NOT NULL,
    CONSTRAINT order_share_positive CHECK ((amount_fen > 0)),
    CONSTRAINT settlement_ordershare_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.settlement_ordershare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_ordershare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_ordershareterms (
    id bigint NOT NULL,
    order_number character varying(32) NOT NULL,
    channel character varying(16) NOT NULL,
    province character varying(20) NOT NULL,
    total_fen bigint NOT NULL,
    cod boolean NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    handed_date date,
    attributed_id bigint,
    courier_id bigint,
    fulfiller_id bigint,
    CONSTRAINT order_terms_handed_known CHECK ((((fulfiller_id IS NULL) AND (handed_date IS NULL)) OR ((fulfiller_id IS NOT NULL) AND (handed_date IS NOT NULL))))
);
ALTER TABLE public.settlement_ordershareterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_ordershareterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_ordertermsline (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    seller_kind character varying(16) NOT NULL,
    amount_fen bigint NOT NULL,
    net_fen bigint NOT NULL,
    rule_version_id bigint NOT NULL,
    seller_id bigint,
    terms_id bigint NOT NULL,
    CONSTRAINT order_terms_line_positive CHECK ((amount_fen > 0))
);
ALTER TABLE public.settlement_ordertermsline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_ordertermsline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_parcelpart (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    parcel bigint,
    units integer NOT NULL,
    known_date date,
    courier_id bigint,
    fulfiller_id bigint,
    terms_id bigint NOT NULL,
    CONSTRAINT parcel_part_known CHECK ((((courier_id IS NULL) AND (fulfiller_id IS NULL) AND (known_date IS NULL)) OR ((fulfiller_id IS NOT NULL) AND (known_date IS NOT NULL)))),
    CONSTRAINT parcel_part_units CHECK ((units > 0)),
    CONSTRAINT settlement_parcelpart_units_check CHECK ((units >= 0))
);
ALTER TABLE public.settlement_parcelpart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_parcelpart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_payoutterms (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    minimum_fen bigint NOT NULL,
    collects boolean NOT NULL,
    note character varying(160) NOT NULL,
    set_by character varying(80) NOT NULL,
    set_at timestamp with time zone NOT NULL,
    institution_id bigint NOT NULL,
    CONSTRAINT payout_minimum_positive CHECK ((minimum_fen >= 0))
);
ALTER TABLE public.settlement_payoutterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_payoutterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_posting (
    id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    currency character varying(3) DEFAULT 'CNY'::character varying NOT NULL,
    channel character varying(16) NOT NULL,
    business_date date NOT NULL,
    journal_id bigint NOT NULL,
    account_id bigint NOT NULL,
    CONSTRAINT posting_not_zero CHECK ((amount_fen <> 0))
)
PARTITION BY RANGE (business_date);
ALTER TABLE public.settlement_posting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_productfold (
    business_date date NOT NULL,
    made_at timestamp with time zone NOT NULL
);
CREATE TABLE public.settlement_productline (
    id bigint NOT NULL,
    business_date date NOT NULL,
    account_kind character varying(20) NOT NULL,
    channel character varying(16) NOT NULL,
    trade_kind character varying(20) NOT NULL,
    product character varying(80) NOT NULL,
    shares integer NOT NULL,
    amount_fen bigint NOT NULL,
    institution_id bigint,
    CONSTRAINT settlement_productline_shares_check CHECK ((shares >= 0))
);
ALTER TABLE public.settlement_productline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_productline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_providerfeerate (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    ppm integer NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT provider_fee_ppm CHECK ((ppm <= 1000000)),
    CONSTRAINT settlement_providerfeerate_ppm_check CHECK ((ppm >= 0))
);
ALTER TABLE public.settlement_providerfeerate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_providerfeerate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_providerfeerateevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    valid_from date NOT NULL,
    ppm integer NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT settlement_providerfeerateevent_ppm_check CHECK ((ppm >= 0))
);
ALTER TABLE public.settlement_providerfeerateevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_providerfeerateevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_providerlimit (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    state character varying(10) NOT NULL,
    proposed_at timestamp with time zone,
    decided_at timestamp with time zone,
    answer character varying(160) DEFAULT ''::character varying NOT NULL,
    splits_at_source boolean NOT NULL,
    requests_per_order smallint NOT NULL,
    receivers_per_request smallint NOT NULL,
    share_ppm integer NOT NULL,
    frozen_days smallint NOT NULL,
    frozen_days_most smallint NOT NULL,
    decided_by_id bigint,
    proposed_by_id bigint,
    provider_id bigint NOT NULL,
    CONSTRAINT provider_limit_sane CHECK (((receivers_per_request >= 1) AND (requests_per_order >= 1) AND (frozen_days_most >= frozen_days) AND (share_ppm >= 1) AND (share_ppm <= 1000000))),
    CONSTRAINT providerlimit_four_eyes CHECK (((NOT ((state)::text = ANY ((ARRAY['confirmed'::character varying, 'rejected'::character varying])::text[]))) OR ((decided_by_id IS NULL) AND (proposed_by_id IS NULL)) OR ((decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL) AND (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))),
    CONSTRAINT settlement_providerlimit_frozen_days_check CHECK ((frozen_days >= 0)),
    CONSTRAINT settlement_providerlimit_frozen_days_most_check CHECK ((frozen_days_most >= 0)),
    CONSTRAINT settlement_providerlimit_receivers_per_request_check CHECK ((receivers_per_request >= 0)),
    CONSTRAINT settlement_providerlimit_requests_per_order_check CHECK ((requests_per_order >= 0)),
    CONSTRAINT settlement_providerlimit_share_ppm_check CHECK ((share_ppm >= 0))
);
ALTER TABLE public.settlement_providerlimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_providerlimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_reconbatch (
    id bigint NOT NULL,
    scope character varying(8) NOT NULL,
    bill_date date NOT NULL,
    state character varying(10) NOT NULL,
    ours_count integer NOT NULL,
    ours_fen bigint NOT NULL,
    theirs_count integer NOT NULL,
    theirs_fen bigint NOT NULL,
    fee_fen bigint NOT NULL,
    matched_count integer NOT NULL,
    matched_fen bigint NOT NULL,
    matched_at timestamp with time zone,
    signed_off_at timestamp with time zone,
    changed_by character varying(80) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    fees_through bigint,
    CONSTRAINT recon_batch_signed CHECK ((((signed_off_at IS NOT NULL) AND ((state)::text = 'signed_off'::text)) OR ((NOT ((state)::text = 'signed_off'::text)) AND (signed_off_at IS NULL)))),
    CONSTRAINT recon_batch_state CHECK (((state)::text = ANY ((ARRAY['wait_file'::character varying, 'loaded'::character varying, 'matched'::character varying, 'balanced'::character varying, 'has_breaks'::character varying, 'signed_off'::character varying])::text[]))),
    CONSTRAINT settlement_reconbatch_matched_count_check CHECK ((matched_count >= 0)),
    CONSTRAINT settlement_reconbatch_ours_count_check CHECK ((ours_count >= 0)),
    CONSTRAINT settlement_reconbatch_theirs_count_check CHECK ((theirs_count >= 0))
);
ALTER TABLE public.settlement_reconbatch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_reconbatch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_reconbreak (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    ours_fen bigint NOT NULL,
    theirs_fen bigint NOT NULL,
    difference_fen bigint NOT NULL,
    control_kind character varying(20) NOT NULL,
    state character varying(8) NOT NULL,
    bill_date date NOT NULL,
    waits_until date NOT NULL,
    resolution character varying(10) NOT NULL,
    note character varying(200) NOT NULL,
    limit_fen bigint,
    resolved_at timestamp with time zone,
    changed_by character varying(80) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    batch_id bigint NOT NULL,
    bill_batch_id bigint,
    control_institution_id bigint,
    journal_id bigint,
    owner_id bigint,
    proposed_by_id bigint,
    trade_id bigint,
    transfer_id bigint,
    bill_line_id bigint,
    line_id bigint,
    CONSTRAINT break_four_eyes CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))),
    CONSTRAINT break_resolved_by_journal CHECK (((NOT ((state)::text = 'resolved'::text)) OR ((resolution)::text = ANY ((ARRAY['matched'::character varying, 'linked'::character varying])::text[])) OR ((difference_fen = 0) AND ((resolution)::text = 'no_amount'::text)) OR (journal_id IS NOT NULL))),
    CONSTRAINT break_resolved_how CHECK ((((resolved_at IS NOT NULL) AND ((state)::text = 'resolved'::text) AND (NOT ((resolution)::text = ''::text))) OR ((NOT ((state)::text = 'resolved'::text)) AND (journal_id IS NULL) AND (resolved_at IS NULL)))),
    CONSTRAINT break_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'open'::character varying, 'proposed'::character varying, 'resolved'::character varying])::text[]))),
    CONSTRAINT break_write_off_limit CHECK (((NOT (((resolution)::text = 'write_off'::text) AND ((state)::text = 'resolved'::text))) OR (approved_by_id IS NOT NULL) OR ((difference_fen >= (limit_fen * '-1'::integer)) AND (difference_fen <= limit_fen))))
);
ALTER TABLE public.settlement_reconbreak ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_reconbreak_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_reconevent (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    before character varying(10) NOT NULL,
    after character varying(10) NOT NULL,
    resolution character varying(10) NOT NULL,
    note character varying(200) NOT NULL,
    batch_id bigint NOT NULL,
    brk_id bigint,
    journal_id bigint,
    owner_id bigint
);
ALTER TABLE public.settlement_reconevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_reconevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_reconpolicy (
    id bigint NOT NULL,
    valid_from date NOT NULL,
    pool_days smallint NOT NULL,
    fee_tolerance_fen integer NOT NULL,
    write_off_limit_fen bigint NOT NULL,
    changed_by character varying(80) NOT NULL,
    CONSTRAINT settlement_reconpolicy_fee_tolerance_fen_check CHECK ((fee_tolerance_fen >= 0)),
    CONSTRAINT settlement_reconpolicy_pool_days_check CHECK ((pool_days >= 0)),
    CONSTRAINT settlement_reconpolicy_write_off_limit_fen_check CHECK ((write_off_limit_fen >= 0))
);
ALTER TABLE public.settlement_reconpolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_reconpolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_rulecomparison (
    id bigint NOT NULL,
    begin date NOT NULL,
    "end" date NOT NULL,
    next_day date NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    lines integer NOT NULL,
    after_id bigint NOT NULL,
    before_id bigint,
    requested_by_id bigint,
    CONSTRAINT rule_comparison_period CHECK ((begin <= "end")),
    CONSTRAINT settlement_rulecomparison_lines_check CHECK ((lines >= 0))
);
ALTER TABLE public.settlement_rulecomparison ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_rulecomparison_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_rulecomparisonline (
    id bigint NOT NULL,
    business_date date NOT NULL,
    role character varying(16) NOT NULL,
    before_fen bigint NOT NULL,
    after_fen bigint NOT NULL,
    orders_changed integer NOT NULL,
    comparison_id bigint NOT NULL,
    institution_id bigint,
    CONSTRAINT settlement_rulecomparisonline_orders_changed_check CHECK ((orders_changed >= 0))
);
ALTER TABLE public.settlement_rulecomparisonline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_rulecomparisonline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_rulecomparisonorder (
    id bigint NOT NULL,
    reference character varying(120) NOT NULL,
    business_date date NOT NULL,
    role character varying(16) NOT NULL,
    before_fen bigint NOT NULL,
    after_fen bigint NOT NULL,
    comparison_id bigint NOT NULL,
    institution_id bigint
);
ALTER TABLE public.settlement_rulecomparisonorder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_rulecomparisonorder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_settlementchunk (
    id bigint NOT NULL,
    business_date date NOT NULL,
    number integer NOT NULL,
    kind character varying(8) NOT NULL,
    first_id bigint CONSTRAINT settlement_settlementchunk_first_trade_id_not_null NOT NULL,
    last_id bigint CONSTRAINT settlement_settlementchunk_last_trade_id_not_null NOT NULL,
    rows integer NOT NULL,
    started_at timestamp with time zone,
    done_at timestamp with time zone,
    blocks text DEFAULT ''::text NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    retry_of date,
    CONSTRAINT settlement_settlementchunk_number_check CHECK ((number >= 0)),
    CONSTRAINT settlement_settlementchunk_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.settlement_settlementchunk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_settlementchunk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_splitrule (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    priority smallint NOT NULL,
    offering_kind character varying(20) NOT NULL,
    seller_kind character varying(16) NOT NULL,
    channel character varying(16) NOT NULL,
    seller_id bigint,
    CONSTRAINT settlement_splitrule_priority_check CHECK ((priority >= 0))
);
ALTER TABLE public.settlement_splitrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_splitrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_splitruleevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    priority smallint NOT NULL,
    offering_kind character varying(20) NOT NULL,
    seller_kind character varying(16) NOT NULL,
    channel character varying(16) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    seller_id bigint,
    CONSTRAINT settlement_splitruleevent_priority_check CHECK ((priority >= 0))
);
ALTER TABLE public.settlement_splitruleevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_splitruleevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_splitruleline (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    role character varying(16) NOT NULL,
    kind character varying(12) NOT NULL,
    base character varying(12) NOT NULL,
    ppm integer NOT NULL,
    amount_fen bigint NOT NULL,
    cap_fen bigint NOT NULL,
    version_id bigint NOT NULL,
    after smallint DEFAULT 0 NOT NULL,
    CONSTRAINT settlement_splitruleline_after_check CHECK ((after >= 0)),
    CONSTRAINT settlement_splitruleline_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT settlement_splitruleline_cap_fen_check CHECK ((cap_fen >= 0)),
    CONSTRAINT settlement_splitruleline_position_check CHECK (("position" >= 0)),
    CONSTRAINT settlement_splitruleline_ppm_check CHECK ((ppm >= 0)),
    CONSTRAINT split_line_after CHECK (((after = 0) OR ((after < "position") AND ((base)::text = 'remainder'::text)))),
    CONSTRAINT split_line_kind CHECK (((((kind)::text = 'percentage'::text) AND (ppm > 0)) OR ((cap_fen > 0) AND ((kind)::text = 'capped'::text) AND (ppm > 0)) OR ((amount_fen > 0) AND ((kind)::text = 'fixed'::text)) OR ((kind)::text = 'residual'::text))),
    CONSTRAINT split_line_party CHECK ((NOT ((role)::text = ANY ((ARRAY['provider'::character varying, 'nobody'::character varying])::text[])))),
    CONSTRAINT split_line_ppm CHECK ((ppm <= 1000000))
);
ALTER TABLE public.settlement_splitruleline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_splitruleline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_splitrulelineevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    role character varying(16) NOT NULL,
    kind character varying(12) NOT NULL,
    base character varying(12) NOT NULL,
    ppm integer NOT NULL,
    amount_fen bigint NOT NULL,
    cap_fen bigint NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    version_id bigint NOT NULL,
    after smallint DEFAULT 0 NOT NULL,
    CONSTRAINT settlement_splitrulelineevent_after_check CHECK ((after >= 0)),
    CONSTRAINT settlement_splitrulelineevent_amount_fen_check CHECK ((amount_fen >= 0)),
    CONSTRAINT settlement_splitrulelineevent_cap_fen_check CHECK ((cap_fen >= 0)),
    CONSTRAINT settlement_splitrulelineevent_position_check CHECK (("position" >= 0)),
    CONSTRAINT settlement_splitrulelineevent_ppm_check CHECK ((ppm >= 0))
);
ALTER TABLE public.settlement_splitrulelineevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_splitrulelineevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_splitruleversion (
    id bigint NOT NULL,
    number smallint NOT NULL,
    valid_from date NOT NULL,
    note character varying(160) NOT NULL,
    rule_id bigint NOT NULL,
    answer character varying(160) DEFAULT ''::character varying NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    ends boolean NOT NULL,
    proposed_at timestamp with time zone,
    proposed_by_id bigint,
    state character varying(10) NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT settlement_splitruleversion_number_check CHECK ((number >= 0)),
    CONSTRAINT splitruleversion_four_eyes CHECK (((NOT ((state)::text = ANY ((ARRAY['confirmed'::character varying, 'rejected'::character varying])::text[]))) OR ((decided_by_id IS NULL) AND (proposed_by_id IS NULL)) OR ((decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL) AND (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))))
);
ALTER TABLE public.settlement_splitruleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_splitruleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_splitruleversionevent (
    pgh_id integer NOT NULL,
    pgh_created_at timestamp with time zone NOT NULL,
    pgh_label text NOT NULL,
    id bigint NOT NULL,
    number smallint NOT NULL,
    valid_from date NOT NULL,
    note character varying(160) NOT NULL,
    pgh_context_id uuid,
    pgh_obj_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    answer character varying(160) DEFAULT ''::character varying NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    ends boolean NOT NULL,
    proposed_at timestamp with time zone,
    proposed_by_id bigint,
    state character varying(10) NOT NULL,
    CONSTRAINT settlement_splitruleversionevent_number_check CHECK ((number >= 0))
);
ALTER TABLE public.settlement_splitruleversionevent ALTER COLUMN pgh_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_splitruleversionevent_pgh_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_statement (
    id bigint NOT NULL,
    format character varying(16) NOT NULL,
    file_name character varying(160) NOT NULL,
    sha256 character varying(64) NOT NULL,
    rows integer NOT NULL,
    amount_fen bigint NOT NULL,
    fee_fen bigint NOT NULL,
    totals jsonb NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    loaded_by character varying(80) NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT settlement_statement_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.settlement_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_statementaccount (
    id bigint NOT NULL,
    source character varying(8) NOT NULL,
    number character varying(40) NOT NULL,
    begins_on date NOT NULL,
    is_active boolean NOT NULL,
    institution_id bigint NOT NULL
);
ALTER TABLE public.settlement_statementaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_statementaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_statementline (
    id bigint NOT NULL,
    line_number integer NOT NULL,
    kind character varying(8) NOT NULL,
    our_reference character varying(64) NOT NULL,
    provider_reference character varying(64) NOT NULL,
    group_reference character varying(64) NOT NULL,
    amount_fen bigint NOT NULL,
    fee_fen bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    status character varying(32) NOT NULL,
    text character varying(120) NOT NULL,
    statement_id bigint NOT NULL,
    CONSTRAINT settlement_statementline_line_number_check CHECK ((line_number >= 0))
);
ALTER TABLE public.settlement_statementline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_statementline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_tillimport (
    id bigint NOT NULL,
    file_name character varying(160) NOT NULL,
    sha256 character varying(64) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    lines_read integer NOT NULL,
    lines_loaded integer NOT NULL,
    lines_known integer NOT NULL,
    lines_rejected integer NOT NULL,
    sales_loaded integer NOT NULL,
    amount_fen bigint NOT NULL,
    chain_id bigint NOT NULL,
    CONSTRAINT settlement_tillimport_lines_known_check CHECK ((lines_known >= 0)),
    CONSTRAINT settlement_tillimport_lines_loaded_check CHECK ((lines_loaded >= 0)),
    CONSTRAINT settlement_tillimport_lines_read_check CHECK ((lines_read >= 0)),
    CONSTRAINT settlement_tillimport_lines_rejected_check CHECK ((lines_rejected >= 0)),
    CONSTRAINT settlement_tillimport_sales_loaded_check CHECK ((sales_loaded >= 0))
);
ALTER TABLE public.settlement_tillimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_tillimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_trade (
    id bigint NOT NULL,
    source_key character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    means character varying(8) NOT NULL,
    channel character varying(16) NOT NULL,
    order_number character varying(32) NOT NULL,
    payment_id bigint,
    amount_fen bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    booked_at timestamp with time zone NOT NULL,
    business_date date NOT NULL,
    original_date date NOT NULL,
    collector_id bigint,
    institution_id bigint,
    journal_id bigint NOT NULL,
    provider_id bigint,
    rule_version_id bigint,
    CONSTRAINT trade_not_zero CHECK ((NOT (amount_fen = 0)))
);
ALTER TABLE public.settlement_trade ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_trade_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_tradeline (
    id bigint NOT NULL,
    order_number character varying(32) NOT NULL,
    line_id bigint NOT NULL,
    amount_fen bigint NOT NULL,
    trade_id bigint NOT NULL,
    CONSTRAINT trade_line_positive CHECK ((amount_fen > 0))
);
ALTER TABLE public.settlement_tradeline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_tradeline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_tradereference (
    trade_id bigint NOT NULL,
    our_reference character varying(64) NOT NULL,
    provider_reference character varying(64) NOT NULL,
    provider_id bigint NOT NULL
);
CREATE TABLE public.settlement_tradeshare (
    id bigint NOT NULL,
    business_date date NOT NULL,
    role character varying(16) NOT NULL,
    account_kind character varying(20) NOT NULL,
    channel character varying(16) NOT NULL,
    amount_fen bigint NOT NULL,
    chunk_id bigint NOT NULL,
    institution_id bigint,
    trade_id bigint NOT NULL,
    CONSTRAINT share_not_zero CHECK ((NOT (amount_fen = 0)))
);
ALTER TABLE public.settlement_tradeshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_tradeshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_transferdocument (
    id bigint NOT NULL,
    format character varying(8) NOT NULL,
    name character varying(60) NOT NULL,
    count integer NOT NULL,
    sum_fen bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL,
    file_id bigint NOT NULL,
    CONSTRAINT settlement_transferdocument_count_check CHECK ((count >= 0))
);
ALTER TABLE public.settlement_transferdocument ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_transferdocument_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_transferevent (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    before character varying(10) NOT NULL,
    after character varying(10) NOT NULL,
    reason character varying(160) NOT NULL,
    evidence character varying(200) NOT NULL,
    transfer_id bigint NOT NULL
);
ALTER TABLE public.settlement_transferevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_transferevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_transferfile (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    business_date date NOT NULL,
    count integer NOT NULL,
    sum_fen bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by character varying(80) NOT NULL,
    CONSTRAINT settlement_transferfile_count_check CHECK ((count >= 0))
);
ALTER TABLE public.settlement_transferfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_transferfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.settlement_transferlimit (
    id bigint NOT NULL,
    role character varying(16) NOT NULL,
    valid_from date NOT NULL,
    most_fen bigint NOT NULL,
    daily_fen bigint NOT NULL,
    two_above_fen bigint,
    note character varying(160) NOT NULL,
    set_by character varying(80) NOT NULL,
    set_at timestamp with time zone NOT NULL,
    user_id bigint,
    CONSTRAINT transfer_limit_of_one CHECK ((((two_above_fen >= 0) AND (user_id IS NULL) AND (NOT ((role)::text = ''::text))) OR (((role)::text = ''::text) AND (two_above_fen IS NULL) AND (user_id IS NOT NULL)))),
    CONSTRAINT transfer_limit_positive CHECK (((daily_fen >= 0) AND (most_fen >= 0)))
);
ALTER TABLE public.settlement_transferlimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlement_transferlimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.shipping_orderanditemcharges (
    id bigint NOT NULL,
    code character varying(128) NOT NULL,
    name character varying(128) NOT NULL,
    description text NOT NULL,
    price_per_order numeric(12,2) NOT NULL,
    price_per_item numeric(12,2) NOT NULL,
    free_shipping_threshold numeric(12,2)
);
CREATE TABLE public.shipping_orderanditemcharges_countries (
    id bigint NOT NULL,
    orderanditemcharges_id bigint CONSTRAINT shipping_orderanditemcharges_co_orderanditemcharges_id_not_null NOT NULL,
    country_id character varying(2) NOT NULL
);
ALTER TABLE public.shipping_orderanditemcharges_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_orderanditemcharges_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.shipping_orderanditemcharges ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_orderanditemcharges_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.shipping_weightband (
    id bigint NOT NULL,
    upper_limit numeric(12,3) NOT NULL,
    charge numeric(12,2) NOT NULL,
    method_id bigint NOT NULL
);
ALTER TABLE public.shipping_weightband ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_weightband_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.shipping_weightbased (
    id bigint NOT NULL,
    code character varying(128) NOT NULL,
    name character varying(128) NOT NULL,
    description text NOT NULL,
    default_weight numeric(12,3) NOT NULL
);
CREATE TABLE public.shipping_weightbased_countries (
    id bigint NOT NULL,
    weightbased_id bigint NOT NULL,
    country_id character varying(2) NOT NULL
);
ALTER TABLE public.shipping_weightbased_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_weightbased_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.shipping_weightbased ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.shipping_weightbased_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.voucher_voucher (
    id bigint NOT NULL,
    name character varying(128) NOT NULL,
    code character varying(128) NOT NULL,
    usage character varying(128) NOT NULL,
    start_datetime timestamp with time zone NOT NULL,
    end_datetime timestamp with time zone NOT NULL,
    num_basket_additions integer NOT NULL,
    num_orders integer NOT NULL,
    total_discount numeric(12,2) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    voucher_set_id bigint,
    CONSTRAINT voucher_voucher_num_basket_additions_check CHECK ((num_basket_additions >= 0)),
    CONSTRAINT voucher_voucher_num_orders_check CHECK ((num_orders >= 0))
);
ALTER TABLE public.voucher_voucher ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voucher_voucher_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.voucher_voucher_offers (
    id bigint NOT NULL,
    voucher_id bigint NOT NULL,
    conditionaloffer_id bigint NOT NULL
);
ALTER TABLE public.voucher_voucher_offers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voucher_voucher_offers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.voucher_voucherapplication (
    id bigint NOT NULL,
    date_created timestamp with time zone NOT NULL,
    order_id bigint NOT NULL,
    user_id bigint,
    voucher_id bigint NOT NULL
);
ALTER TABLE public.voucher_voucherapplication ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voucher_voucherapplication_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.voucher_voucherset (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    count integer NOT NULL,
    code_length integer NOT NULL,
    description text NOT NULL,
    date_created timestamp with time zone NOT NULL,
    start_datetime timestamp with time zone NOT NULL,
    end_datetime timestamp with time zone NOT NULL,
    CONSTRAINT voucher_voucherset_count_69b7878e_check CHECK ((count >= 0))
);
ALTER TABLE public.voucher_voucherset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voucher_voucherset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wishlists_line (
    id bigint NOT NULL,
    quantity integer NOT NULL,
    title character varying(255) NOT NULL,
    product_id bigint,
    wishlist_id bigint NOT NULL,
    CONSTRAINT wishlists_line_quantity_check CHECK ((quantity >= 0))
);
ALTER TABLE public.wishlists_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishlists_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wishlists_wishlist (
    id bigint NOT NULL,
    name character varying(255) NOT NULL,
    key character varying(6) NOT NULL,
    visibility character varying(20) NOT NULL,
    date_created timestamp with time zone NOT NULL,
    owner_id bigint NOT NULL
);
ALTER TABLE public.wishlists_wishlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishlists_wishlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.wishlists_wishlistsharedemail (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    wishlist_id bigint NOT NULL
);
ALTER TABLE public.wishlists_wishlistsharedemail ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishlists_wishlistsharedemail_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
INSERT INTO public.auth_group VALUES (1, 'All Oscar Dashboard Permissions');
INSERT INTO public.django_site VALUES (1, 'example.com', 'example.com');
INSERT INTO public.fulfillment_coverrule VALUES (1, '', 28, 5, 14, 60, 2);
INSERT INTO public.fulfillment_coverrule VALUES (2, 'warehouse', 28, 10, 30, 90, 20);
INSERT INTO public.settlement_reconpolicy VALUES (1, '2000-01-01', 3, 1, 10000, 'installation');
INSERT INTO public.settlement_transferlimit VALUES (1, 'finance_lead', '2000-01-01', 500000000, 2000000000, 100000000, '', 'installation', '1999-12-31 16:00:00+00', NULL);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, true);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 1337, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 334, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 252, true);
SELECT pg_catalog.setval('public.django_site_id_seq', 1, true);
SELECT pg_catalog.setval('public.fulfillment_coverrule_id_seq', 2, true);
SELECT pg_catalog.setval('public.fulfillment_coverruleevent_pgh_id_seq', 2, true);
SELECT pg_catalog.setval('public.order_number_seq', 1001, false);
SELECT pg_catalog.setval('public.settlement_reconpolicy_id_seq', 1, true);
SELECT pg_catalog.setval('public.settlement_transferlimit_id_seq', 1, true);
ALTER TABLE ONLY public.settlement_accountturnover
    ADD CONSTRAINT account_turnover_once UNIQUE (account_id, business_date);
ALTER TABLE ONLY public.address_country
    ADD CONSTRAINT address_country_pkey PRIMARY KEY (iso_3166_1_a2);
ALTER TABLE ONLY public.address_useraddress
    ADD CONSTRAINT address_useraddress_code_key UNIQUE (code);
ALTER TABLE ONLY public.address_useraddress
    ADD CONSTRAINT address_useraddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.address_useraddress
    ADD CONSTRAINT address_useraddress_user_id_hash_9d1738c7_uniq UNIQUE (user_id, hash);
ALTER TABLE ONLY public.analytics_productrecord
    ADD CONSTRAINT analytics_productrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.analytics_productrecord
    ADD CONSTRAINT analytics_productrecord_product_id_key UNIQUE (product_id);
ALTER TABLE ONLY public.analytics_userproductview
    ADD CONSTRAINT analytics_userproductview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.analytics_userrecord
    ADD CONSTRAINT analytics_userrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.analytics_userrecord
    ADD CONSTRAINT analytics_userrecord_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.analytics_usersearch
    ADD CONSTRAINT analytics_usersearch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_bankanswerline
    ADD CONSTRAINT bank_answer_line_once UNIQUE (answer_id, transfer_id);
ALTER TABLE ONLY public.basket_basket
    ADD CONSTRAINT basket_basket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.basket_basket_vouchers
    ADD CONSTRAINT basket_basket_vouchers_basket_id_voucher_id_0731eee2_uniq UNIQUE (basket_id, voucher_id);
ALTER TABLE ONLY public.basket_basket_vouchers
    ADD CONSTRAINT basket_basket_vouchers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.basket_line
    ADD CONSTRAINT basket_line_basket_id_line_reference_8977e974_uniq UNIQUE (basket_id, line_reference);
ALTER TABLE ONLY public.basket_line
    ADD CONSTRAINT basket_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.basket_lineattribute
    ADD CONSTRAINT basket_lineattribute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_bilateralline
    ADD CONSTRAINT bilateral_line_once UNIQUE NULLS NOT DISTINCT (business_date, institution_id, counterparty_id);
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT break_once UNIQUE NULLS NOT DISTINCT (kind, line_id, trade_id, transfer_id, bill_line_id, bill_batch_id);
ALTER TABLE ONLY public.fulfillment_campaignitem
    ADD CONSTRAINT campaign_item_once UNIQUE (campaign_id, sku);
ALTER TABLE ONLY public.fulfillment_campaignshare
    ADD CONSTRAINT campaign_share_once UNIQUE (item_id, number);
ALTER TABLE ONLY public.order_cardentry
    ADD CONSTRAINT card_entry_once UNIQUE (kind, reference);
ALTER TABLE ONLY public.order_prepaidcard
    ADD CONSTRAINT card_unit_once UNIQUE (line_id, unit);
ALTER TABLE ONLY public.catalogue_attributeoption
    ADD CONSTRAINT catalogue_attributeoption_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_attributeoption
    ADD CONSTRAINT catalogue_attributeoption_group_id_option_7a8f6c11_uniq UNIQUE (group_id, option);
ALTER TABLE ONLY public.catalogue_attributeoption
    ADD CONSTRAINT catalogue_attributeoption_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_attributeoptiongroup
    ADD CONSTRAINT catalogue_attributeoptiongroup_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_attributeoptiongroup
    ADD CONSTRAINT catalogue_attributeoptiongroup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_category
    ADD CONSTRAINT catalogue_category_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_category
    ADD CONSTRAINT catalogue_category_path_key UNIQUE (path);
ALTER TABLE ONLY public.catalogue_category
    ADD CONSTRAINT catalogue_category_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_categorytext
    ADD CONSTRAINT catalogue_categorytext_pkey PRIMARY KEY (category_id);
ALTER TABLE ONLY public.catalogue_channelprice
    ADD CONSTRAINT catalogue_channelprice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_channelpriceevent
    ADD CONSTRAINT catalogue_channelpriceevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.catalogue_number
    ADD CONSTRAINT catalogue_number_pkey PRIMARY KEY (msisdn);
ALTER TABLE ONLY public.catalogue_numberallotment
    ADD CONSTRAINT catalogue_numberallotment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_numberblock
    ADD CONSTRAINT catalogue_numberblock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_numberblock
    ADD CONSTRAINT catalogue_numberblock_prefix_key UNIQUE (prefix);
ALTER TABLE ONLY public.catalogue_numbergrade
    ADD CONSTRAINT catalogue_numbergrade_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_numbergrade
    ADD CONSTRAINT catalogue_numbergrade_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_numbergrade
    ADD CONSTRAINT catalogue_numbergrade_position_key UNIQUE ("position");
ALTER TABLE ONLY public.catalogue_numbergradeevent
    ADD CONSTRAINT catalogue_numbergradeevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.catalogue_numberhold
    ADD CONSTRAINT catalogue_numberhold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_offering
    ADD CONSTRAINT catalogue_offering_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY public.catalogue_offering
    ADD CONSTRAINT catalogue_offering_sku_key UNIQUE (sku);
ALTER TABLE ONLY public.catalogue_offertext
    ADD CONSTRAINT catalogue_offertext_pkey PRIMARY KEY (offer_id);
ALTER TABLE ONLY public.catalogue_option
    ADD CONSTRAINT catalogue_option_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_option
    ADD CONSTRAINT catalogue_option_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_planterms
    ADD CONSTRAINT catalogue_planterms_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_product_product_options
    ADD CONSTRAINT catalogue_product_produc_product_id_option_id_9b3abb31_uniq UNIQUE (product_id, option_id);
ALTER TABLE ONLY public.catalogue_product_product_options
    ADD CONSTRAINT catalogue_product_product_options_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_upc_key UNIQUE (upc);
ALTER TABLE ONLY public.catalogue_productattributevalue
    ADD CONSTRAINT catalogue_productattribu_attribute_id_product_id_1e8e7112_uniq UNIQUE (attribute_id, product_id);
ALTER TABLE ONLY public.catalogue_productattributevalue_value_multi_option
    ADD CONSTRAINT catalogue_productattribu_productattributevalue_id_a1760824_uniq UNIQUE (productattributevalue_id, attributeoption_id);
ALTER TABLE ONLY public.catalogue_productattribute
    ADD CONSTRAINT catalogue_productattribute_code_product_class_id_82f69012_uniq UNIQUE (code, product_class_id);
ALTER TABLE ONLY public.catalogue_productattribute
    ADD CONSTRAINT catalogue_productattribute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productattributevalue
    ADD CONSTRAINT catalogue_productattributevalue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productattributevalue_value_multi_option
    ADD CONSTRAINT catalogue_productattributevalue_value_multi_option_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productcategory
    ADD CONSTRAINT catalogue_productcategory_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productcategory
    ADD CONSTRAINT catalogue_productcategory_product_id_category_id_8f0dbfe2_uniq UNIQUE (product_id, category_id);
ALTER TABLE ONLY public.catalogue_productclass_options
    ADD CONSTRAINT catalogue_productclass_o_productclass_id_option_i_2266c635_uniq UNIQUE (productclass_id, option_id);
ALTER TABLE ONLY public.catalogue_productclass_options
    ADD CONSTRAINT catalogue_productclass_options_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productclass
    ADD CONSTRAINT catalogue_productclass_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productclass
    ADD CONSTRAINT catalogue_productclass_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.catalogue_productimage
    ADD CONSTRAINT catalogue_productimage_code_key UNIQUE (code);
ALTER TABLE ONLY public.catalogue_productimage
    ADD CONSTRAINT catalogue_productimage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_productrecommendation
    ADD CONSTRAINT catalogue_productrecomme_primary_id_recommendatio_da1fdf43_uniq UNIQUE (primary_id, recommendation_id);
ALTER TABLE ONLY public.catalogue_productrecommendation
    ADD CONSTRAINT catalogue_productrecommendation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_searchdocument
    ADD CONSTRAINT catalogue_searchdocument_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY public.fulfillment_centrecosts
    ADD CONSTRAINT centre_costs_no_overlap EXCLUDE USING gist (daterange(starts, ends) WITH &&);
ALTER TABLE ONLY public.settlement_chainproduct
    ADD CONSTRAINT chain_product_once UNIQUE (chain_id, code);
ALTER TABLE ONLY public.catalogue_channelprice
    ADD CONSTRAINT channel_price_no_overlap EXCLUDE USING gist (product_id WITH =, channel WITH =, COALESCE(institution_id, (0)::bigint) WITH =, tstzrange(starts, ends) WITH &&);
ALTER TABLE ONLY public.settlement_clawback
    ADD CONSTRAINT clawback_once UNIQUE (business_date, trade_id, institution_id);
ALTER TABLE ONLY public.settlement_clearingline
    ADD CONSTRAINT clearing_line_once UNIQUE NULLS NOT DISTINCT (business_date, institution_id, account_kind, channel, trade_kind, original_date);
ALTER TABLE ONLY public.fulfillment_countline
    ADD CONSTRAINT count_line_once UNIQUE (count_id, sku);
ALTER TABLE ONLY public.fulfillment_countunit
    ADD CONSTRAINT count_unit_once UNIQUE (line_id, serial_id);
ALTER TABLE ONLY public.fulfillment_courierchoice
    ADD CONSTRAINT courier_choice_once UNIQUE (location_id, to_province);
ALTER TABLE ONLY public.fulfillment_courierevent
    ADD CONSTRAINT courier_event_once UNIQUE (courier_id, event_id);
ALTER TABLE ONLY public.communication_communicationeventtype
    ADD CONSTRAINT customer_communicationeventtype_code_key UNIQUE (code);
ALTER TABLE ONLY public.communication_communicationeventtype
    ADD CONSTRAINT customer_communicationeventtype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.communication_email
    ADD CONSTRAINT customer_email_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.communication_notification
    ADD CONSTRAINT customer_notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.customer_productalert
    ADD CONSTRAINT customer_productalert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_couriercutoff
    ADD CONSTRAINT cut_off_once UNIQUE (location_id, courier_id, leaves_at);
ALTER TABLE ONLY public.fulfillment_dealerday
    ADD CONSTRAINT dealer_day_once UNIQUE (dealer_id, sku, day);
ALTER TABLE ONLY public.fulfillment_dealernumberline
    ADD CONSTRAINT dealer_number_line_once UNIQUE (order_id, province, city, grade);
ALTER TABLE ONLY public.fulfillment_dealerorderline
    ADD CONSTRAINT dealer_order_line_once UNIQUE (order_id, sku);
ALTER TABLE ONLY public.fulfillment_dealerorder
    ADD CONSTRAINT dealer_order_once UNIQUE (dealer_id, key);
ALTER TABLE ONLY public.fulfillment_dealerpayment
    ADD CONSTRAINT dealer_payment_once UNIQUE (dealer_id, reference);
ALTER TABLE ONLY public.fulfillment_dealersurplus
    ADD CONSTRAINT dealer_surplus_once UNIQUE (receipt_id, line_id);
ALTER TABLE ONLY public.fulfillment_deliveryphoto
    ADD CONSTRAINT delivery_photo_once UNIQUE (fulfillment_id, sha256);
ALTER TABLE ONLY public.fulfillment_fulfillmentdemand
    ADD CONSTRAINT demand_once UNIQUE (order_number);
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_clockedschedule
    ADD CONSTRAINT django_celery_beat_clockedschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_crontabschedule
    ADD CONSTRAINT django_celery_beat_crontabschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_intervalschedule
    ADD CONSTRAINT django_celery_beat_intervalschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_periodictask_name_key UNIQUE (name);
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_periodictask_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_celery_beat_periodictasks
    ADD CONSTRAINT django_celery_beat_periodictasks_pkey PRIMARY KEY (ident);
ALTER TABLE ONLY public.django_celery_beat_solarschedule
    ADD CONSTRAINT django_celery_beat_solar_event_latitude_longitude_ba64999a_uniq UNIQUE (event, latitude, longitude);
ALTER TABLE ONLY public.django_celery_beat_solarschedule
    ADD CONSTRAINT django_celery_beat_solarschedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_flatpage
    ADD CONSTRAINT django_flatpage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_flatpage_sites
    ADD CONSTRAINT django_flatpage_sites_flatpage_id_site_id_0d29d9d1_uniq UNIQUE (flatpage_id, site_id);
ALTER TABLE ONLY public.django_flatpage_sites
    ADD CONSTRAINT django_flatpage_sites_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.django_site
    ADD CONSTRAINT django_site_domain_a2e37b91_uniq UNIQUE (domain);
ALTER TABLE ONLY public.django_site
    ADD CONSTRAINT django_site_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_doorvisit
    ADD CONSTRAINT door_visit_once UNIQUE (delivery_id, number);
ALTER TABLE ONLY public.fulfillment_exclusion
    ADD CONSTRAINT exclusion_once UNIQUE (demand_id, location_id, line_id);
ALTER TABLE ONLY public.fulfillment_acceptancerate
    ADD CONSTRAINT fulfillment_acceptancerate_pkey PRIMARY KEY (location_id);
ALTER TABLE ONLY public.fulfillment_accountundo
    ADD CONSTRAINT fulfillment_accountundo_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_automationjob
    ADD CONSTRAINT fulfillment_automationjob_key_key UNIQUE (key);
ALTER TABLE ONLY public.fulfillment_automationjob
    ADD CONSTRAINT fulfillment_automationjob_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_automationjob
    ADD CONSTRAINT fulfillment_automationjob_wave_id_key UNIQUE (wave_id);
ALTER TABLE ONLY public.fulfillment_automationnotice
    ADD CONSTRAINT fulfillment_automationnotice_notice_id_key UNIQUE (notice_id);
ALTER TABLE ONLY public.fulfillment_automationnotice
    ADD CONSTRAINT fulfillment_automationnotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_campaign
    ADD CONSTRAINT fulfillment_campaign_code_key UNIQUE (code);
ALTER TABLE ONLY public.fulfillment_campaign
    ADD CONSTRAINT fulfillment_campaign_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_campaignevent
    ADD CONSTRAINT fulfillment_campaignevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_campaignitem
    ADD CONSTRAINT fulfillment_campaignitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_campaignitemevent
    ADD CONSTRAINT fulfillment_campaignitemevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_campaignshare
    ADD CONSTRAINT fulfillment_campaignshare_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_campaignuse
    ADD CONSTRAINT fulfillment_campaignuse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_cardsallowed
    ADD CONSTRAINT fulfillment_cardsallowed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_centrecosts
    ADD CONSTRAINT fulfillment_centrecosts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_centrecostsevent
    ADD CONSTRAINT fulfillment_centrecostsevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_centreprofile
    ADD CONSTRAINT fulfillment_centreprofile_pkey PRIMARY KEY (location_id);
ALTER TABLE ONLY public.fulfillment_centreproposal
    ADD CONSTRAINT fulfillment_centreproposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_centrereckoning
    ADD CONSTRAINT fulfillment_centrereckoning_key_key UNIQUE (key);
ALTER TABLE ONLY public.fulfillment_centrereckoning
    ADD CONSTRAINT fulfillment_centrereckoning_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_codremittance
    ADD CONSTRAINT fulfillment_codremittance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_countline
    ADD CONSTRAINT fulfillment_countline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_countunit
    ADD CONSTRAINT fulfillment_countunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_courierchoice
    ADD CONSTRAINT fulfillment_courierchoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_couriercutoff
    ADD CONSTRAINT fulfillment_couriercutoff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_courierevent
    ADD CONSTRAINT fulfillment_courierevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_courierfeed
    ADD CONSTRAINT fulfillment_courierfeed_courier_id_key UNIQUE (courier_id);
ALTER TABLE ONLY public.fulfillment_courierfeed
    ADD CONSTRAINT fulfillment_courierfeed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_courierposition
    ADD CONSTRAINT fulfillment_courierposition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_courierposition
    ADD CONSTRAINT fulfillment_courierposition_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.fulfillment_coverrule
    ADD CONSTRAINT fulfillment_coverrule_kind_key UNIQUE (kind);
ALTER TABLE ONLY public.fulfillment_coverrule
    ADD CONSTRAINT fulfillment_coverrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_coverruleevent
    ADD CONSTRAINT fulfillment_coverruleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_dealerday
    ADD CONSTRAINT fulfillment_dealerday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerinvoice
    ADD CONSTRAINT fulfillment_dealerinvoice_number_key UNIQUE (number);
ALTER TABLE ONLY public.fulfillment_dealerinvoice
    ADD CONSTRAINT fulfillment_dealerinvoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerinvoice
    ADD CONSTRAINT fulfillment_dealerinvoice_receipt_id_key UNIQUE (receipt_id);
ALTER TABLE ONLY public.fulfillment_dealernumberline
    ADD CONSTRAINT fulfillment_dealernumberline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerorder
    ADD CONSTRAINT fulfillment_dealerorder_number_key UNIQUE (number);
ALTER TABLE ONLY public.fulfillment_dealerorder
    ADD CONSTRAINT fulfillment_dealerorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerorderevent
    ADD CONSTRAINT fulfillment_dealerorderevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerorderline
    ADD CONSTRAINT fulfillment_dealerorderline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerpayment
    ADD CONSTRAINT fulfillment_dealerpayment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerreceipt
    ADD CONSTRAINT fulfillment_dealerreceipt_fulfillment_id_key UNIQUE (fulfillment_id);
ALTER TABLE ONLY public.fulfillment_dealerreceipt
    ADD CONSTRAINT fulfillment_dealerreceipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerreceiptline
    ADD CONSTRAINT fulfillment_dealerreceiptline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealersurplus
    ADD CONSTRAINT fulfillment_dealersurplus_invoice_id_key UNIQUE (invoice_id);
ALTER TABLE ONLY public.fulfillment_dealersurplus
    ADD CONSTRAINT fulfillment_dealersurplus_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_dealerterms
    ADD CONSTRAINT fulfillment_dealerterms_pkey PRIMARY KEY (dealer_id);
ALTER TABLE ONLY public.fulfillment_dealertermsevent
    ADD CONSTRAINT fulfillment_dealertermsevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_fulfillment_id_key UNIQUE (fulfillment_id);
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_qr_reference_key UNIQUE (qr_reference);
ALTER TABLE ONLY public.fulfillment_deliveryphoto
    ADD CONSTRAINT fulfillment_deliveryphoto_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_doorvisit
    ADD CONSTRAINT fulfillment_doorvisit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_evidence
    ADD CONSTRAINT fulfillment_evidence_fulfillment_id_key UNIQUE (fulfillment_id);
ALTER TABLE ONLY public.fulfillment_evidence
    ADD CONSTRAINT fulfillment_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_exclusion
    ADD CONSTRAINT fulfillment_exclusion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_fulfillmentdemand
    ADD CONSTRAINT fulfillment_fulfillmentdemand_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_fulfillmentevent
    ADD CONSTRAINT fulfillment_fulfillmentevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_fulfillmentline
    ADD CONSTRAINT fulfillment_fulfillmentline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_fulfillmentorder
    ADD CONSTRAINT fulfillment_fulfillmentorder_code_key UNIQUE (code);
ALTER TABLE ONLY public.fulfillment_fulfillmentorder
    ADD CONSTRAINT fulfillment_fulfillmentorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_identitycheck
    ADD CONSTRAINT fulfillment_identitycheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_labelprint
    ADD CONSTRAINT fulfillment_labelprint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_leftbehind
    ADD CONSTRAINT fulfillment_leftbehind_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_fulfillmentline
    ADD CONSTRAINT fulfillment_line_once UNIQUE (fulfillment_id, line_id);
ALTER TABLE ONLY public.fulfillment_locationday
    ADD CONSTRAINT fulfillment_locationday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_locationdayevent
    ADD CONSTRAINT fulfillment_locationdayevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_locationload
    ADD CONSTRAINT fulfillment_locationload_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_locationprofile
    ADD CONSTRAINT fulfillment_locationprofile_pkey PRIMARY KEY (location_id);
ALTER TABLE ONLY public.fulfillment_locationprofileevent
    ADD CONSTRAINT fulfillment_locationprofileevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_manifest
    ADD CONSTRAINT fulfillment_manifest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_noticeline
    ADD CONSTRAINT fulfillment_noticeline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_noticeserial
    ADD CONSTRAINT fulfillment_noticeserial_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_numberreceipt
    ADD CONSTRAINT fulfillment_numberreceipt_pkey PRIMARY KEY (msisdn);
ALTER TABLE ONLY public.fulfillment_optimiserrun
    ADD CONSTRAINT fulfillment_optimiserrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_optimiserswitch
    ADD CONSTRAINT fulfillment_optimiserswitch_pkey PRIMARY KEY (kind);
ALTER TABLE ONLY public.fulfillment_optimiserswitchevent
    ADD CONSTRAINT fulfillment_optimiserswitchevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_paymentmatch
    ADD CONSTRAINT fulfillment_paymentmatch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_picktask
    ADD CONSTRAINT fulfillment_picktask_line_id_key UNIQUE (line_id);
ALTER TABLE ONLY public.fulfillment_picktask
    ADD CONSTRAINT fulfillment_picktask_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_pickupcode
    ADD CONSTRAINT fulfillment_pickupcode_fulfillment_id_key UNIQUE (fulfillment_id);
ALTER TABLE ONLY public.fulfillment_pickupcode
    ADD CONSTRAINT fulfillment_pickupcode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_pickupguess
    ADD CONSTRAINT fulfillment_pickupguess_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_pickupproposal
    ADD CONSTRAINT fulfillment_pickupproposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_postagerate
    ADD CONSTRAINT fulfillment_postagerate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_postagerateevent
    ADD CONSTRAINT fulfillment_postagerateevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_posting
    ADD CONSTRAINT fulfillment_posting_line_id_key UNIQUE (line_id);
ALTER TABLE ONLY public.fulfillment_posting
    ADD CONSTRAINT fulfillment_posting_pkey PRIMARY KEY (demand_id);
ALTER TABLE ONLY public.fulfillment_provisioningjob
    ADD CONSTRAINT fulfillment_provisioningjob_key_key UNIQUE (key);
ALTER TABLE ONLY public.fulfillment_provisioningjob
    ADD CONSTRAINT fulfillment_provisioningjob_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_rechargecard
    ADD CONSTRAINT fulfillment_rechargecard_pin_hash_key UNIQUE (pin_hash);
ALTER TABLE ONLY public.fulfillment_rechargecard
    ADD CONSTRAINT fulfillment_rechargecard_pkey PRIMARY KEY (unit_id);
ALTER TABLE ONLY public.fulfillment_refusedunits
    ADD CONSTRAINT fulfillment_refusedunits_line_id_key UNIQUE (line_id);
ALTER TABLE ONLY public.fulfillment_refusedunits
    ADD CONSTRAINT fulfillment_refusedunits_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_replenishmentproposal
    ADD CONSTRAINT fulfillment_replenishmentproposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_reservation
    ADD CONSTRAINT fulfillment_reservation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_routingtrace
    ADD CONSTRAINT fulfillment_routingtrace_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_routingweights
    ADD CONSTRAINT fulfillment_routingweights_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_routingweightsevent
    ADD CONSTRAINT fulfillment_routingweightsevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_safetystock
    ADD CONSTRAINT fulfillment_safetystock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_safetystockevent
    ADD CONSTRAINT fulfillment_safetystockevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_serialactivation
    ADD CONSTRAINT fulfillment_serialactivation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_serialactivation
    ADD CONSTRAINT fulfillment_serialactivation_unit_id_key UNIQUE (unit_id);
ALTER TABLE ONLY public.fulfillment_serialclaim
    ADD CONSTRAINT fulfillment_serialclaim_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_serialevent
    ADD CONSTRAINT fulfillment_serialevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_serialimport
    ADD CONSTRAINT fulfillment_serialimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_serialimportreject
    ADD CONSTRAINT fulfillment_serialimportreject_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_serialunit
    ADD CONSTRAINT fulfillment_serialunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_serialunit
    ADD CONSTRAINT fulfillment_serialunit_serial_key UNIQUE (serial);
ALTER TABLE ONLY public.fulfillment_shadowprice
    ADD CONSTRAINT fulfillment_shadowprice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_simulatedaccount
    ADD CONSTRAINT fulfillment_simulatedaccount_iccid_key UNIQUE (iccid);
ALTER TABLE ONLY public.fulfillment_simulatedaccount
    ADD CONSTRAINT fulfillment_simulatedaccount_msisdn_key UNIQUE (msisdn);
ALTER TABLE ONLY public.fulfillment_simulatedaccount
    ADD CONSTRAINT fulfillment_simulatedaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_simulatedcall
    ADD CONSTRAINT fulfillment_simulatedcall_key_key UNIQUE (key);
ALTER TABLE ONLY public.fulfillment_simulatedcall
    ADD CONSTRAINT fulfillment_simulatedcall_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_simulatorfault
    ADD CONSTRAINT fulfillment_simulatorfault_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_standstilldecision
    ADD CONSTRAINT fulfillment_standstilldecision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_standstilllimit
    ADD CONSTRAINT fulfillment_standstilllimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_standstilllimitevent
    ADD CONSTRAINT fulfillment_standstilllimitevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_stationright
    ADD CONSTRAINT fulfillment_stationright_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stationstep
    ADD CONSTRAINT fulfillment_stationstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stationtarget
    ADD CONSTRAINT fulfillment_stationtarget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stockbucket
    ADD CONSTRAINT fulfillment_stockbucket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stockcount
    ADD CONSTRAINT fulfillment_stockcount_code_key UNIQUE (code);
ALTER TABLE ONLY public.fulfillment_stockcount
    ADD CONSTRAINT fulfillment_stockcount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stockheat
    ADD CONSTRAINT fulfillment_stockheat_pkey PRIMARY KEY (level_id);
ALTER TABLE ONLY public.fulfillment_stocklevel
    ADD CONSTRAINT fulfillment_stocklevel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stockmovement
    ADD CONSTRAINT fulfillment_stockmovement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stocksync
    ADD CONSTRAINT fulfillment_stocksync_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stocksynccell
    ADD CONSTRAINT fulfillment_stocksynccell_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_stocktransfer
    ADD CONSTRAINT fulfillment_stocktransfer_code_key UNIQUE (code);
ALTER TABLE ONLY public.fulfillment_stocktransfer
    ADD CONSTRAINT fulfillment_stocktransfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplieritem
    ADD CONSTRAINT fulfillment_supplieritem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplieritemevent
    ADD CONSTRAINT fulfillment_supplieritemevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_supplierlisting
    ADD CONSTRAINT fulfillment_supplierlisting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_suppliernotice
    ADD CONSTRAINT fulfillment_suppliernotice_number_key UNIQUE (number);
ALTER TABLE ONLY public.fulfillment_suppliernotice
    ADD CONSTRAINT fulfillment_suppliernotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplierorder
    ADD CONSTRAINT fulfillment_supplierorder_number_key UNIQUE (number);
ALTER TABLE ONLY public.fulfillment_supplierorder
    ADD CONSTRAINT fulfillment_supplierorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplierorderevent
    ADD CONSTRAINT fulfillment_supplierorderevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplierorderline
    ADD CONSTRAINT fulfillment_supplierorderline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplycontract
    ADD CONSTRAINT fulfillment_supplycontract_number_key UNIQUE (number);
ALTER TABLE ONLY public.fulfillment_supplycontract
    ADD CONSTRAINT fulfillment_supplycontract_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_supplycontractevent
    ADD CONSTRAINT fulfillment_supplycontractevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_tariffrate
    ADD CONSTRAINT fulfillment_tariffrate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_tariffrateevent
    ADD CONSTRAINT fulfillment_tariffrateevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_tariffzone
    ADD CONSTRAINT fulfillment_tariffzone_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_tariffzoneevent
    ADD CONSTRAINT fulfillment_tariffzoneevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_transferline
    ADD CONSTRAINT fulfillment_transferline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_transferstep
    ADD CONSTRAINT fulfillment_transferstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_transferunit
    ADD CONSTRAINT fulfillment_transferunit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_trunkline
    ADD CONSTRAINT fulfillment_trunkline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_trunklineevent
    ADD CONSTRAINT fulfillment_trunklineevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.fulfillment_wallslot
    ADD CONSTRAINT fulfillment_wallslot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_wave
    ADD CONSTRAINT fulfillment_wave_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_waveentry
    ADD CONSTRAINT fulfillment_waveentry_fulfillment_id_key UNIQUE (fulfillment_id);
ALTER TABLE ONLY public.fulfillment_waveentry
    ADD CONSTRAINT fulfillment_waveentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_weightcase
    ADD CONSTRAINT fulfillment_weightcase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_workinhand
    ADD CONSTRAINT fulfillment_workinhand_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_workinhand
    ADD CONSTRAINT fulfillment_workinhand_taken_from_id_key UNIQUE (taken_from_id);
ALTER TABLE ONLY public.members_identity
    ADD CONSTRAINT identity_once_per_member UNIQUE (member_id, person_key);
ALTER TABLE ONLY public.settlement_importedsale
    ADD CONSTRAINT imported_sale_once UNIQUE (store_id, till, receipt);
ALTER TABLE ONLY public.kernel_idempotencyrecord
    ADD CONSTRAINT kernel_idempotencyrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.kernel_outboxmessage
    ADD CONSTRAINT kernel_outboxmessage_dedupe_key UNIQUE (dedupe);
ALTER TABLE ONLY public.kernel_outboxmessage
    ADD CONSTRAINT kernel_outboxmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_labelprint
    ADD CONSTRAINT label_print_once UNIQUE (fulfillment_id, number);
ALTER TABLE ONLY public.settlement_ledgeraccount
    ADD CONSTRAINT ledger_account_once UNIQUE NULLS NOT DISTINCT (kind, institution_id, currency);
ALTER TABLE ONLY public.fulfillment_leftbehind
    ADD CONSTRAINT left_behind_once UNIQUE (manifest_id, fulfillment_id);
ALTER TABLE ONLY public.fulfillment_locationday
    ADD CONSTRAINT location_day_once UNIQUE (location_id, day);
ALTER TABLE ONLY public.fulfillment_locationload
    ADD CONSTRAINT location_load_once UNIQUE (location_id, day);
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT match_once UNIQUE NULLS NOT DISTINCT (line_id, trade_id, transfer_id, bill_line_id, bill_batch_id);
ALTER TABLE ONLY public.members_address
    ADD CONSTRAINT members_address_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_blockedperson
    ADD CONSTRAINT members_blockedperson_person_key_key UNIQUE (person_key);
ALTER TABLE ONLY public.members_blockedperson
    ADD CONSTRAINT members_blockedperson_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_channelkey
    ADD CONSTRAINT members_channelkey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_channelkey
    ADD CONSTRAINT members_channelkey_prefix_key UNIQUE (prefix);
ALTER TABLE ONLY public.members_identity
    ADD CONSTRAINT members_identity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_identitycheck
    ADD CONSTRAINT members_identitycheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_identityreading
    ADD CONSTRAINT members_identityreading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_institution
    ADD CONSTRAINT members_institution_code_key UNIQUE (code);
ALTER TABLE ONLY public.members_institution
    ADD CONSTRAINT members_institution_path_key UNIQUE (path);
ALTER TABLE ONLY public.members_institution
    ADD CONSTRAINT members_institution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_institutionevent
    ADD CONSTRAINT members_institutionevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.members_member
    ADD CONSTRAINT members_member_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.members_message
    ADD CONSTRAINT members_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_onetimecode
    ADD CONSTRAINT members_onetimecode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_pointsaccount
    ADD CONSTRAINT members_pointsaccount_pkey PRIMARY KEY (member_id);
ALTER TABLE ONLY public.members_pointsallocation
    ADD CONSTRAINT members_pointsallocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_pointslot
    ADD CONSTRAINT members_pointslot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_pointspolicy
    ADD CONSTRAINT members_pointspolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_pointspolicy
    ADD CONSTRAINT members_pointspolicy_valid_from_key UNIQUE (valid_from);
ALTER TABLE ONLY public.members_pointstxn
    ADD CONSTRAINT members_pointstxn_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_staffrole
    ADD CONSTRAINT members_staffrole_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_staffroleevent
    ADD CONSTRAINT members_staffroleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.members_user_groups
    ADD CONSTRAINT members_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_user_groups
    ADD CONSTRAINT members_user_groups_user_id_group_id_e4658dba_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.members_user
    ADD CONSTRAINT members_user_phone_key UNIQUE (phone);
ALTER TABLE ONLY public.members_user
    ADD CONSTRAINT members_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_user_user_permissions
    ADD CONSTRAINT members_user_user_permis_user_id_permission_id_290733df_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.members_user_user_permissions
    ADD CONSTRAINT members_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.members_user
    ADD CONSTRAINT members_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.fulfillment_stockmovement
    ADD CONSTRAINT movement_once UNIQUE NULLS NOT DISTINCT (reference, reason, sku, from_location_id, to_location_id);
ALTER TABLE ONLY public.settlement_netposition
    ADD CONSTRAINT net_position_once UNIQUE NULLS NOT DISTINCT (business_date, institution_id, channel, currency);
ALTER TABLE ONLY public.fulfillment_noticeline
    ADD CONSTRAINT notice_line_once UNIQUE (notice_id, line_id);
ALTER TABLE ONLY public.fulfillment_noticeserial
    ADD CONSTRAINT notice_serial_once UNIQUE (line_id, serial);
ALTER TABLE ONLY public.offer_benefit
    ADD CONSTRAINT offer_benefit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_condition
    ADD CONSTRAINT offer_condition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_conditionaloffer_combinations
    ADD CONSTRAINT offer_conditionaloffer_c_from_conditionaloffer_id_2e3e9ffe_uniq UNIQUE (from_conditionaloffer_id, to_conditionaloffer_id);
ALTER TABLE ONLY public.offer_conditionaloffer_combinations
    ADD CONSTRAINT offer_conditionaloffer_combinations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_conditionaloffer
    ADD CONSTRAINT offer_conditionaloffer_name_key UNIQUE (name);
ALTER TABLE ONLY public.offer_conditionaloffer
    ADD CONSTRAINT offer_conditionaloffer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_conditionaloffer
    ADD CONSTRAINT offer_conditionaloffer_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.offer_range_classes
    ADD CONSTRAINT offer_range_classes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_range_classes
    ADD CONSTRAINT offer_range_classes_range_id_productclass_id_28eeefae_uniq UNIQUE (range_id, productclass_id);
ALTER TABLE ONLY public.offer_range_excluded_categories
    ADD CONSTRAINT offer_range_excluded_cat_range_id_category_id_2f84ef27_uniq UNIQUE (range_id, category_id);
ALTER TABLE ONLY public.offer_range_excluded_categories
    ADD CONSTRAINT offer_range_excluded_categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_range_excluded_products
    ADD CONSTRAINT offer_range_excluded_products_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_range_excluded_products
    ADD CONSTRAINT offer_range_excluded_products_range_id_product_id_eb1cfe87_uniq UNIQUE (range_id, product_id);
ALTER TABLE ONLY public.offer_range_included_categories
    ADD CONSTRAINT offer_range_included_cat_range_id_category_id_a661d336_uniq UNIQUE (range_id, category_id);
ALTER TABLE ONLY public.offer_range_included_categories
    ADD CONSTRAINT offer_range_included_categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_range
    ADD CONSTRAINT offer_range_name_key UNIQUE (name);
ALTER TABLE ONLY public.offer_range
    ADD CONSTRAINT offer_range_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_range
    ADD CONSTRAINT offer_range_proxy_class_key UNIQUE (proxy_class);
ALTER TABLE ONLY public.offer_range
    ADD CONSTRAINT offer_range_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.offer_rangeproduct
    ADD CONSTRAINT offer_rangeproduct_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.offer_rangeproduct
    ADD CONSTRAINT offer_rangeproduct_range_id_product_id_c46b1be8_uniq UNIQUE (range_id, product_id);
ALTER TABLE ONLY public.offer_rangeproductfileupload
    ADD CONSTRAINT offer_rangeproductfileupload_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.omnichannel_playedday
    ADD CONSTRAINT omnichannel_playedday_day_key UNIQUE (day);
ALTER TABLE ONLY public.omnichannel_playedday
    ADD CONSTRAINT omnichannel_playedday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.omnichannel_playedorder
    ADD CONSTRAINT omnichannel_playedorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_basketchoice
    ADD CONSTRAINT order_basketchoice_pkey PRIMARY KEY (line_id);
ALTER TABLE ONLY public.order_billingaddress
    ADD CONSTRAINT order_billingaddress_code_key UNIQUE (code);
ALTER TABLE ONLY public.order_billingaddress
    ADD CONSTRAINT order_billingaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_cardentry
    ADD CONSTRAINT order_cardentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_communicationevent
    ADD CONSTRAINT order_communicationevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_orderfunding
    ADD CONSTRAINT order_funding_once UNIQUE (terms_id, line_id, term_id);
ALTER TABLE ONLY public.order_line
    ADD CONSTRAINT order_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_lineattribute
    ADD CONSTRAINT order_lineattribute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_lineprice
    ADD CONSTRAINT order_lineprice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_lineterms
    ADD CONSTRAINT order_lineterms_pkey PRIMARY KEY (line_id);
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_number_key UNIQUE (number);
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_orderdiscount
    ADD CONSTRAINT order_orderdiscount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_orderevent
    ADD CONSTRAINT order_orderevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_orderintake
    ADD CONSTRAINT order_orderintake_number_key UNIQUE (number);
ALTER TABLE ONLY public.order_orderintake
    ADD CONSTRAINT order_orderintake_pkey PRIMARY KEY (order_id);
ALTER TABLE ONLY public.order_orderlinediscount
    ADD CONSTRAINT order_orderlinediscount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_ordernote
    ADD CONSTRAINT order_ordernote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_orderstatuschange
    ADD CONSTRAINT order_orderstatuschange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_out_trade_no_key UNIQUE (out_trade_no);
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_provider_reference_key UNIQUE (provider_reference);
ALTER TABLE ONLY public.order_paymentevent
    ADD CONSTRAINT order_paymentevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_paymenteventquantity
    ADD CONSTRAINT order_paymenteventquantity_event_id_line_id_765c5209_uniq UNIQUE (event_id, line_id);
ALTER TABLE ONLY public.order_paymenteventquantity
    ADD CONSTRAINT order_paymenteventquantity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_paymenteventtype
    ADD CONSTRAINT order_paymenteventtype_code_key UNIQUE (code);
ALTER TABLE ONLY public.order_paymenteventtype
    ADD CONSTRAINT order_paymenteventtype_name_key UNIQUE (name);
ALTER TABLE ONLY public.order_paymenteventtype
    ADD CONSTRAINT order_paymenteventtype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_prepaidcard
    ADD CONSTRAINT order_prepaidcard_number_key UNIQUE (number);
ALTER TABLE ONLY public.order_prepaidcard
    ADD CONSTRAINT order_prepaidcard_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_providercallback
    ADD CONSTRAINT order_providercallback_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.order_providercallback
    ADD CONSTRAINT order_providercallback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT order_refund_out_refund_no_key UNIQUE (out_refund_no);
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT order_refund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT order_refund_provider_reference_key UNIQUE (provider_reference);
ALTER TABLE ONLY public.settlement_ordershare
    ADD CONSTRAINT order_share_once UNIQUE (terms_id, line_id, "position");
ALTER TABLE ONLY public.order_shippingaddress
    ADD CONSTRAINT order_shippingaddress_code_key UNIQUE (code);
ALTER TABLE ONLY public.order_shippingaddress
    ADD CONSTRAINT order_shippingaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_shippingevent
    ADD CONSTRAINT order_shippingevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_shippingeventquantity
    ADD CONSTRAINT order_shippingeventquantity_event_id_line_id_91687107_uniq UNIQUE (event_id, line_id);
ALTER TABLE ONLY public.order_shippingeventquantity
    ADD CONSTRAINT order_shippingeventquantity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_shippingeventtype
    ADD CONSTRAINT order_shippingeventtype_code_key UNIQUE (code);
ALTER TABLE ONLY public.order_shippingeventtype
    ADD CONSTRAINT order_shippingeventtype_name_key UNIQUE (name);
ALTER TABLE ONLY public.order_shippingeventtype
    ADD CONSTRAINT order_shippingeventtype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_simnotice
    ADD CONSTRAINT order_simnotice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_simrefund
    ADD CONSTRAINT order_simrefund_out_refund_no_key UNIQUE (out_refund_no);
ALTER TABLE ONLY public.order_simrefund
    ADD CONSTRAINT order_simrefund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_simrefund
    ADD CONSTRAINT order_simrefund_refund_id_key UNIQUE (refund_id);
ALTER TABLE ONLY public.order_simtransaction
    ADD CONSTRAINT order_simtransaction_out_trade_no_key UNIQUE (out_trade_no);
ALTER TABLE ONLY public.order_simtransaction
    ADD CONSTRAINT order_simtransaction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_simtransaction
    ADD CONSTRAINT order_simtransaction_token_key UNIQUE (token);
ALTER TABLE ONLY public.order_simtransaction
    ADD CONSTRAINT order_simtransaction_transaction_id_key UNIQUE (transaction_id);
ALTER TABLE ONLY public.order_surcharge
    ADD CONSTRAINT order_surcharge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_ordertermsline
    ADD CONSTRAINT order_terms_line_once UNIQUE (terms_id, line_id);
ALTER TABLE ONLY public.settlement_parcelpart
    ADD CONSTRAINT parcel_part_once UNIQUE NULLS NOT DISTINCT (terms_id, line_id, parcel);
ALTER TABLE ONLY public.partner_partner
    ADD CONSTRAINT partner_partner_code_key UNIQUE (code);
ALTER TABLE ONLY public.partner_partner
    ADD CONSTRAINT partner_partner_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.partner_partner_users
    ADD CONSTRAINT partner_partner_users_partner_id_user_id_9e5c0517_uniq UNIQUE (partner_id, user_id);
ALTER TABLE ONLY public.partner_partner_users
    ADD CONSTRAINT partner_partner_users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.partner_partneraddress
    ADD CONSTRAINT partner_partneraddress_code_key UNIQUE (code);
ALTER TABLE ONLY public.partner_partneraddress
    ADD CONSTRAINT partner_partneraddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.partner_stockalert
    ADD CONSTRAINT partner_stockalert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.partner_stockrecord
    ADD CONSTRAINT partner_stockrecord_partner_id_partner_sku_8441e010_uniq UNIQUE (partner_id, partner_sku);
ALTER TABLE ONLY public.partner_stockrecord
    ADD CONSTRAINT partner_stockrecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_bankcard
    ADD CONSTRAINT payment_bankcard_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_source
    ADD CONSTRAINT payment_source_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_sourcetype
    ADD CONSTRAINT payment_sourcetype_code_key UNIQUE (code);
ALTER TABLE ONLY public.payment_sourcetype
    ADD CONSTRAINT payment_sourcetype_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.payment_transaction
    ADD CONSTRAINT payment_transaction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pghistory_context
    ADD CONSTRAINT pghistory_context_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.omnichannel_playedorder
    ADD CONSTRAINT played_order_once UNIQUE (played_id, index);
ALTER TABLE ONLY public.members_pointsallocation
    ADD CONSTRAINT points_allocation_once UNIQUE (txn_id, lot_id);
ALTER TABLE ONLY public.members_pointstxn
    ADD CONSTRAINT points_txn_once UNIQUE (kind, reference);
ALTER TABLE ONLY public.fulfillment_postagerate
    ADD CONSTRAINT postage_rate_no_overlap EXCLUDE USING gist (zone WITH =, daterange(starts, ends) WITH &&);
ALTER TABLE ONLY public.fulfillment_postagerate
    ADD CONSTRAINT postage_rate_once UNIQUE (zone, starts);
ALTER TABLE ONLY public.settlement_productline
    ADD CONSTRAINT product_line_once UNIQUE NULLS NOT DISTINCT (business_date, institution_id, account_kind, channel, trade_kind, product);
ALTER TABLE ONLY public.settlement_providerfeerate
    ADD CONSTRAINT provider_fee_date UNIQUE (provider_id, valid_from);
ALTER TABLE ONLY public.settlement_reconbatch
    ADD CONSTRAINT recon_batch_once UNIQUE (account_id, scope, bill_date);
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT refund_once UNIQUE (intake_id, key, payment_id);
ALTER TABLE ONLY public.reviews_productreview
    ADD CONSTRAINT reviews_productreview_code_key UNIQUE (code);
ALTER TABLE ONLY public.reviews_productreview
    ADD CONSTRAINT reviews_productreview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_productreview
    ADD CONSTRAINT reviews_productreview_product_id_user_id_c4fdc4cd_uniq UNIQUE (product_id, user_id);
ALTER TABLE ONLY public.reviews_vote
    ADD CONSTRAINT reviews_vote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_vote
    ADD CONSTRAINT reviews_vote_user_id_review_id_bb858939_uniq UNIQUE (user_id, review_id);
ALTER TABLE ONLY public.fulfillment_routingweights
    ADD CONSTRAINT routing_weights_no_overlap EXCLUDE USING gist (daterange(starts, ends) WITH &&);
ALTER TABLE ONLY public.settlement_rulecomparisonline
    ADD CONSTRAINT rule_comparison_line_once UNIQUE NULLS NOT DISTINCT (comparison_id, business_date, role, institution_id);
ALTER TABLE ONLY public.fulfillment_safetystock
    ADD CONSTRAINT safety_stock_once UNIQUE NULLS NOT DISTINCT (location_id, sku, channel);
ALTER TABLE ONLY public.fulfillment_serialimportreject
    ADD CONSTRAINT serial_import_reject_once UNIQUE (batch_id, line_number);
ALTER TABLE ONLY public.settlement_accountturnover
    ADD CONSTRAINT settlement_accountturnover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_adjustment
    ADD CONSTRAINT settlement_adjustment_journal_id_key UNIQUE (journal_id);
ALTER TABLE ONLY public.settlement_adjustment
    ADD CONSTRAINT settlement_adjustment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_adjustmentleg
    ADD CONSTRAINT settlement_adjustmentleg_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_auditentry
    ADD CONSTRAINT settlement_auditentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_auditlink
    ADD CONSTRAINT settlement_auditlink_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY public.settlement_auditlink
    ADD CONSTRAINT settlement_auditlink_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.settlement_bankanswer
    ADD CONSTRAINT settlement_bankanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_bankanswer
    ADD CONSTRAINT settlement_bankanswer_sha256_key UNIQUE (sha256);
ALTER TABLE ONLY public.settlement_bankanswerline
    ADD CONSTRAINT settlement_bankanswerline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_bilateralline
    ADD CONSTRAINT settlement_bilateralline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_businessday
    ADD CONSTRAINT settlement_businessday_business_date_key UNIQUE (business_date);
ALTER TABLE ONLY public.settlement_businessday
    ADD CONSTRAINT settlement_businessday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_chainproduct
    ADD CONSTRAINT settlement_chainproduct_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_settlementchunk
    ADD CONSTRAINT settlement_chunk_once UNIQUE (business_date, kind, number);
ALTER TABLE ONLY public.settlement_clawback
    ADD CONSTRAINT settlement_clawback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_clearingline
    ADD CONSTRAINT settlement_clearingline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_costimport
    ADD CONSTRAINT settlement_costimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_costline
    ADD CONSTRAINT settlement_costline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_costline
    ADD CONSTRAINT settlement_costline_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.settlement_fundingterm
    ADD CONSTRAINT settlement_fundingterm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtransfer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtransfer_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.settlement_importedsale
    ADD CONSTRAINT settlement_importedsale_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_importedsaleline
    ADD CONSTRAINT settlement_importedsaleline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_importreject
    ADD CONSTRAINT settlement_importreject_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_journal
    ADD CONSTRAINT settlement_journal_key_key UNIQUE (key);
ALTER TABLE ONLY public.settlement_journal
    ADD CONSTRAINT settlement_journal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_ledgeraccount
    ADD CONSTRAINT settlement_ledgeraccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT settlement_matchedge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_netposition
    ADD CONSTRAINT settlement_netposition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_orderfunding
    ADD CONSTRAINT settlement_orderfunding_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_ordershare
    ADD CONSTRAINT settlement_ordershare_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_ordershareterms
    ADD CONSTRAINT settlement_ordershareterms_order_number_key UNIQUE (order_number);
ALTER TABLE ONLY public.settlement_ordershareterms
    ADD CONSTRAINT settlement_ordershareterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_ordertermsline
    ADD CONSTRAINT settlement_ordertermsline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_parcelpart
    ADD CONSTRAINT settlement_parcelpart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_payoutterms
    ADD CONSTRAINT settlement_payoutterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_posting
    ADD CONSTRAINT settlement_posting_pkey PRIMARY KEY (id, business_date);
ALTER TABLE ONLY public.settlement_productfold
    ADD CONSTRAINT settlement_productfold_pkey PRIMARY KEY (business_date);
ALTER TABLE ONLY public.settlement_productline
    ADD CONSTRAINT settlement_productline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_providerfeerate
    ADD CONSTRAINT settlement_providerfeerate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_providerfeerateevent
    ADD CONSTRAINT settlement_providerfeerateevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.settlement_providerlimit
    ADD CONSTRAINT settlement_providerlimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_reconbatch
    ADD CONSTRAINT settlement_reconbatch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbreak_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_reconevent
    ADD CONSTRAINT settlement_reconevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_reconpolicy
    ADD CONSTRAINT settlement_reconpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_reconpolicy
    ADD CONSTRAINT settlement_reconpolicy_valid_from_key UNIQUE (valid_from);
ALTER TABLE ONLY public.settlement_rulecomparison
    ADD CONSTRAINT settlement_rulecomparison_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_rulecomparisonline
    ADD CONSTRAINT settlement_rulecomparisonline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_rulecomparisonorder
    ADD CONSTRAINT settlement_rulecomparisonorder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_settlementchunk
    ADD CONSTRAINT settlement_settlementchunk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_splitrule
    ADD CONSTRAINT settlement_splitrule_code_key UNIQUE (code);
ALTER TABLE ONLY public.settlement_splitrule
    ADD CONSTRAINT settlement_splitrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_splitruleevent
    ADD CONSTRAINT settlement_splitruleevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.settlement_splitruleline
    ADD CONSTRAINT settlement_splitruleline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_splitrulelineevent
    ADD CONSTRAINT settlement_splitrulelineevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.settlement_splitruleversion
    ADD CONSTRAINT settlement_splitruleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_splitruleversionevent
    ADD CONSTRAINT settlement_splitruleversionevent_pkey PRIMARY KEY (pgh_id);
ALTER TABLE ONLY public.settlement_statement
    ADD CONSTRAINT settlement_statement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_statementaccount
    ADD CONSTRAINT settlement_statementaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_statementline
    ADD CONSTRAINT settlement_statementline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_tillimport
    ADD CONSTRAINT settlement_tillimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_source_key_key UNIQUE (source_key);
ALTER TABLE ONLY public.settlement_tradeline
    ADD CONSTRAINT settlement_tradeline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_tradereference
    ADD CONSTRAINT settlement_tradereference_pkey PRIMARY KEY (trade_id);
ALTER TABLE ONLY public.settlement_tradeshare
    ADD CONSTRAINT settlement_tradeshare_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_transferdocument
    ADD CONSTRAINT settlement_transferdocument_name_key UNIQUE (name);
ALTER TABLE ONLY public.settlement_transferdocument
    ADD CONSTRAINT settlement_transferdocument_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_transferevent
    ADD CONSTRAINT settlement_transferevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_transferfile
    ADD CONSTRAINT settlement_transferfile_name_key UNIQUE (name);
ALTER TABLE ONLY public.settlement_transferfile
    ADD CONSTRAINT settlement_transferfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_transferlimit
    ADD CONSTRAINT settlement_transferlimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_shadowprice
    ADD CONSTRAINT shadow_price_once UNIQUE (location_id, sku);
ALTER TABLE ONLY public.settlement_tradeshare
    ADD CONSTRAINT share_once UNIQUE NULLS NOT DISTINCT (trade_id, business_date, role, account_kind, institution_id);
ALTER TABLE ONLY public.shipping_orderanditemcharges_countries
    ADD CONSTRAINT shipping_orderanditemcha_orderanditemcharges_id_c_9f0c9c8f_uniq UNIQUE (orderanditemcharges_id, country_id);
ALTER TABLE ONLY public.shipping_orderanditemcharges
    ADD CONSTRAINT shipping_orderanditemcharges_code_key UNIQUE (code);
ALTER TABLE ONLY public.shipping_orderanditemcharges_countries
    ADD CONSTRAINT shipping_orderanditemcharges_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_orderanditemcharges
    ADD CONSTRAINT shipping_orderanditemcharges_name_key UNIQUE (name);
ALTER TABLE ONLY public.shipping_orderanditemcharges
    ADD CONSTRAINT shipping_orderanditemcharges_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_weightband
    ADD CONSTRAINT shipping_weightband_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_weightbased
    ADD CONSTRAINT shipping_weightbased_code_key UNIQUE (code);
ALTER TABLE ONLY public.shipping_weightbased_countries
    ADD CONSTRAINT shipping_weightbased_cou_weightbased_id_country_i_de8c5e42_uniq UNIQUE (weightbased_id, country_id);
ALTER TABLE ONLY public.shipping_weightbased_countries
    ADD CONSTRAINT shipping_weightbased_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shipping_weightbased
    ADD CONSTRAINT shipping_weightbased_name_key UNIQUE (name);
ALTER TABLE ONLY public.shipping_weightbased
    ADD CONSTRAINT shipping_weightbased_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settlement_splitruleline
    ADD CONSTRAINT split_line_position UNIQUE (version_id, "position");
ALTER TABLE ONLY public.settlement_splitruleversion
    ADD CONSTRAINT split_version_number UNIQUE (rule_id, number);
ALTER TABLE ONLY public.members_staffrole
    ADD CONSTRAINT staff_role_once UNIQUE (user_id, institution_id, role);
ALTER TABLE ONLY public.fulfillment_standstilllimit
    ADD CONSTRAINT standstill_limit_once UNIQUE NULLS NOT DISTINCT (location_id, state);
ALTER TABLE ONLY public.settlement_statementaccount
    ADD CONSTRAINT statement_account_once UNIQUE (source, number);
ALTER TABLE ONLY public.settlement_statement
    ADD CONSTRAINT statement_once UNIQUE (batch_id, format);
ALTER TABLE ONLY public.fulfillment_stationright
    ADD CONSTRAINT station_right_once UNIQUE (location_id, station, user_id);
ALTER TABLE ONLY public.fulfillment_stationtarget
    ADD CONSTRAINT station_target_once UNIQUE (location_id, station);
ALTER TABLE ONLY public.fulfillment_stockbucket
    ADD CONSTRAINT stock_bucket_once UNIQUE (level_id, number);
ALTER TABLE ONLY public.fulfillment_stocklevel
    ADD CONSTRAINT stock_level_once UNIQUE (sku, location_id);
ALTER TABLE ONLY public.fulfillment_stocklevel
    ADD CONSTRAINT stock_level_whole UNIQUE (id, sku, location_id);
ALTER TABLE ONLY public.fulfillment_stocksynccell
    ADD CONSTRAINT stock_sync_cell_once UNIQUE (institution_id, source, location_id, sku);
ALTER TABLE ONLY public.fulfillment_stocksync
    ADD CONSTRAINT stock_sync_once UNIQUE (institution_id, source, sequence);
ALTER TABLE ONLY public.fulfillment_supplieritem
    ADD CONSTRAINT supplier_item_once UNIQUE (supplier_id, sku);
ALTER TABLE ONLY public.fulfillment_supplierlisting
    ADD CONSTRAINT supplier_listing_once UNIQUE (supplier_id, key);
ALTER TABLE ONLY public.fulfillment_suppliernotice
    ADD CONSTRAINT supplier_notice_once UNIQUE (order_id, key);
ALTER TABLE ONLY public.fulfillment_supplierorderline
    ADD CONSTRAINT supplier_order_line_once UNIQUE (order_id, sku);
ALTER TABLE ONLY public.fulfillment_supplycontract
    ADD CONSTRAINT supply_contract_no_overlap EXCLUDE USING gist (supplier_id WITH =, sku WITH =, daterange(starts, ends) WITH &&);
ALTER TABLE ONLY public.fulfillment_tariffrate
    ADD CONSTRAINT tariff_rate_no_overlap EXCLUDE USING gist (zone WITH =, daterange(starts, ends) WITH &&);
ALTER TABLE ONLY public.fulfillment_tariffrate
    ADD CONSTRAINT tariff_rate_once UNIQUE (zone, starts);
ALTER TABLE ONLY public.fulfillment_tariffzone
    ADD CONSTRAINT tariff_zone_once UNIQUE (from_province, to_province);
ALTER TABLE ONLY public.settlement_tradeline
    ADD CONSTRAINT trade_line_once UNIQUE (trade_id, line_id);
ALTER TABLE ONLY public.settlement_tradereference
    ADD CONSTRAINT trade_reference_once UNIQUE (provider_id, our_reference);
ALTER TABLE ONLY public.settlement_transferdocument
    ADD CONSTRAINT transfer_document_once UNIQUE (file_id, format);
ALTER TABLE ONLY public.fulfillment_transferline
    ADD CONSTRAINT transfer_line_once UNIQUE (transfer_id, sku);
ALTER TABLE ONLY public.fulfillment_transferunit
    ADD CONSTRAINT transfer_unit_once UNIQUE (line_id, serial_id);
ALTER TABLE ONLY public.fulfillment_trunkline
    ADD CONSTRAINT trunk_line_once UNIQUE (origin_id, hub_id);
ALTER TABLE ONLY public.voucher_voucher
    ADD CONSTRAINT voucher_voucher_code_key UNIQUE (code);
ALTER TABLE ONLY public.voucher_voucher
    ADD CONSTRAINT voucher_voucher_name_b96d3b47_uniq UNIQUE (name);
ALTER TABLE ONLY public.voucher_voucher_offers
    ADD CONSTRAINT voucher_voucher_offers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.voucher_voucher_offers
    ADD CONSTRAINT voucher_voucher_offers_voucher_id_conditionalof_01628a7f_uniq UNIQUE (voucher_id, conditionaloffer_id);
ALTER TABLE ONLY public.voucher_voucher
    ADD CONSTRAINT voucher_voucher_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.voucher_voucherapplication
    ADD CONSTRAINT voucher_voucherapplication_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.voucher_voucherset
    ADD CONSTRAINT voucher_voucherset_name_4c6aac05_uniq UNIQUE (name);
ALTER TABLE ONLY public.voucher_voucherset
    ADD CONSTRAINT voucher_voucherset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fulfillment_wallslot
    ADD CONSTRAINT wall_slot_code_once UNIQUE (location_id, code);
ALTER TABLE ONLY public.fulfillment_wallslot
    ADD CONSTRAINT wall_slot_position_once UNIQUE (location_id, "position");
ALTER TABLE ONLY public.fulfillment_waveentry
    ADD CONSTRAINT wave_slot_once UNIQUE (wave_id, slot);
ALTER TABLE ONLY public.wishlists_line
    ADD CONSTRAINT wishlists_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wishlists_line
    ADD CONSTRAINT wishlists_line_wishlist_id_product_id_78f04673_uniq UNIQUE (wishlist_id, product_id);
ALTER TABLE ONLY public.wishlists_wishlist
    ADD CONSTRAINT wishlists_wishlist_key_key UNIQUE (key);
ALTER TABLE ONLY public.wishlists_wishlist
    ADD CONSTRAINT wishlists_wishlist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.wishlists_wishlistsharedemail
    ADD CONSTRAINT wishlists_wishlistsharedemail_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX account_undo_one_open ON public.fulfillment_accountundo USING btree (fulfillment_id) WHERE (finished_at IS NULL);
CREATE INDEX activation_at_dealer ON public.fulfillment_serialactivation USING btree (activated_at, dealer_id) WHERE (dealer_id IS NOT NULL);
CREATE INDEX address_country_display_order_dc88cde8 ON public.address_country USING btree (display_order);
CREATE INDEX address_country_is_shipping_country_f7b6c461 ON public.address_country USING btree (is_shipping_country);
CREATE INDEX address_country_iso_3166_1_a2_f395eed0_like ON public.address_country USING btree (iso_3166_1_a2 varchar_pattern_ops);
CREATE INDEX address_country_printable_name_450b016c ON public.address_country USING btree (printable_name);
CREATE INDEX address_country_printable_name_450b016c_like ON public.address_country USING btree (printable_name varchar_pattern_ops);
CREATE UNIQUE INDEX address_one_default ON public.members_address USING btree (member_id) WHERE is_default;
CREATE INDEX address_useraddress_code_746f229c_like ON public.address_useraddress USING btree (code varchar_pattern_ops);
CREATE INDEX address_useraddress_country_id_fa26a249 ON public.address_useraddress USING btree (country_id);
CREATE INDEX address_useraddress_country_id_fa26a249_like ON public.address_useraddress USING btree (country_id varchar_pattern_ops);
CREATE INDEX address_useraddress_hash_e0a6b290 ON public.address_useraddress USING btree (hash);
CREATE INDEX address_useraddress_hash_e0a6b290_like ON public.address_useraddress USING btree (hash varchar_pattern_ops);
CREATE INDEX address_useraddress_user_id_6edf0244 ON public.address_useraddress USING btree (user_id);
CREATE UNIQUE INDEX adjustment_reverses_once ON public.settlement_adjustment USING btree (reverses_id) WHERE (NOT ((state)::text = 'rejected'::text));
CREATE INDEX analytics_productrecord_num_purchases_405301a0 ON public.analytics_productrecord USING btree (num_purchases);
CREATE INDEX analytics_userproductview_product_id_a55b87ad ON public.analytics_userproductview USING btree (product_id);
CREATE INDEX analytics_userproductview_user_id_5e49a8b1 ON public.analytics_userproductview USING btree (user_id);
CREATE INDEX analytics_userrecord_num_order_items_fb2a8304 ON public.analytics_userrecord USING btree (num_order_items);
CREATE INDEX analytics_userrecord_num_order_lines_97cc087f ON public.analytics_userrecord USING btree (num_order_lines);
CREATE INDEX analytics_userrecord_num_orders_b352ffd1 ON public.analytics_userrecord USING btree (num_orders);
CREATE INDEX analytics_usersearch_query_ad36478b ON public.analytics_usersearch USING btree (query);
CREATE INDEX analytics_usersearch_query_ad36478b_like ON public.analytics_usersearch USING btree (query varchar_pattern_ops);
CREATE INDEX analytics_usersearch_user_id_1775992d ON public.analytics_usersearch USING btree (user_id);
CREATE INDEX audit_action ON public.settlement_auditentry USING btree (action, at DESC);
CREATE INDEX audit_at ON public.settlement_auditentry USING btree (at DESC);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX basket_basket_owner_id_3a018de5 ON public.basket_basket USING btree (owner_id);
CREATE INDEX basket_basket_vouchers_basket_id_f857c2f8 ON public.basket_basket_vouchers USING btree (basket_id);
CREATE INDEX basket_basket_vouchers_voucher_id_c2b66981 ON public.basket_basket_vouchers USING btree (voucher_id);
CREATE INDEX basket_line_basket_id_b615c905 ON public.basket_line USING btree (basket_id);
CREATE INDEX basket_line_date_created_eb0dfb1b ON public.basket_line USING btree (date_created);
CREATE INDEX basket_line_date_updated_a74d069d ON public.basket_line USING btree (date_updated);
CREATE INDEX basket_line_line_reference_08e91113 ON public.basket_line USING btree (line_reference);
CREATE INDEX basket_line_line_reference_08e91113_like ON public.basket_line USING btree (line_reference varchar_pattern_ops);
CREATE INDEX basket_line_product_id_303d743e ON public.basket_line USING btree (product_id);
CREATE INDEX basket_line_stockrecord_id_7039d8a4 ON public.basket_line USING btree (stockrecord_id);
CREATE INDEX basket_lineattribute_line_id_c41e0cdf ON public.basket_lineattribute USING btree (line_id);
CREATE INDEX basket_lineattribute_option_id_9387a3f7 ON public.basket_lineattribute USING btree (option_id);
CREATE INDEX break_bill_batch ON public.settlement_reconbreak USING btree (bill_batch_id) WHERE (bill_batch_id IS NOT NULL);
CREATE INDEX break_bill_line ON public.settlement_reconbreak USING btree (bill_line_id) WHERE (bill_line_id IS NOT NULL);
CREATE INDEX break_line ON public.settlement_reconbreak USING btree (line_id) WHERE (line_id IS NOT NULL);
CREATE INDEX break_live ON public.settlement_reconbreak USING btree (bill_date, id) WHERE (NOT ((state)::text = 'resolved'::text));
CREATE INDEX break_trade ON public.settlement_reconbreak USING btree (trade_id) WHERE (trade_id IS NOT NULL);
CREATE INDEX break_transfer ON public.settlement_reconbreak USING btree (transfer_id) WHERE (transfer_id IS NOT NULL);
CREATE UNIQUE INDEX business_day_one_open ON public.settlement_businessday USING btree (state) WHERE ((state)::text = 'open'::text);
CREATE INDEX callback_trade ON public.order_providercallback USING btree (out_trade_no);
CREATE INDEX campaign_item_of_sku ON public.fulfillment_campaignitem USING btree (sku);
CREATE UNIQUE INDEX campaign_ticket_once ON public.fulfillment_campaignuse USING btree (item_id, ticket) WHERE (NOT given_back);
CREATE INDEX campaign_use_live ON public.fulfillment_campaignuse USING btree (item_id, customer) WHERE (NOT given_back);
CREATE UNIQUE INDEX campaign_use_once ON public.fulfillment_campaignuse USING btree (item_id, demand_id) WHERE (NOT given_back);
CREATE INDEX card_entry_history ON public.order_cardentry USING btree (card_id, id DESC);
CREATE INDEX card_of_member ON public.order_prepaidcard USING btree (member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX catalogue_attributeoption_code_861d9e91_like ON public.catalogue_attributeoption USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_attributeoption_group_id_3d4a5e24 ON public.catalogue_attributeoption USING btree (group_id);
CREATE INDEX catalogue_attributeoptiongroup_code_30e7931f_like ON public.catalogue_attributeoptiongroup USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_category_ancestors_are_public_d088d0db ON public.catalogue_category USING btree (ancestors_are_public);
CREATE INDEX catalogue_category_code_98f4a4fa_like ON public.catalogue_category USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_category_exclude_from_menu_898e8583 ON public.catalogue_category USING btree (exclude_from_menu);
CREATE INDEX catalogue_category_is_public_ab0536be ON public.catalogue_category USING btree (is_public);
CREATE INDEX catalogue_category_name_1f342ac2 ON public.catalogue_category USING btree (name);
CREATE INDEX catalogue_category_name_1f342ac2_like ON public.catalogue_category USING btree (name varchar_pattern_ops);
CREATE INDEX catalogue_category_path_1c5b79c2_like ON public.catalogue_category USING btree (path varchar_pattern_ops);
CREATE INDEX catalogue_category_slug_9635febd ON public.catalogue_category USING btree (slug);
CREATE INDEX catalogue_category_slug_9635febd_like ON public.catalogue_category USING btree (slug varchar_pattern_ops);
CREATE INDEX catalogue_channelprice_institution_id_667f8689 ON public.catalogue_channelprice USING btree (institution_id);
CREATE INDEX catalogue_channelprice_product_id_6613c0ea ON public.catalogue_channelprice USING btree (product_id);
CREATE INDEX catalogue_channelprice_reason_code_67f0a009 ON public.catalogue_channelprice USING btree (reason_code);
CREATE INDEX catalogue_channelprice_reason_code_67f0a009_like ON public.catalogue_channelprice USING btree (reason_code varchar_pattern_ops);
CREATE INDEX catalogue_channelpriceevent_institution_id_5fec1700 ON public.catalogue_channelpriceevent USING btree (institution_id);
CREATE INDEX catalogue_channelpriceevent_pgh_context_id_8ea5124a ON public.catalogue_channelpriceevent USING btree (pgh_context_id);
CREATE INDEX catalogue_channelpriceevent_pgh_obj_id_d71e7122 ON public.catalogue_channelpriceevent USING btree (pgh_obj_id);
CREATE INDEX catalogue_channelpriceevent_product_id_048eeb5d ON public.catalogue_channelpriceevent USING btree (product_id);
CREATE INDEX catalogue_number_block_id_7475e6bf ON public.catalogue_number USING btree (block_id);
CREATE INDEX catalogue_number_grade_id_06068b0b ON public.catalogue_number USING btree (grade_id);
CREATE INDEX catalogue_number_msisdn_9e4bc5e5_like ON public.catalogue_number USING btree (msisdn varchar_pattern_ops);
CREATE INDEX catalogue_number_person_key_8709d958 ON public.catalogue_number USING btree (person_key);
CREATE INDEX catalogue_number_person_key_8709d958_like ON public.catalogue_number USING btree (person_key varchar_pattern_ops);
CREATE INDEX catalogue_number_reference_8b62dd1c ON public.catalogue_number USING btree (reference);
CREATE INDEX catalogue_number_reference_8b62dd1c_like ON public.catalogue_number USING btree (reference varchar_pattern_ops);
CREATE INDEX catalogue_numberallotment_number_id_f044878d ON public.catalogue_numberallotment USING btree (number_id);
CREATE INDEX catalogue_numberallotment_number_id_f044878d_like ON public.catalogue_numberallotment USING btree (number_id varchar_pattern_ops);
CREATE INDEX catalogue_numberblock_prefix_fe68d190_like ON public.catalogue_numberblock USING btree (prefix varchar_pattern_ops);
CREATE INDEX catalogue_numbergrade_code_837bc75a_like ON public.catalogue_numbergrade USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_numbergrade_demoted_to_id_47aae352 ON public.catalogue_numbergrade USING btree (demoted_to_id);
CREATE INDEX catalogue_numbergradeevent_demoted_to_id_ea2d3cb8 ON public.catalogue_numbergradeevent USING btree (demoted_to_id);
CREATE INDEX catalogue_numbergradeevent_pgh_context_id_b9c3a5f9 ON public.catalogue_numbergradeevent USING btree (pgh_context_id);
CREATE INDEX catalogue_numbergradeevent_pgh_obj_id_3c474816 ON public.catalogue_numbergradeevent USING btree (pgh_obj_id);
CREATE INDEX catalogue_numberhold_number_id_93831c6a ON public.catalogue_numberhold USING btree (number_id);
CREATE INDEX catalogue_numberhold_number_id_93831c6a_like ON public.catalogue_numberhold USING btree (number_id varchar_pattern_ops);
CREATE INDEX catalogue_offering_seller_id_d38bd92c ON public.catalogue_offering USING btree (seller_id);
CREATE INDEX catalogue_offering_sku_15e7c0c6_like ON public.catalogue_offering USING btree (sku varchar_pattern_ops);
CREATE INDEX catalogue_option_code_0697b920_like ON public.catalogue_option USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_option_name_7b84926d ON public.catalogue_option USING btree (name);
CREATE INDEX catalogue_option_name_7b84926d_like ON public.catalogue_option USING btree (name varchar_pattern_ops);
CREATE INDEX catalogue_option_option_group_id_2fd86269 ON public.catalogue_option USING btree (option_group_id);
CREATE INDEX catalogue_option_order_d4ee348f ON public.catalogue_option USING btree ("order");
CREATE UNIQUE INDEX catalogue_product_category_hierarchy_idx ON public.catalogue_product_category_hierarchy USING btree (product_id, category_id);
CREATE INDEX catalogue_product_code_a7386c07_like ON public.catalogue_product USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_product_date_created_d66f485a ON public.catalogue_product USING btree (date_created);
CREATE INDEX catalogue_product_date_updated_d3a1785d ON public.catalogue_product USING btree (date_updated);
CREATE INDEX catalogue_product_is_public_1cf798c5 ON public.catalogue_product USING btree (is_public);
CREATE INDEX catalogue_product_parent_id_9bfd2382 ON public.catalogue_product USING btree (parent_id);
CREATE INDEX catalogue_product_priority_983a8f56 ON public.catalogue_product USING btree (priority);
CREATE INDEX catalogue_product_product_class_id_0c6c5b54 ON public.catalogue_product USING btree (product_class_id);
CREATE INDEX catalogue_product_product_options_option_id_ff470e13 ON public.catalogue_product_product_options USING btree (option_id);
CREATE INDEX catalogue_product_product_options_product_id_ad2b46bd ON public.catalogue_product_product_options USING btree (product_id);
CREATE INDEX catalogue_product_slug_c8e2e2b9 ON public.catalogue_product USING btree (slug);
CREATE INDEX catalogue_product_slug_c8e2e2b9_like ON public.catalogue_product USING btree (slug varchar_pattern_ops);
CREATE INDEX catalogue_product_upc_91f72b90_like ON public.catalogue_product USING btree (upc varchar_pattern_ops);
CREATE INDEX catalogue_productattribute_attributeoption_id_962b600b ON public.catalogue_productattributevalue_value_multi_option USING btree (attributeoption_id);
CREATE INDEX catalogue_productattribute_code_9ffea293 ON public.catalogue_productattribute USING btree (code);
CREATE INDEX catalogue_productattribute_code_9ffea293_like ON public.catalogue_productattribute USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_productattribute_option_group_id_6b422dc2 ON public.catalogue_productattribute USING btree (option_group_id);
CREATE INDEX catalogue_productattribute_product_class_id_7af808ec ON public.catalogue_productattribute USING btree (product_class_id);
CREATE INDEX catalogue_productattribute_productattributevalue_id_9c7c031e ON public.catalogue_productattributevalue_value_multi_option USING btree (productattributevalue_id);
CREATE INDEX catalogue_productattributevalue_attribute_id_0287c1e7 ON public.catalogue_productattributevalue USING btree (attribute_id);
CREATE INDEX catalogue_productattributevalue_entity_content_type_id_f7186ab5 ON public.catalogue_productattributevalue USING btree (entity_content_type_id);
CREATE INDEX catalogue_productattributevalue_product_id_a03cd90e ON public.catalogue_productattributevalue USING btree (product_id);
CREATE INDEX catalogue_productattributevalue_value_boolean_c5b0d66a ON public.catalogue_productattributevalue USING btree (value_boolean);
CREATE INDEX catalogue_productattributevalue_value_date_d18775c1 ON public.catalogue_productattributevalue USING btree (value_date);
CREATE INDEX catalogue_productattributevalue_value_datetime_b474ac38 ON public.catalogue_productattributevalue USING btree (value_datetime);
CREATE INDEX catalogue_productattributevalue_value_float_5ef8d3db ON public.catalogue_productattributevalue USING btree (value_float);
CREATE INDEX catalogue_productattributevalue_value_integer_55fbb7d6 ON public.catalogue_productattributevalue USING btree (value_integer);
CREATE INDEX catalogue_productattributevalue_value_option_id_21026066 ON public.catalogue_productattributevalue USING btree (value_option_id);
CREATE INDEX catalogue_productcategory_category_id_176db535 ON public.catalogue_productcategory USING btree (category_id);
CREATE INDEX catalogue_productcategory_product_id_846a4061 ON public.catalogue_productcategory USING btree (product_id);
CREATE INDEX catalogue_productclass_options_option_id_b099542c ON public.catalogue_productclass_options USING btree (option_id);
CREATE INDEX catalogue_productclass_options_productclass_id_732df4c8 ON public.catalogue_productclass_options USING btree (productclass_id);
CREATE INDEX catalogue_productclass_slug_270c6b2b_like ON public.catalogue_productclass USING btree (slug varchar_pattern_ops);
CREATE INDEX catalogue_productimage_code_fdab9782_like ON public.catalogue_productimage USING btree (code varchar_pattern_ops);
CREATE INDEX catalogue_productimage_display_order_9fa741ac ON public.catalogue_productimage USING btree (display_order);
CREATE INDEX catalogue_productimage_product_id_49474fe8 ON public.catalogue_productimage USING btree (product_id);
CREATE INDEX catalogue_productrecommendation_primary_id_6e51a55c ON public.catalogue_productrecommendation USING btree (primary_id);
CREATE INDEX catalogue_productrecommendation_ranking_e7a0f7fd ON public.catalogue_productrecommendation USING btree (ranking);
CREATE INDEX catalogue_productrecommendation_recommendation_id_daf8ae95 ON public.catalogue_productrecommendation USING btree (recommendation_id);
CREATE UNIQUE INDEX centre_proposal_one_open ON public.fulfillment_centreproposal USING btree (province, city) WHERE ((state)::text = 'open'::text);
CREATE INDEX centre_proposal_place ON public.fulfillment_centreproposal USING btree (province, city);
CREATE UNIQUE INDEX centre_reckoning_one_open ON public.fulfillment_centrereckoning USING btree ((1)) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying])::text[]));
CREATE INDEX chunk_problem ON public.settlement_settlementchunk USING btree (first_id) WHERE (NOT (problem = ''::text));
CREATE INDEX chunk_undone ON public.settlement_settlementchunk USING btree (business_date) WHERE (done_at IS NULL);
CREATE INDEX clawback_party ON public.settlement_clawback USING btree (institution_id, business_date);
CREATE INDEX communication_communicationeventtype_name_45761eb9 ON public.communication_communicationeventtype USING btree (name);
CREATE INDEX communication_communicationeventtype_name_45761eb9_like ON public.communication_communicationeventtype USING btree (name varchar_pattern_ops);
CREATE INDEX cost_line_month ON public.settlement_costline USING btree (month, channel);
CREATE UNIQUE INDEX count_line_one_open ON public.fulfillment_countline USING btree (location_id, sku) WHERE (NOT is_closed);
CREATE INDEX courier_event_of_parcel ON public.fulfillment_courierevent USING btree (fulfillment_id, occurred_at);
CREATE INDEX courier_event_open ON public.fulfillment_courierevent USING btree (received_at) WHERE ((handled_at IS NULL) AND ((outcome)::text = ANY ((ARRAY['unknown'::character varying, 'conflict'::character varying])::text[])));
CREATE INDEX customer_communicationeventtype_code_984beacb_like ON public.communication_communicationeventtype USING btree (code varchar_pattern_ops);
CREATE INDEX customer_email_user_id_a69ad588 ON public.communication_email USING btree (user_id);
CREATE INDEX customer_notification_date_sent_9b6baeda ON public.communication_notification USING btree (date_sent);
CREATE INDEX customer_notification_recipient_id_d99de5c8 ON public.communication_notification USING btree (recipient_id);
CREATE INDEX customer_notification_sender_id_affa1632 ON public.communication_notification USING btree (sender_id);
CREATE INDEX customer_productalert_date_created_00622b1c ON public.customer_productalert USING btree (date_created);
CREATE INDEX customer_productalert_email_e5f35f45 ON public.customer_productalert USING btree (email);
CREATE INDEX customer_productalert_email_e5f35f45_like ON public.customer_productalert USING btree (email varchar_pattern_ops);
CREATE INDEX customer_productalert_key_a26f3bdc ON public.customer_productalert USING btree (key);
CREATE INDEX customer_productalert_key_a26f3bdc_like ON public.customer_productalert USING btree (key varchar_pattern_ops);
CREATE INDEX customer_productalert_product_id_7e529a41 ON public.customer_productalert USING btree (product_id);
CREATE INDEX customer_productalert_user_id_677ad6d6 ON public.customer_productalert USING btree (user_id);
CREATE INDEX dealer_day_by_day ON public.fulfillment_dealerday USING btree (day, dealer_id);
CREATE INDEX dealer_invoice_open ON public.fulfillment_dealerinvoice USING btree (dealer_id, due_on) WHERE (paid_fen < amount_fen);
CREATE INDEX dealer_order_open ON public.fulfillment_dealerorder USING btree (dealer_id, state);
CREATE INDEX dealer_surplus_open ON public.fulfillment_dealersurplus USING btree (state) WHERE ((state)::text = 'asked'::text);
CREATE INDEX delivery_cod_outstanding ON public.fulfillment_delivery USING btree (courier_id) WHERE ((cod_collected_fen > 0) AND (remittance_id IS NULL));
CREATE INDEX delivery_under_way ON public.fulfillment_delivery USING btree (courier_id) WHERE (finished_at IS NULL);
CREATE UNIQUE INDEX delivery_waybill_once ON public.fulfillment_delivery USING btree (courier_id, waybill) WHERE (NOT ((waybill)::text = ''::text));
CREATE INDEX demand_open ON public.fulfillment_fulfillmentdemand USING btree (state, changed_at) WHERE ((state)::text = ANY ((ARRAY['held'::character varying, 'requested'::character varying, 'exception'::character varying])::text[]));
CREATE INDEX demand_unpaid_of ON public.fulfillment_fulfillmentdemand USING btree (customer) WHERE (((state)::text = 'held'::text) AND (NOT ((customer)::text = ''::text)));
CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);
CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);
CREATE INDEX django_celery_beat_periodictask_clocked_id_47a69f82 ON public.django_celery_beat_periodictask USING btree (clocked_id);
CREATE INDEX django_celery_beat_periodictask_crontab_id_d3cba168 ON public.django_celery_beat_periodictask USING btree (crontab_id);
CREATE INDEX django_celery_beat_periodictask_interval_id_a8ca27da ON public.django_celery_beat_periodictask USING btree (interval_id);
CREATE INDEX django_celery_beat_periodictask_name_265a36b7_like ON public.django_celery_beat_periodictask USING btree (name varchar_pattern_ops);
CREATE INDEX django_celery_beat_periodictask_solar_id_a87ce72c ON public.django_celery_beat_periodictask USING btree (solar_id);
CREATE INDEX django_flatpage_sites_flatpage_id_078bbc8b ON public.django_flatpage_sites USING btree (flatpage_id);
CREATE INDEX django_flatpage_sites_site_id_bfd8ea84 ON public.django_flatpage_sites USING btree (site_id);
CREATE INDEX django_flatpage_url_41612362 ON public.django_flatpage USING btree (url);
CREATE INDEX django_flatpage_url_41612362_like ON public.django_flatpage USING btree (url varchar_pattern_ops);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX django_site_domain_a2e37b91_like ON public.django_site USING btree (domain varchar_pattern_ops);
CREATE INDEX fulfillment_accountundo_fulfillment_id_84e33758 ON public.fulfillment_accountundo USING btree (fulfillment_id);
CREATE INDEX fulfillment_at ON public.fulfillment_fulfillmentorder USING btree (location_id, state);
CREATE INDEX fulfillment_automationjob_key_866b6cac_like ON public.fulfillment_automationjob USING btree (key varchar_pattern_ops);
CREATE INDEX fulfillment_automationnotice_job_id_de848e0d ON public.fulfillment_automationnotice USING btree (job_id);
CREATE INDEX fulfillment_automationnotice_notice_id_d46c40a6_like ON public.fulfillment_automationnotice USING btree (notice_id varchar_pattern_ops);
CREATE INDEX fulfillment_campaign_code_8ebd8ebb_like ON public.fulfillment_campaign USING btree (code varchar_pattern_ops);
CREATE INDEX fulfillment_campaignevent_pgh_context_id_bbb43d28 ON public.fulfillment_campaignevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_campaignevent_pgh_obj_id_7651604c ON public.fulfillment_campaignevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_campaignitem_campaign_id_3a0619b5 ON public.fulfillment_campaignitem USING btree (campaign_id);
CREATE INDEX fulfillment_campaignitemevent_campaign_id_88ab9316 ON public.fulfillment_campaignitemevent USING btree (campaign_id);
CREATE INDEX fulfillment_campaignitemevent_pgh_context_id_ffb969f2 ON public.fulfillment_campaignitemevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_campaignitemevent_pgh_obj_id_03ac3edd ON public.fulfillment_campaignitemevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_campaignshare_item_id_484223a5 ON public.fulfillment_campaignshare USING btree (item_id);
CREATE INDEX fulfillment_campaignuse_demand_id_bb8edc46 ON public.fulfillment_campaignuse USING btree (demand_id);
CREATE INDEX fulfillment_campaignuse_item_id_4bd29e9a ON public.fulfillment_campaignuse USING btree (item_id);
CREATE INDEX fulfillment_cardsallowed_fulfillment_id_734fd13c ON public.fulfillment_cardsallowed USING btree (fulfillment_id);
CREATE INDEX fulfillment_centrecostsevent_pgh_context_id_1a475e1a ON public.fulfillment_centrecostsevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_centrecostsevent_pgh_obj_id_e12d91fa ON public.fulfillment_centrecostsevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_centrereckoning_key_93fb4bfe_like ON public.fulfillment_centrereckoning USING btree (key varchar_pattern_ops);
CREATE INDEX fulfillment_codremittance_courier_id_0329a11b ON public.fulfillment_codremittance USING btree (courier_id);
CREATE INDEX fulfillment_countline_count_id_add10051 ON public.fulfillment_countline USING btree (count_id);
CREATE INDEX fulfillment_countline_location_id_a1798923 ON public.fulfillment_countline USING btree (location_id);
CREATE INDEX fulfillment_countunit_line_id_c5dcb45a ON public.fulfillment_countunit USING btree (line_id);
CREATE INDEX fulfillment_countunit_serial_id_bdcbba3e ON public.fulfillment_countunit USING btree (serial_id);
CREATE INDEX fulfillment_courierchoice_courier_id_7dca3295 ON public.fulfillment_courierchoice USING btree (courier_id);
CREATE INDEX fulfillment_courierchoice_location_id_04985c13 ON public.fulfillment_courierchoice USING btree (location_id);
CREATE INDEX fulfillment_couriercutoff_courier_id_ede6d3d1 ON public.fulfillment_couriercutoff USING btree (courier_id);
CREATE INDEX fulfillment_couriercutoff_location_id_ce7c74c9 ON public.fulfillment_couriercutoff USING btree (location_id);
CREATE INDEX fulfillment_courierevent_courier_id_935e1e89 ON public.fulfillment_courierevent USING btree (courier_id);
CREATE INDEX fulfillment_courierevent_fulfillment_id_3ee11540 ON public.fulfillment_courierevent USING btree (fulfillment_id);
CREATE INDEX fulfillment_courierposition_courier_id_c0dedaed ON public.fulfillment_courierposition USING btree (courier_id);
CREATE INDEX fulfillment_coverrule_kind_eff8c8d7_like ON public.fulfillment_coverrule USING btree (kind varchar_pattern_ops);
CREATE INDEX fulfillment_coverruleevent_pgh_context_id_b4c13272 ON public.fulfillment_coverruleevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_coverruleevent_pgh_obj_id_ee361002 ON public.fulfillment_coverruleevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_day ON public.fulfillment_fulfillmentorder USING btree (location_id, created_at);
CREATE INDEX fulfillment_dealerday_dealer_id_103ac9a0 ON public.fulfillment_dealerday USING btree (dealer_id);
CREATE INDEX fulfillment_dealerinvoice_dealer_id_600dfa04 ON public.fulfillment_dealerinvoice USING btree (dealer_id);
CREATE INDEX fulfillment_dealerinvoice_number_18230e4f_like ON public.fulfillment_dealerinvoice USING btree (number varchar_pattern_ops);
CREATE INDEX fulfillment_dealerinvoice_order_id_3e16aabd ON public.fulfillment_dealerinvoice USING btree (order_id);
CREATE INDEX fulfillment_dealernumberline_order_id_ec60feb4 ON public.fulfillment_dealernumberline USING btree (order_id);
CREATE INDEX fulfillment_dealerorder_branch_id_68e5bd25 ON public.fulfillment_dealerorder USING btree (branch_id);
CREATE INDEX fulfillment_dealerorder_dealer_id_82817e62 ON public.fulfillment_dealerorder USING btree (dealer_id);
CREATE INDEX fulfillment_dealerorder_number_cd2996b9_like ON public.fulfillment_dealerorder USING btree (number varchar_pattern_ops);
CREATE INDEX fulfillment_dealerorderevent_order_id_870ac4d2 ON public.fulfillment_dealerorderevent USING btree (order_id);
CREATE INDEX fulfillment_dealerorderline_order_id_5bc1d142 ON public.fulfillment_dealerorderline USING btree (order_id);
CREATE INDEX fulfillment_dealerpayment_dealer_id_93999688 ON public.fulfillment_dealerpayment USING btree (dealer_id);
CREATE INDEX fulfillment_dealerreceipt_order_id_3357bc3c ON public.fulfillment_dealerreceipt USING btree (order_id);
CREATE INDEX fulfillment_dealerreceiptline_line_id_a896dac8 ON public.fulfillment_dealerreceiptline USING btree (line_id);
CREATE INDEX fulfillment_dealerreceiptline_receipt_id_2777a810 ON public.fulfillment_dealerreceiptline USING btree (receipt_id);
CREATE INDEX fulfillment_dealersurplus_line_id_8c6c510f ON public.fulfillment_dealersurplus USING btree (line_id);
CREATE INDEX fulfillment_dealersurplus_receipt_id_061d032c ON public.fulfillment_dealersurplus USING btree (receipt_id);
CREATE INDEX fulfillment_dealerterms_branch_id_6073b923 ON public.fulfillment_dealerterms USING btree (branch_id);
CREATE INDEX fulfillment_dealertermsevent_branch_id_529d25bc ON public.fulfillment_dealertermsevent USING btree (branch_id);
CREATE INDEX fulfillment_dealertermsevent_dealer_id_7f9ab6c3 ON public.fulfillment_dealertermsevent USING btree (dealer_id);
CREATE INDEX fulfillment_dealertermsevent_pgh_context_id_1cc756f9 ON public.fulfillment_dealertermsevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_dealertermsevent_pgh_obj_id_ada667ae ON public.fulfillment_dealertermsevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_delivery_courier_id_4209dd7c ON public.fulfillment_delivery USING btree (courier_id);
CREATE INDEX fulfillment_delivery_manifest_id_01b7fd38 ON public.fulfillment_delivery USING btree (manifest_id);
CREATE INDEX fulfillment_delivery_qr_reference_c61aff96_like ON public.fulfillment_delivery USING btree (qr_reference varchar_pattern_ops);
CREATE INDEX fulfillment_delivery_remittance_id_64287817 ON public.fulfillment_delivery USING btree (remittance_id);
CREATE INDEX fulfillment_deliveryphoto_fulfillment_id_47b78ec5 ON public.fulfillment_deliveryphoto USING btree (fulfillment_id);
CREATE INDEX fulfillment_doorvisit_delivery_id_f67e1f55 ON public.fulfillment_doorvisit USING btree (delivery_id);
CREATE INDEX fulfillment_exclusion_demand_id_e4a39ddb ON public.fulfillment_exclusion USING btree (demand_id);
CREATE INDEX fulfillment_exclusion_location_id_a677bf53 ON public.fulfillment_exclusion USING btree (location_id);
CREATE INDEX fulfillment_fulfillmentevent_fulfillment_id_bad848b0 ON public.fulfillment_fulfillmentevent USING btree (fulfillment_id);
CREATE INDEX fulfillment_fulfillmentline_fulfillment_id_604f3804 ON public.fulfillment_fulfillmentline USING btree (fulfillment_id);
CREATE INDEX fulfillment_fulfillmentorder_code_5ce7bb02_like ON public.fulfillment_fulfillmentorder USING btree (code varchar_pattern_ops);
CREATE INDEX fulfillment_fulfillmentorder_demand_id_ae45da8d ON public.fulfillment_fulfillmentorder USING btree (demand_id);
CREATE INDEX fulfillment_fulfillmentorder_location_id_f76348d7 ON public.fulfillment_fulfillmentorder USING btree (location_id);
CREATE INDEX fulfillment_fulfillmentorder_via_id_05bd9932 ON public.fulfillment_fulfillmentorder USING btree (via_id);
CREATE INDEX fulfillment_identitycheck_fulfillment_id_0a5faffc ON public.fulfillment_identitycheck USING btree (fulfillment_id);
CREATE INDEX fulfillment_labelprint_fulfillment_id_36b10f3f ON public.fulfillment_labelprint USING btree (fulfillment_id);
CREATE INDEX fulfillment_leaving ON public.fulfillment_fulfillmentorder USING btree (location_id, leaves_on);
CREATE INDEX fulfillment_leftbehind_fulfillment_id_225b1c3d ON public.fulfillment_leftbehind USING btree (fulfillment_id);
CREATE INDEX fulfillment_leftbehind_manifest_id_b62cf827 ON public.fulfillment_leftbehind USING btree (manifest_id);
CREATE INDEX fulfillment_locationday_location_id_9313c810 ON public.fulfillment_locationday USING btree (location_id);
CREATE INDEX fulfillment_locationdayevent_location_id_1531d702 ON public.fulfillment_locationdayevent USING btree (location_id);
CREATE INDEX fulfillment_locationdayevent_pgh_context_id_d318869f ON public.fulfillment_locationdayevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_locationdayevent_pgh_obj_id_f3495011 ON public.fulfillment_locationdayevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_locationload_location_id_51b67d83 ON public.fulfillment_locationload USING btree (location_id);
CREATE INDEX fulfillment_locationprofileevent_location_id_98fe8ba1 ON public.fulfillment_locationprofileevent USING btree (location_id);
CREATE INDEX fulfillment_locationprofileevent_pgh_context_id_46f16018 ON public.fulfillment_locationprofileevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_locationprofileevent_pgh_obj_id_456e8dc2 ON public.fulfillment_locationprofileevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_manifest_courier_id_0295b91f ON public.fulfillment_manifest USING btree (courier_id);
CREATE INDEX fulfillment_manifest_location_id_27ef30d8 ON public.fulfillment_manifest USING btree (location_id);
CREATE INDEX fulfillment_noticeline_line_id_736865d4 ON public.fulfillment_noticeline USING btree (line_id);
CREATE INDEX fulfillment_noticeline_notice_id_8519b053 ON public.fulfillment_noticeline USING btree (notice_id);
CREATE INDEX fulfillment_noticeserial_line_id_197692a8 ON public.fulfillment_noticeserial USING btree (line_id);
CREATE INDEX fulfillment_noticeserial_notice_line_id_5a703185 ON public.fulfillment_noticeserial USING btree (notice_line_id);
CREATE INDEX fulfillment_numberreceipt_batch_id_69b1a839 ON public.fulfillment_numberreceipt USING btree (batch_id);
CREATE INDEX fulfillment_numberreceipt_msisdn_9f16ee33_like ON public.fulfillment_numberreceipt USING btree (msisdn varchar_pattern_ops);
CREATE INDEX fulfillment_optimiserswitch_kind_71e2b8a5_like ON public.fulfillment_optimiserswitch USING btree (kind varchar_pattern_ops);
CREATE INDEX fulfillment_optimiserswitchevent_pgh_context_id_56d0ca75 ON public.fulfillment_optimiserswitchevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_optimiserswitchevent_pgh_obj_id_0196ed54 ON public.fulfillment_optimiserswitchevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_optimiserswitchevent_pgh_obj_id_0196ed54_like ON public.fulfillment_optimiserswitchevent USING btree (pgh_obj_id varchar_pattern_ops);
CREATE INDEX fulfillment_paymentmatch_invoice_id_30a6c692 ON public.fulfillment_paymentmatch USING btree (invoice_id);
CREATE INDEX fulfillment_paymentmatch_payment_id_b68cec0d ON public.fulfillment_paymentmatch USING btree (payment_id);
CREATE INDEX fulfillment_period ON public.fulfillment_fulfillmentorder USING brin (created_at) WITH (autosummarize='on');
CREATE INDEX fulfillment_picktask_wave_id_dded1203 ON public.fulfillment_picktask USING btree (wave_id);
CREATE INDEX fulfillment_pickupguess_fulfillment_id_93e1270c ON public.fulfillment_pickupguess USING btree (fulfillment_id);
CREATE INDEX fulfillment_pickupproposal_demand_id_4135a4c5 ON public.fulfillment_pickupproposal USING btree (demand_id);
CREATE INDEX fulfillment_pickupproposal_from_location_id_d0fba695 ON public.fulfillment_pickupproposal USING btree (from_location_id);
CREATE INDEX fulfillment_pickupproposal_to_location_id_2c72d058 ON public.fulfillment_pickupproposal USING btree (to_location_id);
CREATE INDEX fulfillment_postagerateevent_pgh_context_id_440258bd ON public.fulfillment_postagerateevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_postagerateevent_pgh_obj_id_79b4f44b ON public.fulfillment_postagerateevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_posting_rate_id_462178d7 ON public.fulfillment_posting USING btree (rate_id);
CREATE INDEX fulfillment_posting_store_id_0d936ab5 ON public.fulfillment_posting USING btree (store_id);
CREATE INDEX fulfillment_provisioningjob_fulfillment_id_4510a997 ON public.fulfillment_provisioningjob USING btree (fulfillment_id);
CREATE INDEX fulfillment_provisioningjob_key_6c13328f_like ON public.fulfillment_provisioningjob USING btree (key varchar_pattern_ops);
CREATE INDEX fulfillment_provisioningjob_order_number_7a45d002 ON public.fulfillment_provisioningjob USING btree (order_number);
CREATE INDEX fulfillment_provisioningjob_order_number_7a45d002_like ON public.fulfillment_provisioningjob USING btree (order_number varchar_pattern_ops);
CREATE INDEX fulfillment_provisioningjob_undo_id_dfb5ef0d ON public.fulfillment_provisioningjob USING btree (undo_id);
CREATE INDEX fulfillment_rechargecard_pin_hash_fb36bea8_like ON public.fulfillment_rechargecard USING btree (pin_hash varchar_pattern_ops);
CREATE INDEX fulfillment_refusedunits_delivery_id_ee2d9206 ON public.fulfillment_refusedunits USING btree (delivery_id);
CREATE INDEX fulfillment_replenishmentproposal_dealer_id_cfb7d775 ON public.fulfillment_replenishmentproposal USING btree (dealer_id);
CREATE INDEX fulfillment_replenishmentproposal_order_id_ecdd9ac1 ON public.fulfillment_replenishmentproposal USING btree (order_id);
CREATE INDEX fulfillment_reservation_demand_id_3a0ee7cc ON public.fulfillment_reservation USING btree (demand_id);
CREATE INDEX fulfillment_routingtrace_demand_id_9e199580 ON public.fulfillment_routingtrace USING btree (demand_id);
CREATE INDEX fulfillment_routingweightsevent_pgh_context_id_2ebe81e7 ON public.fulfillment_routingweightsevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_routingweightsevent_pgh_obj_id_faa92322 ON public.fulfillment_routingweightsevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_safetystock_location_id_d5b92c56 ON public.fulfillment_safetystock USING btree (location_id);
CREATE INDEX fulfillment_safetystockevent_location_id_fbd3e16c ON public.fulfillment_safetystockevent USING btree (location_id);
CREATE INDEX fulfillment_safetystockevent_pgh_context_id_e15fe179 ON public.fulfillment_safetystockevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_safetystockevent_pgh_obj_id_f1ca3c97 ON public.fulfillment_safetystockevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_serialactivation_dealer_id_cffcaa44 ON public.fulfillment_serialactivation USING btree (dealer_id);
CREATE INDEX fulfillment_serialclaim_line_id_9bd35bd7 ON public.fulfillment_serialclaim USING btree (line_id);
CREATE INDEX fulfillment_serialclaim_serial_id_e8a7c6ce ON public.fulfillment_serialclaim USING btree (serial_id);
CREATE INDEX fulfillment_serialevent_location_id_d2ba6c71 ON public.fulfillment_serialevent USING btree (location_id);
CREATE INDEX fulfillment_serialevent_unit_id_67f36183 ON public.fulfillment_serialevent USING btree (unit_id);
CREATE INDEX fulfillment_serialimport_location_id_167e50b5 ON public.fulfillment_serialimport USING btree (location_id);
CREATE INDEX fulfillment_serialimportreject_batch_id_3c3e5fdf ON public.fulfillment_serialimportreject USING btree (batch_id);
CREATE INDEX fulfillment_serialunit_location_id_8f126bc6 ON public.fulfillment_serialunit USING btree (location_id);
CREATE INDEX fulfillment_serialunit_received_with_id_fa66d193 ON public.fulfillment_serialunit USING btree (received_with_id);
CREATE INDEX fulfillment_serialunit_serial_4415049e_like ON public.fulfillment_serialunit USING btree (serial varchar_pattern_ops);
CREATE INDEX fulfillment_shadowprice_location_id_2b9f98d8 ON public.fulfillment_shadowprice USING btree (location_id);
CREATE INDEX fulfillment_simulatedaccount_iccid_71d1d4f3_like ON public.fulfillment_simulatedaccount USING btree (iccid varchar_pattern_ops);
CREATE INDEX fulfillment_simulatedaccount_msisdn_58b6ecd4_like ON public.fulfillment_simulatedaccount USING btree (msisdn varchar_pattern_ops);
CREATE INDEX fulfillment_simulatedcall_key_c7ebee5c_like ON public.fulfillment_simulatedcall USING btree (key varchar_pattern_ops);
CREATE INDEX fulfillment_standstilldecision_fulfillment_id_e59c55a2 ON public.fulfillment_standstilldecision USING btree (fulfillment_id);
CREATE INDEX fulfillment_standstilllimit_location_id_d4446936 ON public.fulfillment_standstilllimit USING btree (location_id);
CREATE INDEX fulfillment_standstilllimitevent_location_id_e8b81ec9 ON public.fulfillment_standstilllimitevent USING btree (location_id);
CREATE INDEX fulfillment_standstilllimitevent_pgh_context_id_e5f2d92d ON public.fulfillment_standstilllimitevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_standstilllimitevent_pgh_obj_id_c860bf51 ON public.fulfillment_standstilllimitevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_stationright_location_id_b017a87d ON public.fulfillment_stationright USING btree (location_id);
CREATE INDEX fulfillment_stationright_user_id_3a03d293 ON public.fulfillment_stationright USING btree (user_id);
CREATE INDEX fulfillment_stationstep_fulfillment_id_90261103 ON public.fulfillment_stationstep USING btree (fulfillment_id);
CREATE INDEX fulfillment_stationstep_location_id_b706612b ON public.fulfillment_stationstep USING btree (location_id);
CREATE INDEX fulfillment_stationtarget_location_id_d2aed8f0 ON public.fulfillment_stationtarget USING btree (location_id);
CREATE INDEX fulfillment_stockcount_code_8a24f2a1_like ON public.fulfillment_stockcount USING btree (code varchar_pattern_ops);
CREATE INDEX fulfillment_stockcount_location_id_020e4842 ON public.fulfillment_stockcount USING btree (location_id);
CREATE INDEX fulfillment_stocklevel_location_id_21b2f391 ON public.fulfillment_stocklevel USING btree (location_id);
CREATE INDEX fulfillment_stockmovement_from_location_id_2fc44347 ON public.fulfillment_stockmovement USING btree (from_location_id);
CREATE INDEX fulfillment_stockmovement_to_location_id_b010cd0d ON public.fulfillment_stockmovement USING btree (to_location_id);
CREATE INDEX fulfillment_stocksync_institution_id_4215b2f4 ON public.fulfillment_stocksync USING btree (institution_id);
CREATE INDEX fulfillment_stocksynccell_institution_id_ebfeb538 ON public.fulfillment_stocksynccell USING btree (institution_id);
CREATE INDEX fulfillment_stocksynccell_location_id_dd9b1875 ON public.fulfillment_stocksynccell USING btree (location_id);
CREATE INDEX fulfillment_stocktransfer_code_bdd9964d_like ON public.fulfillment_stocktransfer USING btree (code varchar_pattern_ops);
CREATE INDEX fulfillment_stocktransfer_from_location_id_df7d8db7 ON public.fulfillment_stocktransfer USING btree (from_location_id);
CREATE INDEX fulfillment_stocktransfer_to_location_id_23e2f543 ON public.fulfillment_stocktransfer USING btree (to_location_id);
CREATE INDEX fulfillment_supplieritem_supplier_id_e42a143f ON public.fulfillment_supplieritem USING btree (supplier_id);
CREATE INDEX fulfillment_supplieritemevent_pgh_context_id_41c416eb ON public.fulfillment_supplieritemevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_supplieritemevent_pgh_obj_id_5a87ad6e ON public.fulfillment_supplieritemevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_supplieritemevent_supplier_id_178cc159 ON public.fulfillment_supplieritemevent USING btree (supplier_id);
CREATE INDEX fulfillment_supplierlisting_supplier_id_ed95617f ON public.fulfillment_supplierlisting USING btree (supplier_id);
CREATE INDEX fulfillment_suppliernotice_number_d4da1b04_like ON public.fulfillment_suppliernotice USING btree (number varchar_pattern_ops);
CREATE INDEX fulfillment_suppliernotice_order_id_2d4e11bf ON public.fulfillment_suppliernotice USING btree (order_id);
CREATE INDEX fulfillment_supplierorder_dealer_order_id_f76e713b ON public.fulfillment_supplierorder USING btree (dealer_order_id);
CREATE INDEX fulfillment_supplierorder_location_id_51ff9fdc ON public.fulfillment_supplierorder USING btree (location_id);
CREATE INDEX fulfillment_supplierorder_number_58869fe4_like ON public.fulfillment_supplierorder USING btree (number varchar_pattern_ops);
CREATE INDEX fulfillment_supplierorder_supplier_id_cd394cc9 ON public.fulfillment_supplierorder USING btree (supplier_id);
CREATE INDEX fulfillment_supplierorderevent_order_id_1db5aa92 ON public.fulfillment_supplierorderevent USING btree (order_id);
CREATE INDEX fulfillment_supplierorderline_contract_id_182e77b5 ON public.fulfillment_supplierorderline USING btree (contract_id);
CREATE INDEX fulfillment_supplierorderline_dealer_line_id_a2c3cad1 ON public.fulfillment_supplierorderline USING btree (dealer_line_id);
CREATE INDEX fulfillment_supplierorderline_order_id_ec053562 ON public.fulfillment_supplierorderline USING btree (order_id);
CREATE INDEX fulfillment_supplycontract_number_b70aac1d_like ON public.fulfillment_supplycontract USING btree (number varchar_pattern_ops);
CREATE INDEX fulfillment_supplycontract_supplier_id_deb08c00 ON public.fulfillment_supplycontract USING btree (supplier_id);
CREATE INDEX fulfillment_supplycontractevent_pgh_context_id_290e291f ON public.fulfillment_supplycontractevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_supplycontractevent_pgh_obj_id_5e77f7b9 ON public.fulfillment_supplycontractevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_supplycontractevent_supplier_id_560aa137 ON public.fulfillment_supplycontractevent USING btree (supplier_id);
CREATE INDEX fulfillment_tariffrateevent_pgh_context_id_174ee951 ON public.fulfillment_tariffrateevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_tariffrateevent_pgh_obj_id_febe7c2f ON public.fulfillment_tariffrateevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_tariffzoneevent_pgh_context_id_26842fa3 ON public.fulfillment_tariffzoneevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_tariffzoneevent_pgh_obj_id_0a02dc4a ON public.fulfillment_tariffzoneevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_transferline_transfer_id_2f6c665f ON public.fulfillment_transferline USING btree (transfer_id);
CREATE INDEX fulfillment_transferstep_transfer_id_727310a1 ON public.fulfillment_transferstep USING btree (transfer_id);
CREATE INDEX fulfillment_transferunit_line_id_1c751a8b ON public.fulfillment_transferunit USING btree (line_id);
CREATE INDEX fulfillment_transferunit_serial_id_d71e44e8 ON public.fulfillment_transferunit USING btree (serial_id);
CREATE INDEX fulfillment_trunkline_hub_id_ca0651d6 ON public.fulfillment_trunkline USING btree (hub_id);
CREATE INDEX fulfillment_trunkline_origin_id_1d09b5f2 ON public.fulfillment_trunkline USING btree (origin_id);
CREATE INDEX fulfillment_trunklineevent_hub_id_a2086a3e ON public.fulfillment_trunklineevent USING btree (hub_id);
CREATE INDEX fulfillment_trunklineevent_origin_id_1c23759b ON public.fulfillment_trunklineevent USING btree (origin_id);
CREATE INDEX fulfillment_trunklineevent_pgh_context_id_9adfde9c ON public.fulfillment_trunklineevent USING btree (pgh_context_id);
CREATE INDEX fulfillment_trunklineevent_pgh_obj_id_17bcf777 ON public.fulfillment_trunklineevent USING btree (pgh_obj_id);
CREATE INDEX fulfillment_unanswered ON public.fulfillment_fulfillmentorder USING btree (accept_by) WHERE ((state)::text = 'awaiting_acceptance'::text);
CREATE INDEX fulfillment_wallslot_fulfillment_id_4145ecd0 ON public.fulfillment_wallslot USING btree (fulfillment_id);
CREATE INDEX fulfillment_wallslot_location_id_4642eb2a ON public.fulfillment_wallslot USING btree (location_id);
CREATE INDEX fulfillment_wave_courier_id_455f5784 ON public.fulfillment_wave USING btree (courier_id);
CREATE INDEX fulfillment_wave_location_id_1fb9b2eb ON public.fulfillment_wave USING btree (location_id);
CREATE INDEX fulfillment_waveentry_wave_id_7871c496 ON public.fulfillment_waveentry USING btree (wave_id);
CREATE INDEX fulfillment_weightcase_fulfillment_id_64bb1884 ON public.fulfillment_weightcase USING btree (fulfillment_id);
CREATE INDEX fulfillment_workinhand_fulfillment_id_6f7071cd ON public.fulfillment_workinhand USING btree (fulfillment_id);
CREATE INDEX fulfillment_workinhand_location_id_875ce98b ON public.fulfillment_workinhand USING btree (location_id);
CREATE INDEX fulfillment_workinhand_wave_id_3a54ad94 ON public.fulfillment_workinhand USING btree (wave_id);
CREATE UNIQUE INDEX funding_term_date ON public.settlement_fundingterm USING btree (subject, offer_code, valid_from) WHERE ((state)::text = ANY ((ARRAY['proposed'::character varying, 'confirmed'::character varying])::text[]));
CREATE UNIQUE INDEX hand_one_worker_parcel ON public.fulfillment_workinhand USING btree (station, fulfillment_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX hand_one_worker_wave ON public.fulfillment_workinhand USING btree (station, wave_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX idempotency_once ON public.kernel_idempotencyrecord USING btree (caller, route, key);
CREATE INDEX imported_sale_day ON public.settlement_importedsale USING btree (original_date, store_id);
CREATE INDEX kernel_outboxmessage_dedupe_7cd6c6b7_like ON public.kernel_outboxmessage USING btree (dedupe varchar_pattern_ops);
CREATE UNIQUE INDEX manifest_one_open ON public.fulfillment_manifest USING btree (location_id, courier_id) WHERE (closed_at IS NULL);
CREATE INDEX match_bill_batch ON public.settlement_matchedge USING btree (bill_batch_id) WHERE (bill_batch_id IS NOT NULL);
CREATE INDEX match_bill_line ON public.settlement_matchedge USING btree (bill_line_id) WHERE (bill_line_id IS NOT NULL);
CREATE INDEX match_trade ON public.settlement_matchedge USING btree (trade_id) WHERE (trade_id IS NOT NULL);
CREATE INDEX match_transfer ON public.settlement_matchedge USING btree (transfer_id) WHERE (transfer_id IS NOT NULL);
CREATE INDEX members_address_member_id_4507901a ON public.members_address USING btree (member_id);
CREATE INDEX members_blockedperson_person_key_30914223_like ON public.members_blockedperson USING btree (person_key varchar_pattern_ops);
CREATE INDEX members_channelkey_institution_id_3a1c85ed ON public.members_channelkey USING btree (institution_id);
CREATE INDEX members_channelkey_prefix_95c9f72e_like ON public.members_channelkey USING btree (prefix varchar_pattern_ops);
CREATE INDEX members_identity_member_id_d8b48448 ON public.members_identity USING btree (member_id);
CREATE INDEX members_identity_person_key_7af20142 ON public.members_identity USING btree (person_key);
CREATE INDEX members_identity_person_key_7af20142_like ON public.members_identity USING btree (person_key varchar_pattern_ops);
CREATE INDEX members_identitycheck_member_id_8bcc9496 ON public.members_identitycheck USING btree (member_id);
CREATE INDEX members_identityreading_identity_id_c047bf5c ON public.members_identityreading USING btree (identity_id);
CREATE INDEX members_institution_code_dd06a6c5_like ON public.members_institution USING btree (code varchar_pattern_ops);
CREATE INDEX members_institution_parent_id_1b6a6131 ON public.members_institution USING btree (parent_id);
CREATE INDEX members_institution_path_51200518_like ON public.members_institution USING btree (path varchar_pattern_ops);
CREATE INDEX members_institutionevent_parent_id_dc21aca5 ON public.members_institutionevent USING btree (parent_id);
CREATE INDEX members_institutionevent_pgh_context_id_d59879d8 ON public.members_institutionevent USING btree (pgh_context_id);
CREATE INDEX members_institutionevent_pgh_obj_id_2f7c48d0 ON public.members_institutionevent USING btree (pgh_obj_id);
CREATE INDEX members_member_joined_institution_id_29301fcc ON public.members_member USING btree (joined_institution_id);
CREATE INDEX members_pointsallocation_lot_id_c93575d3 ON public.members_pointsallocation USING btree (lot_id);
CREATE INDEX members_pointsallocation_txn_id_cb6e8de8 ON public.members_pointsallocation USING btree (txn_id);
CREATE INDEX members_pointslot_account_id_09e88bb8 ON public.members_pointslot USING btree (account_id);
CREATE INDEX members_pointslot_txn_id_1473ce32 ON public.members_pointslot USING btree (txn_id);
CREATE INDEX members_pointstxn_account_id_d0cb8a81 ON public.members_pointstxn USING btree (account_id);
CREATE INDEX members_pointstxn_origin_id_9fa1cc4e ON public.members_pointstxn USING btree (origin_id);
CREATE INDEX members_staffrole_institution_id_a408f0c4 ON public.members_staffrole USING btree (institution_id);
CREATE INDEX members_staffrole_user_id_499a3acf ON public.members_staffrole USING btree (user_id);
CREATE INDEX members_staffroleevent_institution_id_4f0694f5 ON public.members_staffroleevent USING btree (institution_id);
CREATE INDEX members_staffroleevent_pgh_context_id_3b37f657 ON public.members_staffroleevent USING btree (pgh_context_id);
CREATE INDEX members_staffroleevent_pgh_obj_id_e2e9967b ON public.members_staffroleevent USING btree (pgh_obj_id);
CREATE INDEX members_staffroleevent_user_id_adf88e71 ON public.members_staffroleevent USING btree (user_id);
CREATE INDEX members_user_groups_group_id_39b83d85 ON public.members_user_groups USING btree (group_id);
CREATE INDEX members_user_groups_user_id_db5cba0f ON public.members_user_groups USING btree (user_id);
CREATE INDEX members_user_phone_519d8693_like ON public.members_user USING btree (phone varchar_pattern_ops);
CREATE INDEX members_user_user_permissions_permission_id_5f80148e ON public.members_user_user_permissions USING btree (permission_id);
CREATE INDEX members_user_user_permissions_user_id_3371a207 ON public.members_user_user_permissions USING btree (user_id);
CREATE INDEX members_user_username_c7299158_like ON public.members_user USING btree (username varchar_pattern_ops);
CREATE INDEX movement_of_sku ON public.fulfillment_stockmovement USING btree (sku);
CREATE INDEX net_position_suspended ON public.settlement_netposition USING btree (institution_id, business_date) WHERE ((state)::text = 'suspended'::text);
CREATE INDEX notice_serial ON public.fulfillment_noticeserial USING btree (serial);
CREATE INDEX number_allotment_dealer ON public.catalogue_numberallotment USING btree (dealer_id, id DESC);
CREATE INDEX number_allotment_order ON public.catalogue_numberallotment USING btree (reference);
CREATE INDEX number_allotment_unsold ON public.catalogue_numberallotment USING btree (until) WHERE ((ended_at IS NULL) AND (sold_at IS NULL));
CREATE UNIQUE INDEX number_allotted_once ON public.catalogue_numberallotment USING btree (number_id) WHERE (ended_at IS NULL);
CREATE INDEX number_block_state ON public.catalogue_number USING btree (block_id, state);
CREATE INDEX number_hold_expiry ON public.catalogue_numberhold USING btree (expires_at) WHERE (ended_at IS NULL);
CREATE INDEX number_hold_holder ON public.catalogue_numberhold USING btree (holder) WHERE (ended_at IS NULL);
CREATE INDEX number_of_dealer ON public.catalogue_number USING btree (dealer_id, state) WHERE (dealer_id IS NOT NULL);
CREATE UNIQUE INDEX number_one_hold ON public.catalogue_numberhold USING btree (number_id) WHERE (ended_at IS NULL);
CREATE INDEX offer_benefit_range_id_ab19c5ab ON public.offer_benefit USING btree (range_id);
CREATE INDEX offer_condition_range_id_b023a2aa ON public.offer_condition USING btree (range_id);
CREATE INDEX offer_conditionaloffer_benefit_id_f43f68b5 ON public.offer_conditionaloffer USING btree (benefit_id);
CREATE INDEX offer_conditionaloffer_com_from_conditionaloffer_id_85c3bd9f ON public.offer_conditionaloffer_combinations USING btree (from_conditionaloffer_id);
CREATE INDEX offer_conditionaloffer_com_to_conditionaloffer_id_ae993478 ON public.offer_conditionaloffer_combinations USING btree (to_conditionaloffer_id);
CREATE INDEX offer_conditionaloffer_condition_id_e6baa945 ON public.offer_conditionaloffer USING btree (condition_id);
CREATE INDEX offer_conditionaloffer_name_340601c2_like ON public.offer_conditionaloffer USING btree (name varchar_pattern_ops);
CREATE INDEX offer_conditionaloffer_priority_4c2fc582 ON public.offer_conditionaloffer USING btree (priority);
CREATE INDEX offer_conditionaloffer_slug_e4649c01_like ON public.offer_conditionaloffer USING btree (slug varchar_pattern_ops);
CREATE INDEX offer_range_classes_productclass_id_6f6de46d ON public.offer_range_classes USING btree (productclass_id);
CREATE INDEX offer_range_classes_range_id_7d3e573e ON public.offer_range_classes USING btree (range_id);
CREATE INDEX offer_range_excluded_categories_category_id_c16fd4f7 ON public.offer_range_excluded_categories USING btree (category_id);
CREATE INDEX offer_range_excluded_categories_range_id_6346945d ON public.offer_range_excluded_categories USING btree (range_id);
CREATE INDEX offer_range_excluded_products_product_id_78c49bfc ON public.offer_range_excluded_products USING btree (product_id);
CREATE INDEX offer_range_excluded_products_range_id_cce4a032 ON public.offer_range_excluded_products USING btree (range_id);
CREATE INDEX offer_range_included_categories_category_id_c61569a5 ON public.offer_range_included_categories USING btree (category_id);
CREATE INDEX offer_range_included_categories_range_id_1b616138 ON public.offer_range_included_categories USING btree (range_id);
CREATE INDEX offer_range_name_c72a602f_like ON public.offer_range USING btree (name varchar_pattern_ops);
CREATE INDEX offer_range_proxy_class_3c9917c6_like ON public.offer_range USING btree (proxy_class varchar_pattern_ops);
CREATE INDEX offer_range_slug_ce39e53b_like ON public.offer_range USING btree (slug varchar_pattern_ops);
CREATE INDEX offer_rangeproduct_product_id_723b3ea3 ON public.offer_rangeproduct USING btree (product_id);
CREATE INDEX offer_rangeproduct_range_id_ee358495 ON public.offer_rangeproduct USING btree (range_id);
CREATE INDEX offer_rangeproductfileupload_date_uploaded_f0a4f9ae ON public.offer_rangeproductfileupload USING btree (date_uploaded);
CREATE INDEX offer_rangeproductfileupload_range_id_c055ebf8 ON public.offer_rangeproductfileupload USING btree (range_id);
CREATE INDEX offer_rangeproductfileupload_uploaded_by_id_c01a3250 ON public.offer_rangeproductfileupload USING btree (uploaded_by_id);
CREATE INDEX offering_kind ON public.catalogue_offering USING btree (kind);
CREATE INDEX omnichannel_playedorder_played_id_3346794c ON public.omnichannel_playedorder USING btree (played_id);
CREATE UNIQUE INDEX one_time_code_one_open ON public.members_onetimecode USING btree (phone) WHERE (closed_at IS NULL);
CREATE INDEX order_billingaddress_code_e240f533_like ON public.order_billingaddress USING btree (code varchar_pattern_ops);
CREATE INDEX order_billingaddress_country_id_17f57dca ON public.order_billingaddress USING btree (country_id);
CREATE INDEX order_billingaddress_country_id_17f57dca_like ON public.order_billingaddress USING btree (country_id varchar_pattern_ops);
CREATE INDEX order_cardentry_card_id_8981952a ON public.order_cardentry USING btree (card_id);
CREATE UNIQUE INDEX order_channel_reference_once ON public.order_orderintake USING btree (caller, channel_reference) WHERE (NOT ((channel_reference)::text = ''::text));
CREATE INDEX order_communicationevent_date_created_ce404d62 ON public.order_communicationevent USING btree (date_created);
CREATE INDEX order_communicationevent_event_type_id_4bc9ee29 ON public.order_communicationevent USING btree (event_type_id);
CREATE INDEX order_communicationevent_order_id_94e784ac ON public.order_communicationevent USING btree (order_id);
CREATE INDEX order_line_order_id_b9148391 ON public.order_line USING btree (order_id);
CREATE INDEX order_line_partner_id_258a2fb9 ON public.order_line USING btree (partner_id);
CREATE INDEX order_line_product_id_e620902d ON public.order_line USING btree (product_id);
CREATE INDEX order_line_stockrecord_id_1d65aff5 ON public.order_line USING btree (stockrecord_id);
CREATE INDEX order_lineattribute_line_id_adf6dd87 ON public.order_lineattribute USING btree (line_id);
CREATE INDEX order_lineattribute_option_id_b54d597c ON public.order_lineattribute USING btree (option_id);
CREATE INDEX order_lineprice_line_id_2de52446 ON public.order_lineprice USING btree (line_id);
CREATE INDEX order_lineprice_order_id_66792e56 ON public.order_lineprice USING btree (order_id);
CREATE INDEX order_lineterms_comes_with_id_d622c045 ON public.order_lineterms USING btree (comes_with_id);
CREATE INDEX order_lineterms_intake_id_70da87ab ON public.order_lineterms USING btree (intake_id);
CREATE INDEX order_newest ON public.order_orderintake USING btree (placed_at DESC);
CREATE INDEX order_of_institution ON public.order_orderintake USING btree (institution_id, placed_at DESC);
CREATE INDEX order_of_member ON public.order_orderintake USING btree (member_id, placed_at DESC);
CREATE INDEX order_order_basket_id_8b0acbb2 ON public.order_order USING btree (basket_id);
CREATE INDEX order_order_billing_address_id_8fe537cf ON public.order_order USING btree (billing_address_id);
CREATE INDEX order_order_date_placed_506a9365 ON public.order_order USING btree (date_placed);
CREATE INDEX order_order_number_49f06f1b_like ON public.order_order USING btree (number varchar_pattern_ops);
CREATE INDEX order_order_shipping_address_id_57e64931 ON public.order_order USING btree (shipping_address_id);
CREATE INDEX order_order_site_id_e27f3526 ON public.order_order USING btree (site_id);
CREATE INDEX order_order_user_id_7cf9bc2b ON public.order_order USING btree (user_id);
CREATE INDEX order_orderdiscount_offer_name_706d6119 ON public.order_orderdiscount USING btree (offer_name);
CREATE INDEX order_orderdiscount_offer_name_706d6119_like ON public.order_orderdiscount USING btree (offer_name varchar_pattern_ops);
CREATE INDEX order_orderdiscount_order_id_bc91e123 ON public.order_orderdiscount USING btree (order_id);
CREATE INDEX order_orderdiscount_voucher_code_6ee4f360 ON public.order_orderdiscount USING btree (voucher_code);
CREATE INDEX order_orderdiscount_voucher_code_6ee4f360_like ON public.order_orderdiscount USING btree (voucher_code varchar_pattern_ops);
CREATE INDEX order_orderevent_intake_id_508889fc ON public.order_orderevent USING btree (intake_id);
CREATE INDEX order_orderintake_institution_id_94ac6588 ON public.order_orderintake USING btree (institution_id);
CREATE INDEX order_orderintake_member_id_efbd93e5 ON public.order_orderintake USING btree (member_id);
CREATE INDEX order_orderintake_number_1bc8d144_like ON public.order_orderintake USING btree (number varchar_pattern_ops);
CREATE INDEX order_orderintake_pickup_location_id_44769af6 ON public.order_orderintake USING btree (pickup_location_id);
CREATE INDEX order_orderlinediscount_line_id_88fbcd4a ON public.order_orderlinediscount USING btree (line_id);
CREATE INDEX order_orderlinediscount_order_discount_id_b9dfa715 ON public.order_orderlinediscount USING btree (order_discount_id);
CREATE INDEX order_ordernote_order_id_7d97583d ON public.order_ordernote USING btree (order_id);
CREATE INDEX order_ordernote_user_id_48d7a672 ON public.order_ordernote USING btree (user_id);
CREATE INDEX order_orderstatuschange_date_created_a5107b93 ON public.order_orderstatuschange USING btree (date_created);
CREATE INDEX order_orderstatuschange_order_id_43efdbe5 ON public.order_orderstatuschange USING btree (order_id);
CREATE INDEX order_payment_intake_id_f5f93a17 ON public.order_payment USING btree (intake_id);
CREATE INDEX order_payment_out_trade_no_bd375a24_like ON public.order_payment USING btree (out_trade_no varchar_pattern_ops);
CREATE INDEX order_payment_provider_id_0b82cc26 ON public.order_payment USING btree (provider_id);
CREATE INDEX order_payment_provider_reference_1fca3393_like ON public.order_payment USING btree (provider_reference varchar_pattern_ops);
CREATE INDEX order_paymentevent_date_created_05d8c079 ON public.order_paymentevent USING btree (date_created);
CREATE INDEX order_paymentevent_event_type_id_568c7161 ON public.order_paymentevent USING btree (event_type_id);
CREATE INDEX order_paymentevent_order_id_395b3e82 ON public.order_paymentevent USING btree (order_id);
CREATE INDEX order_paymentevent_shipping_event_id_213dcfb8 ON public.order_paymentevent USING btree (shipping_event_id);
CREATE INDEX order_paymenteventquantity_event_id_a540165a ON public.order_paymenteventquantity USING btree (event_id);
CREATE INDEX order_paymenteventquantity_line_id_df44b021 ON public.order_paymenteventquantity USING btree (line_id);
CREATE INDEX order_paymenteventtype_code_19e3e888_like ON public.order_paymenteventtype USING btree (code varchar_pattern_ops);
CREATE INDEX order_paymenteventtype_name_e4bcca28_like ON public.order_paymenteventtype USING btree (name varchar_pattern_ops);
CREATE INDEX order_prepaidcard_line_id_52c89a34 ON public.order_prepaidcard USING btree (line_id);
CREATE INDEX order_prepaidcard_member_id_39006470 ON public.order_prepaidcard USING btree (member_id);
CREATE INDEX order_prepaidcard_number_8b32a08b_like ON public.order_prepaidcard USING btree (number varchar_pattern_ops);
CREATE INDEX order_providercallback_event_id_6377ca2f_like ON public.order_providercallback USING btree (event_id varchar_pattern_ops);
CREATE INDEX order_refund_collector_id_8fcb324a ON public.order_refund USING btree (collector_id);
CREATE INDEX order_refund_intake_id_e4025cd4 ON public.order_refund USING btree (intake_id);
CREATE INDEX order_refund_out_refund_no_654d1cd4_like ON public.order_refund USING btree (out_refund_no varchar_pattern_ops);
CREATE INDEX order_refund_payment_id_14e6adb9 ON public.order_refund USING btree (payment_id);
CREATE INDEX order_refund_provider_reference_6da90ddc_like ON public.order_refund USING btree (provider_reference varchar_pattern_ops);
CREATE INDEX order_shippingaddress_code_a3af64e4_like ON public.order_shippingaddress USING btree (code varchar_pattern_ops);
CREATE INDEX order_shippingaddress_country_id_29abf9a0 ON public.order_shippingaddress USING btree (country_id);
CREATE INDEX order_shippingaddress_country_id_29abf9a0_like ON public.order_shippingaddress USING btree (country_id varchar_pattern_ops);
CREATE INDEX order_shippingevent_date_created_74c4a6fa ON public.order_shippingevent USING btree (date_created);
CREATE INDEX order_shippingevent_event_type_id_9f1efb20 ON public.order_shippingevent USING btree (event_type_id);
CREATE INDEX order_shippingevent_order_id_8c031fb6 ON public.order_shippingevent USING btree (order_id);
CREATE INDEX order_shippingeventquantity_event_id_1c7fb9c7 ON public.order_shippingeventquantity USING btree (event_id);
CREATE INDEX order_shippingeventquantity_line_id_3b089ee0 ON public.order_shippingeventquantity USING btree (line_id);
CREATE INDEX order_shippingeventtype_code_db3854de_like ON public.order_shippingeventtype USING btree (code varchar_pattern_ops);
CREATE INDEX order_shippingeventtype_name_6d9a48a2_like ON public.order_shippingeventtype USING btree (name varchar_pattern_ops);
CREATE INDEX order_simnotice_transaction_id_d5057713 ON public.order_simnotice USING btree (transaction_id);
CREATE INDEX order_simrefund_out_refund_no_c38376ea_like ON public.order_simrefund USING btree (out_refund_no varchar_pattern_ops);
CREATE INDEX order_simrefund_refund_id_b36eeae0_like ON public.order_simrefund USING btree (refund_id varchar_pattern_ops);
CREATE INDEX order_simrefund_transaction_id_2a81a77c ON public.order_simrefund USING btree (transaction_id);
CREATE INDEX order_simtransaction_out_trade_no_7e8eca0a_like ON public.order_simtransaction USING btree (out_trade_no varchar_pattern_ops);
CREATE INDEX order_simtransaction_token_cc446ace_like ON public.order_simtransaction USING btree (token varchar_pattern_ops);
CREATE INDEX order_simtransaction_transaction_id_59f983b7_like ON public.order_simtransaction USING btree (transaction_id varchar_pattern_ops);
CREATE INDEX order_surcharge_order_id_5c0a94f5 ON public.order_surcharge USING btree (order_id);
CREATE INDEX order_terms_handed ON public.settlement_ordershareterms USING btree (handed_date);
CREATE INDEX order_unpaid ON public.order_orderintake USING btree (expires_at) WHERE ((state)::text = 'awaiting_payment'::text);
CREATE INDEX outbox_fact ON public.kernel_outboxmessage USING btree (topic, key);
CREATE INDEX outbox_undone ON public.kernel_outboxmessage USING btree (run_at) WHERE ((dead_at IS NULL) AND (done_at IS NULL));
CREATE INDEX parcel_part_known_on ON public.settlement_parcelpart USING btree (known_date);
CREATE INDEX partner_partner_code_13d0debd_like ON public.partner_partner USING btree (code varchar_pattern_ops);
CREATE INDEX partner_partner_name_caa0c2ee ON public.partner_partner USING btree (name);
CREATE INDEX partner_partner_name_caa0c2ee_like ON public.partner_partner USING btree (name varchar_pattern_ops);
CREATE INDEX partner_partner_users_partner_id_1883dfd9 ON public.partner_partner_users USING btree (partner_id);
CREATE INDEX partner_partner_users_user_id_d75d6e40 ON public.partner_partner_users USING btree (user_id);
CREATE INDEX partner_partneraddress_code_f65ed678_like ON public.partner_partneraddress USING btree (code varchar_pattern_ops);
CREATE INDEX partner_partneraddress_country_id_02c4f979 ON public.partner_partneraddress USING btree (country_id);
CREATE INDEX partner_partneraddress_country_id_02c4f979_like ON public.partner_partneraddress USING btree (country_id varchar_pattern_ops);
CREATE INDEX partner_partneraddress_partner_id_59551b0a ON public.partner_partneraddress USING btree (partner_id);
CREATE INDEX partner_stockalert_date_created_832cf043 ON public.partner_stockalert USING btree (date_created);
CREATE INDEX partner_stockalert_stockrecord_id_68ad503a ON public.partner_stockalert USING btree (stockrecord_id);
CREATE INDEX partner_stockrecord_date_updated_e6ae5f14 ON public.partner_stockrecord USING btree (date_updated);
CREATE INDEX partner_stockrecord_partner_id_4155a586 ON public.partner_stockrecord USING btree (partner_id);
CREATE INDEX partner_stockrecord_product_id_62fd9e45 ON public.partner_stockrecord USING btree (product_id);
CREATE INDEX payment_bankcard_user_id_08e1d04c ON public.payment_bankcard USING btree (user_id);
CREATE INDEX payment_collected ON public.order_payment USING btree (collector_id, captured_at) WHERE (collector_id IS NOT NULL);
CREATE UNIQUE INDEX payment_one_open_per_means ON public.order_payment USING btree (intake_id, means) WHERE ((state)::text = ANY ((ARRAY['created'::character varying, 'pending'::character varying])::text[]));
CREATE INDEX payment_open ON public.order_payment USING btree (created_at) WHERE ((state)::text = ANY ((ARRAY['created'::character varying, 'pending'::character varying])::text[]));
CREATE INDEX payment_source_order_id_6b7f2215 ON public.payment_source USING btree (order_id);
CREATE INDEX payment_source_source_type_id_700828fe ON public.payment_source USING btree (source_type_id);
CREATE INDEX payment_sourcetype_code_e479088c_like ON public.payment_sourcetype USING btree (code varchar_pattern_ops);
CREATE INDEX payment_sourcetype_name_a980e862 ON public.payment_sourcetype USING btree (name);
CREATE INDEX payment_sourcetype_name_a980e862_like ON public.payment_sourcetype USING btree (name varchar_pattern_ops);
CREATE INDEX payment_transaction_date_created_f887f6bc ON public.payment_transaction USING btree (date_created);
CREATE INDEX payment_transaction_source_id_c5ac31e8 ON public.payment_transaction USING btree (source_id);
CREATE INDEX payout_terms_latest ON public.settlement_payoutterms USING btree (institution_id, valid_from, id);
CREATE INDEX pick_todo ON public.fulfillment_picktask USING btree (wave_id, bin) WHERE ((state)::text = 'todo'::text);
CREATE INDEX pickup_proposal_due ON public.fulfillment_pickupproposal USING btree (answer_by) WHERE ((state)::text = 'asked'::text);
CREATE UNIQUE INDEX pickup_proposal_one_open ON public.fulfillment_pickupproposal USING btree (demand_id) WHERE ((state)::text = 'asked'::text);
CREATE INDEX points_lot_expiry ON public.members_pointslot USING btree (expires_on) WHERE (remaining > 0);
CREATE INDEX points_lot_open ON public.members_pointslot USING btree (account_id, expires_on) WHERE (remaining > 0);
CREATE INDEX points_txn_history ON public.members_pointstxn USING btree (account_id, id DESC);
CREATE INDEX posting_account_day ON ONLY public.settlement_posting USING btree (account_id, business_date);
CREATE INDEX posting_day ON ONLY public.settlement_posting USING brin (business_date) WITH (autosummarize='on', pages_per_range='32');
CREATE INDEX posting_journal ON ONLY public.settlement_posting USING btree (journal_id);
CREATE INDEX posting_of_store ON public.fulfillment_posting USING btree (store_id, posted_at DESC);
CREATE UNIQUE INDEX proposal_open_once ON public.fulfillment_replenishmentproposal USING btree (dealer_id, sku) WHERE ((state)::text = 'open'::text);
CREATE UNIQUE INDEX provider_limit_date ON public.settlement_providerlimit USING btree (provider_id, valid_from) WHERE ((state)::text = ANY ((ARRAY['proposed'::character varying, 'confirmed'::character varying])::text[]));
CREATE UNIQUE INDEX provisioning_one_closing ON public.fulfillment_provisioningjob USING btree (order_number, line_id, iccid) WHERE (((kind)::text = 'close_account'::text) AND (NOT ((state)::text = 'failed'::text)));
CREATE UNIQUE INDEX provisioning_one_live_job ON public.fulfillment_provisioningjob USING btree (order_number, line_id, kind) WHERE ((NOT ((state)::text = ANY ((ARRAY['failed'::character varying, 'reversed'::character varying])::text[]))) AND (NOT ((kind)::text = 'close_account'::text)));
CREATE INDEX provisioning_waiting ON public.fulfillment_provisioningjob USING btree (requested_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX refund_unfinished ON public.order_refund USING btree (requested_at) WHERE (NOT ((state)::text = 'succeeded'::text));
CREATE INDEX refused_units_out ON public.fulfillment_refusedunits USING btree (delivery_id) WHERE (returned_at IS NULL);
CREATE INDEX reservation_live ON public.fulfillment_reservation USING btree (level_id) WHERE ((state)::text = ANY ((ARRAY['held'::character varying, 'confirmed'::character varying])::text[]));
CREATE INDEX reservation_of_parcel ON public.fulfillment_reservation USING btree (fulfillment_id) WHERE (fulfillment_id IS NOT NULL);
CREATE UNIQUE INDEX reservation_once ON public.fulfillment_reservation USING btree (demand_id, line_id, level_id, fulfillment_id) NULLS NOT DISTINCT WHERE ((state)::text = ANY ((ARRAY['held'::character varying, 'confirmed'::character varying])::text[]));
CREATE INDEX reviews_productreview_code_d8521aa6_like ON public.reviews_productreview USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_productreview_delta_votes_bd8ffc87 ON public.reviews_productreview USING btree (delta_votes);
CREATE INDEX reviews_productreview_product_id_52e52a32 ON public.reviews_productreview USING btree (product_id);
CREATE INDEX reviews_productreview_user_id_8acb5ddd ON public.reviews_productreview USING btree (user_id);
CREATE INDEX reviews_vote_review_id_371b2d8d ON public.reviews_vote USING btree (review_id);
CREATE INDEX reviews_vote_user_id_5fb87b53 ON public.reviews_vote USING btree (user_id);
CREATE INDEX rule_comparison_party ON public.settlement_rulecomparisonorder USING btree (comparison_id, role, institution_id, id);
CREATE INDEX search_names ON public.catalogue_searchdocument USING gin (names public.gin_trgm_ops);
CREATE INDEX search_tokens ON public.catalogue_searchdocument USING gin (tokens);
CREATE UNIQUE INDEX serial_claimed_once ON public.fulfillment_serialclaim USING btree (serial_id) WHERE ((state)::text = 'live'::text);
CREATE INDEX serial_free ON public.fulfillment_serialunit USING btree (sku, location_id) WHERE ((state)::text = 'free'::text);
CREATE UNIQUE INDEX serial_import_once ON public.fulfillment_serialimport USING btree (location_id, delivery_note, digest, kind, sku) WHERE (NOT ((state)::text = 'reversed'::text));
CREATE INDEX settlement_adjustment_decided_by_id_894da8b5 ON public.settlement_adjustment USING btree (decided_by_id);
CREATE INDEX settlement_adjustment_proposed_by_id_388c59f7 ON public.settlement_adjustment USING btree (proposed_by_id);
CREATE INDEX settlement_adjustment_reverses_id_8e33875b ON public.settlement_adjustment USING btree (reverses_id);
CREATE INDEX settlement_adjustmentleg_adjustment_id_79282a5a ON public.settlement_adjustmentleg USING btree (adjustment_id);
CREATE INDEX settlement_auditentry_actor_id_500d5960 ON public.settlement_auditentry USING btree (actor_id);
CREATE INDEX settlement_auditentry_institution_id_28909054 ON public.settlement_auditentry USING btree (institution_id);
CREATE INDEX settlement_bankanswer_file_id_22366873 ON public.settlement_bankanswer USING btree (file_id);
CREATE INDEX settlement_bankanswer_sha256_35ffbb6c_like ON public.settlement_bankanswer USING btree (sha256 varchar_pattern_ops);
CREATE INDEX settlement_bankanswerline_answer_id_c359a94c ON public.settlement_bankanswerline USING btree (answer_id);
CREATE INDEX settlement_bankanswerline_transfer_id_655fb233 ON public.settlement_bankanswerline USING btree (transfer_id);
CREATE INDEX settlement_clawback_paid_by_id_e5138e8b ON public.settlement_clawback USING btree (paid_by_id);
CREATE INDEX settlement_clawback_trade_id_f5006313 ON public.settlement_clawback USING btree (trade_id);
CREATE INDEX settlement_costline_batch_id_65bd3d0e ON public.settlement_costline USING btree (batch_id);
CREATE INDEX settlement_costline_institution_id_8c09c7ae ON public.settlement_costline USING btree (institution_id);
CREATE INDEX settlement_costline_journal_id_b1bf965a ON public.settlement_costline USING btree (journal_id);
CREATE INDEX settlement_costline_reference_72d4cb00_like ON public.settlement_costline USING btree (reference varchar_pattern_ops);
CREATE INDEX settlement_fundingterm_sponsor_id_b26e60f9 ON public.settlement_fundingterm USING btree (sponsor_id);
CREATE INDEX settlement_fundtransfer_business_date_07339ce3 ON public.settlement_fundtransfer USING btree (business_date);
CREATE INDEX settlement_fundtransfer_confirmed_by_id_d935c186 ON public.settlement_fundtransfer USING btree (confirmed_by_id);
CREATE INDEX settlement_fundtransfer_file_id_e508d901 ON public.settlement_fundtransfer USING btree (file_id);
CREATE INDEX settlement_fundtransfer_first_confirmed_by_id_3b8dfb78 ON public.settlement_fundtransfer USING btree (first_confirmed_by_id);
CREATE INDEX settlement_fundtransfer_institution_id_0e73d1d4 ON public.settlement_fundtransfer USING btree (institution_id);
CREATE INDEX settlement_fundtransfer_proposed_by_id_aca3e44f ON public.settlement_fundtransfer USING btree (proposed_by_id);
CREATE INDEX settlement_fundtransfer_reference_be6ebe0d_like ON public.settlement_fundtransfer USING btree (reference varchar_pattern_ops);
CREATE INDEX settlement_fundtransfer_replaced_by_id_d865b2a7 ON public.settlement_fundtransfer USING btree (replaced_by_id);
CREATE INDEX settlement_importedsale_batch_id_a2394212 ON public.settlement_importedsale USING btree (batch_id);
CREATE INDEX settlement_importedsaleline_sale_id_e53cfc65 ON public.settlement_importedsaleline USING btree (sale_id);
CREATE INDEX settlement_importreject_batch_id_0e2c71e1 ON public.settlement_importreject USING btree (batch_id);
CREATE INDEX settlement_journal_business_date_5b310137 ON public.settlement_journal USING btree (business_date);
CREATE INDEX settlement_journal_key_7eb8c330_like ON public.settlement_journal USING btree (key varchar_pattern_ops);
CREATE INDEX settlement_journal_reverses_id_533be469 ON public.settlement_journal USING btree (reverses_id);
CREATE INDEX settlement_ledgeraccount_institution_id_cb1ee2b7 ON public.settlement_ledgeraccount USING btree (institution_id);
CREATE INDEX settlement_orderfunding_terms_id_dd9ea51f ON public.settlement_orderfunding USING btree (terms_id);
CREATE INDEX settlement_ordershare_terms_id_9886bb06 ON public.settlement_ordershare USING btree (terms_id);
CREATE INDEX settlement_ordershareterms_attributed_id_4efbea3c ON public.settlement_ordershareterms USING btree (attributed_id);
CREATE INDEX settlement_ordershareterms_courier_id_2e408551 ON public.settlement_ordershareterms USING btree (courier_id);
CREATE INDEX settlement_ordershareterms_fulfiller_id_087f3c7c ON public.settlement_ordershareterms USING btree (fulfiller_id);
CREATE INDEX settlement_ordershareterms_order_number_443031b7_like ON public.settlement_ordershareterms USING btree (order_number varchar_pattern_ops);
CREATE INDEX settlement_ordertermsline_terms_id_c507bcb4 ON public.settlement_ordertermsline USING btree (terms_id);
CREATE INDEX settlement_parcelpart_terms_id_38309f21 ON public.settlement_parcelpart USING btree (terms_id);
CREATE INDEX settlement_payoutterms_institution_id_05f59b64 ON public.settlement_payoutterms USING btree (institution_id);
CREATE INDEX settlement_providerfeerate_provider_id_675f719c ON public.settlement_providerfeerate USING btree (provider_id);
CREATE INDEX settlement_providerfeerateevent_pgh_context_id_f147e195 ON public.settlement_providerfeerateevent USING btree (pgh_context_id);
CREATE INDEX settlement_providerfeerateevent_pgh_obj_id_e28e02ca ON public.settlement_providerfeerateevent USING btree (pgh_obj_id);
CREATE INDEX settlement_providerfeerateevent_provider_id_a436ea64 ON public.settlement_providerfeerateevent USING btree (provider_id);
CREATE INDEX settlement_providerlimit_provider_id_32bd9320 ON public.settlement_providerlimit USING btree (provider_id);
CREATE INDEX settlement_reconbatch_account_id_32f38289 ON public.settlement_reconbatch USING btree (account_id);
CREATE INDEX settlement_reconbreak_batch_id_bf0b338d ON public.settlement_reconbreak USING btree (batch_id);
CREATE INDEX settlement_reconbreak_journal_id_36904d95 ON public.settlement_reconbreak USING btree (journal_id);
CREATE INDEX settlement_reconevent_batch_id_9a1688c8 ON public.settlement_reconevent USING btree (batch_id);
CREATE INDEX settlement_reconevent_brk_id_20d8af76 ON public.settlement_reconevent USING btree (brk_id);
CREATE INDEX settlement_rulecomparison_after_id_1c0fd9bc ON public.settlement_rulecomparison USING btree (after_id);
CREATE INDEX settlement_rulecomparisonline_comparison_id_39d4dd52 ON public.settlement_rulecomparisonline USING btree (comparison_id);
CREATE INDEX settlement_splitrule_code_d8723502_like ON public.settlement_splitrule USING btree (code varchar_pattern_ops);
CREATE INDEX settlement_splitrule_seller_id_a9ce2428 ON public.settlement_splitrule USING btree (seller_id);
CREATE INDEX settlement_splitruleevent_pgh_context_id_a347f754 ON public.settlement_splitruleevent USING btree (pgh_context_id);
CREATE INDEX settlement_splitruleevent_pgh_obj_id_69c46760 ON public.settlement_splitruleevent USING btree (pgh_obj_id);
CREATE INDEX settlement_splitruleevent_seller_id_1190e8a8 ON public.settlement_splitruleevent USING btree (seller_id);
CREATE INDEX settlement_splitruleline_version_id_2f2bf1b2 ON public.settlement_splitruleline USING btree (version_id);
CREATE INDEX settlement_splitrulelineevent_pgh_context_id_83c30437 ON public.settlement_splitrulelineevent USING btree (pgh_context_id);
CREATE INDEX settlement_splitrulelineevent_pgh_obj_id_b12d367e ON public.settlement_splitrulelineevent USING btree (pgh_obj_id);
CREATE INDEX settlement_splitrulelineevent_version_id_f87574e8 ON public.settlement_splitrulelineevent USING btree (version_id);
CREATE INDEX settlement_splitruleversion_rule_id_a23baf4b ON public.settlement_splitruleversion USING btree (rule_id);
CREATE INDEX settlement_splitruleversionevent_decided_by_id_4a99cf67 ON public.settlement_splitruleversionevent USING btree (decided_by_id);
CREATE INDEX settlement_splitruleversionevent_pgh_context_id_a4900b9a ON public.settlement_splitruleversionevent USING btree (pgh_context_id);
CREATE INDEX settlement_splitruleversionevent_pgh_obj_id_d5b483c8 ON public.settlement_splitruleversionevent USING btree (pgh_obj_id);
CREATE INDEX settlement_splitruleversionevent_proposed_by_id_a1a5c502 ON public.settlement_splitruleversionevent USING btree (proposed_by_id);
CREATE INDEX settlement_splitruleversionevent_rule_id_2a320947 ON public.settlement_splitruleversionevent USING btree (rule_id);
CREATE INDEX settlement_statement_batch_id_732321b7 ON public.settlement_statement USING btree (batch_id);
CREATE INDEX settlement_statementaccount_institution_id_2a7a5079 ON public.settlement_statementaccount USING btree (institution_id);
CREATE INDEX settlement_statementline_statement_id_6571e826 ON public.settlement_statementline USING btree (statement_id);
CREATE INDEX settlement_tillimport_chain_id_a6d5c4d1 ON public.settlement_tillimport USING btree (chain_id);
CREATE INDEX settlement_trade_journal_id_347bc4d6 ON public.settlement_trade USING btree (journal_id);
CREATE INDEX settlement_trade_source_key_11844269_like ON public.settlement_trade USING btree (source_key varchar_pattern_ops);
CREATE INDEX settlement_tradeline_trade_id_deb13ef3 ON public.settlement_tradeline USING btree (trade_id);
CREATE INDEX settlement_tradeshare_chunk_id_568f3a38 ON public.settlement_tradeshare USING btree (chunk_id);
CREATE INDEX settlement_transferdocument_file_id_b2121591 ON public.settlement_transferdocument USING btree (file_id);
CREATE INDEX settlement_transferdocument_name_9b3f338c_like ON public.settlement_transferdocument USING btree (name varchar_pattern_ops);
CREATE INDEX settlement_transferevent_transfer_id_4ea40abe ON public.settlement_transferevent USING btree (transfer_id);
CREATE INDEX settlement_transferfile_name_41a5fce6_like ON public.settlement_transferfile USING btree (name varchar_pattern_ops);
CREATE INDEX settlement_transferlimit_user_id_2f6bf80b ON public.settlement_transferlimit USING btree (user_id);
CREATE INDEX share_day_party ON public.settlement_tradeshare USING btree (business_date, institution_id, channel);
CREATE INDEX shipping_orderanditemcharg_orderanditemcharges_id_bf5bfee9 ON public.shipping_orderanditemcharges_countries USING btree (orderanditemcharges_id);
CREATE INDEX shipping_orderanditemcharges_code_cbeb9206_like ON public.shipping_orderanditemcharges USING btree (code varchar_pattern_ops);
CREATE INDEX shipping_orderanditemcharges_countries_country_id_30387f2e ON public.shipping_orderanditemcharges_countries USING btree (country_id);
CREATE INDEX shipping_orderanditemcharges_countries_country_id_30387f2e_like ON public.shipping_orderanditemcharges_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX shipping_orderanditemcharges_name_c575f5bc_like ON public.shipping_orderanditemcharges USING btree (name varchar_pattern_ops);
CREATE INDEX shipping_weightband_method_id_b699a1ba ON public.shipping_weightband USING btree (method_id);
CREATE INDEX shipping_weightband_upper_limit_9edc5097 ON public.shipping_weightband USING btree (upper_limit);
CREATE INDEX shipping_weightbased_code_abff8e3d_like ON public.shipping_weightbased USING btree (code varchar_pattern_ops);
CREATE INDEX shipping_weightbased_countries_country_id_06117384 ON public.shipping_weightbased_countries USING btree (country_id);
CREATE INDEX shipping_weightbased_countries_country_id_06117384_like ON public.shipping_weightbased_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX shipping_weightbased_countries_weightbased_id_93e3132f ON public.shipping_weightbased_countries USING btree (weightbased_id);
CREATE INDEX shipping_weightbased_name_ff8fabb8_like ON public.shipping_weightbased USING btree (name varchar_pattern_ops);
CREATE UNIQUE INDEX split_line_one_residual ON public.settlement_splitruleline USING btree (version_id) WHERE ((kind)::text = 'residual'::text);
CREATE UNIQUE INDEX split_version_date ON public.settlement_splitruleversion USING btree (rule_id, valid_from) WHERE ((state)::text = ANY ((ARRAY['proposed'::character varying, 'confirmed'::character varying])::text[]));
CREATE UNIQUE INDEX statement_account_one_active ON public.settlement_statementaccount USING btree (institution_id) WHERE is_active;
CREATE INDEX statement_line_group ON public.settlement_statementline USING btree (group_reference) WHERE (NOT ((group_reference)::text = ''::text));
CREATE INDEX statement_line_ours ON public.settlement_statementline USING btree (our_reference);
CREATE INDEX statement_line_theirs ON public.settlement_statementline USING btree (provider_reference);
CREATE INDEX station_step_last ON public.fulfillment_stationstep USING btree (station, location_id, user_id, id DESC) WHERE (undone_at IS NULL);
CREATE INDEX stock_count_at ON public.fulfillment_stockcount USING btree (location_id, state);
CREATE INDEX stock_transfer_coming ON public.fulfillment_stocktransfer USING btree (to_location_id) WHERE ((state)::text = 'under_way'::text);
CREATE INDEX stock_transfer_leaving ON public.fulfillment_stocktransfer USING btree (from_location_id, state);
CREATE UNIQUE INDEX supplier_listing_one_open ON public.fulfillment_supplierlisting USING btree (supplier_id, sku) WHERE ((state)::text = 'proposed'::text);
CREATE INDEX supplier_listing_state ON public.fulfillment_supplierlisting USING btree (state, supplier_id);
CREATE INDEX supplier_notice_state ON public.fulfillment_suppliernotice USING btree (state);
CREATE INDEX supplier_order_open ON public.fulfillment_supplierorder USING btree (state, location_id);
CREATE INDEX supplier_order_theirs ON public.fulfillment_supplierorder USING btree (supplier_id, state);
CREATE INDEX trade_day ON public.settlement_trade USING btree (business_date, id);
CREATE INDEX trade_line_order ON public.settlement_tradeline USING btree (order_number, line_id, trade_id);
CREATE INDEX trade_order ON public.settlement_trade USING btree (order_number, kind, id) WHERE (NOT ((order_number)::text = ''::text));
CREATE INDEX trade_payment ON public.settlement_trade USING btree (payment_id) WHERE (payment_id IS NOT NULL);
CREATE UNIQUE INDEX transfer_once ON public.settlement_fundtransfer USING btree (business_date, institution_id) WHERE (NOT ((state)::text = ANY ((ARRAY['failed'::character varying, 'rejected'::character varying])::text[])));
CREATE UNIQUE INDEX transfer_unit_one_way ON public.fulfillment_transferunit USING btree (serial_id) WHERE ((outcome)::text = 'under_way'::text);
CREATE INDEX voucher_voucher_code_43d30a18_like ON public.voucher_voucher USING btree (code varchar_pattern_ops);
CREATE INDEX voucher_voucher_date_created_f3081a03 ON public.voucher_voucher USING btree (date_created);
CREATE INDEX voucher_voucher_end_datetime_db182297 ON public.voucher_voucher USING btree (end_datetime);
CREATE INDEX voucher_voucher_name_b96d3b47_like ON public.voucher_voucher USING btree (name varchar_pattern_ops);
CREATE INDEX voucher_voucher_offers_conditionaloffer_id_f9682bfb ON public.voucher_voucher_offers USING btree (conditionaloffer_id);
CREATE INDEX voucher_voucher_offers_voucher_id_7f9c575d ON public.voucher_voucher_offers USING btree (voucher_id);
CREATE INDEX voucher_voucher_start_datetime_bfb7df84 ON public.voucher_voucher USING btree (start_datetime);
CREATE INDEX voucher_voucher_voucher_set_id_17b96a54 ON public.voucher_voucher USING btree (voucher_set_id);
CREATE INDEX voucher_voucherapplication_date_created_2d9acdaf ON public.voucher_voucherapplication USING btree (date_created);
CREATE INDEX voucher_voucherapplication_order_id_30248a05 ON public.voucher_voucherapplication USING btree (order_id);
CREATE INDEX voucher_voucherapplication_user_id_df53a393 ON public.voucher_voucherapplication USING btree (user_id);
CREATE INDEX voucher_voucherapplication_voucher_id_5204edb7 ON public.voucher_voucherapplication USING btree (voucher_id);
CREATE INDEX voucher_voucherset_date_created_3dd68c8e ON public.voucher_voucherset USING btree (date_created);
CREATE INDEX voucher_voucherset_name_4c6aac05_like ON public.voucher_voucherset USING btree (name varchar_pattern_ops);
CREATE INDEX wave_open ON public.fulfillment_wave USING btree (location_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX weight_case_one_open ON public.fulfillment_weightcase USING btree (fulfillment_id) WHERE (decided_at IS NULL);
CREATE INDEX wishlists_line_product_id_9d6d9b37 ON public.wishlists_line USING btree (product_id);
CREATE INDEX wishlists_line_wishlist_id_4cffe302 ON public.wishlists_line USING btree (wishlist_id);
CREATE INDEX wishlists_wishlist_date_created_c05d5e7f ON public.wishlists_wishlist USING btree (date_created);
CREATE INDEX wishlists_wishlist_key_88d419b8_like ON public.wishlists_wishlist USING btree (key varchar_pattern_ops);
CREATE INDEX wishlists_wishlist_owner_id_d5464c62 ON public.wishlists_wishlist USING btree (owner_id);
CREATE INDEX wishlists_wishlistsharedemail_wishlist_id_d7500842 ON public.wishlists_wishlistsharedemail USING btree (wishlist_id);
CREATE CONSTRAINT TRIGGER card_equals_entries AFTER INSERT ON public.order_cardentry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.order_check_card();
CREATE CONSTRAINT TRIGGER card_equals_entries AFTER INSERT OR UPDATE OF balance_fen ON public.order_prepaidcard DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.order_check_card();
CREATE TRIGGER centreproposal_keep BEFORE DELETE OR UPDATE ON public.fulfillment_centreproposal FOR EACH ROW EXECUTE FUNCTION public.fulfillment_keep_centre_proposal();
CREATE TRIGGER dealerorderevent_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_dealerorderevent FOR EACH ROW EXECUTE FUNCTION public.fulfillment_refuse_rewrite();
CREATE TRIGGER demand_gives_campaign_back AFTER UPDATE OF state ON public.fulfillment_fulfillmentdemand FOR EACH ROW WHEN ((((new.state)::text = ANY ((ARRAY['released'::character varying, 'cancelled'::character varying])::text[])) AND ((old.state)::text IS DISTINCT FROM (new.state)::text))) EXECUTE FUNCTION public.fulfillment_give_back_campaign();
CREATE TRIGGER evidence_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_evidence FOR EACH ROW EXECUTE FUNCTION public.fulfillment_keep_proof();
CREATE TRIGGER evidence_keep BEFORE TRUNCATE ON public.fulfillment_evidence FOR EACH STATEMENT EXECUTE FUNCTION public.fulfillment_keep_proof();
CREATE TRIGGER numberallotment_keep BEFORE DELETE OR UPDATE ON public.catalogue_numberallotment FOR EACH ROW EXECUTE FUNCTION public.catalogue_keep_allotment();
CREATE TRIGGER paymentmatch_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_paymentmatch FOR EACH ROW EXECUTE FUNCTION public.fulfillment_refuse_rewrite();
CREATE TRIGGER pgtrigger_append_only_1feb1 BEFORE DELETE OR UPDATE ON public.order_cardentry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_1feb1();
CREATE TRIGGER pgtrigger_append_only_c2105 BEFORE DELETE OR UPDATE ON public.members_pointstxn FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_c2105();
CREATE TRIGGER pgtrigger_delete_delete_00dbb AFTER DELETE ON public.members_staffrole FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_00dbb();
CREATE TRIGGER pgtrigger_delete_delete_19bc3 AFTER DELETE ON public.fulfillment_locationprofile FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_19bc3();
CREATE TRIGGER pgtrigger_delete_delete_2e267 AFTER DELETE ON public.catalogue_numbergrade FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_2e267();
CREATE TRIGGER pgtrigger_delete_delete_2fbf4 AFTER DELETE ON public.fulfillment_campaign FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_2fbf4();
CREATE TRIGGER pgtrigger_delete_delete_3e068 AFTER DELETE ON public.fulfillment_safetystock FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_3e068();
CREATE TRIGGER pgtrigger_delete_delete_4060a AFTER DELETE ON public.fulfillment_campaignitem FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_4060a();
CREATE TRIGGER pgtrigger_delete_delete_477d0 AFTER DELETE ON public.fulfillment_trunkline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_477d0();
CREATE TRIGGER pgtrigger_delete_delete_57a0d AFTER DELETE ON public.fulfillment_standstilllimit FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_57a0d();
CREATE TRIGGER pgtrigger_delete_delete_6dfb1 AFTER DELETE ON public.fulfillment_locationday FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_6dfb1();
CREATE TRIGGER pgtrigger_delete_delete_75d27 AFTER DELETE ON public.fulfillment_tariffrate FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_75d27();
CREATE TRIGGER pgtrigger_delete_delete_7ed46 AFTER DELETE ON public.fulfillment_postagerate FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_7ed46();
CREATE TRIGGER pgtrigger_delete_delete_956d1 AFTER DELETE ON public.fulfillment_supplycontract FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_956d1();
CREATE TRIGGER pgtrigger_delete_delete_a7695 AFTER DELETE ON public.fulfillment_dealerterms FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_a7695();
CREATE TRIGGER pgtrigger_delete_delete_b4d4a AFTER DELETE ON public.fulfillment_supplieritem FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_b4d4a();
CREATE TRIGGER pgtrigger_delete_delete_c2a2c AFTER DELETE ON public.fulfillment_routingweights FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_c2a2c();
CREATE TRIGGER pgtrigger_delete_delete_dccc1 AFTER DELETE ON public.fulfillment_tariffzone FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_dccc1();
CREATE TRIGGER pgtrigger_delete_delete_e6365 AFTER DELETE ON public.fulfillment_coverrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_e6365();
CREATE TRIGGER pgtrigger_delete_delete_f247c AFTER DELETE ON public.catalogue_channelprice FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_f247c();
CREATE TRIGGER pgtrigger_delete_delete_f3bdb AFTER DELETE ON public.fulfillment_centrecosts FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_delete_delete_f3bdb();
CREATE TRIGGER pgtrigger_insert_insert_06715 AFTER INSERT ON public.fulfillment_dealerterms FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_06715();
CREATE TRIGGER pgtrigger_insert_insert_14f4e AFTER INSERT ON public.members_institution FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_14f4e();
CREATE TRIGGER pgtrigger_insert_insert_27ed4 AFTER INSERT ON public.fulfillment_coverrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_27ed4();
CREATE TRIGGER pgtrigger_insert_insert_29677 AFTER INSERT ON public.settlement_splitrule FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_29677();
CREATE TRIGGER pgtrigger_insert_insert_38616 AFTER INSERT ON public.catalogue_channelprice FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_38616();
CREATE TRIGGER pgtrigger_insert_insert_3e121 AFTER INSERT ON public.fulfillment_optimiserswitch FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_3e121();
CREATE TRIGGER pgtrigger_insert_insert_41d35 AFTER INSERT ON public.fulfillment_routingweights FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_41d35();
CREATE TRIGGER pgtrigger_insert_insert_48afb AFTER INSERT ON public.fulfillment_tariffzone FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_48afb();
CREATE TRIGGER pgtrigger_insert_insert_61cab AFTER INSERT ON public.fulfillment_centrecosts FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_61cab();
CREATE TRIGGER pgtrigger_insert_insert_65afa AFTER INSERT ON public.fulfillment_locationprofile FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_65afa();
CREATE TRIGGER pgtrigger_insert_insert_7f3a5 AFTER INSERT ON public.settlement_splitruleline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_7f3a5();
CREATE TRIGGER pgtrigger_insert_insert_879de AFTER INSERT ON public.fulfillment_safetystock FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_879de();
CREATE TRIGGER pgtrigger_insert_insert_96f2a AFTER INSERT ON public.catalogue_numbergrade FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_96f2a();
CREATE TRIGGER pgtrigger_insert_insert_98913 AFTER INSERT ON public.settlement_providerfeerate FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_98913();
CREATE TRIGGER pgtrigger_insert_insert_adf3c AFTER INSERT ON public.fulfillment_campaignitem FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_adf3c();
CREATE TRIGGER pgtrigger_insert_insert_b07cc AFTER INSERT ON public.fulfillment_postagerate FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_b07cc();
CREATE TRIGGER pgtrigger_insert_insert_d14de AFTER INSERT ON public.fulfillment_standstilllimit FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d14de();
CREATE TRIGGER pgtrigger_insert_insert_d23b8 AFTER INSERT ON public.fulfillment_supplieritem FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d23b8();
CREATE TRIGGER pgtrigger_insert_insert_d3228 AFTER INSERT ON public.members_staffrole FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_d3228();
CREATE TRIGGER pgtrigger_insert_insert_dde8c AFTER INSERT ON public.fulfillment_locationday FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_dde8c();
CREATE TRIGGER pgtrigger_insert_insert_e0546 AFTER INSERT ON public.fulfillment_supplycontract FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_e0546();
CREATE TRIGGER pgtrigger_insert_insert_eecb3 AFTER INSERT ON public.fulfillment_trunkline FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_eecb3();
CREATE TRIGGER pgtrigger_insert_insert_fa8e9 AFTER INSERT ON public.fulfillment_campaign FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_fa8e9();
CREATE TRIGGER pgtrigger_insert_insert_fd06d AFTER INSERT ON public.fulfillment_tariffrate FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_fd06d();
CREATE TRIGGER pgtrigger_insert_insert_ff0c7 AFTER INSERT ON public.settlement_splitruleversion FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_insert_insert_ff0c7();
CREATE TRIGGER pgtrigger_update_update_09ba4 AFTER UPDATE ON public.fulfillment_campaignitem FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_09ba4();
CREATE TRIGGER pgtrigger_update_update_0ecdf AFTER UPDATE ON public.fulfillment_routingweights FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_0ecdf();
CREATE TRIGGER pgtrigger_update_update_13745 AFTER UPDATE ON public.fulfillment_centrecosts FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_13745();
CREATE TRIGGER pgtrigger_update_update_1ca14 AFTER UPDATE ON public.fulfillment_supplycontract FOR EACH ROW WHEN (((old.cost_fen IS DISTINCT FROM new.cost_fen) OR (old.ends IS DISTINCT FROM new.ends) OR (old.id IS DISTINCT FROM new.id) OR (old.lead_days IS DISTINCT FROM new.lead_days) OR (old.lot IS DISTINCT FROM new.lot) OR ((old.number)::text IS DISTINCT FROM (new.number)::text) OR ((old.sku)::text IS DISTINCT FROM (new.sku)::text) OR (old.starts IS DISTINCT FROM new.starts) OR (old.supplier_id IS DISTINCT FROM new.supplier_id) OR (old.to_order IS DISTINCT FROM new.to_order) OR (old.units IS DISTINCT FROM new.units))) EXECUTE FUNCTION public.pgtrigger_update_update_1ca14();
CREATE TRIGGER pgtrigger_update_update_296d6 AFTER UPDATE ON public.settlement_splitruleline FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_296d6();
CREATE TRIGGER pgtrigger_update_update_2c1e3 AFTER UPDATE ON public.fulfillment_locationday FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_2c1e3();
CREATE TRIGGER pgtrigger_update_update_2ea7a AFTER UPDATE ON public.fulfillment_supplieritem FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_2ea7a();
CREATE TRIGGER pgtrigger_update_update_3943a AFTER UPDATE ON public.members_institution FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_3943a();
CREATE TRIGGER pgtrigger_update_update_44094 AFTER UPDATE ON public.fulfillment_tariffrate FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_44094();
CREATE TRIGGER pgtrigger_update_update_5139d AFTER UPDATE ON public.fulfillment_campaign FOR EACH ROW WHEN (((old.admission_minutes IS DISTINCT FROM new.admission_minutes) OR (old.admit_per_minute IS DISTINCT FROM new.admit_per_minute) OR (old.channels IS DISTINCT FROM new.channels) OR ((old.code)::text IS DISTINCT FROM (new.code)::text) OR (old.ends_at IS DISTINCT FROM new.ends_at) OR (old.id IS DISTINCT FROM new.id) OR (old.is_on IS DISTINCT FROM new.is_on) OR (old.starts_at IS DISTINCT FROM new.starts_at) OR ((old.title)::text IS DISTINCT FROM (new.title)::text) OR ((old.title_en)::text IS DISTINCT FROM (new.title_en)::text))) EXECUTE FUNCTION public.pgtrigger_update_update_5139d();
CREATE TRIGGER pgtrigger_update_update_62b82 AFTER UPDATE ON public.fulfillment_postagerate FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_62b82();
CREATE TRIGGER pgtrigger_update_update_659b6 AFTER UPDATE ON public.fulfillment_optimiserswitch FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_659b6();
CREATE TRIGGER pgtrigger_update_update_6e153 AFTER UPDATE ON public.fulfillment_coverrule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_6e153();
CREATE TRIGGER pgtrigger_update_update_71608 AFTER UPDATE ON public.fulfillment_standstilllimit FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_71608();
CREATE TRIGGER pgtrigger_update_update_7361e AFTER UPDATE ON public.fulfillment_locationprofile FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_7361e();
CREATE TRIGGER pgtrigger_update_update_80dff AFTER UPDATE ON public.settlement_splitrule FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_80dff();
CREATE TRIGGER pgtrigger_update_update_94cc2 AFTER UPDATE ON public.fulfillment_safetystock FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_94cc2();
CREATE TRIGGER pgtrigger_update_update_973ac AFTER UPDATE ON public.settlement_splitruleversion FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_973ac();
CREATE TRIGGER pgtrigger_update_update_a5a5f AFTER UPDATE ON public.settlement_providerfeerate FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_a5a5f();
CREATE TRIGGER pgtrigger_update_update_b283a AFTER UPDATE ON public.catalogue_channelprice FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_b283a();
CREATE TRIGGER pgtrigger_update_update_ba071 AFTER UPDATE ON public.fulfillment_tariffzone FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_ba071();
CREATE TRIGGER pgtrigger_update_update_bdc2f AFTER UPDATE ON public.fulfillment_trunkline FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_bdc2f();
CREATE TRIGGER pgtrigger_update_update_d7762 AFTER UPDATE ON public.members_staffrole FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_d7762();
CREATE TRIGGER pgtrigger_update_update_dedae AFTER UPDATE ON public.fulfillment_dealerterms FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_dedae();
CREATE TRIGGER pgtrigger_update_update_ed5aa AFTER UPDATE ON public.catalogue_numbergrade FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.pgtrigger_update_update_ed5aa();
CREATE TRIGGER posting_keep BEFORE DELETE OR UPDATE ON public.fulfillment_posting FOR EACH ROW EXECUTE FUNCTION public.fulfillment_posting_keep();
CREATE TRIGGER serialevent_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_serialevent FOR EACH ROW EXECUTE FUNCTION public.fulfillment_refuse_rewrite();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_adjustmentleg FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_auditentry FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_auditlink FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_bankanswer FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_bankanswerline FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_costimport FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_costline FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_journal FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_matchedge FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_orderfunding FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_ordershare FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_ordertermsline FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_payoutterms FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_posting FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_reconevent FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_reconpolicy FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_statement FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_statementline FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_trade FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_tradeline FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_tradereference FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_tradeshare FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_transferdocument FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_transferevent FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_transferfile FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_transferlimit FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE CONSTRAINT TRIGGER settlement_audit_link AFTER INSERT ON public.settlement_auditentry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.settlement_link_audit();
CREATE TRIGGER settlement_batch_history AFTER INSERT ON public.settlement_reconbatch FOR EACH ROW EXECUTE FUNCTION public.settlement_batch_history();
CREATE TRIGGER settlement_batch_history_change AFTER UPDATE ON public.settlement_reconbatch FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text)) EXECUTE FUNCTION public.settlement_batch_history();
CREATE TRIGGER settlement_break_history AFTER INSERT OR UPDATE ON public.settlement_reconbreak FOR EACH ROW EXECUTE FUNCTION public.settlement_break_history();
CREATE TRIGGER settlement_guard_break BEFORE DELETE OR UPDATE ON public.settlement_reconbreak FOR EACH ROW EXECUTE FUNCTION public.settlement_guard_break();
CREATE TRIGGER settlement_guard_transfer BEFORE DELETE OR UPDATE ON public.settlement_fundtransfer FOR EACH ROW EXECUTE FUNCTION public.settlement_guard_transfer();
CREATE CONSTRAINT TRIGGER settlement_journal_balance AFTER INSERT ON public.settlement_journal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.settlement_check_balance();
CREATE TRIGGER settlement_journal_stamp BEFORE INSERT ON public.settlement_journal FOR EACH ROW EXECUTE FUNCTION public.settlement_stamp_journal();
CREATE TRIGGER settlement_keep_adjustment BEFORE DELETE OR UPDATE ON public.settlement_adjustment FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_adjustment();
CREATE TRIGGER settlement_keep_chunks BEFORE DELETE OR TRUNCATE ON public.settlement_settlementchunk FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_keep_decided BEFORE INSERT OR DELETE OR UPDATE ON public.settlement_fundingterm FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_decided();
CREATE TRIGGER settlement_keep_decided BEFORE INSERT OR DELETE OR UPDATE ON public.settlement_providerlimit FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_decided();
CREATE TRIGGER settlement_keep_decided BEFORE INSERT OR DELETE OR UPDATE ON public.settlement_splitruleversion FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_decided();
CREATE TRIGGER settlement_keep_rule BEFORE DELETE OR UPDATE ON public.settlement_splitrule FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_rule();
CREATE TRIGGER settlement_keep_rule_line BEFORE INSERT OR DELETE OR UPDATE ON public.settlement_splitruleline FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_rule_line();
CREATE TRIGGER settlement_keep_signed_off BEFORE DELETE OR UPDATE ON public.settlement_reconbatch FOR EACH ROW EXECUTE FUNCTION public.settlement_keep_signed_off();
CREATE TRIGGER settlement_kept BEFORE TRUNCATE ON public.settlement_splitruleline FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_kept BEFORE TRUNCATE ON public.settlement_splitruleversion FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_refuse_change();
CREATE TRIGGER settlement_postings_check AFTER INSERT ON public.settlement_posting REFERENCING NEW TABLE AS new_postings FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_check_postings();
CREATE TRIGGER settlement_shares_check AFTER INSERT ON public.settlement_tradeshare REFERENCING NEW TABLE AS new_shares FOR EACH STATEMENT EXECUTE FUNCTION public.settlement_check_shares();
CREATE TRIGGER settlement_statement_in_time BEFORE INSERT ON public.settlement_statement FOR EACH ROW EXECUTE FUNCTION public.settlement_statement_in_time();
CREATE TRIGGER settlement_transfer_history AFTER INSERT OR UPDATE ON public.settlement_fundtransfer FOR EACH ROW EXECUTE FUNCTION public.settlement_transfer_history();
CREATE TRIGGER standstilldecision_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_standstilldecision FOR EACH ROW EXECUTE FUNCTION public.fulfillment_refuse_rewrite();
CREATE TRIGGER stockmovement_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_stockmovement FOR EACH ROW EXECUTE FUNCTION public.fulfillment_refuse_change();
CREATE TRIGGER stockmovement_keep BEFORE TRUNCATE ON public.fulfillment_stockmovement FOR EACH STATEMENT EXECUTE FUNCTION public.fulfillment_refuse_change();
CREATE TRIGGER supplierlisting_keep_decided BEFORE DELETE OR UPDATE ON public.fulfillment_supplierlisting FOR EACH ROW WHEN (((old.state)::text <> 'proposed'::text)) EXECUTE FUNCTION public.fulfillment_keep_listing();
CREATE TRIGGER supplierorder_answer BEFORE UPDATE ON public.fulfillment_supplierorder FOR EACH ROW WHEN ((((old.progress)::text IS DISTINCT FROM (new.progress)::text) OR (old.promised_on IS DISTINCT FROM new.promised_on))) EXECUTE FUNCTION public.fulfillment_supplier_answer();
CREATE TRIGGER supplierorderevent_append_only BEFORE DELETE OR UPDATE ON public.fulfillment_supplierorderevent FOR EACH ROW EXECUTE FUNCTION public.fulfillment_refuse_change();
ALTER TABLE ONLY public.address_useraddress
    ADD CONSTRAINT address_useraddress_country_id_fa26a249_fk_address_c FOREIGN KEY (country_id) REFERENCES public.address_country(iso_3166_1_a2) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.address_useraddress
    ADD CONSTRAINT address_useraddress_user_id_6edf0244_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.analytics_productrecord
    ADD CONSTRAINT analytics_productrec_product_id_dad3a871_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.analytics_userproductview
    ADD CONSTRAINT analytics_userproduc_product_id_a55b87ad_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.analytics_userproductview
    ADD CONSTRAINT analytics_userproductview_user_id_5e49a8b1_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.analytics_userrecord
    ADD CONSTRAINT analytics_userrecord_user_id_702cff4c_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.analytics_usersearch
    ADD CONSTRAINT analytics_usersearch_user_id_1775992d_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_basket
    ADD CONSTRAINT basket_basket_owner_id_3a018de5_fk_members_user_id FOREIGN KEY (owner_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_basket_vouchers
    ADD CONSTRAINT basket_basket_vouche_voucher_id_c2b66981_fk_voucher_v FOREIGN KEY (voucher_id) REFERENCES public.voucher_voucher(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_basket_vouchers
    ADD CONSTRAINT basket_basket_vouchers_basket_id_f857c2f8_fk_basket_basket_id FOREIGN KEY (basket_id) REFERENCES public.basket_basket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_line
    ADD CONSTRAINT basket_line_basket_id_b615c905_fk_basket_basket_id FOREIGN KEY (basket_id) REFERENCES public.basket_basket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_line
    ADD CONSTRAINT basket_line_product_id_303d743e_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_line
    ADD CONSTRAINT basket_line_stockrecord_id_7039d8a4_fk_partner_stockrecord_id FOREIGN KEY (stockrecord_id) REFERENCES public.partner_stockrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_lineattribute
    ADD CONSTRAINT basket_lineattribute_line_id_c41e0cdf_fk_basket_line_id FOREIGN KEY (line_id) REFERENCES public.basket_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.basket_lineattribute
    ADD CONSTRAINT basket_lineattribute_option_id_9387a3f7_fk_catalogue_option_id FOREIGN KEY (option_id) REFERENCES public.catalogue_option(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_attributeoption
    ADD CONSTRAINT catalogue_attributeo_group_id_3d4a5e24_fk_catalogue FOREIGN KEY (group_id) REFERENCES public.catalogue_attributeoptiongroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_categorytext
    ADD CONSTRAINT catalogue_categoryte_category_id_af02df22_fk_catalogue FOREIGN KEY (category_id) REFERENCES public.catalogue_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_channelprice
    ADD CONSTRAINT catalogue_channelpri_institution_id_667f8689_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_channelprice
    ADD CONSTRAINT catalogue_channelpri_product_id_6613c0ea_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_number
    ADD CONSTRAINT catalogue_number_block_id_7475e6bf_fk_catalogue_numberblock_id FOREIGN KEY (block_id) REFERENCES public.catalogue_numberblock(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_number
    ADD CONSTRAINT catalogue_number_dealer_id_ef00d065_fk_members_institution_id FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_number
    ADD CONSTRAINT catalogue_number_grade_id_06068b0b_fk_catalogue_numbergrade_id FOREIGN KEY (grade_id) REFERENCES public.catalogue_numbergrade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_numberallotment
    ADD CONSTRAINT catalogue_numberallo_dealer_id_ea1545d9_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_numberallotment
    ADD CONSTRAINT catalogue_numberallo_number_id_f044878d_fk_catalogue FOREIGN KEY (number_id) REFERENCES public.catalogue_number(msisdn) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_numbergrade
    ADD CONSTRAINT catalogue_numbergrad_demoted_to_id_47aae352_fk_catalogue FOREIGN KEY (demoted_to_id) REFERENCES public.catalogue_numbergrade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_numberhold
    ADD CONSTRAINT catalogue_numberhold_number_id_93831c6a_fk_catalogue FOREIGN KEY (number_id) REFERENCES public.catalogue_number(msisdn) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_offering
    ADD CONSTRAINT catalogue_offering_product_id_cacd4311_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_offering
    ADD CONSTRAINT catalogue_offering_seller_id_d38bd92c_fk_members_institution_id FOREIGN KEY (seller_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_offertext
    ADD CONSTRAINT catalogue_offertext_offer_id_4943c6b6_fk_offer_con FOREIGN KEY (offer_id) REFERENCES public.offer_conditionaloffer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_option
    ADD CONSTRAINT catalogue_option_option_group_id_2fd86269_fk_catalogue FOREIGN KEY (option_group_id) REFERENCES public.catalogue_attributeoptiongroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_planterms
    ADD CONSTRAINT catalogue_planterms_product_id_d1d7a69d_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_parent_id_9bfd2382_fk_catalogue_product_id FOREIGN KEY (parent_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_product_product_options
    ADD CONSTRAINT catalogue_product_pr_option_id_ff470e13_fk_catalogue FOREIGN KEY (option_id) REFERENCES public.catalogue_option(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_product_product_options
    ADD CONSTRAINT catalogue_product_pr_product_id_ad2b46bd_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_product
    ADD CONSTRAINT catalogue_product_product_class_id_0c6c5b54_fk_catalogue FOREIGN KEY (product_class_id) REFERENCES public.catalogue_productclass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattributevalue
    ADD CONSTRAINT catalogue_productatt_attribute_id_0287c1e7_fk_catalogue FOREIGN KEY (attribute_id) REFERENCES public.catalogue_productattribute(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattributevalue_value_multi_option
    ADD CONSTRAINT catalogue_productatt_attributeoption_id_962b600b_fk_catalogue FOREIGN KEY (attributeoption_id) REFERENCES public.catalogue_attributeoption(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattributevalue
    ADD CONSTRAINT catalogue_productatt_entity_content_type__f7186ab5_fk_django_co FOREIGN KEY (entity_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattribute
    ADD CONSTRAINT catalogue_productatt_option_group_id_6b422dc2_fk_catalogue FOREIGN KEY (option_group_id) REFERENCES public.catalogue_attributeoptiongroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattribute
    ADD CONSTRAINT catalogue_productatt_product_class_id_7af808ec_fk_catalogue FOREIGN KEY (product_class_id) REFERENCES public.catalogue_productclass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattributevalue
    ADD CONSTRAINT catalogue_productatt_product_id_a03cd90e_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattributevalue_value_multi_option
    ADD CONSTRAINT catalogue_productatt_productattributevalu_9c7c031e_fk_catalogue FOREIGN KEY (productattributevalue_id) REFERENCES public.catalogue_productattributevalue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productattributevalue
    ADD CONSTRAINT catalogue_productatt_value_option_id_21026066_fk_catalogue FOREIGN KEY (value_option_id) REFERENCES public.catalogue_attributeoption(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productcategory
    ADD CONSTRAINT catalogue_productcat_category_id_176db535_fk_catalogue FOREIGN KEY (category_id) REFERENCES public.catalogue_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productcategory
    ADD CONSTRAINT catalogue_productcat_product_id_846a4061_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productclass_options
    ADD CONSTRAINT catalogue_productcla_option_id_b099542c_fk_catalogue FOREIGN KEY (option_id) REFERENCES public.catalogue_option(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productclass_options
    ADD CONSTRAINT catalogue_productcla_productclass_id_732df4c8_fk_catalogue FOREIGN KEY (productclass_id) REFERENCES public.catalogue_productclass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productimage
    ADD CONSTRAINT catalogue_productima_product_id_49474fe8_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productrecommendation
    ADD CONSTRAINT catalogue_productrec_primary_id_6e51a55c_fk_catalogue FOREIGN KEY (primary_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_productrecommendation
    ADD CONSTRAINT catalogue_productrec_recommendation_id_daf8ae95_fk_catalogue FOREIGN KEY (recommendation_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.catalogue_searchdocument
    ADD CONSTRAINT catalogue_searchdocu_product_id_3cf1004e_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.communication_email
    ADD CONSTRAINT customer_email_user_id_a69ad588_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.communication_notification
    ADD CONSTRAINT customer_notification_recipient_id_d99de5c8_fk_members_user_id FOREIGN KEY (recipient_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.communication_notification
    ADD CONSTRAINT customer_notification_sender_id_affa1632_fk_members_user_id FOREIGN KEY (sender_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customer_productalert
    ADD CONSTRAINT customer_productaler_product_id_7e529a41_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.customer_productalert
    ADD CONSTRAINT customer_productalert_user_id_677ad6d6_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_clocked_id_47a69f82_fk_django_ce FOREIGN KEY (clocked_id) REFERENCES public.django_celery_beat_clockedschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_crontab_id_d3cba168_fk_django_ce FOREIGN KEY (crontab_id) REFERENCES public.django_celery_beat_crontabschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_interval_id_a8ca27da_fk_django_ce FOREIGN KEY (interval_id) REFERENCES public.django_celery_beat_intervalschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_solar_id_a87ce72c_fk_django_ce FOREIGN KEY (solar_id) REFERENCES public.django_celery_beat_solarschedule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_flatpage_sites
    ADD CONSTRAINT django_flatpage_site_flatpage_id_078bbc8b_fk_django_fl FOREIGN KEY (flatpage_id) REFERENCES public.django_flatpage(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_flatpage_sites
    ADD CONSTRAINT django_flatpage_sites_site_id_bfd8ea84_fk_django_site_id FOREIGN KEY (site_id) REFERENCES public.django_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_acceptancerate
    ADD CONSTRAINT fulfillment_acceptan_location_id_be46c010_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_accountundo
    ADD CONSTRAINT fulfillment_accountu_fulfillment_id_84e33758_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_automationnotice
    ADD CONSTRAINT fulfillment_automati_job_id_de848e0d_fk_fulfillme FOREIGN KEY (job_id) REFERENCES public.fulfillment_automationjob(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_automationjob
    ADD CONSTRAINT fulfillment_automati_wave_id_1150d9c2_fk_fulfillme FOREIGN KEY (wave_id) REFERENCES public.fulfillment_wave(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_campaignitem
    ADD CONSTRAINT fulfillment_campaign_campaign_id_3a0619b5_fk_fulfillme FOREIGN KEY (campaign_id) REFERENCES public.fulfillment_campaign(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_campaignuse
    ADD CONSTRAINT fulfillment_campaign_demand_id_bb8edc46_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_campaignshare
    ADD CONSTRAINT fulfillment_campaign_item_id_484223a5_fk_fulfillme FOREIGN KEY (item_id) REFERENCES public.fulfillment_campaignitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_campaignuse
    ADD CONSTRAINT fulfillment_campaign_item_id_4bd29e9a_fk_fulfillme FOREIGN KEY (item_id) REFERENCES public.fulfillment_campaignitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_cardsallowed
    ADD CONSTRAINT fulfillment_cardsall_fulfillment_id_734fd13c_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_centreprofile
    ADD CONSTRAINT fulfillment_centrepr_location_id_c9849506_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_codremittance
    ADD CONSTRAINT fulfillment_codremit_courier_id_0329a11b_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_countline
    ADD CONSTRAINT fulfillment_countlin_count_id_add10051_fk_fulfillme FOREIGN KEY (count_id) REFERENCES public.fulfillment_stockcount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_countline
    ADD CONSTRAINT fulfillment_countlin_location_id_a1798923_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_countunit
    ADD CONSTRAINT fulfillment_countuni_line_id_c5dcb45a_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_countline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_countunit
    ADD CONSTRAINT fulfillment_countuni_serial_id_bdcbba3e_fk_fulfillme FOREIGN KEY (serial_id) REFERENCES public.fulfillment_serialunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_courierchoice
    ADD CONSTRAINT fulfillment_courierc_courier_id_7dca3295_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_couriercutoff
    ADD CONSTRAINT fulfillment_courierc_courier_id_ede6d3d1_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_courierchoice
    ADD CONSTRAINT fulfillment_courierc_location_id_04985c13_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_couriercutoff
    ADD CONSTRAINT fulfillment_courierc_location_id_ce7c74c9_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_courierevent
    ADD CONSTRAINT fulfillment_couriere_courier_id_935e1e89_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_courierevent
    ADD CONSTRAINT fulfillment_couriere_fulfillment_id_3ee11540_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_courierfeed
    ADD CONSTRAINT fulfillment_courierf_courier_id_5b57f03c_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_courierposition
    ADD CONSTRAINT fulfillment_courierp_courier_id_c0dedaed_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerday
    ADD CONSTRAINT fulfillment_dealerda_dealer_id_103ac9a0_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerinvoice
    ADD CONSTRAINT fulfillment_dealerin_dealer_id_600dfa04_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerinvoice
    ADD CONSTRAINT fulfillment_dealerin_order_id_3e16aabd_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerinvoice
    ADD CONSTRAINT fulfillment_dealerin_receipt_id_6a59641a_fk_fulfillme FOREIGN KEY (receipt_id) REFERENCES public.fulfillment_dealerreceipt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealernumberline
    ADD CONSTRAINT fulfillment_dealernu_order_id_ec60feb4_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerorder
    ADD CONSTRAINT fulfillment_dealeror_branch_id_68e5bd25_fk_members_i FOREIGN KEY (branch_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerorder
    ADD CONSTRAINT fulfillment_dealeror_dealer_id_82817e62_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerorderline
    ADD CONSTRAINT fulfillment_dealeror_order_id_5bc1d142_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerorderevent
    ADD CONSTRAINT fulfillment_dealeror_order_id_870ac4d2_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerpayment
    ADD CONSTRAINT fulfillment_dealerpa_dealer_id_93999688_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerreceipt
    ADD CONSTRAINT fulfillment_dealerre_fulfillment_id_434e78eb_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerreceiptline
    ADD CONSTRAINT fulfillment_dealerre_line_id_a896dac8_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_dealerorderline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerreceipt
    ADD CONSTRAINT fulfillment_dealerre_order_id_3357bc3c_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerreceiptline
    ADD CONSTRAINT fulfillment_dealerre_receipt_id_2777a810_fk_fulfillme FOREIGN KEY (receipt_id) REFERENCES public.fulfillment_dealerreceipt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealersurplus
    ADD CONSTRAINT fulfillment_dealersu_invoice_id_fd9cef04_fk_fulfillme FOREIGN KEY (invoice_id) REFERENCES public.fulfillment_dealerinvoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealersurplus
    ADD CONSTRAINT fulfillment_dealersu_line_id_8c6c510f_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_dealerorderline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealersurplus
    ADD CONSTRAINT fulfillment_dealersu_receipt_id_061d032c_fk_fulfillme FOREIGN KEY (receipt_id) REFERENCES public.fulfillment_dealerreceipt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerterms
    ADD CONSTRAINT fulfillment_dealerte_branch_id_6073b923_fk_members_i FOREIGN KEY (branch_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_dealerterms
    ADD CONSTRAINT fulfillment_dealerte_dealer_id_e3b0c07e_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_courier_id_4209dd7c_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_deliveryphoto
    ADD CONSTRAINT fulfillment_delivery_fulfillment_id_47b78ec5_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_fulfillment_id_9451c791_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_manifest_id_01b7fd38_fk_fulfillme FOREIGN KEY (manifest_id) REFERENCES public.fulfillment_manifest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_delivery
    ADD CONSTRAINT fulfillment_delivery_remittance_id_64287817_fk_fulfillme FOREIGN KEY (remittance_id) REFERENCES public.fulfillment_codremittance(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_doorvisit
    ADD CONSTRAINT fulfillment_doorvisi_delivery_id_f67e1f55_fk_fulfillme FOREIGN KEY (delivery_id) REFERENCES public.fulfillment_delivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_evidence
    ADD CONSTRAINT fulfillment_evidence_fulfillment_id_8d894fb9_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_exclusion
    ADD CONSTRAINT fulfillment_exclusio_demand_id_e4a39ddb_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_exclusion
    ADD CONSTRAINT fulfillment_exclusio_location_id_a677bf53_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_fulfillmentorder
    ADD CONSTRAINT fulfillment_fulfillm_demand_id_ae45da8d_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_fulfillmentline
    ADD CONSTRAINT fulfillment_fulfillm_fulfillment_id_604f3804_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_fulfillmentevent
    ADD CONSTRAINT fulfillment_fulfillm_fulfillment_id_bad848b0_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_fulfillmentorder
    ADD CONSTRAINT fulfillment_fulfillm_location_id_f76348d7_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_fulfillmentorder
    ADD CONSTRAINT fulfillment_fulfillm_via_id_05bd9932_fk_members_i FOREIGN KEY (via_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_identitycheck
    ADD CONSTRAINT fulfillment_identity_fulfillment_id_0a5faffc_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_labelprint
    ADD CONSTRAINT fulfillment_labelpri_fulfillment_id_36b10f3f_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_leftbehind
    ADD CONSTRAINT fulfillment_leftbehi_fulfillment_id_225b1c3d_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_leftbehind
    ADD CONSTRAINT fulfillment_leftbehi_manifest_id_b62cf827_fk_fulfillme FOREIGN KEY (manifest_id) REFERENCES public.fulfillment_manifest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_locationload
    ADD CONSTRAINT fulfillment_location_location_id_51b67d83_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_locationprofile
    ADD CONSTRAINT fulfillment_location_location_id_6fda1d57_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_locationday
    ADD CONSTRAINT fulfillment_location_location_id_9313c810_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_manifest
    ADD CONSTRAINT fulfillment_manifest_courier_id_0295b91f_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_manifest
    ADD CONSTRAINT fulfillment_manifest_location_id_27ef30d8_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_noticeline
    ADD CONSTRAINT fulfillment_noticeli_line_id_736865d4_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_supplierorderline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_noticeline
    ADD CONSTRAINT fulfillment_noticeli_notice_id_8519b053_fk_fulfillme FOREIGN KEY (notice_id) REFERENCES public.fulfillment_suppliernotice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_noticeserial
    ADD CONSTRAINT fulfillment_noticese_line_id_197692a8_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_supplierorderline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_noticeserial
    ADD CONSTRAINT fulfillment_noticese_notice_line_id_5a703185_fk_fulfillme FOREIGN KEY (notice_line_id) REFERENCES public.fulfillment_noticeline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_numberreceipt
    ADD CONSTRAINT fulfillment_numberre_batch_id_69b1a839_fk_fulfillme FOREIGN KEY (batch_id) REFERENCES public.fulfillment_serialimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_paymentmatch
    ADD CONSTRAINT fulfillment_paymentm_invoice_id_30a6c692_fk_fulfillme FOREIGN KEY (invoice_id) REFERENCES public.fulfillment_dealerinvoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_paymentmatch
    ADD CONSTRAINT fulfillment_paymentm_payment_id_b68cec0d_fk_fulfillme FOREIGN KEY (payment_id) REFERENCES public.fulfillment_dealerpayment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_picktask
    ADD CONSTRAINT fulfillment_picktask_line_id_7f1f55d3_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_fulfillmentline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_picktask
    ADD CONSTRAINT fulfillment_picktask_wave_id_dded1203_fk_fulfillment_wave_id FOREIGN KEY (wave_id) REFERENCES public.fulfillment_wave(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_pickupcode
    ADD CONSTRAINT fulfillment_pickupco_fulfillment_id_b4dd9af3_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_pickupguess
    ADD CONSTRAINT fulfillment_pickupgu_fulfillment_id_93e1270c_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_pickupproposal
    ADD CONSTRAINT fulfillment_pickuppr_demand_id_4135a4c5_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_pickupproposal
    ADD CONSTRAINT fulfillment_pickuppr_from_location_id_d0fba695_fk_members_i FOREIGN KEY (from_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_pickupproposal
    ADD CONSTRAINT fulfillment_pickuppr_to_location_id_2c72d058_fk_members_i FOREIGN KEY (to_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_posting
    ADD CONSTRAINT fulfillment_posting_demand_id_4193c471_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_posting
    ADD CONSTRAINT fulfillment_posting_rate_id_462178d7_fk_fulfillme FOREIGN KEY (rate_id) REFERENCES public.fulfillment_postagerate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_posting
    ADD CONSTRAINT fulfillment_posting_store_id_0d936ab5_fk_members_institution_id FOREIGN KEY (store_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_provisioningjob
    ADD CONSTRAINT fulfillment_provisio_fulfillment_id_4510a997_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_provisioningjob
    ADD CONSTRAINT fulfillment_provisio_undo_id_dfb5ef0d_fk_fulfillme FOREIGN KEY (undo_id) REFERENCES public.fulfillment_accountundo(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_rechargecard
    ADD CONSTRAINT fulfillment_recharge_unit_id_ef76f38d_fk_fulfillme FOREIGN KEY (unit_id) REFERENCES public.fulfillment_serialunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_refusedunits
    ADD CONSTRAINT fulfillment_refusedu_delivery_id_ee2d9206_fk_fulfillme FOREIGN KEY (delivery_id) REFERENCES public.fulfillment_delivery(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_refusedunits
    ADD CONSTRAINT fulfillment_refusedu_line_id_ae02431a_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_fulfillmentline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_replenishmentproposal
    ADD CONSTRAINT fulfillment_replenis_dealer_id_cfb7d775_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_replenishmentproposal
    ADD CONSTRAINT fulfillment_replenis_order_id_ecdd9ac1_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_reservation
    ADD CONSTRAINT fulfillment_reservat_demand_id_3a0ee7cc_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_reservation
    ADD CONSTRAINT fulfillment_reservat_fulfillment_id_06c00402_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_routingtrace
    ADD CONSTRAINT fulfillment_routingt_demand_id_9e199580_fk_fulfillme FOREIGN KEY (demand_id) REFERENCES public.fulfillment_fulfillmentdemand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_safetystock
    ADD CONSTRAINT fulfillment_safetyst_location_id_d5b92c56_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialactivation
    ADD CONSTRAINT fulfillment_serialac_dealer_id_cffcaa44_fk_members_i FOREIGN KEY (dealer_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialactivation
    ADD CONSTRAINT fulfillment_serialac_unit_id_3dc54009_fk_fulfillme FOREIGN KEY (unit_id) REFERENCES public.fulfillment_serialunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialclaim
    ADD CONSTRAINT fulfillment_serialcl_line_id_9bd35bd7_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_fulfillmentline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialclaim
    ADD CONSTRAINT fulfillment_serialcl_serial_id_e8a7c6ce_fk_fulfillme FOREIGN KEY (serial_id) REFERENCES public.fulfillment_serialunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialevent
    ADD CONSTRAINT fulfillment_serialev_location_id_d2ba6c71_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialevent
    ADD CONSTRAINT fulfillment_serialev_unit_id_67f36183_fk_fulfillme FOREIGN KEY (unit_id) REFERENCES public.fulfillment_serialunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialimportreject
    ADD CONSTRAINT fulfillment_serialim_batch_id_3c3e5fdf_fk_fulfillme FOREIGN KEY (batch_id) REFERENCES public.fulfillment_serialimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialimport
    ADD CONSTRAINT fulfillment_serialim_location_id_167e50b5_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialunit
    ADD CONSTRAINT fulfillment_serialun_location_id_8f126bc6_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_serialunit
    ADD CONSTRAINT fulfillment_serialun_received_with_id_fa66d193_fk_fulfillme FOREIGN KEY (received_with_id) REFERENCES public.fulfillment_serialimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_shadowprice
    ADD CONSTRAINT fulfillment_shadowpr_location_id_2b9f98d8_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_standstilldecision
    ADD CONSTRAINT fulfillment_standsti_fulfillment_id_e59c55a2_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_standstilllimit
    ADD CONSTRAINT fulfillment_standsti_location_id_d4446936_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stationright
    ADD CONSTRAINT fulfillment_stationr_location_id_b017a87d_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stationright
    ADD CONSTRAINT fulfillment_stationright_user_id_3a03d293_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stationstep
    ADD CONSTRAINT fulfillment_stations_fulfillment_id_90261103_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stationstep
    ADD CONSTRAINT fulfillment_stations_location_id_b706612b_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stationtarget
    ADD CONSTRAINT fulfillment_stationt_location_id_d2aed8f0_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stockbucket
    ADD CONSTRAINT fulfillment_stockbuc_level_id_b8dd3e73_fk_fulfillme FOREIGN KEY (level_id) REFERENCES public.fulfillment_stocklevel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stockcount
    ADD CONSTRAINT fulfillment_stockcou_location_id_020e4842_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stockheat
    ADD CONSTRAINT fulfillment_stockhea_level_id_ba2295ed_fk_fulfillme FOREIGN KEY (level_id) REFERENCES public.fulfillment_stocklevel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stocklevel
    ADD CONSTRAINT fulfillment_stocklev_location_id_21b2f391_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stockmovement
    ADD CONSTRAINT fulfillment_stockmov_from_location_id_2fc44347_fk_members_i FOREIGN KEY (from_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stockmovement
    ADD CONSTRAINT fulfillment_stockmov_to_location_id_b010cd0d_fk_members_i FOREIGN KEY (to_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stocksync
    ADD CONSTRAINT fulfillment_stocksyn_institution_id_4215b2f4_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stocksynccell
    ADD CONSTRAINT fulfillment_stocksyn_institution_id_ebfeb538_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stocksynccell
    ADD CONSTRAINT fulfillment_stocksyn_location_id_dd9b1875_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stocktransfer
    ADD CONSTRAINT fulfillment_stocktra_from_location_id_df7d8db7_fk_members_i FOREIGN KEY (from_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_stocktransfer
    ADD CONSTRAINT fulfillment_stocktra_to_location_id_23e2f543_fk_members_i FOREIGN KEY (to_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorderline
    ADD CONSTRAINT fulfillment_supplier_contract_id_182e77b5_fk_fulfillme FOREIGN KEY (contract_id) REFERENCES public.fulfillment_supplycontract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorderline
    ADD CONSTRAINT fulfillment_supplier_dealer_line_id_a2c3cad1_fk_fulfillme FOREIGN KEY (dealer_line_id) REFERENCES public.fulfillment_dealerorderline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorder
    ADD CONSTRAINT fulfillment_supplier_dealer_order_id_f76e713b_fk_fulfillme FOREIGN KEY (dealer_order_id) REFERENCES public.fulfillment_dealerorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorder
    ADD CONSTRAINT fulfillment_supplier_location_id_51ff9fdc_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorderevent
    ADD CONSTRAINT fulfillment_supplier_order_id_1db5aa92_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_supplierorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_suppliernotice
    ADD CONSTRAINT fulfillment_supplier_order_id_2d4e11bf_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_supplierorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorderline
    ADD CONSTRAINT fulfillment_supplier_order_id_ec053562_fk_fulfillme FOREIGN KEY (order_id) REFERENCES public.fulfillment_supplierorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierorder
    ADD CONSTRAINT fulfillment_supplier_supplier_id_cd394cc9_fk_members_i FOREIGN KEY (supplier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplieritem
    ADD CONSTRAINT fulfillment_supplier_supplier_id_e42a143f_fk_members_i FOREIGN KEY (supplier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplierlisting
    ADD CONSTRAINT fulfillment_supplier_supplier_id_ed95617f_fk_members_i FOREIGN KEY (supplier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_supplycontract
    ADD CONSTRAINT fulfillment_supplyco_supplier_id_deb08c00_fk_members_i FOREIGN KEY (supplier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_transferunit
    ADD CONSTRAINT fulfillment_transfer_line_id_1c751a8b_fk_fulfillme FOREIGN KEY (line_id) REFERENCES public.fulfillment_transferline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_transferunit
    ADD CONSTRAINT fulfillment_transfer_serial_id_d71e44e8_fk_fulfillme FOREIGN KEY (serial_id) REFERENCES public.fulfillment_serialunit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_transferline
    ADD CONSTRAINT fulfillment_transfer_transfer_id_2f6c665f_fk_fulfillme FOREIGN KEY (transfer_id) REFERENCES public.fulfillment_stocktransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_transferstep
    ADD CONSTRAINT fulfillment_transfer_transfer_id_727310a1_fk_fulfillme FOREIGN KEY (transfer_id) REFERENCES public.fulfillment_stocktransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_trunkline
    ADD CONSTRAINT fulfillment_trunklin_origin_id_1d09b5f2_fk_members_i FOREIGN KEY (origin_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_trunkline
    ADD CONSTRAINT fulfillment_trunkline_hub_id_ca0651d6_fk_members_institution_id FOREIGN KEY (hub_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_wallslot
    ADD CONSTRAINT fulfillment_wallslot_fulfillment_id_4145ecd0_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_wallslot
    ADD CONSTRAINT fulfillment_wallslot_location_id_4642eb2a_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_wave
    ADD CONSTRAINT fulfillment_wave_courier_id_455f5784_fk_members_institution_id FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_wave
    ADD CONSTRAINT fulfillment_wave_location_id_1fb9b2eb_fk_members_institution_id FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_waveentry
    ADD CONSTRAINT fulfillment_waveentr_fulfillment_id_a2e042bf_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_waveentry
    ADD CONSTRAINT fulfillment_waveentry_wave_id_7871c496_fk_fulfillment_wave_id FOREIGN KEY (wave_id) REFERENCES public.fulfillment_wave(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_weightcase
    ADD CONSTRAINT fulfillment_weightca_fulfillment_id_64bb1884_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_workinhand
    ADD CONSTRAINT fulfillment_workinha_fulfillment_id_6f7071cd_fk_fulfillme FOREIGN KEY (fulfillment_id) REFERENCES public.fulfillment_fulfillmentorder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_workinhand
    ADD CONSTRAINT fulfillment_workinha_location_id_875ce98b_fk_members_i FOREIGN KEY (location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_workinhand
    ADD CONSTRAINT fulfillment_workinha_taken_from_id_d5bf7669_fk_fulfillme FOREIGN KEY (taken_from_id) REFERENCES public.fulfillment_workinhand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_workinhand
    ADD CONSTRAINT fulfillment_workinhand_wave_id_3a54ad94_fk_fulfillment_wave_id FOREIGN KEY (wave_id) REFERENCES public.fulfillment_wave(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_address
    ADD CONSTRAINT members_address_member_id_4507901a_fk_members_member_user_id FOREIGN KEY (member_id) REFERENCES public.members_member(user_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_channelkey
    ADD CONSTRAINT members_channelkey_institution_id_3a1c85ed_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_identity
    ADD CONSTRAINT members_identity_member_id_d8b48448_fk_members_member_user_id FOREIGN KEY (member_id) REFERENCES public.members_member(user_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_identitycheck
    ADD CONSTRAINT members_identitychec_member_id_8bcc9496_fk_members_m FOREIGN KEY (member_id) REFERENCES public.members_member(user_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_identityreading
    ADD CONSTRAINT members_identityread_identity_id_c047bf5c_fk_members_i FOREIGN KEY (identity_id) REFERENCES public.members_identity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_institution
    ADD CONSTRAINT members_institution_parent_id_1b6a6131_fk_members_i FOREIGN KEY (parent_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_member
    ADD CONSTRAINT members_member_joined_institution_i_29301fcc_fk_members_i FOREIGN KEY (joined_institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_member
    ADD CONSTRAINT members_member_user_id_5b73e2f8_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointsaccount
    ADD CONSTRAINT members_pointsaccoun_member_id_59c9438d_fk_members_m FOREIGN KEY (member_id) REFERENCES public.members_member(user_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointsallocation
    ADD CONSTRAINT members_pointsalloca_lot_id_c93575d3_fk_members_p FOREIGN KEY (lot_id) REFERENCES public.members_pointslot(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointsallocation
    ADD CONSTRAINT members_pointsalloca_txn_id_cb6e8de8_fk_members_p FOREIGN KEY (txn_id) REFERENCES public.members_pointstxn(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointslot
    ADD CONSTRAINT members_pointslot_account_id_09e88bb8_fk_members_p FOREIGN KEY (account_id) REFERENCES public.members_pointsaccount(member_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointslot
    ADD CONSTRAINT members_pointslot_txn_id_1473ce32_fk_members_pointstxn_id FOREIGN KEY (txn_id) REFERENCES public.members_pointstxn(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointstxn
    ADD CONSTRAINT members_pointstxn_account_id_d0cb8a81_fk_members_p FOREIGN KEY (account_id) REFERENCES public.members_pointsaccount(member_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_pointstxn
    ADD CONSTRAINT members_pointstxn_origin_id_9fa1cc4e_fk_members_pointstxn_id FOREIGN KEY (origin_id) REFERENCES public.members_pointstxn(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_staffrole
    ADD CONSTRAINT members_staffrole_institution_id_a408f0c4_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_staffrole
    ADD CONSTRAINT members_staffrole_user_id_499a3acf_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_user_groups
    ADD CONSTRAINT members_user_groups_group_id_39b83d85_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_user_groups
    ADD CONSTRAINT members_user_groups_user_id_db5cba0f_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_user_user_permissions
    ADD CONSTRAINT members_user_user_pe_permission_id_5f80148e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.members_user_user_permissions
    ADD CONSTRAINT members_user_user_pe_user_id_3371a207_fk_members_u FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_benefit
    ADD CONSTRAINT offer_benefit_range_id_ab19c5ab_fk_offer_range_id FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_condition
    ADD CONSTRAINT offer_condition_range_id_b023a2aa_fk_offer_range_id FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_conditionaloffer
    ADD CONSTRAINT offer_conditionaloff_condition_id_e6baa945_fk_offer_con FOREIGN KEY (condition_id) REFERENCES public.offer_condition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_conditionaloffer_combinations
    ADD CONSTRAINT offer_conditionaloff_from_conditionaloffe_85c3bd9f_fk_offer_con FOREIGN KEY (from_conditionaloffer_id) REFERENCES public.offer_conditionaloffer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_conditionaloffer_combinations
    ADD CONSTRAINT offer_conditionaloff_to_conditionaloffer__ae993478_fk_offer_con FOREIGN KEY (to_conditionaloffer_id) REFERENCES public.offer_conditionaloffer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_conditionaloffer
    ADD CONSTRAINT offer_conditionaloffer_benefit_id_f43f68b5_fk_offer_benefit_id FOREIGN KEY (benefit_id) REFERENCES public.offer_benefit(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_classes
    ADD CONSTRAINT offer_range_classes_productclass_id_6f6de46d_fk_catalogue FOREIGN KEY (productclass_id) REFERENCES public.catalogue_productclass(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_classes
    ADD CONSTRAINT offer_range_classes_range_id_7d3e573e_fk_offer_range_id FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_excluded_categories
    ADD CONSTRAINT offer_range_excluded_category_id_c16fd4f7_fk_catalogue FOREIGN KEY (category_id) REFERENCES public.catalogue_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_excluded_products
    ADD CONSTRAINT offer_range_excluded_product_id_78c49bfc_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_excluded_categories
    ADD CONSTRAINT offer_range_excluded_range_id_6346945d_fk_offer_ran FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_excluded_products
    ADD CONSTRAINT offer_range_excluded_range_id_cce4a032_fk_offer_ran FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_included_categories
    ADD CONSTRAINT offer_range_included_category_id_c61569a5_fk_catalogue FOREIGN KEY (category_id) REFERENCES public.catalogue_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_range_included_categories
    ADD CONSTRAINT offer_range_included_range_id_1b616138_fk_offer_ran FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_rangeproduct
    ADD CONSTRAINT offer_rangeproduct_product_id_723b3ea3_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_rangeproduct
    ADD CONSTRAINT offer_rangeproduct_range_id_ee358495_fk_offer_range_id FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_rangeproductfileupload
    ADD CONSTRAINT offer_rangeproductfi_range_id_c055ebf8_fk_offer_ran FOREIGN KEY (range_id) REFERENCES public.offer_range(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.offer_rangeproductfileupload
    ADD CONSTRAINT offer_rangeproductfi_uploaded_by_id_c01a3250_fk_members_u FOREIGN KEY (uploaded_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.omnichannel_playedorder
    ADD CONSTRAINT omnichannel_playedor_played_id_3346794c_fk_omnichann FOREIGN KEY (played_id) REFERENCES public.omnichannel_playedday(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_basketchoice
    ADD CONSTRAINT order_basketchoice_line_id_9e0a566b_fk_basket_line_id FOREIGN KEY (line_id) REFERENCES public.basket_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_billingaddress
    ADD CONSTRAINT order_billingaddress_country_id_17f57dca_fk_address_c FOREIGN KEY (country_id) REFERENCES public.address_country(iso_3166_1_a2) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_cardentry
    ADD CONSTRAINT order_cardentry_card_id_8981952a_fk_order_prepaidcard_id FOREIGN KEY (card_id) REFERENCES public.order_prepaidcard(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_communicationevent
    ADD CONSTRAINT order_communicatione_event_type_id_4bc9ee29_fk_customer_ FOREIGN KEY (event_type_id) REFERENCES public.communication_communicationeventtype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_communicationevent
    ADD CONSTRAINT order_communicationevent_order_id_94e784ac_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_line
    ADD CONSTRAINT order_line_order_id_b9148391_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_line
    ADD CONSTRAINT order_line_partner_id_258a2fb9_fk_partner_partner_id FOREIGN KEY (partner_id) REFERENCES public.partner_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_line
    ADD CONSTRAINT order_line_product_id_e620902d_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_line
    ADD CONSTRAINT order_line_stockrecord_id_1d65aff5_fk_partner_stockrecord_id FOREIGN KEY (stockrecord_id) REFERENCES public.partner_stockrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineattribute
    ADD CONSTRAINT order_lineattribute_line_id_adf6dd87_fk_order_line_id FOREIGN KEY (line_id) REFERENCES public.order_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineattribute
    ADD CONSTRAINT order_lineattribute_option_id_b54d597c_fk_catalogue_option_id FOREIGN KEY (option_id) REFERENCES public.catalogue_option(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineprice
    ADD CONSTRAINT order_lineprice_line_id_2de52446_fk_order_line_id FOREIGN KEY (line_id) REFERENCES public.order_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineprice
    ADD CONSTRAINT order_lineprice_order_id_66792e56_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineterms
    ADD CONSTRAINT order_lineterms_comes_with_id_d622c045_fk_order_lin FOREIGN KEY (comes_with_id) REFERENCES public.order_lineterms(line_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineterms
    ADD CONSTRAINT order_lineterms_intake_id_70da87ab_fk_order_ord FOREIGN KEY (intake_id) REFERENCES public.order_orderintake(order_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineterms
    ADD CONSTRAINT order_lineterms_line_id_a914c2cb_fk_order_line_id FOREIGN KEY (line_id) REFERENCES public.order_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_lineterms
    ADD CONSTRAINT order_lineterms_target_card_id_d9c1e93b_fk_order_prepaidcard_id FOREIGN KEY (target_card_id) REFERENCES public.order_prepaidcard(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_basket_id_8b0acbb2_fk_basket_basket_id FOREIGN KEY (basket_id) REFERENCES public.basket_basket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_billing_address_id_8fe537cf_fk_order_bil FOREIGN KEY (billing_address_id) REFERENCES public.order_billingaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_shipping_address_id_57e64931_fk_order_shi FOREIGN KEY (shipping_address_id) REFERENCES public.order_shippingaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_site_id_e27f3526_fk_django_site_id FOREIGN KEY (site_id) REFERENCES public.django_site(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_order
    ADD CONSTRAINT order_order_user_id_7cf9bc2b_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderdiscount
    ADD CONSTRAINT order_orderdiscount_order_id_bc91e123_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderevent
    ADD CONSTRAINT order_orderevent_intake_id_508889fc_fk_order_ord FOREIGN KEY (intake_id) REFERENCES public.order_orderintake(order_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderintake
    ADD CONSTRAINT order_orderintake_institution_id_94ac6588_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderintake
    ADD CONSTRAINT order_orderintake_member_id_efbd93e5_fk_members_member_user_id FOREIGN KEY (member_id) REFERENCES public.members_member(user_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderintake
    ADD CONSTRAINT order_orderintake_order_id_97eb7783_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderintake
    ADD CONSTRAINT order_orderintake_pickup_location_id_44769af6_fk_members_i FOREIGN KEY (pickup_location_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderlinediscount
    ADD CONSTRAINT order_orderlinedisco_order_discount_id_b9dfa715_fk_order_ord FOREIGN KEY (order_discount_id) REFERENCES public.order_orderdiscount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderlinediscount
    ADD CONSTRAINT order_orderlinediscount_line_id_88fbcd4a_fk_order_line_id FOREIGN KEY (line_id) REFERENCES public.order_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_ordernote
    ADD CONSTRAINT order_ordernote_order_id_7d97583d_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_ordernote
    ADD CONSTRAINT order_ordernote_user_id_48d7a672_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_orderstatuschange
    ADD CONSTRAINT order_orderstatuschange_order_id_43efdbe5_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_card_id_a00436a5_fk_order_prepaidcard_id FOREIGN KEY (card_id) REFERENCES public.order_prepaidcard(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_collector_id_10db39b7_fk_members_institution_id FOREIGN KEY (collector_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_intake_id_f5f93a17_fk_order_orderintake_order_id FOREIGN KEY (intake_id) REFERENCES public.order_orderintake(order_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_payment
    ADD CONSTRAINT order_payment_provider_id_0b82cc26_fk_members_institution_id FOREIGN KEY (provider_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_paymentevent
    ADD CONSTRAINT order_paymentevent_event_type_id_568c7161_fk_order_pay FOREIGN KEY (event_type_id) REFERENCES public.order_paymenteventtype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_paymentevent
    ADD CONSTRAINT order_paymentevent_order_id_395b3e82_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_paymentevent
    ADD CONSTRAINT order_paymentevent_shipping_event_id_213dcfb8_fk_order_shi FOREIGN KEY (shipping_event_id) REFERENCES public.order_shippingevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_paymenteventquantity
    ADD CONSTRAINT order_paymenteventqu_event_id_a540165a_fk_order_pay FOREIGN KEY (event_id) REFERENCES public.order_paymentevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_paymenteventquantity
    ADD CONSTRAINT order_paymenteventquantity_line_id_df44b021_fk_order_line_id FOREIGN KEY (line_id) REFERENCES public.order_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_prepaidcard
    ADD CONSTRAINT order_prepaidcard_line_id_52c89a34_fk_order_lineterms_line_id FOREIGN KEY (line_id) REFERENCES public.order_lineterms(line_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_prepaidcard
    ADD CONSTRAINT order_prepaidcard_member_id_39006470_fk_members_member_user_id FOREIGN KEY (member_id) REFERENCES public.members_member(user_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT order_refund_collector_id_8fcb324a_fk_members_institution_id FOREIGN KEY (collector_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT order_refund_intake_id_e4025cd4_fk_order_orderintake_order_id FOREIGN KEY (intake_id) REFERENCES public.order_orderintake(order_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_refund
    ADD CONSTRAINT order_refund_payment_id_14e6adb9_fk_order_payment_id FOREIGN KEY (payment_id) REFERENCES public.order_payment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_shippingaddress
    ADD CONSTRAINT order_shippingaddres_country_id_29abf9a0_fk_address_c FOREIGN KEY (country_id) REFERENCES public.address_country(iso_3166_1_a2) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_shippingevent
    ADD CONSTRAINT order_shippingevent_event_type_id_9f1efb20_fk_order_shi FOREIGN KEY (event_type_id) REFERENCES public.order_shippingeventtype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_shippingevent
    ADD CONSTRAINT order_shippingevent_order_id_8c031fb6_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_shippingeventquantity
    ADD CONSTRAINT order_shippingeventq_event_id_1c7fb9c7_fk_order_shi FOREIGN KEY (event_id) REFERENCES public.order_shippingevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_shippingeventquantity
    ADD CONSTRAINT order_shippingeventquantity_line_id_3b089ee0_fk_order_line_id FOREIGN KEY (line_id) REFERENCES public.order_line(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_simnotice
    ADD CONSTRAINT order_simnotice_transaction_id_d5057713_fk_order_sim FOREIGN KEY (transaction_id) REFERENCES public.order_simtransaction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_simrefund
    ADD CONSTRAINT order_simrefund_transaction_id_2a81a77c_fk_order_sim FOREIGN KEY (transaction_id) REFERENCES public.order_simtransaction(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.order_surcharge
    ADD CONSTRAINT order_surcharge_order_id_5c0a94f5_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_partner_users
    ADD CONSTRAINT partner_partner_users_partner_id_1883dfd9_fk_partner_partner_id FOREIGN KEY (partner_id) REFERENCES public.partner_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_partner_users
    ADD CONSTRAINT partner_partner_users_user_id_d75d6e40_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_partneraddress
    ADD CONSTRAINT partner_partneraddre_country_id_02c4f979_fk_address_c FOREIGN KEY (country_id) REFERENCES public.address_country(iso_3166_1_a2) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_partneraddress
    ADD CONSTRAINT partner_partneraddre_partner_id_59551b0a_fk_partner_p FOREIGN KEY (partner_id) REFERENCES public.partner_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_stockalert
    ADD CONSTRAINT partner_stockalert_stockrecord_id_68ad503a_fk_partner_s FOREIGN KEY (stockrecord_id) REFERENCES public.partner_stockrecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_stockrecord
    ADD CONSTRAINT partner_stockrecord_partner_id_4155a586_fk_partner_partner_id FOREIGN KEY (partner_id) REFERENCES public.partner_partner(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.partner_stockrecord
    ADD CONSTRAINT partner_stockrecord_product_id_62fd9e45_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.payment_bankcard
    ADD CONSTRAINT payment_bankcard_user_id_08e1d04c_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.payment_source
    ADD CONSTRAINT payment_source_order_id_6b7f2215_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.payment_source
    ADD CONSTRAINT payment_source_source_type_id_700828fe_fk_payment_sourcetype_id FOREIGN KEY (source_type_id) REFERENCES public.payment_sourcetype(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.payment_transaction
    ADD CONSTRAINT payment_transaction_source_id_c5ac31e8_fk_payment_source_id FOREIGN KEY (source_id) REFERENCES public.payment_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.fulfillment_reservation
    ADD CONSTRAINT reservation_of_level FOREIGN KEY (level_id, sku, location_id) REFERENCES public.fulfillment_stocklevel(id, sku, location_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_productreview
    ADD CONSTRAINT reviews_productrevie_product_id_52e52a32_fk_catalogue FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_productreview
    ADD CONSTRAINT reviews_productreview_user_id_8acb5ddd_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_vote
    ADD CONSTRAINT reviews_vote_review_id_371b2d8d_fk_reviews_productreview_id FOREIGN KEY (review_id) REFERENCES public.reviews_productreview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_vote
    ADD CONSTRAINT reviews_vote_user_id_5fb87b53_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_accountturnover
    ADD CONSTRAINT settlement_accounttu_account_id_32298857_fk_settlemen FOREIGN KEY (account_id) REFERENCES public.settlement_ledgeraccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_adjustmentleg
    ADD CONSTRAINT settlement_adjustmen_adjustment_id_79282a5a_fk_settlemen FOREIGN KEY (adjustment_id) REFERENCES public.settlement_adjustment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_adjustmentleg
    ADD CONSTRAINT settlement_adjustmen_institution_id_b1172982_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_adjustment
    ADD CONSTRAINT settlement_adjustmen_journal_id_094c7588_fk_settlemen FOREIGN KEY (journal_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_adjustment
    ADD CONSTRAINT settlement_adjustmen_proposed_by_id_388c59f7_fk_members_u FOREIGN KEY (proposed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_adjustment
    ADD CONSTRAINT settlement_adjustmen_reverses_id_8e33875b_fk_settlemen FOREIGN KEY (reverses_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_adjustment
    ADD CONSTRAINT settlement_adjustment_decided_by_id_894da8b5_fk_members_user_id FOREIGN KEY (decided_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_auditentry
    ADD CONSTRAINT settlement_auditentr_institution_id_28909054_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_auditentry
    ADD CONSTRAINT settlement_auditentry_actor_id_500d5960_fk_members_user_id FOREIGN KEY (actor_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_auditlink
    ADD CONSTRAINT settlement_auditlink_entry_id_5796a3a4_fk_settlemen FOREIGN KEY (entry_id) REFERENCES public.settlement_auditentry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_bankanswerline
    ADD CONSTRAINT settlement_bankanswe_answer_id_c359a94c_fk_settlemen FOREIGN KEY (answer_id) REFERENCES public.settlement_bankanswer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_bankanswer
    ADD CONSTRAINT settlement_bankanswe_file_id_22366873_fk_settlemen FOREIGN KEY (file_id) REFERENCES public.settlement_transferfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_bankanswerline
    ADD CONSTRAINT settlement_bankanswe_transfer_id_655fb233_fk_settlemen FOREIGN KEY (transfer_id) REFERENCES public.settlement_fundtransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_bilateralline
    ADD CONSTRAINT settlement_bilateral_counterparty_id_9cdece7d_fk_members_i FOREIGN KEY (counterparty_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_bilateralline
    ADD CONSTRAINT settlement_bilateral_institution_id_82017355_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_chainproduct
    ADD CONSTRAINT settlement_chainprod_chain_id_381e3521_fk_members_i FOREIGN KEY (chain_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_clawback
    ADD CONSTRAINT settlement_clawback_institution_id_4b757c54_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_clawback
    ADD CONSTRAINT settlement_clawback_paid_by_id_e5138e8b_fk_settlemen FOREIGN KEY (paid_by_id) REFERENCES public.settlement_fundtransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_clawback
    ADD CONSTRAINT settlement_clawback_trade_id_f5006313_fk_settlement_trade_id FOREIGN KEY (trade_id) REFERENCES public.settlement_trade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_clearingline
    ADD CONSTRAINT settlement_clearingl_institution_id_002a8359_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_costline
    ADD CONSTRAINT settlement_costline_batch_id_65bd3d0e_fk_settlemen FOREIGN KEY (batch_id) REFERENCES public.settlement_costimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_costline
    ADD CONSTRAINT settlement_costline_institution_id_8c09c7ae_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_costline
    ADD CONSTRAINT settlement_costline_journal_id_b1bf965a_fk_settlemen FOREIGN KEY (journal_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundingterm
    ADD CONSTRAINT settlement_fundingte_decided_by_id_78fe3887_fk_members_u FOREIGN KEY (decided_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundingterm
    ADD CONSTRAINT settlement_fundingte_proposed_by_id_9c9fbf01_fk_members_u FOREIGN KEY (proposed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundingterm
    ADD CONSTRAINT settlement_fundingte_sponsor_id_b26e60f9_fk_members_i FOREIGN KEY (sponsor_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtrans_confirmed_by_id_d935c186_fk_members_u FOREIGN KEY (confirmed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtrans_file_id_e508d901_fk_settlemen FOREIGN KEY (file_id) REFERENCES public.settlement_transferfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtrans_first_confirmed_by_i_3b8dfb78_fk_members_u FOREIGN KEY (first_confirmed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtrans_institution_id_0e73d1d4_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtrans_proposed_by_id_aca3e44f_fk_members_u FOREIGN KEY (proposed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_fundtransfer
    ADD CONSTRAINT settlement_fundtrans_replaced_by_id_d865b2a7_fk_settlemen FOREIGN KEY (replaced_by_id) REFERENCES public.settlement_fundtransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_importedsale
    ADD CONSTRAINT settlement_importeds_batch_id_a2394212_fk_settlemen FOREIGN KEY (batch_id) REFERENCES public.settlement_tillimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_importedsaleline
    ADD CONSTRAINT settlement_importeds_sale_id_e53cfc65_fk_settlemen FOREIGN KEY (sale_id) REFERENCES public.settlement_importedsale(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_importedsale
    ADD CONSTRAINT settlement_importeds_store_id_fdfaa08b_fk_members_i FOREIGN KEY (store_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_importreject
    ADD CONSTRAINT settlement_importrej_batch_id_0e2c71e1_fk_settlemen FOREIGN KEY (batch_id) REFERENCES public.settlement_tillimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_journal
    ADD CONSTRAINT settlement_journal_reverses_id_533be469_fk_settlemen FOREIGN KEY (reverses_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ledgeraccount
    ADD CONSTRAINT settlement_ledgeracc_institution_id_cb1ee2b7_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT settlement_matchedge_bill_batch_id_872b460e_fk_settlemen FOREIGN KEY (bill_batch_id) REFERENCES public.settlement_reconbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT settlement_matchedge_bill_line_id_a3d04b7a_fk_settlemen FOREIGN KEY (bill_line_id) REFERENCES public.settlement_statementline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT settlement_matchedge_line_id_71549e89_fk_settlemen FOREIGN KEY (line_id) REFERENCES public.settlement_statementline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT settlement_matchedge_trade_id_152c20c5_fk_settlement_trade_id FOREIGN KEY (trade_id) REFERENCES public.settlement_trade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_matchedge
    ADD CONSTRAINT settlement_matchedge_transfer_id_cd643725_fk_settlemen FOREIGN KEY (transfer_id) REFERENCES public.settlement_fundtransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_netposition
    ADD CONSTRAINT settlement_netpositi_institution_id_63b687ea_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_orderfunding
    ADD CONSTRAINT settlement_orderfund_institution_id_88722add_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_orderfunding
    ADD CONSTRAINT settlement_orderfund_term_id_fb9c6a12_fk_settlemen FOREIGN KEY (term_id) REFERENCES public.settlement_fundingterm(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_orderfunding
    ADD CONSTRAINT settlement_orderfund_terms_id_dd9ea51f_fk_settlemen FOREIGN KEY (terms_id) REFERENCES public.settlement_ordershareterms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordershareterms
    ADD CONSTRAINT settlement_ordershar_attributed_id_4efbea3c_fk_members_i FOREIGN KEY (attributed_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordershareterms
    ADD CONSTRAINT settlement_ordershar_courier_id_2e408551_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordershareterms
    ADD CONSTRAINT settlement_ordershar_fulfiller_id_087f3c7c_fk_members_i FOREIGN KEY (fulfiller_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordershare
    ADD CONSTRAINT settlement_ordershar_institution_id_52f7fcd0_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordershare
    ADD CONSTRAINT settlement_ordershar_rule_version_id_dc392d77_fk_settlemen FOREIGN KEY (rule_version_id) REFERENCES public.settlement_splitruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordershare
    ADD CONSTRAINT settlement_ordershar_terms_id_9886bb06_fk_settlemen FOREIGN KEY (terms_id) REFERENCES public.settlement_ordershareterms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordertermsline
    ADD CONSTRAINT settlement_orderterm_rule_version_id_fd2cb777_fk_settlemen FOREIGN KEY (rule_version_id) REFERENCES public.settlement_splitruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordertermsline
    ADD CONSTRAINT settlement_orderterm_seller_id_c32513c8_fk_members_i FOREIGN KEY (seller_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_ordertermsline
    ADD CONSTRAINT settlement_orderterm_terms_id_c507bcb4_fk_settlemen FOREIGN KEY (terms_id) REFERENCES public.settlement_ordershareterms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_parcelpart
    ADD CONSTRAINT settlement_parcelpar_courier_id_113f2349_fk_members_i FOREIGN KEY (courier_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_parcelpart
    ADD CONSTRAINT settlement_parcelpar_fulfiller_id_dc6715be_fk_members_i FOREIGN KEY (fulfiller_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_parcelpart
    ADD CONSTRAINT settlement_parcelpar_terms_id_38309f21_fk_settlemen FOREIGN KEY (terms_id) REFERENCES public.settlement_ordershareterms(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_payoutterms
    ADD CONSTRAINT settlement_payoutter_institution_id_05f59b64_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.settlement_posting
    ADD CONSTRAINT settlement_posting_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.settlement_ledgeraccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.settlement_posting
    ADD CONSTRAINT settlement_posting_journal_id_fkey FOREIGN KEY (journal_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_productline
    ADD CONSTRAINT settlement_productli_institution_id_3d997c59_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_providerfeerate
    ADD CONSTRAINT settlement_providerf_provider_id_675f719c_fk_members_i FOREIGN KEY (provider_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_providerlimit
    ADD CONSTRAINT settlement_providerl_decided_by_id_a132cd7c_fk_members_u FOREIGN KEY (decided_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_providerlimit
    ADD CONSTRAINT settlement_providerl_proposed_by_id_0c2e0a93_fk_members_u FOREIGN KEY (proposed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_providerlimit
    ADD CONSTRAINT settlement_providerl_provider_id_32bd9320_fk_members_i FOREIGN KEY (provider_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbatch
    ADD CONSTRAINT settlement_reconbatc_account_id_32f38289_fk_settlemen FOREIGN KEY (account_id) REFERENCES public.settlement_statementaccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_approved_by_id_124e7a80_fk_members_u FOREIGN KEY (approved_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_batch_id_bf0b338d_fk_settlemen FOREIGN KEY (batch_id) REFERENCES public.settlement_reconbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_bill_batch_id_f050959c_fk_settlemen FOREIGN KEY (bill_batch_id) REFERENCES public.settlement_reconbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_bill_line_id_7d5bb981_fk_settlemen FOREIGN KEY (bill_line_id) REFERENCES public.settlement_statementline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_control_institution__a4d78799_fk_members_i FOREIGN KEY (control_institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_journal_id_36904d95_fk_settlemen FOREIGN KEY (journal_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_line_id_976ad0f3_fk_settlemen FOREIGN KEY (line_id) REFERENCES public.settlement_statementline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_proposed_by_id_ca38cb84_fk_members_u FOREIGN KEY (proposed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbrea_transfer_id_15090513_fk_settlemen FOREIGN KEY (transfer_id) REFERENCES public.settlement_fundtransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbreak_owner_id_ddcd3da6_fk_members_user_id FOREIGN KEY (owner_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconbreak
    ADD CONSTRAINT settlement_reconbreak_trade_id_57b3922c_fk_settlement_trade_id FOREIGN KEY (trade_id) REFERENCES public.settlement_trade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconevent
    ADD CONSTRAINT settlement_reconeven_batch_id_9a1688c8_fk_settlemen FOREIGN KEY (batch_id) REFERENCES public.settlement_reconbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconevent
    ADD CONSTRAINT settlement_reconeven_brk_id_20d8af76_fk_settlemen FOREIGN KEY (brk_id) REFERENCES public.settlement_reconbreak(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconevent
    ADD CONSTRAINT settlement_reconeven_journal_id_f79dfbdf_fk_settlemen FOREIGN KEY (journal_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_reconevent
    ADD CONSTRAINT settlement_reconevent_owner_id_597a0ce5_fk_members_user_id FOREIGN KEY (owner_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparison
    ADD CONSTRAINT settlement_rulecompa_after_id_1c0fd9bc_fk_settlemen FOREIGN KEY (after_id) REFERENCES public.settlement_splitruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparison
    ADD CONSTRAINT settlement_rulecompa_before_id_3aed6d07_fk_settlemen FOREIGN KEY (before_id) REFERENCES public.settlement_splitruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparisonline
    ADD CONSTRAINT settlement_rulecompa_comparison_id_39d4dd52_fk_settlemen FOREIGN KEY (comparison_id) REFERENCES public.settlement_rulecomparison(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparisonorder
    ADD CONSTRAINT settlement_rulecompa_comparison_id_f2d7d81e_fk_settlemen FOREIGN KEY (comparison_id) REFERENCES public.settlement_rulecomparison(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparisonorder
    ADD CONSTRAINT settlement_rulecompa_institution_id_69dde157_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparisonline
    ADD CONSTRAINT settlement_rulecompa_institution_id_c2a983f5_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_rulecomparison
    ADD CONSTRAINT settlement_rulecompa_requested_by_id_f373023d_fk_members_u FOREIGN KEY (requested_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_splitruleversion
    ADD CONSTRAINT settlement_splitrule_decided_by_id_d31cce59_fk_members_u FOREIGN KEY (decided_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_splitruleversion
    ADD CONSTRAINT settlement_splitrule_proposed_by_id_83304269_fk_members_u FOREIGN KEY (proposed_by_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_splitruleversion
    ADD CONSTRAINT settlement_splitrule_rule_id_a23baf4b_fk_settlemen FOREIGN KEY (rule_id) REFERENCES public.settlement_splitrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_splitrule
    ADD CONSTRAINT settlement_splitrule_seller_id_a9ce2428_fk_members_i FOREIGN KEY (seller_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_splitruleline
    ADD CONSTRAINT settlement_splitrule_version_id_2f2bf1b2_fk_settlemen FOREIGN KEY (version_id) REFERENCES public.settlement_splitruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_statement
    ADD CONSTRAINT settlement_statement_batch_id_732321b7_fk_settlemen FOREIGN KEY (batch_id) REFERENCES public.settlement_reconbatch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_statementaccount
    ADD CONSTRAINT settlement_statement_institution_id_2a7a5079_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_statementline
    ADD CONSTRAINT settlement_statement_statement_id_6571e826_fk_settlemen FOREIGN KEY (statement_id) REFERENCES public.settlement_statement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_tillimport
    ADD CONSTRAINT settlement_tillimpor_chain_id_a6d5c4d1_fk_members_i FOREIGN KEY (chain_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_collector_id_f37d8b9e_fk_members_i FOREIGN KEY (collector_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_institution_id_2b718ecd_fk_members_i FOREIGN KEY (institution_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_journal_id_347bc4d6_fk_settlement_journal_id FOREIGN KEY (journal_id) REFERENCES public.settlement_journal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_provider_id_d9260e52_fk_members_institution_id FOREIGN KEY (provider_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_trade
    ADD CONSTRAINT settlement_trade_rule_version_id_1acc8259_fk_settlemen FOREIGN KEY (rule_version_id) REFERENCES public.settlement_splitruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_tradeline
    ADD CONSTRAINT settlement_tradeline_trade_id_deb13ef3_fk_settlement_trade_id FOREIGN KEY (trade_id) REFERENCES public.settlement_trade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_tradereference
    ADD CONSTRAINT settlement_traderefe_provider_id_4932ed65_fk_members_i FOREIGN KEY (provider_id) REFERENCES public.members_institution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_tradereference
    ADD CONSTRAINT settlement_traderefe_trade_id_284c7a07_fk_settlemen FOREIGN KEY (trade_id) REFERENCES public.settlement_trade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_tradeshare
    ADD CONSTRAINT settlement_tradeshare_trade_id_082e5c74_fk_settlement_trade_id FOREIGN KEY (trade_id) REFERENCES public.settlement_trade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_transferdocument
    ADD CONSTRAINT settlement_transferd_file_id_b2121591_fk_settlemen FOREIGN KEY (file_id) REFERENCES public.settlement_transferfile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_transferevent
    ADD CONSTRAINT settlement_transfere_transfer_id_4ea40abe_fk_settlemen FOREIGN KEY (transfer_id) REFERENCES public.settlement_fundtransfer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.settlement_transferlimit
    ADD CONSTRAINT settlement_transferlimit_user_id_2f6bf80b_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shipping_orderanditemcharges_countries
    ADD CONSTRAINT shipping_orderandite_country_id_30387f2e_fk_address_c FOREIGN KEY (country_id) REFERENCES public.address_country(iso_3166_1_a2) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shipping_orderanditemcharges_countries
    ADD CONSTRAINT shipping_orderandite_orderanditemcharges__bf5bfee9_fk_shipping_ FOREIGN KEY (orderanditemcharges_id) REFERENCES public.shipping_orderanditemcharges(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shipping_weightband
    ADD CONSTRAINT shipping_weightband_method_id_b699a1ba_fk_shipping_ FOREIGN KEY (method_id) REFERENCES public.shipping_weightbased(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shipping_weightbased_countries
    ADD CONSTRAINT shipping_weightbased_country_id_06117384_fk_address_c FOREIGN KEY (country_id) REFERENCES public.address_country(iso_3166_1_a2) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.shipping_weightbased_countries
    ADD CONSTRAINT shipping_weightbased_weightbased_id_93e3132f_fk_shipping_ FOREIGN KEY (weightbased_id) REFERENCES public.shipping_weightbased(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voucher_voucher_offers
    ADD CONSTRAINT voucher_voucher_offe_conditionaloffer_id_f9682bfb_fk_offer_con FOREIGN KEY (conditionaloffer_id) REFERENCES public.offer_conditionaloffer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voucher_voucher_offers
    ADD CONSTRAINT voucher_voucher_offe_voucher_id_7f9c575d_fk_voucher_v FOREIGN KEY (voucher_id) REFERENCES public.voucher_voucher(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voucher_voucher
    ADD CONSTRAINT voucher_voucher_voucher_set_id_17b96a54_fk_voucher_v FOREIGN KEY (voucher_set_id) REFERENCES public.voucher_voucherset(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voucher_voucherapplication
    ADD CONSTRAINT voucher_voucherappli_voucher_id_5204edb7_fk_voucher_v FOREIGN KEY (voucher_id) REFERENCES public.voucher_voucher(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voucher_voucherapplication
    ADD CONSTRAINT voucher_voucherapplication_order_id_30248a05_fk_order_order_id FOREIGN KEY (order_id) REFERENCES public.order_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.voucher_voucherapplication
    ADD CONSTRAINT voucher_voucherapplication_user_id_df53a393_fk_members_user_id FOREIGN KEY (user_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wishlists_line
    ADD CONSTRAINT wishlists_line_product_id_9d6d9b37_fk_catalogue_product_id FOREIGN KEY (product_id) REFERENCES public.catalogue_product(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wishlists_line
    ADD CONSTRAINT wishlists_line_wishlist_id_4cffe302_fk_wishlists_wishlist_id FOREIGN KEY (wishlist_id) REFERENCES public.wishlists_wishlist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wishlists_wishlist
    ADD CONSTRAINT wishlists_wishlist_owner_id_d5464c62_fk_members_user_id FOREIGN KEY (owner_id) REFERENCES public.members_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.wishlists_wishlistsharedemail
    ADD CONSTRAINT wishlists_wishlistsh_wishlist_id_d7500842_fk_wishlists FOREIGN KEY (wishlist_id) REFERENCES public.wishlists_wishlist(id) DEFERRABLE INITIALLY DEFERRED;
REVOKE ALL ON FUNCTION public.settlement_batch_history() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.settlement_break_history() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.settlement_ensure_partition(day date) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.settlement_guard_partition(part text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.settlement_transfer_history() FROM PUBLIC;
REFRESH MATERIALIZED VIEW public.catalogue_product_category_hierarchy;
INSERT INTO public.django_migrations (app, name, applied) VALUES
('address', '0001_initial', now()),
('address', '0002_auto_20150927_1547', now()),
('address', '0003_auto_20150927_1551', now()),
('address', '0004_auto_20170226_1122', now()),
('address', '0005_regenerate_user_address_hashes', now()),
('address', '0006_auto_20181115_1953', now()),
('address', '0007_useraddress_code', now()),
('admin', '0001_initial', now()),
('admin', '0002_logentry_remove_auto_add', now()),
('admin', '0003_logentry_add_action_flag_choices', now()),
('analytics', '0001_initial', now()),
('analytics', '0002_auto_20140827_1705', now()),
('analytics', '0003_auto_20200801_0817', now()),
('auth', '0001_initial', now()),
('auth', '0002_alter_permission_name_max_length', now()),
('auth', '0003_alter_user_email_max_length', now()),
('auth', '0004_alter_user_username_opts', now()),
('auth', '0005_alter_user_last_login_null', now()),
('auth', '0006_require_contenttypes_0002', now()),
('auth', '0007_alter_validators_add_error_messages', now()),
('auth', '0008_alter_user_username_max_length', now()),
('auth', '0009_alter_user_last_name_max_length', now()),
('auth', '0010_alter_group_name_max_length', now()),
('auth', '0011_update_proxy_permissions', now()),
('auth', '0012_alter_user_first_name_max_length', now()),
('basket', '0001_initial', now()),
('basket', '0002_auto_20140827_1705', now()),
('basket', '0003_basket_vouchers', now()),
('basket', '0004_auto_20141007_2032', now()),
('basket', '0005_auto_20150604_1450', now()),
('basket', '0006_auto_20160111_1108', now()),
('basket', '0007_slugfield_noop', now()),
('basket', '0008_auto_20181115_1953', now()),
('basket', '0009_line_date_updated', now()),
('basket', '0010_convert_to_valid_json', now()),
('basket', '0010_json_basket_option', now()),
('basket', '0011_json_basket_option', now()),
('basket', '0012_line_code', now()),
('catalogue', '0001_initial', now()),
('catalogue', '0002_auto_20150217_1221', now()),
('catalogue', '0003_data_migration_slugs', now()),
('catalogue', '0004_auto_20150217_1710', now()),
('catalogue', '0005_auto_20150604_1450', now()),
('catalogue', '0006_auto_20150807_1725', now()),
('catalogue', '0007_auto_20151207_1440', now()),
('catalogue', '0008_auto_20160304_1652', now()),
('catalogue', '0009_slugfield_noop', now()),
('catalogue', '0010_auto_20170420_0439', now()),
('catalogue', '0011_auto_20170422_1355', now()),
('catalogue', '0012_auto_20170609_1902', now()),
('catalogue', '0013_auto_20170821_1548', now()),
('catalogue', '0014_auto_20181115_1953', now()),
('catalogue', '0015_product_is_public', now()),
('catalogue', '0016_auto_20190327_0757', now()),
('catalogue', '0017_auto_20190816_0938', now()),
('catalogue', '0018_auto_20191220_0920', now()),
('catalogue', '0019_option_required', now()),
('catalogue', '0020_auto_20200801_0817', now()),
('catalogue', '0021_auto_20201005_0844', now()),
('catalogue', '0022_auto_20210210_0539', now()),
('catalogue', '0023_auto_20210824_1414', now()),
('catalogue', '0024_remove_duplicate_attributes', now()),
('catalogue', '0025_attribute_code_uniquetogether_constraint', now()),
('catalogue', '0026_predefined_product_options', now()),
('catalogue', '0027_attributeoption_code_attributeoptiongroup_code_and_more', now()),
('catalogue', '0028_product_priority', now()),
('catalogue', '0029_product_code', now()),
('catalogue', '0030_auto_20250217_1247', now()),
('catalogue', '0031_productcategoryhierarchy', now()),
('catalogue', '0032_category_exclude_from_menu_category_long_description', now()),
('catalogue', '1001_extensions', now()),
('catalogue', '1002_offerings', now()),
('catalogue', '1003_prepaid_cards', now()),
('catalogue', '1004_recharge_cards', now()),
('catalogue', '1005_dealer_numbers', now()),
('catalogue', '1006_postage', now()),
('catalogue', '1007_supply_prices', now()),
('communication', '0001_initial', now()),
('communication', '0002_reset_table_names', now()),
('communication', '0003_remove_notification_category_make_code_uppercase', now()),
('communication', '0004_auto_20200801_0817', now()),
('contenttypes', '0001_initial', now()),
('contenttypes', '0002_remove_content_type_name', now()),
('customer', '0001_initial', now()),
('customer', '0002_auto_20150807_1725', now()),
('customer', '0003_update_email_length', now()),
('customer', '0004_email_save', now()),
('customer', '0005_auto_20181115_1953', now()),
('customer', '0006_auto_20190430_1736', now()),
('customer', '0007_auto_20200801_0817', now()),
('customer', '0008_assign_permissions_to_staff', now()),
('django_celery_beat', '0001_initial', now()),
('django_celery_beat', '0002_auto_20161118_0346', now()),
('django_celery_beat', '0003_auto_20161209_0049', now()),
('django_celery_beat', '0004_auto_20170221_0000', now()),
('django_celery_beat', '0005_add_solarschedule_events_choices', now()),
('django_celery_beat', '0006_auto_20180210_1226', now()),
('django_celery_beat', '0006_auto_20180322_0932', now()),
('django_celery_beat', '0006_periodictask_priority', now()),
('django_celery_beat', '0007_auto_20180521_0826', now()),
('django_celery_beat', '0008_auto_20180914_1922', now()),
('django_celery_beat', '0009_periodictask_headers', now()),
('django_celery_beat', '0010_auto_20190429_0326', now()),
('django_celery_beat', '0011_auto_20190508_0153', now()),
('django_celery_beat', '0012_periodictask_expire_seconds', now()),
('django_celery_beat', '0013_auto_20200609_0727', now()),
('django_celery_beat', '0014_remove_clockedschedule_enabled', now()),
('django_celery_beat', '0015_edit_solarschedule_events_choices', now()),
('django_celery_beat', '0016_alter_crontabschedule_timezone', now()),
('django_celery_beat', '0017_alter_crontabschedule_month_of_year', now()),
('django_celery_beat', '0018_improve_crontab_helptext', now()),
('django_celery_beat', '0019_alter_periodictasks_options', now()),
('flatpages', '0001_initial', now()),
('fulfillment', '0001_initial', now()),
('fulfillment', '0002_guards', now()),
('fulfillment', '0003_stock_care', now()),
('fulfillment', '0004_hot_stock', now()),
('fulfillment', '0005_serials_dealers', now()),
('fulfillment', '0006_routing_depth', now()),
('fulfillment', '0007_operations_depth', now()),
('fulfillment', '0008_delivery_depth', now()),
('fulfillment', '0009_hot_stock_lean', now()),
('fulfillment', '0010_promises_tightened', now()),
('fulfillment', '0011_dealer_money', now()),
('fulfillment', '0013_account_undo', now()),
('fulfillment', '0014_reservation_short', now()),
('fulfillment', '0015_holds_of_a_customer', now()),
('fulfillment', '0018_operators_switch_the_optimiser', now()),
('fulfillment', '0019_supply_corrections', now()),
('fulfillment', '0020_shortages_and_papers', now()),
('fulfillment', '0021_standing_parcels', now()),
('fulfillment', '0022_exclusion_of_a_line', now()),
('fulfillment', '0023_activation_lists', now()),
('fulfillment', '0024_acceptance_rates', now()),
('fulfillment', '0025_supply_contracts', now()),
('fulfillment', '0026_supplier_pages', now()),
('fulfillment', '0027_centre_proposals', now()),
('fulfillment', '0028_postings', now()),
('fulfillment', '0029_dealer_numbers', now()),
('fulfillment', '0030_centre_ends', now()),
('fulfillment', '0031_supplier_story', now()),
('fulfillment', '0032_posted_found', now()),
('fulfillment', '0033_articles_taken_off', now()),
('kernel', '0001_initial', now()),
('kernel', '0002_discarded_messages', now()),
('kernel', '0003_words', now()),
('members', '0001_initial', now()),
('members', '0002_people', now()),
('members', '0003_warehouse_lead', now()),
('offer', '0001_initial', now()),
('offer', '0002_auto_20151210_1053', now()),
('offer', '0003_auto_20161120_1707', now()),
('offer', '0004_auto_20170415_1518', now()),
('offer', '0005_auto_20170423_1217', now()),
('offer', '0006_auto_20170504_0616', now()),
('offer', '0007_conditionaloffer_exclusive', now()),
('offer', '0008_auto_20181115_1953', now()),
('offer', '0009_auto_20200801_0817', now()),
('offer', '0010_conditionaloffer_combinations', now()),
('offer', '0011_rangeproductfileupload_included', now()),
('offer', '0012_fixedunitdiscountbenefit_alter_benefit_type', now()),
('offer', '0013_range_excluded_categories', now()),
('omnichannel', '0001_initial', now()),
('order', '0001_initial', now()),
('order', '0002_auto_20141007_2032', now()),
('order', '0003_auto_20150113_1629', now()),
('order', '0004_auto_20160111_1108', now()),
('order', '0005_update_email_length', now()),
('order', '0006_orderstatuschange', now()),
('order', '0007_auto_20181115_1953', now()),
('order', '0008_auto_20190301_1035', now()),
('order', '0008_surcharge', now()),
('order', '0009_surcharge', now()),
('order', '0010_auto_20200724_0909', now()),
('order', '0011_auto_20200801_0817', now()),
('order', '0012_convert_to_valid_json', now()),
('order', '0012_json_option_value', now()),
('order', '0013_json_option_value', now()),
('order', '0014_tax_code', now()),
('order', '0015_orderlinediscount', now()),
('order', '0016_line_allocation_cancelled_line_num_allocated', now()),
('order', '0017_set_num_allocated_to_quantity', now()),
('order', '0018_alter_line_num_allocated', now()),
('order', '0019_order_analytics_tracked', now()),
('order', '0020_alter_order_analytics_tracked', now()),
('order', '0021_billingaddress_code_shippingaddress_code', now()),
('order', '1001_order_intake', now()),
('order', '1002_order_number_sequence', now()),
('order', '1003_prepaid_cards', now()),
('order', '1004_payment_collected', now()),
('order', '1005_money_sent_back', now()),
('partner', '0001_initial', now()),
('partner', '0002_auto_20141007_2032', now()),
('partner', '0003_auto_20150604_1450', now()),
('partner', '0004_auto_20160107_1755', now()),
('partner', '0005_auto_20181115_1953', now()),
('partner', '0006_auto_20200724_0909', now()),
('partner', '0007_partneraddress_code', now()),
('payment', '0001_initial', now()),
('payment', '0002_auto_20141007_2032', now()),
('payment', '0003_auto_20160323_1520', now()),
('payment', '0004_auto_20181115_1953', now()),
('payment', '0005_auto_20200801_0817', now()),
('pghistory', '0001_initial', now()),
('pghistory', '0002_aggregateevent', now()),
('pghistory', '0003_auto_20201023_1636', now()),
('pghistory', '0004_auto_20220906_1625', now()),
('pghistory', '0005_events_middlewareevents', now()),
('pghistory', '0006_delete_aggregateevent', now()),
('pghistory', '0007_auto_20250421_0444', now()),
('reviews', '0001_initial', now()),
('reviews', '0002_update_email_length', now()),
('reviews', '0003_auto_20160802_1358', now()),
('reviews', '0004_auto_20170429_0941', now()),
('reviews', '0005_productreview_code', now()),
('sessions', '0001_initial', now()),
('settlement', '0001_initial', now()),
('settlement', '0002_guards', now()),
('settlement', '0003_split', now()),
('settlement', '0004_reconciliation', now()),
('settlement', '0005_rules_depth', now()),
('settlement', '0006_night_at_scale', now()),
('settlement', '0007_reports_and_rights', now()),
('settlement', '0008_night_report', now()),
('settlement', '0009_account_turnover', now()),
('settlement', '0010_fee_release', now()),
('settlement', '0011_shares_checked_in_sets', now()),
('settlement', '0012_split_rule_versions', now()),
('settlement', '0013_money_facts', now()),
('settlement', '0014_transfer_reviews', now()),
('settlement', '0015_audit_trail', now()),
('settlement', '0016_night_at_speed', now()),
('settlement', '0017_prepaid_cards', now()),
('shipping', '0001_initial', now()),
('shipping', '0002_auto_20150604_1450', now()),
('shipping', '0003_auto_20181115_1953', now()),
('sites', '0001_initial', now()),
('sites', '0002_alter_domain_unique', now()),
('voucher', '0001_initial', now()),
('voucher', '0002_auto_20170418_2132', now()),
('voucher', '0003_auto_20171212_0411', now()),
('voucher', '0004_auto_20180228_0940', now()),
('voucher', '0005_auto_20180402_1425', now()),
('voucher', '0006_auto_20180413_0911', now()),
('voucher', '0007_auto_20181115_1953', now()),
('voucher', '0008_auto_20200801_0817', now()),
('voucher', '0009_make_voucher_names_unique', now()),
('voucher', '0010_auto_20210224_0712', now()),
('wishlists', '0001_initial', now()),
('wishlists', '0002_auto_20160111_1108', now()),
('wishlists', '0003_auto_20181115_1953', now()),
('wishlists', '0004_auto_20220328_0939', now());
