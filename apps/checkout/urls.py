"""Addresses of checkout, and of the sandbox bank where that is in use."""

from django.conf import settings
from django.urls import re_path

from apps.checkout import sandbox, views

ORDER = r"(?P<order>[0-9a-f]{32})"

app_name = "checkout"
urlpatterns = [
    re_path(r"^screenings/(?P<screening>[0-9a-f]{32})/checkout/$", views.new, name="new"),
    re_path(rf"^orders/{ORDER}/$", views.order, name="order"),
    re_path(r"^webhooks/bank/$", views.webhook, name="webhook"),
]
if settings.BANK == "apps.checkout.sandbox":
    urlpatterns.append(re_path(rf"^bank/{ORDER}/$", sandbox.page, name="bank"))
