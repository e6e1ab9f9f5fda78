"""Handlers that are found when the worker first needs them.

A process that serves pages reads the whole table of handlers; one that counts with numpy or draws
paper must not come with it (25 MB a worker, PERFORMANCE P17).
"""

from importlib import import_module
from typing import Any

from participation.kernel.jobs import Deed, Handler


def lately(name: str) -> Handler:
    """The handler called `package.module:function`, imported with its first job."""
    module, _colon, function = name.partition(":")

    def handle(arguments: dict[str, Any]) -> Deed:
        found: Handler = getattr(import_module(module), function)
        return found(arguments)

    return handle
