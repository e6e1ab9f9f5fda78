"""Papers of this room are set while they are sent, and kept nowhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response

from participation.kernel import pdf
from participation.kernel.i18n import current_locale


def fresh_paper(template: str, data: Mapping[str, Any], name: str) -> Response:
    """A PDF under an ASCII file name; what it needs of the database is committed by then."""
    lang = current_locale()

    def body() -> Iterator[bytes]:
        yield pdf.render(template, data, lang=lang)

    answer = Response(body(), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
