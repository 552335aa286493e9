"""The random programs once more, beside PyTorch in float64, where it is installed (nothing here needs it)."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

HAS_TORCH = importlib.util.find_spec("torch") is not None


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize("last", [200, pytest.param(2000, marks=pytest.mark.thorough)])
def test_gradients_and_hessian_vector_products_agree_with_torch(last):
    """In a process of its own: an imported torch changes how memory is handed out, which other tests count."""
    done = subprocess.run([sys.executable, "-m", "tests.autodiff.torch_road", "0", str(last)], capture_output=True,
                          text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        seed, error = line.split()
        assert float(error) <= 1e-10, f"common_program({seed})"
