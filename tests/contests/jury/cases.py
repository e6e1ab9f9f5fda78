"""Made-up rounds for the tests."""

import random
from collections import Counter, defaultdict

from hypothesis import strategies as st

from participation.contests.jury.assignment import JurorLoad


@st.composite
def rounds(draw, most_works=8, most_jurors=6):
    """What `assign` takes: works, jurors, quorum, conflicts, finished and open seats, strata."""
    works = list(range(1, draw(st.integers(1, most_works)) + 1))
    names = list(range(101, 101 + draw(st.integers(1, most_jurors))))
    some = st.sets(st.sampled_from(works))
    jurors = [
        JurorLoad(
            name,
            share=draw(st.sampled_from([1, 1, 1, 2, 3])),
            cap=draw(st.sampled_from([None, None, 0, 2, 5])),
            credit=draw(st.sampled_from([0, 0, 3])),
        )
        for name in names
    ]
    conflicts = {name: draw(some) for name in [*names, 999] if draw(st.booleans())}
    seated = [{w: set() for w in works} for _kind in "ab"]
    for name in [*names, 999]:  # 999 has left the round
        for table in seated:
            if draw(st.booleans()):
                for work in draw(some):
                    table[work].add(name)
    already, open_seats = seated
    for work in works:
        open_seats[work] -= already[work]
    return {
        "works": works,
        "jurors": jurors,
        "quorum": draw(st.integers(3, 4)),
        "conflicts": conflicts,
        "already": already,
        "open_seats": open_seats,
        "strata": {work: draw(st.sampled_from("ab")) for work in works},
        "seed": draw(st.binary(min_size=1, max_size=4)),
    }


def seats(found):
    """The open jurors of each work."""
    by = defaultdict(list)
    for juror, pack in found.packs.items():
        for work in pack:
            by[work].append(juror)
    return by


def kept(case, work):
    """Who has finished a judgement of a work that counts."""
    return {j for j in case["already"].get(work, ()) if work not in case["conflicts"].get(j, ())}


def city(seed=1, works=600, jurors=12):
    """A round with bands, and jurors who may not judge some schools."""
    chance = random.Random(seed)
    numbers = list(range(1, works + 1))
    school = {work: chance.randrange(30) for work in numbers}
    return {
        "works": numbers,
        "jurors": [JurorLoad(number) for number in range(1, jurors + 1)],
        "quorum": 4,
        "conflicts": {
            number: {w for w in numbers if school[w] % jurors == number % jurors}
            for number in range(1, jurors + 1)
        },
        "strata": {work: "abc"[chance.choices(range(3), (5, 3, 2))[0]] for work in numbers},
        "seed": b"a spring day",
    }


def half_done(found, chance):
    """Each juror has finished some first part of her pack: finished and open seats."""
    already, open_seats = defaultdict(set), defaultdict(set)
    for juror, pack in found.packs.items():
        done = int(len(pack) * chance.random())
        for place, work in enumerate(pack):
            (already if place < done else open_seats)[work].add(juror)
    return already, open_seats


def spread(found, case):
    """For each stratum, the least and the most works that a juror has of it."""
    counts = [Counter(case["strata"][work] for work in pack) for pack in found.packs.values()]
    return {s: (min(c[s] for c in counts), max(c[s] for c in counts)) for s in "abc"}
