"""What an audit needs beside Python, and a word about what is not there.

python -m audit.tools: fails where something is missing.
"""

import re
import shutil
import subprocess

from cinema_site.folder import REPOSITORY
from tests.browsers import CHROMIUM_FLAGS, find_chromium

NODE = 20  # the oldest that Lighthouse 12.8 runs on
MODULES = REPOSITORY / ".venv/audit_modules/node_modules"
WANTED = {
    "node": f"Node {NODE} or newer (Debian: nodejs)",
    "npm": "npm (Debian: npm)",
    "java": "Java 17 or newer (Debian: openjdk-17-jre-headless)",
    "chromium": "Chromium (Debian: chromium)",
}


def must_be_there() -> None:
    if gone := missing():
        raise SystemExit(f"The audit also needs {'; '.join(gone)}.")


def missing() -> list[str]:
    there = {name: shutil.which(name) for name in ("node", "npm", "java")}
    if node := there["node"]:
        said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        there["node"] = node if new_enough(said) else None
    there["chromium"] = find_chromium()
    return [name for each, name in WANTED.items() if not there[each]]


def new_enough(version: str) -> bool:
    """Whether Node says of itself, as in "v20.20.2", that it will do."""
    found = re.match(r"v(\d+)\.", version)
    return bool(found and int(found[1]) >= NODE)


def lighthouse() -> list[str]:
    """The beginning of its command line."""
    return ["node", str(MODULES / "lighthouse/cli/index.js")]


def chrome_flags() -> str:
    return " ".join(["--headless", *CHROMIUM_FLAGS])


def vnu() -> list[str]:
    return ["java", "-jar", str(MODULES / "vnu-jar/build/dist/vnu.jar")]


if __name__ == "__main__":
    must_be_there()
