"""The words of time that need no numeral, and what each is counted from."""

from __future__ import annotations

#: Years named by their distance from the reference year ("ref") or from the year last told ("told").
RELATIVE_YEARS: dict[str, tuple[str, int]] = {
    "今年": ("ref", 0),
    "本年": ("ref", 0),
    "本年度": ("ref", 0),
    "今年度": ("ref", 0),
    "去年": ("ref", -1),
    "上年": ("ref", -1),
    "上年度": ("ref", -1),
    "上一年": ("ref", -1),
    "上一年度": ("ref", -1),
    "去年度": ("ref", -1),
    "前年": ("ref", -2),
    "明年": ("ref", 1),
    "来年": ("ref", 1),
    "下一年": ("ref", 1),
    "新的一年": ("ref", 1),
    "后年": ("ref", 2),
    "全年": ("told", 0),
    "年内": ("told", 0),
    "当年": ("told", 0),
    "同年": ("told", 0),
    "次年": ("told", 1),
    "翌年": ("told", 1),
    "年度": ("told", 0),
}
RELATIVE_MONTHS: dict[str, int] = {
    "本月": 0,
    "当月": 0,
    "这个月": 0,
    "上月": -1,
    "上个月": -1,
    "下月": 1,
    "下个月": 1,
}
HALVES = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "前两季度": (1, 6),
    "前二季度": (1, 6),
    "前三个季度": (1, 9),
}
EDGES = {
    "年初": (1, 1),
    "年底": (12, 31),
    "年末": (12, 31),
    "年终": (12, 31),
    "岁末": (12, 31),
    "年中": (6, 30),
}
DAY_PARTS = (
    "上午",
    "下午",
    "晚上",
    "凌晨",
    "傍晚",
    "中午",
    "夜间",
    "深夜",
    "清晨",
    "早上",
    "早晨",
    "晚间",
    "当日",
    "当天",
    "晚",
    "夜",
)
