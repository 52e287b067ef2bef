"""Mutants: small valid files with a few things changed, the same ones again for the same number.

A mutant that is no zip, or whose digest is wrong, is refused at the door and finds nothing behind it. So most mutants
are changed inside: a part of a zip, a value of a tree of JSON, a cell of a row; the wrapping is made anew.
"""

import copy
import hashlib
import json
import random
import zipfile
from io import BytesIO
from typing import Any

WORDS = (
    *("", " ", "\0", "\n", "\r\n", "\t", "\u202e", "\u2028", "\ufeff", "\u200b", "\x1b", "\x85", "\ufffe"),
    *("é", "ع", "٣", "𝟜", "²", "½", "Ⅷ", "🇨🇩", "\U000e0001", "\u0301" * 5, "x" * 70_000, "9" * 400, "-", "--1", "+"),
    *("1e999", "-1e-999", "NaN", "sNaN", "Infinity", "0x10", "1_000", "1.234.567,89", "1 234", "١٢٬٣٤٥", "%", "1/0"),
    *("31/02/2025", "2025-13-45", "0000-00-00", "9999-12-31", "10000-01-01", "29/02/1900", "1er mars", "2025-W01"),
    *("2025-03-01T25:61:61Z", "12/13", "janvier 20255", "24:00", "-0001-01-01", "3.4.5.6", "2/3/4", "mai"),
    *("=cmd|'/C calc'!A0", "@SUM(1)", "../../etc/passwd", "C:\\con", "NUL", "a/b", "file:///etc/passwd", "{{ x }}"),
    *("{{ a.b }}", "{{", "}}", "{x}", "%s", "<x>", "]]>", "&amp;", "&#0;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!--"),
    *("sep=", '"', "'", "null", "true", "[[[[", "{}", "CDF", "ZZZ", "NA", "n/a", "-", "…", "uuid", "#adm1+code"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**40, 0.1, -0.0, 1e308, float("inf"), float("-inf"), float("nan")),
    *([], {}, [[]], [None], {"": None}, {"blocks": 1}, "", "x", "\ud800", "\0", "fr", "2025-01-01"),
)
_BYTES = (
    b"\0",
    b"\xff",
    b"\x80",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"PK\x03\x04",
)


def changed_text(text: str, chance: random.Random, others: tuple[str, ...] = WORDS) -> str:
    """The text with one to four changes."""
    for _each in range(chance.choice((1, 1, 1, 2, 4))):
        at, to = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        match chance.randrange(6):
            case 0:
                text = text[:at] + chance.choice(others) + text[at:]
            case 1:
                text = text[:at] + text[min(to, at + 8) :]
            case 2:
                text = (
                    text[:at] + chr(chance.choice((chance.randrange(128), chance.randrange(0xD800)))) + text[at + 1 :]
                )
            case 3:
                text = text[:to] + text[at : at + 40] * chance.choice((1, 2, 9)) + text[to:]
            case 4:
                text = text[:at] + chance.choice(others) + text[to:]
            case 5:
                text = chance.choice(others) + chance.choice(("", " ", text[at:to]))
    return text[:200_000]


def changed_bytes(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight changes, some of them of meaning to readers of text."""
    made = bytearray(content)
    for _each in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randint(0, len(made))
        match chance.randrange(7):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at:at] = chance.choice(WORDS).encode("utf-8", "replace")[:70_000]
            case 2:
                del made[at : at + chance.choice((1, 4, 60, 2_000))]
            case 3:
                made[at : at + 4] = chance.choice(_BYTES)
            case 4:
                made[at:at] = made[at : at + chance.choice((4, 60, 600))] * chance.choice((1, 3))
            case 5:
                begun = chance.randint(0, len(made))
                made[at:at] = made[begun : begun + 200]
            case 6:
                made[at : at + 1] = bytes([made[at] ^ (1 << chance.randrange(8))]) if at < len(made) else b""
    return bytes(made[:400_000])


def changed_zip(content: bytes, chance: random.Random) -> bytes:
    """The zip with one of its parts changed, now and then its own bytes or those of its directory."""
    if (kind := chance.randrange(8)) < 2:
        begun = content.find(b"PK\x01\x02") if kind else 0
        return content[:begun] + changed_bytes(content[begun:], chance)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.randrange(len(parts))
    name, body = parts[at]
    match chance.randrange(12):
        case 0:
            del parts[at]
        case 1:
            parts.append((name, body))
        case 2:
            parts[at] = (changed_text(name, chance)[:300] or "x", body)
        case _:
            parts[at] = (name, changed_bytes(body, chance))
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts:
            # An archive that says one name twice is one of the things to be tried.
            archive.filelist, kept = [], archive.filelist
            archive.NameToInfo.pop(name, None)
            archive.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode()), body)
            archive.filelist = kept + archive.filelist
    return made.getvalue()


def changed_tree(tree: Any, chance: random.Random) -> Any:
    """A tree of JSON with one to three of its nodes changed."""
    whole = [copy.deepcopy(tree)]
    for _each in range(chance.choice((1, 1, 2, 3))):
        holder, key = chance.choice(list(_nodes(whole)))
        held = holder[key]
        match chance.randrange(6):
            case 0:
                holder[key] = copy.deepcopy(chance.choice(VALUES))
            case 1 if isinstance(held, str):
                holder[key] = changed_text(held, chance)
            case 2 if isinstance(held, int | float):
                holder[key] = held * chance.choice((-1, 10**9, 0))
            case 3 if isinstance(holder, dict):
                holder[changed_text(str(key), chance)[:50]] = holder.pop(key)
            case 4 if isinstance(held, list) and held:
                held += copy.deepcopy(held[: chance.choice((1, 3))]) * chance.choice((1, 40))
            case _ if isinstance(holder, dict) or len(holder) > 1:
                del holder[key]
    return whole[0] if whole else None


def _nodes(node: Any) -> Any:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _nodes(node[key])


def changed_json(content: bytes, chance: random.Random) -> bytes:
    """JSON with its tree changed, now and then its bytes."""
    if chance.randrange(6) == 0:
        return changed_bytes(content, chance)
    return json.dumps(changed_tree(json.loads(content), chance), ensure_ascii=chance.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )


def changed_sheet(content: bytes, chance: random.Random) -> bytes:
    """A partner's sheet whose digest is right again after the change."""
    if chance.randrange(6) == 0:
        return changed_json(content, chance)
    whole = json.loads(content)
    whole["content"] = changed_tree(whole["content"], chance)
    canonical = json.dumps(whole["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    whole["digest"] = hashlib.sha256(canonical.encode("ascii")).hexdigest()
    return json.dumps(whole).encode()
