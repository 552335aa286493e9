"""Where a mistake sits, from which parameters are right: backprop goes from the loss to the inputs, so what is
right ends where the mistake begins (lesson 07)."""

from .problem import listed
from .report import Finding

FOLLOWS = {"unexplained", "slope_missing", "slope_twice", "slope_other", "slope_layer", "slope_argument",
           "other_weights", "weights_missing", "values_back"}


def sits(model, names, rights, findings):
    """The `Finding` that says between which layers the mistake sits, or None where it does not follow."""
    layers = [[k for k in (layer.W, layer.b) if k is not None] for layer in model.wiring.layers]
    codes = {finding.code for finding in findings if finding.kind == "explains"}
    first = next((i for i in reversed(range(len(layers))) if not all(rights[k] is True for k in layers[i])), None)
    if first is None or not codes & FOLLOWS or None in rights:
        return None
    before = [k for layer in layers[:first + 1] for k in layer]
    if first == len(layers) - 1 or any(rights[k] for k in before):
        return _own_line(names, rights, layers[first])
    right, wrong = ([names[k] for k in ks] for ks in ([k for layer in layers[first + 1:] for k in layer], before))
    text = (f"On the way from the loss, the slopes of {listed(right)} are right, and from there on all are wrong: "
            f"{listed(wrong)}. They have in common what goes back from layer {first + 2} to layer {first + 1}, and "
            "no right one uses that.")
    return Finding("between", tuple(wrong), text, {"from": first + 2, "to": first + 1}, "place")


def _own_line(names, rights, layer):
    wrong = [k for k in layer if rights[k] is False]
    if sum(right is False for right in rights) != 1 or len(wrong) != 1 or len(rights) < 2:
        return None
    name = names[wrong[0]]
    text = f"Only the slope of {name} is wrong, and all others are right: look first at the line that makes it."
    return Finding("own_line", (name,), text, {}, "place")
