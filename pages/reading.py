"""The pages to read: one for each lesson, one for each file of gradlib that a lesson links to, and the first page.

They lie as the files lie in the course, so a relative link needs another ending and nothing else.
"""

import copy
import re
import shutil
from importlib.metadata import metadata
from pathlib import Path, PurePosixPath

from jinja2 import pass_context
from nbconvert import HTMLExporter
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from courseware.places import FOLDER

from . import baking, mathematics
from .lessons import all_lessons, linked_sources

HERE = Path(__file__).parent
SITE_NAME = "One Gradient"
STILL, MOVING = "docs/step_size.png", "docs/step_size.gif"   # the ones in the README, with the same words


class CellsExporter(HTMLExporter):
    """A notebook's cells as plain HTML: no style sheet, no script, no request."""

    @pass_context
    def markdown2html(self, context, source):
        return mathematics.html_of(source)


def write(site):
    """Write all pages into the folder `site`, which must not exist yet."""
    site.mkdir()
    shutil.copy(HERE / "style.css", site)
    shutil.copy(baking.TEMPLATES / "explorer.js", site)
    for picture in (STILL, MOVING):
        shutil.copy(FOLDER / picture, site)
    lessons = all_lessons()
    baked = baking.bake_all([call for lesson in lessons for call in lesson.explorers.values()])
    write_files(site, baked.values())
    for before, lesson, after in zip([None, *lessons], lessons, [*lessons[1:], None]):
        write_page(site, lesson.page, "lesson", title=f"{lesson.number} {lesson.title}", lesson=lesson,
                   cells=cells(lesson, baked), before=before, after=after)
    for source in linked_sources():
        write_page(site, mathematics.page_of(source), "source", title=source, code=highlighted(source))
    write_page(site, "index.html", "home", title="From calculus to backprop to SGD", lessons=lessons,
               still=PurePosixPath(STILL).name, moving=PurePosixPath(MOVING).name, alt=picture_alt())


def write_files(site, baked):
    """Write what the explorers' pages fetch."""
    (site / baking.FOLDER).mkdir()
    for explorer in baked:
        (site / explorer.file).write_bytes(explorer.data)


def write_page(site, path, template, **content):
    """Fill a template."""
    page = environment().get_template(f"{template}.html.j2").render(up=up_from(path), site_name=SITE_NAME,
                                                                    repository=repository(), **content)
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")


def environment():
    """The templates of the pages, in which `markdown` is a filter."""
    templates = baking.templates()
    templates.filters["markdown"] = lambda text: re.sub("^<p>|</p>\n?$", "", mathematics.html_of(text))
    return templates


def cells(lesson, baked):
    """The cells of a lesson as HTML, its explorers as they move on a page.  baked {call: Baked}.

    A table wider than a phone scrolls in a box of its own.
    """
    exporter = CellsExporter(template_name="cells", extra_template_basedirs=[str(baking.TEMPLATES)])
    exporter.display_data_priority = ["text/html", "image/png", "text/plain"]
    notebook = copy.deepcopy(lesson.notebook)
    for i, call in lesson.explorers.items():
        up = up_from(lesson.page)
        moving = baked[call].html(up, up + lesson.run)
        for output in notebook.cells[i].outputs:
            before, _, rest = output.data["text/html"].partition("<figure>")   # the still picture
            output.data["text/html"] = before + moving + rest.rpartition("</figure>")[2]
    html, _ = exporter.from_notebook_node(notebook)
    return re.sub(r"<table\b.*?</table>", r'<div class="wide">\g<0></div>', html, flags=re.DOTALL)


def up_from(path):
    """What leads from a page to the top of the site."""
    return "../" * path.count("/")


def highlighted(source):
    """A file of the course as HTML in colours."""
    return highlight((FOLDER / source).read_text(encoding="utf-8"), PythonLexer(), HtmlFormatter())


def picture_alt():
    """The words that the README gives to its picture."""
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    return re.search(rf'<img src="{re.escape(MOVING)}"[^>]* alt="([^"]+)"', readme).group(1)


def repository():
    """Where the course lives, as pyproject.toml says."""
    return dict(line.split(", ") for line in metadata("one-gradient").get_all("Project-URL"))["Repository"]
