"""Addresses of what is on."""

from django.urls import path

from apps.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.index, name="index"),
    path("movies/<slug:slug>/", views.movie, name="movie"),
    path("posters/<slug:slug>.svg", views.poster, name="poster"),
]
