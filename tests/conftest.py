"""Which tests run, and when: the thorough ones (10,000 more random programs, a million operations) only when they are
asked for, and what takes long first."""

import matplotlib
import pytest
from hypothesis import settings

from .scheduling import scheduler, turn

# The same examples on every day and machine, however long one takes where the machine is busy.
settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")

# What may stand in a reader's matplotlibrc, as Matplotlib's own names and values.
FOREIGN = {"text.usetex": True, "font.family": ["fantasy"], "figure.facecolor": "black", "axes.facecolor": "black",
           "text.color": "white", "lines.linewidth": 9, "lines.color": "red", "axes.grid": False, "patch.linewidth": 9,
           "axes.formatter.use_locale": True, "xtick.labelsize": 30, "path.sketch": (4, 100, 2), "figure.dpi": 20}


@pytest.fixture
def foreign_settings():
    """A reader's settings of Matplotlib, which no picture of the course may notice."""
    with matplotlib.rc_context(FOREIGN):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    left_out = [] if "thorough" in config.option.markexpr else [
        item for item in items if item.get_closest_marker("thorough")]
    items[:] = sorted((item for item in items if item not in left_out), key=lambda item: turn(item.nodeid))
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return scheduler(config, log) if config.getvalue("dist") == "loadscope" else None
