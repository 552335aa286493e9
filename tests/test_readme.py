"""The README tells the truth: its example, its links, its numbers and its pictures are those of the course."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from courseware import places

from . import readme
from .notebooks.lesson import lesson_paths, read_lesson

TEXT = readme.README.read_text(encoding="utf-8")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "benchmarks/RESULTS.md")


def test_the_examples_print_what_the_readme_says():
    for code, output in readme.examples():
        assert readme.run(code) == output


def test_the_examples_have_twelve_and_eight_lines():
    lines = [[line for line in code.splitlines() if line.strip()] for code, _ in readme.examples()]
    assert len(lines[0]) <= 12 and len(lines[1]) <= 8


@pytest.mark.parametrize("page", PAGES)
def test_local_links_exist(page):
    path = readme.ROOT / page
    for target in re.findall(r'(?:\]\(|(?:src|srcset)=")([^)#"]+)', path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target


# ------------------------------------------------------------------------------- numbers

def test_the_lessons_are_those_of_the_folder_and_of_the_map():
    told = re.findall(r"^\| \[(\d\d)\]\(notebooks/(\S+)\) \| (.*?) \| (\d+) min \|$", TEXT, re.M)
    opening = {path.name: read_lesson(path).cells[0].source for path in lesson_paths()}
    assert told == [(name[:2], name, re.match(r"# (?:\d\d )?(.*)", first)[1], re.search(r"(\d+) minutes", first)[1])
                    for name, first in opening.items()]
    plan = "\n".join(cell.source for cell in read_lesson(lesson_paths()[0]).markdown)
    minutes = dict(re.findall(r"^\| \[?(\d\d) .*\| (\d+) \|$", plan, re.M))
    assert {number: minutes[number] for number, *_ in told} == {number: time for number, _, _, time in told}


def test_as_much_is_installed_as_the_readme_says():
    told = [int(number) for number in re.findall(r"installs about (\d+) MB", TEXT)]
    assert told == [places.MEGABYTES[places.LEARN], places.MEGABYTES[places.TEST]]


def test_there_are_as_many_tests_as_the_readme_says(request):
    files = set((readme.ROOT / "tests").rglob("test_*.py"))
    option = request.config.option
    if option.markexpr or option.keyword or not files <= {item.path for item in request.session.items}:
        pytest.skip("only when all tests run can they be counted")
    told = re.search(r"more than ([\d,]+) tests", TEXT)[1]
    assert len(request.session.items) > int(told.replace(",", ""))


def test_the_speed_is_what_the_benchmarks_found():
    told = re.search(r"## How fast it is\n\n(.*?)\n\n", TEXT, re.S)[1]
    results = (readme.ROOT / "benchmarks/RESULTS.md").read_text(encoding="utf-8")
    medians = [float(number.replace(",", "")) for number in re.findall(r"\| (-?[\d,.]+) \(", results)]
    numbers = re.findall(r"\d+\.\d+", told)
    assert len(numbers) >= 4
    for number in numbers:
        assert number in [f"{median:.{len(number.partition('.')[2])}f}" for median in medians], "is in no table"


# ------------------------------------------------------------------------------- the picture, at rest and moving

def pixels(picture):
    """(height, width, 3) of the PNG or GIF in these bytes; of a GIF the last frame."""
    with Image.open(io.BytesIO(picture)) as image:
        image.seek(getattr(image, "n_frames", 1) - 1)
        return np.asarray(image.convert("RGB")).astype(float)


def test_the_picture_shows_the_explorer_at_this_stop_and_at_no_other():
    stored = pixels(readme.PICTURE.read_bytes())
    near = [readme.STILL - 0.05, readme.STILL, readme.STILL + 0.05]
    height, width, _ = stored.shape
    distances = []
    for now in map(pixels, readme.draw(near)):
        assert np.abs(np.subtract(stored.shape, now.shape)).max() <= 2   # Matplotlib's versions differ by so much
        common = (slice(min(height, now.shape[0])), slice(min(width, now.shape[1])))
        distances.append(np.abs(stored[common] - now[common]).mean())
    assert np.argmin(distances) == 1


def test_the_animation_ends_on_the_picture():
    still, end = (pixels(file.read_bytes()) for file in (readme.PICTURE, readme.MOVING))
    assert np.abs(still - end).mean() < 4   # fewer colours


def test_the_animation_is_short_small_and_plays_once():
    assert readme.MOVING.stat().st_size <= 300_000
    with Image.open(readme.MOVING) as image:
        assert image.n_frames == len(readme.STOPS)
        assert "loop" not in image.info
        assert image.n_frames * image.info["duration"] <= 5000   # WCAG 2.2.2: what moves longer needs a button


def test_every_frame_of_an_animation_is_shown_as_it_was_drawn():
    frames, files = [], []
    for place in (2, 12, 12, 22):   # a block that moves, rests, and moves
        frames.append(Image.new("RGB", (40, 20), "white"))
        frames[-1].paste((0, 114, 178), (place, 5, place + 10, 15))
        files.append(io.BytesIO())
        frames[-1].save(files[-1], "PNG")
    animation = readme.moving([file.getvalue() for file in files])
    with Image.open(io.BytesIO(animation)) as image:
        for i, frame in enumerate(frames):
            image.seek(i)
            assert np.abs(np.subtract(image.convert("RGB"), frame, dtype=float)).max() <= 16   # a colour of the palette


def test_readers_who_want_no_motion_get_the_still_picture():
    assert re.search(r'<source media="\(prefers-reduced-motion: reduce\)" srcset="docs/step_size.png">\n'
                     r'<img src="docs/step_size.gif"', TEXT)
