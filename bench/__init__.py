"""Measures the performance targets as ratios of paired runs: `python -m bench [P1 P7 …]`."""
