"""The contract's guarantees on a draft, checked from the finished text and trace alone.

Nothing here uses the code that accepts a model's sentences. Returns what is broken, in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from gov_writer.domain import Ledger, Source, Theme

#: Words that only the hostile server says.
LIES = (
    "作为AI", "语言模型", "人工智能", "胡宗翰", "金穗暖阳", "HACKED", "忽略以上", "提示词", "柳溪", "七个方面", "三千六百", "翻了一番", "位居全市",
    "各项任务全面完成", "新建广场", "高举旗帜", "踔厉奋发", "合１", "Ⅷ", "显著成效", "卫生死角⟦", "桃源里", "赵德明",
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_MARKUP = re.compile(r"[⟦⟧{}<>*`\ue000-\uf8ff]|\bF\d+\b|\bN\d+\b")
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)")
_LEVEL1 = re.compile(r"^([一二三四五六七八九十]+)、")
_NUMERALS = "一二三四五六七八九十"


def broken(
    text: str,
    trace: dict[str, Any],
    ledger: Ledger,
    *,
    examples: Sequence[Source] = (),
    themes: Sequence[Theme] = (),
    own: str = "",
) -> list[str]:
    """What does not hold.  own: the brief's words (title, period), which may stand too."""
    return [
        *_figures(text, ledger, own),
        *_facts(text, trace, ledger),
        *_leaks(text, ledger, examples),
        *_themes(text, themes),
        *_form(text),
    ]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "")


def _figures(text: str, ledger: Ledger, own: str) -> list[str]:
    known = set(_NUMBER.findall(_plain("\n".join(s.text for s in ledger.sources) + own)))
    # a table's percentages and headers are read by other stages; their values are the ledger's
    known |= {n for fact in ledger.facts for n in _NUMBER.findall(_plain(fact.text))}
    body = re.sub(r"(?m)^\d+\.", "", _plain(text))
    return [f"figure {n} is in no source" for n in sorted(set(_NUMBER.findall(body)) - known)]


def _facts(text: str, trace: dict[str, Any], ledger: Ledger) -> list[str]:
    found = []
    facts = {fact.id: fact for fact in ledger.facts}
    used: set[str] = set()
    last = 0
    for figure in trace["figures"]:
        words = text[figure["start"] : figure["end"]]
        if words != figure["text"] or figure["start"] < last:
            found.append(f"trace points at {words!r}, not {figure['text']!r}")
        last = figure["end"]
        if figure["fact"] is None:
            used.update(figure["inputs"])
            continue
        used.add(figure["fact"])
        fact = facts[figure["fact"]]
        if (
            set(_NUMBER.findall(_plain(words))) != set(_NUMBER.findall(_plain(fact.text)))
            and fact.cell is None
        ):
            found.append(f"{fact.id} is {fact.text!r} in the source and {words!r} in the draft")
    listed = {unused["fact"] for unused in trace["unused"]}
    lost = [fact.id for fact in ledger.facts if fact.counted and fact.id not in used | listed]
    return [*found, *(f"{fact} is neither used nor listed" for fact in lost)]


def _leaks(text: str, ledger: Ledger, examples: Sequence[Source]) -> list[str]:
    found = [f"lie: {lie}" for lie in LIES if lie in text]
    sources = "\n".join(source.text for source in ledger.sources)
    for example in examples:
        terms = re.findall(r"“[^”]+”|《[^》]+》|\d+(?:\.\d+)?[\u4e00-\u9fff%]", example.text)
        found += [f"example's {term}" for term in sorted(set(terms)) if term in text and term not in sources]
    found += [f"personal data {m}" for m in _PERSONAL.findall(text)]
    return found


def _themes(text: str, themes: Sequence[Theme]) -> list[str]:
    return [
        f"theme {theme.name} is gone"
        for theme in themes
        if f"【待补：{theme.name}】" not in text and not any(w in text for w in theme.wordings)
    ]


def _form(text: str) -> list[str]:
    found = []
    lines = [line.lstrip("# ").strip() for line in text.split("\n") if line.strip()]
    for line in lines:
        if _MARKUP.search(line):
            found.append(f"markup in {line[:40]!r}")
        if any(unicodedata.category(c) in ("Cf", "Cc", "Co", "Cn") for c in line):
            found.append(f"odd character in {line[:40]!r}")
        found += [f"long sentence {s[:30]!r}" for s in re.split("[。！？]", line) if len(s) > 180]
    paragraphs = [line for line in lines if len(line) > 20]
    if len(set(paragraphs)) < len(paragraphs):
        found.append("a paragraph twice")
    sentences = [s for line in paragraphs for s in re.split("[。；]", line) if len(s) > 12]
    found += [
        f"a sentence twice: {s[:30]!r}" for s in sorted({s for s in sentences if sentences.count(s) > 1})
    ]
    heads = [m[1] for line in lines if (m := _LEVEL1.match(line))]
    if heads != list(_NUMERALS[: len(heads)]) or len(heads) < 2:
        found.append(f"level-1 headings {heads}")
    return found
