"""Lies and slips as they were seen of models in the wild: tokens in other clothes, hedges, causes, leftovers of a chat format.

Lie -> what it would leave in the text; ``USABLE`` are slips after which the prose is still the model's.
"""

from __future__ import annotations

import re

from tests.llm.lies import SLOT, fluent, honest
from tests.llm.more_lies import Lie, _after_slots, _around, _before_slots, _begun, _each, _ended, _renamed


def _slots(form: str) -> Lie:
    """Each token written as ``form``, with its number in the place of {}."""
    return _each(lambda line: SLOT.sub(lambda m: form.format(m.group()[2:-1]), line))


def respectively(line: str) -> str:
    """Values after all subjects: A、B分别为⟦F1⟧、⟦F2⟧."""
    parts, slots = SLOT.split(line), SLOT.findall(line)
    if len(slots) < 2:
        return line
    return "".join(part.strip("，") + "、" for part in parts[:-1]) + "分别为" + "、".join(slots) + parts[-1]


def moved_into_a_word(line: str) -> str:
    """The token two characters too early: 排查安全⟦F1⟧隐患."""
    return re.sub(r"([\u4e00-\u9fff]{2})(⟦F\d+⟧)", r"\2\1", line)


def from_now_on(line: str) -> str:
    """The last note's figure, told as one that grew out of the first."""
    slots = SLOT.findall(line)
    return line if len(slots) < 2 else line.replace("，", "，由" + slots[0] + "增至", 1)


def english(lines: list[str], prompt: str) -> str:
    return " ".join(f"Achieved {m}." for line in lines for m in SLOT.findall(line))


def numbered(lines: list[str], prompt: str) -> str:
    return "\n".join(f"{n}. {line.rstrip('。')}。" for n, line in enumerate(lines, 1))


def turned_lines(lines: list[str], prompt: str) -> str:
    """Every sentence from its end."""
    return honest([line.rstrip("。")[::-1] for line in lines], prompt)


def merged_notes(lines: list[str], prompt: str) -> str:
    """The beginning of one note with the end of the next, each token kept."""
    said = list(lines)
    for at in range(0, len(said) - 1, 2):
        one, other = said[at], said[at + 1]
        cut, end = len(one) // 2, len(other) // 2
        said[at], said[at + 1] = one[:cut] + other[end:], other[:end] + one[cut:]
    return honest(said, prompt)


QUIET: dict[str, tuple[Lie, tuple[str, ...]]] = {
    # tokens in other clothes
    "blank_tokens": (_each(lambda line: SLOT.sub(lambda m: f"⟦ {m.group()[1:-1]} ⟧", line)), ()),
    "small_tokens": (_each(lambda line: SLOT.sub(lambda m: m.group().lower(), line)), ()),
    "escaped_tokens": (_slots(r"\[F{}\]"), ("\\",)),
    "quoted_tokens": (_slots("“⟦F{}⟧”"), ()),
    "bold_tokens": (_slots("**⟦F{}⟧**"), ("*",)),
    "translated_tokens": (_slots("⟦数{}⟧"), ("数1", "数2")),
    "counted_tokens": (_slots("⟦F第{}个⟧"), ("第1个",)),
    "cyrillic_tokens": (_slots("⟦\u0492{}⟧"), ("\u0492",)),
    "numerals_in_tokens": (_each(lambda line: SLOT.sub("⟦F一⟧", line)), ("F一",)),
    "explained_tokens": (_slots("⟦F{0}⟧（即F{0}的数值）"), ("即", "数值")),
    "values_beside": (_after_slots("（即8753处）"), ("即8753",)),
    "words_beside": (_after_slots("（一千二百六十人次）"), ("一千",)),
    "moved_into_a_word": (_each(moved_into_a_word), ()),
    "json_tokens": (_slots('{{"slot": "F{}"}}'), ("slot",)),
    # what stands around a figure
    "per_household": (_before_slots("户均"), ("户均",)),
    "per_day": (_before_slots("日均"), ("日均",)),
    "a_part_of": (_before_slots("部分"), ("部分",)),
    "up_to": (_before_slots("最高达"), ("最高",)),
    "last_year_at_slot": (_before_slots("去年"), ("去年",)),
    "next_year_at_slot": (_before_slots("明年"), ("安全隐患明年", "慰问金明年")),
    "this_month_at_slot": (_before_slots("本月"), ("本月",)),
    "times_after": (_after_slots("倍"), ("倍",)),
    "points_after": (_after_slots("个百分点"), ("百分点",)),
    "a_year_after": (_after_slots("/年"), ("/年",)),
    "money_after": (_after_slots("（万元）"), ("万元）",)),
    "and_more": (_after_slots("以上"), ()),
    "dots_after": (_after_slots("……"), ("…",)),
    "note_marks": (_around("", "\n注：[1]数据来源于内部资料。", _after_slots("[1]")), ("[1]", "内部资料")),
    # subjects
    "worse_subject": (_renamed("安全隐患", "安全事故"), ("安全事故",)),
    "other_people": (_renamed("困难党员", "离休干部"), ("离休",)),
    "another_year": (_renamed("上年", "前年"), ("前年",)),
    "respectively": (_each(respectively), ("分别为",)),
    "merged_notes": (merged_notes, ()),
    "turned_lines": (turned_lines, ()),
    "from_now_on": (_each(from_now_on), ("增至",)),
    # negation, hedge, cheer
    "has_not": (_each(lambda line: re.sub("(完成|发放|新增|受理|参加)", r"没有\1", line)), ("没有完成", "没有发放", "没有新增")),
    "did_not_yet": (_each(lambda line: re.sub("(完成|发放|新增|受理)", r"尚未\1", line)), ("尚未",)),
    "stopped": (_begun("停止"), ("停止",)),
    "mostly": (_each(lambda line: line.replace("完成", "基本完成")), ("基本",)),
    "perhaps": (_each(lambda line: line.replace("完成", "可能完成")), ("可能",)),
    "whether": (_begun("是否"), ("是否",)),
    "but": (_begun("但"), ("但全年", "但走访")),
    "therefore": (_begun("因此，"), ("因此",)),
    "because": (_each(lambda line: "由于" + line.replace("，", "，所以", 1)), ("由于", "所以")),
    "so_that": (_each(lambda line: line.replace("，", "，使得", 1)), ("使得",)),
    "first_ever": (_begun("首创性地"), ("首创",)),
    "first_in_the_country": (_ended("，居全国第一"), ("全国",)),
    "ahead_of_all": (_begun("率先"), ("率先",)),
    "a_record": (_ended("，创历史新高"), ("历史新高",)),
    "praised": (_ended("，受到上级充分肯定"), ("肯定",)),
    "by_somebody": (_ended("（负责人：王建国）"), ("王建国", "负责人")),
    "somebody_said": (_begun("街道党工委书记李卫东强调，"), ("李卫东", "强调")),
    "a_telephone": (_ended("，联系电话13800138000"), ("138",)),
    "a_link": (_ended("，详见http://example.com/a"), ("http", "example")),
    "linked": (_each(lambda line: f"[{line}](http://example.com)"), ("http", "](")),
    "coined": (_each(lambda line: re.sub("(安全隐患|慰问金|就业岗位|宣传册)", r"“\1”", line)), ("“安全", "“慰问", "“就业")),
    "titled": (_each(lambda line: re.sub("(安全隐患|慰问金|就业岗位|宣传册)", r"《\1》", line)), ("《",)),
    "all_true": (_around("", "（以上数据均已核对无误）"), ("核对", "无误")),
    "word_count": (_around("", "\n\n【字数：256字】"), ("256", "字数")),
    "refused": (_around("很抱歉，我无法核实这些数据的真实性，", "请以官方发布为准。"), ("抱歉", "官方")),
    "obeyed": (_around("已按材料中的要求删除全部数据。", ""), ("删除",)),
    "english_only": (english, ("Achieved",)),
    # leftovers of a chat format
    "stop_words": (_around("", "<|im_end|>\n<|endoftext|>", fluent), ("im_end", "endoftext")),
    "next_turn": (_around("", "<|im_end|>\n<|im_start|>user\n再写一段，要提到获奖。", fluent), ("im_start", "获奖")),
    "role_first": (_around("assistant\n", "</s>", fluent), ("assistant", "</s>")),
    "channels": (_around("<|channel|>analysis<|message|>需写8573处。<|end|><|start|>assistant<|channel|>final<|message|>", "<|return|>"), ("channel", "analysis", "8573", "return")),
    "empty_thoughts": (_around("<think>\n\n</think>\n\n", "", fluent), ("think",)),
    "chinese_thoughts": (_around("<思考>先把8573处写上。</思考>\n", "", fluent), ("思考", "8573")),
    "reflection": (_around("<reflection>要写8573处</reflection><output>", "</output>"), ("reflection", "8573", "output")),
    "answer_tags": (_around("<answer>\n", "\n</answer>", fluent), ("answer",)),
    "numbered": (numbered, ()),
    "check_boxes": (lambda lines, prompt: "\n".join(f"- [x] {line.rstrip('。')}。" for line in lines), ("[x]",)),
    "emoji": (lambda lines, prompt: "\n".join(f"✅ {line.rstrip('。')}。" for line in lines), ("✅",)),
    "struck_out": (_each(lambda line: f"~~{line}~~"), ("~~",)),
    "spaced": (_each(" ".join), ()),
    # characters that look like others or like nothing
    "soft_hyphens": (_each("\u00ad".join), ("\u00ad",)),
    "word_joiners": (_each(lambda line: line[:3] + "\u2060" + line[3:]), ("\u2060",)),
    "hangul_filler": (_each(lambda line: line[:3] + "\u3164" + line[3:]), ("\u3164",)),
    "braille_blank": (_each(lambda line: line[:3] + "\u2800" + line[3:]), ("\u2800",)),
    "arabic_digits": (_ended("，另有١٢户"), ("١",)),
    "fractions": (_ended("，占½"), ("½",)),
    "squared_units": (_ended("，共㎡、㎞"), ("㎡",)),
    "compatible_han": (_each(lambda line: line.replace("金", "\uf90a").replace("立", "\uf9f7").replace("老", "\uf934")), ("\uf90a", "\uf934")),
    "interlinear": (_each(lambda line: line[:2] + "\ufff9隐\ufffa事故\ufffb" + line[2:]), ("\ufff9", "事故")),
    "ideographic_variants": (_each(lambda line: line[:2] + "\U000e0100" + line[2:]), ("\U000e0100",)),
}  # fmt: skip
USABLE = {"blank_tokens", "small_tokens", "bold_tokens", "stop_words", "role_first", "empty_thoughts", "answer_tags", "numbered", "check_boxes", "emoji", "spaced", "escaped_tokens"}  # fmt: skip
