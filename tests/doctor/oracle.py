"""Whether what the doctor says of a mutant is true, at places that the doctor never saw."""

import numpy as np

from .mutants import structural

CLOSE = 3e-6


def like(a, b):
    """Whether two arrays hold the same numbers, to five or six digits of the largest."""
    return a.size == b.size and np.abs(a.ravel() - b.ravel()).max() <= CLOSE * max(np.abs(a).max(), np.abs(b).max(),
                                                                                   1e-300)


class Oracle:
    """The claimed slopes of a mutant and the true ones, at two fresh places."""

    def __init__(self, net, claimed, places, start):
        self.net, self.places, self.start = net, places, claimed(*start)
        self.claimed = [claimed(*P) for P in places]
        self.true = [net.gradient(P) for P in places]
        self.function = claimed

    def holds(self, finding, k, others):
        """Whether a finding is true of parameter k. others: the codes that were found of it, all together."""
        if finding.kind != "explains" or finding.code == "unexplained":
            return True
        others = [*others, *finding.details.get("or", ())]   # "a, or b" is true if one of them is
        return any(self._holds(finding._replace(code=code), k, others)
                   for code in (finding.code, *finding.details.get("or", ())))

    def _holds(self, finding, k, others):
        said = [c[k] for c in self.claimed]
        true = [t[k] for t in self.true]
        own = [P[k] for P in self.places]
        check = getattr(self, f"_{finding.code}", None)
        if check is not None:
            return bool(check(finding, k, said, true, own)) or self._decay_beside(finding, k, said, own, others)
        return any(code == finding.code and self._up_to(said, cand, own)
                   for code, _, cand in self.candidates(k)) or self._pair(finding, k, said, own, others)

    def candidates(self, k):
        for code, key, hooks in structural(self.net):
            with np.errstate(all="ignore"):
                found = [self.net.gradient(P, hooks)[k] for P in self.places]
            if all(np.isfinite(f).all() for f in found):
                yield code, key, found

    def _up_to(self, said, cand, own, factor=None):
        """Whether one factor, and one multiple of the parameter, at both places, makes the candidate what is
        claimed."""
        A = np.column_stack([np.concatenate([c.ravel() for c in cand]), np.concatenate([p.ravel() for p in own])])
        b = np.concatenate([s.ravel() for s in said])
        if len(b) != len(A) or not A[:, 0].any():
            return False
        if factor is not None:
            return any(np.abs(b - factor * A[:, 0] - rate * A[:, 1]).max() <= CLOSE * np.abs(b).max()
                       for rate in [0.0, np.linalg.lstsq(A[:, 1:], b - factor * A[:, 0], rcond=None)[0][0]])
        A = A / np.maximum(np.abs(A).max(axis=0), 1e-300)
        return np.abs(b - A @ np.linalg.lstsq(A, b, rcond=None)[0]).max() <= CLOSE * np.abs(b).max()

    def _decay_beside(self, finding, k, said, own, others):
        """Whether two slips at once are claimed, but for this multiple of the parameter."""
        if finding.code != "decay" or "wrong" in finding.details:
            return False
        less = [s - finding.details["rate"] * p for s, p in zip(said, own)]
        return self._pair(finding, k, less, [0 * p for p in own], others)

    def _pair(self, finding, k, said, own, others):
        """Two slips at once: any two of the codes that were found, this one among them; or, for what is beside slips,
        any two."""
        slips = [slip for slip in structural(self.net) if slip[0] in others]
        for code, _, hooks in slips:
            for code2, _, hooks2 in slips:
                if finding.code in (code, code2, "decay") and not set(hooks) & set(hooks2):
                    with np.errstate(all="ignore"):
                        cand = [self.net.gradient(P, hooks | hooks2)[k] for P in self.places]
                    if all(np.isfinite(c).all() for c in cand) and self._up_to(said, cand, own):
                        return True
        return False

    # ------------------------------------------------------------------------- what is said without a model

    def _factor(self, finding, k, said, true, own):
        c, factors = finding.details["factor"], np.ones(true[0].shape)
        if "wrong" in finding.details:    # of those numbers alone
            factors[tuple(np.transpose(finding.details["wrong"]))] = c
        ways = (lambda t: t, np.transpose, np.flip, lambda t: np.roll(t, 1), lambda t: np.roll(t, -1))
        return (self._up_to(said, [factors * t for t in true], own, 1.0)
                or any(self._up_to(said, cand, own) for _, _, cand in self.candidates(k))
                or any(self._up_to(said, [way(t) for t in true], own, c) for way in ways))

    _sign = _sum_for_mean = _mean_for_sum = _factor

    def _zeros(self, finding, k, said, true, own):
        return np.abs(self.start[k]).max() < 1e-9

    def _decay(self, finding, k, said, true, own):
        rate = finding.details["rate"]
        wrong = np.ones(own[0].shape)
        if "wrong" in finding.details:    # of those numbers alone
            wrong = np.zeros(own[0].shape)
            wrong[tuple(np.transpose(finding.details["wrong"]))] = 1
        less = [s - rate * wrong * p for s, p in zip(said, own)]
        return self._up_to(less, true, [0 * p for p in own]) or any(
            self._up_to(said, cand, own) for _, _, cand in self.candidates(k))

    def _normalised(self, finding, k, said, true, own):
        if "what" not in finding.details:     # one size everywhere: what is zero by nature may stay so
            return all(like(np.abs(s), finding.details["to"] * ((s != 0) | (t != 0))) for s, t in zip(said, true))
        lengths = [np.linalg.norm(s) for s in said], [np.abs(s).max() for s in said], [
            np.sqrt(sum((g ** 2).sum() for g in c)) for c in self.claimed]
        parallel = all(like(s / np.linalg.norm(s), t / np.linalg.norm(t)) for s, t in zip(said, true))
        return parallel and any(np.allclose(ls, finding.details["to"], rtol=1e-5) for ls in lengths)

    def _clipped(self, finding, k, said, true, own):
        to = finding.details["to"]
        return self._normalised(finding, k, said, true, own) or all(
            like(s, np.clip(t, -to, to)) for s, t in zip(said, true))

    def _rounded(self, finding, k, said, true, own):
        return any(all(like(s, way(t)) for s, t in zip(said, true)) for way in (
            np.round, np.trunc, np.floor, *(lambda t, d=d: np.round(t, d) for d in range(1, 6))))

    def _stepped(self, finding, k, said, true, own):
        return all(like(s, p - finding.details["step_size"] * t) for s, t, p in zip(said, true, own))

    def _itself(self, finding, k, said, true, own):
        return self._up_to(said, own, [0 * p for p in own])

    def _unsigned(self, finding, k, said, true, own):
        return all(like(s, np.abs(t)) for s, t in zip(said, true))

    def _offset(self, finding, k, said, true, own):
        wrong = np.zeros(true[0].shape, bool)
        wrong[tuple(np.transpose(finding.details["wrong"]))] = True
        return all(like(s[wrong] - finding.details["by"], t[wrong]) for s, t in zip(said, true))

    def _averaged(self, finding, k, said, true, own):
        return all(like(s, s.mean() + 0 * s) and np.isclose(s.mean(), t.mean(), rtol=1e-4, atol=1e-5 * np.abs(t).max())
                   for s, t in zip(said, true))

    def _summed(self, finding, k, said, true, own):
        c = finding.details["factor"]
        return all(like(s, s.mean() + 0 * s) and np.isclose(s.mean(), c * t.sum(), rtol=1e-4,
                                                            atol=1e-5 * np.abs(t).max())
                   for s, t in zip(said, true))

    def _in_part(self, finding, k, said, true, own):
        right = np.all([np.isclose(s, t, rtol=1e-4, atol=1e-5 * np.abs(t).max()) for s, t in zip(said, true)], axis=0)
        named = np.zeros(right.shape, bool)
        named[tuple(np.array(finding.details["right"]).T)] = True
        return right[named].all() and (not finding.details["others_zero"] or not any(s[~right].any() for s in said))

    def _one_column(self, finding, k, said, true, own):
        return "right" not in finding.details or self._in_part(finding, k, said, true, own)

    def _another_order(self, finding, k, said, true, own):
        if "of" in finding.details:
            return self._exchanged(finding, k, said, true, own)
        return all(like(np.sort(np.abs(s / np.abs(s).max()), axis=None),
                        np.sort(np.abs(t / np.abs(t).max()), axis=None))
                   for s, t in zip(said, true))

    def _transposed(self, finding, k, said, true, own):
        return self._up_to([s.T for s in said], true, [0 * p for p in own])

    def _exchanged(self, finding, k, said, true, own):
        return like(said[0], self.true[0][self._place(finding.details["of"][f"P{k}"])])

    def _other_parameter(self, finding, k, said, true, own):
        other = self._place(finding.details["of"])
        return like(said[0], finding.details["factor"] * self.true[0][other])

    def _place(self, name):
        return int(name[1:])

    def _ignores_parameters(self, finding, k, said, true, own):
        return all(np.array_equal(said[0], s) for s in said)

    def _moved(self, finding, k, said, true, own):
        step = finding.details["step_size"]
        if all(self._up_to([s], [self.net.gradient(P, {"step": step})[k]], [0 * P[k]]) for s,
               P in zip(said, self.places)):
            return True
        moved = [self._place(name) for name in finding.details.get("moved", ())]
        return bool(moved) and all(like(s, self.net.gradient(
            [p - step * g if j in moved else p for j, (p, g) in enumerate(zip(P, G))])[k])
            for s, P, G in zip(said, self.places, self.claimed))
