"""The model is built from the code, and each check finds what is missing in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Annotated

import pytest
from django.db import models

from apps.eventlog import events
from apps.eventlog.commands import Boundary, Command, History, Rejected
from apps.eventlog.events import Event
from apps.eventlog.origins import origin
from apps.eventlog.specifications import AnySpecification, given
from apps.eventlog.tags import Tag, TagKind
from apps.eventmodel.checks import problems
from apps.eventmodel.discovery import build, event_model, slices_by_name
from apps.eventmodel.model import Kind, Model, Pattern, Slice
from apps.eventmodel.sources import Sources, Specified, Table, Trigger
from apps.eventmodel.tracing import used

Question = TagKind("question", guarding=False)
Staff = TagKind("staff", guarding=True)


class Asked(Event, frozen=True):
    question: str
    text: str
    at: Annotated[datetime, origin("clock")]

    def tags(self) -> tuple[Tag, ...]:
        return (Question(self.question),)


class Answered(Event, frozen=True):
    question: str
    answer: Annotated[str, origin("text")]

    def tags(self) -> tuple[Tag, ...]:
        return (Question(self.question),)


class Ask(Command, frozen=True):
    question: Annotated[str, origin("new id")]
    text: str

    def boundary(self) -> Boundary:
        return (Question(self.question),)

    def decide(self, history: History, now: datetime) -> list[Event]:
        return [Asked(self.question, self.text, now)]


class Answer(Command, frozen=True):
    question: str
    text: str

    def boundary(self) -> Boundary:
        return (Question(self.question), Staff("all"))

    def decide(self, history: History, now: datetime) -> list[Event]:
        if not history:
            raise Rejected("Nobody asked.")
        return [Answered(self.question, self.text)]


class Open(models.Model):
    """To do: questions without an answer."""

    question = models.TextField(primary_key=True)
    text = models.TextField()

    class Meta:
        app_label = "sample"

    def __str__(self) -> str:
        return self.text


class AskForm:
    """What a page has when it asks."""

    _fields = ("text",)
    text: str


def page() -> None: ...
def robot() -> None: ...
def letters() -> None: ...


ASKED = Asked("q1", "Why?", datetime(2030, 6, 1))
SPECIFIED: list[tuple[str, str, AnySpecification]] = [
    (
        "answer",
        "without a question",
        given().when(Answer("q1", "So.")).then_rejected("Nobody asked."),
    ),
    ("answer", "an answer", given(ASKED).when(Answer("q1", "So.")).then(Answered("q1", "So."))),
    ("open", "one that was asked", given(ASKED).then_shows("sample.Open", {"question": "q1"})),
    ("ask", "a question", given().when(Ask("q1", "Why?")).then(ASKED)),
    ("robot", "answers", given(ASKED).when_runs("sample.robot").then(Answered("q1", "So."))),
]


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events._names, Asked, "sample.Asked")  # type: ignore[misc]
    monkeypatch.setitem(events._names, Answered, "sample.Answered")  # type: ignore[misc]


@pytest.fixture
def sources() -> Sources:
    return Sources(
        events=(Asked, Answered),
        commands=(Answer, Ask),
        tables=(Table(Open, "open", (Asked, Answered)),),
        triggers=(
            Trigger(Kind.SCREEN, "Questions", "Visitor", page, (Ask, AskForm), "/questions/"),
            Trigger(Kind.AUTOMATION, "sample.robot", "", robot, (Open, Answer)),
        ),
        specified=tuple(Specified(f"sample.{m}", f"To {m}.", t, s) for m, t, s in SPECIFIED),
    )


def named(model: Model, name: str) -> Slice:
    return next(each for each in model.slices if each.name == name)


# What is built


def test_a_model_tells_a_story_in_time(sources: Sources) -> None:
    model = build(sources)
    assert [(each.name, each.pattern) for each in model.slices] == [
        ("tests.ask", Pattern.CHANGE),
        ("sample.robot", Pattern.AUTOMATION),
    ]
    assert [box.title for box in named(model, "tests.ask").boxes] == ["Questions", "Ask", "Asked"]
    assert [box.title for box in named(model, "sample.robot").boxes] == [
        "Robot",
        "Opens",
        "Answer",
        "Answered",
    ]


def test_nothing_is_missing_in_it(sources: Sources) -> None:
    assert problems(build(sources)) == []


def test_arrows_say_what_feeds_what(sources: Sources) -> None:
    assert {(arrow.source, arrow.target) for arrow in build(sources).arrows} == {
        ("screen Questions @ tests.ask", "command tests.Ask"),
        ("command tests.Ask", "event sample.Asked"),
        ("event sample.Asked", "read model sample.Open"),
        ("event sample.Answered", "read model sample.Open"),
        ("read model sample.Open", "automation sample.robot"),
        ("automation sample.robot", "command tests.Answer"),
        ("command tests.Answer", "event sample.Answered"),
    }


def test_examples_come_from_specifications(sources: Sources) -> None:
    boxes = {box.key: box for box in build(sources).boxes()}
    assert boxes["command tests.Ask"].example == (("question", "q1"), ("text", "Why?"))
    assert dict(boxes["event sample.Asked"].example)["at"] == "1 June 2030 00:00"
    assert boxes["read model sample.Open"].example == (("question", "q1"),)
    assert boxes["screen Questions @ tests.ask"].example == (("at", "/questions/"),)


def test_a_boundary_is_shown_with_its_guards(sources: Sources) -> None:
    robot = named(build(sources), "sample.robot")
    assert [(tag.name, tag.guarding) for tag in robot.boundary] == [
        ("question:q1", False),
        ("staff:all", True),
    ]
    assert robot.looks_at == ("event sample.Asked",)


def test_origins_are_traced_through_commands_and_what_they_looked_at(sources: Sources) -> None:
    boxes = {box.key: box for box in build(sources).boxes()}
    origins = {f.name: f.origins for f in boxes["event sample.Answered"].fields}
    assert origins["answer"] == ("text of command tests.Answer", "text of event sample.Asked")
    assert [f.origins for f in boxes["command tests.Ask"].fields] == [
        ("new id",),
        ("text of screen Questions",),
    ]


def test_what_another_system_says_is_a_translation(sources: Sources) -> None:
    class Letter:
        _fields = ("question", "text")
        question: str
        text: str

    letter = Trigger(Kind.OUTSIDE, "sample.letters", "Post office", letters, (Answer, Letter))
    model = build(replace(sources, triggers=(*sources.triggers, letter)))
    assert named(model, "sample.letters").pattern is Pattern.TRANSLATION
    assert next(named(model, "sample.letters").of(Kind.OUTSIDE)).title == "Post office"
    assert ("outside sample.letters", "command tests.Answer") in {
        (arrow.source, arrow.target) for arrow in model.arrows
    }


# What the checks find


def without_specification(sources: Sources, title: str) -> Sources:
    kept = tuple(each for each in sources.specified if each.title != title)
    return replace(sources, specified=kept)


def test_a_field_from_nowhere_is_found(sources: Sources) -> None:
    first, *others = sources.triggers
    without_form = replace(sources, triggers=(replace(first, parts=(Ask,)), *others))
    assert [p for p in problems(build(without_form)) if "tests.Ask.text comes from nowhere" in p]


def test_an_origin_that_is_not_there_is_found(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Open, "origins", {"text": ("words",)}, raising=False)
    assert [p for p in problems(build(sources)) if "sample.Open.text comes from nowhere" in p]


def test_an_event_that_is_its_own_origin_is_found(sources: Sources) -> None:
    """A command that only ever saw such an event would explain every field of it."""

    class Repeat(Command, frozen=True):
        question: str

        def boundary(self) -> Boundary:
            return (Question(self.question),)

    again = given(ASKED).when(Repeat("q1")).then(ASKED)
    specified = (*sources.specified, Specified("sample.repeat", "", "again", again))
    found = problems(
        build(replace(sources, commands=(*sources.commands, Repeat), specified=specified))
    )
    assert [p for p in found if "sample.Asked.text comes from nowhere" in p]


def test_an_event_that_nothing_writes_is_found(sources: Sources) -> None:
    lonely = without_specification(sources, "a question")
    assert "sample.Asked is written by nothing" in " ".join(problems(build(lonely)))


def test_an_event_that_nothing_reads_is_found(sources: Sources) -> None:
    blind = replace(sources, tables=(Table(Open, "open", (Asked,)),))
    assert "sample.Answered is read by nothing" in " ".join(problems(build(blind)))


def test_a_slice_without_specification_is_found(sources: Sources) -> None:
    assert "tests.ask has no specification." in problems(
        build(without_specification(sources, "a question"))
    )


def test_a_command_that_nobody_issues_is_found(sources: Sources) -> None:
    only_robot = replace(sources, triggers=sources.triggers[1:])
    assert "tests.Ask is out of reach" in " ".join(problems(build(only_robot)))


def test_an_impossible_order_is_found(sources: Sources) -> None:
    model = build(sources)
    turned = replace(model, slices=tuple(reversed(model.slices)))
    assert [p for p in problems(turned) if p.startswith("sample.robot stands before")]


# The real one


def test_nothing_is_missing_in_ours() -> None:
    assert problems(event_model()) == []


def test_every_event_command_and_table_of_ours_has_one_box() -> None:
    keys = [box.key for box in event_model().boxes()]
    assert len(keys) == len(set(keys))
    assert "event booking.SeatsHeld" in keys
    assert "command checkout.PlaceOrder" in keys
    assert "read model seatmap.Seat" in keys


def test_every_arrow_of_ours_joins_two_boxes() -> None:
    model = event_model()
    keys = {box.key for box in model.boxes()}
    assert all({arrow.source, arrow.target} <= keys for arrow in model.arrows)


@pytest.mark.parametrize(
    ("name", "slice_name"),
    [
        ("booking.hold_seats", "booking.hold_seats"),  # itself
        ("booking.ExpireHold", "booking.expire_holds"),  # a command
        ("booking.expire_hold", "booking.expire_holds"),  # a command, by its module
        ("booking.SeatsHeld", "booking.hold_seats"),  # an event
        ("seatmap.seat", "seatmap.seats"),  # a table
        ("programme", "programme.programme"),  # a projection
    ],
)
def test_a_slice_is_found_by_what_is_in_it(name: str, slice_name: str) -> None:
    assert slices_by_name()[name].name == slice_name


# Tracing


def helper() -> type[Command]:
    return Ask


def direct() -> Iterator[object]:
    yield Answer


def through_a_helper() -> object:
    return [helper() for _ in range(2)]


@lru_cache
def cached() -> object:
    return helper()


class View:
    form = AskForm

    def post(self) -> object:
        return direct()

    @property
    def own(self) -> object:
        return helper()


def annotated(form: AskForm | None) -> None: ...


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (direct, {Answer}),
        (through_a_helper, {Ask}),
        (cached, {Ask}),
        (View, {Answer, Ask}),
        (annotated, set()),
    ],
)
def test_commands_are_found_through_what_code_calls(
    code: Callable[..., object], expected: set[object]
) -> None:
    def is_command(value: object) -> bool:
        return value in (Ask, Answer)

    def is_near(value: object) -> bool:
        return getattr(value, "__module__", "") == __name__

    found = used(code, within=is_near, leaf=is_command)
    assert {value for value in found if is_command(value)} == expected


def test_records_are_found_in_annotations() -> None:
    assert AskForm in used(annotated, within=lambda value: value is AskForm, leaf=lambda _: False)
