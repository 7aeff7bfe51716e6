"""Authorities that several rules cite."""

from __future__ import annotations

from gov_writer.checking.rule import Citation

#: What the regulation on official documents asks of every draft.
ACCURATE = Citation("党政机关公文处理工作条例（中办发〔2012〕14号）", "第十九条第（三）项", "表述准确")
CALENDAR = Citation("GB/T 7408.1—2023 日期和时间 信息交换表示法", "", "日历日期")
HOUSE = Citation("本项目约定")
