"""What the demonstration cinema has: its films and its rooms."""

from typing import NamedTuple


class Film(NamedTuple):
    slug: str
    title: str
    genre: str
    year: int
    minutes: int
    rating: str
    language: str
    synopsis: str


class Room(NamedTuple):
    name: str
    plan: tuple[str, ...]
    price: int  # an evening seat, in cents
    films: tuple[int, ...]  # what it shows, in turn: indexes into FILMS
    later: int  # minutes after the house opens, so that not all foyers fill at once


def _rows(*rows: tuple[str, str]) -> tuple[str, ...]:
    """("AB", "###") is two rows of three seats; ("", "") a gangway."""
    return tuple(f"{name} {cells}" for names, cells in rows for name in names or [""])


FILMS = [
    Film(
        "the-salt-meridian",
        "The Salt Meridian",
        "Drama",
        2026,
        128,
        "12",
        "Portuguese",
        "A cartographer sails out to correct one wrong line on a chart, and finds a village that"
        " lives by it.",
    ),
    Film(
        "orbit-of-the-quiet-ones",
        "Orbit of the Quiet Ones",
        "Sci-fi",
        2026,
        141,
        "12",
        "English",
        "A relay station hears its own distress call, forty years before anyone sends it.",
    ),
    Film(
        "the-last-matinee",
        "The Last Matinee",
        "Classic",
        1958,
        101,
        "U",
        "English",
        "One projectionist, one reel missing, and a full house that has paid to see the end.",
    ),
    Film(
        "the-lighthouse-cat",
        "The Lighthouse Cat",
        "Family",
        2026,
        88,
        "U",
        "English",
        "The lamp goes out and the only one awake has four paws and no thumbs.",
    ),
    Film(
        "night-bus-to-trieste",
        "Night Bus to Trieste",
        "Thriller",
        2025,
        104,
        "16",
        "Italian",
        "Eleven passengers, ten tickets. The driver has until the border to find out who got on"
        " last.",
    ),
    Film(
        "seven-minutes-of-rain",
        "Seven Minutes of Rain",
        "Romance",
        2026,
        112,
        "6",
        "Japanese",
        "Two strangers share one doorway, every Tuesday, until the forecast changes.",
    ),
    Film(
        "hollow-orchard",
        "Hollow Orchard",
        "Horror",
        2024,
        93,
        "18",
        "English",
        "The apples came early this year. So did the children.",
    ),
    Film(
        "saint-of-the-ring-road",
        "Saint of the Ring Road",
        "Comedy",
        2025,
        97,
        "12",
        "Spanish",
        "A traffic warden forgives one fine. By Friday, the whole city wants a miracle.",
    ),
    Film(
        "concrete-birds",
        "Concrete Birds",
        "Documentary",
        2025,
        84,
        "U",
        "German",
        "Swifts, tower blocks, and the retired crane driver who counts both.",
    ),
    Film(
        "copper-canyon-line",
        "Copper Canyon Line",
        "Western",
        1967,
        118,
        "12",
        "English",
        "The railway needs one signature. The woman who can give it is nobody's widow.",
    ),
]

ROOMS = [
    Room(
        "Grand",  # 300 seats, two aisles; wheelchair spaces at the gangway
        _rows(
            ("AB", "..####.##########.####.."),
            ("CDEFG", "######.##########.######"),
            ("H", "wc####.##########.####cw"),
            ("", ""),
            ("JKLMNP", "######.##########.######"),
        ),
        1250,
        (3, 0, 1, 4, 0, 2, 5, 1, 9),
        20,
    ),
    Room(
        "Balcony",  # 120 seats, one aisle; wheelchair spaces where the lift arrives
        _rows(
            ("A", "..#####.#####.."),
            ("B", ".######.######."),
            ("CDEFGH", "#######.#######"),
            ("I", "wc#####.#####cw"),
        ),
        1100,
        (7, 5, 0, 1, 3, 4, 8, 2),
        45,
    ),
    Room(
        "Attic",  # 40 seats under a sloping roof
        _rows(
            ("A", "####"),
            ("B", "#####"),
            ("C", "######"),
            ("D", "#######"),
            ("E", "#########"),
            ("F", "wc#######"),
        ),
        900,
        (8, 2, 6, 9, 7, 6, 5),
        5,
    ),
]
