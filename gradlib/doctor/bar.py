"""One line on stderr, once a diagnosis takes longer than a second; wiped when it is done."""

import sys
import time

PATIENCE, WIDTH = 1.0, 30
SMALL, SLOW = 3000, 0.005   # calls, and seconds of one: fewer and quicker ones take long only on a busy machine


class Bar:
    """A progress bar for about `total` calls; `tick()` counts one."""

    def __init__(self, total):
        self.total, self.done, self.begun, self.shown = max(total, 1), 0, time.monotonic(), 0.0

    def tick(self):
        self.done += 1
        now = time.monotonic()
        long = self.done > SMALL or now - self.begun > SLOW * self.done
        if long and now - self.begun > PATIENCE and now - self.shown > 0.2:
            self.shown = now
            part = min(self.done / self.total, 1.0)
            filled = round(WIDTH * part)
            self._write(f"\rdiagnose [{'#' * filled}{'.' * (WIDTH - filled)}] {100 * part:3.0f} %")

    def wipe(self):
        """Leave nothing behind."""
        if self.shown:
            self._write("\r" + " " * (WIDTH + 20) + "\r")

    def _write(self, text):
        sys.stderr.write(text)
        sys.stderr.flush()
