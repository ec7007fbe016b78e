"""Addresses of a screening's map."""

from django.urls import path

from apps.seatmap import views
from apps.seatmap.changes import changes

app_name = "seatmap"
urlpatterns = [
    path("screenings/<slug:screening>/", views.page, name="screening"),
    path("screenings/<slug:screening>/holds/", views.holds, name="holds"),
    path("screenings/<slug:screening>/best/", views.best, name="best"),
    path("screenings/<slug:screening>/releases/", views.releases, name="releases"),
    path("screenings/<slug:screening>/change-seats/", views.change_seats, name="change_seats"),
    path("screenings/<slug:screening>/mine/", views.mine, name="mine"),
    path("screenings/<slug:screening>/changes/", changes, name="changes"),
]
