"""A reader who knows the rules and owns a solver: what can she work out from published figures?

She reads nothing but the JSON, of one edition or of two editions of the same tables side by side.
Every sum she knows becomes an equation, every rounded or hidden number an interval, and an exact
integer solver (HiGHS through scipy) looks for two possible values of each hidden number. A number
with a single possible value is recovered.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

INFINITY = 100_000


@dataclass
class Knowledge:
    """Unknown whole numbers with bounds, and what is known about their sums."""

    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sums: list[tuple[dict[int, int], float, float]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def unknown(self, name, low=0, high=INFINITY):
        """The unknown of this name; what is told of it again narrows what was told before."""
        if name not in self.numbers:
            self.numbers[name] = len(self.names)
            self.names.append(name)
            self.lows.append(0)
            self.highs.append(INFINITY)
        number = self.numbers[name]
        self.lows[number] = max(self.lows[number], low)
        self.highs[number] = min(self.highs[number], high)
        return number

    def know(self, weights, low=-np.inf, high=np.inf):
        self.sums.append((weights, low, high))

    def know_sum(self, parts, whole):
        self.know({**dict.fromkeys(parts, 1), whole: -1}, 0, 0)


def recovered(published, *beside, blanks=False):
    """Names of the numbers hidden in `published` with a single possible value.

    `beside` are other editions of the same tables that she reads too. With `blanks` she knows that
    a public number hidden for the sake of others may have any size, as `protect_both` leaves it;
    alone it is never a small one. Raises if nothing fits.
    """
    knowledge = Knowledge()
    for edition in (published, *beside):
        learn(knowledge, edition, blanks=blanks and edition["profile"]["name"] == "public")
    knowledge.hidden = [knowledge.numbers[name] for name in hidden_numbers(published)]
    solver = _Solver(knowledge)
    low = high = solver.solve(np.zeros(len(knowledge.names)))

    def still():
        return [variable for variable in knowledge.hidden if low[variable] == high[variable]]

    def push(weights):
        objective = np.zeros(len(knowledge.names))
        objective[list(weights)] = list(weights.values())
        found = solver.solve(objective)
        return np.minimum(low, found), np.maximum(high, found)

    for stride in (1, 2, 3, 5):  # many at once, as long as that helps
        for sign in (1, -1):
            low, high = push({v: sign * (1 if n % stride else -1) for n, v in enumerate(still())})
    for variable in still():  # then each alone, both ways: this decides
        for sign in (1, -1):
            if low[variable] == high[variable]:
                low, high = push({variable: sign})
    return [knowledge.names[variable] for variable in still()]


class _Solver:
    def __init__(self, knowledge):
        matrix = lil_array((len(knowledge.sums), len(knowledge.names)))
        for row, (weights, _, _) in enumerate(knowledge.sums):
            for variable, weight in weights.items():
                matrix[row, variable] = weight
        lows = [low for _, low, _ in knowledge.sums]
        highs = [high for _, _, high in knowledge.sums]
        self.constraint = LinearConstraint(matrix.tocsr(), lows, highs)
        self.bounds = Bounds(knowledge.lows, knowledge.highs)
        self.whole = np.ones(len(knowledge.names))

    def solve(self, objective):
        found = milp(
            objective, constraints=self.constraint, bounds=self.bounds, integrality=self.whole
        )
        assert found.success, found.message
        return np.round(found.x).astype(int)


def hidden_numbers(published):
    """The names of all numbers that these figures withhold."""
    reach = {"all": [published["reach"]["all"]], **published["reach"]["by"]}
    for by, lines in reach.items():
        for line in lines:
            for kind in ("n", "of"):
                if line[kind] is not None and line[kind]["as"] == "hidden":
                    yield f"{by}.{line['line']}.{kind}"
    for question in published["questions"]:
        for by, lines in {"all": [question["all"]], **question["by"]}.items():
            for line in lines:
                for answer, cell in zip(question["answers"], line["cells"], strict=True):
                    if cell["as"] == "hidden":
                        yield f"{question['key']}.{by}.{line['line']}.{answer}"


def learn(known, published, *, blanks):
    """All that the figures say, as equations and intervals."""
    profile = {**published["profile"], "blanks": blanks}
    reach = {"all": [published["reach"]["all"]], **published["reach"]["by"]}
    people = {}
    for by, lines in reach.items():
        people[by] = [_people(known, profile, by, line, lines) for line in lines]
        if by != "all":
            known.know_sum([n for n, _ in people[by]], people["all"][0][0])
            if people["all"][0][1] is not None:
                known.know_sum([of for _, of in people[by]], people["all"][0][1])
    for question in published["questions"]:
        _learn_question(known, profile, question, people)


def _people(known, profile, by, line, lines):
    n = _number(known, profile, f"{by}.{line['line']}.n", line["n"], [r["n"] for r in lines], by)
    if line["of"] is None:
        return n, None
    rows = [r["of"] for r in lines]
    of = _number(known, profile, f"{by}.{line['line']}.of", line["of"], rows, by)
    known.know({of: 1, n: -1}, 0)
    return n, of


def _number(known, profile, name, cell, row, by):
    """How many people: shown, rounded, hidden alone, or hidden with all its neighbours."""
    all_hidden = by != "all" and all(other["as"] == "hidden" for other in row)
    if cell["as"] == "hidden" and all_hidden:
        return known.unknown(name)
    return known.unknown(name, *_interval(profile, cell))


def _interval(profile, cell):
    few, value = profile["few"], cell["value"]
    if cell["as"] == "exact":
        return value, value
    if cell["as"] == "rounded":
        step = profile["step"] if profile["name"] == "public" else 2 * few
        return max(few, value - step // 2), value + (step - 1) // 2
    least = 0 if profile["blanks"] else few
    return {"few": (0, few - 1), "secondary": (least, INFINITY)}.get(cell["why"], (0, INFINITY))


def _learn_question(known, profile, question, people):
    tables = {"all": [question["all"]], **question["by"]}
    whole_hidden = _is_hidden(question["all"])
    cells = {}
    for by, lines in tables.items():
        cells[by] = []
        for place, line in enumerate(lines):
            n = people[by][place][0]
            name = f"{question['key']}.{by}.{line['line']}"
            if by == "all" or not whole_hidden:
                _learn_base(known, profile, line, n)
            cells[by].append(_learn_line(known, profile, question, line, n, name))
    for by in question["by"]:
        for column in range(len(question["answers"])):
            known.know_sum([row[column] for row in cells[by]], cells["all"][0][column])


def _is_hidden(line):
    return all(c["as"] == "hidden" and c["share"] is None for c in line["cells"])


def _learn_base(known, profile, line, n):
    if profile["name"] != "public":
        return
    if not _is_hidden(line):
        known.know({n: 1}, profile["base"])
    elif line["cells"][0]["why"] == "base":
        known.know({n: 1}, 0, profile["base"] - 1)


def _learn_line(known, profile, question, line, n, name):
    row = []
    options = sum(answer not in ("dk", "skip") for answer in question["answers"])
    for column, (answer, cell) in enumerate(zip(question["answers"], line["cells"], strict=True)):
        bounds = (0, INFINITY) if _is_hidden(line) else _interval(profile, cell)
        x = known.unknown(f"{name}.{answer}", *bounds)
        if not _is_hidden(line):
            _learn_mark(known, profile, cell, x, n)
            _learn_mirror(known, profile, question, cell, x, n, column < options)
        row.append(x)
    if question["most"]:
        _learn_several(known, question["most"], row, options, n)
    else:
        known.know_sum(row, n)
    return row


def _learn_mark(known, profile, cell, x, n):
    if profile["name"] != "public":
        return
    if cell["share"] == "<5" and cell["as"] == "hidden":
        known.know({x: 20, n: -1}, high=-1)
    elif cell["share"] == ">95":
        known.know({x: 20, n: -19}, 1)
    elif cell["why"] == "few":
        known.know({x: 20, n: -1}, 0)
    elif cell["why"] != "secondary" or not profile["blanks"]:
        known.know({x: 20, n: -19}, high=0)


def _learn_mirror(known, profile, question, cell, x, n, option):
    """Officials: of an option of several, the others are a cell too."""
    if profile["name"] == "official" and question["most"] and option:
        if cell["why"] == "uniform":
            known.know({n: 1, x: -1}, high=profile["few"] - 1)
        elif cell["why"] != "few":
            known.know({n: 1, x: -1}, profile["few"])


def _learn_several(known, most, row, options, n):
    chosen, rest = row[:options], row[options:]
    for x in chosen:
        known.know({n: 1, x: -1, **dict.fromkeys(rest, -1)}, 0)
    known.know({**dict.fromkeys(chosen, 1), n: -1, **dict.fromkeys(rest, 1)}, 0)
    known.know({**dict.fromkeys(chosen, 1), n: -most, **dict.fromkeys(rest, most)}, high=0)
