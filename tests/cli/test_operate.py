"""The commands for whoever runs the bot, as they are typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import tickerbell


def test_a_backup_of_a_database_that_is_not_there_fails_and_makes_none(tmp_path: Path) -> None:
    missing, copy = tmp_path / "wrong" / "place.db", tmp_path / "copy.db"

    done = tickerbell("backup", str(copy), "--env", str(tmp_path / ".env"), DATABASE=str(missing))

    assert done.returncode == 1
    assert str(missing) in done.stderr
    assert not missing.exists()
    assert not copy.exists()
