"""Scripts that import each other, as production names them."""

import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from cinema_site.folder import REPOSITORY
from cinema_site.storage import HashedStorage

IMPORTED = re.compile(r'from "\./([^"]+)"')


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collect(tmp_path_factory.mktemp("static"))


def collect(folder: Path) -> Path:
    """The map's scripts below the folder, named and compressed as collectstatic does it."""
    source, target = FileSystemStorage(REPOSITORY / "static"), HashedStorage(folder)
    names = [f"js/seatmap/{path.name}" for path in (REPOSITORY / "static/js/seatmap").iterdir()]
    for name in names:
        target.save(name, source.open(name))
    for _, _, processed in target.post_process({name: (target, name) for name in names}):
        assert not isinstance(processed, Exception)
    return folder / "js/seatmap"


def test_every_import_names_a_file_by_its_content(collected: Path) -> None:
    entry = next(collected.glob("main.????????????.js"))
    seen, waiting = {entry.name}, [entry]
    while waiting:
        for name in IMPORTED.findall(waiting.pop().read_text()):
            assert re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", name)
            if name not in seen:
                seen.add(name)
                waiting.append(collected / name)
    assert len(seen) == len(list((REPOSITORY / "static/js/seatmap").iterdir()))


def test_the_page_names_every_module_so_that_none_waits_for_another() -> None:
    named = (REPOSITORY / "templates/seatmap/scripts.html").read_text()
    for path in (REPOSITORY / "static/js/seatmap").iterdir():
        assert f"js/seatmap/{path.name}" in named
