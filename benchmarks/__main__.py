"""python -m benchmarks live | autodiff"""

import argparse

from . import autodiff, live

BENCHMARKS = {"live": live.main, "autodiff": autodiff.main}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios beside peers, in one run.")
    parser.add_argument("name", choices=BENCHMARKS)
    BENCHMARKS[parser.parse_args().name]()
