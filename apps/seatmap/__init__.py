"""One screening's map of seats, live."""
