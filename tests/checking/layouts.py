"""Layouts for rule cases: the standard's, with what a case changes.

A case's ``layout`` may have ``page`` (margins in mm, width, height, pitch, space, grid), ``number`` (none, or
font, size, dashes, outer) and ``looks``: a list of {at: words, font, size, indent, align, line, rule, spacing, label, bold};
``at`` is the line that begins with these words, or just these words with ``only: true``.
"""

from __future__ import annotations

from typing import Any

from gov_writer.domain import BlockKind, CharacterLook, Layout, PageLook, PageNumber, ParagraphLook, Source
from gov_writer.ooxml import standard


def layout_of(source: Source, given: dict[str, Any]) -> Layout:
    text = source.text
    styles = {b.start: b for b in source.blocks}
    paragraphs, characters = [], []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            lead = at + len(line) - len(line.lstrip())
            block = styles.get(lead)
            model = standard.BODY
            if block is not None and block.kind is BlockKind.TITLE:
                model = standard.TITLE
            elif block is not None and block.kind is BlockKind.HEADING:
                model = standard.HEADINGS[block.level - 1]
            look: dict[str, Any] = {
                "font": model.font, "size": model.size, "indent": model.indent * 100, "align": model.align,
                "line": standard.LINE_PITCH, "rule": "exact", "spacing": standard.CHARACTER_SPACING,
            }  # fmt: skip
            pieces = [(at, end, look)]
            for change in given.get("looks", []):
                if change.get("only") and change["at"] in line:
                    start = at + line.index(change["at"])
                    stop = start + len(change["at"])
                    pieces = [(at, start, look), (start, stop, {**look, **change}), (stop, end, look)]
                elif line.strip().startswith(change["at"]):
                    look.update(change)
            paragraphs.append(
                ParagraphLook(
                    start=at,
                    end=end,
                    align=look["align"],
                    indent=look["indent"],
                    line=look["line"],
                    rule=look["rule"],
                    label=look.get("label", ""),
                )
            )
            for start, stop, own in pieces:
                if start < stop:
                    characters.append(
                        CharacterLook(
                            start=start,
                            end=stop,
                            font=own["font"],
                            size=own["size"],
                            spacing=own["spacing"],
                            bold=own.get("bold", False),
                        )
                    )
        at = end + 1
    number = given.get("number", {})
    return Layout(
        pages=(_page(given.get("page", {})),),
        paragraphs=tuple(paragraphs),
        characters=tuple(characters),
        number=None
        if number is None
        else PageNumber(**{"font": "宋体", "size": 28, "dashes": True, "outer": True, **number}),
    )


def _page(given: dict[str, Any]) -> PageLook:
    lengths = {"width": 210, "height": 297, "top": 37, "bottom": 35, "left": 28, "right": 26}
    lengths.update({k: v for k, v in given.items() if k in lengths})
    return PageLook(
        **{name: standard.mm(length) for name, length in lengths.items()},
        grid=given.get("grid", "linesAndChars"),
        pitch=given.get("pitch", standard.LINE_PITCH),
        space=given.get("space", standard.CHARACTER_SPACE),
    )
