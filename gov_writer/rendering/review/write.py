"""Comments on exactly the characters of each finding; everything else in the file stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from lxml import etree

from gov_writer.domain import Finding, Report, Severity
from gov_writer.ooxml import comments as known
from gov_writer.ooxml.cut import Atom, atoms
from gov_writer.ooxml.document import Document, collector_paused, open_document
from gov_writer.ooxml.names import HEAD, R, W, w
from gov_writer.ooxml.package import Package, saved

_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_START, _END, _REFERENCE = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
_RUN, _ID = w("r"), w("id")
_FOOTNOTE, _FOOTNOTE_MARK = w("footnote"), w("footnoteReference")
_ENDNOTE, _ENDNOTE_MARK = w("endnote"), w("endnoteReference")
#: Parts that hold no comments: the comment says where its words stand.
_ELSEWHERE = {"header": "页眉", "footer": "页脚", "footnotes": "脚注{}", "endnotes": "尾注{}"}
#: Word opens no file with more comments than 32,767 (MS-OI29500, 2.1.315).
_MOST = 32_000
#: Evidence and messages are cut to this many characters.
_LENGTH = 600


@dataclass(slots=True)
class _Review:
    """What is being written.  number: the next free annotation id.  starts, ends: of the atoms.

    body: the atoms of the main part, its first and last among them.  notes: see ``_note_marks``.
    """

    document: Document
    atoms: list[Atom]
    starts: list[int]
    ends: list[int]
    date: str
    number: int
    changed: set[str]
    body: list[Atom]
    notes: dict[tuple[str, str], etree._Element] | None = None


def comments(data: bytes, report: Report, *, date: datetime | None = None) -> bytes:
    """The .docx with a comment for each finding that has none yet, and safe fixes as tracked changes.

    report: of this very file (its spans refer to the text as read).  date: now if None.
    Findings that an earlier run reported, and comments that people answered, stay as they are.
    """
    with collector_paused():
        return _commented(data, report, date)


def _commented(data: bytes, report: Report, date: datetime | None) -> bytes:
    document = open_document(data, report.path)
    present = known.read(document.package, document.main)
    done = {comment.fingerprint for comment in present if comment.fingerprint}
    wanted = [f for f in report.findings if f.fingerprint not in done][: max(_MOST - len(present), 0)]
    if not wanted or not document.places:
        return data
    review = _prepare(document, wanted, date or datetime.now(UTC))
    written: list[str] = []
    for finding in _fixes_last(wanted):
        review.number += 1
        number = review.number
        if _mark(review, finding, number):
            written.append(_comment(finding, review, number))
    return _saved(review, f'<w:comments xmlns:w="{W}">{"".join(written)}</w:comments>')


def _fixes_last(findings: list[Finding]) -> list[Finding]:
    """Tracked changes alter the runs, so comments without one are set first."""
    return sorted(findings, key=lambda f: (f.fix is not None and f.fix.safe, f.start, f.end))


def _prepare(document: Document, findings: list[Finding], date: datetime) -> _Review:
    end = max((line.end for line in document.lines if line.where in ("body", "box")), default=0)
    spans = [(0, 0), (end, end)]  # the body's first and last words bear what headers and footers can't
    for finding in findings:
        spans.append((finding.start, finding.end))
        if finding.fix is not None and finding.fix.safe:
            spans.append((finding.fix.start, finding.fix.end))
    found = atoms(document, spans)
    package = document.package
    parts = {atom.part for atom in found}
    number = document.comment_id  # some files refer to comments that they have lost
    if any(
        finding.fix is not None and finding.fix.safe for finding in findings
    ):  # tracked changes have ids too
        number = max([number, *(known.highest_id(package.root(part)) for part in parts)])
    comment_part = known.part_of(package, document.main)
    if comment_part is not None:
        number = max(number, known.highest_id(package.root(comment_part)))
    body = [atom for atom in found if atom.part == document.main]
    stamp = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    starts, ends = [atom.start for atom in found], [atom.end for atom in found]
    return _Review(document, found, starts, ends, stamp, max(number, 0), set(), body)


def _mark(review: _Review, finding: Finding, number: int) -> bool:
    """Set the range and reference of comment ``number``; apply a safe fix.  False if there is no place."""
    chosen = _chosen(review, finding)
    anchors = _anchors(review, finding, chosen)
    if not anchors:
        return False
    first, last = anchors[0], anchors[-1]
    identity = {_ID: str(number)}
    start = _beside(first, _START, identity)
    if finding.start < finding.end:
        first.addprevious(start)
        behind = last
    else:
        _after(last, start)
        behind = start
    end = _after(behind, _beside(last, _END, identity))
    reference = _beside(last, _RUN)
    etree.SubElement(reference, _REFERENCE, identity)
    end.addnext(reference)
    review.changed.add(review.document.main)
    _fix(review, finding)
    return True


def _anchors(review: _Review, finding: Finding, chosen: list[Atom]) -> list[etree._Element]:
    """What the comment's marks stand around: the runs chosen, if they are the body's.

    Comments belong to the main part alone (ECMA-376 part 1, 11.3.2): one on a note stands on the note's number in the
    body, one on a header, footer or lost note on the body's first words, and it names the words that it means.
    """
    if not chosen or chosen[0].part == review.document.main:
        return [atom.element for atom in chosen]
    if finding.start >= finding.end:  # something missing, told at the end of all
        return [atom.element for atom in review.body[-1:]]
    for note in chosen[0].element.iterancestors(_FOOTNOTE, _ENDNOTE):
        kind = _FOOTNOTE_MARK if note.tag == _FOOTNOTE else _ENDNOTE_MARK
        mark = _note_marks(review).get((kind, note.get(_ID, "")))
        if mark is not None:
            return [mark]
    return [atom.element for atom in review.body[:1]]


def _note_marks(review: _Review) -> dict[tuple[str, str], etree._Element]:
    """Kind and id of a note -> the run in the body that shows its number."""
    if review.notes is None:
        review.notes = {}
        for mark in review.document.package.root(review.document.main).iter(_FOOTNOTE_MARK, _ENDNOTE_MARK):
            run = mark.getparent()
            if run is not None and run.tag == _RUN:
                review.notes.setdefault((str(mark.tag), mark.get(_ID, "")), run)
    return review.notes


def _beside(element: etree._Element, tag: str, attributes: dict[str, str] | None = None) -> etree._Element:
    """A new element with the same parent (made in the document, it costs a third), to be moved into its place."""
    above = element.getparent()
    assert above is not None
    return etree.SubElement(above, tag, attributes or {})


def _chosen(review: _Review, finding: Finding) -> list[Atom]:
    """The runs of the finding's characters, all in one part.

    What has no characters, or only a number that Word generates, is set beside the nearest run.
    """
    found = review.atoms
    if not found:  # nothing but numbers that Word generates
        return []
    left = bisect_right(review.ends, finding.start)
    right = bisect_left(review.starts, finding.end)
    chosen = found[left:right] if finding.start < finding.end else []
    if not chosen:
        at = min(max(left - 1, 0) if finding.start >= finding.end else left, len(found) - 1)
        chosen = [found[at]]
    return [atom for atom in chosen if atom.part == chosen[0].part]


def _after(element: etree._Element, mark: etree._Element) -> etree._Element:
    tail, element.tail = element.tail, None
    element.addnext(mark)
    mark.tail = tail
    return mark


def _fix(review: _Review, finding: Finding) -> None:
    """A safe fix as a deletion and an insertion that the clerk accepts or rejects."""
    fix = finding.fix
    if fix is None or not fix.safe:
        return
    found = review.atoms
    left = bisect_right(review.ends, fix.start)
    right = bisect_left(review.starts, fix.end)
    chosen = found[left:right] if fix.start < fix.end else found[max(left - 1, 0) : left]
    if not chosen or any(not a.is_run or a.paragraph is not chosen[0].paragraph for a in chosen):
        return
    if any(_is_changed(a.element) for a in chosen):
        return
    review.changed.add(chosen[0].part)
    new = _inserted(review, chosen[-1], fix.text)
    if fix.start < fix.end:
        for atom in chosen:
            _delete(review, atom)
    if new is not None:
        anchor = chosen[-1].element
        above = anchor.getparent()
        _after(above if above is not None and above.tag == w("del") else anchor, new)


def _is_changed(element: etree._Element) -> bool:
    above = element.getparent()
    return above is not None and above.tag in (w("del"), w("ins"), w("moveTo"), w("moveFrom"))


def _annotation(review: _Review, tag: str) -> etree._Element:
    review.number += 1
    return etree.Element(
        w(tag), {w("id"): str(review.number), w("author"): known.AUTHOR, w("date"): review.date}
    )


def _delete(review: _Review, atom: Atom) -> None:
    around = _annotation(review, "del")
    run = atom.element
    around.tail, run.tail = run.tail, None
    run.addprevious(around)
    around.append(run)
    for node in run.iter(w("t")):
        node.tag = w("delText")


def _inserted(review: _Review, like: Atom, text: str) -> etree._Element | None:
    if not text:
        return None
    around = _annotation(review, "ins")
    run = etree.SubElement(around, w("r"))
    properties = like.element.find(w("rPr"))
    if properties is not None:
        run.append(deepcopy(properties))
    node = etree.SubElement(run, w("t"))
    node.text = _ILLEGAL.sub("", text)
    node.set(_SPACE, "preserve")
    return around


def _comment(finding: Finding, review: _Review, number: int) -> str:
    lines = [f"【{_NAMES[finding.severity]}】{finding.message}"]
    line = review.document.line_at(finding.start)
    if line is not None and line.where in _ELSEWHERE and finding.text:
        lines.append(f"位置：{_ELSEWHERE[line.where].format(line.note)}“{finding.text}”")
    if finding.expected:
        lines.append(f"应为：{finding.expected}")
    for evidence in finding.evidence[:5]:
        lines.append(f"依据：{evidence.source} {evidence.locator}：{evidence.text}"[:_LENGTH])
    lines.append(known.signature(finding.rule, finding.fingerprint))
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_ILLEGAL.sub("", words)[:_LENGTH])}</w:t></w:r></w:p>'
        for words in lines
    )
    return (
        f'<w:comment w:id="{number}" w:author="{known.AUTHOR}" w:date="{review.date}" w:initials="GW">'
        f"{paragraphs}</w:comment>"
    )


def _saved(review: _Review, written: str) -> bytes:
    """written: the new comments, as a part of their own."""
    package, main = review.document.package, review.document.main
    part = known.part_of(package, main)
    if part is not None:
        package.root(part).extend(list(etree.fromstring(written)))
        return saved(package, review.changed | {part})
    part = _free_name(package, main)
    added = {part: f"{HEAD}{written}".encode()}
    types = package.root("[Content_Types].xml")
    etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE)
    changed = review.changed | {"[Content_Types].xml"}
    folder, _, base = main.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels"
    if rels in package.names:
        relations = package.root(rels)
        changed.add(rels)
    else:
        relations = etree.Element(f"{{{_RELS}}}Relationships")
    taken = {relation.get("Id") for relation in relations}
    number = next(n for n in range(1, 100_000) if f"rIdGw{n}" not in taken)
    etree.SubElement(
        relations,
        f"{{{_RELS}}}Relationship",
        Id=f"rIdGw{number}",
        Type=f"{R}/comments",
        Target=part.rpartition("/")[2],
    )
    if rels not in package.names:
        added[rels] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8", standalone=True)
    return saved(package, changed, added)


def _free_name(package: Package, main: str) -> str:
    folder = main.rpartition("/")[0]
    names = [f"{folder}/comments.xml", *(f"{folder}/comments{n}.xml" for n in range(1, 1000))]
    return next(name for name in names if name not in package.names)
