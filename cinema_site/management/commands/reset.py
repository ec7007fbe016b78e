"""Forget the demonstration: stop what is left of it and remove its folder."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cinema_site import folder, postgres


class Command(BaseCommand):
    help = "Stops what was left running of the demonstration and removes its state."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        state = settings.MARQUEE_DATA
        try:
            folder.must_be_ours(state)
            folder.end_holder(state)
            postgres.stop(state)
            folder.remove(state)
        except (folder.NotOurs, folder.Held, postgres.Unusable) as refusal:
            raise CommandError(str(refusal)) from None
