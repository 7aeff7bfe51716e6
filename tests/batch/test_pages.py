"""From summary.html to the sentence: every link leads to a file that is there, and no page asks the network."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from urllib.parse import unquote

import pytest

from gov_writer.batch import BatchSettings, Progress, run_batch
from gov_writer.batch.storage import LocalOutbox

_HREF = re.compile(r'href="([^"]+)"')
_TAG = re.compile("<[^>]+>")
FAULTY = "# 东岭街道2025年工作总结\n\n东区3处、西区5处，共9处。\n"
CLEAN = "# 东岭街道2025年工作总结\n\n全年走访企业35家。\n"


def links(out: Path) -> list[Path]:
    page = (out / "summary.html").read_text(encoding="utf-8")
    return [out / unquote(href) for href in _HREF.findall(page)]


def pages(out: Path) -> list[str]:
    return sorted(place.name for place in (out / "pages").iterdir())


def test_a_click_leads_to_the_text_with_its_findings(tmp_path: Path) -> None:
    source = tmp_path / "各街道 报告"
    names = ["2024年/总结.md", "2025年/总结.md", f"{'很长的名字' * 14}.md", "a#b?c%20d&e 【定稿】.md"]
    for name in names:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(FAULTY, encoding="utf-8")
    (source / "没有问题.md").write_text(CLEAN, encoding="utf-8")
    out = tmp_path / "结果"
    run_batch(str(source), out, BatchSettings(workers=2))
    found = links(out)
    assert all(place.is_file() for place in found)
    shown = [place for place in found if place.suffix == ".html"]
    assert len(set(shown)) == len(pages(out)) == len(names), "same names in two folders are two pages"
    for place in shown:
        text = place.read_text(encoding="utf-8")
        assert (
            "东区3处、西区5处，共9处" in _TAG.sub("", text)
            and '<mark class="error"' in text
            and "ARI201" in text
        )
        assert "default-src &#x27;none&#x27;" in text
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//|@import|url\(""", text)


def test_a_page_that_is_gone_or_wanted_later_is_made(tmp_path: Path) -> None:
    source, out, seen = tmp_path / "in", tmp_path / "out", list[Progress]()
    source.mkdir()
    for name, text in (("a.md", FAULTY), ("b.md", FAULTY), ("c.md", CLEAN)):
        (source / name).write_text(text, encoding="utf-8")
    run_batch(str(source), out, BatchSettings(pages=False))
    assert pages(out) == [] and all(place.suffix == ".json" for place in links(out))
    before = {place.name: place.read_bytes() for place in (out / "outputs").iterdir()}
    run_batch(str(source), out, BatchSettings(), seen.append)
    assert seen[-1].reused == 1 and pages(out) == ["a.md.html", "b.md.html"]
    (out / "pages" / "b.md.html").unlink()
    run_batch(str(source), out, BatchSettings(), seen.append)
    assert seen[-1].reused == 2 and pages(out) == ["a.md.html", "b.md.html"]
    assert {place.name: place.read_bytes() for place in (out / "outputs").iterdir()} == before


def files(out: Path) -> set[str]:
    return {f"{place.parent.name}/{place.name}" for place in out.glob("*/*")}


def test_what_is_no_longer_true_is_removed_and_nothing_else(tmp_path: Path) -> None:
    source, out, seen = tmp_path / "in", tmp_path / "out", list[Progress]()
    source.mkdir()
    for name in ("a.md", "b.md", "c.md", "d.md"):
        (source / name).write_text(FAULTY, encoding="utf-8")
    run_batch(str(source), out, BatchSettings())
    ours = {"pages/说明.html", "outputs/a.md.json.bak", "outputs/z.md.json"}
    for name in ours:
        (out / name).write_text("我的", encoding="utf-8")
    (source / "a.md").write_text(CLEAN, encoding="utf-8")
    (source / "b.md").unlink()
    (source / "c.md").write_bytes(b"\x00\xff" * 50)
    run_batch(str(source), out, BatchSettings(), seen.append)
    assert seen[-1].reused == 1
    assert files(out) - ours == {"outputs/a.md.json", "outputs/d.md.json", "pages/d.md.html"}
    assert ours <= files(out)
    (source / "b.md").write_text(FAULTY, encoding="utf-8")
    run_batch(str(source), out, BatchSettings(), seen.append)
    assert {"outputs/b.md.json", "pages/b.md.html"} <= files(out), "a job that comes back is done again"
    assert all(place.is_file() for place in links(out))


def test_what_cannot_be_removed_now_is_removed_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a.md", "b.md"):
        (source / name).write_text(FAULTY, encoding="utf-8")
    run_batch(str(source), out, BatchSettings())
    (source / "b.md").unlink()

    def held(self: LocalOutbox, name: str) -> None:
        raise PermissionError(13, "held", name)

    with monkeypatch.context() as patched:
        patched.setattr(LocalOutbox, "remove", held)
        assert run_batch(str(source), out, BatchSettings()).total == 1
    assert "pages/b.md.html" in files(out)
    run_batch(str(source), out, BatchSettings())
    assert files(out) == {"outputs/a.md.json", "pages/a.md.html"}


def test_an_interrupted_run_removes_nothing(tmp_path: Path) -> None:
    """Until a run has done its jobs, what the last one left is what there is."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a.md", "b.md"):
        (source / name).write_text(FAULTY, encoding="utf-8")
    run_batch(str(source), out, BatchSettings())
    (source / "b.md").unlink()

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(str(source), out, BatchSettings(), stop)
    assert "pages/b.md.html" in files(out)


def test_drafts_and_reconciliations_have_pages_too(tmp_path: Path) -> None:
    (tmp_path / "全区.csv").write_text("指标,单位,合计\n新增就业,人,900\n", encoding="utf-8")
    for name, value in (("东岭", 412), ("西屏", 388)):
        (tmp_path / f"{name}街道.md").write_text(f"全年新增就业{value}人。", encoding="utf-8")
    (tmp_path / "2024.md").write_text("# 2024年工作总结\n新增就业700人。\n", encoding="utf-8")
    (tmp_path / "2025.md").write_text("# 2025年工作总结\n新增就业800人，同比增长5%。\n", encoding="utf-8")
    (tmp_path / "材料.md").write_text("# 安全\n- 排查隐患12处（应急办）\n- 整改X处\n", encoding="utf-8")
    rows: list[dict[str, str]] = [
        {"job": "reconcile", "input": "全区.csv", "against": "东岭街道.md;西屏街道.md", "name": "汇总"},
        {"job": "compare", "input": "2025.md", "against": "2024.md", "name": "两年"},
        {"job": "draft", "input": "材料.md", "name": "起草"},
    ]
    (tmp_path / "m.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    out = tmp_path / "out"
    run_batch(str(tmp_path / "m.jsonl"), out, BatchSettings())
    assert {"汇总.html", "两年.html"} <= set(pages(out))
    assert all(place.is_file() for place in links(out))
    assert out / "outputs" / "起草.docx" in links(out), "a draft's name leads to the draft"


def test_a_journal_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.md").write_text(FAULTY, encoding="utf-8")
    run_batch(str(source), out, BatchSettings(pages=False))
    with sqlite3.connect(out / "journal.sqlite") as old:
        old.execute("ALTER TABLE results DROP COLUMN page")
    old.close()
    run_batch(str(source), out, BatchSettings())
    assert pages(out) == ["a.md.html"]


@pytest.mark.parametrize("name", ["<script>alert(1)<script>.md", 'a"onmouseover="b.md'])
def test_names_are_no_markup(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    run_batch(str(tmp_path / "*.md"), tmp_path / "out", BatchSettings())
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "<script" not in page and "onmouseover=" not in page.replace("onmouseover=&quot;", "")
    assert all(place.is_file() for place in links(tmp_path / "out"))
