"""PRV803: a petitioner, patient, recipient of aid or suspect by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.matching.naming import names
from gov_writer.matching.naming.names import Name
from gov_writer.text.lazy import lazy

#: Roles that everybody has: with them a name needs more to be a petitioner's or patient's.
_COMMON = lazy(
    "(?:居民|村民|群众|业主|住户|租户|商户|老人|学生|工人|摊主|车主|户主|家属|退役军人|军属|农民工|党员|志愿者|同志|干部)[：: 　“]{0,2}$"
)
_AFTER = lazy(
    "信访|上访|缠访|闹访|停访|息访|投诉|举报|反映|诉求|纠纷|拖欠|索要|患|确诊|感染|阳性|密接|住院|就诊|病|残疾|去世|死亡|受伤|自杀|轻生|"
    "低保|特困|救助|补助|困难|领取|享受|涉嫌|被拘|被捕|被查|判处|违法|犯罪|吸毒|戒毒|矫正|刑满|稳控|劝返|接返|包案|积案|离婚|家暴|失独"
)
_BEFORE = lazy(
    "慰问|救助|帮扶|救治|收治|隔离|转运|稳控|劝返|接返|劝导|约谈|化解|促使|引导|安抚|抓获|查处|拘留|逮捕|处罚|"
    "信访|上访|患者|病例|病人|低保|特困|困难|残疾|独居|孤寡|空巢|矫正|戒毒|吸毒|帮教|嫌疑|违法|重点对象|重点人员|死者|伤者|遗属"
)
#: 深刻汲取某某严重违纪违法案教训: cases of officials that were made public.
_LESSON = lazy("汲取|吸取|教训|警示|肃清|以案")
_STOP = "。！？!?；;\n"


class PersonExposed(Rule):
    code = "PRV803"
    name = "person-exposed"
    severity = Severity.WARNING
    title = "写出了信访人、患者、受助人、涉案人的姓名"
    why = "这些身份与姓名连在一起就是敏感个人信息；领导干部履职、先进人物受表彰不在此列。"
    bad = "化解信访人（写出全名）反映的邻里纠纷。"
    good = "化解信访人李某某反映的邻里纠纷。"
    authority = Citation(
        "中华人民共和国个人信息保护法",
        "第二十八条",
        "只有在具有特定的目的和充分的必要性，并采取严格保护措施的情形下，方可处理敏感个人信息",
    )

    def check(self, case: Case) -> Iterable[Finding]:
        previous: Name | None = None
        exposed = False
        for name in names.people(case.text):
            listed = previous is not None and case.text[previous.end : name.start] in (
                "、",
                "和",
                "与",
                "及",
                "，",
                "夫妇、",
            )
            if not name.masked:
                exposed = (exposed and listed and name.role != "official") or self._exposed(case.text, name)
                if exposed:
                    message = f"“{name.text}”的姓名与信访、就医、受助或涉案情况连在一起，应隐去（如“{name.text[0]}某”）。"
                    yield self.found(case, name.start, name.end, message, expected=name.text[0] + "某")
            else:
                exposed = False
            previous = name

    @staticmethod
    def _exposed(text: str, name: Name) -> bool:
        if name.role == "official":
            return False
        begin = max(text.rfind(mark, max(0, name.start - 40), name.start) for mark in _STOP) + 1
        begin = max(begin, name.start - 40)
        before = text[begin : name.start]
        if name.role == "private" and not _COMMON.search(before):
            after_title = re.match(
                "夫妇|夫妻|一家|大爷|大妈|大娘|阿姨|奶奶|爷爷|婆婆|老人", text[name.end : name.end + 2]
            )
            if after_title is None:
                return True
        ends = [at for mark in _STOP if (at := text.find(mark, name.end, name.end + 30)) >= 0]
        after = text[name.end : min(ends, default=name.end + 30)]
        if _LESSON.search(before) and "涉嫌" in after:
            return False
        comma = before.rfind("，") + 1
        if name.role == "plain" and not re.search("患|确诊|涉嫌|信访|上访", after[:8]):
            return False
        return bool(_BEFORE.search(before[comma:]) or _AFTER.search(after.split("，")[0]))
