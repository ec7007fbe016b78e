"""From a change to the last of 1,000 viewers of one screening, all on one server process.

Ours begins when the command has committed: the log's reader and the drawing are in its time. The
references are handed the same bytes, and only send them.
"""

import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.cinema import PLAN, scheduled
from benchmarks.comparing import Row, compare_costs, compare_savings
from benchmarks.loading import load
from benchmarks.pushing import KINDS, SEAT, Pusher, path, pushing
from benchmarks.viewers import Viewers, watching
from benchmarks.world import fresh_database

VIEWERS = 1000
CHANGES = 7  # a turn
PAUSE = 0.15  # seconds between changes, so that none waits for the next frame
AT_MOST, AT_MOST_ON_UVICORN = 5.0, 2.0
SOONER, SOONER_THAN_REDIS = 5.0, 3.0


def rows() -> Iterator[Row]:
    from tests.processes import redis_server, start_redis

    allow_sockets()
    program = redis_server()
    if not program:
        raise SystemExit("this needs a redis-server")
    with ExitStack() as stack, fresh_database() as url:
        load([scheduled(number) for number in range(len(KINDS))])
        catch_up()
        redis = stack.enter_context(start_redis(program, Path(tempfile.mkdtemp())))

        def turn(kind: str, **environment: str) -> partial[float]:
            pusher = stack.enter_context(pushing(kind, frame(), **environment))
            viewers = stack.enter_context(
                watching(pusher.port, path(kind), VIEWERS, acknowledge=kind in OURS)
            )
            return partial(milliseconds, pusher, viewers)

        daphne, uvicorn = turn("daphne", DATABASE_URL=url), turn("uvicorn", DATABASE_URL=url)
        bare = turn("websockets")
        memory, pub_sub = turn("group_send", REDIS_URL=""), turn("group_send", REDIS_URL=redis)
        name = f"ms to the last of {VIEWERS:,} viewers"
        yield compare_costs(f"{name}: bare websockets (at most)", daphne, bare, AT_MOST)
        at_most = AT_MOST_ON_UVICORN
        yield compare_costs(
            f"{name}, on uvicorn: bare websockets (at most)", uvicorn, bare, at_most
        )
        yield compare_savings(f"{name}: group_send in memory / ours", daphne, memory, SOONER)
        at_least = SOONER_THAN_REDIS
        yield compare_savings(f"{name}: group_send by Redis / ours", daphne, pub_sub, at_least)


OURS = ("daphne", "uvicorn")


def milliseconds(pusher: Pusher, viewers: Viewers) -> float:
    """The median of some changes."""
    took = []
    for _ in range(CHANGES):
        viewers.look_out()
        began = pusher.change()
        took.append((viewers.last() - began) * 1000)
        time.sleep(PAUSE)
    return median(took)


def frame() -> str:
    """As ours is."""
    from apps.seatmap.rooms import head
    from apps.seatmap.seats import room

    return head("0" * 8) + room(PLAN, "€9.50").fragment(SEAT, "held", 1000)


def catch_up() -> None:
    from apps.seatmap.projections import seatmap

    seatmap.catch_up()


def allow_sockets() -> None:
    """Also for the processes that are started from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
