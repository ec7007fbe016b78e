"""Finds what a template says in one language only."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

READ_OUT = {"alt", "aria-description", "aria-label", "placeholder", "title"}
NAMES = {"Marquee", "C"}  # the same in every language: the house's sign, a companion's seat
ATTRIBUTES = {"bodyclass", "body_class", "main_class", "nav_current", "model_current"}  # blocks
TRANSLATES = ("translate", "blocktranslate", "trans", "blocktrans")
LITERAL = re.compile(r'"([^"]*)"')


def untranslated(source: str) -> list[str]:
    reader = _Reader()
    kept: list[str] = []
    inside = ""
    for token in Lexer(source).tokenize():
        name = _name(token)
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif _says_elsewhere(token):
            inside = name
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        elif name not in TRANSLATES:
            reader.found += _sentences(token)
    reader.feed("".join(kept))
    return [text for text in reader.found if text not in NAMES]


def _says_elsewhere(token: Token) -> bool:
    """What follows is translated, or not shown."""
    name = _name(token)
    attribute = name == "block" and token.split_contents()[1] in ATTRIBUTES
    return attribute or name in ("blocktranslate", "blocktrans", "comment")


def _name(token: Token) -> str:
    return token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""


def _sentences(token: Token) -> Iterator[str]:
    """Literals of several words: a default, a label, also a date's format that has no name."""
    if token.token_type in (TokenType.BLOCK, TokenType.VAR):
        for literal in LITERAL.findall(re.sub(r"_\([^)]*\)", "", token.contents)):
            if " " in literal:
                yield literal


class _Reader(HTMLParser):
    """Collects what is shown or read out, of HTML whose template tags have been taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(value or "" for name, value in attrs if name in READ_OUT)

    def handle_data(self, data: str) -> None:
        self._note([data])

    def _note(self, texts: "Iterator[str] | list[str]") -> None:
        self.found += [text.strip() for text in texts if re.search(r"[^\W\d_]", text)]
