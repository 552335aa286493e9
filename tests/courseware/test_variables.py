"""Which variables reach the programs that course.py starts."""

import os
from pathlib import Path

import pytest

from courseware import places, variables

# Python's own list, https://docs.python.org/3/using/cmdline.html#environment-variables, without those that are kept.
OF_PYTHON = """
PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONPLATLIBDIR PYTHONSTARTUP PYTHONOPTIMIZE PYTHONBREAKPOINT PYTHONDEBUG
PYTHONINSPECT PYTHONVERBOSE PYTHONCASEOK PYTHONNOUSERSITE PYTHONUSERBASE PYTHONEXECUTABLE PYTHONWARNINGS
PYTHONTRACEMALLOC PYTHONPROFILEIMPORTTIME PYTHONASYNCIODEBUG PYTHONMALLOC PYTHONDEVMODE PYTHONUTF8
PYTHONWARNDEFAULTENCODING PYTHONINTMAXSTRDIGITS __PYVENV_LAUNCHER__""".split()
OTHERS = """MPLBACKEND MPLCONFIGDIR MATPLOTLIBRC IPYTHONDIR JUPYTER_TOKEN JUPYTER_CONFIG_DIR JUPYTER_CONFIG_PATH
JUPYTER_PATH JUPYTER_NO_CONFIG JUPYTER_PORT JUPYTERLAB_DIR JPY_PARENT_PID""".split()
KEPT = """PATH HOME LANG HTTPS_PROXY SSL_CERT_FILE PIP_INDEX_URL PYTHON_KEYRING_BACKEND PYTHONIOENCODING
PYTHONHASHSEED PYTHONDONTWRITEBYTECODE JUPYTER_RUNTIME_DIR""".split()


def test_foreign_variables():
    assert variables.foreign(OF_PYTHON + KEPT + OTHERS) == OF_PYTHON + OTHERS


@pytest.fixture
def home(nowhere, monkeypatch):
    """A reader's home and an environment, both empty."""
    (nowhere / "home").mkdir()
    places.ENVIRONMENT.mkdir()
    monkeypatch.setattr(variables, "home", lambda: nowhere / "home")
    for name in variables.foreign(os.environ):
        monkeypatch.delenv(name)
    return nowhere / "home"


@pytest.mark.parametrize("set_by_reader, folder", [
    ({}, "home/.jupyter/lab/user-settings"),
    ({"JUPYTER_CONFIG_DIR": "mine"}, "mine/lab/user-settings"),
    ({"JUPYTER_CONFIG_DIR": "mine", "JUPYTERLAB_SETTINGS_DIR": "look"}, "look"),
])
def test_the_look_stays_the_reader_s(set_by_reader, folder, home, monkeypatch):
    for name, value in set_by_reader.items():
        monkeypatch.setenv(name, str(home.parent / value))
    assert variables.own(variables.settings_of_reader())["JUPYTERLAB_SETTINGS_DIR"] == str(home.parent / folder)


def test_what_programs_write_goes_into_the_environment(home):
    own = variables.own(home / "look")
    for name in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_CONFIG_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        assert places.ENVIRONMENT in Path(own[name]).parents
    assert "JUPYTER_DATA_DIR" not in own


def test_what_programs_write_where_the_environment_or_the_home_belongs_to_another(home, monkeypatch):
    monkeypatch.setattr(variables, "can_be_written", lambda folder: home in [folder, *folder.parents])
    folder = Path(variables.own(home / "look")["IPYTHONDIR"])
    assert folder.is_relative_to(home) and folder.parent.is_dir()
    monkeypatch.setattr(variables, "can_be_written", lambda folder: folder == places.ENVIRONMENT)
    own = variables.own(home / "look")
    for name in ("JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR"):
        assert Path(own[name]).is_relative_to(places.ENVIRONMENT)
