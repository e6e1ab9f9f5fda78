"""The k-safe layer: every number that leaves the house passes here first.

`tables` is what a room counted, `thresholds` how much must be hidden from whom, `publish.protect`
gives the figures that may be shown, `publish.protect_both` those for two circles of readers of
whom one sees both; `batches` says when a new batch may replace the last one.
"""
