"""Which story an event belongs to: everything that followed from one person's wish.

A person's command begins a story, under its own id. What nobody asked for, an automation's command
or the bank's, goes on with the story of what it is about: the newest event of its boundary's first
item. (Of the whole boundary it could be another customer's, who has taken the seats meanwhile.)
"""

from apps.eventlog.commands import Boundary, items_of
from apps.eventlog.looking import raw_connection

UNASKED = ("automation:", "bank")  # how actors that are no persons are called

# In two steps: for the last position of all PostgreSQL might walk the whole log backwards.
NEWEST = """
WITH found AS MATERIALIZED (
    SELECT position, coalesce(metadata ->> 'correlation', metadata ->> 'command_id') AS correlation
    FROM eventlog_event WHERE tags @> %s::text[]
)
SELECT correlation FROM found ORDER BY position DESC LIMIT 1
"""


def correlation_of(command_id: str, actor: str, boundary: Boundary) -> str:
    if not (actor.startswith(UNASKED) and boundary):
        return command_id
    first, *_ = items_of(boundary)
    tags = [tag.text for tag in first.tags]
    found = raw_connection().execute(NEWEST, [tags]).fetchone()
    return found[0] or command_id if found else command_id
