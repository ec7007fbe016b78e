"""The system's Chromium, and how it is started where nobody watches."""

import shutil

# The first has no windows to draw: the journeys take two thirds of the processor's time with it.
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters as wide as in a window
]


def find_chromium() -> str | None:
    """Its path."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)
