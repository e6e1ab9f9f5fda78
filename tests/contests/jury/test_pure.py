"""The reckoning of a jury needs nothing but Python: it may be imported anywhere."""

import ast
import sys

from participation.settings import ROOT

FOLDER = ROOT / "participation" / "contests" / "jury"
OURS = "participation.contests.jury."


def test_it_imports_only_python_and_itself():
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.startswith(OURS) or name.split(".")[0] in sys.stdlib_module_names
