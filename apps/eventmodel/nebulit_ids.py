"""Ids for Nebulit's elements: stable, and readable in a dependency."""

import re


def id_of(key: str) -> str:
    """`command-booking-holdseats` of the key "command booking.HoldSeats"."""
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
