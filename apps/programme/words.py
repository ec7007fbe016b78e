"""Words as a search compares them: without accents, capitals and punctuation. Pure."""

import re
import unicodedata

MOST = 8  # words of a search that count


def searchable(*texts: str) -> str:
    """`" zoe s night bus"`: a blank before each word, so that its beginning can be found."""
    return "".join(f" {word}" for word in _words(" ".join(texts)))


def asked(text: str) -> list[str]:
    """The beginnings of words that a search asks for, each once."""
    return list(dict.fromkeys(_words(text)))[:MOST]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
