"""Makes the outlines of countries that we carry, from Natural Earth (public domain) as the package world-atlas has it.

Usage: python packaging/make_countries.py FOLDER, with the unpacked npm package world-atlas and `pycountry` at hand. The
coarsest cut serves: a map of a report is a hand wide. Countries too small for it come from the next finer one. Lines
follow the United Nations where Natural Earth draws what is held rather than what is recognised.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pycountry

OUTLINES = Path(__file__).resolve().parent.parent / "resources" / "outlines"
PARTS = {"Somaliland": "SO", "N. Cyprus": "CY", "Kosovo": "XK"}
"""What Natural Earth draws apart and without a code of ISO 3166; other such land is left out."""
_DECIMALS = 2

Ring = list[list[float]]


def countries(file: Path) -> dict[str, list[Ring]]:
    """The rings of each country, by its code of ISO 3166."""
    topology = json.loads(file.read_text("utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        known = pycountry.countries.get(numeric=shape.get("id", ""))
        code = known.alpha_2 if known else PARTS.get(shape["properties"]["name"])
        if code:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
            found.setdefault(code, []).extend(ring for ring in rings if len(ring) > 3)
    return found


def _arc(steps: list[list[int]], transform: dict[str, Any]) -> Ring:
    (across, along), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        points.append([round(x * across + west, _DECIMALS), round(y * along + south, _DECIMALS)])
    return points


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """The arcs of a ring one after the other; a negative number is an arc gone backwards."""
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += [point for point in points if not ring or point != ring[-1]]
    return ring


def main() -> None:
    """Write the outlines into their place."""
    folder = Path(sys.argv[1])
    found = countries(folder / "countries-50m.json") | countries(folder / "countries-110m.json")
    lines = ",\n".join(
        f'"{code}": {json.dumps(rings, separators=(",", ":"))}' for code, rings in sorted(found.items()) if rings
    )
    head = '{"name": "Countries", "source": "Natural Earth 1:110m and 1:50m, public domain", "outlines": {\n'
    (OUTLINES / "countries.json").write_text(f"{head}{lines}\n}}}}\n", "utf-8")


if __name__ == "__main__":
    main()
