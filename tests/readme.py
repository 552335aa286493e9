"""The derived parts of the README: the outputs of its examples, and its picture, at rest and moving.

python -m tests.readme --write   renews them
"""

import argparse
import contextlib
import io
import re
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parent.parent
README, PICTURE, MOVING = ROOT / "README.md", ROOT / "docs" / "step_size.png", ROOT / "docs" / "step_size.gif"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)

# Stops of the slider, as powers of ten: from a crawl to just beyond the limit, and back to a zigzag that arrives.
STOPS = [*np.arange(-2.4, -1.125, 0.05), -1.2, -1.25, -1.3]
STILL = STOPS[-1]
MILLISECONDS = 160     # for a stop: all are shown in less than five seconds
COLOURS = 64           # and one more, for what does not change from frame to frame


def examples():
    """The README's programs, each with the output printed below it."""
    return [found.group("code", "output") for found in EXAMPLE.finditer(README.read_text(encoding="utf-8"))]


def run(code):
    """What the program prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    return printed.getvalue()


def draw(stops=(STILL,)):
    """The explorer of lesson 02 at these stops of its slider, as PNG bytes."""
    from gradlib import plots
    from gradlib.explorers import step_size
    explorer = step_size()
    for stop in stops:
        explorer.controls["step_size"].value = 10**stop
        yield plots.png(explorer.live.figure)


def moving(pictures):
    """The pictures as one GIF that plays once and ends on the last; what stands still is stored once."""
    frames = [Image.open(io.BytesIO(picture)).convert("RGB") for picture in pictures]
    palette = palette_of(frames[-1])
    indices = [np.asarray(frame.quantize(palette=palette, dither=Image.Dither.NONE)) for frame in frames]
    changes = [np.where(now == before, COLOURS, now) for before, now in zip(indices, indices[1:])]
    first, *others = [Image.fromarray(layer.astype(np.uint8)) for layer in [indices[0], *changes]]
    for image in (first, *others):
        image.putpalette(palette.getpalette()[: 3 * COLOURS] + [0, 0, 0])
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others, duration=MILLISECONDS, disposal=1,
               transparency=COLOURS, optimize=False)
    return file.getvalue()


def palette_of(frame):
    """An image with the frame's most used colours. The lightest, the paper, is made as white as the page around it."""
    image = frame.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours = np.reshape(image.getpalette()[: 3 * COLOURS], (-1, 3))
    colours[colours.sum(axis=1).argmax()] = 255
    image.putpalette(colours.ravel().tolist())
    return image


def write():
    text = EXAMPLE.sub(lambda found: f"```python\n{found['code']}```\n\n```text\n{run(found['code'])}```",
                       README.read_text(encoding="utf-8"))
    README.write_text(text, encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    pictures = list(draw(STOPS))
    PICTURE.write_bytes(pictures[-1])
    MOVING.write_bytes(moving(pictures))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.readme", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    write()
