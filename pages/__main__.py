"""Write the site into the folder `site` beside course.py."""

import sys
import tempfile
from pathlib import Path

import course

from . import reading, running

SITE = course.FOLDER / "site"


def main():
    write()
    course.say("Done: the folder site, to be put on any web server. The pages to read begin at site/index.html.\n"
               f"To run the lessons as well, type `{course.PYTHON.relative_to(course.FOLDER)} -m http.server "
               "--bind 127.0.0.1 --directory site` and open the address that it prints.")
    return 0


def write():
    """Build the whole site aside, and put it in the place of the old one only when it is whole."""
    with tempfile.TemporaryDirectory(dir=str(course.FOLDER), prefix=".site-") as folder:
        new = Path(folder, "site")
        course.say("Writing the pages to read.")
        reading.write(new)
        course.say("Building JupyterLite, in which the lessons run; this takes up to a minute.")
        running.write(new / "run")
        if SITE.exists():
            SITE.rename(Path(folder, "old"))   # it goes with this folder
        new.rename(SITE)


sys.exit(course.exit_code_of(main))
