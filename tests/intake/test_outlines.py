"""Outlines from foreign files: found by P-code, thinned out, and nothing else of the file."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.commands.entries import add
from db.commands.outlines import keep_outlines
from db.models import Place
from db.queries.outlines import kept_outlines, places_outlined
from db.record import Record
from desktop.intake.errors import FileRefused
from desktop.intake.outlines import NoOutlines, read_outlines
from desktop.reports.outlines import outlines

SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]


def shape(code: str, rings: list[Any], **properties: str) -> dict[str, Any]:
    held = {"ADM1_PCODE": code[:4], "ADM2_PCODE": code, "ADM2_FR": "=cmd|' /C calc'!A0", **properties}
    return {"type": "Feature", "properties": held, "geometry": {"type": "Polygon", "coordinates": rings}}


def file(folder: Path, *features: Any) -> Path:
    path = folder / "cod_adm2.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def circle(points: int) -> list[list[float]]:
    ring = [[math.cos(2 * math.pi * i / points), math.sin(2 * math.pi * i / points)] for i in range(points)]
    return [*ring, ring[0]]


def test_outlines_are_found_by_the_deepest_code_and_nothing_else_is_kept(tmp_path: Path) -> None:
    found = read_outlines(file(tmp_path, shape("CD5401", [SQUARE]), shape("CD5402", [SQUARE, "no ring", [[1]]])))
    assert found.codes == ("CD5401", "CD5402")
    assert b"calc" not in found.content and b"ADM" not in found.content
    assert outlines((found.content,))["CD5401"][0][2] == (1.0, 1.0)


def test_a_border_is_thinned_out_and_keeps_its_shape(tmp_path: Path) -> None:
    found = read_outlines(file(tmp_path, shape("CD01", [circle(40_000)])))
    (ring,) = outlines((found.content,))["CD01"]
    assert 20 < len(ring) < 1000
    assert all(abs(math.hypot(x, y) - 1) < 0.002 for x, y in ring)


def test_a_small_island_keeps_an_outline_of_its_own(tmp_path: Path) -> None:
    dot = [[5 + x / 1e6, 5 + y / 1e6] for x, y in SQUARE]
    found = read_outlines(file(tmp_path, shape("CD01", [SQUARE]), shape("CD02", [dot])))
    assert len(outlines((found.content,))["CD02"]) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"features": 3}',
        b'{"features": [null, 3, {"properties": 4}]}',
        b'{"type": "FeatureCollection", "features": []}',
        json.dumps({"features": [shape("CD01", [[[500_000.0, 9_000_000.0]] * 5])]}).encode(),
        json.dumps(
            {"features": [{"geometry": shape("x", [SQUARE])["geometry"], "properties": {"name": "x"}}]}
        ).encode(),
        json.dumps({"features": [shape("CD01", [[[math.nan, 1.0]] * 5])]}).encode(),
        b"PK\x03\x04",
    ],
)
def test_what_holds_no_outlines_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    with pytest.raises(NoOutlines):
        read_outlines(path)
    with pytest.raises(FileRefused):
        read_outlines(tmp_path / "absent.geojson")


@given(
    st.recursive(st.none() | st.floats() | st.text(max_size=4), lambda some: st.lists(some, max_size=5), max_leaves=30)
)
def test_any_geometry_is_read_or_left_out(tmp_path_factory: pytest.TempPathFactory, coordinates: Any) -> None:
    odd = {
        "type": "Feature",
        "properties": {"pcode": "X1"},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }
    found = read_outlines(file(tmp_path_factory.mktemp("odd"), odd, shape("CD01", [SQUARE])))
    assert "CD01" in found.codes


def test_kept_outlines_draw_maps_and_give_way_to_newer_ones(record: Record, tmp_path: Path) -> None:
    found = read_outlines(file(tmp_path, shape("CD5401", [SQUARE]), shape("CD5499", [SQUARE])))
    record.write(add, Place, {"name": "Zone", "kind": "admin", "level": 2, "pcode": "cd5401"})
    assert record.read(places_outlined, found.codes) == 1
    record.write(keep_outlines, "cod_adm2", found.content)
    assert record.read(kept_outlines) == (found.content,)
    moved = read_outlines(file(tmp_path, shape("CD5401", [[[x + 3, y] for x, y in SQUARE]])))
    record.write(keep_outlines, "cod_adm2", moved.content)
    assert record.read(kept_outlines) == (moved.content,)
    assert outlines(record.read(kept_outlines))["CD5401"][0][0] == (3.0, 0.0)
    assert {"CD", "XJ010101"} <= set(outlines(record.read(kept_outlines)))


def test_a_document_that_only_says_so_draws_nothing() -> None:
    assert set(outlines((b"%PDF-1.7", b"[]", b'{"outlines": 3}'))) == set(outlines())
