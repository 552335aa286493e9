"""Fair timing: contenders take turns in random order in one process of their own, on one thread.

CPU time of the process, not the clock on the wall, so a busy machine does little harm. What is reported is the
median over rounds of the ratio within a round.
"""

import importlib.util
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
                            "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
ONE_THREAD["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def in_child(call):
    """What `call`, text such as "benchmarks.autodiff.measure(True)", returns in a fresh one-thread process.

    The variables must be there before NumPy is imported. The result travels as JSON.
    """
    module = call[: call.index("(")].rpartition(".")[0]
    code = f"import json, {module}; print(json.dumps({call}))"
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(done.returncode)
    return json.loads(done.stdout.splitlines()[-1])


def stay_on_one_core():
    """Wandering between cores costs caches; where the system lets us, stay on the last one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def take_turns(contenders, rounds, seed=0, least=2e-3):
    """{name: [seconds of CPU per call, one for each round]}. Each turn repeats a call for `least` seconds."""
    shuffle, calls = random.Random(seed), {}
    for name, run in contenders.items():
        run()
        start = time.process_time()
        run()
        calls[name] = max(1, round(least / max(time.process_time() - start, 1e-7)))
    times = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name in shuffle.sample(list(contenders), len(contenders)):
            run, repeat = contenders[name], range(calls[name])
            start = time.process_time()
            for _ in repeat:
                run()
            times[name].append((time.process_time() - start) / len(repeat))
    return {name: found[1:] for name, found in times.items()}   # the first round warms up


def ratio(times, above, below):
    """Median over rounds of the ratio of two contenders; None if one of them is not installed."""
    if above in times and below in times:
        return statistics.median(a / b for a, b in zip(times[above], times[below]))


def installed(*names):
    """Those of the packages that can be imported, without importing them."""
    return [name for name in names if importlib.util.find_spec(name)]


def machine():
    """One line: Python, NumPy, and the BLAS with the kernels that it chose. Those decide large products."""
    import numpy as np
    blas = ["BLAS unknown: pip install threadpoolctl"]
    if installed("threadpoolctl"):
        import threadpoolctl
        blas = [f"{pool['internal_api']} {pool['version']} with kernels for {pool.get('architecture', 'unknown')}, "
                f"threads: {pool['num_threads']}" for pool in threadpoolctl.threadpool_info()
                if pool["user_api"] == "blas"]
    return ", ".join([f"{platform.system()} {platform.machine()}", f"Python {platform.python_version()}",
                      f"NumPy {np.__version__}", *blas])


def markdown(head, rows):
    """A Markdown table; numbers with three figures, None as a dash."""
    lines = [[*head], ["---"] * len(head), *([three_figures(x) for x in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def three_figures(x):
    """A number as the tables print it; other things as they are."""
    if x is None:
        return "–"
    return f"{x:,.0f}" if isinstance(x, float) and x >= 1000 else f"{x:.3g}" if isinstance(x, float) else str(x)


def several(reports):
    """One report out of several of the same kind: in every cell of a table the median, and in brackets the range."""
    lines = zip(*(report.splitlines() for report in reports), strict=True)
    return "\n".join(same[0] if len(set(same)) == 1 else _row(same) for same in lines)


def _row(same):
    """A row of a table from that row in every report."""
    cells = zip(*(line.strip("| ").split(" | ") for line in same), strict=True)
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(same):
    """The median of a number and its range; of words how many were yes, and of text what it is."""
    if len(set(same)) == 1:
        return same[0]
    if not all(re.fullmatch(r"-?[\d,.]+(e[+-]?\d+)?", text) for text in same):
        return f"{same.count('yes')} of {len(same)}"
    numbers = [float(text.replace(",", "")) for text in same]
    middle, low, high = map(three_figures, (statistics.median(numbers), min(numbers), max(numbers)))
    return f"{middle} ({low} to {high})"
