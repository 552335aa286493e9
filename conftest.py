"""What holds before anything else is imported; and `pytest --nbval notebooks`, as anybody would type it: nbval is told
what to overlook without an option to know."""

import os
from pathlib import Path

import pytest

MOST_WORKERS = 8   # each may start a browser of its own
# Threads of NumPy's OpenBLAS do not sleep while they wait for each other. On two processors, beside ten other programs,
# products of small matrices took 17 times as many processor seconds with two threads as with one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

OVERLOOKED = Path(__file__).with_name("tests") / "nbval.cfg"


def pytest_configure(config):
    """Unless somebody names another file, strict nbval compares all but the bytes of pictures within HTML."""
    if getattr(config.option, "nbval_sanitize_with", "") is None:   # without nbval there is no such option
        config.option.nbval_sanitize_with = str(OVERLOOKED)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Three more than there are processors: now and then one waits for a browser, a kernel or pip."""
    return min(MOST_WORKERS, 3 + (os.cpu_count() or 1))
