"""The reckoning of a jury, pure: ids and plain values in, frozen values out, no table and no page.

`assignment` deals works to jurors, `ways` turns what jurors gave into judgements, `scoring` makes
scores of them (`severity` is its model), `selection` says who goes on, `robustness` whether one
juror or a late one would change that, `agreement` how far jurors agree, `report` tells it without
names, `liking` names what was liked about each work. `lots` is the order by a published seed.
"""
