"""Facts that the catalog's specifications share."""

from datetime import datetime, timedelta, timezone

from apps.catalog.events import AuditoriumAdded, MovieAdded, ScreeningScheduled

PLAN = ("A ####", "", "B ##.##")
SHOWN = "2D", "Portuguese", ""  # format, language and subtitles of a plain screening
SUMMER = timezone(timedelta(hours=2))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A local time of June 2030, when the cinema's clocks are two hours ahead of UTC."""
    return datetime(2030, 6, day, hour, minute, tzinfo=SUMMER)


def movie_added(movie: str = "mov1", slug: str = "the-salt-meridian") -> MovieAdded:
    return MovieAdded(
        movie=movie,
        slug=slug,
        title="The Salt Meridian",
        synopsis="A cartographer sails out to correct one wrong line on a chart.",
        genre="Drama",
        year=2026,
        minutes=128,
        rating="12",
        language="Portuguese",
    )


def auditorium_added(auditorium: str = "aud1", name: str = "Grand") -> AuditoriumAdded:
    return AuditoriumAdded(auditorium, name, PLAN)


def scheduled(
    starts: datetime, minutes: int = 135, screening: str = "scr1", auditorium: str = "aud1"
) -> ScreeningScheduled:
    return ScreeningScheduled(
        screening=screening,
        movie="mov1",
        title="The Salt Meridian",
        auditorium=auditorium,
        auditorium_name="Grand",
        plan=PLAN,
        starts=starts,
        minutes=minutes,
        price=950,
        format=SHOWN[0],
        language=SHOWN[1],
        subtitles=SHOWN[2],
    )
