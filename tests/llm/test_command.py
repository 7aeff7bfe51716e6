"""``gov-writer draft --engine openai``: exit codes, messages, log, dry run, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.llm.hostile_server import serving

BRIEF = Path(__file__).resolve().parents[2] / "eval" / "models" / "inputs" / "messy_yunmen" / "brief.yaml"


def run(
    *words: str, tmp: Path, key: str | None = "k", brief: Path = BRIEF, **env: str
) -> subprocess.CompletedProcess[str]:
    given = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI_")}
    given |= {"GOV_WRITER_CACHE_DIR": str(tmp / "cache"), **({"OPENAI_API_KEY": key} if key else {}), **env}
    command = [sys.executable, "-c", "from gov_writer.cli import main; main()", "draft", str(brief), *words]
    return subprocess.run(command, capture_output=True, text=True, env=given, cwd=tmp, timeout=60)


def test_an_honest_model_writes_everything(tmp_path: Path) -> None:
    with serving("fluent") as server:
        done = run("--engine", "openai", "--model", "m", "--base-url", server.url, "-o", "o.json", "--trace", "t.json",
                   "--egress-log", "e.jsonl", "--strict", "--quiet", tmp=tmp_path)  # fmt: skip
        sent = server.bodies
    assert done.returncode == 0, done.stderr
    trace = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert trace["engine"]["name"] == "openai" and trace["engine"]["model"] == "m"
    assert {"section.v2", "voice_annual_summary.v1"} <= set(trace["engine"]["prompts"])
    assert all(len(digest) == 64 for digest in trace["engine"]["prompts"].values())
    engines = {section["heading"]: section["engine"] for section in trace["sections"]}
    assert "openai" in engines.values()
    logged = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text("utf-8").splitlines()]
    assert sorted(line["body"] for line in logged) == sorted(sent)
    assert all(line["url"] == server.url + "/chat/completions" and line["sent"] for line in logged)
    assert "k" not in {line.get("key") for line in logged}
    assert (tmp_path / "e.jsonl").stat().st_mode & 0o077 == 0
    assert "程序出错" not in done.stderr and "Traceback" not in done.stderr


def test_a_section_that_may_not_be_sent_could_not_come_from_the_engine(tmp_path: Path) -> None:
    (tmp_path / "党建.md").write_text("# 党建工作\n- 新发展党员14名，转正9名。\n", encoding="utf-8")
    (tmp_path / "信访.md").write_text("# 信访维稳\n- 化解积案26件，接待来访142批次。\n", encoding="utf-8")
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        "genre: annual_summary\nunit: 东岭街道\nperiod: 2025\nsources: [党建.md, 信访.md]\n"
        "sections: [党建工作, 信访维稳]\nengine: {local_only_sections: [信访维稳]}\n",
        encoding="utf-8",
    )
    with serving("fluent") as server:
        words = ("--engine", "openai", "--model", "m", "--base-url", server.url, "-o", "o.md")
        lenient = run(*words, tmp=tmp_path, brief=brief)
        strict = run(*words, "--strict", tmp=tmp_path, brief=brief)
        sent = "".join(server.bodies)
    assert (lenient.returncode, strict.returncode) == (0, 3), lenient.stderr
    assert "信访维稳”全部改由内置引擎写成（只能在本机写，没有发送）" in lenient.stderr
    assert "党员" in sent and "积案" not in sent


def test_the_environment_and_the_brief_name_the_endpoint(tmp_path: Path) -> None:
    with serving("honest") as server:
        done = run(
            "--engine", "openai", "--model", "m", "-o", "o.md", tmp=tmp_path, OPENAI_BASE_URL=server.url
        )
        assert done.returncode == 0, done.stderr
        assert server.requests


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["server_error", "expired_key", "swapped_words"])
def test_strict_turns_a_fallback_into_3(mode: str, tmp_path: Path) -> None:
    (tmp_path / "gov-writer.toml").write_text("[engine]\nretries = 0\n", encoding="utf-8")
    with serving(mode) as server:
        words = ("--engine", "openai", "--model", "m", "--base-url", server.url, "-o", "o.md")
        strict = run(*words, "--strict", tmp=tmp_path)
        lenient = run(*words, tmp=tmp_path)
    assert strict.returncode == 3
    assert lenient.returncode == 0
    assert "改由内置引擎写成" in lenient.stderr
    assert (tmp_path / "o.md").read_text("utf-8").startswith("# 云门街道")


@pytest.mark.slow
def test_no_time_left_means_builtin(tmp_path: Path) -> None:
    with serving("hang") as server:
        began = time.monotonic()
        done = run(
            "--engine",
            "openai",
            "--model",
            "m",
            "--base-url",
            server.url,
            "-o",
            "o.md",
            "--deadline",
            "0",
            tmp=tmp_path,
        )
        assert done.returncode == 0, done.stderr
        again = run("--engine", "openai", "--model", "m", "--base-url", server.url, "-o", "p.md", "--deadline", "2",
                    "--strict", tmp=tmp_path)  # fmt: skip
        assert again.returncode == 3
        assert time.monotonic() - began < 20
    builtin = run("-o", "b.md", tmp=tmp_path)
    assert builtin.returncode == 0
    texts = {(tmp_path / name).read_text("utf-8") for name in ("o.md", "p.md", "b.md")}
    assert len(texts) == 1


def test_a_dry_run_sends_nothing(tmp_path: Path) -> None:
    with serving("honest") as server:
        done = run(
            "--engine",
            "openai",
            "--model",
            "m",
            "--base-url",
            server.url,
            "-o",
            "o.md",
            "--dry-run",
            tmp=tmp_path,
            key=None,
        )
        assert not server.requests
    assert done.returncode == 0, done.stderr
    assert "⟦F1⟧" in done.stdout and server.url in done.stdout
    for secret in ("13712345678", "吴国强", "周大勇", "稳控", "HACKED", "柳溪"):
        assert secret not in done.stdout
    assert not (tmp_path / "o.md").exists()


@pytest.mark.parametrize(
    ("words", "key", "code"),
    [
        (("--engine", "openai", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"), None, "LLM-103"),
        (("--engine", "openai", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"), "sk-a\nb", "LLM-107"),
        (("--engine", "openai", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"), "密钥", "LLM-107"),
        (("--engine", "openai", "--base-url", "http://127.0.0.1:9/v1"), "k", "LLM-104"),
        (("--engine", "openai", "--model", "m"), "k", "LLM-105"),
        (("--engine", "openai", "--model", "m", "--base-url", "ftp://x"), "k", "LLM-105"),
        (("--engine", "openai", "--model", "m", "--base-url", "http://[::1"), "k", "LLM-105"),
        (("--engine", "local", "--model", "no.gguf"), "k", "LLM-10"),
        (("--engine", "openai", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--egress-log", "no/e.jsonl"), "k", "OUT-301"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(words: tuple[str, ...], key: str | None, code: str, tmp_path: Path) -> None:
    done = run(*words, "-o", "o.md", tmp=tmp_path, key=key)
    assert done.returncode == 2, done.stderr
    assert code in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "o.md").exists()


@pytest.mark.parametrize(
    "text", ["[engine]\nretires = 1\n", "[engine]\nretries = 'x'\n", "[engine\n", "engine = 3\n"]
)
def test_a_wrong_setting_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "gov-writer.toml").write_text(text, encoding="utf-8")
    done = run(
        "--engine",
        "openai",
        "--model",
        "m",
        "--base-url",
        "http://127.0.0.1:9/v1",
        "-o",
        "o.md",
        tmp=tmp_path,
    )
    assert done.returncode == 2
    assert "CALL-14" in done.stderr


@pytest.mark.slow
def test_a_trusted_endpoint_sees_names(tmp_path: Path) -> None:
    notes = tmp_path / "n.md"
    notes.write_text(
        "# 云门街道2025年材料\n\n## 民生服务\n- 由李秀英主任牵头改造小区3个。\n- 新增车位20个。\n",
        encoding="utf-8",
    )
    shown = {}
    for trusted in ("[]", '["127.0.0.1"]'):
        (tmp_path / "gov-writer.toml").write_text(f"[engine]\ntrusted = {trusted}\n", encoding="utf-8")
        with serving("honest") as server:
            given = {**os.environ, "OPENAI_API_KEY": "k", "GOV_WRITER_CACHE_DIR": str(tmp_path / "c")}
            command = [sys.executable, "-c", "from gov_writer.cli import main; main()", "draft", str(notes), "-o", "o.md",
                       "--engine", "openai", "--model", "m", "--base-url", server.url]  # fmt: skip
            done = subprocess.run(
                command, capture_output=True, text=True, env=given, cwd=tmp_path, timeout=60
            )
            assert done.returncode == 0, done.stderr
            shown[trusted] = "李秀英" in "".join(json.dumps(r, ensure_ascii=False) for r in server.requests)
        assert "李秀英" in (tmp_path / "o.md").read_text("utf-8")
    assert shown == {"[]": False, '["127.0.0.1"]': True}


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_what_is_done(tmp_path: Path) -> None:
    with serving("hang") as server:
        given = {**os.environ, "OPENAI_API_KEY": "k", "GOV_WRITER_CACHE_DIR": str(tmp_path / "c")}
        command = [sys.executable, "-c", "from gov_writer.cli import main; main()", "draft", str(BRIEF), "-o", "o.md",
                   "--engine", "openai", "--model", "m", "--base-url", server.url]  # fmt: skip
        child = subprocess.Popen(command, env=given, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        for _ in range(200):
            if server.requests:
                break
            time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=20)
    assert child.returncode == 130, told
    assert "已中断" in told and "Traceback" not in told
    assert (tmp_path / "o.md").read_text("utf-8").startswith("# 云门街道")
