"""The MSI's list of files: `python files.py FOLDER OUT`. A component keeps its identity as long as its path does.

Windows Installer knows a file by its component's GUID; made from the path, the same tree gives the same list. Files are
named from the list's own folder, where whoever reads it looks for them.
"""

import sys
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as xml

OURS = UUID("c2c4a3f2-64b1-4f5c-8b7e-0d5a3f6b9e11")


def main(folder: Path, out: Path) -> None:
    wix = xml.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    fragment = xml.SubElement(wix, "Fragment")
    group = xml.SubElement(fragment, "ComponentGroup", Id="Files")
    inside = xml.SubElement(fragment, "DirectoryRef", Id="INSTALLDIR")
    add(folder, folder, out.parent, inside, group)
    xml.indent(wix)
    out.write_bytes(xml.tostring(wix, encoding="utf-8", xml_declaration=True))


def add(folder: Path, root: Path, beside: Path, into: xml.Element, group: xml.Element) -> None:
    """The files of a folder, each a component, and its folders."""
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        key = sha256(name.encode()).hexdigest()[:32]
        if path.is_dir():
            add(path, root, beside, xml.SubElement(into, "Directory", Id=f"d{key}", Name=path.name), group)
        else:
            component = xml.SubElement(
                into, "Component", Id=f"c{key}", Guid=str(uuid5(OURS, name)).upper(), Win64="yes"
            )
            xml.SubElement(
                component,
                "File",
                Id=f"f{key}",
                Source=path.relative_to(beside).as_posix(),
                Name=path.name,
                KeyPath="yes",
            )
            xml.SubElement(group, "ComponentRef", Id=f"c{key}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
