"""The memory: nothing is lost between two kernels, nothing stops a lesson, and nothing is kept where nobody learns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest

from gradlib import memory
from gradlib.memory import Memory, alone, reader_file

ADD = """
import sys
from pathlib import Path
from gradlib.memory import Memory
mine = Memory(Path(sys.argv[1]))
for i in range(40):
    mine.add("exercise", f"02/{sys.argv[2]}", code=str(i))
print(mine.trouble())
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "progress.json"


def test_what_is_added_is_there_for_the_next_kernel(file):
    Memory(file).add("prediction", "02/kept", code="right", sure="sure")
    entry, = Memory(file).entries()
    assert entry == {"kind": "prediction", "place": "02/kept", "code": "right", "sure": "sure",
                     "day": date.today().isoformat()}
    assert [*Memory(file).entries("exercise"), *Memory(file).entries("prediction", "02/twice")] == []


def test_two_kernels_at_once_lose_nothing(file):
    running = [subprocess.Popen([sys.executable, "-c", ADD, str(file), name], stdout=subprocess.PIPE, text=True)
               for name in ("one", "other")]
    assert [process.communicate()[0] for process in running] == ["\n", "\n"]
    for name in ("one", "other"):
        assert [entry["code"] for entry in Memory(file).entries(place=f"02/{name}")] == [str(i) for i in range(40)]
    assert len(Memory(file).entries()) == 80


@pytest.mark.parametrize("text", ["", "{", "[]", '{"entries": 1}', '{"entries": [1]}', '{"entries": [{"kind": "a"}]}',
                                  '{"entries": [{"kind": 1, "place": "a", "code": "b", "day": "c"}]}', "[" * 100_000,
                                  '"\\ud800"', "NaN"])
def test_a_damaged_file_is_put_aside_and_told_once(file, text):
    file.write_text(text)
    mine = Memory(file)
    assert mine.entries() == []
    mine.add("exercise", "02/step", code="correct")
    assert "damaged" in mine.trouble() and mine.trouble() == ""
    assert (file.parent / "progress-damaged.json").read_text() == text
    assert len(Memory(file).entries()) == 1


def test_bytes_that_are_no_text_are_damage_too(file):
    file.write_bytes(b"\xff\xfe\x00")
    assert Memory(file).entries() == [] and (file.parent / "progress-damaged.json").exists()


def test_where_nothing_can_be_written_it_is_remembered_until_the_end(tmp_path):
    mine = Memory(tmp_path / "missing" / "progress.json")
    for code in "ab":
        mine.add("exercise", "02/step", code=code)
    assert [entry["code"] for entry in mine.entries()] == ["a", "b"]
    assert "until this kernel ends" in mine.trouble() and mine.trouble() == ""
    (tmp_path / "missing").mkdir()   # a disk that is there again: nothing is lost
    mine.add("exercise", "02/step", code="c")
    assert [entry["code"] for entry in Memory(mine.file).entries()] == ["a", "b", "c"]


def test_a_lock_that_is_never_let_go_stops_nothing(file, monkeypatch):
    monkeypatch.setattr(memory, "PATIENCE", 0)
    mine = Memory(file)
    with alone(file):
        mine.add("exercise", "02/step", code="a")
        assert [entry["code"] for entry in mine.entries()] == ["a"] and not file.exists()
    assert "locked" in mine.trouble()
    mine.add("exercise", "02/step", code="b")
    assert [entry["code"] for entry in Memory(file).entries()] == ["a", "b"]


def test_a_write_that_ends_half_way_leaves_the_file_whole(file, monkeypatch):
    mine = Memory(file)
    mine.add("exercise", "02/step", code="a")

    def full(*paths):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(os, "replace", full)
    mine.add("exercise", "02/step", code="b")
    assert "No space left" in mine.trouble() and len(mine.entries()) == 2
    assert [entry["code"] for entry in json.loads(file.read_text())["entries"]] == ["a"]


def test_all_can_be_forgotten(file):
    mine = Memory(file)
    mine.add("exercise", "02/step", code="a")
    (file.parent / "progress-damaged.json").write_text("{")
    mine.forget()
    assert mine.entries() == [] and not file.exists() and not (file.parent / "progress-damaged.json").exists()


@pytest.fixture
def course(tmp_path):
    """A course with a reader's folder."""
    (tmp_path / "course.py").touch()
    for name in ("my/earlier", "notebooks"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def asked_in(folder, monkeypatch, **variables):
    """The file, for somebody who works in this folder, and whom nobody tests but for these variables."""
    monkeypatch.chdir(folder)
    for name in memory.NOBODY:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return reader_file()


@pytest.mark.parametrize(("folder", "is_kept"), [("my", True), ("my/earlier", True), (".", True), ("notebooks", False)])
def test_only_a_reader_is_remembered(course, monkeypatch, folder, is_kept):
    assert asked_in(course / folder, monkeypatch) == (course / "my" / "progress.json" if is_kept else None)


@pytest.mark.parametrize("name", memory.NOBODY)
def test_under_tests_and_in_ci_nothing_is_kept(course, monkeypatch, name):
    assert asked_in(course / "my", monkeypatch, **{name: "1"}) is None


def test_elsewhere_nothing_is_kept(course, monkeypatch):
    (course / "course.py").unlink()
    assert asked_in(course / "my", monkeypatch) is None
