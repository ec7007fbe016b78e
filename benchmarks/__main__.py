"""python -m benchmarks [NAME …]: measure, print the table, keep it in results.json."""

import sys
from importlib import import_module
from pathlib import Path

import msgspec

from benchmarks import world
from benchmarks.comparing import Row, table

# floor: pgbench with our statements. plain_view: the usual Django view. dcb_recorder: PyPI's
# eventsourcing. clicks: seat by seat. long_log: a million events. rebuild: the seat map's.
# requests: CPU of a page. map: a room's HTML. fan_out: from a change to 1,000 viewers.
# steady: 100 changes a second.
NAMES = ["floor", "plain_view", "dcb_recorder", "clicks", "long_log", "rebuild", "requests"]
NAMES += ["map", "fan_out", "steady"]
RESULTS = Path(__file__).with_name("results.json")


def main(names: list[str]) -> None:
    if unknown := set(names) - set(NAMES):
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    rows: list[Row] = []
    with world.running():
        print(world.conditions(), flush=True)
        for name in names or NAMES:
            for row in import_module(f"benchmarks.{name}").rows():
                print(table([row]), file=sys.stderr, flush=True)
                rows.append(row)
    print(table(rows))
    if not names:
        results = msgspec.json.format(msgspec.json.encode([row.as_dict() for row in rows]))
        RESULTS.write_bytes(results + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
