"""A bank to try things with: its books, its page, its webhook. Off in production.

As with a real one, the customer answers on the bank's own page, and the cinema is told
by a signed webhook, outside the customer's request (inside it, the bounded pool of threads could
end up waiting for itself).
"""

import http.client
import logging
import threading
import time
import urllib.request
from typing import cast

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.checkout.bank import Session, State
from apps.checkout.models import SandboxSession
from apps.checkout.translations import Notice, signature_of

log = logging.getLogger(__name__)

ANSWERS = {"approve": "paid", "decline": "declined"}
REDELIVER_AFTER = (0, 1, 5, 30, 300, 3600)  # seconds


def open_session(
    order: str, amount: int, about: dict[str, str], return_url: str, webhook_url: str
) -> str:
    SandboxSession.objects.get_or_create(
        order=order,
        defaults={
            "amount": amount,
            "about": about,
            "return_url": return_url,
            "webhook_url": webhook_url,
        },
    )
    return reverse("checkout:bank", args=[order])


def session(order: str) -> Session | None:
    if (row := SandboxSession.objects.filter(order=order).first()) is None:
        return None
    return Session(row.order, row.amount, cast(State, row.state), row.about)


def close_session(order: str) -> Session | None:
    SandboxSession.objects.filter(order=order, state="open").update(state="expired")
    return session(order)


def refund(order: str, amount: int, key: str) -> None:
    SandboxSession.objects.filter(order=order, refunded="").update(refunded=key)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, order: str) -> HttpResponse:
    """The bank's page. Once the cinema has closed the payment it only lets one pay too late."""
    row = SandboxSession.objects.filter(order=order).first()
    if row is None:
        raise Http404("no such payment")
    if request.method == "POST":
        if (decision := request.POST.get("decision")) not in ANSWERS:
            return HttpResponseBadRequest(_("Approve or decline, please."))
        _answer(row, ANSWERS[decision])
        return redirect(row.return_url)
    if row.state in ANSWERS.values():
        return redirect(row.return_url)
    payment = {"amount": row.amount, "merchant": settings.CINEMA_NAME}
    late = row.state == "expired"
    return render(request, "bank/payment.html", {"payment": payment, "late": late})


def _answer(row: SandboxSession, state: str) -> None:
    """Only the first answer counts; each is told to the cinema, however often it is given."""
    unanswered = SandboxSession.objects.filter(order=row.order, state__in=["open", "expired"])
    unanswered.update(state=state)
    row.refresh_from_db()
    notice = msgspec.json.encode(Notice(id=f"{row.state}-{row.order}", order=row.order))
    threading.Thread(target=_deliver, args=(row.webhook_url, notice), daemon=True).start()


def _deliver(url: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Bank-Signature": signature_of(body)}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for pause in REDELIVER_AFTER:
        time.sleep(pause)
        try:
            opener.open(urllib.request.Request(url, body, headers), timeout=10).close()
            return
        except (OSError, http.client.HTTPException) as error:
            log.warning("the cinema did not take the bank's notice: %s", error)
