"""How the demonstration cinema shows its films: formats, languages, subtitles."""

from cinema_site.demo_cinema import Film

HOUSE_LANGUAGE = "English"
FORMATS = {  # where a room can do more for a film than 2D
    ("orbit-of-the-quiet-ones", "Grand"): "IMAX",
    ("orbit-of-the-quiet-ones", "Balcony"): "3D",
    ("the-lighthouse-cat", "Balcony"): "3D",
    ("the-last-matinee", "Grand"): "35 mm",
    ("the-last-matinee", "Attic"): "35 mm",
    ("copper-canyon-line", "Grand"): "70 mm",
    ("copper-canyon-line", "Attic"): "35 mm",
}
DUBBED = {"seven-minutes-of-rain", "saint-of-the-ring-road"}
DUBBED_UNTIL = 15  # o'clock: later they speak for themselves, with subtitles
CAPTIONED = range(11, 14)  # hours in which English films have English subtitles


def shown(film: Film, room: str, hour: int) -> tuple[str, str, str]:
    """Format, spoken language and subtitles of a screening that starts in that hour."""
    form = FORMATS.get((film.slug, room), "2D")
    if film.language == HOUSE_LANGUAGE:
        return form, film.language, HOUSE_LANGUAGE if hour in CAPTIONED else ""
    if film.slug in DUBBED and hour < DUBBED_UNTIL:
        return form, HOUSE_LANGUAGE, ""
    return form, film.language, HOUSE_LANGUAGE
