"""What the doctor says of an answer that no mistake explains: a gradient, wherever the exercise has a loss."""

from ..doctor import diagnose
from ..memory import place_of
from .calls import bare_call, quiet


def second_opinion(exercise, runs, answer):
    """Sentences that hold for certain of an answer on the first of these runs, wrong ones, or nothing. (Where the
    mistake sits, an exercise says itself.)

    What explains the first and not the second, of another size, was chance; and no exercise has weight decay to miss.
    """
    from .claims import BENCHES  # which knows the losses, and loads the exercises

    place = place_of(exercise)
    bench = next((bench for bench in BENCHES if f"{bench.lesson:02d}/{bench.name}" == place), None)
    if bench is None:
        return ()
    told = (_told(_examined(exercise, bench, run, answer)) for run in runs[:2])
    first = next(told, {})
    return tuple(first) if first and all([*first.values()] == [*other.values()] for other in told) else ()


def _told(found):
    """{sentence: (code, parameters)} of what explains a gradient that is wrong."""
    missing = any(finding.code == "decay" and finding.details["is"] == "missing" for finding in found.findings)
    return {} if missing or found.right is not False else {
        finding.text: (finding.code, finding.parameters) for finding in found.findings
        if finding.kind == "explains" and finding.code != "unexplained"}


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

