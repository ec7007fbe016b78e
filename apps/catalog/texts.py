"""What staff may type: one line, a text, a number; refusals say what to change."""

from apps.eventlog.commands import Rejected


def must_be_line(what: str, text: str, longest: int) -> None:
    """One printable line of 1 to `longest` characters, without blanks around it."""
    if not text.strip():
        raise Rejected(f"Give the {what}.")
    if len(text) > longest:
        raise Rejected(f"Shorten the {what} to {longest} characters.")
    if not text.isprintable() or text != text.strip():
        raise Rejected(f"Take odd characters out of the {what}: it has to be one plain line.")


def must_be_text(what: str, text: str, longest: int) -> None:
    """Like a line, but of several: line ends are welcome, other control characters are not."""
    if not text.strip():
        raise Rejected(f"Give the {what}.")
    if len(text) > longest:
        raise Rejected(f"Shorten the {what} to {longest} characters.")
    if not text.replace("\r", "").replace("\n", "").isprintable():
        raise Rejected(f"Take control characters out of the {what}.")


def must_be_within(what: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise Rejected(f"The {what} has to be between {least} and {most}.")
