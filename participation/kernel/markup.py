"""Staff-written Markdown to safe HTML: the only importer of bleach.

Children's words never come here; they are plain text and escaped by the templates.
"""

import bleach
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"})
_markdown = MarkdownIt("commonmark", {"html": False})


def staff_markup(text: str) -> Markup:
    """Render Markdown; anything beyond simple text marks is taken out."""
    raw = _markdown.render(text)
    return Markup(  # noqa: S704 - cleaned to the allowed tags in this very call
        bleach.clean(
            raw,
            tags=TAGS,
            attributes={"a": ["href"]},
            protocols={"https", "mailto", "tel"},
            strip=True,
        )
    )
