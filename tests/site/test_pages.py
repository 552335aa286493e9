"""The pages to read: whole, for everybody, from nowhere else, and with all that the lesson holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from courseware.places import FOLDER

from ..address import home
from ..notebooks.lesson import lesson_paths, read_lesson
from .conftest import write_site

pytestmark = [pytest.mark.slow, pytest.mark.network]
VOID = {"meta", "link", "img", "br", "hr", "input", "source"}
LIMIT = 200_000   # bytes of a page with its pictures


class Balanced(HTMLParser):
    """Complains of an element that is not closed, or closed by another."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append((tag, self.getpos()))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open and self.open.pop()[0] == tag, f"</{tag}> at {self.getpos()}"


@pytest.fixture(scope="module")
def pages(site):
    """Path in the site -> the page."""
    files = [file for file in site.rglob("*.html") if (site / "run") not in file.parents]
    return {file.relative_to(site).as_posix(): BeautifulSoup(file.read_bytes(), "html.parser") for file in files}


def test_every_lesson_and_every_file_it_links_to_has_a_page(pages):
    lessons = {f"notebooks/{path.stem}.html" for path in lesson_paths()}
    assert lessons | {"index.html"} <= set(pages)
    others = set(pages) - lessons - {"index.html"}
    assert others and all((FOLDER / name).with_suffix(".py").is_file() for name in others)


def test_pages_are_well_formed_and_small(site, pages):
    for name in pages:
        Balanced((site / name).read_text(encoding="utf-8"))
        assert (site / name).stat().st_size < LIMIT, name


def test_every_page_can_be_found_and_walked_through_by_ear(pages):
    titles = [page.title.string for page in pages.values()]
    assert len(set(titles)) == len(titles)
    for name, page in pages.items():
        assert page.html["lang"] == "en-GB" and page.find("meta", attrs={"name": "viewport"}), name
        assert [len(page.find_all(part)) for part in ("header", "main", "footer", "h1")] == [1, 1, 1, 1], name
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), name
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(set(ids)) == len(ids), name
        assert page.find("a", class_="skip")["href"] == "#content" and page.find(id="content"), name


def test_nothing_is_asked_of_anybody_else(site, pages):
    for name, page in pages.items():
        askers = page.find_all(["script", "img", "link", "iframe", "object", "source", "video", "audio"])
        asked = [next(filter(None, map(asker.get, ("src", "srcset", "href", "data"))), "") for asker in askers]
        assert not [address for address in asked if urlsplit(address).scheme not in ("", "data")], name
        assert "import(" not in str(page) and "fetch(" not in str(page), name
    assert not re.search(r"url\(|@import", (site / "style.css").read_text(encoding="utf-8"))


def test_every_picture_is_there(site, pages):
    for name, page in pages.items():
        for picture in page.find_all(["img", "source"]):
            address = picture.get("src") or picture["srcset"]
            assert address.startswith("data:") or (site / name).parent.joinpath(address).is_file(), (name, address)


def test_every_page_says_where_to_report_what_is_wrong(pages):
    for name, page in pages.items():
        assert page.footer.find("a", href="https://github.com/{}/{}/issues/new/choose".format(*home())), name


def test_every_link_leads_somewhere(site, pages):
    for name, page in pages.items():
        for link in page.find_all("a", href=True):
            parts = urlsplit(link["href"])
            if parts.scheme:
                assert parts.scheme == "https", link
                continue
            target = (site / name).parent.joinpath(unquote(parts.path)).resolve() if parts.path else site / name
            assert target.is_file(), (name, link["href"])
            if parts.fragment:
                there = pages[target.relative_to(site.resolve()).as_posix()] if parts.path else page
                assert there.find(id=unquote(parts.fragment)), (name, link["href"])
            if parts.query:
                lesson, = parse_qs(parts.query)["path"]
                assert (site / "run/files" / lesson).is_file(), (name, link["href"])


def test_one_can_turn_the_pages_from_the_first_to_the_last_and_back(pages):
    names = [f"notebooks/{path.stem}.html" for path in lesson_paths()]
    for relation, order in (("next", names), ("prev", names[::-1])):
        links = [pages[name].find("a", rel=relation) for name in order]
        assert [f"notebooks/{link['href'].rpartition('/')[2]}" for link in links[:-1]] == order[1:]
        assert links[-1] is None


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_the_page_holds_all_of_the_lesson(pages, path):
    page, lesson = pages[f"notebooks/{path.stem}.html"], read_lesson(path)
    assert [block.get_text().strip() for block in page.select(".highlight pre")
            if not block.find_parent(class_="text")] == [cell.source for cell in lesson.code]
    outputs = [output for cell in lesson.code for output in cell.outputs]
    assert len(page.select(".output")) == len(outputs)
    for shown, output in zip(page.select(".output"), outputs):
        expected = output.get("text") or output["data"].get("text/html") or output["data"]["text/plain"]
        stored = BeautifulSoup(expected, "html.parser")
        pictures = shown.select("img")
        assert len(pictures) == len(stored.select("img"))
        if shown.select(".explorer"):   # here it moves, and test_baked compares it
            assert shown.find(attrs={"role": "status"}).get_text() in output["data"]["text/plain"]
            assert len(shown.find(attrs={"role": "img"})["aria-label"].split()) >= 5
            continue
        assert words(shown.get_text()) == words(stored.get_text())
        assert all(len(picture["alt"].split()) >= 5 for picture in pictures[:1])   # of several panels, the first


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_every_formula_is_mathml_and_no_tex_is_left(pages, path):
    page, lesson = pages[f"notebooks/{path.stem}.html"], read_lesson(path)
    prose = "\n".join(re.sub(r"`[^`]*`", "", cell.source) for cell in lesson.markdown)
    formulas = re.findall(r"\$\$.+?\$\$|\$[^$]+\$", prose, re.S)
    assert len(page.find_all("math")) == len(formulas)
    for formula in page.find_all("math"):
        assert not re.search(r"[\\${}]", formula.get_text()), formula
        assert not formula.find("merror")


def test_notebooks_in_jupyterlite_are_unmodified(site):
    for path in lesson_paths():
        copy = nbformat.read(site / "run/files/notebooks" / path.name, as_version=4)
        assert copy == nbformat.read(path, as_version=4)


def test_without_a_network_the_old_site_stays(site, tmp_path):
    (site / "mark.txt").touch()
    code = write_site(site.parent, tmp_path / "said.txt", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="0",
                      PIP_NO_CACHE_DIR="1")
    said = (tmp_path / "said.txt").read_text(encoding="utf-8").splitlines()
    assert code == 1 and "Check the connection to the internet" in said[-1] and said[-2] == ""
    assert (site / "mark.txt").exists() and not list(site.parent.glob(".site-*"))
    (site / "mark.txt").unlink()


def test_the_site_is_published_by_the_command_of_the_readme():
    workflow = (FOLDER / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    assert "run: python course.py site\n" in workflow and "path: site\n" in workflow
