"""One screening as its viewers see it: what is known of the seats, and who is to be told. Pure."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from apps.seatmap import seats


class Change(NamedTuple):
    """What became of a seat, and where in the log that stands."""

    screening: str
    seat: str
    state: str
    position: int


class Viewer(Protocol):
    def tell(self, frame: str) -> None: ...
    def end(self, code: int) -> None: ...


def head(epoch: str, *more: str) -> str:
    """What stands before the seats: which history of the database their positions belong to.

    With data-snapshot they are all seats, and replace whatever was known.
    """
    about = " ".join([f'data-epoch="{epoch}"', *more])
    return f'<div id="live" {about} data-hx-swap-oob="seat"></div>'


class LiveRoom:
    """Joining comes first and the snapshot after it, so that nothing in between is missed.

    The snapshot and the log may each be ahead of the other, so they are compared seat by seat.
    """

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self._drawn: seats.Room | None = None  # until the snapshot has come
        self._epoch = ""
        self._known: dict[str, Change] = {}
        self._untold: set[str] = set()

    def join(self, viewer: Viewer) -> None:
        self.viewers.add(viewer)
        if self._drawn:
            viewer.tell(self._snapshot(self._drawn))

    def open(self, drawn: seats.Room, changes: Iterable[Change], epoch: str) -> None:
        """Take a snapshot in and show it to those who wait for it."""
        self._drawn, self._epoch = drawn, epoch
        self._merge(changes)
        self._untold.clear()
        self._tell_all(self._snapshot(drawn))

    def change(self, changes: Iterable[Change]) -> bool:
        """Take in what the log told; whether there is something to tell on."""
        self._untold |= self._merge(changes)
        return bool(self._untold and self._drawn)

    def tell(self) -> str:
        """One frame for all that has changed since the last one; the frame."""
        frame = ""
        if self._drawn and self._untold:
            fragments = self._drawn.fragments(self._states(), sorted(self._untold))
            frame = head(self._epoch) + fragments
            self._tell_all(frame)
        self._untold.clear()
        return frame

    def untold(self) -> list[Change]:
        """What the next frame will be about."""
        return [self._known[seat] for seat in sorted(self._untold)]

    def end(self, code: int) -> None:
        for viewer in self.viewers:
            viewer.end(code)

    def _merge(self, changes: Iterable[Change]) -> set[str]:
        """Keep what is newer, seat by seat; which seats that were."""
        newer = set()
        for change in changes:
            kept = self._known.get(change.seat)
            if kept is None or kept.position < change.position:
                self._known[change.seat] = change
                newer.add(change.seat)
        return newer

    def _tell_all(self, frame: str) -> None:
        for viewer in self.viewers:
            viewer.tell(frame)

    def _snapshot(self, drawn: seats.Room) -> str:
        return head(self._epoch, "data-snapshot") + drawn.fragments(self._states())

    def _states(self) -> dict[str, tuple[str, int]]:
        return {seat: (change.state, change.position) for seat, change in self._known.items()}
