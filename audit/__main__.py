"""python -m audit [markup] [lighthouse]: look at the pages, and fail where they miss a target."""

import sys
from importlib import import_module

from audit import tools
from benchmarks import world

PARTS = ("markup", "lighthouse")


def main(wanted: list[str]) -> None:
    if unknown := set(wanted) - {*PARTS}:
        raise SystemExit(f"no {', '.join(unknown)} in the audit; there are {', '.join(PARTS)}")
    tools.must_be_there()
    with world.running():
        house = import_module("audit.cinema").fill()
        passed = [import_module(f"audit.{part}").passes(house) for part in wanted or PARTS]
    raise SystemExit(not all(passed))


if __name__ == "__main__":
    main(sys.argv[1:])
