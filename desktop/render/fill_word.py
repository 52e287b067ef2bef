"""A Word form filled through docxtpl, in a sandbox that knows names and nothing else.

docxtpl puts together a place that Word has cut into pieces and looks into headers, footers, notes and text boxes. Its
language could loop, call and reach into Python: whatever is no plain name is refused before anything is carried out.
"""

import re
from io import BytesIO
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from desktop.render.direction import runs_rtl, stretches
from desktop.render.form_file import TEMPLATE, NotAForm, tree_of
from desktop.render.form_places import FormAsksTooMuch, Places

_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
_BROKEN = (
    OpcError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
    RecursionError,
    etree.LxmlError,
)
"""The ways in which the libraries stumble over a part that lacks what they take for given."""
_TAG = re.compile(r"(?=(\{[{%#].{0,300}))", re.DOTALL)
_PLACE = re.compile(r"\{\{\s*\w+\s*\}\}")
_TEXT_OPENS = re.compile(r"<(?:w|a|m):t(?:\s[^<>]*)?>")
_SPOKEN = re.compile(r'\s(?:descr|title)="[^"]*\Z')
_FILLED, _END = "\ue0f0", "\ue0f1"
"""Stand around a text that was put in until its run has its direction; taken out of any value before."""
_MARKS = {ord(_FILLED): None, ord(_END): None}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AFTER_RTL = frozenset(f"{_W}{name}" for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


def fill_word(content: bytes, places: Places) -> bytes:
    """The form with what its places ask for; a name that nobody knows stays as it stands."""
    sandbox = _Names(places)
    try:
        form = DocxTemplate(BytesIO(content))
        form.render(sandbox.values, jinja_env=sandbox, autoescape=True)
        _directed_everywhere(form)
        _take_template_off(form)
        made = BytesIO()
        form.save(made)
    except _BROKEN as damaged:
        raise NotAForm from damaged
    return made.getvalue()


class _Names(SandboxedEnvironment):
    """A sandbox in which a template is text with names in it."""

    def __init__(self, places: Places) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        for known in (self.globals, self.filters, self.tests):
            known.clear()
        self.values: dict[str, str] = {}
        self._places = places

    def from_string(self, source: Any, *args: Any, **more: Any) -> Template:
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as wrong:
            raise _too_much(source) from wrong
        names = list(tree.find_all(nodes.Name))
        plain = all(isinstance(node, _PLAIN) for node in tree.find_all(nodes.Node))
        if not plain or any(name.name == "self" for name in names):
            raise _too_much(source)
        if place := _between_tags(source):
            raise FormAsksTooMuch(place=place)
        for name in names:
            self.values[name.name] = self._value(name.name)
        return super().from_string(source, *args, **more)

    def _value(self, name: str) -> str:
        value = self._places.ask(name)
        if value is None:
            return f"{{{{ {name} }}}}"
        lines = self._places.text(value).translate(_MARKS).split("\n")
        return "\a".join(f"{_FILLED}{line}{_END}" for line in lines)


def _between_tags(source: str) -> str:
    """The first place that is no text: as markup or as an order to Word a value could do anything."""
    for place in _PLACE.finditer(source):
        opens = source.rfind("<", 0, place.start())
        before = source[max(opens, 0) : place.start()]
        if opens >= 0 and not _SPOKEN.search(before) and not _TEXT_OPENS.fullmatch(before[: before.rfind(">") + 1]):
            return place[0]
    return ""


def _too_much(source: str) -> FormAsksTooMuch:
    """The refusal, with the first place that is not what a place should be."""
    found = next((one[1] for one in _TAG.finditer(source) if not _PLACE.fullmatch(_shown(one[1]))), "{{ self }}")
    return FormAsksTooMuch(place=_shown(found))


def _shown(found: str) -> str:
    """What a person typed of it."""
    text, ends, _rest = re.sub(r"<[^<>]*>?", "", found).partition("}}")
    return (text + ends)[:80]


def _directed_everywhere(form: DocxTemplate) -> None:
    """Give each run that was filled the direction of its text, and leave no mark of ours behind."""
    for part in form.docx.part.package.iter_parts():
        if hasattr(part, "element"):
            _directed(part.element)
        elif part.content_type.endswith("footnotes+xml"):
            root = tree_of(part.blob)
            _directed(root)
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name in _PROPERTIES:
        setattr(form.docx.core_properties, name, getattr(form.docx.core_properties, name).translate(_MARKS))


def _take_template_off(form: DocxTemplate) -> None:
    """Forget where the template lies that the form was made from: Word would look for it at every opening."""
    for part in form.docx.part.package.iter_parts():
        for id in [id for id, one in part.rels.items() if one.is_external and one.reltype.endswith(TEMPLATE)]:
            del part.rels[id]
            for one in list(part.element.iter(f"{_W}attachedTemplate")):
                one.getparent().remove(one)


def _directed(root: etree._Element) -> None:
    for one in root.iter(etree.Element):
        if one.tag.endswith("}t") and _FILLED in (one.text or ""):
            one.text = one.text.translate(_MARKS)
            if one.tag == f"{_W}t":
                one.set(_SPACE, "preserve")
                _read_from_the_right(one.getparent())
        for key, value in one.attrib.items():
            if _FILLED in value:
                one.set(key, value.translate(_MARKS))


def _read_from_the_right(run: etree._Element | None) -> None:
    """Tell Word that a run is of Arabic letters, which it sets in the run's own fonts for such scripts."""
    if run is None or run.tag != f"{_W}r":
        return
    text = "".join(one.text or "" for one in run.iter(f"{_W}t"))
    if not runs_rtl(text) or len(list(stretches(text, True))) > 1:
        return
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = run.makeelement(f"{_W}rPr", {})
        run.insert(0, properties)
    if properties.find(f"{_W}rtl") is None:
        later = [place for place, one in enumerate(properties) if one.tag in _AFTER_RTL]
        properties.insert(min(later, default=len(properties)), properties.makeelement(f"{_W}rtl", {}))
