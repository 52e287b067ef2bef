"""What makes a report fit for an archive (PDF/A-3b): who, when, which colours, and the data that travels inside.

Dates are the data's, never the moment of printing, so that the same answers give the same bytes.
"""

from datetime import date
from xml.sax.saxutils import escape

import resources
from desktop.render.pdf_file import Objects, Paper, give, text_string
from desktop.render.values import clean
from desktop.reports.document import Attachment, Document

PROGRAM = "Jalon"

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<xmp:CreatorTool>{program}</xmp:CreatorTool><pdf:Producer>{program}</pdf:Producer>
</rdf:Description>{claim}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_CLAIM = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""That the file keeps to PDF/UA-1, and what PDF/A wants said of a word that it does not know."""


def archive(paper: Paper, document: Document) -> None:
    """Give the file its metadata, its colours and what is attached to it."""
    objects, moment = paper.objects, _moment(document.as_of)
    paper.setTitle(clean(document.title))
    paper.setAuthor(_author(document))
    paper.setSubject("")
    paper.setCreator(PROGRAM)
    paper.setProducer(PROGRAM)
    paper.setDateFormatter(lambda *_now: moment)
    metadata = _METADATA.format(
        title=escape(clean(document.title)),
        author=escape(_author(document)),
        language=escape(document.language),
        day=document.as_of.isoformat(),
        program=PROGRAM,
        claim=_CLAIM if document.claims_ua else "",
    )
    written = objects.stream(metadata.encode("utf-8", "replace"), "/Type/Metadata/Subtype/XML", compress=False)
    profile = objects.stream(resources.path("colour/sRGB.icc").read_bytes(), "/N 3")
    intent = (
        "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
        f"/DestOutputProfile {profile} 0 R>>]"
    )
    give(objects.Catalog, Metadata=objects.reference(written), OutputIntents=objects.reference(objects.put(intent)))
    if document.attachments:
        files = [(clean(one.name), _attach(objects, one, document.as_of)) for one in document.attachments]
        names = " ".join(f"{text_string(name)} {number} 0 R" for name, number in sorted(files))
        listed = " ".join(f"{number} 0 R" for _name, number in files)
        give(
            objects.Catalog,
            AF=objects.reference(objects.put(f"[{listed}]")),
            Names=objects.reference(objects.put(f"<</EmbeddedFiles<</Names[{names}]>>>>")),
        )


def _author(document: Document) -> str:
    return clean(document.author) or PROGRAM


def _moment(day: date) -> str:
    return f"D:{day:%Y%m%d}000000Z"


def _attach(objects: Objects, attachment: Attachment, as_of: date) -> int:
    kind = "".join(
        one if one.isascii() and one.isalnum() else f"#{ord(one) & 0xFF:02X}" for one in attachment.media_type
    )
    file = objects.stream(
        attachment.content,
        f"/Type/EmbeddedFile/Subtype/{kind}/Params<</Size {len(attachment.content)}/ModDate({_moment(as_of)})>>",
    )
    name = text_string(clean(attachment.name))
    return objects.put(
        f"<</Type/Filespec/F{name}/UF{name}/Desc{text_string(clean(attachment.description))}/AFRelationship/Data"
        f"/EF<</F {file} 0 R/UF {file} 0 R>>>>"
    )
