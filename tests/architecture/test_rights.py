"""The rights table of the README is printed from here and held true."""

from participation import wiring
from participation.settings import ROOT

BEGIN, END = "<!-- rights -->\n", "<!-- /rights -->"


def table() -> str:
    """Each right with the roads that lead to it, as Markdown."""
    lines = ["| right | holds when |", "|---|---|"]
    for name, held in sorted(wiring.RIGHTS.items()):
        roads = "<br>or ".join(
            " · ".join(asked.name.replace("_", " ") for asked in road) for road in held.roads
        )
        lines.append(f"| `{name}` | {roads} |")
    return "\n".join(lines) + "\n"


def test_the_readme_says_who_may_do_what() -> None:
    text = (ROOT / "README.md").read_text()
    assert text.split(BEGIN)[1].split(END)[0] == table(), (
        "run python -m tests.architecture.test_rights"
    )


def test_every_right_is_named_by_its_deed() -> None:
    assert all(name == held.name.removeprefix("may_") for name, held in wiring.RIGHTS.items())


if __name__ == "__main__":
    path = ROOT / "README.md"
    before, rest = path.read_text().split(BEGIN)
    path.write_text(before + BEGIN + table() + END + rest.split(END)[1])
