"""What an audit needs beside Python, and a word about what is not there.

python -m audit.tools: fails where something is missing.
"""

import re
import shutil
import subprocess

from cinema_site.folder import REPOSITORY
from tests.browsers import CHROMIUM_FLAGS, find_chromium

NODE = 20  # the oldest that Lighthouse 12.8 runs on
JAVA = 17  # and vnu
MODULES = REPOSITORY / ".venv/audit_modules/node_modules"
WANTED = {
    "node": f"Node {NODE} or newer (Debian: nodejs)",
    "npm": "npm (Debian: npm)",
    "java": f"Java {JAVA} or newer (Debian: openjdk-17-jre-headless)",
    "chromium": "Chromium (Debian: chromium)",
}


def must_be_there() -> None:
    if gone := missing():
        raise SystemExit(f"The audit also needs {'; '.join(gone)}.")


def missing() -> list[str]:
    there = {
        "node": new_enough("node", NODE),
        "npm": shutil.which("npm"),
        "java": new_enough("java", JAVA),
        "chromium": find_chromium(),
    }
    return [name for each, name in WANTED.items() if not there[each]]


def new_enough(program: str, oldest: int) -> bool:
    if not (path := shutil.which(program)):
        return False
    return (
        major(subprocess.run([path, "--version"], capture_output=True, text=True).stdout) >= oldest
    )


def major(version: str) -> int:
    """Out of what a program says of itself: "v20.20.2", "openjdk 17.0.15 2025-04-15"; else 0."""
    found = re.search(r"\d+", version)
    return int(found[0]) if found else 0


def lighthouse() -> list[str]:
    """The beginning of its command line."""
    return ["node", str(MODULES / "lighthouse/cli/index.js")]


def chrome_flags() -> str:
    return " ".join(["--headless", *CHROMIUM_FLAGS])


def vnu() -> list[str]:
    return ["java", "-jar", str(MODULES / "vnu-jar/build/dist/vnu.jar")]


if __name__ == "__main__":
    must_be_there()
