"""Which small changes of the code are tried: cosmic-ray's operators, a place at random, a change at random.

Not changed, because no result depends on it: annotations, aliases of types, decorators, __all__ and
what only TYPE_CHECKING needs. Texts are not changed. A change that does not compile, that
Python warns of (x is "text"), or that leaves the syntax tree as it is, is none.
"""

from __future__ import annotations

import ast
import functools
import random
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor

PLAIN = {"name", "newline", "string", "fstring_string", "endmarker", "fstring_start", "fstring_end"}


class Mutant(NamedTuple):
    """A change: where, what it is called, which one of its kind in the module."""

    path: Path
    line: int
    column: int
    operator: str
    occurrence: int

    def __str__(self) -> str:
        name = self.operator.removeprefix("core/")
        return f"{self.path.name}:{self.line}:{self.column} {name} {self.occurrence}"

    def changed(self) -> str | None:
        """Source of the module with the change; None where it does not compile or says the same."""
        before = self.path.read_text("utf-8")
        after = MutationVisitor.mutate_code(before, operators()[self.operator], self.occurrence)
        try:
            with warnings.catch_warnings(action="error", category=SyntaxWarning):
                compile(after, str(self.path), "exec")
        except (SyntaxError, ValueError, TypeError):
            return None
        return None if ast.dump(ast.parse(after)) == ast.dump(ast.parse(before)) else after


@functools.cache
def operators() -> dict:
    """Those of cosmic-ray that need no arguments, by name."""
    found = {name: plugins.get_operator(name) for name in sorted(plugins.operator_names())}
    return {
        name: one()
        for name, one in found.items()
        if not one.arguments() and "RemoveDecorator" not in name
    }


def left_out(code: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where a module is not changed."""
    found: list[ast.AST | None] = []
    for node in ast.walk(ast.parse(code)):
        found += [getattr(node, "annotation", None), getattr(node, "returns", None)]
        found += getattr(node, "decorator_list", [])
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            found.append(node)
        if isinstance(node, ast.Module):
            found += [one for one in node.body if isinstance(one, ast.Assign) and _typed(one)]
    lines = code.splitlines()

    def place(line: int, column: int) -> tuple[int, int]:  # ast counts bytes, cosmic-ray characters
        return line, len(lines[line - 1].encode()[:column].decode())

    return [
        (place(one.lineno, one.col_offset), place(one.end_lineno, one.end_col_offset))
        for one in found
        if one is not None
    ]


def _typed(one: ast.Assign) -> bool:
    name = getattr(one.targets[0], "id", "")
    alias = isinstance(one.value, (ast.BinOp, ast.Subscript)) and not name.isupper()
    return name == "__all__" or alias


def places(path: Path) -> dict[tuple[int, int], list[Mutant]]:
    """Every place of a module that can be changed, and the changes there."""
    code = path.read_text("utf-8")
    spans, counted, found = left_out(code), Counter(), defaultdict(list)
    for node in ast_nodes(get_ast(code)):
        if node.type in PLAIN:
            continue
        for name, operator in operators().items():
            for start, _ in operator.mutation_positions(node):
                if not any(low <= start < high for low, high in spans):
                    found[start].append(Mutant(path, *start, name, counted[name]))
                counted[name] += 1
    return found


def sample(modules: list[Path], number: int, seed: int) -> Iterator[tuple[Mutant, str]]:
    """Mutants and their modules' new source: a place at random, then a change at random."""
    every = [changes for path in modules for _, changes in sorted(places(path).items())]
    print(f"{len(every)} places in {len(modules)} modules", flush=True)
    chance = random.Random(seed)
    chance.shuffle(every)
    for changes in every:
        chance.shuffle(changes)
        for one in changes:
            if (after := one.changed()) is not None:
                yield one, after
                number -= 1
                break
        if number == 0:
            return
