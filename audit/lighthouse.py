"""Lighthouse on a page that is served: its default, a slow phone on a slow line (simulated)."""

import json
import os
import subprocess
import sys
import urllib.request
from typing import Any

from audit import tools
from audit.cinema import House, served
from audit.scores import RUNS, TARGETS, Score, lost_points, scored, scores_of, table
from tests.browsers import find_chromium

SECONDS = 120  # a run takes some fifteen
TRIES = 3


def passes(house: House) -> bool:
    """Whether the median of the runs meets every target."""
    pages = {
        "programme": "/",
        "movie": f"/movies/{house.movie}/",
        "seat map": f"/screenings/{house.biggest}/",
    }
    print(conditions(), flush=True)
    with served() as site:
        scores = [score for page, path in pages.items() for score in audit(page, site + path)]
    print(table(scores), flush=True)
    return all(score.met for score in scores)


def audit(page: str, url: str) -> list[Score]:
    urllib.request.urlopen(url).close()  # a server draws a page faster when it has drawn it once
    reports = [look_at(url) for _ in range(RUNS)]
    scores = scored(page, [scores_of(report) for report in reports])
    print(table(scores), *lost_points(reports[-1]), sep="\n", file=sys.stderr, flush=True)
    return scores


def look_at(url: str) -> dict[str, Any]:
    """One run's report. On a busy machine Lighthouse may miss the page's beginning, and say so."""
    for _ in range(TRIES):
        ended = look_once_at(url)
        if ended.returncode == 0:
            report: dict[str, Any] = json.loads(ended.stdout)
            return report
    raise SystemExit(f"Lighthouse failed on {url}: {ended.stderr[-2000:]}")


def look_once_at(url: str) -> "subprocess.CompletedProcess[str]":
    options = [
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(TARGETS)}",
        f"--chrome-flags={tools.chrome_flags()}",
        "--no-enable-error-reporting",
    ]
    return subprocess.run(
        [*tools.lighthouse(), url, *options],
        env={**os.environ, "CHROME_PATH": find_chromium() or ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def conditions() -> str:
    """What the scores depend on besides the pages: who else is at work."""
    busy = os.getloadavg()[0]
    return f"Lighthouse, mobile, median of {RUNS}; {os.cpu_count()} cores, load before {busy:.1f}"
