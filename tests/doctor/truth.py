"""What is true of a gradient, measured without the doctor: differences in long double, and what a statement implies."""

import numpy as np

SAYS = {                              # what is true of a mistake -> the doctor's codes that say so
    "sign": {"sign"},
    "factor": {"factor", "sum_for_mean", "mean_for_sum", "averaged", "summed"},
    "sum": {"sum_for_mean", "factor"},
    "mean": {"mean_for_sum", "averaged", "factor"},
    "early": {"moved"},
    "stale": {"ignores_parameters"},
    "transposed": {"transposed", "other_weights"},
    "slope missing": {"slope_missing"},
    "slope twice": {"slope_twice"},
    "slope of a": {"slope_argument"},
    "slope of z": {"slope_argument", "slope_other"},
    "slope of delta": {"slope_argument"},
    "slope other": {"slope_other"},
    "slope elsewhere": {"slope_layer"},
    "decay missing": {"decay"},
    "decay extra": {"decay"},
    "decay factor": {"decay"},
    "bias mean": {"averaged"},
    "bias axis": {"summed", "not_summed"},
    "shape": {"shape", "broadcast", "not_summed"},
    "zeros": {"zeros"},
    "clipped": {"clipped"},
    "other loss": {"other_loss"},
    "wrong weights": {"other_weights", "weights_missing"},
    "wrong input": {"other_parameter", "other_weights", "other_input"},
    "values back": {"values_back", "error_other"},     # what comes out at the end is p
    "wrong error": {"error_other"},
    "constant added": {"offset"},
    "stepped": {"stepped"},
    "itself": {"itself"},
    "signs lost": {"unsigned"},
    "one part": {"in_part"},
    "random": {"random_loss", "random_gradient"},
    "nan": {"not_finite", "loss_not_a_number"},
    "mutates": {"changes_parameters"},
    "kink": {"kink"},
    "float32": {"float32"},
}
FACTORS = ("factor", "sum_for_mean", "mean_for_sum", "averaged")


def measured(loss, params, which):
    """The gradient with respect to one parameter: central differences, extrapolated, in long double."""
    params = [np.array(p, dtype=np.longdouble) for p in params]
    out = np.zeros(params[which].shape, np.longdouble)

    def difference(at, h):
        value, values = params[which][at], []
        for sign in (1, -1):
            params[which][at] = value + sign * h
            values.append(loss(*[p.copy() for p in params]))
        params[which][at] = value
        return (values[0] - values[1]) / (2 * np.longdouble(h))
    for at in np.ndindex(*out.shape):
        out[at] = (4 * difference(at, 1e-4) - difference(at, 2e-4)) / 3
    return out


def relative(claimed, true):
    """‖claimed − true‖ / ‖true‖; infinite for another shape."""
    claimed = np.asarray(claimed)
    if claimed.shape != true.shape:
        return np.inf
    return float(np.linalg.norm((claimed - true).ravel()) / max(np.linalg.norm(true.ravel()), 1e-300))


def implied(finding, claimed, true, others, value):
    """Does the statement hold of these numbers?  None where numbers alone cannot tell."""
    if claimed.shape != true.shape:
        return None
    if finding.code in FACTORS or finding.code == "sign":
        rest = claimed - finding.details.get("factor", -1.0 if finding.code == "sign" else 1.0) * true
        value = np.asarray(value, float)
        beside = (rest * value).sum() / (value ** 2).sum() * value if "Apart from" in finding.text else 0.0
        return np.linalg.norm((rest - beside).ravel()) < 1e-4 * np.linalg.norm(true.ravel())
    if finding.code == "in_part":
        return 0 < np.sum(np.abs(claimed - true) > 1e-6 * np.abs(true).max()) < true.size
    if finding.code == "length":
        return relative(claimed * np.linalg.norm(true) / np.linalg.norm(claimed), true) < 1e-4
    if finding.code == "zeros":
        return np.linalg.norm(claimed.ravel()) <= 1e-12 * (1 + np.linalg.norm(true.ravel()))
    if finding.code in ("exchanged", "another_order", "other_parameter"):
        return any(relative(claimed, other) < 1e-4 for other in others) or None
    if finding.code == "transposed" and true.ndim == 2 and true.shape == true.T.shape:
        return relative(claimed, true.T) < 1e-4 or None
    return None


def false_statements(case, found, names, params, claimed, true):
    """What the doctor says and is not so, as a list of sentences."""
    allowed = set().union(*(SAYS.get(word, set()) for word in case.truth))
    bad = []
    for i, name in enumerate(names):
        verdict = found.parameters.get(name)
        if verdict is not None and verdict.right is (i in case.wrong):
            bad.append(f"{name} is called {'right' if verdict.right else 'wrong'}")
    for finding in found.findings:
        if finding.kind != "explains" or finding.code == "unexplained":
            continue
        for name in finding.parameters:
            i = names.index(name)
            holds = implied(finding, claimed[i], true[i], true, params[i])
            codes = {finding.code, *finding.details.get("or", ())}
            if i not in case.wrong or holds is False or holds is None and not codes & allowed:
                bad.append(f"{finding.code} of {name}: {finding.text}")
    if found.right is False and not case.wrong or found.right is True and case.wrong:
        bad.append(f"right is {found.right}")
    return bad


def explained(case, found, names):
    """Is every wrong parameter explained, or the disturbance named?"""
    if not case.wrong:
        return bool(set(found.codes) & set().union(*(SAYS.get(word, set()) for word in case.truth)))
    if "shape" in case.truth:
        return bool({"shape", "broadcast", "summed", "not_summed"} & set(found.codes))
    said = {name for f in found.findings if f.kind == "explains" and f.code != "unexplained" for name in f.parameters}
    return {names[i] for i in case.wrong} <= said
