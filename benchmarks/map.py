"""A map of 300 seats from pre-built fragments, against a template that loops over the seats."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from django.template import engines

from benchmarks.comparing import Row, compare_savings

PLAN = tuple(f"{row} {'#' * 20}" for row in "ABCDEFGHJKLMNPQ")
TARGET = 20.0
SECONDS = 0.5  # a turn

TEMPLATE = """
<div class="plan" data-cols="{{ cols }}" data-rows="{{ rows|length }}">
<div class="silver" aria-hidden="true"><span class="mid">Screen</span></div>
{% for row in rows %}
<div class="seatrow" role="group" aria-label="Row {{ row.name }}">
<span class="rowname" data-x="1" data-y="{{ row.y }}" aria-hidden="true">{{ row.name }}</span>
{% for seat in row.seats %}
<div class="seat" id="seat-{{ seat.name }}" data-x="{{ seat.x }}" data-y="{{ seat.y }}"
 data-state="{{ seat.state }}" data-position="{{ seat.position }}" data-hx-swap-oob="seat"
 data-tip="{{ seat.name }} · {{ seat.words }}{% if seat.free %} · {{ price }}{% endif %}">
<input type="checkbox" name="seats" value="{{ seat.name }}"
 aria-label="Row {{ row.name }}, seat {{ seat.number }}, {{ seat.words }}
{% if seat.free %}, {{ price }}{% endif %}" {% if not seat.free %}disabled{% endif %}>
<b aria-hidden="true">{{ seat.number }}</b></div>
{% endfor %}
<span class="rowname" data-x="{{ cols }}" data-y="{{ row.y }}" aria-hidden="true">
{{ row.name }}</span>
</div>
{% endfor %}
</div>
"""


def rows() -> Iterator[Row]:
    ours, theirs = partial(milliseconds, by_fragments()), partial(milliseconds, by_template())
    yield compare_savings("ms a map of 300 seats: template loop / ours", ours, theirs, TARGET)


def milliseconds(draw: Callable[[], str]) -> float:
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        if draw().count('id="seat-') != 300:
            raise RuntimeError("a map without some of its seats")
        count += 1
    return (time.perf_counter() - began) / count * 1000


def known() -> dict[str, tuple[str, int]]:
    """A third each: free, held, sold."""
    states = ("available", "held", "sold")
    seats = [f"{line[0]}{number}" for line in PLAN for number in range(1, 21)]
    return {seat: (states[nth % 3], nth) for nth, seat in enumerate(seats)}


def by_fragments() -> Callable[[], str]:
    from apps.seatmap.seats import room

    seats = known()
    return lambda: room(PLAN, "€9.50").html(seats)


def by_template() -> Callable[[], str]:
    """The loop alone: the seats lie ready as the template wants them."""
    from apps.catalog import plans
    from apps.seatmap.seats import state_in_words

    template, seats = engines["django"].from_string(TEMPLATE), known()
    drawn = dict[str, list[dict[str, object]]]()
    for place in plans.parse(PLAN):
        state, position = seats[place.seat]
        about = {"name": place.seat, "number": place.number, "x": place.x, "y": place.y}
        about |= {"state": state, "position": position, "free": state == "available"}
        drawn.setdefault(place.row, []).append(about | {"words": state_in_words(state)})
    rows = [{"name": name, "y": row[0]["y"], "seats": row} for name, row in drawn.items()]
    context = {"rows": rows, "cols": 22, "price": "€9.50"}
    return lambda: str(template.render(context))
