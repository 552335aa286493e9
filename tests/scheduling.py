"""Which tests stay together in one worker of pytest-xdist, and which begin first."""

from __future__ import annotations

import re

# What takes longest begins first, so that no worker is still busy with it when the others have finished.  The site is
# built by the first test that opens it in a browser; those that read it come when it is there.
FIRST = ("tests/site/test_running.py", "tests/test_colab.py", "tests/browser/", "tests/binder/test_replay.py",
         "tests/notebooks/test_inject.py", "tests/test_explorers.py", "tests/exercises/test_answers.py", "tests/site/",
         "notebooks/", "tests/courseware/", "tests/exercises/")
LESSON = re.compile(r"\d\d_\w+")


def unit(nodeid: str) -> str:
    """What a test belongs to: its file; in a browser the lesson, which is opened and run once for all tests of it."""
    path, _, name = nodeid.partition("::")
    if path.startswith("tests/browser/") and (lesson := LESSON.search(name)):
        return f"tests/browser/{lesson.group()}"
    return nodeid if path == "tests/exercises/test_answers.py" else path


def turn(nodeid: str) -> tuple[int, str]:
    """What tests are sorted by: the place of their unit in FIRST, and in a browser the lesson."""
    name = unit(nodeid)
    place = next((i for i, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))
    return place, name if name.startswith("tests/browser/") else ""


def scheduler(config, log):
    """pytest-xdist's `loadscope`, with the units above in their order."""
    from xdist.scheduler import LoadScopeScheduling

    class Units(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return unit(nodeid)

    config.option.loadscopereorder = False   # it would begin with the files of many tests
    return Units(config, log)
