"""The event model in Nebulit's JSON: its shape, and that nothing in it hangs in the air."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from apps.booking.models import Claim
from apps.eventmodel import nebulit
from apps.eventmodel.discovery import event_model
from apps.eventmodel.model import Arrow, Field, Kind, Model
from apps.eventmodel.nebulit_fields import fields_of
from apps.eventmodel.nebulit_shape import Document, Element, Specification, Step
from tests.nebulit_sample import SAMPLE, SEATS_HELD, box


@pytest.fixture(params=["sample", "ours"])
def model(request: pytest.FixtureRequest) -> Model:
    return SAMPLE if request.param == "sample" else event_model()


@pytest.fixture
def exported(model: Model) -> Document:
    return read(nebulit.export(model))


def read(text: bytes) -> Document:
    return msgspec.json.decode(text, type=Document)


def elements(document: Document) -> dict[str, Element]:
    return {
        element.id: element
        for each in document.slices
        for element in (
            *each.commands,
            *each.events,
            *each.readmodels,
            *each.screens,
            *each.processors,
        )
    }


def test_it_reads_back_as_it_was_and_is_always_the_same(model: Model) -> None:
    assert read(nebulit.export(model)) == nebulit.document(model)
    assert nebulit.export(model) == nebulit.export(model)


def test_its_shape_is_checked_strictly() -> None:
    text = nebulit.export(SAMPLE)
    for wrong in (
        text.replace(b'"sliceType": "AUTOMATION"', b'"sliceType": "TRANSLATION"'),
        text.replace(b'"groupId"', b'"group"'),
        text.replace(b'"tables": [],', b""),
    ):
        assert wrong != text
        with pytest.raises(msgspec.ValidationError):
            read(wrong)


def test_every_slice_and_every_box_is_there_once(model: Model, exported: Document) -> None:
    named = [(each.index, each.context, each.title) for each in exported.slices]
    assert named == [(n, each.app, each.title) for n, each in enumerate(model.slices)]
    boxes = Counter((box.app, box.title) for box in model.boxes())
    assert boxes == Counter((e.model_context, e.title) for e in elements(exported).values())


def test_an_id_is_nobody_elses(exported: Document) -> None:
    assert [name for name, times in Counter(ids(exported)).items() if times > 1] == []


def test_a_dependency_stands_at_both_of_its_ends(exported: Document) -> None:
    known = elements(exported)
    ends = {(here.id, end.type, end.id) for here in known.values() for end in here.dependencies}
    mirrored = {"INBOUND": "OUTBOUND", "OUTBOUND": "INBOUND"}
    assert ends
    assert ends == {(there, mirrored[direction], here) for here, direction, there in ends}
    for here in known.values():
        for end in here.dependencies:
            assert (end.title, end.element_type) == (known[end.id].title, known[end.id].type)


def test_an_arrow_from_what_is_in_no_slice_is_left_out() -> None:
    loose = Arrow("event booking.WrittenByNothing", SEATS_HELD.key)
    assert nebulit.export(replace(SAMPLE, arrows=(*SAMPLE.arrows, loose))) == nebulit.export(SAMPLE)


def test_a_step_is_an_example_of_an_element(exported: Document) -> None:
    known = elements(exported)
    steps = [step for spec in specifications(exported) for step in steps_of(spec)]
    assert steps
    for step in steps:
        if step.type == "SPEC_ERROR":
            assert step.linked_id == ""
        else:
            element = known[step.linked_id]
            assert (step.title, step.type) == (element.title, f"SPEC_{element.type}")


def test_a_step_names_fields_that_its_element_has() -> None:
    ours = nebulit.document(event_model())
    known = elements(ours)
    for step in (step for spec in specifications(ours) for step in steps_of(spec) if step.fields):
        assert {f.name for f in step.fields} <= {f.name for f in known[step.linked_id].fields}


def test_a_specification_is_of_an_element_of_its_slice(exported: Document) -> None:
    for each in exported.slices:
        own = elements(Document(slices=(each,)))
        assert {spec.linked_id for spec in each.specifications} <= own.keys()


def test_a_specification_has_its_steps() -> None:
    one, again, taken, shown, none, folded, *_ = specifications(nebulit.document(SAMPLE))
    assert kinds(one) == (["SPEC_EVENT"], ["SPEC_COMMAND"], ["SPEC_EVENT"])
    assert kinds(again) == (["SPEC_EVENT"] * 2, ["SPEC_COMMAND"], [])
    assert [each.description for each in again.comments] == ["Nothing happens."]
    assert (taken.then[0].type, taken.then[0].title) == ("SPEC_ERROR", "No.")
    assert kinds(shown) == (["SPEC_EVENT"], [], ["SPEC_READMODEL"])
    assert [(each.name, each.example) for each in shown.then[0].fields] == [("hold", "h1")]
    assert [each.expect_empty_list for each in none.then] == [True]
    assert kinds(folded) == (["SPEC_EVENT"], [], ["SPEC_READMODEL"])


def test_an_automation_is_specified_without_a_command() -> None:
    expiry = nebulit.document(SAMPLE).slices[2].specifications[0]
    assert expiry.linked_id == "automation-booking-expire-holds"
    assert kinds(expiry) == (["SPEC_EVENT"], [], ["SPEC_EVENT"])


def test_another_system_is_a_processor_from_outside() -> None:
    *_, translation = nebulit.document(SAMPLE).slices
    (bank,) = translation.processors
    assert (translation.slice_type, bank.type, bank.context) == (
        "AUTOMATION",
        "AUTOMATION",
        "EXTERNAL",
    )
    assert [(each.name, each.auth_required) for each in translation.actors] == [("Bank", True)]


def test_fields_in_its_words() -> None:
    hold, seats, until = fields_of(SEATS_HELD)
    assert (hold.type, hold.generated, hold.id_attribute) == ("String", True, True)
    assert (seats.type, seats.cardinality, seats.id_attribute) == ("String", "List", False)
    assert (until.type, until.generated) == ("DateTime", False)
    assert until.mapping == "clock; setting HOLD_LASTS"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("int", ("Long", "Single", False)),
        ("str | None", ("String", "Single", True)),
        ("Literal['a', 'b']", ("String", "Single", False)),
        ("list[Decimal] | None", ("Decimal", "List", True)),
        ("text[]", ("String", "List", False)),
        ("tuple[Ticket, ...]", ("Custom", "List", False)),
        ("tuple[str, int]", ("Custom", "Single", False)),
    ],
)
def test_types_in_its_words(ours: str, theirs: tuple[str, str, bool]) -> None:
    (field,) = fields_of(box(Kind.COMMAND, "booking.Any", Field("it", ours, ())))
    assert (field.type, field.cardinality, field.optional) == theirs
    assert field.schema == (ours if field.type == "Custom" else "")


def test_a_table_is_known_by_its_primary_key() -> None:
    columns = (Field(name, "text", ()) for name in ("screening", "seat", "hold"))
    fields = fields_of(box(Kind.READ_MODEL, "booking.Claim", *columns, code=Claim))
    assert [each.name for each in fields if each.id_attribute] == ["screening", "seat"]


def ids(document: Document) -> Iterator[str]:
    yield from elements(document)
    for each in document.slices:
        yield each.id
    for spec in specifications(document):
        yield spec.id
        yield from (step.id for step in steps_of(spec))


def specifications(document: Document) -> list[Specification]:
    return [spec for each in document.slices for spec in each.specifications]


def steps_of(spec: Specification) -> tuple[Step, ...]:
    return spec.given + spec.when + spec.then


def kinds(spec: Specification) -> tuple[list[str], list[str], list[str]]:
    return [s.type for s in spec.given], [s.type for s in spec.when], [s.type for s in spec.then]
