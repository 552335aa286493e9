"""The project beside its peers. `python -m benchmarks NAME` prints ratios from one interleaved run.

Absolute times depend on the machine and its load; only ratios measured in the same run are claims.
"""
