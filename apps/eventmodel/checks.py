"""What is missing in a model: each problem in a sentence. None, and it tells the whole story."""

from collections.abc import Iterator

from apps.eventmodel.model import Kind, Model
from apps.eventmodel.order import too_early

TRACED = (Kind.EVENT, Kind.COMMAND, Kind.READ_MODEL)


def problems(model: Model) -> list[str]:
    return [
        *_fields_from_nowhere(model),
        *_events_without_writer(model),
        *_events_without_reader(model),
        *_slices_without_specification(model),
        *_commands_out_of_reach(model),
        *_out_of_order(model),
    ]


def _fields_from_nowhere(model: Model) -> Iterator[str]:
    """The information-completeness check of event modelling."""
    for box in model.of(*TRACED):
        for field in box.fields:
            if not field.origins:
                lacking = f"nothing that feeds {box.title} has a field of that name"
                yield f"{box.name}.{field.name} comes from nowhere: {lacking}. Say its origin(…)."


def _events_without_writer(model: Model) -> Iterator[str]:
    for box in model.unplaced:
        yield f"{box.name} is written by nothing: no specification of a command ends with it."


def _events_without_reader(model: Model) -> Iterator[str]:
    read = {arrow.source for arrow in model.arrows}
    read.update(key for each in model.slices for key in each.looks_at)
    for box in model.of(Kind.EVENT):
        if box.key not in read:
            nobody = "no read model follows it, no command looks at it"
            yield f"{box.name} is read by nothing: {nobody}."


def _slices_without_specification(model: Model) -> Iterator[str]:
    for each in model.slices:
        if not each.specifications:
            yield f"{each.name} has no specification."


def _commands_out_of_reach(model: Model) -> Iterator[str]:
    reached = {arrow.target for arrow in model.arrows}
    for box in model.of(Kind.COMMAND):
        if box.key not in reached:
            yield f"{box.name} is out of reach: no screen, automation or translation issues it."


def _out_of_order(model: Model) -> Iterator[str]:
    for each in too_early(model.slices):
        yield f"{each.name} stands before something that its first example needs."
