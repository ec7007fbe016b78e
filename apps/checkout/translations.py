"""What the bank says, as commands: its word alone sells seats, or sends money back.

Its webhooks come twice, late, out of order, or never.
"""

import hashlib
import hmac
from typing import Annotated, cast

import msgspec
from django.conf import settings

from apps.checkout.bank import Session, bank
from apps.checkout.commands.decline_payment import DeclinePayment
from apps.checkout.commands.receive_payment import ReceivePayment
from apps.eventlog.handling import handle
from apps.eventlog.translations import translation

type Name = Annotated[str, msgspec.Meta(pattern=r"^[\w-]{1,100}$")]


class Notice(msgspec.Struct, frozen=True):
    """The webhook's body: something happened to an order's session. What, the bank is asked."""

    id: Name
    order: Name


def signature_of(body: bytes) -> str:
    """Over the raw body. Without a time: repeats change nothing, and clocks of servers differ."""
    return hmac.new(settings.BANK_WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()


def is_from_the_bank(body: bytes, signature: str) -> bool:
    return hmac.compare_digest(signature_of(body).encode(), signature.encode())


@translation("checkout.bank", outside="Bank")
def translate(notice: Notice) -> bool:
    """Act on the session as it is now. False when the bank knows no such session."""
    session = bank().session(notice.order)
    if session is None:
        return False
    record(session, command_id=f"bank:{notice.id}", actor="bank")
    return True


def record(session: Session, *, command_id: str, actor: str) -> None:
    """Tell the log how a session ended; nothing while it is open."""
    screening, hold = session.about["screening"], session.about["hold"]
    seats = tuple(session.about["seats"].split())
    if session.state == "paid":
        paid = ReceivePayment(session.order, screening, hold, seats, session.amount)
        handle(paid, command_id=command_id, actor=actor)
    elif session.state != "open":
        declined = DeclinePayment(session.order, screening, hold, seats, cast(str, session.state))
        handle(declined, command_id=command_id, actor=actor)
