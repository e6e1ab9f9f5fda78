"""The report as HTML, set by WeasyPrint with the same fonts embedded and the same charts inline."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from participation.settings import ROOT

FONTS = ROOT / "static" / "fonts"
STYLE = f"""
@font-face {{ font-family: "Noto Sans SC"; src: url("file://{FONTS}/NotoSansSC-Regular.ttf") }}
@font-face {{ font-family: "Noto Sans SC"; font-weight: bold;
  src: url("file://{FONTS}/NotoSansSC-Bold-GB2312.ttf") }}
@page {{ size: A4; margin: 28mm 22mm 24mm; @bottom-center {{ content: counter(page) }} }}
body {{ font: 10.5pt/1.7 "Noto Sans SC" }}
h1 {{ font-size: 21pt }} h2 {{ font-size: 14pt; break-after: avoid }}
table {{ width: 100%; border-collapse: collapse }} td, th {{ border-bottom: 0.5pt solid #ccc }}
figure, table, blockquote {{ break-inside: avoid; margin: 4mm 0 }} svg {{ width: 100% }}
.end {{ text-align: right }} caption, figcaption {{ font-weight: bold; text-align: left }}
"""
PAGE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{{ title }}</title>
<h1>{{ title }}</h1><p>{{ subtitle }}</p>
<dl>{% for one in meta %}<dt>{{ one.label }}<dd>{{ one.value }}{% endfor %}</dl>
{% for section in sections %}<section><h2>{{ section.heading }}</h2>
{% for block in section.blocks %}
{% if block.type == "p" %}<p>{{ block.text }}</p>
{% elif block.type == "chart" %}<figure><figcaption>{{ block.caption }}</figcaption>
{{ block.svg | safe }}<p>{{ block.note }}</p></figure>
{% elif block.type == "table" %}<table><caption>{{ block.caption }}</caption>
<tr>{% for column in block.columns %}<th class="{{ column.align }}">{{ column.label }}{% endfor %}
{% for row in block.rows %}<tr>{% for cell in row %}
<td class="{{ block.columns[loop.index0].align }}">{{ cell }}
{% endfor %}{% endfor %}</table><p>{{ block.note }}</p>
{% elif block.type == "quotes" %}{% for said in block["items"] %}
<blockquote><p>{{ said.text }}</p><p>{{ said.by }}</p></blockquote>{% endfor %}
{% endif %}{% endfor %}</section>{% endfor %}<footer>{{ footer }}</footer></html>"""


@lru_cache(maxsize=1)
def _ready() -> tuple[Any, FontConfiguration, CSS]:
    """Template, fonts and stylesheet, read once as a long-lived process would."""
    fonts = FontConfiguration()
    return (
        Environment(autoescape=True).from_string(PAGE),
        fonts,
        CSS(string=STYLE, font_config=fonts),
    )


def paper_of(data: Mapping[str, Any]) -> bytes:
    """The PDF, tagged like the paper of the house."""
    template, fonts, style = _ready()
    page = HTML(string=template.render(data))
    made: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return made
