"""Every address of the site; each app keeps its own."""

from django.contrib import admin
from django.urls import include, path

from cinema_site import languages

urlpatterns = [
    path("", include("apps.programme.urls")),
    path("", include("apps.seatmap.urls")),
    path("", include("apps.checkout.urls")),
    path("", include("apps.eventmodel.urls")),
    path("language/", languages.choose, name="language"),
    path("admin/", admin.site.urls),
]
