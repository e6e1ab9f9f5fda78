"""Small made-up cities, person by person, counted the slow and obvious way."""

import random
from dataclasses import dataclass

from hypothesis import strategies as st

from participation.figures.tables import Group, Table, Tables

BANDS, GENDERS = ("a", "b", "c"), ("f", "m", "x")
DIMENSIONS = ("band", "district", "gender")


@dataclass(frozen=True)
class Crowd:
    """`many` children of one group who answered alike; `chosen[q]` is a tuple of columns."""

    group: tuple[str, str, str]
    chosen: tuple[tuple[int, ...], ...]
    many: int


def count(crowds, shapes, districts=("1", "2"), roster=None, schools=9):
    """The tables of these crowds. `shapes` = one (options, most) a question; most 0 = single."""
    keys = {"band": BANDS, "district": tuple(districts), "gender": GENDERS}

    def tally(question, columns, dimension=None, key=None):
        place = None if dimension is None else DIMENSIONS.index(dimension)
        here = [c for c in crowds if place is None or c.group[place] == key]
        return tuple(sum(c.many for c in here if a in c.chosen[question]) for a in range(columns))

    def group(dimension, key):
        place = DIMENSIONS.index(dimension)
        n = sum(c.many for c in crowds if c.group[place] == key)
        return Group(key, n, None if roster is None else n + roster[dimension, key], schools)

    groups = {d: tuple(group(d, key) for key in keys[d]) for d in DIMENSIONS}
    total = sum(c.many for c in crowds)
    of = None if roster is None else sum(g.of for g in groups["band"])
    tables = []
    for number, (options, most) in enumerate(shapes):
        answers = (*(str(o + 1) for o in range(options)), "dk", "skip")
        by = {d: tuple(tally(number, options + 2, d, k) for k in keys[d]) for d in DIMENSIONS}
        kind = "several" if most else "single"
        whole = tally(number, options + 2)
        tables.append(Table(f"q{number + 1}", kind, answers, whole, by, most))
    return Tables(Group("all", total, of, schools), groups, tuple(tables))


def answers(options, most):
    """A strategy for one answer: the columns it counts in."""
    single = st.integers(0, options + 1).map(lambda column: (column,))
    if not most:
        return single
    several = st.sets(st.integers(0, options - 1), min_size=1, max_size=most)
    return st.one_of(several.map(lambda s: tuple(sorted(s))), single)


@st.composite
def cities(draw, largest=12, crowds=10):
    """Tables of a small city: 1–6 districts, 1–2 questions, a few crowds of children."""
    districts = [str(d + 1) for d in range(draw(st.integers(1, 6)))]
    shape = st.integers(2, 7).flatmap(
        lambda options: st.tuples(st.just(options), st.sampled_from((0, 0, 2, min(3, options))))
    )
    shapes = draw(st.lists(shape, min_size=1, max_size=2))
    group = st.tuples(st.sampled_from(BANDS), st.sampled_from(districts), st.sampled_from(GENDERS))
    chosen = st.tuples(*(answers(*s) for s in shapes))
    crowd = st.builds(Crowd, group, chosen, st.integers(1, largest))
    return count(draw(st.lists(crowd, max_size=crowds)), shapes, districts)


@st.composite
def listed_cities(draw):
    """Tables of a city of two districts in which it is known how many could have answered."""
    keys = dict(zip(DIMENSIONS, (BANDS, ("1", "2"), GENDERS), strict=True))
    shy = {(d, key): draw(st.integers(0, 9)) for d, lines in keys.items() for key in lines}
    missing = {d: sum(shy[d, key] for key in lines) for d, lines in keys.items()}
    for dimension, lines in keys.items():
        shy[dimension, lines[0]] += max(missing.values()) - missing[dimension]
    group = st.tuples(*(st.sampled_from(lines) for lines in keys.values()))
    chosen = st.integers(0, 3).map(lambda column: ((column,),))
    crowd = st.builds(Crowd, group, chosen, st.integers(1, 40))
    return count(draw(st.lists(crowd, max_size=8)), [(2, 0)], roster=shy)


SHAPES = ((5, 0), (6, 3), (4, 0), (5, 2), (3, 0), (6, 0), (4, 3), (5, 0), (2, 0), (7, 0))
"""Ten questions, three of them several."""


def grown_city(children, seed, districts=6):
    """A city in which so many children of all groups answered ten questions, each by herself."""
    dice = random.Random(seed)
    keys = [str(number + 1) for number in range(districts)]
    pull = [dice.uniform(0.5, 2) for _ in keys]

    def answer(options, most):
        luck = dice.random()
        if luck < 0.08:
            return (options + (luck < 0.04),)
        favourites = [min(options - 1, int(dice.expovariate(0.6))) for _ in range(max(1, most))]
        return tuple(sorted(set(favourites)))

    def crowd():
        gender = dice.choices(GENDERS, (49, 49, 2))[0]
        group = (dice.choice(BANDS), dice.choices(keys, pull)[0], gender)
        return Crowd(group, tuple(answer(*shape) for shape in SHAPES), 1)

    return count([crowd() for _ in range(children)], SHAPES, keys)
