"""Every address of the site; each app keeps its own."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from apps.programme.sitemaps import SITEMAPS, robots
from cinema_site import languages

urlpatterns = [
    path("", include("apps.programme.urls")),
    path("", include("apps.seatmap.urls")),
    path("", include("apps.checkout.urls")),
    path("", include("apps.eventmodel.urls")),
    path("language/", languages.choose, name="language"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("admin/", admin.site.urls),
]
handler500 = "cinema_site.errors.our_fault"
