"""Paying for held seats, and the order's page."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.booking.folds import Holds, HoldState
from apps.booking.tags import Hold, Visitor
from apps.booking.visitors import visitor_of
from apps.catalog.events import MovieAdded, ScreeningScheduled
from apps.catalog.tags import Movie, Schedule
from apps.checkout.bank import bank
from apps.checkout.commands.place_order import PlaceOrder
from apps.checkout.folds import OrderState, order_of
from apps.checkout.forms import OrderForm
from apps.checkout.models import Customer
from apps.checkout.tags import Order
from apps.checkout.tickets import shown
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import Busy, handle
from apps.eventlog.looking import look

ORDERS = UUID("6e2a2f5c-52a6-4e0b-9d53-6b7a0b3f9f10")
NO_BANK = {
    "title": "We cannot take your money yet.",
    "text": "This cinema has no bank connected. Your seats stay yours until the clock runs out.",
}


class Held(NamedTuple):
    """What the log says about a visitor's seats at a screening, right now."""

    now: datetime
    screening: ScreeningScheduled
    hold: HoldState | None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, screening: str) -> HttpResponse:
    """Who the tickets are for, and off to the bank."""
    held = _held(screening, visitor_of(request))
    hold = held.hold
    if hold is None or (not hold.payment and not hold.open(held.now)):
        messages.warning(request, "You hold no seats here. Pick some, and we keep them for you.")
        return redirect("seatmap:screening", screening)
    if hold.sold:
        return redirect("checkout:order", hold.payment)
    if not settings.BANK:
        return render(request, "message.html", NO_BANK, status=503)
    if hold.payment:
        return _to_the_bank(request, hold.payment)
    form = OrderForm(request.POST or None, initial={"command": uuid4()})
    if form.is_valid():
        try:
            return _place(request, form, hold)
        except Rejected as rejection:
            form.refuse(str(rejection))
        except Busy:
            form.add_error(
                None, "So many people are booking that we did not get to you. Try again?"
            )
    status = 422 if form.errors else 200
    return render(request, "checkout/new.html", _paying(request, form, held), status=status)


def _held(screening: str, visitor: str) -> Held:
    view = look((Schedule(screening), Visitor(screening, visitor)))
    scheduled = next((e for e in view.history if isinstance(e, ScreeningScheduled)), None)
    if scheduled is None:
        raise Http404("no such screening")
    return Held(view.now, scheduled, Holds(view.history).last_of(visitor))


def _place(request: HttpRequest, form: OrderForm, hold: HoldState) -> HttpResponse:
    command_id = str(form.cleaned_data["command"])
    order = uuid5(ORDERS, f"{hold.visitor}/{command_id}").hex
    # The erasable row comes first: events name only its id. What is corrected makes another. Keyed,
    # so that after the row is erased nobody can try names and addresses against the id.
    typed = {key: form.cleaned_data[key] for key in ("name", "email")}
    customer = salted_hmac(order, "/".join(typed.values()), algorithm="sha256").hexdigest()[:32]
    Customer.objects.get_or_create(id=customer, defaults=typed)
    command = PlaceOrder(
        order=order,
        screening=hold.screening,
        hold=hold.hold,
        visitor=hold.visitor,
        seats=hold.seats,
        customer=customer,
        lasts=settings.PAYMENT_LASTS,
    )
    handle(command, command_id=f"web:{command_id}", actor=f"visitor:{hold.visitor}")
    return _to_the_bank(request, order)


def _to_the_bank(request: HttpRequest, order: str) -> HttpResponse:
    placed = _order(order).placed
    about = {"screening": placed.screening, "hold": placed.hold, "seats": " ".join(placed.seats)}
    return_url = request.build_absolute_uri(reverse("checkout:order", args=[order]))
    webhook_url = request.build_absolute_uri(reverse("checkout:webhook"))
    return redirect(bank().open_session(order, placed.amount, about, return_url, webhook_url))


def _paying(request: HttpRequest, form: OrderForm, held: Held) -> dict[str, Any]:
    assert held.hold is not None
    return {
        "form": form,
        "screening": _shown(held.screening),
        "seats": [shown(seat) for seat in held.hold.seats],
        "price": held.screening.price,
        "total": held.screening.price * len(held.hold.seats),
        "seconds_left": int((held.hold.until - held.now).total_seconds()),
        "until": held.hold.until,
        "declined": "declined" in request.GET,
    }


@never_cache
@require_safe
def order(request: HttpRequest, order: str) -> HttpResponse:
    """An order's page. Its address is the ticket: whoever has it may show it at the door."""
    state = _order(order)
    placed = state.placed
    view = look((Schedule(placed.screening), Hold(placed.hold)))
    screening = next(e for e in view.history if isinstance(e, ScreeningScheduled))
    hold = Holds(view.history).get(placed.hold)
    context = {
        "order": _order_shown(state, hold, view.now),
        "screening": _shown(screening),
        "seats": [shown(seat) for seat in placed.seats],
        "tickets": [shown(ticket.seat, ticket.code) for ticket in state.tickets],
        "total": state.amount or placed.amount,
    }
    partial = "#order" if request.headers.get("HX-Request") else ""
    return render(request, f"checkout/order.html{partial}", context)


def _order(order: str) -> OrderState:
    try:
        return order_of(look((Order(order),)).history, order)
    except Rejected as rejection:
        raise Http404(str(rejection)) from rejection


def _order_shown(state: OrderState, hold: HoldState | None, now: datetime) -> dict[str, Any]:
    """The order, and what became of its hold: `open`, at the bank `again`, `sold` or `gone`."""
    order = state.placed.order
    fate = "gone"
    if hold and hold.payment not in (None, order):
        fate = "sold" if hold.sold else "again"
    elif hold and hold.open(now):
        fate = "open"
    return {
        "order": order,
        "state": state.state,
        "reason": state.reason,
        "hold": fate,
        "other": hold.payment if hold else None,
        "until": hold.until if hold else None,
    }


def _shown(screening: ScreeningScheduled) -> dict[str, Any]:
    history = look((Movie(screening.movie),)).history
    movie = next(e for e in history if isinstance(e, MovieAdded))
    return {
        "screening": screening.screening,
        "title": screening.title,
        "slug": movie.slug,
        "auditorium_name": screening.auditorium_name,
        "starts": screening.starts,
    }
