"""The README tells the truth: its example prints what it says, its links and its picture exist."""

import re

import numpy as np
from PIL import Image

from . import readme


def test_the_example_prints_what_the_readme_says():
    code, output = readme.example()
    assert readme.run(code) == output


def test_the_example_has_twelve_lines():
    code, _ = readme.example()
    assert len([line for line in code.splitlines() if line.strip()]) <= 12


def test_local_links_exist():
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (readme.ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            assert target.startswith("https://") or (readme.ROOT / target).exists(), f"{page}: {target}"


def test_the_picture_has_the_size_of_the_explorer_it_shows(tmp_path):
    (tmp_path / "now.png").write_bytes(readme.draw())
    with Image.open(readme.PICTURE) as stored, Image.open(tmp_path / "now.png") as now:
        assert np.abs(np.subtract(stored.size, now.size)).max() <= 2
