"""A draft as Markdown, plain text, HTML and JSON."""

from __future__ import annotations

import html
import json
from typing import Any

from gov_writer.domain import Draft, DraftBlock, DraftBlockKind, Ledger
from gov_writer.rendering.trace import trace
from gov_writer.text.todo import TODO


def markdown(draft: Draft) -> str:
    """Headings as #, ##, ###; a blank line between paragraphs."""
    return "\n\n".join(_marked(block) for block in draft.blocks) + "\n"


def _marked(block: DraftBlock) -> str:
    if block.kind is DraftBlockKind.TITLE:
        return f"# {block.text}"
    if block.kind is DraftBlockKind.HEADING:
        return f"{'#' * (block.level + 1)} {block.text}"
    return block.text


def plain(draft: Draft) -> str:
    """One paragraph a line."""
    return draft.text + "\n"


_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.9; font-family: FangSong, 仿宋, serif; }}
h1 {{ text-align: center; font-size: 1.6em; }} h2 {{ font-family: SimHei, 黑体, sans-serif; font-size: 1.15em; }}
h3 {{ font-family: KaiTi, 楷体, serif; font-size: 1.1em; }} p {{ text-indent: 2em; margin: .3em 0; }}
p.addressee {{ text-indent: 0; }} p.signature {{ text-align: right; }} .figure {{ border-bottom: 1px dotted #888; }}
mark {{ background: #ffe58a; }}
</style></head><body>
{body}
</body></html>
"""


def page(draft: Draft, ledger: Ledger | None = None) -> str:
    """A page of its own: no script, nothing loaded.  With a ledger each figure's title tells its source."""
    title = next((b.text for b in draft.blocks if b.kind is DraftBlockKind.TITLE), "")
    body = "\n".join(_element(block, ledger) for block in draft.blocks)
    return _PAGE.format(title=html.escape(title), body=body)


def _element(block: DraftBlock, ledger: Ledger | None) -> str:
    inner = _inner(block, ledger)
    match block.kind:
        case DraftBlockKind.TITLE:
            return f"<h1>{inner}</h1>"
        case DraftBlockKind.HEADING:
            return f"<h{block.level + 1}>{inner}</h{block.level + 1}>"
        case DraftBlockKind.PARAGRAPH:
            return f"<p>{inner}</p>"
        case _:
            return f'<p class="{block.kind.value}">{inner}</p>'


def _inner(block: DraftBlock, ledger: Ledger | None) -> str:
    if TODO.match(block.text):
        return f"<mark>{html.escape(block.text)}</mark>"
    pieces: list[str] = []
    at = 0
    for figure in sorted(block.figures, key=lambda f: (f.start, f.end)):
        if ledger is None or figure.fact is None or figure.start < at:
            continue
        fact = ledger.fact(figure.fact)
        origin = f"{ledger.source(fact.source).path} {fact.locator}"
        shown = html.escape(block.text[figure.start : figure.end])
        pieces += (
            html.escape(block.text[at : figure.start]),
            f'<span class="figure" title="{html.escape(origin)}">{shown}</span>',
        )
        at = figure.end
    return "".join((*pieces, html.escape(block.text[at:])))


def as_json(draft: Draft, ledger: Ledger) -> str:
    """The draft's text and blocks with its trace; the trace's spans refer to ``text``."""
    data: dict[str, Any] = {
        "version": 1,
        "text": draft.text,
        "blocks": [
            {"kind": block.kind.value, "level": block.level, "text": block.text} for block in draft.blocks
        ],
        "trace": trace(draft, ledger, draft.text),
        "warnings": list(draft.warnings),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
