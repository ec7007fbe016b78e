"""Specifications: add an auditorium."""

from apps.catalog.commands.add_auditorium import AddAuditorium
from apps.catalog.specs.examples import PLAN, auditorium_added
from apps.eventlog.specifications import Specification, given


def add(
    name: str = "Grand", plan: tuple[str, ...] = PLAN, auditorium: str = "aud1"
) -> AddAuditorium:
    return AddAuditorium(auditorium, name, plan)


def refused_plan(*plan: str, because: str) -> Specification:
    return given().when(add(plan=plan)).then_rejected(because)


NAMED_ALREADY = "There is an auditorium named Grand already. Choose another name."

SPECIFICATIONS: dict[str, Specification] = {
    "an auditorium is added": given().when(add()).then(auditorium_added()),
    "a name belongs to one auditorium": given(auditorium_added())
    .when(add(auditorium="aud2"))
    .then_rejected(NAMED_ALREADY),
    "case and spacing do not make another name": given(auditorium_added(name="Grand Hall"))
    .when(add(name="grand  hall", auditorium="aud2"))
    .then_rejected("There is an auditorium named Grand Hall already. Choose another name."),
    "an auditorium is added once": given(auditorium_added())
    .when(add(name="Balcony"))
    .then_rejected("Grand has been added already."),
    "a name is there": given().when(add(name="")).then_rejected("Give the name."),
    "a name may have a slash": given().when(add(name="1/2")).then(auditorium_added(name="1/2")),
    "a name has an end": given()
    .when(add(name="x" * 41))
    .then_rejected("Shorten the name to 40 characters."),
    "a name is one plain line": given()
    .when(add(name="Grand\x00"))
    .then_rejected("Take odd characters out of the name: it has to be one plain line."),
    "a plan has a row": refused_plan(
        "", because="The plan is empty: give it at least one row of seats."
    ),
    "a row has a name": refused_plan(
        "A ##", "####", because="Line 2: start with the row's name, one or two capital letters."
    ),
    "a row's name is there once": refused_plan(
        "A ##", "A ##", because="Row A is there twice: give every row a name of its own."
    ),
    "a row is more than its name": refused_plan(
        "A", because="Row A: put one blank and then the seats after its name."
    ),
    "a row has a seat": refused_plan(
        "A ...", because="Row A has no seat: give it one, or leave its line empty."
    ),
    "a row has seats and gaps only": refused_plan(
        "A ##x#", because="Row A: 'x' is neither a seat (#, w or c) nor a gap (.)."
    ),
    "a row fits on the page": refused_plan(
        "A " + "#" * 39, because="Row A is 39 cells wide; 38 are the most."
    ),
    "a plan has at most 26 rows": refused_plan(
        *(f"{letter * 2} #" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "A #",
        because="The plan has 27 rows; 26 are the most.",
    ),
    "a plan has at most 500 seats": refused_plan(
        *(f"{letter} {'#' * 38}" for letter in "ABCDEFGHIJKLMN"),
        because="The plan has 532 seats; 500 are the most.",
    ),
    "a plan has at most 52 lines": refused_plan(
        *[""] * 53, because="The plan has 53 lines; 52 are the most."
    ),
}
