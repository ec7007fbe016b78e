"""What is new on a map, for browsers that can have no socket: they ask every few seconds."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from apps.eventlog.epochs import EPOCH
from apps.eventlog.screens import screen
from apps.seatmap.models import Screening, Seat
from apps.seatmap.queries import room_of
from apps.seatmap.rooms import head

NOTHING_NEW = 204


@screen("Seat map", actor="Moviegoer")
@require_safe
def changes(request: HttpRequest, screening: str) -> HttpResponse:
    """What changed since a position, all if that is not enough to be sure; one query.

    A transaction that commits late changes seats below the highest position that was told. So the
    browser also sends the sum of all seats' positions: these only grow, hence equal sums mean that
    it knows everything. It reckons the sum anew with each answer; if it is another than the one
    told here, it asks without a position.
    """
    found: Any = get_object_or_404(_with_rows(), screening=screening)
    known = {row["seat"]: (row["state"], row["position"]) for row in found.rows}
    total = sum(position for _, position in known.values())
    asked = request.GET.get
    same = asked("epoch") == found.epoch
    newer = [seat for seat, (_, position) in known.items() if position > _number(asked("since"))]
    marks = [f'data-sum="{total}"']
    if same and asked("sum") == str(total):
        response = HttpResponse(status=NOTHING_NEW)
    else:
        some = newer if same and asked("since") and newer else None
        marks += ["data-snapshot"] * (some is None)
        response = HttpResponse(head(found.epoch, *marks) + room_of(found).fragments(known, some))
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _with_rows() -> Any:
    row = JSONObject(seat="seat", state="state", position="position")
    rows = Seat.objects.filter(screening=OuterRef("screening")).values(row=row)
    return Screening.objects.annotate(epoch=RawSQL(EPOCH, ()), rows=ArraySubquery(rows))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 20 else 0
