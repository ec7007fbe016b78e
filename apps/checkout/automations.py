"""What happens to an order by itself: payments run out, tickets are handed out, money goes back."""

from datetime import datetime

from django.conf import settings

from apps.checkout.bank import Session, bank
from apps.checkout.commands.issue_tickets import IssueTickets
from apps.checkout.commands.record_refund import RecordRefund
from apps.checkout.events import Ticket
from apps.checkout.models import Order
from apps.checkout.projections import orders
from apps.checkout.tickets import code_of
from apps.checkout.translations import record
from apps.eventlog.automations import automation
from apps.eventlog.handling import handle

ACTOR = "automation:checkout"


@automation("checkout.close_payments", todo=orders)
def close_payments(now: datetime) -> datetime | None:
    """End what the bank has not answered in time, and take the answer that this brings."""
    if not settings.BANK:
        return None
    paying = Order.objects.filter(state="paying").order_by("pay_by")
    for order in paying.filter(pay_by__lte=now):
        session = bank().close_session(order.order) or _never_opened(order)
        record(session, command_id=f"auto:close:{order.order}:{session.state}", actor=ACTOR)
    return paying.filter(pay_by__gt=now).values_list("pay_by", flat=True).first()


def _never_opened(order: Order) -> Session:
    about = {"screening": order.screening, "hold": order.hold, "seats": " ".join(order.seats)}
    return Session(order.order, order.amount, "expired", about)


@automation("checkout.hand_out_tickets", todo=orders)
def hand_out_tickets(now: datetime) -> datetime | None:
    for order in Order.objects.filter(state="paid"):
        tickets = tuple(Ticket(seat, code_of(order.order, seat)) for seat in order.seats)
        command = IssueTickets(order.order, tickets)
        handle(command, command_id=f"auto:tickets:{order.order}", actor=ACTOR)
    return None


@automation("checkout.refund", todo=orders)
def refund(now: datetime) -> datetime | None:
    """Send money back that bought nothing. The key makes a second try harmless."""
    if not settings.BANK:
        return None
    for order in Order.objects.filter(state="refund_due"):
        bank().refund(order.order, order.amount, key=f"refund:{order.order}")
        command = RecordRefund(order.order)
        handle(command, command_id=f"auto:refund:{order.order}", actor=ACTOR)
    return None
