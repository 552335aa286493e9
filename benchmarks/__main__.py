"""python -m benchmarks live | autodiff | descent | browser"""

import argparse
import importlib

BENCHMARKS = ("live", "autodiff", "descent", "browser")

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios beside peers, in one run.")
    parser.add_argument("name", choices=BENCHMARKS)
    importlib.import_module(f"benchmarks.{parser.parse_args().name}").main()
