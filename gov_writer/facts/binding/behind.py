"""What the words behind a figure say of it where no noun stands there: 42人参与值守, 其中3个建成投用."""

from __future__ import annotations

from collections.abc import Callable

from gov_writer.domain import Kind
from gov_writer.facts.binding import wording
from gov_writer.facts.binding.clauses import Item
from gov_writer.text.lazy import lazy

#: What is done by or with the things that were counted.
_DEED = lazy(
    "(?:仍|仍然|已经?|均|都|全部|正|被|成功)?(?:享受|参与|参加|获|荣|被|评|通过|纳入|列入|入选|入围|实现|完成|达[到标]|建成|开工|竣工|投产|投用"
    "|投入|启用|落户|签[订约署]|到位|整改|办结|化解|处于|在|为(?=大专|本科|研究生|硕士|博士|女|少数民族)|进入|进行|接受|得到|受到|挂牌|揭牌|跻身|成为|晋升|转为)"
)
_PLACE = lazy(
    "(?:全(?:国|省|市|区|县|街道?|镇|乡|村|社区|域|辖区)|辖区内?|[我本该][省市区县街镇乡村局]|现|共|有|已)*"
)
_MONEY = lazy(
    "(?:投入|投资|出资|安排|拨付|筹集|筹措|列支|争取|整合|统筹|落实)(?:资金|经费|财政资金|专项资金)?[了共计约]*$"
)
_INVESTED = lazy(
    "(?:计划|预计|概算|总|已|共|累计|完成|争取|筹集|整合|街道|全[镇乡街村]|先后)*(?:投资|投入|出资|斥资|资金)+额?"
)
_WORK = lazy(
    "(?:建设|新建|改建|扩建|修建|改造|实施|打造|购置|铺设|安装|修缮|维修|硬化|整治|提升|启动|推进|对|为|用于)(?=..)"
)
_USE = lazy("(?:用于|用以|用来)(?=..)")
#: Nouns that say little of which things are meant.
GENERAL = frozenset(
    {
        "学校",
        "企业",
        "单位",
        "项目",
        "社区",
        "村",
        "人员",
        "同志",
        "干部",
        "街道",
        "镇",
        "部门",
        "部分",
        "居民",
        "群众",
        "妇女",
        "老人",
        "儿童",
        "县",
    }
)
_DONE_BEHIND = lazy(
    "(?P<deed>(?:被|获|荣获|入选|入围|通过(?=[^，]{0,12}(?:评|审|验收|认[定证]|考核|复核|鉴定))|纳入|列入|成功|投入使用|跻身|评为|建成|参加).*)"
)
_OTHERS = frozenset({"其他", "其它", "其余", "剩余"})
_WHOLLY = lazy(
    "(?:全部|均)?(?:完成|达到|实现|覆盖|办结|整改|落实|建成|纳入|通过|签[订约署]|开展|配备|达标|安装)"
)
_EARLY = frozenset({"提前", "超前"})
#: Words before a time that say nothing without what was done.
REPEATED = _EARLY | {"连续", "已连续"}
_TIMES = lazy(
    "(?:保持|位[居列]|[居列]|名列|排名|稳居|增长|下降|实现|超过|达到?|上升|高于|低于|获|被|荣|在|呈|正|负)"
)
#: A deed of fewer characters says nothing.
_SHORT = 4
#: So many characters of the words behind are kept.
_MOST = 20


def deed(item: Item) -> str:
    """What those counted do or undergo, "" where the words behind tell no such thing."""
    words = wording.plain(item.right)
    return words[:_MOST].removeprefix("为") if len(words) > 1 and _DEED.match(words) else ""


def use(item: Item, left: str) -> str:
    """投资60万元用于道路整治: what the money is for, where the words before say only that it was spent."""
    if "用" not in item.right[:4]:
        return ""
    words = wording.plain(item.right)
    return words[:_MOST] if _USE.match(words) and _MONEY.search(left) else ""


def work(item: Item, left: str) -> str:
    """计划投资300万元，建设文化广场: what the money is for where the clause behind says it, "" for none."""
    if item.figure.unit != "元" or not item.then or item.rest or not _MONEY.search(left):
        return ""
    words = wording.plain(item.then)
    return words[:_MOST] if _WORK.match(words) and _INVESTED.fullmatch(left) else ""


def completed(item: Item, left: str, base: str, *, alien: Callable[[], bool]) -> str:
    """The words before a count, with what those counted do where the words say nothing without it.

    base: what the sentence was about before.  alien: whether the figure counts something else than that.
    """
    if item.figure.kind is Kind.PERCENT:
        whole = left and item.figure.value == 100 and _WHOLLY.match(wording.plain(item.right))
        return left + wording.plain(item.right)[:_MOST] if whole else left
    if item.figure.kind is not Kind.QUANTITY:
        return left
    bare = left == "其中" or left in _OTHERS or (_PLACE.fullmatch(left) and (not base or alien()))
    done = deed(item) if bare else use(item, left) if left else ""
    return left + done


def named(item: Item, behind: str) -> str:
    """4所学校被评为示范校: a noun with what was done to the things, which alone would say little of them."""
    rest = wording.plain(item.right)
    if len(rest) < len(behind) + _SHORT and item.rest.startswith(behind):
        rest = item.rest  # 多名学子被清华、北大等名校录取: cut at the first 、
    told = _DONE_BEHIND.match(rest, len(behind)) if rest.startswith(behind) else None
    return behind + told["deed"][:_MOST] if told else behind


def repeated(item: Item, left: str) -> str:
    """连续9个月启动联动机制, 提前2年完成目标: what was done so long or so early, "" where the base is meant."""
    if left in _EARLY:
        return left + item.rest if len(item.rest) > 1 else ""
    if len(item.rest) < 6 or _TIMES.match(item.rest):
        return ""
    return left + item.rest
