"""Texts out of files of every kind and encoding, made here; what gives none says why."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from analysis.reading.documents import Document, UnreadableError, read_document, rows_of
from analysis.records.texts import paragraphs

ENGLISH = "It helped more than 850,000 people in 12 counties."
SIMPLIFIED = "全省电商带动贫困人口增收，成交额超过17亿美元，参与农户不少于320万人。"
TRADITIONAL = "經濟發展帶動就業，參與的農民超過３２０萬人，產品成交額增加，民眾生活改善。"


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def figures(document: Document) -> list[tuple[int, float | None, float | None, str]]:
    return [(one["paragraph"], one["low"], one["high"], one["unit"]) for one in rows_of(document)]


def pdf_of(*lines: str) -> bytes:
    with mpl.rc_context({"pdf.fonttype": 42}):
        figure = Figure()
        for place, line in enumerate(lines):
            figure.text(0.1, 0.9 - 0.1 * place, line)
        made = io.BytesIO()
        figure.savefig(made, format="pdf")
    return made.getvalue()


def docx_of(made: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-8", ""),
        (SIMPLIFIED, "utf-8-sig", ""),
        (TRADITIONAL, "big5", "big5"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_a_file_of_any_encoding_gives_its_text_and_says_which(
    tmp_path, text, encoding, named, ending
):
    whole = f"<html><body><p>{text}</p></body></html>" if ending == "html" else text
    document = read_document(saved(tmp_path / f"a.{ending}", whole.encode(encoding)))
    assert document.text == text
    assert named in document.note
    assert ("read as" in document.note) == bool(named)


def test_a_page_is_read_in_the_encoding_that_it_names(tmp_path):
    page = '<html><head><meta charset="iso-8859-15"></head><body><p>Für 320 € pro Kopf.</p></body></html>'
    document = read_document(saved(tmp_path / "a.html", page.encode("iso-8859-15")))
    assert document.text == "Für 320 € pro Kopf."
    wrong = page.replace("iso-8859-15", "utf-8").encode("iso-8859-15")
    assert "pro Kopf" in read_document(saved(tmp_path / "b.html", wrong)).text


def test_offsets_are_those_of_the_file_whatever_its_line_ends(tmp_path):
    text = f"News\r\n\r\n \r\n{ENGLISH}\r\n"
    document = read_document(saved(tmp_path / "a.txt", text.encode()))
    rows = rows_of(document)
    assert [text[one["start"] : one["end"]] for one in rows] == ["850,000", "12"]
    assert [paragraphs(text)[one["paragraph"] - 1] for one in rows] == [ENGLISH, ENGLISH]


def test_marks_and_addresses_of_markdown_are_passed_over(tmp_path):
    text = (
        "# A title\n\nMore than **850,000** people, see [a list](https://a.example/2020/31.html)\n\n"
        "| a | b |\n|---|---:|\n| sales | 4.2 million yuan |\n"
    )
    document = read_document(saved(tmp_path / "a.md", text.encode()))
    assert figures(document) == [(2, 850_000, None, "persons"), (5, 4_200_000, 4_200_000, "CNY")]
    assert [text[one["start"] : one["end"]] for one in rows_of(document)] == [
        "850,000",
        "4.2 million",
    ]
    plain = read_document(saved(tmp_path / "a.txt", text.encode()))
    assert figures(plain) != figures(document)


def test_characters_that_nobody_sees_part_no_number_from_its_unit():
    text = "more than 850,\u200b000\u2060 peo\u00adple"
    (one,) = rows_of(Document(text))
    assert (one["low"], one["unit"]) == (850_000, "persons")
    assert text[one["start"] : one["end"]] == "850,\u200b000"


def test_of_a_web_page_the_main_text_is_read(tmp_path):
    body = "".join(
        f"<p>{ENGLISH} The ministry gave no reason for it, number {n}.</p>" for n in "ab"
    )
    page = f"<!DOCTYPE html><html><body><nav><ul><li><a href='/'>Home 77</a></li><li><a href='/n'>News 88</a></li></ul></nav><article><h1>Title</h1>{body}</article><footer>Visitors: 99,000</footer></body></html>"
    document = read_document(saved(tmp_path / "page", page.encode()))
    assert document.note == ""
    assert [low for _, low, _, _ in figures(document)] == [850_000, 12, 850_000, 12]
    assert [one["paragraph"] for one in rows_of(document)] == [2, 2, 3, 3]


def test_a_page_without_main_text_is_read_whole_and_says_so(tmp_path, monkeypatch):
    import trafilatura

    monkeypatch.setattr(trafilatura, "extract", lambda *given, **options: None)
    page = f"<html><body><p>{ENGLISH}</p></body></html>".encode()
    document = read_document(saved(tmp_path / "a.htm", page))
    assert (document.text, document.note) == (
        ENGLISH,
        "no main text was recognised, so the whole page is read",
    )


def test_pdf_gives_its_lines(tmp_path):
    document = read_document(saved(tmp_path / "a.pdf", pdf_of("News", ENGLISH)))
    assert document.text.split("\n") == ["News", ENGLISH]
    assert figures(document)[0] == (2, 850_000, None, "persons")


def test_word_gives_paragraphs_and_tables_in_order(tmp_path):
    made = docx.Document()
    made.add_paragraph("News")
    table = made.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, ("county", "2019", "sales"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "A"
    table.cell(1, 2).text = "4.2 million yuan"
    made.add_paragraph(ENGLISH)
    document = read_document(saved(tmp_path / "a.docx", docx_of(made)))
    assert document.text.split("\n") == [
        "News",
        "county\t2019\tsales",
        "A\t4.2 million yuan",
        ENGLISH,
    ]


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n\n", "it holds no text"),
        ("a.pdf", b"%PDF-1.4 cut off", "it is a broken PDF (PdfStreamError: "),
        ("a.pdf", pdf_of(), "it holds no text (scanned pages need recognition"),
        ("a.pdf", b"text", "it is named .pdf but is of another kind"),
        ("a.docx", b"PK\x03\x04 cut off", "it is a broken Word document (BadZipFile: "),
        ("a.docx", zipped("word/document.xml"), "it is a broken Word document ("),
        ("a.zip", zipped("a.txt"), "it is a ZIP file, and no Word document"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is of an old Office format"),
        ("a.rtf", b"{\\rtf1 text}", "it is RTF; save it as .docx"),
        (
            "a.jpg",
            b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 3,
            "it is no text, or of an encoding",
        ),
        ("a.html", b"<html><body></body></html>", "it holds no text"),
    ],
)
def test_what_gives_no_text_says_why(tmp_path, name, content, why):
    with pytest.raises(UnreadableError) as caught:
        read_document(saved(tmp_path / name, content))
    assert str(caught.value).startswith(why)
    assert "\n" not in str(caught.value)


def test_a_locked_pdf_asks_for_a_password(tmp_path):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(ENGLISH))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(UnreadableError, match="asks for a password"):
        read_document(tmp_path / "a.pdf")


def test_missing_files_folders_and_files_too_large_are_refused(tmp_path, monkeypatch):
    with pytest.raises(UnreadableError, match="No such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(UnreadableError, match="it is a folder"):
        read_document(tmp_path)
    monkeypatch.setattr("analysis.reading.documents.LARGEST", 10)
    with pytest.raises(UnreadableError, match="it is larger than"):
        read_document(saved(tmp_path / "a.txt", b"x" * 11))
