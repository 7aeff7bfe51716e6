"""Which statements support a required theme."""

from __future__ import annotations

import re

from gov_writer.domain import Needs, Statement, Theme

_ACTION = re.compile(
    r"开展|组织|举办|召开|完成|建成|打造|排查|整改|处置|化解|发放|走访|培训|宣讲|学习|巡查|巡河|成立|制定|出台|印发|建立|实施|启动|新增|引进|签约|拆除|改造"
    r"|清理|安装|慰问|救助|调解|受理|办结|检查|演练|发展|创建|评选|设立|投入|推出|上线|收集|协调|解决|帮扶|接种|调度|督导|整治|劝导|推行|配备|种植|补植|减免|兑现"
)
_SLOGAN = re.compile(
    r"^(?:以|坚持|在|深入|认真|全面|始终|高举|牢固)[^，]{0,60}(?:为指导|为引领|为统领|指引下|领导下|思想|精神|重要讲话)[^，]{0,12}$"
)
_SPACE = re.compile(r"\s+")


def supports(theme: Theme, text: str, *, figures: int) -> bool:
    """Whether a sentence meets a theme.  figures: how many counted facts it holds."""
    words = _SPACE.sub("", text)
    if not any(_SPACE.sub("", wording) in words for wording in theme.wordings):
        return False
    if theme.needs is Needs.MENTION:
        return True
    if theme.needs is Needs.FIGURE:
        return figures > 0
    told = [clause for clause in re.split(r"[，；。]", words) if not _SLOGAN.match(clause)]
    return bool(_ACTION.search("，".join(told))) or figures > 0


def of(themes: tuple[Theme, ...], statement: Statement) -> tuple[str, ...]:
    """The names of the themes that a statement supports."""
    text = f"{statement.lead}，{statement.text}"
    return tuple(t.name for t in themes if supports(t, text, figures=len(statement.slots)))
