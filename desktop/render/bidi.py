"""The order in which mixed writing directions stand on a line: the Unicode Bidirectional Algorithm (UAX #9).

Ours because no maintained library on the index gives embedding levels, and levels are what shaping and line breaking
need. Tested against Unicode's own conformance files and against python-bidi.
"""

from functools import lru_cache
from unicodedata import bidirectional

_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b\u2329\u232a"
    "\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7\u27e8"
    "\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c\u298d\u2990"
    "\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24"
    "\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d"
    "\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e\uff08"
    "\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}
_CLOSES = {_SAME.get(a, a): _SAME.get(b, b) for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
_CLOSING = frozenset(_CLOSES.values())

_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_EMBEDDINGS = frozenset(("RLE", "LRE", "RLO", "LRO"))
_REMOVED = _EMBEDDINGS | {"PDF", "BN"}
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "PDI")) | _ISOLATES
_PLAIN = frozenset(("L", "EN", "ES", "ET", "CS", "WS", "ON", "NSM", "S", "B"))
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_DEEPEST = 125
_MOST_BRACKETS = 63


@lru_cache(8192)
def _kind(character: str) -> str:
    return bidirectional(character) or "L"


def paragraph_level(text: str, start: int = 0, in_isolate: bool = False) -> int | None:
    """The level that the first strong letter gives (P2, P3), or None where there is none."""
    depth = 0
    for character in text[start:]:
        kind = _kind(character)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if depth:
                depth -= 1
            elif in_isolate:
                return None
        elif not depth and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return None


def levels(text: str, base: int | None = None) -> tuple[list[int], int]:
    """The embedding level of every character, and the paragraph's own; without a base, the first strong letter's."""
    kinds = [_kind(character) for character in text]
    if base is None:
        base = paragraph_level(text) or 0
    if base == 0 and _PLAIN.issuperset(kinds):
        return [0] * len(text), 0
    matching = _matching_isolates(kinds)
    resolved, found = _explicit(text, kinds, base, matching)
    for run, before, after in _isolating_runs(kinds, found, base, matching):
        _resolve(text, resolved, run, found, before, after)
    for i, kind in enumerate(kinds):
        if kind in _REMOVED:
            found[i] = found[i - 1] if i else base
    return found, base


def _matching_isolates(kinds: list[str]) -> dict[int, int]:
    """The closing PDI of every isolate that has one (BD9)."""
    matching: dict[int, int] = {}
    open_isolates: list[int] = []
    for i, kind in enumerate(kinds):
        if kind in _ISOLATES:
            open_isolates.append(i)
        elif kind == "PDI" and open_isolates:
            matching[open_isolates.pop()] = i
    return matching


def _explicit(text: str, kinds: list[str], base: int, matching: dict[int, int]) -> tuple[list[str], list[int]]:
    """Kinds and levels after embeddings, overrides and isolates (X1 to X8)."""
    resolved, found = kinds[:], [base] * len(kinds)
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
    lost_isolates = lost_embeddings = open_isolates = 0
    for i, kind in enumerate(kinds):
        level, override, _unused = stack[-1]
        if kind in _EMBEDDINGS:
            found[i] = level
            inner = _next_level(level, kind[0] == "R")
            if inner <= _DEEPEST and not lost_isolates and not lost_embeddings:
                stack.append((inner, kind[0] if kind[2] == "O" else None, False))
            elif not lost_isolates:
                lost_embeddings += 1
        elif kind in _ISOLATES:
            found[i], resolved[i] = level, override or kind
            rtl = kind == "RLI" or (kind == "FSI" and paragraph_level(text, i + 1, in_isolate=True) == 1)
            inner = _next_level(level, rtl)
            if inner <= _DEEPEST and not lost_isolates and not lost_embeddings:
                open_isolates += 1
                stack.append((inner, None, True))
            else:
                lost_isolates += 1
        elif kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif open_isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                open_isolates -= 1
            level, override, _unused = stack[-1]
            found[i], resolved[i] = level, override or kind
        elif kind == "PDF":
            found[i] = level
            if not lost_isolates and lost_embeddings:
                lost_embeddings -= 1
            elif not lost_isolates and not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind != "B":
            found[i] = level
            if override and kind != "BN":
                resolved[i] = override
    return resolved, found


def _next_level(level: int, rtl: bool) -> int:
    return (level + 1) | 1 if rtl else (level + 2) & ~1


def _isolating_runs(
    kinds: list[str], found: list[int], base: int, matching: dict[int, int]
) -> list[tuple[list[int], str, str]]:
    """Isolating run sequences with the directions before and after them (X10)."""
    kept = [i for i, kind in enumerate(kinds) if kind not in _REMOVED]
    runs: list[list[int]] = []
    for i in kept:
        if runs and found[runs[-1][-1]] == found[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    starting = {run[0]: run for run in runs}
    place = {i: k for k, i in enumerate(kept)}
    closing = set(matching.values())
    answer = []
    for run in runs:
        if run[0] in closing:
            continue
        whole = list(run)
        while (follows := matching.get(whole[-1])) is not None and follows in starting:
            whole += starting[follows]
        level, first, last = found[whole[0]], place[whole[0]], place[whole[-1]]
        before = found[kept[first - 1]] if first else base
        unclosed = kinds[whole[-1]] in _ISOLATES
        after = base if unclosed or last + 1 >= len(kept) else found[kept[last + 1]]
        answer.append((whole, "R" if max(before, level) & 1 else "L", "R" if max(after, level) & 1 else "L"))
    return answer


def _resolve(text: str, resolved: list[str], run: list[int], found: list[int], before: str, after: str) -> None:
    """The levels of one isolating run sequence (W1 to I2)."""
    level = found[run[0]]
    embedding = "R" if level & 1 else "L"
    original = [resolved[i] for i in run]
    kinds = _weak(original, before)
    _brackets([text[i] for i in run], original, kinds, embedding, before)
    i = 0
    while i < len(kinds):
        if kinds[i] not in _NEUTRAL:
            i += 1
            continue
        j = i
        while j < len(kinds) and kinds[j] in _NEUTRAL:
            j += 1
        left = _STRONG[kinds[i - 1]] if i else before
        right = _STRONG[kinds[j]] if j < len(kinds) else after
        kinds[i:j] = [left if left == right else embedding] * (j - i)
        i = j
    for i, kind in zip(run, kinds, strict=True):
        found[i] = level + ((kind != "R") if level & 1 else {"L": 0, "R": 1}.get(kind, 2))


def _weak(original: list[str], before: str) -> list[str]:
    """Numbers, signs and marks take their direction from what stands beside them (W1 to W7)."""
    kinds: list[str] = []
    previous, strong = before, before
    for written in original:
        kind = written
        if written == "NSM":
            kind = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds.append(kind)
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):
        left, kind, right = kinds[i - 1 : i + 2]
        if left == right and ((left == "EN" and kind == "ES") or (left in ("EN", "AN") and kind == "CS")):
            kinds[i] = left
    i = 0
    while i < len(kinds):
        if kinds[i] != "ET":
            i += 1
            continue
        j = i
        while j < len(kinds) and kinds[j] == "ET":
            j += 1
        if (i and kinds[i - 1] == "EN") or (j < len(kinds) and kinds[j] == "EN"):
            kinds[i:j] = ["EN"] * (j - i)
        i = j
    strong = before
    for i, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[i] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    return kinds


def _brackets(characters: list[str], original: list[str], kinds: list[str], embedding: str, before: str) -> None:
    """Paired brackets go with what they hold (N0)."""
    for opening, closing in _bracket_pairs(characters, kinds):
        inside = {_STRONG[kind] for kind in kinds[opening + 1 : closing] if kind in _STRONG}
        if not inside:
            continue
        if embedding in inside:
            direction = embedding
        else:
            direction = next((_STRONG[kind] for kind in reversed(kinds[:opening]) if kind in _STRONG), before)
        for i in (opening, closing):
            kinds[i] = direction
            while (i := i + 1) < len(kinds) and original[i] == "NSM":
                kinds[i] = direction


def _bracket_pairs(characters: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for i, written in enumerate(characters):
        if kinds[i] != "ON":
            continue
        character = _SAME.get(written, written)
        if character in _CLOSES:
            if len(waiting) >= _MOST_BRACKETS:
                break
            waiting.append((_CLOSES[character], i))
        elif character in _CLOSING:
            for k in range(len(waiting) - 1, -1, -1):
                if waiting[k][0] == character:
                    pairs.append((waiting[k][1], i))
                    del waiting[k:]
                    break
    return sorted(pairs)


def line_levels(text: str, found: list[int], base: int, start: int, end: int) -> list[int]:
    """The levels of one line: separators and what trails the line stand at the paragraph's level (L1)."""
    answer, trailing = found[start:end], True
    for i in range(end - 1, start - 1, -1):
        kind = _kind(text[i])
        if kind in ("S", "B"):
            trailing = True
        elif not (trailing and (kind in ("WS", "PDI") or kind in _ISOLATES or kind in _REMOVED)):
            trailing = False
        if trailing:
            answer[i - start] = base
    return answer


def visual_order(found: list[int]) -> list[int]:
    """The places of a line's pieces from left to right (L2)."""
    order = list(range(len(found)))
    lowest = min((level for level in found if level & 1), default=None)
    if lowest is None:
        return order
    for level in range(max(found), lowest - 1, -1):
        i = 0
        while i < len(order):
            if found[order[i]] < level:
                i += 1
                continue
            j = i
            while j < len(order) and found[order[j]] >= level:
                j += 1
            order[i:j] = order[i:j][::-1]
            i = j
    return order
