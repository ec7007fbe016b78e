"""What booking's facts are about."""

from apps.eventlog.tags import gathering

Screening = gathering("screening")
Seat = gathering("seat")  # screening, seat
Hold = gathering("hold")
Visitor = gathering("visitor")  # screening, visitor
