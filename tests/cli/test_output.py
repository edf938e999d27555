"""Where the output goes: nowhere, to a full disk, to a program that stops reading."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import ROOT

_NEEDS_SHELL = pytest.mark.skipif(os.name != "posix", reason="redirects with a POSIX shell")


def _shell(line: str) -> subprocess.CompletedProcess[bytes]:
    command = line.replace("tickerbell", f"{sys.executable} -m bot")
    return subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False
    )


@_NEEDS_SHELL
def test_a_closed_output_is_no_bug_of_ours() -> None:
    done = _shell("tickerbell explain 2330 >&-")

    assert (done.returncode, done.stderr) == (0, b"")


@_NEEDS_SHELL
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["explain 2330", "demo --once"])
def test_an_output_without_room_is_said_in_a_sentence(command: str) -> None:
    done = _shell(f"tickerbell {command} >/dev/full")

    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


@_NEEDS_SHELL
def test_a_reader_that_has_seen_enough_is_no_error_to_shout_about() -> None:
    done = _shell('printf \'{"text":"a"}\\n%.0s\' {1..3000} | tickerbell check --jsonl | head -1')

    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
