"""python -m audit.lock: leave out of the lock file who may be paid; it is told with addresses."""

import json

from cinema_site.folder import REPOSITORY

LOCK = REPOSITORY / "audit/package-lock.json"


def tidy() -> None:
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    tidy()
