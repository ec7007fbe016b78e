"""Which language a page comes in: the visitor's choice, else what the browser asks for."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

# Pages that only offer the choice would else all need a cookie. Who forges it gains nothing.
choose = csrf_exempt(set_language)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but only of text it says that the language and its cookie matter.

    A poster or a notice to the bank is the same in all languages, and may be cached as one.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/"):
            return response
        patch_vary_headers(response, ["Cookie"])
        return super().process_response(request, response)
