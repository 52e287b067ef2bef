"""What goes into the frozen program, and what stays out: read by `jalon.spec`, and by the tests without PyInstaller."""

import ast
import pickle
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from platform import system
from typing import Any, cast

Entry = tuple[str, str, str]
"""What PyInstaller calls a line of its table of contents: the name inside the folder, the file, its sort."""

OURS = ("desktop", "db", "i18n", "resources")
IDENTIFIER = "org.jalon.Jalon"
MIME_TYPE = "application/x-jalon"
LANGUAGES = ("fr", "en", "es", "ar")

EXCLUDED = [
    # Of Qt, the window and its pictures are used; the session bus tells when the computer sleeps.
    *(
        f"PySide6.Qt{part}"
        for part in (
            "Concurrent", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets", "Qml", "Quick", "QuickWidgets",
            "QuickControls2", "Sql", "Test", "UiTools", "Xml",
        )
    ),
    # One SQLite in the process: the standard library's own would drop the locks of SQLCipher's.
    "sqlite3", "_sqlite3", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.oracle",
    # Nothing goes to a network; Python's own digests do, without a third copy of OpenSSL.
    "ssl", "_ssl", "_hashlib", "ftplib", "smtplib", "imaplib", "xmlrpc", "webbrowser",
    # Of makers and testers of programs.
    "tkinter", "_tkinter", "test", "unittest", "doctest", "pdb", "pydoc", "lib2to3", "ensurepip", "venv", "idlelib",
    "turtle", "pip", "setuptools", "wheel", "pkg_resources", "pytest", "mypy", "curses", "readline",
    # Asked for by libraries in ways that we do not go.
    "numpy", "pandas", "matplotlib", "IPython", "PyQt5", "PyQt6", "gi", "rlPyCairo", "_rl_renderPM", "PIL.ImageQt",
    "PIL.ImageTk", "reportlab.graphics", "reportlab.platypus", "charset_normalizer", "_pydecimal", "lxml.html",
    "lxml.isoschematron", "lxml.objectify", "lxml.sax", "lxml.builder", "pycparser", "babel.messages.frontend",
    # Pictures are opened as PNG and JPEG only.
    "PIL._avif", "PIL._webp", "PIL._imagingcms", "PIL._imagingft",
]  # fmt: skip

NOT_ON_WINDOWS = ["cffi", "secretstorage", "jeepney", "PySide6.QtDBus"]
"""Where the first is found, the keyring takes a way that needs pycparser, too; the others ask Linux's buses."""

NAMED_IN_STRINGS = [
    # Alembic's own scripts and ours ask for these; SQLAlchemy names its dialects in a string.
    "alembic.op", "alembic.ddl.sqlite", "sqlalchemy.dialects.sqlite.pysqlcipher", "logging.config",
]  # fmt: skip

_QT_PLUGINS = {
    "platforms": ("xcb", "wayland", "offscreen", "windows", "cocoa"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "platforminputcontexts": ("ibus", "compose"),
    "platformthemes": ("xdgdesktopportal",),
    "imageformats": ("svg", "jpeg", "ico"),
    "iconengines": ("svgicon",),
    "printsupport": ("cups", "windows", "cocoa"),
}
"""The plug-ins of Qt that are taken, by what their names hold; those of any other folder are not."""

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/([^/]+)/(.+)$")
_TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(.+)$")
_UNWANTED = re.compile(
    # A second way to draw, which Fusion never takes, and what plug-ins that are left out brought along.
    r"(^|/)(opengl32sw|d3dcompiler_\w+)\.dll$"
    r"|(^|/)(lib)?Qt6?(Network|Qml|Quick|OpenGL|Sql|Test|Designer|VirtualKeyboard|EglFS|Eglfs|WaylandEglClient)\w*[.]"
    r"|^PySide6/Qt\w*/qml/"
    r"|^babel/(locale-data/|global[.]dat)"
    # Of what a library says of itself, its version and its entry points are asked for while it runs.
    r"|[.]dist-info/(?!METADATA$|entry_points[.]txt$)"
    r"|^reportlab/fonts/"
    r"|^docx/templates/default-docx-template/"
    r"|[.](pyi|h|hpp|pxd|pxi|pyx|c|cpp|rnc|xsl|rng)$"
)


_OF_THE_SYSTEM = re.compile(
    r"lib(X11|X11-xcb|Xau|Xdmcp|xcb|xkbcommon|cups|fontconfig|freetype|glib-2[.]0|gthread-2[.]0|dbus-1|EGL|GL|GLX|wayland-\w+|drm|gbm|"
    r"stdc[+][+]|gcc_s)[.]so[.]"
)
"""What every desktop has and its keepers mend: carried along it would grow old, or be at odds with the drivers."""

_LIBRARY = re.compile(r"(^|.*/)([^/]+([.]so([.][0-9.]+)?|[.]dll|[.]dylib))$", re.IGNORECASE)
_NEEDED_UNASKED = re.compile(
    r"/plugins/|highs_dist/|pdfium|(^|/)(lib)?python3|vcruntime|msvcp|ucrtbase|api-ms-", re.IGNORECASE
)
"""What nothing is linked with and is needed nevertheless: opened by name, or by the program before anything else."""


def linked(carried: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """What is left without the libraries only left-out plug-ins asked for; `needs` tells what a file is linked with."""
    # A link beside a library that lies deeper: the libraries of a wheel find each other by themselves.
    entries = [entry for entry in carried if entry[2] != "SYMLINK"]
    libraries = {found[2].lower(): entry for entry in entries if (found := _asked_for(entry))}
    reached = {entry for entry in entries if not _asked_for(entry)}
    asking = [entry for entry in reached if entry[2] in ("BINARY", "EXTENSION")]
    while asking:
        for name in needs(asking.pop()[1]):
            library = libraries.get(name.lower())
            if library and library not in reached and not _OF_THE_SYSTEM.match(name):
                reached.add(library)
                asking.append(library)
    return [entry for entry in entries if entry in reached]


def _asked_for(entry: Entry) -> re.Match[str] | None:
    name = entry[0].replace("\\", "/")
    return None if entry[2] != "BINARY" or _NEEDED_UNASKED.search(name) else _LIBRARY.match(name)


def needs(file: str) -> list[str]:
    """The libraries that a file names itself; on Linux PyInstaller would tell what those name too."""
    if system() == "Linux":
        told = subprocess.run(["objdump", "-p", file], capture_output=True, check=True, text=True).stdout
        return re.findall(r"NEEDED\s+(\S+)", told)
    from PyInstaller.depend.bindepend import get_imports

    return [Path(name).name for name, _found in get_imports(file)]


_CPP_RUNTIME = re.compile(r"^(?:.*/)?((?:msvcp|vcruntime|concrt)140\w*[.]dll)$", re.IGNORECASE)


def wanted(carried: Iterable[Entry]) -> list[Entry]:
    """What of PyInstaller's findings is taken, in one order whatever the disk's.

    Of Windows' C++ runtime, which several wheels bring along, one copy stands at the top: there the loader looks for
    everything that the program opens, and the solver, which brings none, finds it on a computer that has none either.
    """
    taken: dict[str, Entry] = {}
    for name, file, kind in sorted(carried):
        plain = name.replace("\\", "/")
        if runtime := _CPP_RUNTIME.match(plain):
            # Qt's is the newest, and what stands beside Python is already Qt's (`windows/runtime.csv`).
            taken.setdefault(runtime[1].lower(), (runtime[1], file, kind))
        elif _is_wanted(plain):
            taken[plain] = (name, file, kind)
    return sorted(taken.values())


def _is_wanted(name: str) -> bool:
    if plugin := _PLUGIN.search(name):
        return any(part in plugin[2] for part in _QT_PLUGINS.get(plugin[1], ()))
    if translation := _TRANSLATION.search(name):
        return translation[1] in {f"qtbase_{language}.qm" for language in LANGUAGES}
    return not _UNWANTED.search(name)


def modules(root: Path) -> list[str]:
    """Every module of ours: some are named in strings only, or arrive pickled in the other process."""
    files = (file.relative_to(root) for package in OURS for file in sorted((root / package).rglob("*.py")))
    dotted = (".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files)
    return [name for name in dotted if not name.startswith("db.migrations.")]


def carried(root: Path) -> list[Entry]:
    """Our files beside the modules: resources, built catalogues, and the steps of the migrations for Alembic."""
    kept = [
        *(file for file in (root / "resources").rglob("*") if _is_resource(file.relative_to(root))),
        *(root / "i18n" / "locales").glob("*/LC_MESSAGES/messages.mo"),
        *(root / "db" / "migrations").rglob("*.py"),
    ]
    named = ((file.relative_to(root), file) for file in sorted(kept) if file.is_file())
    return [(str(name), str(file), "DATA") for name, file in named if name != Path("db/migrations/__init__.py")]


def _is_resource(name: Path) -> bool:
    # The pictures are the README's.
    return name.parts[1] != "pictures" and "__pycache__" not in name.parts and name.suffix not in (".py", ".pyc")


def solver(platform: str) -> list[Entry]:
    """HiGHS alone of what `highsbox` brings: its library is opened by name, so nothing else would find it."""
    import highsbox

    home = Path(highsbox.highs_dist_dir())
    library = {"win32": "bin/highs.dll", "darwin": "lib/libhighs.dylib"}.get(platform, "lib/libhighs.so")
    return [(f"highsbox/highs_dist/{library}", str(home / library), "BINARY")]


_UNSAID = (
    "unit_patterns", "compound_unit_patterns", "unit_display_names", "time_zones", "meta_zones", "zone_formats",
    "compact_decimal_formats", "compact_currency_formats", "date_fields", "scripts", "variants",
    "territory_languages", "territory_currencies", "territory_zones", "zone_territories", "windows_zone_mapping",
)  # fmt: skip
"""What Babel knows and Jalon never says: half of it."""


def spoken_in(root: Path) -> set[str]:
    """The languages whose numbers, dates and names are carried: what the program speaks, and what forms offer."""
    catalogues = (folder.name for folder in (root / "i18n" / "locales").iterdir() if folder.is_dir())
    names = ast.parse((root / "desktop" / "ui" / "forms" / "names.py").read_text(encoding="utf-8")).body
    told = next(
        one.value for one in names if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "_LANGUAGES"
    )
    return {*LANGUAGES, *catalogues, *ast.literal_eval(told).split(), "root"}


def pared_locales(root: Path, work: Path) -> list[Entry]:
    """Babel's locales of the languages on offer, without what we never say. Others speak English: `i18n.languages`."""
    import babel

    home, spoken = Path(babel.__file__).parent, spoken_in(root)
    (work / "locale-data").mkdir(parents=True, exist_ok=True)
    found = []
    for name in [Path("global.dat"), *sorted(file.relative_to(home) for file in home.glob("locale-data/*.dat"))]:
        # `fa_AF` is taken, but no language in a script that is not its own, such as `ff_Adlm_GN`.
        if name.stem != "global" and (name.stem.split("_")[0] not in spoken or re.search("_[A-Z][a-z]", name.stem)):
            continue
        # Python's own pickle, from a wheel whose digest is locked.
        known: dict[str, Any] = pickle.loads((home / name).read_bytes())
        for unsaid in _UNSAID:
            known.pop(unsaid, None)
        (work / name).write_bytes(pickle.dumps(known, 2))
        found.append((f"babel/{name.as_posix()}", str(work / name), "DATA"))
    return found


def without_its_word(source: Any, name: str, mode: str, *more: Any) -> Any:
    """A module compiled with a dot in the place of what it says of itself: a third of a library, asked for by nobody.

    Python's own -OO would take the assertions, too, and what is shipped would not be what was tested; some of those
    look whether a function says something.
    """
    if isinstance(source, ast.AST):
        for node in ast.walk(source):
            if isinstance(node, _SAYING) and ast.get_docstring(node, clean=False):
                said = cast(ast.Expr, node.body[0])
                said.value = ast.copy_location(ast.Constant("."), said.value)
    return compile(source, name, mode, *more)


_SAYING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def info_plist(version: str) -> dict[str, Any]:
    """What macOS is told of the program: its languages, its records, its version."""
    return {
        "CFBundleDisplayName": "Jalon",
        "CFBundleShortVersionString": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": list(LANGUAGES),
        "CFBundleAllowMixedLocalizations": True,
        "LSMinimumSystemVersion": "13.0",
        "LSApplicationCategoryType": "public.app-category.business",
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            {"CFBundleTypeName": "Jalon", "CFBundleTypeRole": "Editor", "LSItemContentTypes": [f"{IDENTIFIER}.record"]}
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"{IDENTIFIER}.record",
                "UTTypeDescription": "Jalon",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": ["jalon"], "public.mime-type": [MIME_TYPE]},
            }
        ],
    }


def dress(platform: str, version: str, here: Path) -> dict[str, Any]:
    """The icon, and on Windows what its dialogs tell of the program, which scanners look at too."""
    if platform == "darwin":
        return {"icon": str(here / "macos" / "jalon.icns")}
    if platform != "win32":
        return {}
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*(int(part) for part in version.split(".")), 0, 0, 0)[:4]
    told = {
        "CompanyName": "Jalon",
        "FileDescription": "Jalon",
        "FileVersion": version,
        "InternalName": "jalon",
        "OriginalFilename": "jalon.exe",
        "ProductName": "Jalon",
        "ProductVersion": version,
    }
    table = StringTable("040904B0", [StringStruct(name, said) for name, said in told.items()])
    languages = VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])])
    info = VSVersionInfo(FixedFileInfo(filevers=numbers, prodvers=numbers), [StringFileInfo([table]), languages])
    return {"icon": str(here / "windows" / "jalon.ico"), "version": info}
