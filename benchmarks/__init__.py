"""How fast it is, as ratios that a busy machine does not change: ``python -m benchmarks``.

Every ratio is of two medians that were measured in turns, within one run. Nothing here is a
test: a bound that is not met is reported, and nothing fails.
"""
