-- The append function itself is in 0005_view_and_append.sql.

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
