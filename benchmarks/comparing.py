"""Comparing two ways, in turns: what disturbs the machine disturbs both."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

ROUNDS = 5

type Measure = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """One line of the table. Rates: ratio is ours/reference; costs say in the name what it is."""

    name: str
    ours: float
    reference: float
    ratio: float
    target: float
    met: bool

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def compare_rates(
    name: str, ours: Measure, reference: Measure, at_least: float, rounds: int = ROUNDS
) -> Row:
    """More is better: ours / reference is to be at least the target."""
    mine, other = _in_turns(ours, reference, rounds)
    ratio = mine / other
    return _row(name, mine, other, ratio, at_least, ratio >= at_least)


def compare_costs(
    name: str, ours: Measure, reference: Measure, at_most: float, rounds: int = ROUNDS
) -> Row:
    """Less is better: ours / reference is to be at most the target."""
    mine, other = _in_turns(ours, reference, rounds)
    ratio = mine / other
    return _row(name, mine, other, ratio, at_most, ratio <= at_most)


def compare_savings(
    name: str, ours: Measure, reference: Measure, at_least: float, rounds: int = ROUNDS
) -> Row:
    """Less is better: reference / ours is to be at least the target."""
    mine, other = _in_turns(ours, reference, rounds)
    ratio = other / mine
    return _row(name, mine, other, ratio, at_least, ratio >= at_least)


def _in_turns(ours: Measure, reference: Measure, rounds: int) -> tuple[float, float]:
    """The medians. A first turn of each warms up caches, connections and prepared statements."""
    ours(), reference()
    pairs = [(ours(), reference()) for _ in range(rounds)]
    return median(mine for mine, _ in pairs), median(other for _, other in pairs)


def _row(name: str, ours: float, other: float, ratio: float, target: float, met: bool) -> Row:
    return Row(name, _short(ours), _short(other), round(ratio, 3), target, met)


def _short(figure: float) -> float:
    return float(f"{figure:.4g}")


def table(rows: Sequence[Row]) -> str:
    width = max(len(row.name) for row in rows)
    head = f"{'':{width}}  {'ours':>9}  {'reference':>9}  {'ratio':>6}  {'target':>6}"
    return "\n".join([head, *(_line(row, width) for row in rows)])


def _line(row: Row, width: int) -> str:
    figures = f"{row.ours:9g}  {row.reference:9g}  {row.ratio:6.2f}  {row.target:6g}"
    return f"{row.name:{width}}  {figures}  {'met' if row.met else 'MISSED'}"
