"""The command that executes and stores the lessons."""

from __future__ import annotations

import base64
import copy
import io
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from .outputs import METADATA, WIDGET_VIEW
from .run import as_text, keep_equal_pictures, main, merged_streams, tidied


def store(path, *sources):
    """A notebook of code cells as a file, not executed, with metadata as another machine might leave them."""
    cells = [new_code_cell(source, id=f"c{k}") for k, source in enumerate(sources)]
    kernelspec = {"display_name": "My env", "language": "python", "name": "python3"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernelspec, "author_path": "x"})
    nbformat.write(notebook, path)
    return path


def png(colour, **options) -> str:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG", **options)
    return base64.b64encode(file.getvalue()).decode()


def with_picture(picture):
    html = f'<figure><img alt="red" src="data:image/png;base64,{picture}"></figure>'
    data = {"image/png": picture + "\n", "text/html": html, "text/plain": "A red area."}
    output = new_output("display_data", data=data)
    return new_notebook(cells=[new_code_cell("show()", id="a", outputs=[output])])


def test_without_write_it_says_what_would_change_and_with_write_a_rerun_changes_no_byte(tmp_path, capsys):
    path = store(tmp_path / "00_a.ipynb", "x = 2", "print(x)\nprint(x + 1)", "x")
    before = path.read_bytes()
    assert main([str(path)]) == 1 and path.read_bytes() == before
    assert "00_a.ipynb: would change" in capsys.readouterr().out
    assert main(["--write", str(path)]) == 0
    written = path.read_bytes()
    assert "00_a.ipynb: written" in capsys.readouterr().out
    assert main(["--write", str(path)]) == 0 and path.read_bytes() == written
    assert "1 executed, 0 changed" in capsys.readouterr().out
    notebook = json.loads(written)
    assert [cell["execution_count"] for cell in notebook["cells"]] == [1, 2, 3]
    assert [cell["id"] for cell in notebook["cells"]] == ["c0", "c1", "c2"]
    assert [output["text"] for output in notebook["cells"][1]["outputs"]] == [["2\n", "3\n"]]
    assert notebook["metadata"] == METADATA
    assert written.decode() == json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def test_nothing_is_written_if_one_cell_of_one_lesson_fails(tmp_path, capsys):
    paths = [
        store(tmp_path / "00_good.ipynb", "1 + 1"),
        store(tmp_path / "01_error.ipynb", "a = 1", "b = a + missing"),
        store(tmp_path / "02_warning.ipynb", "import warnings", "warnings.warn('old')"),
        store(tmp_path / "03_path.ipynb", "import os", "print(os.path.join('/home', 'ada', 'x'))"),
    ]
    before = [path.read_bytes() for path in paths]
    assert main(["--write", *map(str, paths)]) == 1
    assert [path.read_bytes() for path in paths] == before
    said = capsys.readouterr().err
    assert "01_error.ipynb, cell 1 (b = a + missing): NameError: name 'missing' is not defined" in said
    assert "02_warning.ipynb, cell 1 (warnings.warn('old')): writes to stderr" in said
    assert "03_path.ipynb, cell 1" in said and "path of one machine: /home/" in said
    assert "00_good" not in said and "Nothing was written." in said


def test_an_explorer_is_stored_as_its_still_picture_and_sentence(stored_sample):
    notebook = nbformat.read(stored_sample, as_version=4)
    explorer = next(cell for cell in notebook.cells if "explorer" in cell.metadata.get("tags", []))
    data = explorer.outputs[0].data
    assert data.keys() == {"text/html", "text/plain"} and "<img" in data["text/html"]
    assert "widgets" not in notebook.metadata and WIDGET_VIEW not in stored_sample.read_text(encoding="utf-8")


def test_pictures_with_equal_pixels_keep_their_stored_bytes():
    stored, new = with_picture(png("red", compress_level=1)), with_picture(png("red", compress_level=9))
    assert as_text(stored) != as_text(new)
    keep_equal_pictures(new, stored)
    assert as_text(new) == as_text(stored)


def test_other_pixels_or_other_words_are_stored():
    stored, other = with_picture(png("red", compress_level=1)), with_picture(png("blue"))
    reworded = with_picture(png("red", compress_level=9))
    reworded.cells[0].outputs[0].data["text/plain"] = "A red square."
    for new in (other, reworded):
        expected = as_text(new)
        keep_equal_pictures(new, stored)
        assert as_text(new) == expected


def test_only_neighbouring_pieces_of_one_stream_are_merged():
    out = [new_output("stream", name="stdout", text=text) for text in ("a", "b", "c")]
    error = new_output("stream", name="stderr", text="e")
    figure = new_output("display_data", data={"text/plain": "A figure."})
    merged = merged_streams(copy.deepcopy([out[0], out[1], figure, out[2], error]))
    assert [output.get("text", "-") for output in merged] == ["ab", "-", "c", "e"]


def test_traces_of_a_session_are_dropped_and_tags_are_kept():
    cell = new_code_cell("1", id="a", metadata={"tags": ["explorer"], "execution": {}, "collapsed": True})
    notebook = tidied(
        new_notebook(cells=[cell], metadata={"widgets": {}, "language_info": {"name": "python", "version": "3"}})
    )
    assert notebook.metadata == METADATA and notebook.cells[0].metadata == {"tags": ["explorer"]}


def test_the_command_wants_lessons(monkeypatch, capsys):
    monkeypatch.setattr("tests.notebooks.run.lesson_paths", list)
    with pytest.raises(SystemExit):
        main([])
    assert "there are no lessons in notebooks/" in capsys.readouterr().err
