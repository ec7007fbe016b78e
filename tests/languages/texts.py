"""Every text in the code that is to be translated, found without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from cinema_site.folder import REPOSITORY

CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "Rejected", "Words"}
CALL = re.compile(r"""\bn?p?gettext\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[\s,]|count)+\)""")
type Key = tuple[str, str, str]  # context, text, and its plural

# Developers' pages are in English: see docs/decisions.
FOR_DEVELOPERS = ("eventmodel", "xray")


def templates() -> Iterator[Path]:
    """Those that moviegoers and staff see."""
    for path in sorted((REPOSITORY / "templates").rglob("*.html")):
        if path.parent.name not in FOR_DEVELOPERS:
            yield path


def marked() -> Iterator[tuple[Path, Key]]:
    for folder in "apps", "cinema_site":
        for path in (REPOSITORY / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                yield from ((path, key) for key in _of_call(node))
    for path in templates():
        for call in CALL.findall(templatize(path.read_text())):
            yield from ((path, key) for key in _of_call(ast.parse(call, mode="eval").body))


def _of_call(node: ast.AST) -> Iterator[Key]:
    match node:
        case ast.Call(func=ast.Name("pgettext"), args=[ast.Constant(context), ast.Constant(text)]):
            yield str(context), str(text), ""
        case ast.Call(func=ast.Name("ngettext"), args=[ast.Constant(one), ast.Constant(many), _]):
            yield "", str(one), str(many)
        case ast.Call(func=ast.Name(name), args=[ast.Constant(str(text)), *_]) if name in CALLS:
            yield "", text, ""
