"""handle(HoldSeats) against the floor: pgbench sending the same statements, and nothing else.

The statements are those that handle itself would send, so they are the same by construction: the
append function and the inline projections, prepared and in one pipeline, which is one transaction.
pgbench neither reads the boundary nor decides; the server puts its ids together, from numbers.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from apps.booking.commands.hold_seats import HoldSeats
from apps.booking.events import SeatsHeld
from apps.eventlog import handling
from apps.eventlog.looking import View
from apps.eventlog.wire import Statement
from benchmarks.cinema import LASTS, SCREENINGS, SHAPES, Shape, scheduled
from benchmarks.comparing import Row, compare_rates
from benchmarks.crew import SECONDS
from benchmarks.ours import holding
from cinema_site.postgres import programs

TARGETS = {1: 0.45, 16: 0.35}
# Made 32 characters long, as the ids that they stand for; a seat's name must only be its own.
SCREENING = "0" * 28 + "<screening>"
ONES_OWN = "0" * 16 + "<client><nth>"
SEATS = tuple(f"{row}<client>n<nth>" for row in "ABC")
_runs = count(1)


def rows() -> Iterator[Row]:
    for shape in SHAPES:
        with holding(shape) as (ours, url), tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "hold.sql")
            path.write_text(script(shape))
            name = f"hold 3 seats, holds/s, {shape.name}: pgbench, same statements"
            target = TARGETS[shape.writers]
            yield compare_rates(name, ours.rate, lambda: pgbench(path, shape, url), target)  # noqa: B023


def pgbench(path: Path, shape: Shape, url: str) -> float:
    """Transactions a second."""
    clients = ["-c", str(shape.writers), "-j", str(min(2, shape.writers))]
    begin = ["-D", f"nth={next(_runs) * 1_000_000}"]
    how = ["-n", "-M", "prepared", "-T", str(SECONDS), "-f", str(path)]
    command = [str(programs() / "pgbench"), *how, *clients, *begin, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)
    if found is None or "number of failed transactions: 0 " not in said:
        raise RuntimeError(f"pgbench failed: {said}")
    return float(found[1])


def script(shape: Shape) -> str:
    last = 1000 if shape.hot else 999 + SCREENINGS
    return "\n".join(
        [
            "\\set nth :nth + 1",
            "\\set client 1000 + :client_id",
            f"\\set screening random(1000, {last})",
            "\\startpipeline",
            *(f"{with_values(sql, values)};" for sql, values in overheard()),
            "\\endpipeline",
            "",
        ]
    )


def overheard() -> list[Statement]:
    """What handle sends to append one hold."""
    command = HoldSeats(SCREENING, ONES_OWN, ONES_OWN, SEATS, LASTS)
    until = datetime.now(UTC) + timedelta(days=1)
    held = SeatsHeld(SCREENING, ONES_OWN, ONES_OWN, SEATS, earlier=(), until=until)
    request = handling.Request(command, f"web:{ONES_OWN}", f"visitor:{ONES_OWN}")
    on_sale = View(datetime.now(UTC), "", None, [scheduled(0)])
    return handling.appending(request, command.boundary(), on_sale, [held])


def with_values(sql: str, values: Sequence[object]) -> str:
    texts = iter(values)
    return " ".join(re.sub("%s", lambda _: written(next(texts)), sql).split())


def written(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return str(value).lower()
        case str():
            return _text(value)
        case datetime():
            return f"{_text(value.isoformat())}::timestamptz"
        case list():
            words = ("tf"[not word] if isinstance(word, bool) else f'"{word}"' for word in value)
            return f"{_text('{' + ','.join(words) + '}')}::text[]"
    raise TypeError(f"pgbench cannot be told {value!r}")


def _text(text: str) -> str:
    """An expression in which <name> has become pgbench's variable of that name."""
    # Any other colon would be taken for a variable, quotes or not.
    quoted = text.replace("\\", r"\\").replace("'", "''").replace(":", r"\x3a")
    parts = re.split(r"<(\w+)>", quoted)
    words = [f":{part}::text" if odd % 2 else f"E'{part}'" for odd, part in enumerate(parts)]
    return f"({' || '.join(word for word in words if word != "E''")})"
