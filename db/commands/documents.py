"""Keeping files in the record: what comes in, under which name, and whom it may reach.

A file's bytes are kept once, by their digest, however many things they belong to; they are added to and never changed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, new_id, there
from db.commands.checking import fill
from db.commands.frozen_stays import not_frozen
from db.deeds import called, deed
from db.errors import AlreadyReplaced, InvalidValue, NotThere, RecordError
from db.fields import field_of
from db.models import Content, Document
from db.queries.documents import digest_of
from i18n import N_

MEGABYTE = 1024 * 1024
MOST = 25 * MEGABYTE
_LONGEST_NAME, _LONGEST_BYTES, _LONGEST_SUFFIX = 150, 200, 12
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])(\.|$)", re.IGNORECASE)
"""Names that Windows takes for machines."""


class FileTooLarge(RecordError):
    message = N_(
        "{file} has {size} MB; a document may have at most {most} MB. Make it smaller, or keep it beside the record."
    )


class FileEmpty(RecordError):
    message = N_("{file} is empty. Nothing was kept.")


class ConsentNeeded(InvalidValue):
    message = N_("“{field}”: a photograph stays internal until the people on it have given their consent.")


@deed(N_("Add the document {title}"))
def add_document(
    session: Session, owner: type[Entity], owner_id: UUID, file: str, content: bytes, values: Mapping[str, Any]
) -> UUID:
    """Keep a file with a thing; with `replaces_id` among the values it is the next version of that document."""
    there(session, owner, owner_id)
    name = clean_name(file)
    if not content:
        raise FileEmpty(file=name)
    if len(content) > MOST:
        raise FileTooLarge(file=name, size=-(-len(content) // MEGABYTE), most=MOST // MEGABYTE)
    before = _replaced(session, owner_id, values.get("replaces_id"))
    document = Document(id=new_id(), owner=owner.__tablename__, owner_id=owner_id, audience="internal", kind="other")
    if before:
        carried = ("title", "kind", "language", "audience", "consent")
        fill(document, {key: getattr(before, key) for key in carried})
    fill(document, {"title": document.title or PurePosixPath(name).stem, "version": _next_version(before)})
    fill(document, {key: value for key, value in values.items() if value is not None})
    fill(document, {"file": name, "digest": digest_of(content), "size": len(content)})
    not_frozen(session, document)
    photographs_need_consent(session, document)
    keep_content(session, content)
    session.add(document)
    called(session, title=document.title)
    return document.id


def keep_content(session: Session, content: bytes) -> str:
    """Keep these bytes, once; their digest, by which they are found again."""
    digest = digest_of(content)
    if session.scalar(select(Content.digest).where(Content.digest == digest)) is None:
        session.add(Content(digest=digest, size=len(content), body=content))
    return digest


def photographs_need_consent(_session: Session, document: Document) -> None:
    """A photograph shows people: beyond the office only with their consent."""
    if document.kind == "photograph" and document.audience != "internal" and document.consent != "given":
        raise ConsentNeeded(field_of(Document.consent).name)


BY_DEED: Mapping[type[Entity], tuple[str, ...]] = {Document: ("owner", "file", "digest", "size", "replaces_id")}
RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {Document: (photographs_need_consent,)}


def clean_name(file: str) -> str:
    """A file's name that any system can keep and nobody is misled by: no path, no unseen characters, no device."""
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if unicodedata.category(letter) in ("Zl", "Zp", "Zs") else letter for letter in name)
    seen = "".join(letter for letter in seen if unicodedata.category(letter)[0] != "C")
    name = " ".join(_NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", seen)).split()).strip(". ")
    if not name:
        return "document"
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    name = _short(stem) + dot + suffix
    # Not before it is cut to size: what is cut off may leave a device.
    return _short("_" + stem) + dot + suffix if _DEVICES.match(name) else name


def _short(stem: str) -> str:
    """As much of a name as any system keeps: some count letters, others bytes."""
    return stem[:_LONGEST_NAME].encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip(". ")


def _replaced(session: Session, owner_id: UUID, id: UUID | None) -> Document | None:
    if id is None:
        return None
    held = select(Document).where(Document.removed_at.is_(None))
    document = session.scalars(held.where(Document.id == id, Document.owner_id == owner_id)).one_or_none()
    if document is None:
        raise NotThere
    if session.scalars(held.where(Document.replaces_id == id)).first():
        raise AlreadyReplaced
    return document


def _next_version(before: Document | None) -> str | None:
    if before is None:
        return "1"
    version = before.version or "1"
    return str(int(version) + 1) if re.fullmatch(r"[0-9]{1,9}", version) else None
