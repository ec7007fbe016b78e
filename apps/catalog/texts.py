"""What staff may type: one line, a text, a number; refusals say what to change."""

from apps.eventlog.commands import Rejected, Words


def must_be_line(what: Words, text: str, longest: int) -> None:
    """One printable line of 1 to `longest` characters, without blanks around it."""
    _must_fit(what, text, longest)
    if not text.isprintable() or text != text.strip():
        raise Rejected("Take odd characters out of {what}: it has to be one plain line.", what=what)


def must_be_text(what: Words, text: str, longest: int) -> None:
    """Like a line, but of several: line ends are welcome, other control characters are not."""
    _must_fit(what, text, longest)
    if not text.replace("\r", "").replace("\n", "").isprintable():
        raise Rejected("Take control characters out of {what}.", what=what)


def must_be_within(what: Words, number: int, least: int, most: int) -> None:
    """`what` begins the sentence: "The year"."""
    if not least <= number <= most:
        raise Rejected(
            "{what} has to be between {least} and {most}.", what=what, least=least, most=most
        )


def _must_fit(what: Words, text: str, longest: int) -> None:
    if not text.strip():
        raise Rejected("Give {what}.", what=what)
    if len(text) > longest:
        raise Rejected("Shorten {what} to {longest} characters.", what=what, longest=longest)
