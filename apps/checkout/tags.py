"""What checkout's facts are about."""

from apps.eventlog.tags import gathering

Order = gathering("order")
