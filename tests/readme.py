"""The two derived parts of the README: the output of its example, and its picture.

python -m tests.readme --write   renews both
"""

import argparse
import contextlib
import io
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README, PICTURE = ROOT / "README.md", ROOT / "docs" / "step_size.png"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)


def example():
    """The README's program and the output printed below it."""
    return EXAMPLE.search(README.read_text(encoding="utf-8")).group("code", "output")


def run(code):
    """What the program prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    return printed.getvalue()


def draw():
    """The explorer of lesson 02 at a step size that zigzags, as PNG bytes."""
    from gradlib import plots
    from gradlib.explorers import step_size
    explorer = step_size()
    explorer.controls["step_size"].value = 0.0501
    return plots.png(explorer.live.figure)


def write():
    code, output = example()
    text = README.read_text(encoding="utf-8")
    README.write_text(text.replace(f"```text\n{output}```", f"```text\n{run(code)}```"), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(draw())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.readme", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    write()
