"""Matters put to children: a draft, a publication, opinions, a frozen tally, an answer."""
