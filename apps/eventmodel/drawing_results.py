"""How the specifications' last run went, to be laid over the picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from apps.eventmodel.layout import Picture
from apps.eventmodel.model import Model, Slice, Told
from apps.eventmodel.results import last_run

INSET = 18  # of a mark from its specification's right edge


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    outcome: str


@dataclass(frozen=True)
class Summary:
    slices: int
    specifications: int
    at: datetime | None
    passed: int
    failed: tuple[tuple[Slice, Told], ...]
    unrun: int


def outcomes() -> dict[str, str]:
    run = last_run()
    return run.outcomes if run else {}


def marks_on(picture: Picture) -> Iterator[Mark]:
    """A tick or a cross right of each specification that ran."""
    ran = outcomes()
    for each in picture.slices:
        x = each.x + each.specifications.width - INSET
        for sign in each.specifications.signs:
            if outcome := ran.get(sign.told):
                yield Mark(x, each.specifications_y + sign.y, outcome)


def summary_of(model: Model) -> Summary:
    run = last_run()
    ran = run.outcomes if run else {}
    told = [(each, one) for each in model.slices for one in each.specifications]
    results = [ran.get(one.id) for _, one in told]
    failed = tuple(pair for pair, result in zip(told, results, strict=True) if result == "failed")
    return Summary(
        len(model.slices),
        len(told),
        run.at if run else None,
        results.count("passed"),
        failed,
        results.count(None),
    )
