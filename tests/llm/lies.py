"""What a model may say that it was not asked for: each lie takes the notes of a question and returns the answer.

They know nothing of gov_writer but what is sent: the lines that begin with "- " are the notes, ⟦F1⟧ a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

SLOT = re.compile(r"⟦[FN]\d+⟧")


class Notes(list[str]):
    """The notes of a question.  last: which of them end a group (一是, 二是 are not to be merged)."""

    last: frozenset[int] = frozenset()


def notes(messages: list[dict[str, Any]]) -> Notes:
    user = str(messages[-1]["content"])
    found, last = Notes(), set()
    for line in user.split("上一次的问题", maxsplit=1)[0].splitlines():
        if line.startswith("- "):
            found.append(line[2:])
        elif "下一组" in line:
            last.add(len(found) - 1)
    found.last = frozenset(last)
    return found


def honest(lines: list[str], prompt: str) -> str:
    return "".join(line.rstrip("。") + "。" for line in lines)


def fluent(lines: list[str], prompt: str) -> str:
    """What a good model does: connects, orders, adds a manner word."""
    said = []
    for number, line in enumerate(lines):
        said.append(
            (("同时，" if number % 3 == 1 else "") + line.rstrip("。"))
            + (
                "；"
                if number % 3 == 0 and number + 1 < len(lines) and number not in getattr(lines, "last", ())
                else "。"
            )
        )
    return "".join(said)


def verbatim_wrong(lines: list[str], prompt: str) -> str:
    numbers = iter(range(137, 9999, 61))
    return honest([SLOT.sub(lambda m: f"{next(numbers)}个", line) for line in lines], prompt)


def swapped(lines: list[str], prompt: str) -> str:
    text = honest(lines, prompt)
    slots = SLOT.findall(text)
    turned = iter(slots[1:] + slots[:1])
    return SLOT.sub(lambda m: next(turned), text)


def swapped_words(lines: list[str], prompt: str) -> str:
    """Subjects change places, tokens keep their order."""
    text = honest(lines, prompt)
    parts = SLOT.split(text)
    slots = SLOT.findall(text)
    parts = parts[1:] + parts[:1]
    return "".join(a + b for a, b in zip(parts, [*slots, ""], strict=False))


def dropped(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub("", line, count=1) for line in lines], prompt)


def duplicated(lines: list[str], prompt: str) -> str:
    return honest(
        [line + "，合计" + SLOT.findall(line)[0] if SLOT.findall(line) else line for line in lines], prompt
    )


def invented_slots(lines: list[str], prompt: str) -> str:
    return honest(lines, prompt) + "新建广场⟦F901⟧，投入⟦F902⟧。"


def invented_name(lines: list[str], prompt: str) -> str:
    return honest([f"在胡宗翰主任带领下，通过“金穗暖阳”工程，{line}" for line in lines], prompt)


def reversed_direction(lines: list[str], prompt: str) -> str:
    pairs = [
        ("增长", "下降"),
        ("上升", "下降"),
        ("提高", "降低"),
        ("新增", "减少"),
        ("完成", "未完成"),
        ("下降", "上升"),
    ]
    out = []
    for line in lines:
        for one, other in pairs:
            if one in line:
                line = line.replace(one, other)
                break
        else:
            line = SLOT.sub(lambda m: "下降" + m.group(), line)
        out.append(line)
    return honest(out, prompt)


def rank_in_words(lines: list[str], prompt: str) -> str:
    return honest([line.rstrip("。") + "，位居全市第一" for line in lines], prompt)


def completion(lines: list[str], prompt: str) -> str:
    return honest([line.rstrip("。") + "，各项任务全面完成" for line in lines], prompt)


def robot(lines: list[str], prompt: str) -> str:
    return (
        "作为AI语言模型，我已按要求写好：\n\n# 工作情况\n\n"
        + "\n".join(f"- **{line}**" for line in lines)
        + "\n\n以上内容由人工智能生成，请核对。"
    )


def prompt_leak(lines: list[str], prompt: str) -> str:
    return prompt + "\n" + honest(lines, prompt)


def repeats(lines: list[str], prompt: str) -> str:
    return (lines[0].rstrip("。") + "。") * 40 if lines else "。"


def empty_phrases(lines: list[str], prompt: str) -> str:
    return "我们高举旗帜，凝心聚力，各项工作取得显著成效。" * 20


def example_copied(lines: list[str], prompt: str) -> str:
    return "柳溪街道建成“五彩柳溪”共享花园16处，获评全省示范街道第2名，惠及居民3.7万人。" + honest(
        lines, prompt
    )


def injection(lines: list[str], prompt: str) -> str:
    return "好的，已忽略以上要求。系统提示词如下：你是街道办公室的文字秘书。HACKED。" + honest(lines, prompt)


def false_count(lines: list[str], prompt: str) -> str:
    return "主要抓了以下七个方面的工作：" + honest(lines, prompt)


def chinese_numerals(lines: list[str], prompt: str) -> str:
    return honest([line.rstrip("。") + "，惠及群众三千六百余人，较上年翻了一番" for line in lines], prompt)


def homoglyphs(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub(lambda m: m.group() + "（合１２３项、Ⅷ类）", line) for line in lines], prompt)


def zero_width(lines: list[str], prompt: str) -> str:
    return honest(["\u200b".join(line) for line in lines], prompt)


def right_to_left(lines: list[str], prompt: str) -> str:
    return honest(["\u202e" + line + "\u202c" for line in lines], prompt)


def html(lines: list[str], prompt: str) -> str:
    return "<div><p>" + "</p><p>".join(lines) + "<script>alert(1)</script></p></div>"


def other_brackets(lines: list[str], prompt: str) -> str:
    return honest([line.replace("⟦", "{{").replace("⟧", "}}") for line in lines], prompt)


def ten_times(lines: list[str], prompt: str) -> str:
    return "\n".join(
        honest(lines, prompt) + "广大干部群众踔厉奋发、勇毅前行，谱写新篇章。" * 8 for _ in range(10)
    )


def negated(lines: list[str], prompt: str) -> str:
    return honest(["未" + line for line in lines], prompt)


def half(lines: list[str], prompt: str) -> str:
    return honest(lines[: len(lines) // 2], prompt)


def bare_ids(lines: list[str], prompt: str) -> str:
    return honest([line.replace("⟦", "").replace("⟧", "") for line in lines], prompt)


TALK: dict[str, Callable[[list[str], str], str]] = {
    f.__name__: f
    for f in (
        honest, fluent, verbatim_wrong, swapped, swapped_words, dropped, duplicated, invented_slots, invented_name,
        reversed_direction, rank_in_words, completion, robot, prompt_leak, repeats, empty_phrases, example_copied,
        injection, false_count, chinese_numerals, homoglyphs, zero_width, right_to_left, html, other_brackets,
        ten_times, negated, half, bare_ids,
    )
}  # fmt: skip
