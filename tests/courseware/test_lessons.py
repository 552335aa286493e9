"""The reader's copies of the lessons: whatever comes, nothing that was written is lost.

Real lessons in a folder of their own. `kept` is the judge: after every start, all that the reader ever wrote is found,
byte for byte, in some file of the folder my.
"""

import json
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from courseware import commands, lessons, places
from courseware.command_line import command_line
from courseware.lessons import bring_lessons
from courseware.troubles import Trouble

NAMES = ["00_start_here.ipynb", "02_step_size.ipynb"]
FIRST, STEP = NAMES
NEW, NEW_2 = "02_step_size_new.ipynb", "02_step_size_new_2.ipynb"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of two lessons that has not been started yet."""
    folder = tmp_path / "the course ∇"
    for name in NAMES:
        (folder / "notebooks").mkdir(parents=True, exist_ok=True)
        shutil.copy(places.LESSONS / name, folder / "notebooks")
    look_at(folder, monkeypatch)
    return folder


def look_at(folder, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", folder)
    monkeypatch.setattr(places, "LESSONS", folder / "notebooks")
    monkeypatch.setattr(places, "MY", folder / "my")
    monkeypatch.setattr(places, "LOCK", folder / ".venv.lock")


def mine(name):
    return places.MY / name


def content(path):
    return json.loads(path.read_text(encoding="utf-8"))


def sources(path):
    return [("".join(cell["source"]), cell["cell_type"]) for cell in content(path)["cells"]]


def edit(path, text, cell=-1):
    """Write something into a cell, as an editor does: the file is written anew."""
    notebook = content(path)
    notebook["cells"][cell]["source"] = text
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path.read_bytes()


def update(name=STEP, text="A sentence of the next version."):
    """What git pull or a new ZIP does to a lesson."""
    edit(places.LESSONS / name, text, cell=0)


def run(path):
    """What running a lesson changes: outputs, counts, the kernel's metadata."""
    notebook = content(path)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=17)
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026-11-30"}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def kept(*written):
    files = {path.read_bytes() for path in places.MY.rglob("*") if path.is_file()}
    return set(written) <= files


def names():
    return sorted(path.relative_to(places.MY).as_posix() for path in places.MY.rglob("*") if path.is_file())


def test_the_first_start_copies_every_lesson_and_says_where(course):
    said = bring_lessons()
    assert names() == NAMES and len(said) == 1 and "folder my" in said[0]
    for name in NAMES:
        assert sources(mine(name)) == sources(places.LESSONS / name)
        assert [cell.get("outputs") for cell in content(mine(name))["cells"]] == [
            cell.get("outputs") for cell in content(places.LESSONS / name)["cells"]]
        nbformat.validate(nbformat.read(mine(name), as_version=4))


def test_the_course_opens_on_the_copy_of_the_first_lesson(course, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(commands, "install", lambda files: None)
    monkeypatch.setattr(commands, "hand_over", opened.append)
    commands.open_course(command_line().parse_args(["--no-browser"]))
    assert f"--LabApp.default_url=/lab/tree/my/{FIRST}" in opened[0] and mine(FIRST).is_file()
    assert "folder my" in capsys.readouterr().out


def test_who_may_write_nothing_is_told_so_and_reads_the_lessons_themselves(course, monkeypatch, capsys):
    """As where a teacher has installed the course for all."""
    opened = []
    monkeypatch.setattr(lessons, "can_be_written", lambda folder: False)
    monkeypatch.setattr(commands, "install", lambda files: None)
    monkeypatch.setattr(commands, "hand_over", opened.append)
    commands.open_course(command_line().parse_args([]))
    assert f"--LabApp.default_url=/lab/tree/notebooks/{FIRST}" in opened[0] and not places.MY.exists()
    said, _ = capsys.readouterr().out.splitlines()
    assert str(course) in said and "be saved" in said


def test_without_an_update_nothing_is_said_or_changed(course):
    bring_lessons()
    run(mine(FIRST))
    edit(mine(STEP), "my answer")
    before = {path: path.read_bytes() for path in places.MY.iterdir()}
    assert bring_lessons() == []
    assert {path: path.read_bytes() for path in places.MY.iterdir()} == before


def test_a_copy_that_was_only_run_follows_the_update_and_is_kept(course):
    bring_lessons()
    run(mine(STEP))
    before = mine(STEP).read_bytes()
    update()
    said, = bring_lessons()
    assert f"my/{STEP}" in said and f"my/earlier/{STEP}" in said
    assert sources(mine(STEP)) == sources(places.LESSONS / STEP) and kept(before)
    assert names() == [FIRST, STEP, f"earlier/{STEP}"] and bring_lessons() == []


def test_a_changed_copy_is_never_touched_and_the_new_version_is_put_beside_it(course):
    bring_lessons()
    answer = edit(mine(STEP), "my answer")
    update()
    said, = bring_lessons()
    assert f"my/{STEP}" in said and f"my/{NEW}" in said
    assert mine(STEP).read_bytes() == answer and sources(mine(NEW)) == sources(places.LESSONS / STEP)
    assert bring_lessons() == []


def test_update_after_update_loses_nothing(course):
    bring_lessons()
    written = [edit(mine(STEP), "my answer")]
    for i in range(4):
        update(text=f"version {i}")
        assert len(bring_lessons()) == 1 and kept(*written)
        newest = max(lessons.beside(mine(STEP)), key=lambda path: path.stat().st_mtime_ns)
        assert sources(newest) == sources(places.LESSONS / STEP)
        if i % 2:
            written.append(edit(newest, f"my answer to version {i}"))
    assert bring_lessons() == [] and kept(*written)


def test_who_worked_in_notebooks_finds_it_in_my(course):
    """As before there was the folder my, or in another editor."""
    originals = {name: (places.LESSONS / name).read_bytes() for name in NAMES}
    edit(places.LESSONS / FIRST, "written before the first start")
    bring_lessons()
    edit(places.LESSONS / STEP, "written in another editor")
    bring_lessons()
    for name in NAMES:   # git checkout, or a new ZIP over the folder
        (places.LESSONS / name).write_bytes(originals[name])
    bring_lessons()
    texts = {text for path in places.MY.rglob("*.ipynb") for text, _ in sources(path)}
    assert {"written before the first start", "written in another editor"} <= texts
    assert all(sources(mine(name)) == sources(places.LESSONS / name) for name in NAMES)


def test_a_copy_made_by_hand_is_a_changed_copy_or_the_lesson_itself(course):
    places.MY.mkdir()
    shutil.copy(places.LESSONS / FIRST, places.MY)
    shutil.copy(places.LESSONS / STEP, places.MY)
    answer = edit(mine(STEP), "copied by hand, then answered")
    said = bring_lessons()
    assert len(said) == 1 and mine(STEP).read_bytes() == answer
    assert names() == [FIRST, STEP, NEW]


def test_a_deleted_copy_comes_again_as_the_lesson_is_today(course):
    bring_lessons()
    update()
    mine(STEP).unlink()
    assert bring_lessons() == [] and sources(mine(STEP)) == sources(places.LESSONS / STEP)


def test_a_lesson_that_is_gone_leaves_its_copy(course):
    bring_lessons()
    (places.LESSONS / STEP).unlink()
    assert bring_lessons() == [] and names() == NAMES


def test_the_folder_can_be_carried_into_a_new_folder_of_the_course(course, monkeypatch):
    bring_lessons()
    answer = edit(mine(STEP), "my answer")
    new = shutil.copytree(course, course.with_name("one-gradient-2"))
    look_at(new, monkeypatch)
    update()
    bring_lessons()
    assert mine(STEP).read_bytes() == answer and sources(mine(NEW)) == sources(places.LESSONS / STEP)


def test_a_file_of_the_readers_own_is_not_taken_for_a_new_version(course):
    bring_lessons()
    own = mine("02_step_size_newton.ipynb")
    shutil.copy(mine(STEP), own)
    before = own.read_bytes()
    update()
    bring_lessons()
    assert own.read_bytes() == before and sources(mine(STEP)) == sources(places.LESSONS / STEP)


HOSTILE = {
    "half-written": lambda text: text[:len(text) // 2],
    "conflict marks": lambda text: text.replace('"cells": [', '<<<<<<< Updated upstream\n"cells": [', 1),
    "a list": lambda text: "[1, 2]",
    "no cells": lambda text: "{}",
    "cells without source": lambda text: '{"metadata": {}, "cells": [{"cell_type": "code"}]}',
    "cells of numbers": lambda text: '{"metadata": {}, "cells": [{"cell_type": "code", "source": [1, 2]}]}',
    "metadata of another kind": lambda text: '{"metadata": [], "cells": []}',
    "a mark of another kind": lambda text: '{"metadata": {"one_gradient": 3}, "cells": []}',
    "nested without end": lambda text: "[" * 100_000,
    "another coding": lambda text: text.encode("utf-16").decode("latin-1"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_damaged_copy_stays_and_the_lesson_is_put_beside_it(course, kind):
    bring_lessons()
    mine(STEP).write_text(HOSTILE[kind](mine(STEP).read_text(encoding="utf-8")), encoding="utf-8")
    damaged = mine(STEP).read_bytes()
    said, = bring_lessons()
    assert f"my/{STEP}" in said and f"my/{NEW}" in said and "cannot be read" in said
    assert mine(STEP).read_bytes() == damaged and sources(mine(NEW)) == sources(places.LESSONS / STEP)
    assert bring_lessons() == []


@pytest.mark.parametrize("kind", sorted(HOSTILE.keys() - {"a mark of another kind"}))
def test_a_damaged_lesson_is_named_and_takes_nothing_with_it(course, kind):
    bring_lessons()
    answer, lesson = edit(mine(STEP), "my answer"), places.LESSONS / STEP
    lesson.write_text(HOSTILE[kind](lesson.read_text(encoding="utf-8")), encoding="utf-8")
    update(FIRST)
    said = bring_lessons()
    assert len(said) == 2 and f"notebooks/{STEP}" in said[1] and kept(answer)
    assert sources(mine(FIRST)) == sources(places.LESSONS / FIRST)


def test_half_a_letter_in_a_lesson_is_copied_as_it_is(course):
    """As a program leaves it that cuts a text in the middle of an emoji."""
    update(text="half a letter: \ud83d")
    bring_lessons()
    assert sources(mine(STEP)) == sources(places.LESSONS / STEP)


def test_an_empty_file_is_what_a_full_disk_leaves_and_holds_nothing(course):
    places.MY.mkdir()
    mine(STEP).touch()
    bring_lessons()
    assert sources(mine(STEP)) == sources(places.LESSONS / STEP)


def test_a_folder_in_the_place_of_a_copy_is_left_alone(course):
    bring_lessons()
    mine(STEP).unlink()
    (mine(STEP) / "notes").mkdir(parents=True)
    bring_lessons()
    assert (mine(STEP) / "notes").is_dir() and sources(mine(NEW)) == sources(places.LESSONS / STEP)


@pytest.mark.parametrize("moment", ["while writing", "before moving", "between the moves"])
def test_when_the_disk_is_full_nothing_is_lost_and_the_next_start_goes_on(course, monkeypatch, moment):
    bring_lessons()
    run(mine(STEP))
    before, replace = mine(STEP).read_bytes(), os.replace
    update()

    def full(*paths, **options):
        calls.append(paths)
        if moment == "between the moves" and len(calls) == 1:
            return replace(*paths)
        raise OSError(28, "No space left on device")

    calls = []
    monkeypatch.setattr(*((places.Path, "write_text") if moment == "while writing" else (os, "replace")), full)
    with pytest.raises(OSError, match="No space left"):
        bring_lessons()
    monkeypatch.undo()
    look_at(course, monkeypatch)
    assert kept(before)
    bring_lessons()
    assert kept(before) and sources(mine(STEP)) == sources(places.LESSONS / STEP)
    assert not [name for name in names() if name.startswith(".")]


def test_a_file_named_my_is_not_taken_away(course):
    (course / "my").write_text("mine")
    with pytest.raises(Trouble, match="not a folder.*Rename it"):
        bring_lessons()
    assert (course / "my").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix" or not hasattr(os, "geteuid"), reason="permissions of POSIX")
def test_a_lesson_that_is_read_only_gives_a_copy_that_can_be_written(course):
    (places.LESSONS / STEP).chmod(0o444)
    bring_lessons()
    assert mine(STEP).stat().st_mode & stat.S_IWUSR


def test_starts_at_the_same_moment_come_one_after_the_other(course):
    bring_lessons()
    answer, run_only = edit(mine(STEP), "my answer"), mine(FIRST).read_bytes()
    update()
    update(FIRST)
    with ThreadPoolExecutor(4) as windows:
        said = [*windows.map(lambda _: bring_lessons(), range(4))]
    assert sorted(map(len, said)) == [0, 0, 0, 2] and kept(answer, run_only)
    assert names() == [FIRST, STEP, NEW, f"earlier/{FIRST}"]
