"""What one move of a slider costs the kernel: the explorer of lesson 02 beside `interact` with inline Matplotlib.

Both run in one real IPython kernel, take turns in random order, and draw the same picture: contours, the path,
the measured and the predicted loss. CPU time of the kernel's process per move, and bytes sent per move.
"""

import random
import statistics
import time

from jupyter_client.manager import start_new_kernel

from . import harness

MOVES = 60
IN_KERNEL = "from benchmarks.live import measure; measured = measure()"


def main():
    """Start a kernel, measure in it, print the table."""
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        reply = client.execute_interactive(IN_KERNEL, user_expressions={"measured": "measured"}, timeout=300,
                                           output_hook=lambda message: None)["content"]
        if reply["status"] != "ok":
            raise SystemExit("\n".join(reply["traceback"]))
        print(reply["user_expressions"]["measured"]["data"]["text/plain"].strip("'").replace("\\n", "\n"))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def measure(moves=MOVES, seed=0):
    """Runs inside the kernel: move both sliders in turn, and report medians and the ratio."""
    contenders = {"interact + inline": interact_slider(), "explorer": explorer_slider()}
    sent = count_bytes()
    cost = {name: [] for name in contenders}
    size = {name: [] for name in contenders}
    rng = random.Random(seed)
    for move in range(moves + 5):
        for name in rng.sample(list(contenders), 2):
            before, start = sent[0], time.process_time()
            contenders[name].value = 10 ** (-2.9 + 0.05 * (move % 40))
            cost[name].append(time.process_time() - start)
            size[name].append(sent[0] - before)
    return report({name: times[5:] for name, times in cost.items()}, size)


def report(cost, size):
    rows = [[name, 1e3 * statistics.median(times), 1e3 * statistics.quantiles(times, n=20)[-1],
             statistics.median(size[name]) / 1000, harness.ratio(cost, name, "explorer")]
            for name, times in cost.items()]
    return harness.markdown(["kernel side of one move", "median, ms", "95th percentile, ms", "KB sent", "÷ explorer"],
                            rows)


def explorer_slider():
    from gradlib.explorers import step_size
    return step_size().controls["step_size"]


def interact_slider():
    """What most notebooks do: a function that draws a new figure, handed to `interact`."""
    import numpy as np
    from IPython import get_ipython
    from IPython.display import display
    from ipywidgets import FloatLogSlider, interactive
    from matplotlib import pyplot

    from gradlib.explorers.lesson02 import BILL_RANGE, FLIPPER_RANGE, START, settings
    from gradlib.explorers.lesson02_run import STEPS
    from gradlib.plots import landscape
    get_ipython().run_line_magic("matplotlib", "inline")
    setting, _ = settings()

    def draw(step_size):
        run = setting.run(step_size)
        fig, (valley, curve) = pyplot.subplots(1, 2, figsize=(8, 4.4))
        landscape(valley, setting.X, setting.y, FLIPPER_RANGE, BILL_RANGE, 0.08 + np.geomspace(0.01, 30, 10))
        valley.plot(*run.weights.T, "o-")
        valley.plot(*START, "s")
        curve.semilogy(setting.excess(run.weights), "o")
        curve.semilogy(setting.predicted_excess(step_size), "--")
        curve.set(xlim=(-1, STEPS + 1), ylim=(1e-6, 1e4))
        pyplot.show()

    panel = interactive(draw, step_size=FloatLogSlider(value=0.02, min=-3, max=0.5, step=0.05))
    display(panel)
    return panel.children[0]


def count_bytes():
    """Count what the kernel sends from now on: a list whose one entry grows."""
    from IPython import get_ipython
    session, sent = get_ipython().kernel.session, [0]
    send = session.send

    def counting(*args, **kwargs):
        message = send(*args, **kwargs)
        if message:
            sent[0] += len(session.pack(message.get("content", {})))
            sent[0] += sum(memoryview(buffer).nbytes for buffer in kwargs.get("buffers") or [])
        return message

    session.send = counting
    return sent
