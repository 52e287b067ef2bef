"""What each mark on a page means: the structure tree that screen readers, and people copying a table, go by."""

from desktop.render.pdf_file import Objects, text_string


class Node:
    """An element of the tree: its role, what is inside it, and where its marks are (page, number)."""

    __slots__ = ("alt", "attributes", "children", "language", "marks", "role")

    def __init__(self, role: str, alt: str = "", attributes: str = "", language: str = "") -> None:
        self.role, self.alt, self.attributes, self.language = role, alt, attributes, language
        self.children: tuple[Node, ...] | list[Node] = ()
        self.marks: list[tuple[int, int]] = []

    def add(self, role: str, alt: str = "", attributes: str = "", language: str = "") -> "Node":
        """A new last child."""
        return self.adopt(Node(role, alt, attributes, language))

    def adopt(self, child: "Node") -> "Node":
        """Make an element the last child."""
        # Most elements are cells, which hold nothing: they need no list.
        if isinstance(self.children, tuple):
            self.children = [child]
        else:
            self.children.append(child)
        return child


Links = dict[Node, list[tuple[int, int]]]
"""The key in the parent tree, and the object, of each link of an element."""


def write_tree(objects: Objects, root: Node, pages: list[int], marked: list[list[Node]], links: Links) -> int:
    """The tree as objects of the file; `marked` holds, page by page, the node of each mark. Answers its number."""
    tree = objects.reserve()
    numbers: dict[Node, int] = {}
    top = _write(objects, root, tree, [f"/Pg {page} 0 R" for page in pages], links, numbers)
    parents = [f"{page}[{' '.join(f'{numbers[node]} 0 R' for node in nodes)}]" for page, nodes in enumerate(marked)]
    keys = sorted((key, numbers[node]) for node, some in links.items() for key, _link in some)
    nums = " ".join(parents + [f"{key} {number} 0 R" for key, number in keys])
    parent_tree = objects.put(f"<</Nums[{nums}]>>")
    return objects.put(
        f"<</Type/StructTreeRoot/K[{top} 0 R]/RoleMap<</Title/P>>"
        f"/ParentTree {parent_tree} 0 R/ParentTreeNextKey {len(marked) + len(keys)}>>",
        tree,
    )


def _write(objects: Objects, node: Node, parent: int, pages: list[str], links: Links, numbers: dict[Node, int]) -> int:
    """An element and all inside it; answers its number."""
    more = f"/A<<{node.attributes}>>" if node.attributes else ""
    if not node.children and len(node.marks) == 1 and not (node.alt or node.language) and node not in links:
        # Nearly every element is this: a cell with one mark.
        ((page, mark),) = node.marks
        number = numbers[node] = objects.put(f"<</S/{node.role}/P {parent} 0 R{pages[page]}/K {mark}{more}>>")
        return number
    number = numbers[node] = objects.reserve()
    entries = f"/S/{node.role}/P {parent} 0 R{more}"
    if len(node.marks) == 1:
        ((page, mark),) = node.marks
        kids = [str(mark)]
        entries += pages[page]
    else:
        kids = [f"<</Type/MCR{pages[page]}/MCID {mark}>>" for page, mark in node.marks]
    kids += [f"<</Type/OBJR/Obj {link} 0 R>>" for _key, link in links.get(node, ())]
    kids += [f"{_write(objects, child, number, pages, links, numbers)} 0 R" for child in node.children]
    if kids:
        entries += f"/K[{' '.join(kids)}]"
    if node.alt:
        entries += f"/Alt{text_string(node.alt)}"
    if node.language:
        entries += f"/Lang{text_string(node.language)}"
    return objects.put(f"<<{entries}>>", number)
