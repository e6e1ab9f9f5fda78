"""A teacher brings works of her class: slips, photos, rows, and the end of it."""
