"""What search engines may find: the programme, every movie, the screenings to come."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.programme.models import Movie, Screening

HIDDEN = ("/admin/", "/orders/", "/*q=")  # staff, tickets, searches


class Programme(Sitemap):  # type: ignore[type-arg]  # not generic at run time
    changefreq = "hourly"

    def items(self) -> list[str]:
        return ["programme:index"]

    def location(self, item: str) -> str:
        return reverse(item)


class Movies(Sitemap):  # type: ignore[type-arg]  # likewise
    changefreq = "daily"

    def items(self) -> QuerySet[Movie]:
        return Movie.objects.order_by("slug")

    def location(self, item: Movie) -> str:
        return reverse("programme:movie", args=[item.slug])


class Screenings(Sitemap):  # type: ignore[type-arg]  # likewise
    changefreq = "hourly"

    def items(self) -> QuerySet[Screening]:
        return Screening.objects.filter(starts__gt=timezone.now()).order_by("starts", "screening")

    def location(self, item: Screening) -> str:
        return reverse("seatmap:screening", args=[item.screening])


SITEMAPS = {"programme": Programme, "movies": Movies, "screenings": Screenings}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in HIDDEN),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
