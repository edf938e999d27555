"""The arrows between the packages, and what each may touch, read off the import statements."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "rules", "storage")

# What would make a reading depend on more than its input.
IMPURE = {
    "asyncio", "datetime.datetime.now", "httpx", "io", "logging", "os", "pathlib", "random",
    "secrets", "shutil", "socket", "sqlite3", "sqlite_utils", "structlog", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib.request", "uuid",
}  # fmt: skip
PARTS = ("sources", "chat", "channels", "delivery", "web")


def _modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text("utf-8"))


def _imports(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


ALL = [(name, tree) for package in PACKAGES for name, tree in _modules(package)]


def test_there_is_something_to_check() -> None:
    assert len(ALL) > 30


@pytest.mark.parametrize(("name", "tree"), ALL, ids=[name for name, _ in ALL])
def test_arrows_between_the_packages_point_one_way(name: str, tree: ast.Module) -> None:
    ours = {i for i in _imports(tree) if i.split(".")[0] in PACKAGES}

    if _within(name, "rules"):
        assert {i for i in ours if not _within(i, "rules")} == set()
    if _within(name, "storage"):
        assert {
            i for i in ours if not (_within(i, "storage") or _within(i, "rules.model"))
        } == set()


@pytest.mark.parametrize(
    ("name", "tree"),
    [(n, t) for n, t in ALL if _within(n, "rules")],
    ids=[n for n, _ in ALL if _within(n, "rules")],
)
def test_rules_touch_no_clock_file_network_log_or_dice(name: str, tree: ast.Module) -> None:
    touched = {i for i in _imports(tree) if any(_within(i, bad) for bad in IMPURE)}
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)} & {
        "open",
        "print",
        "input",
        "datetime.now",
        "datetime.utcnow",
        "date.today",
    }

    assert touched | calls == set()


@pytest.mark.parametrize(
    ("name", "tree"),
    [(n, t) for n, t in ALL if any(_within(n, f"bot.{p}") for p in PARTS)],
    ids=[n for n, _ in ALL if any(_within(n, f"bot.{p}") for p in PARTS)],
)
def test_the_parts_of_the_bot_do_not_know_each_other(name: str, tree: ast.Module) -> None:
    own = name.split(".")[1]
    others = {
        i for i in _imports(tree) for p in PARTS if p != own and _within(i, f"bot.{p}")
    }  # fmt: skip
    above = {i for i in _imports(tree) if _within(i, "bot.app") or _within(i, "bot.pipeline")}

    assert others | above == set()


@pytest.mark.parametrize(
    ("name", "tree"),
    [(n, t) for n, t in ALL if not _within(n, "storage")],
    ids=[n for n, _ in ALL if not _within(n, "storage")],
)
def test_sql_lives_in_storage(name: str, tree: ast.Module) -> None:
    database = {i for i in _imports(tree) if i.split(".")[0] in {"sqlite3", "sqlite_utils"}}

    assert database == set()


@pytest.mark.parametrize(("name", "tree"), ALL, ids=[name for name, _ in ALL])
def test_importing_a_module_does_nothing(name: str, tree: ast.Module) -> None:
    """At the top stand definitions and values, no loops, no ``with``, no bare calls."""
    doing = [
        ast.unparse(node)[:60]
        for node in tree.body
        if isinstance(node, ast.For | ast.While | ast.With | ast.AsyncWith | ast.Try)
        or (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
    ]

    assert doing == []
