"""The words around figures: what stays when the figures are taken out.

Two figures whose surroundings are equal word for word, figures apart, are about the same thing whatever
they say; that alone pairs most of a draft with its sources in linear time. Everything else is compared by
the pairs of characters (bigrams) that two surroundings share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from gov_writer.domain import Fact, Ledger
from gov_writer.text.clean import readable
from gov_writer.text.lazy import lazy

#: What stands for a figure in a masked text; no text holds it after ``_SKIPPED`` is removed.
MASK = "\x00"
_SKIPPED = lazy(r"[\s\x00*#>|“”\"'‘’]+")
_NOT_HAN = lazy(r"[^\u3400-\u9fff\U00020000-\U0003ffff]+")
_NOT_WORD = lazy(r"[^A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_CELLS = lazy(r"[\t|,，]")
_STOP = lazy(r"[、，,；;。：:（）()]")
#: What heads the row of a table's totals.
TOTAL_HEAD = lazy(r"合\s?计|总\s?计|小计|总数")
#: Characters beyond this many of a sentence are not looked at: a 1 MB line is no sentence.
_WIDEST = 1200


def han(text: str) -> str:
    """Only the Han characters of a text."""
    return _NOT_HAN.sub("", text)


def bigrams(text: str) -> frozenset[str]:
    """All pairs of neighbouring Han characters and letters (A类); a single one stands for itself."""
    words = [w for w in _NOT_WORD.split(text) if w]
    pairs = {w[i : i + 2] for w in words for i in range(len(w) - 1)}
    return frozenset(pairs or words)


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """2 |a∩b| / (|a| + |b|); 0 where either is empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def contained(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of the smaller set the larger one holds."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one stretch of text (a sentence or clause), in order.

    raw: its characters without white space and quotation marks.  masked: the same, each figure one MASK.
    """

    members: tuple[int, ...]
    raw: str
    masked: str

    @property
    def weight(self) -> int:
        """Han characters that are no figure: how much two equal groups have in common."""
        return len(han(self.masked))


class View:
    """A source's text as it is compared, addressed by the offsets of the text as it stands.

    A noisy scrape (traditional characters, pinyin in parentheses) is compared in its readable form.
    """

    def __init__(self, text: str) -> None:
        self._view = readable(text)

    @property
    def text(self) -> str:
        return self._view.text

    def __call__(self, start: int, end: int) -> str:
        starts = self._view.starts
        if starts is None:
            return self._view.text[start:end]
        return self._view.text[bisect_left(starts, start) : bisect_left(starts, end)]


class Contexts:
    """A ledger's facts with the text around them.  Indices are those of ``facts``."""

    def __init__(self, ledger: Ledger) -> None:
        self.facts: tuple[Fact, ...] = ledger.facts
        self.index = ledger.index
        self.period = ledger.period
        self._views = {source.id: View(source.text) for source in ledger.sources}
        self._blank = View("")
        self._tables = {
            s.id: [(t.cells[0].start, t.cells[-1].end) for t in s.tables if t.cells] for s in ledger.sources
        }

    @cached_property
    def sentences(self) -> tuple[Group, ...]:
        return self._groups([fact.sentence for fact in self.facts])

    def clauses(self, of: Iterable[int]) -> tuple[Group, ...]:
        """The clauses that hold these facts, each with all its figures."""
        wanted = {(self.facts[i].source, self.facts[i].clause) for i in of}
        chosen = [i for i, f in enumerate(self.facts) if (f.source, f.clause) in wanted]
        return self._groups([self.facts[i].clause for i in chosen], chosen)

    def _groups(self, spans: Sequence[tuple[int, int]], of: Sequence[int] | None = None) -> tuple[Group, ...]:
        together: dict[tuple[str, int, int, int], list[int]] = defaultdict(list)
        for i, (start, end) in zip(of if of is not None else range(len(self.facts)), spans, strict=True):
            fact = self.facts[i]
            together[(fact.source, start, end, i if fact.cell is not None else -1)].append(i)
        return tuple(
            self._cell(members[0]) if alone >= 0 else self._group(source, start, end, members)
            for (source, start, end, alone), members in together.items()
        )

    def _cell(self, index: int) -> Group:
        """A table's figure stands alone: its labels and headers say what it is."""
        fact = self.facts[index]
        head = "\t".join((*fact.heading, fact.actor, fact.scope, fact.subject))
        period = fact.period.text if fact.period else ""
        return Group((index,), f"{head}\t{period}\t{fact.text}", f"{head}\t{period}\t{MASK}")

    def _group(self, source: str, start: int, end: int, members: list[int]) -> Group:
        view = self._views.get(source, self._blank)
        members = sorted(members, key=lambda i: self.facts[i].start)
        start = max(start, self.facts[members[0]].start - _WIDEST)
        end = min(end, self.facts[members[-1]].end + _WIDEST)
        parts, at = [], start
        for i in members:
            fact = self.facts[i]
            parts.append(_SKIPPED.sub("", view(at, max(at, fact.start))))
            at = max(at, fact.end)
        parts.append(_SKIPPED.sub("", view(at, end)).rstrip("。；;，,！!"))
        raw = _SKIPPED.sub("", view(start, end)).rstrip("。；;，,！!")
        return Group(tuple(members), raw, MASK.join(parts))

    def words(self, index: int) -> frozenset[str]:
        """The bigrams of what the figure counts and of its clause, the figures left out."""
        fact = self.facts[index]
        return bigrams(" ".join((fact.subject, self._around(fact, fact.clause))))

    def beside(self, index: int, reach: int = 8) -> frozenset[str]:
        """The bigrams of what stands right beside a figure within its clause; of a table none."""
        fact = self.facts[index]
        if fact.cell is not None:
            return frozenset()
        view = self._views.get(fact.source, self._blank)
        start, end = max(fact.clause[0], fact.start - reach), min(fact.clause[1], fact.end + reach)
        left, right = view(start, fact.start), view(fact.end, max(end, fact.end))
        return bigrams(f"{_STOP.split(left)[-1]} {_STOP.split(right, maxsplit=1)[0]}")

    def wide(self, index: int) -> frozenset[str]:
        """The bigrams of the whole sentence, the last heading, and who and where."""
        fact = self.facts[index]
        head = fact.heading[-1] if fact.heading else ""
        return bigrams(
            " ".join((head, fact.actor, fact.scope, fact.subject, self._around(fact, fact.sentence)))
        )

    def head_of(self, fact: Fact) -> str:
        """The header line of a table fact's table: what its first line holds."""
        text = self._views.get(fact.source, self._blank).text
        for table in self._tables.get(fact.source, ()):
            if table[0] <= fact.start < table[1]:
                return text[table[0] : text.find("\n", table[0])]
        return ""

    def row(self, index: int) -> str:
        """The label at the head of a table fact's row; "" for other facts."""
        fact = self.facts[index]
        if fact.cell is None:
            return ""
        line = self.between(fact, fact.sentence[0], min(fact.start, fact.sentence[0] + 40))
        return next((part.strip(" *") for part in _CELLS.split(line) if part.strip(" *")), "")

    @property
    def texts(self) -> Iterable[str]:
        """The texts as they are compared, one for each source."""
        return (view.text for view in self._views.values())

    @cached_property
    def by_source(self) -> tuple[tuple[str, str], ...]:
        """The sources' ids with their texts as they are compared."""
        return tuple((source, view.text) for source, view in self._views.items())

    def between(self, fact: Fact, start: int, end: int) -> str:
        """The words of a fact's source from one offset to another."""
        return self._views.get(fact.source, self._blank)(start, end)

    def sentence(self, index: int) -> str:
        """The words of a fact's sentence, those near it of a very long one."""
        fact = self.facts[index]
        start, end = max(fact.sentence[0], fact.start - _WIDEST), min(fact.sentence[1], fact.end + _WIDEST)
        return self.between(fact, start, end)

    def _around(self, fact: Fact, span: tuple[int, int]) -> str:
        """The words of a span on both sides of the figure; of a table, nothing but what binds it."""
        if fact.cell is not None:
            return " ".join((fact.actor, fact.scope))
        view = self._views.get(fact.source, self._blank)
        start, end = max(span[0], fact.start - 160), min(span[1], fact.end + 160)
        return f"{view(start, fact.start)} {view(fact.end, max(end, fact.end))}"

    def before(self, index: int, reach: int) -> str:
        """The text just before the figure's number, within its clause."""
        fact = self.facts[index]
        view = self._views.get(fact.source, self._blank)
        core = fact.mention.core_start
        return view(max(fact.clause[0], core - reach), core)
