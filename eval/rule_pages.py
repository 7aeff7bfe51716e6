"""Write docs/rules/ from the rules themselves: one page per rule, and an index.

    .venv/bin/python eval/rule_pages.py [--check]

--check writes nothing and exits 1 when a page is missing, stale or left over; a test does the same.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from gov_writer.checking import Rule, all_rules

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}
_GROUPS = {
    "FIG": "数据、日期与材料",
    "ARI": "文内算术",
    "DAT": "日期与期间",
    "THM": "必备主题与固定提法",
    "STR": "结构",
    "TXT": "文字",
    "ENT": "名称",
    "PRV": "个人信息与密级",
    "FMT": "GB/T 9704-2012 版式",
    "REC": "分报告与汇总",
}


def pages() -> dict[str, str]:
    """File name → content, for every rule and the index."""
    found = {f"{rule.code}.md": _page(rule) for rule in all_rules()}
    return {**found, "README.md": _index()}


def _page(rule: type[Rule]) -> str:
    authority = rule.authority
    source = "，".join(part for part in (authority.document, authority.clause) if part)
    quote = f"\n\n> {authority.quote}" if authority.quote else ""
    return "\n".join(
        (
            f"# {rule.code} {rule.name}",
            "",
            f"{rule.title}。级别：{_SEVERITY[rule.severity.value]}。",
            "",
            "## 为什么",
            "",
            rule.why,
            "",
            "## 不要",
            "",
            rule.bad,
            "",
            "## 要",
            "",
            rule.good,
            "",
            "## 依据",
            "",
            f"{source}{quote}",
            "",
            "## 不适用时",
            "",
            f"在 .md 文稿的上一行写 `<!-- gov-writer: ignore {rule.code} 理由 -->`；整个文件夹不用这条规则时，在 "
            f'gov-writer.toml 的 [check] 里写 `ignore = ["{rule.code}"]`。',
            "",
        )
    )


def _index() -> str:
    lines = ["# 规则", "", "由 `eval/rule_pages.py` 从规则本身生成，请勿手改。", ""]
    group = ""
    for rule in all_rules():
        if rule.code[:3] != group:
            group = rule.code[:3]
            lines += [
                "",
                f"## {group} {_GROUPS.get(group, '')}",
                "",
                "| 编号 | 名称 | 级别 | 说明 |",
                "| --- | --- | --- | --- |",
            ]
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {_SEVERITY[rule.severity.value]} | {rule.title} |"
        )
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def stale() -> list[str]:
    """Names of pages that differ from what the rules say, or that belong to no rule."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        for name in stale():
            print(f"docs/rules/{name} is not current")
        return int(bool(stale()))
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(wanted)} pages in docs/rules")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
