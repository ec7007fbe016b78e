"""Where the bank calls."""

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.checkout.translations import Notice, is_from_the_bank, translate
from apps.eventlog.commands import Rejected
from apps.eventlog.handling import Busy


@csrf_exempt  # the bank signs instead
@require_POST
def bank(request: HttpRequest) -> HttpResponse:
    """The bank says that something happened. Anything but 2xx makes it say so again later."""
    if not is_from_the_bank(request.body, request.headers.get("Bank-Signature", "")):
        return JsonResponse({"error": "The signature does not match the body."}, status=400)
    try:
        known = translate(msgspec.json.decode(request.body, type=Notice))
    except msgspec.DecodeError as error:
        return JsonResponse({"error": str(error)}, status=400)
    except Rejected as rejection:
        return JsonResponse({"error": str(rejection)}, status=409)
    except Busy:
        return JsonResponse({"error": "Try again."}, status=503)
    return JsonResponse({"ok": True}) if known else JsonResponse({"error": "unknown"}, status=404)
