"""python -m benchmarks live | autodiff | descent | browser | exercises | cluster | doctor"""

import argparse
import contextlib
import importlib
import io

from . import harness

BENCHMARKS = ("live", "autodiff", "descent", "browser", "exercises", "cluster", "doctor")


def report(name):
    """What one run of a benchmark prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        importlib.import_module(f"benchmarks.{name}").main()
    return printed.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios beside peers, in one run.")
    parser.add_argument("name", choices=BENCHMARKS)
    parser.add_argument("--runs", type=int, default=1, metavar="N",
                        help="run it N times: every number becomes the median of N, with their range in brackets")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error(f"--runs is a whole number from 1 on, and not {arguments.runs}")
    print(harness.several([report(arguments.name) for _ in range(arguments.runs)]))
