"""Where the course lives: pyproject.toml says it, and every file that repeats it says the same.

python -m tests.address               what says something else
python -m tests.address OWNER/NAME    move the course there: pyproject.toml, and every file that repeats it
"""

import argparse
import fnmatch
import os
import re
from pathlib import Path

try:
    import tomllib
except ImportError:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
ADDRESS = re.compile(
    r"(?P<git>git\+)?https://(?P<host>github\.com|raw\.githubusercontent\.com|nbviewer\.org/github|codespaces\.new"
    r"|mybinder\.org/v2/gh|colab\.research\.google\.com/github)"
    r"/(?P<owner>[\w-]+)/(?P<name>[\w-]+(\.(?!git\b)[\w-]+)*)(?P<archive>/archive/)?"
    r"|https://(?P<site_owner>[\w-]+)\.github\.io/(?P<site_name>[\w-]+(\.[\w-]+)*)")
RUNS_IT = ("codespaces", "mybinder", "colab")
ABOUT_THE_COURSE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "CITATION.cff", "pyproject.toml",
                    ".github/*")   # no other project is linked to from these


def home(root=ROOT):
    """("OWNER", "NAME"), from the line Repository of pyproject.toml."""
    urls = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    return ADDRESS.fullmatch(urls["Repository"]).group("owner", "name")


def files(root=ROOT):
    """All files of the course: what lies in the folder and is not ignored by git."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [".git", *(line.strip("/") for line in lines)]

    def kept(name):
        return not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)
    for folder, folders, names in os.walk(root):
        folders[:] = filter(kept, folders)
        yield from (Path(folder, name) for name in filter(kept, names))


def place(match):
    """Owner and name in an address, whichever kind it is. Pages spells every owner in small letters."""
    return match.group("owner") or match.group("site_owner"), match.group("name") or match.group("site_name")


def is_here(match, owner, name):
    """Does the address lead to the repository owner/name, or to its site?"""
    spelled = owner.lower() if match.group("site_owner") else owner
    return place(match) == (spelled, name)


def means_the_course(match, name, about_the_course):
    """Other projects are named, too. An address means ours if it installs, opens or downloads it, bears its name, or
    stands in a file that is about the course."""
    opens = match.group("git") or match.group("archive") or (match.group("host") or "").startswith(RUNS_IT)
    return bool(about_the_course or opens or place(match)[1] == name)


def elsewhere(root=ROOT):
    """(file, address) of all that means the course and leads somewhere else."""
    owner, name = home(root)
    for path in files(root):
        file = path.relative_to(root).as_posix()
        about = any(fnmatch.fnmatch(file, pattern) for pattern in ABOUT_THE_COURSE)
        for match in ADDRESS.finditer(path.read_bytes().decode("utf-8", "ignore")):
            if means_the_course(match, name, about) and not is_here(match, owner, name):
                yield file, match.group()


def move(owner, name, root=ROOT):
    """Write the new address over the old one, in every file; returns the files that changed."""
    old, changed = home(root), []

    def moved(match):
        if not is_here(match, *old):
            return match.group()
        ours = (owner.lower(), name) if match.group("site_owner") else (owner, name)
        return match.group().replace(place(match)[0], ours[0], 1).replace("/" + place(match)[1], "/" + ours[1], 1)
    for path in files(root):
        before = path.read_bytes()
        after = ADDRESS.sub(moved, before.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        if after != before:
            path.write_bytes(after)
            changed.append(path.relative_to(root).as_posix())
    return changed


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.address", description=__doc__.splitlines()[0])
    parser.add_argument("new", nargs="?", metavar="OWNER/NAME", help="where the course moves")
    new = parser.parse_args(arguments).new
    if new and not re.fullmatch(r"[\w-]+/[\w.-]+", new):
        parser.error(f"expected OWNER/NAME, such as ada/one-gradient, got {new}")
    lines = move(*new.split("/")) if new else [f"{file}: {address}" for file, address in elsewhere()]
    print("\n".join([*lines, f"{len(lines)} files changed" if new else f"{len(lines)} addresses lead elsewhere"]))
    return 0 if new else int(bool(lines))


if __name__ == "__main__":
    raise SystemExit(main())
