"""Pictures: drawn from our own copy, refused where they are none."""

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image as Drawn

from desktop.render import render
from desktop.render.pictures import LARGEST_FILE, PictureRefused, opened
from desktop.reports.document import Image, SignatureLine, Signatures
from tests.render.made import document, pages, part, parts


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 120), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Drawn.new(mode, size, "#2E7D7D" if mode == "RGB" else 1).save(out, kind)
    return out.getvalue()


def odd() -> bytes:
    """A photograph whose description of itself says its width in letters."""
    out, exif = io.BytesIO(), Drawn.Exif()
    exif[0x013B], exif[0x0112] = "abc", 6
    Drawn.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return out.getvalue().replace(b"\x01;\x00\x02", b"\x01\x00\x00\x02")


def bomb() -> bytes:
    """A PNG of a few bytes that says it is as large as a field."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        b"",
        b"#!/bin/sh\nrm -rf ~\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture() + b"\0" * LARGEST_FILE,
        picture(size=(6000, 5000), mode="1"),
        odd(),
        picture("GIF"),
        picture("TIFF"),
        picture()[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * (LARGEST_FILE + 1),
    ],
    ids=["bomb", "nothing", "script", "svg", "heavy", "wide", "odd", "gif", "tiff", "cut short", "too large"],
)
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_what_is_no_picture_is_refused_in_words(content: bytes, form: str) -> None:
    with pytest.raises(PictureRefused):
        render(document(logos=(Image(content, "Logo"),)), form)  # type: ignore[arg-type]


def test_a_logo_and_a_picture_are_told_to_who_does_not_see_them() -> None:
    asked = document(Image(picture("JPEG"), "Une réunion"), logos=(Image(picture(), "Logo du bureau"),))
    with pikepdf.open(io.BytesIO(render(asked, "pdf"))) as made:
        assert len(made.pages[0].Resources.XObject) == 2
        tree = str(made.Root.StructTreeRoot.K[0].K)
    assert tree.count("/Figure") >= 1
    word = render(asked, "docx")
    assert 'descr="Une réunion"' in part(word, "word/document.xml")
    assert 'descr="Logo du bureau"' in part(word, "word/document.xml")
    assert sum(name.startswith("word/media/") for name in parts(word)) == 2
    assert "Logo du bureau" in part(render(asked, "xlsx"), "xl/drawings/drawing1.xml")


def test_nothing_of_a_file_goes_on_but_what_is_seen() -> None:
    out = io.BytesIO()
    exif = Drawn.Exif()
    exif[0x013B] = "Amina Secrète"
    exif[0x0112] = 6  # the camera was held upright
    Drawn.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    assert b"Amina" in out.getvalue()
    held = opened(out.getvalue() + b"<?php Amina ?>")
    assert b"Amina" not in held.file and (held.width, held.height) == (30, 40)


def test_a_clear_picture_stands_on_white_and_a_large_one_is_made_smaller() -> None:
    out = io.BytesIO()
    Drawn.new("RGBA", (4000, 1000), (0, 0, 0, 0)).save(out, "PNG")
    held = opened(out.getvalue())
    assert (held.width, held.height) == (1600, 400) and set(held.pixels) == {255}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_lines_to_sign_on_stay_together(language: str) -> None:
    lines = tuple(SignatureLine(f"Rôle {i}", f"Personne {i}") for i in range(4))
    filler = Image(picture(size=(1500, 1500)), "Grande")
    asked = document(filler, Signatures(lines), language=language)
    told = pages(asked)
    assert [page for page in told if "Rôle" in page] == told[-1:]
    assert all(f"Personne {i}" in told[-1] for i in range(4))
    assert "Personne 3" in part(render(asked, "docx"), "word/document.xml")
    assert b"Personne 3" in render(asked, "text")
