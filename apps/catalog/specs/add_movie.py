"""Specifications: add a movie."""

import msgspec

from apps.catalog.commands.add_movie import AddMovie
from apps.catalog.specs.examples import movie_added
from apps.eventlog.specifications import Specification, given


def add(**changes: object) -> AddMovie:
    """The command that grants `movie_added()`, changed."""
    return AddMovie(**{**msgspec.structs.asdict(movie_added()), **changes})


ADDRESS = (
    "Write the address in at most 80 small letters, digits and single hyphens, "
    "such as the-salt-meridian."
)


def refused_address(slug: str) -> Specification:
    return given().when(add(slug=slug)).then_rejected(ADDRESS)


SPECIFICATIONS: dict[str, Specification] = {
    "a movie is added": given().when(add()).then(movie_added()),
    "two movies may share a title": given()
    .when(add(movie="mov2", slug="the-salt-meridian-2"))
    .then(movie_added("mov2", "the-salt-meridian-2")),
    "a synopsis may have several lines": given()
    .when(add(synopsis="One.\r\nTwo."))
    .then(msgspec.structs.replace(movie_added(), synopsis="One.\r\nTwo.")),
    "an address belongs to one movie": given(movie_added())
    .when(add(movie="mov2"))
    .then_rejected(
        "The address /movies/the-salt-meridian/ belongs to The Salt Meridian. Choose another one."
    ),
    "a movie is added once": given(movie_added())
    .when(add(slug="another-address"))
    .then_rejected("The Salt Meridian has been added already."),
    "an address has no blanks": refused_address("the salt"),
    "an address has no slash": refused_address("a/b"),
    "an address has small letters": refused_address("Salt"),
    "an address is not empty": refused_address(""),
    "an address has an end": refused_address("a" * 81),
    "a title is there": given().when(add(title=" ")).then_rejected("Give the title."),
    "a title has an end": given()
    .when(add(title="x" * 121))
    .then_rejected("Shorten the title to 120 characters."),
    "a title is one plain line": given()
    .when(add(title="The Salt\x00"))
    .then_rejected("Take odd characters out of the title: it has to be one plain line."),
    "a genre is there": given().when(add(genre="")).then_rejected("Give the genre."),
    "a rating is there": given().when(add(rating="")).then_rejected("Give the rating."),
    "a language is there": given().when(add(language="")).then_rejected("Give the language."),
    "a synopsis is there": given().when(add(synopsis="\n")).then_rejected("Give the synopsis."),
    "a synopsis has no control characters": given()
    .when(add(synopsis="One.\x00"))
    .then_rejected("Take control characters out of the synopsis."),
    "a synopsis has an end": given()
    .when(add(synopsis="x" * 2001))
    .then_rejected("Shorten the synopsis to 2000 characters."),
    "no movie is older than film": given()
    .when(add(year=1887))
    .then_rejected("The year has to be between 1888 and 2035."),
    "a movie of six years ahead is a typing error": given()
    .when(add(year=2036))
    .then_rejected("The year has to be between 1888 and 2035."),
    "a movie has a length": given()
    .when(add(minutes=0))
    .then_rejected("The length in minutes has to be between 1 and 600."),
    "a movie ends": given()
    .when(add(minutes=601))
    .then_rejected("The length in minutes has to be between 1 and 600."),
}
