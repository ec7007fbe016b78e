"""Addresses of checkout, and of the sandbox bank where that is in use."""

from django.conf import settings
from django.urls import path

from apps.checkout import sandbox, views, webhooks

app_name = "checkout"
urlpatterns = [
    path("screenings/<slug:screening>/checkout/", views.new, name="new"),
    path("orders/<slug:order>/", views.order, name="order"),
    path("webhooks/bank/", webhooks.bank, name="webhook"),
]
if settings.BANK == "apps.checkout.sandbox":
    urlpatterns.append(path("bank/<slug:order>/", sandbox.page, name="bank"))
