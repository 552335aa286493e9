"""The commands as a learner meets them: typed in a folder whose name has a space."""

import json
import os
from pathlib import Path

import pytest

from courseware import commands, places
from courseware.troubles import Trouble

from .small import arguments_of, fails, run, variables_of


def test_first_start(first_start):
    folder, done = first_start
    assert done.returncode == 0, done
    assert done.stdout.startswith("Installing about 420 MB of packages into the folder .venv; this happens once")
    top, *arguments = arguments_of(done)
    assert os.path.samefile(top, folder)
    assert f"--ServerApp.root_dir={folder.resolve()}" in arguments
    assert "--LabApp.default_url=/lab/tree/my/00_start_here.ipynb" in arguments
    assert "--no-browser" in arguments
    assert not [argument for argument in arguments if ".port" in argument]
    settings = json.loads((folder / ".venv/share/jupyter/lab/settings/overrides.json").read_text())
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert (folder / ".venv/etc/ipython/ipython_kernel_config.py").is_file()


def test_second_start_installs_nothing(installed):
    done = run(installed, "--port", "23456")
    assert done.stdout.count("\n") == 2 and done.stdout.startswith("Opening the course in your browser.")
    assert {"--ServerApp.port=23456", "--ServerApp.port_retries=0"} <= set(arguments_of(done))


@pytest.mark.parametrize("text, used", [
    ('{"theme": "JupyterLab Dark"}', True), ('{"theme": "Jupyter', False), ("", False)])
def test_look_of_the_reader_that_cannot_be_read(text, used, installed, tmp_path):
    (tmp_path / "themes.jupyterlab-settings").write_text(text)
    done = run(installed, JUPYTERLAB_SETTINGS_DIR=str(tmp_path))
    assert variables_of(done)["JUPYTERLAB_SETTINGS_DIR"] == str(tmp_path)
    assert any("user_settings_dir" in argument for argument in arguments_of(done)) is not used
    assert (str(tmp_path / "themes.jupyterlab-settings") in done.stdout.rpartition("[")[0]) is not used


def test_tests_are_run_with_what_they_need(installed):
    done = run(installed, "test", "-q", "--port", "tests/a b.py", "-m", "not slow")
    assert done.returncode == 3, "the exit code of pytest"
    assert done.stdout.startswith("Bringing the packages in the folder .venv up to date")
    assert arguments_of(done)[1:] == [
        "--nbval", "--nbval-cell-timeout", "600",
        "-n", "auto", "--dist", "loadscope", "-q", "--port", "tests/a b.py", "-m", "not slow"]
    for arguments in [["test"], []]:
        assert "Bringing" not in run(installed, *arguments).stdout


def test_site_is_written_with_what_it_needs(installed):
    done = run(installed, "site")
    assert done.returncode == 4, "the exit code of the builder"
    assert done.stdout.startswith("Bringing the packages in the folder .venv up to date")
    assert os.path.samefile(arguments_of(done)[0], installed) and arguments_of(done)[1:] == []
    assert list((installed / ".venv").glob("**/site-packages/pytest"))
    assert "Bringing" not in run(installed, "site").stdout


def test_tests_and_site_do_not_forget_each_other(installed):
    for command in ("test", "site"):
        assert "Bringing" in run(installed, command).stdout
    for command in ("test", "site", "test"):
        assert "Bringing" not in run(installed, command).stdout


def test_changed_requirement_is_installed(installed):
    with open(installed / "requirements.txt", "a") as file:
        file.write("pytest\n")
    assert "Bringing" in run(installed).stdout
    assert list((installed / ".venv").glob("**/site-packages/pytest"))
    assert "Bringing" not in run(installed).stdout


def test_help_says_it_all(folder):
    text = run(folder, "--help").stdout
    for words in ["course.py test", "course.py site", "--port", "--no-browser", ".venv", "pytest", "Windows",
                  "exit code"]:
        assert words in text


@pytest.mark.parametrize("arguments, words", [
    (["tset"], "There is no command 'tset', only"),
    (["site", "elsewhere"], "Nothing follows `site`, and here comes `elsewhere`"),
    (["--prot"], "Unrecognized arguments: --prot"),
    (["--port"], "Expected one argument"),
    (["--port", "zero"], "A port is a whole number from 1024 to 65535, not 'zero'"),
    (["--port", "80"], "A port is a whole number from 1024 to 65535, not '80'"),
])
def test_what_is_not_understood(folder, arguments, words):
    said = fails(folder, *arguments)
    assert words in said and said.endswith("course.py --help` shows what can be typed.")


@pytest.mark.parametrize("arguments", [["--port", "23456", "test"], ["--no-browser", "site"]])
def test_options_of_jupyterlab_before_another_command(folder, arguments):
    assert "are about JupyterLab" in fails(folder, *arguments)


@pytest.mark.parametrize("command, module", [("write", "tests.notebooks.run"), ("lint", "tests.notebooks.lint")])
def test_commands_for_authors(command, module, monkeypatch):
    started = []
    monkeypatch.setattr(commands, "install", started.append)
    monkeypatch.setattr(commands, "hand_over", started.append)
    for words in ([], ["05"], ["notebooks/05_same_number_what_cost.ipynb", "--rules"]):
        commands.AUTHORS[command](words)
        assert started[0] == places.TEST and module in started[1]
        assert [Path(word).name[:2] for word in started[1] if word.endswith(".ipynb")] == ["05"] * bool(words)
        started.clear()
    for word in ("77", "no.ipynb"):
        with pytest.raises(Trouble, match=f"There is no lesson `{word}`"):
            commands.AUTHORS[command]([word])
    assert not started
