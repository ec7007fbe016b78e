"""What Lighthouse must say of a page, and whether it does. Pure."""

from dataclasses import dataclass
from statistics import median
from typing import Any

TARGETS = {"performance": 95, "accessibility": 98, "best-practices": 98, "seo": 98}
RUNS = 5

type Scores = dict[str, int]  # of 100, by category


@dataclass(frozen=True)
class Score:
    page: str
    category: str
    runs: tuple[int, ...]

    @property
    def score(self) -> int:
        return int(median(self.runs))

    @property
    def target(self) -> int:
        return TARGETS[self.category]

    @property
    def met(self) -> bool:
        return self.score >= self.target


def scores_of(report: dict[str, Any]) -> Scores:
    """Out of Lighthouse's JSON. What it could not tell counts as nothing."""
    categories = report["categories"]
    return {name: round((categories[name]["score"] or 0) * 100) for name in TARGETS}


def scored(page: str, runs: list[Scores]) -> list[Score]:
    return [Score(page, name, tuple(run[name] for run in runs)) for name in TARGETS]


def lost_points(report: dict[str, Any]) -> list[str]:
    """The audits that cost a page points, for whoever wants to win them back."""
    audits = report["audits"]
    counting = {
        ref["id"]
        for name in TARGETS
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"]
    }
    told = ((audits[name], audits[name]["score"]) for name in sorted(counting))
    return [
        f"{audit['title']} ({score}) {audit.get('displayValue', '')}".rstrip()
        for audit, score in told
        if score is not None and score < 0.9
    ]


def table(scores: list[Score]) -> str:
    lines = ["| page | category | median | target | met | runs |", "|---|---|---|---|---|---|"]
    for each in scores:
        runs = " ".join(map(str, each.runs))
        met = "yes" if each.met else "no"
        lines.append(
            f"| {each.page} | {each.category} | {each.score} | {each.target} | {met} | {runs} |"
        )
    return "\n".join(lines)
