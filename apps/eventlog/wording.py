"""Rejections in the language of the one who is told. What decides knows no languages."""

from datetime import datetime, time

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from apps.eventlog.commands import Rejected, Value, Words


def told(rejection: Rejected) -> str:
    """Its sentence in the active language."""
    sentence = gettext(rejection.sentence)
    values = {name: _shown(value) for name, value in rejection.values.items()}
    return sentence.format(**values) if values else sentence


def listed(names: tuple[str, ...]) -> str:
    """ "A7, A8 and A9", in the active language."""
    *most, last = names
    if not most:
        return last
    return gettext("{most} and {last}").format(most=", ".join(most), last=last)


def _shown(value: Value) -> str:
    match value:
        case Words():
            return gettext(value)
        case datetime():
            return date_format(value, "MOMENT")
        case time():
            return time_format(value, "CLOCK")
        case tuple():
            return listed(value)
    return str(value)
