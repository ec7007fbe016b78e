-- What a command looks at and what an append counts are the same events: those that carry one of the
-- boundary's narrowest tags and, where its items ask for more than that, match one of the items.
--
-- Both functions keep one plan, by the index on tags. Left to itself PostgreSQL would plan the search
-- anew each time, which takes longer than the search, since it expects more of a tag than there is;
-- and in a log that was empty at its first search it would go on reading the whole of it.

-- The events of a boundary, the database's clock, and the receipt of an earlier try. One statement, so
-- all of it is of one moment. Without events it is one row, whose event is null.
CREATE FUNCTION eventlog_look(command_id text, narrowest text[], items jsonb)
RETURNS TABLE (
    now timestamptz, in_recovery boolean,
    receipt_actor text, receipt_digest text, receipt_position bigint,
    event_type text, event_data jsonb
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_variable
BEGIN
    RETURN QUERY
    SELECT statement_timestamp(), pg_is_in_recovery(), r.actor, r.digest, r.position, e.type, e.data
    FROM (VALUES (1)) AS always
    LEFT JOIN eventlog_receipt AS r ON r.command_id = command_id
    LEFT JOIN eventlog_event AS e
        ON e.tags && narrowest AND (items IS NULL OR eventlog_sifted(e.type, e.tags, items))
    ORDER BY e.position;
END
$$;

-- An append decides, once and for all, whether the history that a command saw is still the history.
--
--   command_id, actor, digest    the receipt: who asked for what
--   lock_tags, lock_exclusive    tags decided by and tags written, each with the mode of its kind
--   narrowest, items, seen       the boundary: a tag of each item, the items where they ask for more
--                                than that tag (else null), and how many events were read
--   events                       [{"type": …, "tags": […], "data": {…}}, …] in order
--   metadata                     stored with each of them
--
-- Answers the position of the last event. Raises EL001 when the boundary has gained an event,
-- EL002 when the command was already granted, EL003 in another isolation than READ COMMITTED; the
-- caller reads again and decides afresh.
CREATE OR REPLACE FUNCTION eventlog_append(
    command_id text, actor text, digest text,
    lock_tags text[], lock_exclusive boolean[],
    narrowest text[], items jsonb, seen bigint,
    events jsonb, metadata jsonb
) RETURNS bigint LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_variable
DECLARE
    granted boolean;
    there bigint;
    last bigint;
    positions bigint[];
BEGIN
    -- Each statement below must see what committed before the locks were granted.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'eventlog_append needs READ COMMITTED, not %',
            upper(current_setting('transaction_isolation')) USING ERRCODE = 'EL003';
    END IF;

    -- One order for everybody, or two appends could wait for each other for ever: the rows are
    -- grouped and sorted below, so they arrive here one by one in the order of their keys.
    PERFORM CASE
        WHEN wanted.exclusive THEN pg_advisory_xact_lock(wanted.key)
        ELSE pg_advisory_xact_lock_shared(wanted.key)
    END
    FROM (
        SELECT hashtextextended(tag, 0) AS key, bool_or(exclusive) AS exclusive
        FROM unnest(lock_tags || ('command:' || command_id), lock_exclusive || true)
            AS named(tag, exclusive)
        GROUP BY 1 ORDER BY 1
    ) AS wanted;

    -- The log only grows, so the same count is the same set. The highest position would not do:
    -- an event with a lower one can commit later.
    SELECT
        EXISTS (SELECT FROM eventlog_receipt r WHERE r.command_id = command_id),
        (
            SELECT count(*) FROM eventlog_event e
            WHERE e.tags && narrowest AND (items IS NULL OR eventlog_sifted(e.type, e.tags, items))
        )
    INTO granted, there;
    IF granted THEN
        RAISE EXCEPTION 'the command % was already granted', command_id USING ERRCODE = 'EL002';
    END IF;
    IF seen <> there THEN
        RAISE EXCEPTION 'the boundary has changed' USING ERRCODE = 'EL001';
    END IF;

    FOR nth IN 0 .. jsonb_array_length(events) - 1 LOOP
        INSERT INTO eventlog_event (type, tags, data, metadata) VALUES (
            events -> nth ->> 'type',
            ARRAY(SELECT jsonb_array_elements_text(events -> nth -> 'tags')),
            events -> nth -> 'data',
            metadata
        ) RETURNING position INTO last;
        positions := positions || last;
    END LOOP;

    -- For the inline projections that follow in this transaction.
    PERFORM set_config('eventlog.positions', positions::text, true);

    INSERT INTO eventlog_receipt (command_id, actor, digest, position)
    VALUES (command_id, actor, digest, last);

    RETURN last;
END
$$;
