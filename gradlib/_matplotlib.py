"""Import Matplotlib, whatever the variable MPLBACKEND says: the name of a backend that it does not have would stop it.

Where the name is a good one, it counts as if it had been there.
"""

import os
from contextlib import suppress

backend = os.environ.pop("MPLBACKEND", None)
import matplotlib  # noqa: E402

if backend is not None:
    os.environ["MPLBACKEND"] = backend
    with suppress(ValueError):
        matplotlib.rcParams["backend"] = backend
