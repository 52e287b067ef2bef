"""Every word a person sees goes through the catalogues, whole and with named gaps."""

import ast
import re
from collections.abc import Iterator

from tests.syntax import ROOMS, ROOT, broken, called, enclosing

GETTEXT = {"_", "N_", "says", "gettext", "ngettext", "pgettext", "npgettext", "counted"}
TEXTS_IN = {
    "_": (0,),
    "N_": (0,),
    "says": (0,),
    "gettext": (0,),
    "ngettext": (0, 1),
    "counted": (0, 1),
    "pgettext": (0, 1),
    "npgettext": (0, 1, 2),
}


def test_a_message_is_one_literal_sentence() -> None:
    """A message glued, formatted or interpolated inside the call is one no catalogue can hold."""

    def rule(node: ast.AST) -> str | None:
        texts = (
            [node.args[i] for i in TEXTS_IN.get(called(node), ()) if i < len(node.args)]
            if isinstance(node, ast.Call)
            else []
        )
        for text in texts:
            if isinstance(text, ast.JoinedStr | ast.BinOp) or called(text) == "format":
                return ast.unparse(node)
            if isinstance(text, ast.Constant) and re.search(r"%[sdif(]|\{\}|\{\d", str(text.value)):
                return f"a gap without a name: {text.value!r}"
        return None

    assert not broken(rule, *ROOMS)


def test_a_marked_message_is_a_literal() -> None:
    def rule(node: ast.AST) -> str | None:
        if called(node) == "N_" and isinstance(node, ast.Call):
            return None if all(isinstance(text, ast.Constant) for text in node.args) else ast.unparse(node)
        return None

    assert not broken(rule, *ROOMS)


def test_a_message_is_asked_for_by_a_name_the_extraction_knows() -> None:
    def rule(node: ast.AST) -> str | None:
        if isinstance(node, ast.Attribute) and node.attr.endswith("gettext"):
            match next(enclosing(node)):
                case ast.Call(func=ast.Attribute() as func) if func is node:
                    return None
                case ast.Call(func=ast.Name(id="map")):
                    return None
                case ast.Assign(targets=[ast.Name(id="says")]) if node.attr == "gettext":
                    return None
            return ast.unparse(next(enclosing(node)))
        return None

    assert not broken(rule, "desktop", "db")


def test_the_underscore_is_the_screens_words_and_nothing_else() -> None:
    def rule(node: ast.AST) -> str | None:
        match node:
            case ast.Name(id="_", ctx=ast.Store()):
                return "a throwaway is named `_unused`"
            case ast.arg(arg="_"):
                return "a throwaway is named `_unused`"
            case ast.ImportFrom(module=module, names=names) if any("_" in (n.name, n.asname) for n in names):
                return None if module == "desktop.ui.language" else f"`_` from {module}"
        return None

    assert not broken(rule, *ROOMS)

    def outside(node: ast.AST) -> str | None:
        return "the screen's words" if called(node) == "_" else None

    assert not broken(outside, *ROOMS, but=("desktop/ui",))


SHOWS = re.compile(
    r"print|input|getpass"
    r"|set(Text|ToolTip|StatusTip|WhatsThis|WindowTitle|Title|SubTitle|PlaceholderText|Accessible(Name|Description)|Prefix"
    r"|Suffix|SpecialValueText|ButtonText|LabelText|InformativeText|DetailedText|HeaderData|NameFilter|NameFilters)"
    r"|add(Item|Items|Tab|Menu|ToolBar|Row|Button|Action)|showMessage"
    r"|Q(Label|PushButton|ToolButton|CheckBox|RadioButton|GroupBox|Action|Menu|DockWidget|ListWidgetItem|TreeWidgetItem)"
    r"|Column|Heading|Paragraph|Sentence|Note|Bullets|Figure|KeyFigure|Table|Chart|Series|Map|Text|Document"
)
PROSE = re.compile(r"[^\W\d_]{2,}[’'-]?[^\W\d_]*[,:]? [^\W\d_]{2,}")
WORD = re.compile(r"[^\W\d_]{2,}")
KEY = re.compile(r"[a-z][a-z_.]*")  # the key of a column or table, which stands among its words
FOR_MACHINES = re.compile(
    r"set(ObjectName|Property|StyleSheet)|[gs]etattr|fromTheme|QFont|encode|compile|fullmatch|match|search|sub|r?split|partition"
    r"|remove(pre|suf)fix|startswith|endswith|replace|strptime|strftime|path|get|import_module|cast|TypeVar|NewType"
    r"|execute|exec_driver_sql|text|literal|DDL|CheckConstraint|(NotImplemented|Value|Type|Runtime|Assertion|Lookup|Key)Error|SolverFailed"
)
"""Calls whose strings nobody reads: names, patterns, styles, and errors that are our own bugs."""


NOT_READ = re.compile(
    r"exercice exercice exercice"  # the published passphrase of the practice record
    r"|UN Security Council Consolidated List"  # what the list calls itself, in every language
    r"|\s*(\b(\w\w|[A-Z]{3})\b\s*)+"  # a list of codes
)
SPEAK_TO_MACHINES = (
    "desktop/render/docx_",  # Word's own names
    "desktop/render/pdf_",
    "desktop/render/theme.py",  # font names
    "desktop/self_test/made.py",  # what a workbook on trial holds
)


def said(node: ast.AST) -> str:
    """The literal text of a string, gaps aside."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) for part in node.values)
    return ""


def is_docstring(node: ast.AST) -> bool:
    return isinstance(next(enclosing(node), None), ast.Expr)


def goes_through_the_catalogues(node: ast.AST) -> bool:
    """Whether a string stands in a call that marks or translates it, or in one that is for machines."""
    for outer in enclosing(node):
        if isinstance(outer, ast.BinOp) and isinstance(outer.op, ast.Div):
            return True  # a part of a path
        if called(outer) in GETTEXT or FOR_MACHINES.fullmatch(called(outer)):
            return True
        if isinstance(outer, ast.Raise | ast.Assert | ast.stmt):
            return isinstance(outer, ast.Assert) or annotated_away(node)
    return False


def is_a_kind(node: ast.AST) -> bool:
    """Whether a string is the value of an enumeration, which is stored, not shown."""
    return any(
        isinstance(outer, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in outer.bases)
        for outer in enclosing(node)
    )


def annotated_away(node: ast.AST) -> bool:
    """Whether a string stands in a type: `Literal["ltr", "rtl"]`, or a forward name."""
    return any(
        isinstance(outer, ast.arg) or (isinstance(outer, ast.Subscript) and called_literal(outer))
        for outer in enclosing(node)
    )


def called_literal(node: ast.Subscript) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "Literal"


def test_no_sentence_stands_outside_the_catalogues() -> None:
    """Two words in a row are read by somebody, wherever they stand above the record."""

    def rule(node: ast.AST) -> str | None:
        if isinstance(next(enclosing(node), None), ast.JoinedStr) or said(node).lstrip().startswith("<"):
            return None
        read = PROSE.search(said(node)) and not NOT_READ.fullmatch(said(node)) and not is_docstring(node)
        if read and not goes_through_the_catalogues(node) and not is_a_kind(node):
            return repr(said(node)[:80])
        return None

    assert not broken(rule, "desktop", but=SPEAK_TO_MACHINES)


def test_no_word_is_shown_outside_the_catalogues() -> None:
    """A single word counts too where the call is one that shows it."""

    def shown(node: ast.AST) -> Iterator[ast.AST]:
        match node:
            case ast.Constant() | ast.JoinedStr():
                yield node
            case ast.IfExp(body=one, orelse=other):
                yield from (*shown(one), *shown(other))
            case ast.BinOp(left=one, right=other):
                yield from (*shown(one), *shown(other))
            case ast.List(elts=several) | ast.Tuple(elts=several):
                for one in several:
                    yield from shown(one)

    def rule(node: ast.AST) -> str | None:
        if isinstance(node, ast.Call) and SHOWS.fullmatch(called(node)):
            names = {"language", "key", "id", "kind", "end", "sep", "encoding", "icon", "path", "name"}
            arguments = [*node.args, *(word.value for word in node.keywords if word.arg not in names)]
            found = [said(text) for argument in arguments for text in shown(argument) if WORD.search(said(text))]
            if called(node)[0].isupper() and not called(node).startswith("Q"):
                found = [text for text in found if not KEY.fullmatch(text)]
            return f"{called(node)}: {found}" if found else None
        return None

    assert not broken(
        rule,
        "desktop/ui",
        "desktop/reports",
        "desktop/render",
        *present("desktop/cli.py", "desktop/cli", "desktop/__main__.py"),
    )


def present(*names: str) -> list[str]:
    """Those that are there: a room may be one module or a folder of them."""
    return [name for name in names if (ROOT / name).exists()]


def test_what_can_go_wrong_is_said_in_marked_words() -> None:
    def rule(node: ast.AST) -> str | None:
        match node:
            case ast.Assign(targets=[ast.Name(id="message")], value=ast.Constant(value=str(text))) if text:
                return repr(text)
            case ast.AnnAssign(target=ast.Name(id="message"), value=ast.Constant(value=str(text))) if text:
                return repr(text)
        return None

    assert not broken(rule, *ROOMS)
