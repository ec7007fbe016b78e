"""20,000 random interleavings of joins, snapshots, frames, questions and own answers.

Every map ends right. With one rule broken some do not: so the schedules do reach what it is for.
"""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from playwright.sync_api import Browser

from cinema_site.folder import REPOSITORY
from tests.interleavings.schedules import Schedule

MANY, SOME = 20_000, 2_000
RULES = (REPOSITORY / "static/js/seatmap/rules.js").read_text()
RUN = (REPOSITORY / "tests/interleavings/browser.js").read_text()
LOAD = "([name, schedules]) => { window[name] = JSON.parse(schedules); }"
CALL = """
async ([rules, run, name, options]) => {
    const load = (text) => import("data:text/javascript," + encodeURIComponent(text));
    const [{ Rules }, { wrong }] = await Promise.all([load(rules), load(run)]);
    return wrong(Rules, window[name], options);
}
"""

type Wrong = Callable[..., list[int]]


@pytest.fixture(scope="module")
def wrong(browser: Browser) -> Iterator[Wrong]:
    """Answers the seeds of the schedules after which the map is not as the tables are."""
    page = browser.new_page()
    loaded = set()

    def load(name: str) -> None:
        count = SOME if name == "control" else MANY
        if name not in loaded:
            worlds = (Schedule(seed, snapshot_first=name == "control") for seed in range(count))
            ran = msgspec.json.encode([world.run() for world in worlds]).decode()
            page.evaluate(LOAD, [name, ran])
            loaded.add(name)

    def wrong(rules: str = RULES, name: str = "schedules", *, asks: bool = True) -> list[int]:
        load(name)
        return list(page.evaluate(CALL, [rules, RUN, name, {"asks": asks}]))

    yield wrong
    page.close()


def test_every_map_ends_right(wrong: Wrong) -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (
            "position < this.#positions.get(seat)",
            "position < Math.max(...this.#positions.values())",
        ),
        ("position < this.#positions.get(seat)", "false"),
        (
            "position < this.#positions.get(seat)) return false",
            "position < this.#positions.get(seat)) return (this.#mode = IGNORE) && false",
        ),
        ("get(seat) >= this", "get(seat) > this"),
        ("voice < this.#current || this.#strange", "this.#strange"),
        ("!snapshot && epoch !== this.#epoch", "false"),
        ("return (this.#mode = REPLACE)", "return (this.#mode = HEED)"),
        ("this.#complete = sum === this.#sum()", "this.#complete = true"),
    ],
    ids=[
        "one position for the whole map",
        "positions are not compared",
        "the frame is dropped, not the seat",
        "our own answer loses a tie",
        "late voices are heeded",
        "epochs are not compared",
        "a snapshot does not replace all",
        "sums are not compared",
    ],
)
def test_without_a_rule_some_maps_end_wrong(wrong: Wrong, rule: str, broken: str) -> None:
    assert RULES.count(rule) == 1
    assert wrong(RULES.replace(rule, broken))


def test_a_snapshot_before_joining_loses_changes(wrong: Wrong) -> None:
    assert wrong(name="control")


def test_after_a_snapshot_we_have_to_ask_what_is_ours(wrong: Wrong) -> None:
    assert wrong(asks=False)
