"""What the kernel says when a cell is run before one that it needs: a sentence, in the place of a traceback.

An extension of IPython. `binder/ipython_kernel_config.py` loads it when a kernel of the course starts, and
`gradlib.exercises` where that file is not at work.
"""

import re
import traceback

from IPython import get_ipython

# What the first code cells of the lessons bind, beside the explorers.
IMPORTED = {"np", "autodiff", "calculus", "cluster", "data", "descent", "diagnose", "exercises", "graphs", "network",
            "numeric", "peers", "plots", "predictions", "progress", "roads", "theory", "without_backprop"}


def load_ipython_extension(shell):
    """Explain NameErrors from now on, unless somebody else explains errors already."""
    if not shell.custom_exceptions:
        shell.set_custom_exc((NameError,), _show)


def load():
    """The same for the kernel that this runs in, if there is one."""
    shell = get_ipython()
    if shell is not None:
        load_ipython_extension(shell)


def advice(name, line):
    """What to run first, if `name` is unknown in this line of a cell; None for a name that is no lesson's."""
    from .explorers import __all__ as explorers  # heavy, and rarely wanted

    if name in IMPORTED or name in explorers:
        return f"There is no `{name}` yet. Run the first code cell of this lesson, then this one again."
    if re.search(rf"\.check\(.*\b{re.escape(name)}\b", line):
        return (f"There is no `{name}` yet. Run the cell of the exercise, above this one, then this one again. "
                "If it ends with an error, that comes first.")
    return None


def _show(shell, kind, error, trace, tb_offset=None):
    frame, _ = list(traceback.walk_tb(trace))[-1]
    if type(error) is NameError and frame.f_globals is shell.user_ns:
        said = advice(error.name, traceback.extract_tb(trace)[-1].line or "")
        if said:
            error._render_traceback_ = lambda: [said]   # IPython shows this in the place of the traceback
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)
