"""A template of a report as a file that another office can take in: JSON with known names, read with suspicion."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from db.commands.report_templates import NotATemplate, template_parts
from desktop.reports.offer import NoSuchReport, report_called

MARK = "jalon-report-template"
LARGEST = 4_000_000
_NAMES = ("name", "report", "language", "notes", "body")
_LONGEST = 5_000


def template_file(values: Mapping[str, Any]) -> bytes:
    """The file of a template, by its fields."""
    said = {"format": MARK} | {key: values.get(key) for key in _NAMES}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_template(path: Path) -> dict[str, Any]:
    """The fields of a template from a file of anywhere; what is not one is refused, and nothing of it is kept."""
    try:
        if path.stat().st_size > LARGEST:
            raise NotATemplate
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as refused:
        raise NotATemplate from refused
    if not isinstance(found, dict) or found.get("format") != MARK or not set(found) <= {"format", *_NAMES}:
        raise NotATemplate
    for key in ("name", "report", "language", "notes"):
        if not (found.get(key) is None or (isinstance(found[key], str) and len(found[key]) <= _LONGEST)):
            raise NotATemplate
    try:
        report_called(found.get("report") or "")
    except NoSuchReport as unknown:
        raise NotATemplate from unknown
    template_parts(found.get("body"))
    return {key: found.get(key) for key in _NAMES}
