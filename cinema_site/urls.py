"""Every address of the site; each app keeps its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("apps.programme.urls")),
    path("", include("apps.seatmap.urls")),
    path("", include("apps.checkout.urls")),
    path("", include("apps.eventmodel.urls")),
    path("admin/", admin.site.urls),
]
