"""python -m benchmarks live | autodiff | descent"""

import argparse

from . import autodiff, descent, live

BENCHMARKS = {"live": live.main, "autodiff": autodiff.main, "descent": descent.main}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios beside peers, in one run.")
    parser.add_argument("name", choices=BENCHMARKS)
    BENCHMARKS[parser.parse_args().name]()
