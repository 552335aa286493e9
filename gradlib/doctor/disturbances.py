"""What makes a judgement harder, told apart from a mistake: kinks, rounding, and a loss that does not move."""

from ..wording import said
from .problem import listed
from .report import Finding


def disturbances(problem, measured, verdicts):
    """The `Finding`s on these, from what was measured and what each verdict is."""
    if measured.kinks:
        where = tuple(problem.names[k] for k in sorted(measured.kinks))
        yield Finding("kink", where, "At these parameters the loss has a kink, as relu has at zero: its slope jumps in "
                      f"{listed(where)}. There is no one slope there, so I judged close by.", {}, "disturbs")
    unclear = [k for k, verdict in enumerate(verdicts) if verdict.right is None]
    if measured.spent:
        yield Finding("noise", problem.names, f"The budget of {problem.budget} calls of the loss was spent at place "
                      f"{len(measured.places)} of {len(measured.tried)}. Set a larger budget.", {}, "disturbs")
    elif unclear:
        yield _unclear(problem, measured, verdicts, unclear)
    flat = tuple(problem.names[k] for k in range(len(problem)) if _flat(measured, k))
    if flat:
        yield Finding("flat", flat, f"Here the loss does not change with {listed(flat)}, and the slope that is claimed "
                      "is zero. That is right, and says little of your formula: other parameters would tell more.", {},
                      "disturbs")


def _flat(measured, k):
    return all(probe.measured == 0 == probe.claimed for place in measured.places for probe in place.probes[k])


def _unclear(problem, measured, verdicts, unclear):
    names = tuple(problem.names[k] for k in unclear)
    limits = [verdicts[k].limit for k in unclear if verdicts[k].limit < 1]
    single = next((kind for kind in ("float16", "float32") if kind in problem.types), "")
    code, rounded = "float32" if single else "noise", f"and rounded by about {said(measured.noise, 2)}"
    text = (f"The loss is not smooth, or large beside its slopes, {rounded}" if not single else
            f"The loss is computed in {single}, {rounded}" if problem.loss_type == single else
            f"Loss or gradient is computed in {single}") + f": for {listed(names)} "
    if len(limits) < len(unclear):
        text += "nothing can be seen along most directions."
    else:
        agree = all(verdicts[k].error <= verdicts[k].limit for k in unclear)
        text += (f"an error below {said(max(limits), 2)} of the slope's length cannot be seen. "
                 f"{'Up to that, the gradient agrees.' if agree else ''}")
    return Finding(code, names, text.strip(), {"rounding": measured.noise}, "disturbs")
