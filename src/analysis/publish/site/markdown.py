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
Env = dict[str, Any]


def markdown(
    text: str,
    resolve: Resolve = lambda address: "",
    seen: list[str] | None = None,
    anchors: Mapping[str, str] | None = None,
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
    """
    env = {"resolve": resolve, "seen": [] if seen is None else seen, "anchors": anchors or {}}
    return Markup(_reader().render(text, env))


def headings(text: str) -> list[tuple[str, str]]:
    """Anchor and words of each heading of the second level."""
    tokens = _reader().parse(text)
    found = [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    return [(slug(words), re.sub(r"[*`]", "", words)) for words in found]


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
        "image": lambda _, tokens, place, *rest: str(Markup.escape(tokens[place].content)),
    }.items():
        reader.add_render_rule(name, rule)
    return reader


def _formula(state: StateInline, silent: bool) -> bool:
    """A formula between two dollars; an escaped dollar never comes here."""
    found = FORMULA.match(state.src, state.pos)
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
    if not words or words in env["seen"]:
        return f"<{tag}>"
    env["seen"].append(words)
    return f'<{tag} id="{words}">'


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
