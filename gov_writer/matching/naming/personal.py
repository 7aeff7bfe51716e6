"""Personal data in a text, by form: ID, phone and card numbers, accounts, plates, passports, addresses to the door.

Names of persons are ``names.people``. What is masked (138****5678, 4301**********1234) is not found.
Forms: GB 11643-1999 (公民身份号码, check digit by ISO 7064 MOD 11-2), 工信部 mobile number ranges 13–19,
ISO/IEC 7812 card numbers (check digit by Luhn), GA 36-2018 (机动车号牌), 出入境管理局 passport numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gov_writer.text.lazy import lazy

Kind = Literal["id", "phone", "landline", "card", "plate", "passport", "address", "account"]

_D = "[0-9０-９]"
_SEP = "[ \u3000\\-－‑–]?"
#: Digits of 7 to 24 with single separators; what it is, is decided afterwards.
_NUMBER = lazy(
    f"(?<![0-9０-９A-Za-z.．])(?:[+＋]?86{_SEP})?{_D}(?:{_SEP}{_D}){{6,23}}[Xxχ×Ｘｘ]?(?![0-9０-９A-Za-z])"
)
_CALLED_ID = lazy("(?:公民)?身份证(?:号码|号)?|身份号码|证件号码?|公民身份")
_CALLED_CARD = lazy("银行卡|卡号|账号|帐号|账户|帐户|储蓄卡|信用卡|一卡通|社保卡|开户行")
_CALLED_PHONE = lazy("电话|手机|座机|固话|坐机|联系方式|联系|致电|拨打|号码|[Tt][Ee][Ll]")
#: 82345678转8012
_EXTENSION = lazy("[ ]?(?:转|分机)[ ]?[0-9０-９]{1,6}(?![0-9０-９])", needs="转分")
_OFFICE = lazy(
    "热线|值班|办公|举报|监督|咨询|服务|窗口|总机|传真|政务|投诉|公开|受理|报名|预约|客服|办公室|中心|街道|社区|派出所|物业"
)
_PRIVATE = lazy("本人|家庭|住宅|家属|个人|私人|其电话|患者|当事人|信访人|上访人|居民|住户|户主|租客|家中")
_PLATE = lazy(
    "(?<![\u4e00-\u9fff])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?(?:[0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z学警港澳]|[DF][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[DF])(?![0-9A-Za-z])",
    needs="京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼",
)
#: 微信号wxid_abc12345, QQ：123456789, an e-mail address; the number of a followed page (微信公众号) is no person's.
_ACCOUNT = lazy(
    "(?:微信|QQ|qq|邮箱|邮件|抖音|支付宝)[号码]{0,2}(?:为|是)?[：: ]?(?P<of>[A-Za-z0-9][A-Za-z0-9_.+@-]{4,40})"
    "|(?<![A-Za-z0-9_.+-])(?P<mail>[A-Za-z0-9_.+-]{1,40}@[A-Za-z0-9-]{1,40}(?:[.][A-Za-z0-9-]{1,20}){1,4})",
    needs="信QqＱ邮抖支@",
)
_PASSPORT = lazy("护照(?:号码|号)?[为是：: 　]{0,2}([A-Z]{1,2}[0-9]{7,8})(?![0-9A-Za-z])", needs="护")
_DOOR = lazy(
    "[0-9０-９一二三四五六七八九十甲乙]{1,4}(?:号楼|栋|幢|座|号院|号)[0-9０-９一二三四五六七八九十]{0,3}(?:单元|门|梯)?"
    "[0-9０-９]{2,4}(?:室|号房|房|(?<=单元[0-9]{3})户|(?<=单元[0-9]{4})户)(?!内|间)",
    needs="室号房户",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LOOK_BACK = 14


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data at ``[start, end)``.

    certain: the check digit is right or the text calls it what it is; a valid form alone is not certain.
    """

    start: int
    end: int
    text: str
    kind: Kind
    certain: bool = True


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Personal, ...]:
    """All personal data but names, in text order, without overlap."""
    found: list[Personal] = []
    for match in _NUMBER.finditer(text):
        hit = _classify(text, match.start(), match.end())
        if hit:
            found.append(hit)
    for pattern, kind in ((_PLATE, "plate"), (_DOOR, "address")):
        for match in pattern.finditer(text):
            found.append(Personal(match.start(), match.end(), match.group(), _kind(kind)))
    for match in _PASSPORT.finditer(text):
        found.append(Personal(match.start(1), match.end(1), match.group(1), "passport"))
    for match in _ACCOUNT.finditer(text):
        if _is_a_persons(text, match.start()):
            found.append(Personal(*match.span(match.lastgroup or 0), match[match.lastgroup or 0], "account"))
    found.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Personal] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)


def valid_id(digits: str) -> bool:
    """Whether 18 characters are a citizen's number: region, birth date and check digit (GB 11643-1999)."""
    if not re.fullmatch("[1-8][0-9]{16}[0-9X]", digits) or not _is_birth(digits[6:14]):
        return False
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11] == digits[17]


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _kind(kind: str) -> Kind:
    return "plate" if kind == "plate" else "address"


def _is_birth(ymd: str) -> bool:
    year, month, day = int(ymd[:4]), int(ymd[4:6]), int(ymd[6:])
    return 1880 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31


_NARROW = str.maketrans("０１２３４５６７８９ＸｘxX×χ", "0123456789XXXXXX")


def _classify(text: str, start: int, end: int) -> Personal | None:
    raw = text[start:end]
    digits = re.sub("[^0-9X]", "", raw.translate(_NARROW))
    before = text[max(0, start - _LOOK_BACK) : start]
    before = before[max(before.rfind(mark) for mark in "。；\n") + 1 :]
    called_id = bool(_CALLED_ID.search(before))
    if len(digits) == 18 and valid_id(digits):
        return Personal(start, end, raw, "id")
    if called_id and len(digits) in (15, 17, 18, 19):
        return Personal(start, end, raw, "id")
    if "X" in digits:
        return None
    if len(digits) == 15 and _is_birth("19" + digits[6:12]) and called_id:
        return Personal(start, end, raw, "id")
    phone = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    if re.fullmatch("1[3-9][0-9]{9}", phone):
        return None if _counts(text, end) else Personal(start, end, raw, "phone")
    if 12 <= len(digits) <= 19 and _CALLED_CARD.search(before):
        return Personal(start, end, raw, "card", certain=luhn(digits))
    if 16 <= len(digits) <= 19 and digits[0] in "3456" and luhn(digits) and not _counts(text, end):
        return Personal(start, end, raw, "card", certain=False)
    return _landline(text, start, end, digits)


def _landline(text: str, start: int, end: int, digits: str) -> Personal | None:
    """A fixed line, only where the text says that it is a person's and not an office's."""
    if not (
        re.fullmatch("0[1-9][0-9]{1,2}[2-8][0-9]{6,7}", digits) or re.fullmatch("[2-8][0-9]{6,7}", digits)
    ):
        return None
    if not _CALLED_PHONE.search(text, max(0, start - _LOOK_BACK), start) or not _is_a_persons(text, start):
        return None
    extension = _EXTENSION.match(text, end)
    end = extension.end() if extension else end
    return Personal(start, end, text[start:end], "landline")


def _is_a_persons(text: str, start: int) -> bool:
    """Whether the sentence up to ``start`` says that what stands there is a person's own, not an office's."""
    before = text[max(0, start - 60) : start]
    before = before[max(before.rfind(mark) for mark in "。；\n") + 1 :]
    if _OFFICE.search(before[-_LOOK_BACK:]):
        return False
    from gov_writer.matching.naming import persons

    contact = "联系人" in before  # an office names whom to ask; that is not the person's own line
    return _PRIVATE.search(before) is not None or any(
        person.role != "official" or not contact for person in persons.find(before)
    )


def _counts(text: str, end: int) -> bool:
    """13800000000元 is money."""
    return text[end : end + 1] in frozenset("元万亿人户个次吨平公千米件份条")
