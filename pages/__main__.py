"""Write the site into the folder `site` beside course.py."""

import sys
import tempfile
from pathlib import Path

from courseware.places import FOLDER, PYTHON
from courseware.terminal import say
from courseware.troubles import exit_code_of

from . import reading, running

SITE = FOLDER / "site"


def main():
    write()
    say("Done: the folder site, to be put on any web server. The pages to read begin at site/index.html.\n"
               f"To run the lessons as well, type `{PYTHON.relative_to(FOLDER)} -m http.server "
               "--bind 127.0.0.1 --directory site` and open the address that it prints.")
    return 0


def write():
    """Build the whole site aside, and put it in the place of the old one only when it is whole."""
    with tempfile.TemporaryDirectory(dir=str(FOLDER), prefix=".site-") as folder:
        new, lite = Path(folder, "site"), Path(folder, "run")
        # First, since it asks for packages: who has no network hears so at once.
        say("Building JupyterLite, in which the lessons run; this takes up to a minute.")
        running.write(lite)
        say("Moving the pictures through all their stops, and writing the pages to read; this takes up to two minutes.")
        reading.write(new)
        lite.rename(new / "run")
        if SITE.exists():
            SITE.rename(Path(folder, "old"))   # it goes with this folder
        new.rename(SITE)


sys.exit(exit_code_of(main))
