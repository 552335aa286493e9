"""The files that say what is installed, where, and under which licence: they must agree."""

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import course
from courseware.troubles import Unreachable, explained

try:
    import tomllib
except ImportError:
    import tomli as tomllib

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WINDOWS = sys.platform == "win32"


def read(name):
    return (REPOSITORY / name).read_text(encoding="utf-8")


def requirements(name):
    """name -> (requirement, reason) of the lines that name a package."""
    found = {}
    for line in read(name).splitlines():
        if line and line[0].isalpha():
            text, _, reason = line.partition("#")
            found[Requirement(text.strip()).name] = (Requirement(text.strip()), reason.strip())
    return found


def specifiers(lines):
    return {Requirement(line).name: Requirement(line).specifier for line in lines}


# ------------------------------------------------------------------------------- requirements

@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints-min.txt"])
def test_every_package_has_its_reason(name):
    assert requirements(name)
    for package, (_, reason) in requirements(name).items():
        assert len(reason.split()) >= 3, package


def test_ranges_of_learners_equal_those_of_the_package():
    learners = {name: requirement.specifier for name, (requirement, _) in requirements("requirements.txt").items()}
    assert specifiers(PROJECT["dependencies"]) == {k: v for k, v in learners.items() if k != "jupyterlab"}


def test_every_range_has_two_ends():
    for requirement, _ in requirements("requirements.txt").values():
        assert sorted(part.operator for part in requirement.specifier) == ["<", ">="], requirement


def test_oldest_packages_are_the_lower_ends():
    oldest = requirements("constraints-min.txt")
    for name, (requirement, _) in requirements("requirements.txt").items():
        low = next(part.version for part in requirement.specifier if part.operator == ">=")
        assert str(oldest[name][0].specifier) == f"=={low}.0"


def test_gradlib_is_installed_in_place_and_last():
    assert read("requirements.txt").splitlines()[-1] == "-e ."
    assert "-r requirements.txt" in read("requirements-dev.txt").splitlines()


def test_one_oldest_python():
    oldest = "{}.{}".format(*course.OLDEST_PYTHON)
    assert PROJECT["requires-python"] == f">={oldest}"
    assert f'"{oldest}"' in read(".github/workflows/test.yml")
    assert "({}, {})".format(*course.OLDEST_PYTHON) in read(".ci/run")


# ------------------------------------------------------------------------------- the package

def test_gradlib_imports_numpy_and_nothing_heavier():
    code = "import sys, gradlib; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=True).stdout.split()
    assert "numpy" in loaded
    assert not {"matplotlib", "ipywidgets", "IPython", "pandas", "scipy"} & set(loaded)


def test_gradlib_imports_only_what_it_declares():
    declared = set(specifiers(PROJECT["dependencies"]))
    brought = {"IPython", "PIL", "contourpy", "packaging"}  # by ipywidgets and by Matplotlib
    allowed = declared | brought | sys.stdlib_module_names | {"gradlib"}
    for path in (REPOSITORY / "gradlib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in (name.split(".")[0] for name in names):
                assert name in allowed, f"{path.name} imports {name}"


@pytest.mark.network
def test_wheel_holds_all_of_gradlib_and_nothing_else(tmp_path):
    copy = tmp_path / "course"
    copy.mkdir()
    shutil.copytree(REPOSITORY / "gradlib", copy / "gradlib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ["pyproject.toml", "README.md", "LICENSE"]:
        shutil.copy(REPOSITORY / name, copy)
    files = {path.relative_to(copy).as_posix() for path in (copy / "gradlib").rglob("*") if path.is_file()}

    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", "wheels", "."]
    built = subprocess.run(pip, cwd=copy, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           env={name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"})
    if built.returncode and isinstance(explained(built.stdout), Unreachable):
        pytest.skip("pip cannot reach a package index")
    assert built.returncode == 0, built.stdout
    wheel, = (copy / "wheels").glob("one_gradient-*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files
    assert any(name.startswith("gradlib/data/") for name in names)


# ------------------------------------------------------------------------------- licences, CI, style

def test_licences():
    assert PROJECT["license"] == "MIT"
    assert "Copyright (c) 2026 The One Gradient authors" in read("LICENSE")
    assert "Permission is hereby granted, free of charge" in read("LICENSE")
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in read("LICENSE-CONTENT")


def test_data_have_their_licences_beside_them():
    names = [path.name for path in (REPOSITORY / "gradlib/data").iterdir() if path.is_file()]
    for name in names:
        if not name.startswith("LICENSE"):
            assert [other for other in names if re.match(rf"LICENSE-{re.escape(name.split('.')[0])}\b", other)], name


def test_ci_types_what_a_learner_types():
    assert re.findall(r"^(.*) course\.py (.*) </dev/null$", read(".ci/run"), re.M) == [
        ('"$newest"', "test"), ('PIP_CONSTRAINT=constraints-min.txt "$oldest"', "test notebooks")]
    assert re.findall(r"- run: (.*)", read(".github/workflows/test.yml")) == [
        "python course.py test", "bash .ci/run"]


@pytest.mark.skipif(WINDOWS, reason="a script for Linux")
def test_ci_script_is_a_script():
    assert (REPOSITORY / ".ci/run").read_bytes().startswith(b"#!/bin/bash\n")
    assert os.access(REPOSITORY / ".ci/run", os.X_OK)
    subprocess.run(["bash", "-n", ".ci/run"], cwd=REPOSITORY, check=True)


def test_workflow_can_be_read():
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load(read(".github/workflows/test.yml"))
    matrix = workflow["jobs"]["course"]["strategy"]["matrix"]
    assert all(isinstance(version, str) for version in matrix["python"]), "3.10 without quotes is 3.1"
    assert {system.split("-")[0] for system in matrix["system"]} == {"ubuntu", "windows", "macos"}
    assert [job["constraints"] for job in matrix["include"]] == ["constraints-min.txt"]
    assert "schedule" in workflow[True], "YAML takes the word on for true"
    assert yaml.safe_load(read(".github/ISSUE_TEMPLATE/problem.yml"))["body"]


@pytest.mark.parametrize("name", [".ci/run", "binder/postBuild"])
def test_line_ends_of_scripts(name):
    assert b"\r" not in (REPOSITORY / name).read_bytes()


def test_style():
    ruff = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "."],
                          cwd=REPOSITORY, text=True, capture_output=True)
    assert ruff.returncode == 0, ruff.stdout
