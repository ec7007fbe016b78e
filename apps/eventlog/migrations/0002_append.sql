-- Whether an event matches one of the items of a boundary: carries all its tags, and is of one of its
-- types unless those are null. Only asked where the narrowest tags alone do not tell.
CREATE FUNCTION eventlog_sifted(type text, tags text[], items jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM jsonb_to_recordset(items) AS item(tags text[], types text[])
        WHERE eventlog_sifted.tags @> item.tags
        AND (item.types IS NULL OR eventlog_sifted.type = ANY(item.types))
    )
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
-- EL002 when the command was already granted; the caller reads again and decides afresh.
CREATE FUNCTION eventlog_append(
    command_id text, actor text, digest text,
    lock_tags text[], lock_exclusive boolean[],
    narrowest text[], items jsonb, seen bigint,
    events jsonb, metadata jsonb
) RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    lock record;
    positions bigint[];
BEGIN
    -- Each statement below must see what committed before the locks were granted.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'eventlog_append needs READ COMMITTED, not %',
            upper(current_setting('transaction_isolation'));
    END IF;

    -- One order for everybody, or two appends could wait for each other for ever.
    FOR lock IN
        SELECT hashtextextended(tag, 0) AS key, bool_or(exclusive) AS exclusive
        FROM (
            SELECT 'command:' || command_id AS tag, true AS exclusive
            UNION ALL
            SELECT * FROM unnest(lock_tags, lock_exclusive)
        ) AS wanted
        GROUP BY 1 ORDER BY 1
    LOOP
        IF lock.exclusive THEN
            PERFORM pg_advisory_xact_lock(lock.key);
        ELSE
            PERFORM pg_advisory_xact_lock_shared(lock.key);
        END IF;
    END LOOP;

    IF EXISTS (SELECT FROM eventlog_receipt r WHERE r.command_id = command_id) THEN
        RAISE EXCEPTION 'the command % was already granted', command_id USING ERRCODE = 'EL002';
    END IF;

    -- The log only grows, so the same count is the same set. The highest position would not do:
    -- an event with a lower one can commit later.
    IF seen <> (
        SELECT count(*) FROM eventlog_event e
        WHERE e.tags && narrowest AND (items IS NULL OR eventlog_sifted(e.type, e.tags, items))
    ) THEN
        RAISE EXCEPTION 'the boundary has changed' USING ERRCODE = 'EL001';
    END IF;

    WITH inserted AS (
        INSERT INTO eventlog_event (type, tags, data, metadata)
        SELECT
            one.event ->> 'type',
            ARRAY(SELECT jsonb_array_elements_text(one.event -> 'tags')),
            one.event -> 'data',
            metadata
        FROM jsonb_array_elements(events) WITH ORDINALITY AS one(event, nth)
        ORDER BY one.nth
        RETURNING position
    )
    SELECT array_agg(i.position ORDER BY i.position) INTO positions FROM inserted AS i;

    -- For the inline projections that follow in this transaction.
    PERFORM set_config('eventlog.positions', positions::text, true);

    INSERT INTO eventlog_receipt (command_id, actor, digest, position)
    VALUES (command_id, actor, digest, positions[cardinality(positions)]);

    RETURN positions[cardinality(positions)];
END
$$;

-- The position of the nth event (from 0) of the append that this transaction made.
CREATE FUNCTION eventlog_position(nth integer) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT (current_setting('eventlog.positions')::bigint[])[nth + 1]
$$;

-- The barrier: "an append is in flight". A trigger, so that nothing that inserts can go round it,
-- and the two-number key space, so that no tag's key can collide with it. Readers look for its
-- holders in pg_locks; nobody ever takes it exclusively.
CREATE FUNCTION eventlog_raise_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1, 1);
    RETURN NULL;
END
$$;

CREATE TRIGGER eventlog_barrier BEFORE INSERT ON eventlog_event
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog_raise_barrier();

-- Positions come from the sequence, and only after the barrier is up. One that an INSERT or COPY names
-- itself could lie below what readers have read: they would never see it.
CREATE FUNCTION eventlog_refuse_position() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log gives its own positions: not %', NEW.position;
END
$$;

CREATE TRIGGER eventlog_own_positions BEFORE INSERT ON eventlog_event FOR EACH ROW
    WHEN (NEW.position <> currval('eventlog_event_position_seq'))
    EXECUTE FUNCTION eventlog_refuse_position();

CREATE FUNCTION eventlog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log is append-only: no %', TG_OP;
END
$$;

CREATE TRIGGER eventlog_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON eventlog_event
    FOR EACH STATEMENT EXECUTE FUNCTION eventlog_refuse();

-- Django's index for finding command ids by their beginning, which nobody does. Every append pays.
DO $$
DECLARE
    unused text;
BEGIN
    SELECT indexname INTO STRICT unused FROM pg_indexes
    WHERE tablename = 'eventlog_receipt' AND indexname LIKE '%\_like';
    EXECUTE format('DROP INDEX %I', unused);
END
$$;
