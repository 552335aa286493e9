"""The sample lesson, executed and stored once for all tests that need it so."""

from __future__ import annotations

from pathlib import Path

import pytest

from .run import main as run
from .sample import write_sample


@pytest.fixture(scope="session")
def stored_sample(tmp_path_factory) -> Path:
    """The file, as `python -m tests.notebooks.run --write` leaves it.  Not to be changed."""
    path = write_sample(tmp_path_factory.mktemp("sample"))
    assert run(["--write", str(path)]) == 0
    return path
