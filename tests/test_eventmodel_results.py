"""How the last run of the specifications is written down, and read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from apps.eventmodel import results
from apps.eventmodel.results import last_run, record
from cinema_site.folder import REPOSITORY

pytest_plugins = ["pytester"]

ONE = "booking.hold_seats: the first seat opens a hold"
OTHER = "booking.hold_seats: several seats in one go"


@pytest.fixture(autouse=True)
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "results" / ".specifications.json"
    path.parent.mkdir()
    monkeypatch.setattr(results, "FILE", path)
    return path


def outcomes() -> dict[str, str]:
    run = last_run()
    assert run
    return run.outcomes


def test_it_lies_in_the_repositorys_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert results.FILE == REPOSITORY / ".specifications.json"


def test_what_is_recorded_can_be_read(file: Path) -> None:
    record({ONE: "passed", OTHER: "failed"})
    run = last_run()
    assert run
    assert run.outcomes == {ONE: "passed", OTHER: "failed"}
    assert timedelta() <= datetime.now(UTC) - run.at < timedelta(minutes=1)
    assert list(file.parent.iterdir()) == [file]


def test_a_run_of_one_changes_that_one() -> None:
    record({ONE: "passed", OTHER: "failed"})
    record({OTHER: "passed"})
    assert outcomes() == {ONE: "passed", OTHER: "passed"}


def test_what_is_no_more_is_forgotten() -> None:
    record({"booking.hold_seats: as it was called before": "failed", OTHER: "failed"})
    record({ONE: "passed"}, known={ONE, OTHER})
    assert outcomes() == {ONE: "passed", OTHER: "failed"}


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"at": "2030-06-01T12:00:00", "outcomes": {}}',
        b'{"at": "2030-06-01T12:00:00Z", "outcomes": {"a": "maybe"}}',
    ],
)
def test_a_broken_file_is_none_and_is_written_over(file: Path, broken: bytes) -> None:
    file.write_bytes(broken)
    assert last_run() is None
    record({ONE: "passed"})
    assert outcomes() == {ONE: "passed"}


def test_no_file_is_none() -> None:
    assert last_run() is None


def test_where_nothing_can_be_written_nothing_is_left(file: Path) -> None:
    file.mkdir()  # even root cannot put a file in its place
    with pytest.raises(OSError, match="directory"):
        record({ONE: "passed"})
    assert list(file.parent.iterdir()) == [file]


TESTS = f"""
    import pytest

    @pytest.mark.specification({ONE!r})
    def test_one():
        pass

    @pytest.mark.specification({OTHER!r})
    def test_other():
        assert {{holds}}

    @pytest.mark.specification("booking.hold_seats: nobody knows this one")
    def test_unknown():
        pass

    def test_of_something_else():
        pass
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs such tests, within this process and with no other plugin: that would take long."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(*arguments: str, holds: bool) -> int:
        pytester.makepyfile(TESTS.format(holds=holds))
        return int(pytester.runpytest_inprocess("-p", "tests.recording", *arguments).ret)

    return run


def test_a_run_of_the_tests_is_recorded(run: Callable[..., int]) -> None:
    assert run(holds=False) == pytest.ExitCode.TESTS_FAILED
    assert outcomes() == {ONE: "passed", OTHER: "failed"}
    assert run("-k", "other", holds=True) == pytest.ExitCode.OK
    assert outcomes() == {ONE: "passed", OTHER: "passed"}


def test_a_run_of_other_tests_leaves_it_alone(run: Callable[..., int]) -> None:
    assert run("-k", "something_else", holds=True) == pytest.ExitCode.OK
    assert last_run() is None


def test_a_run_that_cannot_be_recorded_does_not_fail(run: Callable[..., int], file: Path) -> None:
    file.parent.rmdir()
    assert run(holds=True) == pytest.ExitCode.OK
    assert not file.exists()
