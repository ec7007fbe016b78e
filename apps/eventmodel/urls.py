"""Addresses of the event model."""

from django.urls import path

from apps.eventmodel import views

app_name = "eventmodel"
urlpatterns = [
    path("event-model/", views.picture, name="picture"),
    path("event-model/<str:name>/", views.slice_page, name="slice"),
]
