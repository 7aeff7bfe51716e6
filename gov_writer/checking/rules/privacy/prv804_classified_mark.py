"""PRV804: a mark of classification."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gov_writer.checking.case import Case
from gov_writer.checking.rule import Citation, Rule
from gov_writer.domain import Finding, Severity
from gov_writer.text.lazy import lazy

_MARK = lazy(
    "(?:绝[ 　]?密|机[ 　]?密|秘[ 　]?密)[ 　]*[★☆*＊][ 　]*(?:长期|[0-9０-９一二三四五六七八九十]{1,3}[ 　]*(?:年|个月|月))?"
    "|密[ 　]*级[ 　]*[：:][ 　]*(?:绝密|机密|秘密|内部)(?:[ 　]*[★☆][ 　]*[0-9]{0,3}[年月]?)?"
    "|^[ \\t　#*【（(]*(?:绝[ 　]?密|机[ 　]?密|秘[ 　]?密|内部资料|内部文件|内部材料)[】）) \\t　*]*$"
    "|(?:内部资料|内部文件|内部材料|工作秘密)[ 　，,：:（(]{0,2}(?:注意保[密存]|严禁外传|不得外传|请勿外传|妥善保管|严禁复制|不得公开|禁止传播)"
    "|(?<![^\n \t　#*、.）)一二三四五六七八九十0-9•·-])[【〔［\\[](?:(?:绝密|机密|秘密)[^】〕］\\]\n]{0,8}|内部(?:资料|文件|材料|使用|掌握|参考|传阅)?[^】〕］\\]\n]{0,12})[】〕］\\]]"
    "|[（(](?:绝密|机密|秘密|内部资料|内部文件|内部)[）)](?=[ \\t　]*$)"
    "|^[ \\t　【（(]*(?:注意保密|严禁外传|不得外传|阅后即焚|阅后收回)[】）) \\t　。！]*$",
    re.MULTILINE,
    needs="密内外阅",
)


class ClassifiedMark(Rule):
    code = "PRV804"
    name = "classified-mark"
    severity = Severity.ERROR
    title = "带有密级标志"
    why = "涉密文稿不得在非涉密的计算机上起草、校对和传输。"
    bad = "文首标有“秘密★5年”。"
    good = "涉密内容用涉密设备办理，非涉密文稿不带密级标志。"
    authority = Citation(
        "中华人民共和国保守国家秘密法", "第三十一条", "机关、单位应当加强对信息系统、信息设备的保密管理"
    )

    def check(self, case: Case) -> Iterable[Finding]:
        for match in _MARK.finditer(case.text):
            words = match.group().strip(" \t　#*")
            start = case.text.find(words, match.start(), match.end())
            message = f"带有密级或内部标志“{words}”：涉密文稿不得在非涉密设备上处理。"
            yield self.found(case, start, start + len(words), message)
