"""Paying for held seats, and the order's page."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.booking.tags import Hold, Visitor
from apps.booking.visitors import visitor_of
from apps.catalog.events import ScreeningScheduled
from apps.catalog.tags import Movie, Schedule
from apps.checkout.bank import bank
from apps.checkout.commands.place_order import PlaceOrder
from apps.checkout.events import OrderPlaced
from apps.checkout.folds import order_of
from apps.checkout.forms import OrderForm
from apps.checkout.models import Customer
from apps.checkout.pages import Basket, basket, order_page
from apps.checkout.tags import Order
from apps.checkout.tickets import shown
from apps.eventlog.commands import Boundary, Rejected
from apps.eventlog.handling import Busy, handle
from apps.eventlog.looking import look
from apps.eventlog.screens import screen
from apps.eventlog.wording import told

ORDERS = UUID("6e2a2f5c-52a6-4e0b-9d53-6b7a0b3f9f10")
NO_BANK = {
    "title": _("We cannot take your money yet."),
    "text": _("This cinema has no bank connected. Your seats stay yours until the clock runs out."),
}


@screen("Checkout", actor="Moviegoer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, screening: str) -> HttpResponse:
    """Who the tickets are for, and off to the bank."""
    visitor = visitor_of(request)
    view = look((*_about(screening), Visitor(screening, visitor)))
    held = basket(view.history, view.now, visitor)
    if held.state == "empty":
        messages.warning(request, _("You hold no seats here. Pick some, and we keep them for you."))
        return redirect("seatmap:screening", screening)
    if held.state == "sold":
        return redirect("checkout:order", held.order)
    if not settings.BANK:
        return render(request, "message.html", NO_BANK, status=503)
    if held.state == "paying":
        return _to_the_bank(request, held.order)
    form = OrderForm(request.POST or None, initial={"command": uuid4()})
    if form.is_valid():
        try:
            return _place(request, form, held, visitor)
        except Rejected as rejection:
            form.refuse(told(rejection))
        except Busy:
            form.add_error(
                None, _("So many people are booking that we did not get to you. Try again?")
            )
    status = 422 if form.errors else 200
    return render(request, "checkout/new.html", _paying(request, form, held), status=status)


def _about(screening: str) -> Boundary:
    """What tells of a screening: its schedule, and the movie that this names."""
    schedule = Schedule(screening)
    for event in look((schedule,)).history:
        if isinstance(event, ScreeningScheduled):
            return schedule, Movie(event.movie)
    raise Http404("no such screening")


def _place(request: HttpRequest, form: OrderForm, held: Basket, visitor: str) -> HttpResponse:
    command_id = str(form.cleaned_data["command"])
    order = uuid5(ORDERS, f"{visitor}/{command_id}").hex
    # The erasable row comes first: events name only its id. What is corrected makes another. Keyed,
    # so that after the row is erased nobody can try names and addresses against the id.
    typed = {key: form.cleaned_data[key] for key in ("name", "email")}
    customer = salted_hmac(order, "/".join(typed.values()), algorithm="sha256").hexdigest()[:32]
    Customer.objects.get_or_create(id=customer, defaults=typed)
    command = PlaceOrder(
        order=order,
        screening=held.screening.screening,
        hold=held.hold,
        visitor=visitor,
        seats=held.seats,
        customer=customer,
        lasts=settings.PAYMENT_LASTS,
    )
    handle(command, command_id=f"web:{command_id}", actor=f"visitor:{visitor}")
    return _to_the_bank(request, order)


def _to_the_bank(request: HttpRequest, order: str) -> HttpResponse:
    placed = _placed(order)
    about = {"screening": placed.screening, "hold": placed.hold, "seats": " ".join(placed.seats)}
    return_url = request.build_absolute_uri(reverse("checkout:order", args=[order]))
    webhook_url = request.build_absolute_uri(reverse("checkout:webhook"))
    return redirect(bank().open_session(order, placed.amount, about, return_url, webhook_url))


def _paying(request: HttpRequest, form: OrderForm, held: Basket) -> dict[str, Any]:
    return {
        "form": form,
        "screening": held.screening,
        "seats": [shown(seat) for seat in held.seats],
        "price": held.price,
        "total": held.total,
        "until": held.until,
        "declined": "declined" in request.GET,
    }


@screen("Order", actor="Moviegoer")
@never_cache
@require_safe
def order(request: HttpRequest, order: str) -> HttpResponse:
    """An order's page. Its address is the ticket: whoever has it may show it at the door."""
    placed = _placed(order)
    view = look((Order(order), Hold(placed.hold), *_about(placed.screening)))
    page = order_page(view.history, view.now, order)
    context = {
        "order": page,
        "screening": page.screening,
        "seats": [shown(seat) for seat in page.seats],
        "tickets": [shown(ticket.seat, ticket.code) for ticket in page.tickets],
        "total": page.total,
    }
    partial = "#order" if request.headers.get("HX-Request") else ""
    return render(request, f"checkout/order.html{partial}", context)


def _placed(order: str) -> OrderPlaced:
    try:
        return order_of(look((Order(order),)).history, order).placed
    except Rejected as rejection:
        raise Http404(str(rejection)) from rejection
