"""What `make audit` makes of what Lighthouse and vnu say, and what it installs."""

import json
import re
from typing import Any

import pytest

from audit import tools
from audit.markup import told
from audit.scores import TARGETS, lost_points, scored, scores_of, table
from cinema_site.folder import REPOSITORY

FINE = dict.fromkeys(TARGETS, 100)


def report(score: float | None, *audits: tuple[str, float]) -> dict[str, Any]:
    refs = [{"id": name, "weight": 1} for name, _ in audits]
    category = {"score": score, "auditRefs": [*refs, {"id": "no-weight", "weight": 0}]}
    return {
        "categories": dict.fromkeys(TARGETS, category),
        "audits": {name: {"title": name, "score": each} for name, each in audits},
    }


def test_the_median_counts_and_meets_its_target() -> None:
    speeds = [94, 99, 95, 60, 96]
    scores = scored("map", [FINE | {"performance": speed} for speed in speeds])
    assert [(each.category, each.score, each.met) for each in scores] == [
        ("performance", 95, True),
        ("accessibility", 100, True),
        ("best-practices", 100, True),
        ("seo", 100, True),
    ]
    assert "| map | performance | 95 | 95 | yes | 94 99 95 60 96 |" in table(scores)


@pytest.mark.parametrize(("category", "target"), TARGETS.items())
def test_a_point_below_is_missed(category: str, target: int) -> None:
    scores = scored("map", [FINE | {category: target - 1}] * 3)
    assert [each.category for each in scores if not each.met] == [category]


def test_what_lighthouse_cannot_tell_counts_as_nothing() -> None:
    assert scores_of(report(0.985)) == dict.fromkeys(TARGETS, 98)
    assert scores_of(report(None)) == dict.fromkeys(TARGETS, 0)


def test_what_costs_points_is_named() -> None:
    assert lost_points(report(0.5, ("slow", 0.3), ("fine", 1.0))) == ["slow (0.3)"]


def test_the_same_complaint_of_many_seats_is_one() -> None:
    said = {"type": "error", "message": "no", "extract": " <p \n hx>"}
    first, second = ({**said, "url": f"file:/somewhere/{n}.html"} for n in (0, 1))
    (complaint,) = told([first, first, second], {"0.html": "map", "1.html": "404"})
    assert str(complaint) == "error: no\n    <p hx>\n    3 times, on map, 404"
    (hint,) = told([{**first, "type": "info"}], {"0.html": "map"})
    assert not hint.error


@pytest.mark.parametrize(
    ("said", "major"),
    [("v20.20.2\n", 20), ("openjdk 17.0.15 2025-04-15\nOpenJDK 64-Bit", 17), ("", 0)],
)
def test_which_version_a_program_is(said: str, major: int) -> None:
    assert tools.major(said) == major


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert tools.missing() == list(tools.WANTED.values())


def test_packages_are_pinned_by_content_and_name_no_registry() -> None:
    text = (REPOSITORY / "audit/package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert not re.search(r"resolved|registry|npmjs|\.tgz|file:|://", text)
    # A tag would move with every release, and `npm ci` refuse what is locked.
    fixed = json.loads((REPOSITORY / "audit/package.json").read_text())["overrides"]
    moving = {
        (path.rpartition("node_modules/")[2], name)
        for path, package in packages.items()
        for name, version in package.get("dependencies", {}).items()
        if version == "latest"
    }
    assert moving == {(package, name) for package, names in fixed.items() for name in names}


def test_htmx_is_asked_by_attributes_that_html_knows() -> None:
    unknown = re.compile(r"(?<!data-)\bhx-[\w-]+=")
    for pattern in ("templates/**/*.html", "apps/**/*.py"):
        for path in REPOSITORY.glob(pattern):
            assert not unknown.search(path.read_text()), path
