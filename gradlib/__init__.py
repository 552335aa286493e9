"""gradlib: the mathematics, pictures and exercises of the course "One Gradient".

`import gradlib` loads NumPy and nothing heavier. Pictures (`gradlib.plots`, `gradlib.live`,
`gradlib.explorers`) and exercises (`gradlib.exercises`) are imported by name where a lesson needs them.
"""

from . import autodiff, calculus, data, descent, numeric, theory

__all__ = ["autodiff", "calculus", "data", "descent", "numeric", "theory"]
__version__ = "0.1.0"
