"""What Binder would build from this repository, asked of repo2docker itself, without Docker."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from packaging.requirements import Requirement

try:
    import tomllib
except ImportError:
    import tomli as tomllib

REPOSITORY = Path(__file__).parents[2]
BINDER = REPOSITORY / "binder"
FIRST_LESSON = "lab/tree/notebooks/00_start_here.ipynb"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# A file of one of these would make repo2docker build something else (its order of precedence).
OF_HIGHER_RANK = [
    "Dockerfile", "Project.toml", "JuliaProject.toml", "REQUIRE", "default.nix", "DESCRIPTION", "install.R",
    "environment.yml", "environment.yaml", "Pipfile", "Pipfile.lock",
]

pytestmark = pytest.mark.binder


def lines(name):
    text = (BINDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].strip() for line in text if line.split("#")[0].strip()]


def build_pack(monkeypatch):
    """The build pack that repo2docker picks, and repo2docker."""
    if sys.platform == "win32":
        pytest.skip("repo2docker does not run on Windows")
    from repo2docker.app import Repo2Docker
    monkeypatch.chdir(REPOSITORY)
    app = Repo2Docker()
    packs = (pack(app.base_image) for pack in app.buildpacks)
    picked = next(pack for pack in packs if pack.detect())
    picked.platform = "linux/amd64"
    return picked


def test_pins_are_plain():
    """`-e .` or `-r ../requirements.txt` would have everything installed anew at every commit."""
    for line in lines("requirements.txt"):
        assert not line.startswith("-") and "/" not in line, line
        Requirement(line)


def test_pins_equal_the_ranges_of_the_package():
    assert lines("requirements.txt") == PROJECT["dependencies"]


def test_nothing_is_installed_that_the_image_has():
    names = {Requirement(line).name for line in lines("requirements.txt")}
    assert not names & {"jupyterlab", "notebook", "ipykernel", "jupyterhub", "jupyter"}


def test_runtime_is_a_python_that_both_sides_support():
    from packaging.specifiers import SpecifierSet
    version = re.fullmatch(r"python-(3\.\d+)\n", (BINDER / "runtime.txt").read_text()).group(1)
    assert version in SpecifierSet(PROJECT["requires-python"])
    supported = pytest.importorskip("repo2docker.buildpacks.conda.supported_python_version")
    assert version in map(str, supported.SUPPORTED_PYTHON_VERSION)


def test_post_build_is_a_bash_script():
    script = BINDER / "postBuild"
    assert script.read_bytes().startswith(b"#!/bin/bash\n")
    if shutil.which("bash") and sys.platform != "win32":
        subprocess.run(["bash", "-n", str(script)], check=True)


def test_post_build_is_executable():
    if sys.platform != "win32":
        assert (BINDER / "postBuild").stat().st_mode & 0o111
    if shutil.which("git") and (REPOSITORY / ".git").exists():
        entry = subprocess.run(["git", "ls-files", "-s", "binder/postBuild"], cwd=REPOSITORY, text=True,
                               capture_output=True).stdout
        assert not entry or entry.startswith("100755"), "git update-index --chmod=+x binder/postBuild"


@pytest.mark.parametrize("name", ["postBuild", "requirements.txt", "runtime.txt"])
def test_line_ends_are_those_of_linux(name):
    assert b"\r" not in (BINDER / name).read_bytes()
    assert re.search(r"^binder/\*\s.*eol=lf", (REPOSITORY / ".gitattributes").read_text(), re.M)


def test_no_file_of_higher_rank():
    for folder in [BINDER, REPOSITORY]:
        assert not [name for name in OF_HIGHER_RANK if (folder / name).exists()]


def test_badge_opens_the_first_lesson():
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    addresses = re.findall(r"https://mybinder\.org/v2/[^\s)\"'>\]]+", readme)
    assert addresses, "the README has no link to Binder"
    for address in addresses:
        assert parse_qs(urlparse(address).query).get("urlpath") == [FIRST_LESSON], address
    assert (REPOSITORY / FIRST_LESSON.replace("lab/tree/", "")).is_file()


def test_repo2docker_picks_python(monkeypatch):
    pack = build_pack(monkeypatch)
    assert type(pack).__name__ == "PythonBuildPack"
    assert f"python-{pack.python_version}\n" == (BINDER / "runtime.txt").read_text()


def test_packages_are_kept_from_commit_to_commit(monkeypatch):
    """Docker keeps a layer until something copied before it changes: pip must come before the course."""
    dockerfile = build_pack(monkeypatch).render({})
    pip = re.search(r'pip install .*-r "binder/requirements.txt"', dockerfile)
    course = re.search(r"^COPY .*src/ \$\{REPO_DIR\}", dockerfile, re.M)
    assert pip.start() < course.start()
    assert not re.search(r"pip install", dockerfile[course.start():])


def test_repo2docker_finds_post_build(monkeypatch):
    assert build_pack(monkeypatch).get_post_build_scripts() == ["binder/postBuild"]
