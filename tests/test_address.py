"""pyproject.toml says where the course lives, and nothing else says otherwise."""

import shutil

import pytest

from . import address

OWNER, NAME = address.home()
REPEATS = {   # what of the course a file must link to
    "README.md": [f"git clone https://github.com/{OWNER}/{NAME} course\ncd course\n",
                  f"https://github.com/{OWNER}/{NAME}/archive/refs/heads/main.zip",
                  f"https://github.com/{OWNER}/{NAME}/actions/workflows/test.yml/badge.svg",
                  f"https://mybinder.org/v2/gh/{OWNER}/{NAME}/HEAD",
                  f"https://colab.research.google.com/github/{OWNER}/{NAME}/blob/main/notebooks/",
                  f"`%pip install --no-deps git+https://github.com/{OWNER}/{NAME}`"],
    "notebooks/00_start_here.ipynb": [f"`%pip install --no-deps git+https://github.com/{OWNER}/{NAME}`"],
    "CITATION.cff": [f"repository-code: https://github.com/{OWNER}/{NAME}\n"],
    "SECURITY.md": [f"https://github.com/{OWNER}/{NAME}/security/advisories/new"],
    ".github/ISSUE_TEMPLATE/config.yml": [f"https://github.com/{OWNER}/{NAME}/security/advisories/new"],
}


def test_no_address_leads_elsewhere():
    assert not list(address.elsewhere())


@pytest.mark.parametrize("file", REPEATS)
def test_the_doors_are_there(file):
    text = (address.ROOT / file).read_text(encoding="utf-8")
    assert not [link for link in REPEATS[file] if link not in text]


def test_the_files_are_those_of_the_course(tmp_path):
    (tmp_path / ".gitignore").write_text("# what a learner makes\n/my/\n/.venv/\n*.egg-info/\n__pycache__/\n")
    for name in ("README.md", ".github/a.yml", "deep/er/a.py", "my/a.py", ".venv/a.py", "x.egg-info/a", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = {path.relative_to(tmp_path).as_posix() for path in address.files(tmp_path)}
    assert found == {".gitignore", "README.md", ".github/a.yml", "deep/er/a.py"}


@pytest.fixture
def course(tmp_path):
    """The files that repeat the address, and two that name other projects."""
    for file in ("pyproject.toml", ".gitignore", *REPEATS):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(address.ROOT / file, tmp_path / file)
    (tmp_path / "peers.py").write_bytes(b"# https://github.com/HIPS/autograd\r\n# https://colah.github.io/posts/\r\n")
    return tmp_path


ADA = "ada"   # written out, her addresses would be found in this file


@pytest.mark.parametrize("file, link", [
    ("README.md", f"https://github.com/{ADA}/{NAME}"), ("README.md", f"https://github.com/{ADA}/other/issues"),
    ("SECURITY.md", f"https://{ADA}.github.io/other"), (".github/ISSUE_TEMPLATE/a.yml", f"https://github.com/{ADA}/x"),
    ("peers.py", f"https://github.com/{ADA}/{NAME}.git"), ("peers.py", f"https://{ADA}.github.io/{NAME}"),
    ("peers.py", f"git+https://github.com/{ADA}/other"), ("peers.py", f"https://github.com/{ADA}/other/archive/"),
    ("peers.py", f"https://mybinder.org/v2/gh/{ADA}/other"), ("peers.py", f"https://nbviewer.org/github/{ADA}/{NAME}"),
    ("peers.py", f"https://colab.research.google.com/github/{ADA}/other")])
def test_a_link_that_leads_elsewhere_is_found(course, file, link):
    assert not list(address.elsewhere(course))
    with open(course / file, "a", encoding="utf-8") as end:
        end.write(f"\n{link}\n")
    (found_in, found), = address.elsewhere(course)
    assert found_in == file and link.startswith(found)


def test_a_fork_changes_one_line_and_hears_what_else(course):
    project = (course / "pyproject.toml").read_text(encoding="utf-8")
    moved = project.replace(f"github.com/{OWNER}/", f"github.com/{ADA}/")
    (course / "pyproject.toml").write_text(moved, encoding="utf-8")
    assert {file for file, _ in address.elsewhere(course)} == {"pyproject.toml", *REPEATS}


def test_moving_and_coming_back(course):
    before = {path: path.read_bytes() for path in address.files(course)}
    assert set(address.move("Ada", "slopes.and-steps", course)) == {"pyproject.toml", *REPEATS}
    assert address.home(course) == ("Ada", "slopes.and-steps")
    assert not list(address.elsewhere(course))
    text = "".join(path.read_bytes().decode() for path in address.files(course))
    assert f"{OWNER}/{NAME}" not in text and f"{OWNER}.github.io" not in text
    assert "https://ada.github.io/slopes.and-steps/run/" in text
    address.move(OWNER, NAME, course)
    assert {path: path.read_bytes() for path in address.files(course)} == before


def test_what_is_no_repository_is_refused(capsys):
    with pytest.raises(SystemExit):
        address.main(["one-gradient"])
    assert "expected OWNER/NAME, such as ada/one-gradient, got one-gradient" in capsys.readouterr().err
