"""A zip package opened with limits: entries, sizes and ratio are checked before anything is unpacked."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from gov_writer.errors import GovWriterError
from gov_writer.ooxml import zipped
from gov_writer.ooxml.names import R_STRICT, W_STRICT, R, W

#: Parts in a package.
ENTRIES = 20_000
#: Bytes of one XML part, unpacked.
PART_BYTES = 96 * 1024 * 1024
#: Bytes of the whole package, unpacked.
TOTAL_BYTES = 1024 * 1024 * 1024
#: Unpacked to packed, where a part is larger than a megabyte: real documents stay below 60.
RATIO = 400

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = W_STRICT.encode()
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS = {"word": (".docx", "Word 文档"), "xl": (".xlsx", "Excel 工作簿"), "ppt": (".pptx", "演示文稿")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """kind: the last part of the type's URI (header, footnotes, image …).  target: a part's name.

    External targets are kept as they stand and never opened.
    """

    id: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """The parts of a .docx or .xlsx by name; XML parts are parsed once and may be changed in place.

    raw: the file's bytes.  added: names of roots that the file did not have.  removed: parts that go.  hiding: parsed parts that may hold hidden text.
    strict: parsed parts that are "Strict Open XML".
    """

    name: str
    raw: bytes
    archive: zipfile.ZipFile
    roots: dict[str, etree._Element] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    hiding: set[str] = field(default_factory=set)
    strict: set[str] = field(default_factory=set)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(self.archive.namelist())

    def data(self, part: str) -> bytes:
        """The part's bytes, never more than ``PART_BYTES`` (media included)."""
        data = zipped.content(self.archive, part, PART_BYTES)
        if data is None:
            raise broken(self.name, part)
        if len(data) > PART_BYTES:
            raise _bomb(self.name, f"其中的 {part} 解开后超过 {PART_BYTES // 1048576} MB。")
        return data

    def root(self, part: str) -> etree._Element:
        """The part's root element.  Raises INGEST-107 when it is missing or no sound XML."""
        if part not in self.roots:
            if part not in self.names:
                raise broken(self.name, part)
            data = self.data(part)
            if b"vanish" in data:
                self.hiding.add(part)
            if _STRICT in data:
                self.strict.add(part)
            self.roots[part] = parse(data, self.name, part)
        return self.roots[part]

    def relations(self, part: str) -> dict[str, Relation]:
        """The part's relationships by id; empty if it has none."""
        folder, _, base = part.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if rels not in self.names and rels not in self.roots:
            return {}
        found = {}
        for item in self.root(rels).iter(_RELS):
            target = item.get("Target", "")
            external = item.get("TargetMode") == "External"
            if not external:
                target = unquote(target)
                joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(joined)
            kind = item.get("Type", "").rpartition("/")[2]
            identity = item.get("Id", "")
            found[identity] = Relation(id=identity, kind=kind, target=target, external=external)
        return found

    def main(self) -> str:
        """The main part (word/document.xml, xl/workbook.xml)."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.external and relation.target in self.names:
                return relation.target
        raise broken(self.name, "officeDocument")


def open_package(data: bytes, name: str, *, kind: str) -> Package:
    """Open a package after checking that it is one, of this kind (``word`` or ``xl``), and no bomb."""
    if data.startswith(_OLE):
        raise _ole(data, name)
    archive = zipped.opened(data)
    if archive is None:
        raise _no_zip(data, name, kind)
    _check_size(archive, len(data), name)
    package = Package(name, data, archive)
    names = package.names
    if "[Content_Types].xml" not in names:
        raise _no_zip(data, name, kind)
    if not any(part.startswith(f"{kind}/") for part in names):
        actual = next((k for k in _KINDS if any(part.startswith(f"{k}/") for part in names)), None)
        if actual is None:
            raise _no_zip(data, name, kind)
        raise wrong_kind(name, _KINDS[actual][1], _KINDS[actual][0])
    return package


def parse(data: bytes, name: str, part: str) -> etree._Element:
    """Parse XML that may be hostile: no document type, no entities, no network, bounded depth."""
    if _has_doctype(data):
        raise GovWriterError(
            f"“{name}”里有不该有的实体声明，出于安全没有读取。",
            where=f"位置：{part}。",
            hint="正常的 Office 文件没有这种内容；请用 Word 或 WPS 打开后另存一份再试。",
            code="INGEST-113",
        )
    if _STRICT in data:  # "Strict Open XML": the same vocabulary under other names
        data = data.replace(_STRICT, W.encode()).replace(R_STRICT.encode(), R.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise broken(name, part) from None


def _has_doctype(data: bytes) -> bool:
    if b"!" not in data:  # looking for one byte is a hundred times as fast as for two
        return False
    if b"<!" not in data and b"<\x00!" not in data and b"<\x00\x00\x00!" not in data:
        return False
    head = data[:4]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head:  # UTF-16: look at the characters
        return bool(_DOCTYPE.search(data.replace(b"\x00", b"")))
    return bool(_DOCTYPE.search(data))


def _check_size(archive: zipfile.ZipFile, size: int, name: str) -> None:
    entries = archive.infolist()
    for entry in zipped.within(
        entries,
        zipped.Limits(entries=ENTRIES, total=TOTAL_BYTES, ratio=RATIO, thing="部分"),
        shown=lambda entry: entry.filename,
        bomb=lambda where: _bomb(name, where),
        locked=lambda: encrypted(name),
    ):
        if entry.filename.endswith((".xml", ".rels")) and entry.file_size > PART_BYTES:
            raise _bomb(name, f"{entry.filename} 解开后有 {entry.file_size // 1048576} MB。")
    total = sum(entry.file_size for entry in entries)
    if total > 64 * 1048576 and total / max(size, 1) > RATIO:
        raise _bomb(name, f"解开后是压缩时的 {total // max(size, 1)} 倍。")


def encrypted(name: str) -> GovWriterError:
    return GovWriterError(
        f"“{name}”加了密码，读不出来。",
        where="",
        hint="请用 Word、Excel 或 WPS 打开，去掉密码后另存一份再试。",
        code="INGEST-108",
    )


def broken(name: str, part: str) -> GovWriterError:
    return GovWriterError(
        f"“{name}”已经损坏，读不出来。",
        where=f"出错的部分：{part}。",
        hint="请用 Word、Excel 或 WPS 打开并修复，另存一份再试。",
        code="INGEST-107",
    )


def wrong_kind(name: str, what: str, suffix: str) -> GovWriterError:
    return GovWriterError(
        f"“{name}”的扩展名和内容不一致。",
        where=f"内容是{what}。",
        hint={
            ".pptx": "请把文字复制到 Word 文档里再试。",
            ".xls": "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。",
            ".rtf": "请用 Word 或 WPS 打开，另存为 .docx 后再试。",
        }.get(suffix, f"请把扩展名改成 {suffix} 再试。"),
        code="INGEST-112",
    )


def _bomb(name: str, where: str) -> GovWriterError:
    return GovWriterError(
        f"“{name}”解开后大得不正常，出于安全没有读取。",
        where=where,
        hint="请用 Word、Excel 或 WPS 打开确认，另存一份再试。",
        code="INGEST-114",
    )


def _ole(data: bytes, name: str) -> GovWriterError:
    if _ENCRYPTED in data:
        return encrypted(name)
    excel = "Workbook".encode("utf-16-le") in data[:1_000_000]
    return wrong_kind(name, "旧版 Excel 工作簿" if excel else "旧版 Word 文档", ".xls" if excel else ".doc")


def _no_zip(data: bytes, name: str, kind: str) -> GovWriterError:
    if data.startswith(b"%PDF-"):
        return wrong_kind(name, " PDF", ".pdf")
    if data.startswith(b"{\\rtf"):
        return wrong_kind(name, " RTF 文档", ".rtf")
    suffix = _KINDS[kind][0]
    return GovWriterError(
        f"“{name}”不是 {suffix} 文件，读不出来。",
        where=f"扩展名是 {suffix}，内容却不是。"
        if not data.startswith(b"PK")
        else "压缩包不完整或内容不对。",
        hint=f"请用 Word、Excel 或 WPS 打开，另存为 {suffix} 后再试。",
        code="INGEST-107",
    )


def saved(package: Package, changed: set[str], added: dict[str, bytes] | None = None) -> bytes:
    """The package with the changed parts (their roots as they are now) and new ones; all else as it was.

    Raises INGEST-120 for "Strict Open XML", whose parts were read under other names than they are written.
    """
    if changed & package.strict:
        raise GovWriterError(
            f"“{package.name}”是“严格 Open XML”格式，不能在里面改动。",
            hint="请用 Word 打开，另存为普通的 .docx（Word 文档）后再试。",
            code="INGEST-120",
        )
    new = dict(added or {})
    for part in (*(part for part in sorted(changed) if part in package.names), *sorted(package.added)):
        if part not in new:
            new[part] = etree.tostring(
                package.root(part), xml_declaration=True, encoding="UTF-8", standalone=True
            )
    made = zipped.rewritten(package.raw, package.archive, new, package.removed)
    if made is None:
        raise broken(package.name, "zip")
    return made
