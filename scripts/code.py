"""The project's own source files, read once and parsed, for the rules of the house and the pages made from code."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "mesange"


@dataclass(frozen=True)
class Source:
    """One Python file; `place` is its path inside the package, such as `kit/db/sqlite.py`."""

    place: str
    text: str
    tree: ast.Module

    def where(self, node: ast.AST) -> str:
        return f"mesange/{self.place}:{getattr(node, 'lineno', 1)}"

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> tuple[tuple[str, ast.AST], ...]:
        """Every name it imports, in full: `import a.b` and `from a.b import c` give `a.b` and `a.b.c`."""
        found: list[tuple[str, ast.AST]] = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(alias.name, node) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [(f"{node.module}.{alias.name}", node) for alias in node.names]
        return tuple(found)

    @cached_property
    def calls(self) -> tuple[tuple[str, ast.Call], ...]:
        """Every call as it is written: `print`, `os.environ.get`, `StatusPublished`."""
        return tuple((ast.unparse(node.func), node) for node in self.nodes if isinstance(node, ast.Call))

    @cached_property
    def called(self) -> frozenset[str]:
        """Names that it calls, without what stands before their dot: events it makes, for one."""
        return frozenset(name.rpartition(".")[2] for name, _ in self.calls)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names that its code speaks of, without what stands before their dot."""
        plain = {node.id for node in self.nodes if isinstance(node, ast.Name)}
        return frozenset(plain | {node.attr for node in self.nodes if isinstance(node, ast.Attribute)})


@cache
def sources() -> tuple[Source, ...]:
    files = sorted(PACKAGE.rglob("*.py"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Source:
    text = file.read_text("utf-8")
    return Source(file.relative_to(PACKAGE).as_posix(), text, ast.parse(text, file.as_posix()))


def is_under(place: str, *folders: str) -> bool:
    """Whether a place is one of these files or inside one of these folders."""
    return any(place == folder or place.startswith(folder.rstrip("/") + "/") for folder in folders)
