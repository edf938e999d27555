"""``match`` holds no more for many articles than for few, and answers while more are to come."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.cli.running import ROOT

# Says at the end how much memory the process ever held, in kilobytes.
PROGRAM = """
import resource, sys
from bot.__main__ import main
try:
    main()
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
LONG = "https://news.example/" + "a" * 20_000


def lines(count: int) -> Iterator[bytes]:
    """Articles that would be large to keep and are quick to read, each of its own."""
    for number in range(count):
        article = {"id": number, "text": f"台積電第{number}次法說會。", "url": f"{LONG}{number}"}
        yield json.dumps(article).encode() + b"\n"


def started(rules: Path, errors: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """``match`` that waits for articles."""
    rules.write_text('{"id":"tsmc","rule":"2330"}\n{"id":"amazon","rule":"AMZN"}\n', "utf-8")
    arguments = ["match", "--rules", str(rules), "--articles", "-"]
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        cwd=ROOT,
    )


def peak(rules: Path, count: int) -> int:
    """Kilobytes that matching this many articles takes at most; each must be answered in order."""
    with tempfile.TemporaryFile() as errors, started(rules, errors) as process:
        assert process.stdin
        assert process.stdout
        for number, line in enumerate(lines(count)):
            process.stdin.write(line)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer == {"article": number, "rules": ["tsmc"]}
        process.stdin.close()
        assert process.wait(30) == 0
        errors.seek(0)
        return int(errors.read().split(b"peak ")[-1])


def grown(rules: Path, count: int) -> float:
    """How many bytes an article more adds to the most that is held."""
    few = 200
    return (peak(rules, count) - peak(rules, few)) * 1024 / (count - few)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory in other units")
def test_memory_does_not_grow_with_the_articles(tmp_path: Path) -> None:
    assert grown(tmp_path / "rules.jsonl", 1_500) < 5_000  # an article is over 20,000


@pytest.mark.long
@pytest.mark.skipif("'long' not in config.getoption('markexpr')", reason="run by `make soak`")
def test_memory_does_not_grow_with_twenty_thousand_articles(tmp_path: Path) -> None:
    assert grown(tmp_path / "rules.jsonl", 20_000) < 500
