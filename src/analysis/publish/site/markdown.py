"""Markdown as HTML: raw HTML is shown as text, and a link that leads nowhere is plain text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from analysis.publish.office.shared import is_address
from analysis.publish.site.mathml import formula

SLUG = re.compile(r"[^\w]+")
FORMULA = re.compile(r"\$([^$\n]+)\$")
Resolve = Callable[[str], str]
Picture = Callable[[str], tuple[str, int, int]]
Env = dict[str, Any]


def markdown(
    text: str,
    resolve: Resolve = lambda address: "",
    seen: list[str] | None = None,
    anchors: Mapping[str, str] | None = None,
    *,
    picture: Picture | None = None,
    formulas: bool = True,
) -> Markup:
    """Markdown as HTML, with anchors on headings and formulas as MathML.

    Parameters
    ----------
    text : str
    resolve : callable
        From the address of a link that is not http to where it leads on the site; "" if nowhere.
    seen : list of str, optional
        Anchors already used on the page; those of this text are added.
    anchors : mapping, optional
        Other anchors for headings than the slug of their words, by that slug.
    picture : callable, optional
        From the address of a picture to its address on the site, its width and its height; without
        it a picture is its alt text.
    formulas : bool
        Whether dollars enclose a formula; without that they are money.
    """
    env = {
        "resolve": resolve,
        "seen": [] if seen is None else seen,
        "anchors": anchors or {},
        "picture": picture,
        "formulas": formulas,
    }
    return Markup(_reader().render(text, env))


def sections(text: str) -> list[tuple[str, str, str]]:
    """Anchor, words and text of each part that begins with a heading of the second level."""
    tokens, lines = _reader().parse(text), text.splitlines()
    seen: list[str] = []
    found: list[tuple[str, str, int, int]] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            words = tokens[place + 1].content
            anchor = _unused(slug(words), seen)
            if token.tag == "h2":
                begins, below = token.map
                found.append((anchor, re.sub(r"[*`]", "", words), begins, below))
    ends = [*(begins for *_, begins, _ in found[1:]), len(lines)]
    return [
        (anchor, words, "\n".join(lines[below:end]).strip())
        for (anchor, words, _, below), end in zip(found, ends, strict=False)
    ]


def headings(text: str) -> list[tuple[str, str]]:
    """Anchor and words of each heading of the second level."""
    return [(anchor, words) for anchor, words, _ in sections(text)]


def images(text: str) -> list[str]:
    """Addresses of the pictures that a text shows, in their order."""
    return [
        str(part.attrGet("src"))
        for token in _reader().parse(text)
        for part in token.children or ()
        if part.type == "image"
    ]


def _unused(anchor: str, seen: list[str]) -> str:
    """An anchor that no heading above has: a number is put behind one that stands there again."""
    number, made = 0, anchor
    while made in seen:
        number += 1
        made = f"{anchor}-{number}"
    if made:
        seen.append(made)
    return made


def slug(words: str) -> str:
    """The anchor of a heading.

    Examples
    --------
    >>> slug("What a writer may say, and may not")
    'what-a-writer-may-say-and-may-not'
    """
    return SLUG.sub("-", words.lower()).strip("-")


@functools.cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.inline.ruler.before("escape", "formula", _formula)
    for name, rule in {
        "formula": lambda _, tokens, place, *rest: formula(tokens[place].content),
        "heading_open": _heading,
        "table_open": _table,
        "table_close": lambda *_: "</table>\n</div>\n",
        "th_open": _head,
        "th_close": _head,
        "link_open": _link,
        "link_close": lambda _, tokens, place, options, env: "</a>" if env.pop("linked") else "",
        "image": _image,
        "fence": _code,
        "code_block": _code,
    }.items():
        reader.add_render_rule(name, rule)
    return reader


def _formula(state: StateInline, silent: bool) -> bool:
    """A formula between two dollars; an escaped dollar never comes here."""
    found = FORMULA.match(state.src, state.pos) if state.env.get("formulas", True) else None
    if not found:
        return False
    if not silent:
        state.push("formula", "math", 0).content = found[1]
    state.pos = found.end()
    return True


def _heading(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Env
) -> str:
    words, tag = slug(tokens[place + 1].content), tokens[place].tag
    words = env["anchors"].get(words, words)
    words = _unused(words, env["seen"])
    return f'<{tag} id="{words}">' if words else f"<{tag}>"


def _table(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Env
) -> str:
    """A table in a region that scrolls, named by its first header."""
    words = next(
        (one.content for one in tokens[place:] if one.type == "inline" and one.content), ""
    )
    return str(
        Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}">\n<table>\n').format(
            words
        )
    )


def _head(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Env
) -> str:
    """A header cell says that it heads a column; an empty one heads nothing."""
    opens = tokens[place].nesting == 1
    if not tokens[place + 1 if opens else place - 1].content:
        return "<td>" if opens else "</td>\n"
    if opens:
        tokens[place].attrSet("scope", "col")
    return renderer.renderToken(tokens, place, options, env)


def _link(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Env
) -> str:
    address = str(tokens[place].attrGet("href") or "")
    target = address if is_address(address) or address.startswith("#") else env["resolve"](address)
    env["linked"] = bool(target)
    return Markup('<a href="{}">').format(target) if target else ""


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Env
) -> str:
    alt = tokens[place].content
    if not env["picture"]:
        return str(Markup.escape(alt))
    address, width, height = env["picture"](str(tokens[place].attrGet("src")))
    return Markup('<img src="{}" width="{}" height="{}" loading="lazy" alt="{}">').format(
        address, width, height, alt
    )


def _code(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Env
) -> str:
    """A block of code in a region that scrolls, as a line may be long."""
    return Markup(
        '<pre class="scroll" tabindex="0" role="group" aria-label="Code"><code>{}</code></pre>\n'
    ).format(tokens[place].content)
