"""Bytes to text: mark, then strict UTF-8, then whichever of the Chinese encodings reads like Chinese."""

from __future__ import annotations

import codecs

from gov_writer.ingest.limits import LINE_CHARACTERS, fault
from gov_writer.text.lazy import lazy

#: Characters that make up about half of any report; a wrong decoding has next to none of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取完举色街道委办工委居社区项治综服务群众安全排查整改信访矛盾环境保障推进落实落党建十百千万亿户处名场次项条元，。、：；（）“”"
    "這個為來時們會國對說過還後從動現問學實經發區業員際長機關與產設進開體應將條務種間變結農處級資質題總導報團強無達領規則"
)
_CONTROL = lazy(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = lazy(r"[\u4e00-\u9fff]")
#: What is rare in Chinese texts: neither ASCII, Latin, Greek, signs, Chinese, full width nor private (a site's icons).
_FOREIGN = lazy(
    r"[^\t\n\r\x20-\x7e\xa0-\u03ff\u2000-\u2bff\u3000-\u303f\u3100-\u312f\u3200-\u9fff\ue000-\uffef]"
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5")
#: Bytes looked at to choose an encoding (cut to even, so that UTF-16 stays in step).
_SAMPLE = 65_536


def decode(data: bytes, name: str) -> str:
    """The text with ``\\n`` line ends and without a byte-order mark.

    Raises INGEST-106 for what is no text at all, INGEST-110 for a line beyond all measure.
    """
    text = _decoded(data)
    if text is None or _is_binary(text):
        raise fault(
            106,
            f"“{name}”不是文本文件，读不出文字。",
            where="文件里是二进制内容，或者用了无法识别的编码。",
            hint="请用 Word、WPS 或记事本打开确认，另存为 UTF-8 编码的文本后再试。",
        )
    return normal(text, name)


def normal(text: str, name: str) -> str:
    """Line ends as ``\\n``, byte-order mark dropped.  Raises INGEST-110 as ``decode`` does."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_endless_line(text, name)
    return text


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and "\x00" not in utf8[:4096]:
        return utf8
    best: tuple[float, str] | None = None
    for encoding in _CANDIDATES:
        sample = codecs.getincrementaldecoder(encoding)(errors="strict")
        try:
            text = sample.decode(data[:_SAMPLE])
        except UnicodeDecodeError:
            continue
        share = _share(text) if not encoding.startswith("utf-16") or _chinese(text) else 0.0
        if best is None or share > best[0] + 1e-9:
            best = (share, encoding)
    if best is None or best[0] < 0.08:
        return None
    return _strict(data, best[1])


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share(text: str) -> float:
    """Common characters per character that is no ASCII; ASCII alone counts as readable."""
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 1.0 if text and not _CONTROL.search(text) else 0.0
    return sum(c in _COMMON for c in foreign) / len(foreign)


def _chinese(text: str) -> bool:
    """Whether UTF-16 without a mark may be meant: some Chinese, and nothing that Chinese texts don't hold.

    Bytes with a NUL after each may as well be padded numbers: ASCII alone is no proof of a text.
    """
    return bool(_HAN.search(text)) and len(_FOREIGN.findall(text)) <= len(text) // 20


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    strange = len(_CONTROL.findall(text[:1_000_000]))
    return strange > 8 and strange > 0.002 * min(len(text), 1_000_000)


def _refuse_endless_line(text: str, name: str) -> None:
    if len(text) <= LINE_CHARACTERS:
        return
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at > LINE_CHARACTERS:
            line = text.count("\n", 0, at) + 1
            raise fault(
                110,
                f"“{name}”有一行长得不像文字，没有读取。",
                where=f"第{line}行有 {end - at} 个字，上限是 {LINE_CHARACTERS} 个。",
                hint="请确认文件没有损坏，分段后再试。",
            )
        at = end + 1
