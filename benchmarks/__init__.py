"""What the box office costs, against what it could cost at best, and against the usual ways."""
