"""Runs the real command line as a child process, as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def tickerbell(
    *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """The finished process: exit code, standard output and error as text."""
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=data,
        capture_output=True,
        timeout=120,
        check=False,
        cwd=cwd or ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def objects(text: str) -> list[dict[str, object]]:
    """JSON Lines as objects; fails where a line is anything else."""
    return [json.loads(line) for line in text.splitlines()]
