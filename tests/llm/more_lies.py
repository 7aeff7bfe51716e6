"""More ways to lie, each small enough to slip past a check of figures alone.  Lie -> what it would leave in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.llm.lies import SLOT, fluent, honest

Lie = Callable[[list[str], str], str]


def _each(change: Callable[[str], str]) -> Lie:
    return lambda lines, prompt: honest([change(line) for line in lines], prompt)


def _before_slots(words: str) -> Lie:
    return _each(lambda line: SLOT.sub(lambda m: words + m.group(), line))


def _after_slots(words: str) -> Lie:
    return _each(lambda line: SLOT.sub(lambda m: m.group() + words, line))


def _ended(words: str) -> Lie:
    return _each(lambda line: line.rstrip("。") + words)


def _begun(words: str) -> Lie:
    return _each(lambda line: words + line)


def _around(head: str, tail: str, base: Lie = honest) -> Lie:
    return lambda lines, prompt: head + base(lines, prompt) + tail


def _renamed(one: str, other: str) -> Lie:
    return _each(lambda line: line.replace(one, "\0").replace(other, one).replace("\0", other))


def token_twice(lines: list[str], prompt: str) -> str:
    """The first token again, for the next note's subject."""
    slots = [m for line in lines for m in SLOT.findall(line)]
    text = honest(lines, prompt)
    return text.replace(slots[1], slots[0], 1) if len(slots) > 1 else text


def tokens_cross(lines: list[str], prompt: str) -> str:
    """Two tokens of one note change places: right figures, wrong subjects."""

    def cross(line: str) -> str:
        found = SLOT.findall(line)
        if len(found) < 2:
            return line
        return line.replace(found[0], "\0").replace(found[1], found[0]).replace("\0", found[1])

    return _each(cross)(lines, prompt)


def subject_of_the_last(lines: list[str], prompt: str) -> str:
    """Each note's words up to its first token are those of the note before."""
    heads = [SLOT.split(line)[0] for line in lines]
    said = []
    for number, line in enumerate(lines):
        said.append(heads[number - 1] + line[len(heads[number]) :])
    return honest(said, prompt)


def pieces_swapped(lines: list[str], prompt: str) -> str:
    """Halves of neighbouring notes are exchanged at their commas."""
    said = list(lines)
    for at in range(0, len(said) - 1, 2):
        (a, x, b), (c, y, d) = said[at].partition("，"), said[at + 1].partition("，")
        said[at], said[at + 1] = a + x + d if d else a, c + y + b if b else c
    return honest(said, prompt)


def leaned_elsewhere(lines: list[str], prompt: str) -> str:
    """其中… goes behind another note."""
    return honest(sorted(lines, key=lambda line: line.startswith("其中")), prompt)


def joined_with_comma(lines: list[str], prompt: str) -> str:
    """One sentence of everything, so that one note's time or doer governs the next."""
    return "，".join(line.rstrip("。") for line in lines) + "。"


def verbatim_guess(lines: list[str], prompt: str) -> str:
    numbers = iter(["8,753处", "８７００处", "九十九点四个百分点", "1260多人次", "三万二千份"] * 40)
    return honest([SLOT.sub(lambda m: next(numbers), line) for line in lines], prompt)


def traditional(lines: list[str], prompt: str) -> str:
    table = str.maketrans("发现问题开办众实业满约较来为", "發現問題開辦眾實業滿約較來為")
    return honest([line.translate(table) for line in lines], prompt)


def zero_width_slots(lines: list[str], prompt: str) -> str:
    return honest([line.replace("⟦F", "⟦\u200bF") for line in lines], prompt)


def hidden_words(lines: list[str], prompt: str) -> str:
    """An invented clause with a variation selector after each character."""
    return honest([line.rstrip("。") + "，" + "\ufe0f".join("获评全国先进") for line in lines], prompt)


def tag_characters(lines: list[str], prompt: str) -> str:
    return honest([line + "\U000e0041\U000e0042" for line in lines], prompt)


def latex(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub(lambda m: f"$\\textbf{{{m.group()}}}$", line) for line in lines], prompt)


def table(lines: list[str], prompt: str) -> str:
    return "| 事项 | 数据 |\n| --- | --- |\n" + "\n".join(f"| {line} | {line} |" for line in lines)


def json_answer(lines: list[str], prompt: str) -> str:
    return '{"section": "' + honest(lines, prompt) + '", "figures": [100, 200]}'


def echo_prompt(lines: list[str], prompt: str) -> str:
    return prompt + "\n\n材料：\n" + "\n".join("- " + line for line in lines)


def own_headings(lines: list[str], prompt: str) -> str:
    return (
        "一、主要成效\n（一）安全稳定\n"
        + honest(lines, prompt)
        + "\n二、存在问题\n工作还有不足。\n三、下一步打算\n将继续努力。"
    )


def whole_report(lines: list[str], prompt: str) -> str:
    return (
        "# 东岭街道2025年工作总结\n\n各位领导：\n\n"
        + honest(lines, prompt)
        + "\n\n特此报告。\n\n东岭街道办事处\n2025年12月31日"
    )


def twice_over(lines: list[str], prompt: str) -> str:
    return honest(lines, prompt) + "\n\n" + honest(lines, prompt)


def paraphrased_twice(lines: list[str], prompt: str) -> str:
    return honest(lines, prompt) + honest([SLOT.sub("若干", line) for line in lines], prompt)


def no_figures(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub("", line) for line in lines], prompt)


def spelled_tokens(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub(lambda m: m.group().replace("F", "G"), line) for line in lines], prompt)


def far_tokens(lines: list[str], prompt: str) -> str:
    return honest([SLOT.sub(lambda m: f"⟦F{int(m.group()[2:-1]) + 1}⟧", line) for line in lines], prompt)


def completed(lines: list[str], prompt: str) -> str:
    """Plans and half-done things become done."""
    turn = (
        ("力争明年", "已"),
        ("计划", "已"),
        ("完成年度任务的", "超额完成年度任务，达"),
        ("较上年", "较去年"),
        ("未发现", "发现"),
    )

    def done(line: str) -> str:
        for one, other in turn:
            line = line.replace(one, other)
        return line

    return _each(done)(lines, prompt)


def not_negated(lines: list[str], prompt: str) -> str:
    return _each(lambda line: re.sub("未|没有|不", "", line))(lines, prompt)


MORE: dict[str, tuple[Lie, tuple[str, ...]]] = {
    "token_twice": (token_twice, ()),
    "tokens_cross": (tokens_cross, ()),
    "subject_of_the_last": (subject_of_the_last, ()),
    "pieces_swapped": (pieces_swapped, ()),
    "leaned_elsewhere": (leaned_elsewhere, ()),
    "joined_with_comma": (joined_with_comma, ()),
    "verbatim_guess": (verbatim_guess, ("8,753", "８", "九十九", "三万")),
    "traditional": (traditional, ("發", "實", "較")),
    "zero_width_slots": (zero_width_slots, ()),
    "hidden_words": (hidden_words, ("获", "先进")),
    "tag_characters": (tag_characters, ()),
    "latex": (latex, ("$", "textbf")),
    "table": (table, ("|", "---")),
    "json_answer": (json_answer, ("section", "figures")),
    "echo_prompt": (echo_prompt, ("材料：",)),
    "own_headings": (own_headings, ("主要成效", "将继续努力")),
    "whole_report": (whole_report, ("特此报告", "各位领导", "办事处")),
    "twice_over": (twice_over, ()),
    "paraphrased_twice": (paraphrased_twice, ("若干",)),
    "no_figures": (no_figures, ()),
    "spelled_tokens": (spelled_tokens, ("G1",)),
    "far_tokens": (far_tokens, ()),
    "completed": (completed, ("超额", "去年", "已建成", "已新建")),
    "not_negated": (not_negated, ()),
    "more_than": (_before_slots("超"), ("超",)),
    "nearly": (_before_slots("近"), ("近",)),
    "about": (_after_slots("左右"), ("左右",)),
    "not_yet": (_before_slots("尚未达到"), ("尚未达到",)),
    "another_unit": (_after_slots("人"), ("处人", "份人", "个人")),
    "ten_thousand": (_after_slots("万"), ("处万", "份万")),
    "last_year": (_begun("去年，"), ("去年",)),
    "the_year_before": (_begun("与2023年相比，"), ("2023",)),
    "first_in_words": (_ended("，工作名列前茅"), ("名列前茅",)),
    "best_in_words": (_ended("，走在全区前列"), ("前列",)),
    "a_prize": (_ended("，获评全国先进集体"), ("获评", "先进")),
    "a_meeting": (_begun("召开推进会专题部署，"), ("推进会",)),
    "a_document": (_begun("按照《关于进一步加强工作的实施意见》要求，"), ("实施意见",)),
    "a_theme": (_begun("深入学习贯彻党的二十大精神，"), ("二十大",)),
    "a_place": (_begun("在红旗社区，"), ("红旗",)),
    "a_quotation": (_ended("，形成“五步工作法”"), ("五步",)),
    "a_cause": (_ended("，得益于街道党工委的正确领导"), ("得益于",)),
    "an_effect": (_ended("，群众满意度大幅提升"), ("大幅",)),
    "all_of_them": (_before_slots("全部"), ("全部",)),
    "only": (_before_slots("仅"), ("仅",)),
    "a_half": (_ended("，占总数的一半以上"), ("一半",)),
    "doubled": (_ended("，同比翻番"), ("翻番",)),
    "same_growth": (_ended("，同比增长较快"), ("较快",)),
    "thinking": (_around("<think>先想一想，8753应为8573。</think>\n", ""), ("想一想", "8573")),
    "open_thinking": (_around("<think>我先想一想", ""), ("想一想",)),
    "closing_thinking": (_around("先想一想，应为8573。</think>\n", ""), ("想一想", "8573")),
    "other_thinking": (_around("[思考]8573[/思考]\n", ""), ("思考", "8573")),
    "fenced": (_around("```markdown\n", "\n```", fluent), ("`", "markdown")),
    "polite": (_around("好的，以下是根据材料撰写的正文：\n\n", "\n\n如需调整，请随时告诉我！"), ("好的", "如需", "请随时")),
    "english": (_around("Here is the section:\n", "\nHope this helps!"), ("Here", "Hope")),
    "wrapped_html": (_around("<p>", "</p><!-- 8573 --><img src=x onerror=alert(1)>"), ("<", "onerror")),
    "bidi": (_around("\u2067", "\u2069"), ()),
    "nul": (_each(lambda line: line[:4] + "\0" + line[4:]), ("\0",)),
    "line_separator": (lambda lines, prompt: "\u2028".join(honest([line], prompt) for line in lines), ("\u2028",)),
    "combining": (_each(lambda line: line[:2] + "\u0336" + line[2:]), ("\u0336",)),
    "kangxi_radicals": (_each(lambda line: line.replace("人", "\u2f08").replace("一", "\u2f00")), ("\u2f08", "\u2f00")),
    "half_a_token": (_each(lambda line: line.replace("⟧", "", 1)), ()),
    "nested_tokens": (_each(lambda line: SLOT.sub(lambda m: "⟦" + m.group() + "⟧", line)), ()),
    "names_swapped": (_renamed("党员", "群众"), ("困难党员340", "困难群众120")),
    "answer_elsewhere": (_each(lambda line: line.replace("社区", "全市")), ("全市",)),
    "endless_sentence": (lambda lines, prompt: "，".join(lines * 30), ()),
    "only_marks": (lambda lines, prompt: "。，；" * 4000, ()),
    "only_tokens": (lambda lines, prompt: "".join(m for line in lines for m in SLOT.findall(line)), ()),
}  # fmt: skip
