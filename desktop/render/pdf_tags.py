"""What each mark on a page means: the structure tree that screen readers, and people copying a table, go by."""

from desktop.render.pdf_file import Objects, text_string


class Node:
    """An element of the tree: its role, what is inside it, and where its marks are (page, number)."""

    __slots__ = ("alt", "attributes", "children", "links", "marks", "role")

    def __init__(self, role: str, alt: str = "", attributes: str = "") -> None:
        self.role, self.alt, self.attributes = role, alt, attributes
        self.children: list[Node] = []
        self.marks: list[tuple[int, int]] = []
        self.links: list[tuple[int, int]] = []

    def add(self, role: str, alt: str = "", attributes: str = "") -> "Node":
        """A new last child."""
        child = Node(role, alt, attributes)
        self.children.append(child)
        return child


def write_tree(objects: Objects, root: Node, pages: list[int], marked: list[list[Node]]) -> int:
    """The tree as objects of the file; `marked` holds, page by page, the node of each mark. Answers its number."""
    tree = objects.reserve()
    numbers: dict[Node, int] = {}
    top = _write_node(objects, root, tree, pages, numbers)
    parents = [f"{page}[{' '.join(f'{numbers[node]} 0 R' for node in nodes)}]" for page, nodes in enumerate(marked)]
    links = sorted((key, numbers[node]) for node in numbers for key, _link in node.links)
    following = len(marked) + len(links)
    nums = " ".join(parents + [f"{key} {number} 0 R" for key, number in links])
    parent_tree = objects.put(f"<</Nums[{nums}]>>")
    objects.put(
        f"<</Type/StructTreeRoot/K[{top} 0 R]/RoleMap<</Title/P>>"
        f"/ParentTree {parent_tree} 0 R/ParentTreeNextKey {following}>>",
        tree,
    )
    return tree


def _write_node(objects: Objects, node: Node, parent: int, pages: list[int], numbers: dict[Node, int]) -> int:
    number = numbers[node] = objects.reserve()
    kids: list[str] = []
    entries = f"/S/{node.role}/P {parent} 0 R"
    marks = node.marks
    if marks and all(page == marks[0][0] for page, _mark in marks):
        entries += f"/Pg {pages[marks[0][0]]} 0 R"
        kids += [str(mark) for _page, mark in marks]
    else:
        kids += [f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mark}>>" for page, mark in marks]
    kids += [f"<</Type/OBJR/Obj {link} 0 R>>" for _key, link in node.links]
    kids += [f"{_write_node(objects, child, number, pages, numbers)} 0 R" for child in node.children]
    if kids:
        entries += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
    if node.alt:
        entries += f"/Alt{text_string(node.alt)}"
    if node.attributes:
        entries += f"/A<<{node.attributes}>>"
    objects.put(f"<<{entries}>>", number)
    return number
