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
from packaging.version import Version

import course
import gradlib
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

@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-cluster.txt",
                                  "constraints-min.txt"])
def test_every_package_has_its_reason(name):
    assert requirements(name)
    for package, (_, reason) in requirements(name).items():
        assert len(reason.split()) >= 3, package


def test_ranges_of_learners_equal_those_of_the_package():
    learners = {name: requirement.specifier for name, (requirement, _) in requirements("requirements.txt").items()}
    of_the_page = {"jupyterlab", "nbval"}
    assert specifiers(PROJECT["dependencies"]) == {k: v for k, v in learners.items() if k not in of_the_page}


def test_every_range_has_two_ends():
    for requirement, _ in (requirements("requirements.txt") | requirements("requirements-cluster.txt")).values():
        assert sorted(part.operator for part in requirement.specifier) == ["<", ">="], requirement


def test_oldest_packages_are_the_lower_ends():
    oldest = requirements("constraints-min.txt")
    for name, (requirement, _) in (requirements("requirements.txt") | requirements("requirements-cluster.txt")).items():
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

def test_gradlib_imports_only_what_it_declares():
    declared = set(specifiers(PROJECT["dependencies"]))
    brought = {"IPython", "PIL", "contourpy", "packaging", "traitlets"}  # by ipywidgets and by Matplotlib
    optional = {"sklearn", "dask", "distributed"}   # lesson 12 stands beside the first, lesson 11 can do more with Dask
    allowed = declared | brought | optional | sys.stdlib_module_names | {"gradlib"}
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
    wheel, = (copy / "wheels").glob(f"one_gradient-{gradlib.__version__}-*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files
    assert any(name.startswith("gradlib/data/") for name in names)


# ------------------------------------------------------------------------------- the version, and how to cite it

def test_one_version():
    """It stands in gradlib; what else says it says the same, and a changelog's newest heading is about it."""
    assert "version" in PROJECT["dynamic"]
    assert str(Version(gradlib.__version__)) == gradlib.__version__
    assert f"\nversion: {gradlib.__version__}\n" in read("CITATION.cff")
    newest, = re.findall(r"^## (.*)", read("CHANGELOG.md"), re.M)[:1]
    released = not Version(gradlib.__version__).is_devrelease
    day = r", \d{4}-\d\d-\d\d" if released else ", not yet released"
    assert re.fullmatch(re.escape(Version(gradlib.__version__).base_version) + day, newest)
    assert bool(re.search(r"^date-released: \d{4}-\d\d-\d\d$", read("CITATION.cff"), re.M)) == released


def test_the_citation_has_what_its_format_asks_for():
    yaml = pytest.importorskip("yaml")
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0" and citation["message"]
    assert citation["authors"] == PROJECT["authors"]
    assert read("README.md").startswith(f"# {citation['title']}\n")
    assert PROJECT["urls"] == {"Repository": citation["repository-code"], "Homepage": citation["url"]}


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
    assert re.findall(r'^ *("[^"]*") \S*course\.py"? (.*) </dev/null', read(".ci/run"), re.M) == [
        ('"$oldest"', "test notebooks"), ('"$newest"', "test")]
    assert "PIP_CONSTRAINT=constraints-min.txt" in read(".ci/run")
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


WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
FORMS = sorted((REPOSITORY / ".github/ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path):
    """A tag can be moved to other code, a commit cannot; the comment says to people, and to Dependabot, which it is."""
    used = re.findall(r"\buses: *(.*)", path.read_text(encoding="utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_one_action_is_pinned_to_one_commit():
    used = re.findall(r"uses: *(\S+)@(.*)", "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS))
    assert len(set(used)) == len({action for action, _ in used})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_job_has_the_least_it_needs(path):
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        rights = job["permissions"]
        assert set(rights.values()) <= {"read", "write"}, "all rights by one word"
        if "write" in rights.values():   # such a job runs no code but that of its actions
            assert not [step for step in job["steps"] if "run" in step or "checkout" in step["uses"]], name
        for step in job["steps"]:
            if "actions/checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False, name


def test_only_publishing_may_prove_who_it_is():
    yaml = pytest.importorskip("yaml")
    rights = {(path.stem, name): job["permissions"] for path in WORKFLOWS
              for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items()}
    assert rights.pop(("pages", "deploy")) == {"pages": "write", "id-token": "write"}
    assert all(others == {"contents": "read"} for others in rights.values())


def test_dependabot_watches_the_actions():
    yaml = pytest.importorskip("yaml")
    assert [update["package-ecosystem"] for update in yaml.safe_load(read(".github/dependabot.yml"))["updates"]] == [
        "github-actions"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_issue_forms_can_be_filled_in(path):
    yaml = pytest.importorskip("yaml")
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.name == "config.yml":
        assert set(form) == {"blank_issues_enabled", "contact_links"}
        return
    assert set(form) == {"name", "description", "body"}
    assert len({field["id"] for field in form["body"]}) == len(form["body"])
    for field in form["body"]:
        assert field["type"] in ("input", "textarea", "dropdown") and field["attributes"]["label"]
        assert ("options" in field["attributes"]) == (field["type"] == "dropdown")


@pytest.mark.parametrize("name", [".ci/run", "binder/postBuild"])
def test_line_ends_of_scripts(name):
    assert b"\r" not in (REPOSITORY / name).read_bytes()


def test_style():
    ruff = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", "."],
                          cwd=REPOSITORY, text=True, capture_output=True)
    assert ruff.returncode == 0, ruff.stdout
