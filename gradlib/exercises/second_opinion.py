"""What the doctor says of an answer that no mistake explains: a gradient, wherever the exercise has a loss."""

from ..doctor import diagnose
from ..memory import place_of
from .calls import bare_call, quiet


def second_opinion(exercise, run, answer):
    """Sentences that hold for certain of this answer, or nothing. (Where the mistake sits, an exercise says itself.)"""
    from .claims import BENCHES  # which knows the losses, and loads the exercises

    place = place_of(exercise)
    bench = next((bench for bench in BENCHES if f"{bench.lesson:02d}/{bench.name}" == place), None)
    if bench is None or not run.parts:
        return ()
    found = _examined(exercise, bench, run, answer)
    told = [finding for finding in found.findings
            if finding.kind == "explains" and finding.code != "unexplained"]
    return tuple(dict.fromkeys(finding.text for finding in told)) if found.right is False else ()


def _examined(exercise, bench, run, answer):
    names, args = exercise.arguments, run.args

    def with_weights(weights):
        given = dict(zip(bench.places, weights))
        return [given.get(i, arg) for i, arg in enumerate(args)]

    def gradient(*weights):
        return list(bare_call(answer, run.trial, with_weights(weights)).parts)

    data = {name: arg for i, (name, arg) in enumerate(zip(names, args)) if i not in bench.places}
    with quiet():
        return diagnose(lambda *weights: bench.loss(*with_weights(weights)), gradient,
                        *(args[i] for i in bench.places), names=[names[i] for i in bench.places], **data)

