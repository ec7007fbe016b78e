"""`manage.py eventmodel`, without a database."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.eventmodel import drawing, nebulit
from apps.eventmodel.discovery import event_model
from apps.eventmodel.management.commands import eventmodel
from apps.eventmodel.model import Model

SVG = "<svg>as it is now</svg>\n"


@pytest.fixture(autouse=True)
def picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A complete model, and its committed picture."""
    path = tmp_path / "eventmodel.svg"
    path.write_text(SVG)
    monkeypatch.setattr(eventmodel, "PICTURE", path)
    monkeypatch.setattr(drawing, "svg_file", lambda model: SVG)
    find(monkeypatch)
    return path


def find(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    def problems(model: Model) -> list[str]:
        return list(found)

    monkeypatch.setattr(eventmodel, "problems", problems)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(eventmodel.Command(), *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    """What it prints before it exits with 1."""
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command(eventmodel.Command(), *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_what_is_asked_for() -> None:
    assert run("--svg") == SVG
    assert run("--json").encode() == nebulit.export(event_model())


@pytest.mark.parametrize("arguments", [(), ("--svg", "--json"), ("--svg", "--check")])
def test_it_is_asked_for_one_thing(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"--svg|not allowed with"):
        run(*arguments)


def test_it_writes_a_whole_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "there" / "model.svg"
    with pytest.raises(CommandError, match="was not written: No such file or directory"):
        run("--svg", "--output", str(path))
    path.parent.mkdir()
    path.write_text("old and longer than the new one, by far")
    assert run("--svg", "--output", str(path)) == ""
    assert [(each, each.read_text()) for each in path.parent.iterdir()] == [(path, SVG)]


def test_nothing_is_written_where_a_folder_is(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CommandError, match="was not written"):
        run("--svg", "--output", str(tmp_path / "folder"))
    assert sorted(tmp_path.iterdir()) == before


def test_a_complete_model_with_its_picture_passes() -> None:
    assert run("--check") == ""


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, "This is missing.", "And that.")
    assert refused("--check") == "This is missing.\nAnd that.\n"


def test_a_picture_of_another_model_is_out_of_date(picture: Path) -> None:
    picture.write_text("<svg>as it was</svg>\n")
    assert refused("--check") == f"{eventmodel.OUT_OF_DATE}\n"
    picture.unlink()
    assert refused("--check") == f"{eventmodel.OUT_OF_DATE}\n"


def test_a_check_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="goes with --svg and --json"):
        run("--check", "--output", str(tmp_path / "file"))
