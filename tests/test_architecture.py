"""The rules of the house that no linter sees: who commits, who releases, what stays out."""

import ast
import re
import subprocess
import sys
import tomllib

from tests.syntax import ROOMS, ROOT, broken, called, enclosing, modules, tree_of

# --- the record -------------------------------------------------------------------------------------------------------


def test_only_the_record_its_migrations_and_its_copies_commit() -> None:
    def rule(node: ast.AST) -> str | None:
        if called(node) in {"commit", "begin_nested"}:
            return "commits"
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.match(r"\s*(COMMIT|BEGIN\b(?!:))", node.value)
        ):
            return "commits in SQL" if not inside_trigger(node.value) else None
        return None

    def inside_trigger(sql: str) -> bool:
        return "END" in sql

    assert not broken(
        rule, *ROOMS, but=("db/record.py", "db/beginning.py", "db/migrations", "db/backup.py", "db/engine.py")
    )


BESIDE = ("db/attempts.py", "db/escrow.py", "db/folders.py", "db/origin.py", "db/upkeep.py")
"""They read small files of their own, and the system's."""


def test_nobody_opens_the_records_file_but_its_own_library() -> None:
    """Closing any other handle of the file drops the locks that the library holds on it."""
    reads = {
        "open",
        "fdopen",
        "read_bytes",
        "read_text",
        "write_bytes",
        "write_text",
        "copy",
        "copy2",
        "copyfile",
        "move",
    }

    def rule(node: ast.AST) -> str | None:
        if called(node) in reads and isinstance(node, ast.Call):
            whose = node.func.value if isinstance(node.func, ast.Attribute) else None
            if called(whose) != "path" and not (isinstance(whose, ast.Name) and whose.id in {"cls", "Record"}):  # type: ignore[arg-type]
                return ast.unparse(node)
        return None

    assert not broken(rule, "db", but=("db/durable.py", "db/keys.py", "db/backup.py", *BESIDE))


def test_entities_stay_in_the_record() -> None:
    """Above the record an entity is named for its fields and its kind; nobody makes one, holds one or annotates one."""
    faults = []
    for path in modules("desktop"):
        tree = tree_of(path)
        entities = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("db.models")
            for alias in node.names
            if alias.name[:1].isupper() and not alias.name.isupper()
        }
        for node in ast.walk(tree):
            names: list[ast.expr | None] = []
            if isinstance(node, ast.Call):
                names = [node.func]
            elif isinstance(node, ast.AnnAssign | ast.arg):
                names = [node.annotation]
            elif isinstance(node, ast.FunctionDef):
                names = [node.returns]
            faults += [
                f"{path.relative_to(ROOT)}:{name.lineno}: {ast.unparse(name)}"
                for name in names
                if name is not None
                and any(isinstance(n, ast.Name) and n.id in entities and not is_a_kind(n) for n in ast.walk(name))
            ]
    assert not faults


def is_a_kind(name: ast.Name) -> bool:
    """Whether an entity is meant as a kind (`type[Organisation]`) or for a field of it (`Organisation.name`)."""
    within = next(enclosing(name))
    return isinstance(within, ast.Attribute) or (
        isinstance(within, ast.Subscript) and isinstance(within.value, ast.Name) and within.value.id == "type"
    )


# --- what leaves ------------------------------------------------------------------------------------------------------


def test_only_the_guard_releases() -> None:
    def rule(node: ast.AST) -> str | None:
        return "makes a Released" if called(node) == "Released" else None

    assert not broken(rule, "desktop", but=("desktop/guard",))


def test_texts_and_tables_are_laid_out_by_us_and_never_by_reportlab() -> None:
    """Its Paragraph reads markup in a person's name, and knows no right to left."""

    def rule(node: ast.AST) -> str | None:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportlab.platypus"):
            return "imports " + ", ".join(alias.name for alias in node.names)
        if isinstance(node, ast.Import) and any(alias.name.startswith("reportlab.platypus") for alias in node.names):
            return "imports reportlab.platypus"
        return None

    assert not broken(rule, "desktop")


def test_everything_but_the_window_runs_without_qt() -> None:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in modules(*ROOMS)
        if not path.relative_to(ROOT)
        .as_posix()
        .startswith(("desktop/ui/", "db/migrations/env", "db/migrations/versions"))
    ]
    code = (
        "import sys, importlib\n"
        "sys.modules.update(dict.fromkeys(('PySide6', 'shiboken6')))\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- the window -------------------------------------------------------------------------------------------------------


def test_the_window_never_spins_the_loop_by_hand() -> None:
    def rule(node: ast.AST) -> str | None:
        return "processEvents" if isinstance(node, ast.Attribute) and node.attr == "processEvents" else None

    assert not broken(rule, "desktop")


# --- the house itself -------------------------------------------------------------------------------------------------


def test_the_top_of_the_house_is_as_agreed() -> None:
    tops = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {"build"}
    assert tops == {"pyproject.toml", "desktop", "resources", "i18n", "db", "tests", "packaging", "README.md"}
    assert not (ROOT / "packaging" / "__init__.py").exists(), "PyPI's packaging could not be imported"


def test_every_package_of_ours_is_named_for_the_build() -> None:
    named = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"])
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in modules(*ROOMS)}
    assert named == there


def test_a_module_has_one_subject() -> None:
    ours = {path.relative_to(ROOT).as_posix(): path for path in modules(*ROOMS) if "versions" not in path.parts}
    long = {name: n for name, path in ours.items() if (n := len(path.read_text("utf-8").splitlines())) > 300}
    vague = [name for name, path in ours.items() if path.stem in {"utils", "helpers", "common", "manager", "misc"}]
    untold = [name for name, path in ours.items() if not ast.get_docstring(tree_of(path))]
    assert (long, vague, untold) == ({}, [], [])


def test_every_locked_package_has_its_digests_and_no_address() -> None:
    locks = sorted((ROOT / "packaging").glob("*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "://" not in text and "--index" not in text and "--find-links" not in text
        entries = [entry for entry in re.split(r"\n(?=\S)", text) if re.match(r"[\w.-]+==", entry)]
        assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_what_runs_is_what_is_locked() -> None:
    """The window's Qt in particular: 6.12.0 kills Python 3.11."""
    wanted = re.findall(
        r"^([\w.-]+)==(\S+)", (ROOT / "packaging" / "requirements.lock").read_text("utf-8"), re.MULTILINE
    )
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    normal = {re.sub(r"[-_.]+", "-", name).lower() for name, _version in wanted}
    assert ("pyside6-essentials", "6.11.3") in wanted
    assert {re.sub(r"[-_.]+", "-", re.split(r"[=><]", name)[0]).lower() for name in declared} <= normal
