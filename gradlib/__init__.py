"""gradlib: the mathematics, pictures and exercises of the course "One Gradient".

`import gradlib` loads nothing else; each part, and NumPy with it, is loaded when it is first named. Pictures
(`gradlib.plots`, `gradlib.live`, `gradlib.explorers`) and exercises are imported where a lesson needs them.
`gradlib.progress()` shows what has been done, `gradlib.diagnose(loss, gradient, w)` says whether a gradient is right.
"""

import importlib

PARTS = ["autodiff", "calculus", "cluster", "data", "descent", "doctor", "network", "numeric", "progress", "theory",
         "without_backprop"]
__all__ = ["diagnose", *PARTS]
__version__ = "0.1.0.dev0"


def __getattr__(name):
    if name == "diagnose":
        return importlib.import_module(f"{__name__}.doctor").diagnose
    if name in PARTS:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"gradlib has no part called {name!r}; it has {', '.join(__all__)}.")


def __dir__():
    return sorted([*globals(), *__all__])
