-- What eventlog_look and eventlog_append of 0004 do, for fewer instructions: starting a statement costs
-- more than running it, so there are fewer; what plpgsql can evaluate as an expression is one. Those of
-- 0004 stay for processes of the release before, until a migration of the next drops them. They lock
-- the same tags, but in another order: meanwhile one of them and one of us may deadlock, and one tries
-- again. They also lock the command's id, and we do not: the same id sent to both at once with other
-- parameters is an error of the receipt's key at theirs, not a refusal.
--
-- Both functions keep one plan, by the index on tags. See 0004 for why.

-- Which log this is, cheaply: until the server starts anew, or the table is made anew. Nothing can bring
-- back an earlier state of it otherwise. Behind a pooler it may be another server's.
CREATE FUNCTION eventlog_log() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT pg_relation_filepath('eventlog_event') || ' ' || extract(epoch FROM pg_postmaster_start_time())
$$;

-- The database's clock, which log it is, whether it is a standby, the receipt of an earlier try and the
-- events of a boundary in order, all of one moment:
-- [now, log, standby, [actor, digest, position], [[type, data], …]].
-- There is null for no receipt, and for no events.
CREATE FUNCTION eventlog_view(command_id text, narrowest text[], items jsonb)
RETURNS text LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_variable
DECLARE
    view text;
BEGIN
    SELECT json_build_array(
        statement_timestamp(),
        eventlog_log(),
        pg_is_in_recovery(),
        (
            SELECT json_build_array(r.actor, r.digest, r.position)
            FROM eventlog_receipt r WHERE r.command_id = command_id
        ),
        (
            SELECT json_agg(json_build_array(e.type, e.data) ORDER BY e.position)
            FROM eventlog_event e
            WHERE e.tags && narrowest AND (items IS NULL OR eventlog_sifted(e.type, e.tags, items))
        )
    ) INTO view;
    RETURN view;
END
$$;

-- An append decides, once and for all, whether the history that a command saw is still the history.
--
--   command_id, actor, digest    the receipt: who asked for what
--   locks, exclusive             tags decided by and tags written, each with the mode of its kind, in
--                                the order of their texts
--   narrowest, items, seen       the boundary: a tag of each item, the items where they ask for more
--                                than that tag (else null), and how many events were seen
--   assumed_now, assumed_log     if it was not looked at: the time that was decided by, and of which log
--                                it was remembered (else null)
--   types, tags, data            the events in order: their types, their tags as text[] in text, and
--                                an array of their data
--   metadata                     stored with each of them
--
-- Answers the position of the last event. Raises EL001 when the boundary is not as it was seen, or time
-- or log are not as assumed, EL002 when the command was already granted, EL003 in another isolation
-- than READ COMMITTED; the caller looks and decides afresh.
CREATE FUNCTION eventlog_append(
    command_id text, actor text, digest text,
    locks text[], exclusive boolean[],
    narrowest text[], items jsonb, seen bigint,
    assumed_now timestamptz, assumed_log text,
    types text[], tags text[], data jsonb, metadata jsonb
) RETURNS bigint LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_variable
DECLARE
    done text;  -- of functions that answer nothing: an assignment is cheaper than a PERFORM
    there bigint;
    last bigint;
    positions bigint[];
BEGIN
    -- Each statement below must see what committed before the locks were granted.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'eventlog_append needs READ COMMITTED, not %',
            upper(current_setting('transaction_isolation')) USING ERRCODE = 'EL003';
    END IF;

    IF abs(extract(epoch FROM assumed_now - statement_timestamp())) > 1 THEN
        RAISE EXCEPTION 'it is not %', assumed_now USING ERRCODE = 'EL001';
    END IF;
    IF assumed_log <> eventlog_log() THEN
        RAISE EXCEPTION 'this is not the log %', assumed_log USING ERRCODE = 'EL001';
    END IF;

    -- Everybody sends them in one order, or two appends could wait for each other for ever.
    FOR nth IN 1 .. cardinality(locks) LOOP
        done := CASE
            WHEN exclusive[nth] THEN pg_advisory_xact_lock(hashtextextended(locks[nth], 0))
            ELSE pg_advisory_xact_lock_shared(hashtextextended(locks[nth], 0))
        END;
    END LOOP;

    -- The log only grows, so the same count is the same set. The highest position would not do:
    -- an event with a lower one can commit later.
    SELECT count(*) INTO there FROM eventlog_event e
    WHERE e.tags && narrowest AND (items IS NULL OR eventlog_sifted(e.type, e.tags, items));
    IF seen <> there THEN
        RAISE EXCEPTION 'the boundary has changed' USING ERRCODE = 'EL001';
    END IF;

    FOR nth IN 1 .. cardinality(types) LOOP
        INSERT INTO eventlog_event (type, tags, data, metadata)
        VALUES (types[nth], tags[nth]::text[], data -> nth - 1, metadata)
        RETURNING position INTO last;
        positions := positions || last;
    END LOOP;

    -- For the inline projections that follow in this transaction.
    done := set_config('eventlog.positions', positions::text, true);

    -- Waits for another sender of the same command, and finds its receipt if that was granted.
    INSERT INTO eventlog_receipt (command_id, actor, digest, position)
    VALUES (command_id, actor, digest, last)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the command % was already granted', command_id USING ERRCODE = 'EL002';
    END IF;

    RETURN last;
END
$$;

-- As in 0002, with an assignment.
CREATE OR REPLACE FUNCTION eventlog_raise_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    raised text;
BEGIN
    raised := pg_advisory_xact_lock_shared(1, 1);
    RETURN NULL;
END
$$;
