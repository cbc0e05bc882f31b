"""Cut the Chinese font down to the characters in use: src/analysis/plotting/fonts/.

The full fonts are static TrueType files of Noto Sans SC (OFL-1.1), from the npm package
@expo-google-fonts/noto-sans-sc; 'make font' fetches them. TrueType, because CFF outlines are
invisible in some PDF viewers. The family is renamed so that an installed Noto Sans SC never
stands in for the subset.

Example: .venv/bin/python tools/subset_font.py build/font/package
"""

import ast
import os
import sys
from pathlib import Path

from babel import Locale
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

PROJECT = Path(__file__).resolve().parents[1]
TARGET = PROJECT / "src/analysis/plotting/fonts"
FAMILY = "Claims Sans SC"
WEIGHTS = {
    "Regular": "400Regular/NotoSansSC_400Regular.ttf",
    "Bold": "700Bold/NotoSansSC_700Bold.ttf",
}
NEVER_READ = [
    "BASE",
    "GPOS",
    "GSUB",
    "STAT",
    "gasp",
    "vhea",
    "vmtx",
]  # tables for other layouts and for screens: text is measured twice as fast without
SHOWN = ("py", "toml", "html", "json")  # files of the source with words of charts and pages
PUNCTUATION = "–—‘’“”…·°²±×÷≈≠≤≥−∞→←↑↓€¥，。；：、（）《》！？％"


def characters_in_use() -> set[str]:
    """Printable ASCII and Latin-1, punctuation, and whatever else the source, its docstrings, what the site shows, the names of currencies and a collection named by ANALYSIS_DATA hold."""
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    own = [one for end in SHOWN for one in PROJECT.glob(f"src/**/*.{end}")]
    files = [
        *(one for one in own if "reading" not in one.parts),  # what is only read is never drawn
        *PROJECT.glob("data/**/*.csv"),
        *Path(os.environ.get("ANALYSIS_DATA") or PROJECT / "data").glob("**/*.csv"),
        *PROJECT.glob("notebooks/*.ipynb"),
        *PROJECT.glob("*.md"),
        *PROJECT.glob("docs/**/*.md"),
    ]
    return (
        latin
        | set(PUNCTUATION)
        | {char for name in Locale("zh").currencies.values() for char in name if ord(char) > 0x2000}
        | {char for file in files for char in file.read_text("utf-8") if ord(char) > 0x2000}
        | {char for file in own for char in docstrings(file) if ord(char) > 0x2000}
    )


def docstrings(file: Path) -> str:
    """What the API reference shows of a file."""
    if file.suffix != ".py":
        return ""
    shown = (ast.Module, ast.ClassDef, ast.FunctionDef)
    read = ast.walk(ast.parse(file.read_text("utf-8")))
    return "".join(ast.get_docstring(one) or "" for one in read if isinstance(one, shown))


def cut(source: Path, weight: str, characters: set[str]) -> None:
    """Write one weight, renamed; the same input gives the same bytes."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += NEVER_READ
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(font)
    font["cmap"].tables = [
        table for table in font["cmap"].tables if table.platformID == 3
    ]  # the two hold the same
    font.getGlyphOrder()  # names the glyphs
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = (
        2.0,
        [],
        {},
    )  # and keeps the names: PDF takes a third less time to cut a font that has them
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 21, 25):
            name = {1: FAMILY, 16: FAMILY, 6: f"{FAMILY.replace(' ', '')}-{weight}"}.get(
                record.nameID, f"{FAMILY} {weight}"
            )
            font["name"].setName(
                name, record.nameID, record.platformID, record.platEncID, record.langID
            )
    stored = TTFont(TARGET / f"ClaimsSansSC-{weight}.ttf").getGlyphOrder()
    here = set(font.getGlyphOrder())
    order = [
        name for name in stored if name in here
    ]  # keeps its number: SVG and PDF name glyphs so
    reorderGlyphs(font, [*order, *(name for name in font.getGlyphOrder() if name not in order)])
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(TARGET / f"ClaimsSansSC-{weight}.ttf", reorderTables=True)


def main() -> None:
    """Cut both weights from the folder named on the command line."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    package, characters = Path(sys.argv[1]), characters_in_use()
    for weight, file in WEIGHTS.items():
        known = TTFont(package / file).getBestCmap()
        cut(package / file, weight, {char for char in characters if ord(char) in known})
    (TARGET / "OFL.txt").write_bytes((package / "LICENSE_FONT").read_bytes())
    print(
        f"{len(characters)} characters, {sum(f.stat().st_size for f in TARGET.glob('*.ttf')) / 1e3:.0f} kB in {TARGET.relative_to(PROJECT)}"
    )


if __name__ == "__main__":
    main()
