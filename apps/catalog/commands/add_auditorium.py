"""Add an auditorium with its seat plan."""

from datetime import datetime
from typing import Annotated

from apps.catalog import plans
from apps.catalog.events import AuditoriumAdded
from apps.catalog.tags import Auditorium, auditorium_name_tag
from apps.catalog.texts import must_be_line
from apps.eventlog.commands import Boundary, Command, History, Rejected, Words
from apps.eventlog.events import Event
from apps.eventlog.origins import origin

LONGEST_NAME = 40


class AddAuditorium(Command, frozen=True):
    auditorium: Annotated[str, origin("new id")]
    name: str
    plan: tuple[str, ...]

    def boundary(self) -> Boundary:
        return (Auditorium(self.auditorium), auditorium_name_tag(self.name))

    def decide(self, history: History, now: datetime) -> list[Event]:
        must_be_line(Words("the name"), self.name, LONGEST_NAME)
        plans.parse(self.plan)
        for event in history:
            if isinstance(event, AuditoriumAdded) and event.auditorium == self.auditorium:
                raise Rejected("{what} has been added already.", what=event.name)
            if isinstance(event, AuditoriumAdded):
                raise Rejected(
                    "There is an auditorium named {name} already. Choose another name.",
                    name=event.name,
                )
        return [AuditoriumAdded(self.auditorium, self.name, self.plan)]
