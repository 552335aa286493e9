"""The reader's own copies of the lessons, in the folder my: what is written in them survives every update.

An update changes the lessons in the folder notebooks. Here, nothing that a reader may have written is changed or
deleted. A copy remembers, in its metadata, from which version of its lesson it was made; so it is known whether the
lesson has changed since, and whether the reader has changed the copy. Running a copy does not count.

    a lesson without a copy                    is copied
    a new version, and the copy as it came     takes the copy's place; the copy moves into the folder my/earlier
    a new version, and the copy changed        is put beside it, as NAME_new
"""

import contextlib
import hashlib
import json
import os
import re
from collections import namedtuple
from itertools import count

from . import places
from .environment import alone
from .ownership import can_be_written
from .troubles import Trouble

MARK = "one_gradient"  # in the metadata of a copy
NOT_A_NOTEBOOK = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)

# What was made from which version of a lesson, and what it holds now; None for what cannot be known.
Copy = namedtuple("Copy", "path made_from holds")


def folder_to_open():
    """The reader's copies, or the lessons themselves where this user may write in no folder of the course."""
    return places.MY if can_be_written(places.MY) or can_be_written(places.FOLDER) else places.LESSONS


def bring_lessons():
    """See to it that there is a copy of every lesson as it is today. Returns what the reader should know."""
    if folder_to_open() == places.LESSONS:
        return [f"This computer does not let you write in {places.FOLDER}, so nothing that you write in the lessons "
                "can be saved. To keep your work, copy the course into a folder of your own, then run this there."]
    with alone():  # two windows may start the course at the same moment
        first = not os.path.lexists(places.MY)
        make_folder(places.MY)
        said = [sentence for sentence in map(bring, sorted(places.LESSONS.glob("*.ipynb"))) if sentence]
    welcome = ("Your own copies of the lessons are in the folder my; no update of the course changes what you write "
               "there. If you have an older folder of the course, put its folder my in the place of this one.")
    return [welcome] + said if first else said


def bring(lesson):
    """See to it that there is a copy of this lesson as it is today. Returns a sentence, or None if that was so."""
    try:
        notebook = read(lesson)
        version = version_of(notebook)
        notebook.setdefault("metadata", {})[MARK] = {"made_from": version}
    except NOT_A_NOTEBOOK:
        return (f"{named(lesson)} cannot be read as a notebook, so nothing was copied from it. Download the course "
                "anew for that lesson; the folder my stays as it is.")
    mine = places.MY / lesson.name
    copies = [copy_at(path) for path in [mine, *beside(mine)] if not is_free(path)]
    unchanged = [copy for copy in copies if copy.holds and copy.holds == copy.made_from]
    if is_free(mine):
        return put_at(mine, notebook)
    if any(version in (copy.made_from, copy.holds) for copy in copies):
        return None
    return put_in_place(unchanged[-1], notebook) if unchanged else put_beside(mine, copies[-1], notebook)


def put_at(path, notebook):
    with written(notebook) as unfinished:
        os.replace(unfinished, path)


def put_in_place(copy, notebook):
    """Put the new version in the place of a copy that is as it came. Moved away and not written over, it is kept even
    if the reader saves it at this very moment."""
    make_folder(places.MY / "earlier")
    with written(notebook) as unfinished:
        earlier = claim(places.MY / "earlier", copy.path.stem)
        os.replace(copy.path, earlier)
        os.replace(unfinished, copy.path)
    return f"{named(copy.path)} is a new version; the one before, as it was copied, is {named(earlier)}."


def put_beside(mine, last, notebook):
    """Put the new version beside copies that the reader has changed, or that cannot be read."""
    with written(notebook) as unfinished:
        new = claim(places.MY, f"{mine.stem}_new")
        os.replace(unfinished, new)
    if last.holds:
        return (f"There is a new version of {named(last.path)}, which you have changed: yours stays as it is, "
                f"and the new version is beside it, {named(new)}.")
    return f"{named(last.path)} cannot be read as a notebook and stays as it is; the lesson is beside it, {named(new)}."


# ------------------------------------------------------------------------------- notebooks

def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def version_of(notebook):
    """A hash of what is written in the cells, without outputs and whatever else running adds."""
    cells = [(cell["cell_type"], "".join(cell["source"]).replace("\r\n", "\n")) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells).encode("ascii")).hexdigest()


def copy_at(path):
    try:
        notebook = read(path)
        return Copy(path, notebook["metadata"].get(MARK, {}).get("made_from"), version_of(notebook))
    except NOT_A_NOTEBOOK:
        return Copy(path, None, None)


# ------------------------------------------------------------------------------- files

def named(path):
    return path.relative_to(places.FOLDER).as_posix()


def make_folder(path):
    try:
        path.mkdir(exist_ok=True)
    except FileExistsError:
        raise Trouble(f"{path} is not a folder, and the course keeps your lessons in a folder of this name. "
                      "Rename it, then run this again.") from None


def beside(mine):
    """The newer versions that were put beside a copy."""
    return sorted(path for path in mine.parent.glob(f"{mine.stem}_new*.ipynb")
                  if re.fullmatch(r"_new(_\d+)?", path.stem[len(mine.stem):]))


def is_free(path):
    """Nothing is there, or an empty file: what is left of a copy if the disk was full or the computer went off."""
    return not os.path.lexists(path) or (path.is_file() and path.stat().st_size == 0)


def claim(folder, stem):
    """The first free name: STEM.ipynb, STEM_2.ipynb, ... It exists then, empty, so that nothing else takes it."""
    for i in count(1):
        path = folder / (f"{stem}.ipynb" if i == 1 else f"{stem}_{i}.ipynb")
        with contextlib.suppress(FileExistsError):
            path.open("x").close()
            return path


@contextlib.contextmanager
def written(notebook):
    """A hidden file that holds the whole notebook, to be given its name; without one it is gone afterwards."""
    unfinished = places.MY / ".unfinished"
    try:
        unfinished.write_text(json.dumps(notebook, indent=1) + "\n", encoding="ascii", newline="\n")
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)
