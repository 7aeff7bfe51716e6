"""TXT602: what a web page left in the text: pinyin, doubled commas, traditional characters, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer import lexicon
from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.text.clean import HIDDEN
from gov_writer.text.lazy import lazy

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_PINYIN = lazy(f"(?<=[{_HAN}])[(（][a-zāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜńňǹḿ]{{1,6}}[)）]", needs="(（")
_TONED = lazy("[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ]")
_DOUBLED = lazy("[,，][,，、。；;]|、[,，]|[。；;][,，]")
_ENTITY = lazy(
    "&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|middot|emsp|ensp|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});?", needs="&"
)
#: The footnote marks of an encyclopedia: 示范社区[3]，
_FOOTNOTE = lazy(f"(?<=[{_HAN}”》）)。])\\[\\d{{1,3}}(?:[-—,，]\\d{{1,3}})?\\](?![(（:：\\[])", needs="[")
#: The way of a page in its site: 首页 > 政务公开 > 工作总结
_BREADCRUMB = lazy(r"首页[ \u3000]*(?:[>＞»›/]|&gt;)[ \u3000]*[^\n]{1,40}", needs="首")
_TAG = lazy(
    "</?(?:p|br|span|div|a|img|font|strong|table|tr|td|li|ul|script|style|h[1-6])(?:\\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
    needs="<",
)
_BROKEN = lazy("[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫烫|屯屯屯|ï¿½|â€[œ\x9d™]")
_HIDDEN = lazy(f"[{HIDDEN}\x0b\x0c]")
#: So many traditional characters make a traditional text and no slip (乾隆, 峯).
_TRADITIONAL_AT_LEAST = 3
_DOUBLED_AT_LEAST = 4


class ScrapeNoise(Rule):
    code = "TXT602"
    name = "scrape-noise"
    severity = Severity.WARNING
    title = "网页抓取留下的杂质"
    why = "从网页复制的文稿会夹带注音、重复标点、繁体字、网页导航等，须先清理再使用。"
    bad = "區(qū)委,、區(qū)政府的領(lǐng)導(dǎo)下,,"
    good = "区委、区政府的领导下，"
    authority = Citation("国家通用语言文字法", "第九条", "国家机关以普通话和规范汉字为公务用语用字")

    def check(self, case: Case) -> Iterable[Finding]:
        text = case.text
        found: list[Finding] = []
        pinyin = [m for m in _PINYIN.finditer(text) if _TONED.search(m.group())]
        for label, spans, least in (
            ("汉字后的注音", [m.span() for m in pinyin], 1),
            ("叠用的标点", [m.span() for m in _DOUBLED.finditer(text)], _DOUBLED_AT_LEAST),
            ("繁体字", list(_traditional(text)), _TRADITIONAL_AT_LEAST),
            ("网页代码", [m.span() for p in (_ENTITY, _TAG) for m in p.finditer(text)], 1),
            ("脚注标号", [m.span() for m in _FOOTNOTE.finditer(text)], 1),
            ("乱码", [m.span() for m in _BROKEN.finditer(text)], 1),
            ("不可见的控制字符", [m.span() for m in _HIDDEN.finditer(text)], 1),
            ("网页导航文字", [*_furniture(text), *(m.span() for m in _BREADCRUMB.finditer(text))], 1),
        ):
            if len(spans) < least:
                continue
            start, end = min(spans)
            words = "".join(text[start:end].split())[:20]
            what = f"：“{words}”" if words and label not in ("不可见的控制字符",) else ""
            message = f"留有{label}{what}，共{len(spans)}处；可用 gov-writer text --clean 清理。"
            found.append(self.found(case, start, end, message))
        return sorted(found, key=lambda finding: (finding.start, finding.end))


def doubled_by_scraping(text: str) -> bool:
    """Whether doubled punctuation is noise of the whole text, which TXT602 reports once."""
    return sum(1 for _ in _DOUBLED.finditer(text)) >= _DOUBLED_AT_LEAST


def _traditional(text: str) -> Iterable[tuple[int, int]]:
    characters = frozenset("".join(lexicon.words("traditional_characters")))
    if not characters.isdisjoint(text):
        for at, character in enumerate(text):
            if character in characters:
                yield at, at + 1


def _furniture(text: str) -> Iterable[tuple[int, int]]:
    for phrase in lexicon.words("page_furniture"):
        at = text.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = text.find(phrase, at + len(phrase))
