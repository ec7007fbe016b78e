"""The event model from a terminal: its picture, its export, and whether it is complete."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.eventmodel import nebulit
from apps.eventmodel.checks import problems
from apps.eventmodel.discovery import event_model

PICTURE = Path(__file__).resolve().parents[4] / "docs" / "eventmodel.svg"
OUT_OF_DATE = "docs/eventmodel.svg is out of date: run make picture"


class Command(BaseCommand):
    help = "Draws the event model that is in the code, exports it or checks it, without a database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        add = what.add_argument
        add("--svg", action="store_true", help="the picture, as a file that needs no other")
        add(
            "--json",
            action="store_true",
            help="the model and its specifications, in the JSON of Nebulit's event modeling tools",
        )
        add(
            "--check",
            action="store_true",
            help="say what the model lacks, and if docs/eventmodel.svg shows another; "
            "exit with 1 if there is anything to say",
        )
        parser.add_argument(
            "--output", type=Path, metavar="FILE", help="write to this file, all of it or nothing"
        )

    def handle(self, *args: Any, output: Path | None, **options: Any) -> None:
        if options["check"]:
            if output:
                raise CommandError("--output goes with --svg and --json.")
            self._check()
        else:
            text = _svg() if options["svg"] else nebulit.export(event_model()).decode()
            if output:
                _write(output, text)
            else:
                self.stdout.write(text)

    def _check(self) -> None:
        found = problems(event_model())
        if not PICTURE.exists() or PICTURE.read_bytes() != _svg().encode():
            found.append(OUT_OF_DATE)
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise SystemExit(1)


def _svg() -> str:
    from apps.eventmodel.drawing import svg_file

    return svg_file(event_model())


def _write(path: Path, text: str) -> None:
    """Whoever looks at the file meanwhile sees the old one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CommandError(f"{path} was not written: {error.strerror}.") from error
