"""Our own modules as syntax, for rules that no linter sees."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("desktop", "db", "i18n", "resources")


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as syntax, each node knowing what it stands in."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.within = node  # type: ignore[attr-defined]
    return tree


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, found once for all the rules."""
    return tuple(ast.walk(tree_of(path)))


def modules(*rooms: str) -> list[Path]:
    """The modules of these rooms; of a single module where its path is given."""
    return sorted(
        path for room in rooms for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))
    )


def broken(rule: Callable[[ast.AST], str | None], *rooms: str, but: tuple[str, ...] = ()) -> list[str]:
    """Where a rule is broken, as places a person can click on; `but` are paths the rule is not about."""
    found = []
    for path in modules(*rooms):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(but or ("nowhere",)):
            found += [
                f"{name}:{node.lineno}: {fault}"  # type: ignore[attr-defined]
                for node in nodes_of(path)
                if (fault := rule(node))
            ]
    return found


def called(node: ast.AST) -> str:
    """The last name of what a call calls: `setText` of `self.label.setText("…")`; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=ast.Name(id=name)):
            return name
    return ""


def enclosing(node: ast.AST) -> Iterator[ast.AST]:
    """What a node stands in, from the inside out."""
    while (node := getattr(node, "within", None)) is not None:  # type: ignore[assignment]
        yield node
