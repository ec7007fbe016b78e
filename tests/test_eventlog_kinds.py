"""A release that takes a tag for another kind than its predecessors is refused."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from apps.booking.specs.examples import held, on_sale
from apps.eventlog import kinds, tags
from apps.eventlog.models import DeclaredTag
from tests.history import tell


@pytest.fixture
def disagreeing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a first release has worked here, one comes that takes `schedule` for gathering."""
    tell(on_sale())
    monkeypatch.setitem(tags.declared, "schedule", False)
    kinds._agree.cache_clear()  # as in a new process


def test_the_kinds_of_a_release_are_kept(database: str) -> None:
    tell(on_sale())
    assert DeclaredTag.objects.get(name="schedule").guarding
    assert not DeclaredTag.objects.get(name="seat").guarding


@pytest.mark.usefixtures("disagreeing")
def test_it_cannot_append() -> None:
    with pytest.raises(kinds.Disagreement, match="schedule"):
        tell(held("A7"))


@pytest.mark.usefixtures("disagreeing")
def test_it_cannot_be_deployed() -> None:
    with pytest.raises(SystemCheckError, match="schedule"):
        call_command("migrate", verbosity=0, skip_checks=False)


def test_tags_of_other_releases_do_not_matter(database: str) -> None:
    DeclaredTag.objects.create(name="of-a-later-release", guarding=True)
    assert tell(held("A7"))
    call_command("migrate", verbosity=0, skip_checks=False)
