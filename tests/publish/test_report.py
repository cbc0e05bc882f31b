"""The Word report, read back: headings, captions, alt texts, links, languages, and hostile text as text."""

import dataclasses
import io
import re
import sys
from collections import Counter
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Inches, Mm
from PIL import Image

from analysis import RELEASED, cli
from analysis.plotting.style import SIZES
from analysis.provenance.citation import cite
from analysis.publish.exhibit import make_exhibit
from analysis.publish.office.report import word_report
from analysis.publish.references import addresses
from analysis.records.collection import OWN
from analysis.records.errors import ExportError

CHARTS = ("canton-fair-shares", "register-evidence-grades", "labor-typical-earnings")
HEADS = {
    "en": [
        "How to read these charts",
        "Colours",
        "Evidence grades",
        "Figures",
        *CHARTS,
        "Sources",
        "Documents",
        "Statistics",
        "These charts",
    ],
    "zh": [
        "如何读图",
        "颜色",
        "证据等级",
        "图目录",
        *CHARTS,
        "资料来源",
        "文件",
        "统计序列",
        "本集各图",
    ],
}
LABEL = {"en": "Figure {}. ", "zh": "图{}　"}
NOTE = {"en": "Note: ", "zh": "注："}


@pytest.fixture(scope="module")
def exhibits(exhibit_of):
    return [exhibit_of(name) for name in CHARTS]


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request, exhibits):
    """Language and report."""
    return request.param, docx.Document(io.BytesIO(word_report(exhibits, request.param)))


def styled(document, name):
    return [one for one in document.paragraphs if one.style.name == name]


def text_of(document):
    return "".join(one.text or "" for one in document.element.body.iter(qn("w:t")))


def links(document):
    return {one.target_ref for one in document.part.rels.values() if one.is_external}


def test_headings_are_real_and_in_order(made, exhibits):
    lang, document = made
    headlines = {
        name: exhibit.charts[lang].spec.text(lang).headline
        for name, exhibit in zip(CHARTS, exhibits, strict=True)
    }
    heads = [
        (one.style.name, one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert [text for _, text in heads] == [headlines.get(name, name) for name in HEADS[lang]]
    assert {name for name, text in heads if text in headlines.values()} == {"Heading 1"}
    assert len(styled(document, "Title")) == 1


def test_captions_are_numbered_by_a_whole_field(made, exhibits):
    lang, document = made
    captions = styled(document, "Caption")
    assert [one.text for one in captions] == [
        LABEL[lang].format(number) + exhibit.charts[lang].spec.text(lang).subtitle
        for number, exhibit in enumerate(exhibits, 1)
    ]
    for number, one in enumerate(captions, 1):
        runs = [
            (run.find(qn("w:fldChar")), run.findtext(qn("w:instrText")), run.findtext(qn("w:t")))
            for run in one._p.iter(qn("w:r"))
        ]
        steps = [
            mark.get(qn("w:fldCharType")) if mark is not None else code or text
            for mark, code, text in runs
        ]
        start = steps.index("begin")
        assert steps[start + 1].split()[:2] == ["SEQ", LABEL[lang].split("{")[0].strip()]
        assert steps[start + 2 : start + 5] == ["separate", str(number), "end"]


def test_every_field_ends(made):
    _lang, document = made
    marks = Counter(
        one.get(qn("w:fldCharType")) for one in document.element.body.iter(qn("w:fldChar"))
    )
    assert marks["begin"] == marks["end"] > len(CHARTS) * 3
    assert marks["separate"] == marks["end"] - len(CHARTS), (
        "only the hidden marks for the list of figures have no result"
    )


def test_every_picture_is_there_at_full_width_with_its_alt_text(made, exhibits):
    lang, document = made
    shapes = list(document.element.body.iter(qn("wp:inline")))
    assert len(shapes) == len(CHARTS)
    for shape, exhibit in zip(shapes, exhibits, strict=True):
        text = exhibit.charts[lang].spec.text(lang)
        for properties in (shape.docPr, shape.graphic.graphicData.pic.nvPicPr.cNvPr):
            assert (properties.get("descr"), properties.get("title")) == (text.alt, text.headline)
        part = document.part.related_parts[shape.graphic.graphicData.pic.blipFill.blip.embed]
        with Image.open(io.BytesIO(part.blob)) as picture:
            width, height = picture.size
            assert width == SIZES["page"].pixels[0]
            assert abs(shape.extent.cy / shape.extent.cx - height / width) < 0.002
            assert len(set(picture.convert("L").tobytes())) > 20
        section = document.sections[-1]
        assert shape.extent.cx == Inches(6.25)
        assert abs(
            section.page_width - section.left_margin - section.right_margin - shape.extent.cx
        ) < Inches(0.01)
    assert len({shape.docPr.get("id") for shape in shapes}) == len(CHARTS)


def test_heading_caption_picture_and_note_stay_together(made):
    _lang, document = made
    names = [one.style.name for one in document.paragraphs]
    start = names.index("Caption") - 1
    assert names[start : start + 5] == [
        "Heading 1",
        "Caption",
        "Figure",
        "Figure Note",
        "Figure Source",
    ]
    for name in ("Heading 1", "Caption", "Figure", "Figure Note"):
        assert document.styles[name].paragraph_format.keep_with_next
    first, *others = [
        one
        for one in styled(document, "Heading 1")
        if one._p.find(qn("w:bookmarkStart")) is not None
    ]
    assert not first.paragraph_format.page_break_before
    assert all(one.paragraph_format.page_break_before for one in others)


def test_note_and_source_follow_the_picture(made, exhibits):
    lang, document = made
    assert [one.text for one in styled(document, "Figure Note")] == [
        NOTE[lang] + exhibit.charts[lang].spec.text(lang).note for exhibit in exhibits
    ]
    lines = [one.text for one in styled(document, "Figure Source")]
    assert lines == [exhibit.charts[lang].sources[lang] for exhibit in exhibits]


def test_the_one_list_at_the_end_has_every_citation(made, exhibits, records):
    lang, document = made
    everything = text_of(document)
    for number, name in enumerate(CHARTS, 1):
        cited = cite(records, name)
        words = cited.text if lang == "en" else cited.text_zh
        assert everything.count(words) == 1
        assert styled(document, "Reference")[number - len(CHARTS) - 1].text == (
            LABEL[lang].format(number) + words
        )


def test_the_source_line_leads_to_the_documents(made, records):
    lang, document = made
    line = styled(document, "Figure Source")[0]
    source = records.source("scio-2021")
    found = {one.text: document.part.rels[one.rId].target_ref for one in line._p.hyperlink_lst}
    assert found == {getattr(source, f"short_{lang}"): source.url}


def test_the_sources_give_every_address_to_read_and_to_follow(made, exhibits):
    lang, document = made
    wanted = {url for exhibit in exhibits for url in addresses(exhibit)}
    printed = "\n".join(one.text for one in styled(document, "Reference"))
    assert len(wanted) > 10
    assert wanted <= links(document)
    assert all(url in printed for url in wanted)
    assert ("Paragraphs 10–16. " if lang == "en" else "第10—16段") in printed
    assert ("Said 23 August 2021" if lang == "en" else "发言日期：2021年8月23日") in printed


def test_the_table_under_a_chart_says_what_it_uses_with_grades(made, records):
    lang, document = made
    shares, register, pay = document.tables
    claim = records.claim("scio-2021.canton-deals")
    quoted = claim.as_stated if lang == "en" else f"原文：“{claim.stated_zh}”"
    assert claim.stated_zh
    assert quoted in shares.cell(1, 0).text
    assert shares.cell(1, 2).text == claim.grade
    assert len(shares.rows) == 1 + 1 + 8
    assert len(register.rows) == 1 + len(records.sources)
    assert sum(
        int(re.search(r"[(（](\d+)", row.cells[0].text)[1]) for row in register.rows[1:]
    ) == len(records.claims)
    assert [row.cells[2].text for row in pay.rows[1:]] == [
        records.claim(name).grade
        for name in ("scio-2021.labor-income", "scio-2021.labor-income-top")
    ]
    assert ("the same" if lang == "en" else "同上") in pay.cell(2, 1).text
    for table in document.tables:
        first, *rest = [row._tr.trPr for row in table.rows]
        assert first.find(qn("w:tblHeader")) is not None
        assert all(one.find(qn("w:tblHeader")) is None for one in rest)
        assert all(one.find(qn("w:cantSplit")) is not None for one in (first, *rest))


def test_the_list_of_figures_leads_to_each_chart(made, exhibits):
    lang, document = made
    rows = styled(document, "table of figures")
    wanted = [
        LABEL[lang].format(number) + exhibit.charts[lang].spec.text(lang).headline
        for number, exhibit in enumerate(exhibits, 1)
    ]
    assert [row.text.split("\t") for row in rows] == [
        [text, str(number)] for number, text in enumerate(wanted, 1)
    ]
    marks = {
        one.get(qn("w:name")): one.getparent()
        for one in document.element.body.iter(qn("w:bookmarkStart"))
    }
    for row, exhibit in zip(rows, exhibits, strict=True):
        (jump,) = row._p.hyperlink_lst
        assert (
            "".join(one.text for one in marks[jump.anchor].iter(qn("w:t")))
            == exhibit.charts[lang].spec.text(lang).headline
        )
    hidden = [
        one.text.strip()
        for one in document.element.body.iter(qn("w:instrText"))
        if one.text.startswith(" TC ")
    ]
    assert hidden == [f'TC "{text}" \\f F \\l 1' for text in wanted]


def test_properties_are_those_of_the_release(made):
    lang, document = made
    core = document.core_properties
    assert core.created == core.modified
    assert core.created.replace(tzinfo=None) == datetime.fromisoformat(RELEASED)
    assert core.author == core.last_modified_by == OWN.authors
    assert core.title == styled(document, "Title")[0].text
    assert core.language == {"en": "en-GB", "zh": "zh-CN"}[lang]
    assert core.subject
    assert "canton fair deals" in core.keywords
    assert "CC" in core.comments


def test_languages_and_fonts_are_set(made):
    lang, document = made
    found = {
        (one.get(qn("w:val")), one.get(qn("w:eastAsia")))
        for one in document.styles.element.iter(qn("w:lang"))
    }
    assert found == {("en-GB", "zh-CN")}
    theme = document.settings.element.find(qn("w:themeFontLang"))
    assert (theme.get(qn("w:val")), theme.get(qn("w:eastAsia"))) == ("en-GB", "zh-CN")
    used = {one.style.name for one in document.paragraphs} | {"Table Text", "Footer"}
    heads = {"Title", "Heading 1", "Heading 2", "Caption"}
    for name in used:
        fonts = document.styles[name].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if lang == "en":
            assert fonts is None or fonts.get(qn("w:eastAsiaTheme")), name
            continue
        assert fonts.get(qn("w:eastAsia")) == ("黑体" if name in heads else "宋体"), name
        assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == "Times New Roman"
        assert not [key for key in fonts.attrib if key.endswith("heme")], "the theme would win"
    hinted = {one.get(qn("w:hint")) for one in document.element.body.iter(qn("w:rFonts"))}
    assert hinted == ({"eastAsia"} if lang == "zh" else set())


def test_pages_are_a4_and_numbered(made):
    _, document = made
    front, charts = document.sections
    for one in (front, charts):
        assert (round(one.page_width.mm), round(one.page_height.mm)) == (210, 297)
    numbering = [one._sectPr.find(qn("w:pgNumType")) for one in (front, charts)]
    assert [(one.get(qn("w:fmt")), one.get(qn("w:start"))) for one in numbering] == [
        ("lowerRoman", None),
        ("decimal", "1"),
    ]
    assert charts.footer.is_linked_to_previous
    assert "PAGE" in "".join(one.text for one in front.footer._element.iter(qn("w:instrText")))


def test_hostile_words_stay_words(white, altered, exhibits):
    hostile = "</w:t></w:r><w:p/> <script>alert(\"1\")</script> & 'quoted' \\ {title} %s $1"
    exhibit = altered(
        exhibits[0],
        "en",
        headline=hostile,
        subtitle=hostile + "s",
        note=hostile + "n",
        alt=hostile + "a",
    )
    document = docx.Document(io.BytesIO(word_report([exhibit], "en", title=hostile)))
    assert styled(document, "Title")[0].text == document.core_properties.title == hostile
    assert hostile in [one.text for one in styled(document, "Heading 1")]
    assert styled(document, "Caption")[0].text == f"Figure 1. {hostile}s"
    assert styled(document, "Figure Note")[0].text == f"Note: {hostile}n"
    (shape,) = document.element.body.iter(qn("wp:inline"))
    assert (shape.docPr.get("descr"), shape.docPr.get("title")) == (hostile + "a", hostile)
    (mark,) = (
        one.text
        for one in document.element.body.iter(qn("w:instrText"))
        if one.text.startswith(" TC ")
    )
    assert (
        mark
        == ' TC "Figure 1. ' + hostile.replace("\\", "\\\\").replace('"', '\\"') + '" \\f F \\l 1 '
    )


def test_hostile_data_make_a_report_that_opens(white, hostile):
    for lang in ("en", "zh"):
        document = docx.Document(io.BytesIO(word_report([hostile], lang)))
        assert "<script>alert(1)</script>" in text_of(document)


@pytest.mark.parametrize("place", ["headline", "subtitle", "note", "alt"])
@pytest.mark.parametrize("bad", ["\x00", "\x08", "\ufffe"])
def test_a_control_character_is_named(white, altered, exhibits, place, bad):
    with pytest.raises(ExportError, match=f"U\\+{ord(bad):04X}"):
        word_report([altered(exhibits[0], "zh", **{place: f"收入{bad}"})], "zh")


def test_an_address_that_is_none_of_the_web_is_no_link(white, records):
    sources = records.sources.assign(
        url="javascript:alert(1)", short_en="A [(*+ document", title="<b>T</b>\x09x"
    )
    exhibit = make_exhibit(CHARTS[0], dataclasses.replace(records, sources=sources))
    document = docx.Document(io.BytesIO(word_report([exhibit], "en")))
    assert not [url for url in links(document) if not url.startswith("http")]
    assert "javascript:alert(1)" in text_of(document)
    assert "<b>T</b> x" in text_of(document)


def test_tables_have_a_header_row_and_a_name_for_readers_who_do_not_see(made):
    _, document = made
    for table in document.tables:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.fixture(scope="module")
def official(exhibits):
    return docx.Document(io.BytesIO(word_report(exhibits, "zh", layout="gb9704")))


def test_an_official_document_has_the_page_of_the_standard(official):
    (section,) = official.sections
    sides = ("top_margin", "right_margin", "bottom_margin", "left_margin")
    assert [round(getattr(section, side).mm) for side in sides] == [37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    # 225 mm over 22 lines; 156 mm over 28 characters of 16 points, 15.79 points each: by hand
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert str(official.styles["Reference"].paragraph_format.alignment).split()[0] == "LEFT"
    letters = official.styles["Normal"].element.rPr
    assert letters.find(qn("w:spacing")).get(qn("w:val")) == "-4"
    assert official.settings.odd_and_even_pages_header_footer
    sides = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert [str(one.alignment).split()[0] for one in sides] == ["RIGHT", "LEFT"]
    assert [one.text for one in sides] == ["— 1 —"] * 2


def test_an_official_document_has_the_letters_of_the_standard(official, exhibits):
    wanted = {
        "Normal": ("仿宋", 16, "200"),
        "Title": ("方正小标宋简体", 22, "0"),
        "Heading 1": ("黑体", 16, "200"),
        "Heading 2": ("楷体", 16, "200"),
        "Footer": ("宋体", 14, "0"),
    }
    for name, (font, points, indent) in wanted.items():
        style = official.styles[name]
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == (font, "Times New Roman")
        assert style.font.size.pt == points
        assert not style.font.bold
        assert style.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == indent
        assert str(style.font.color.rgb) == "000000"
    heads = [one.text for one in styled(official, "Heading 1")]
    assert heads[0] == "一、如何读图"
    assert heads[1] == f"二、{exhibits[0].text('zh').headline}"
    assert heads[-1] == "五、资料来源"
    assert not [one for one in official.paragraphs if one.paragraph_format.page_break_before]
    (first, *_) = official.element.body.iter(qn("wp:inline"))
    assert first.extent.cx == Mm(156)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """The command line in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["analysis", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capsys.readouterr()
        return code, out, " ".join(err.split())

    return call


def test_the_command_writes_a_report_in_each_language(white, run, tmp_path):
    code, out, err = run(
        "report", CHARTS[2], CHARTS[0], CHARTS[2], "--title", "Pay & trade", "--out", "made/here"
    )
    assert code == 0, err
    assert "2 charts in made/here/report.en.docx, made/here/report.zh.docx" in " ".join(out.split())
    assert sorted(one.name for one in (tmp_path / "made/here").iterdir()) == [
        ".office.json",
        "report.en.docx",
        "report.zh.docx",
    ]
    assert "charts" in err
    document = docx.Document(str(tmp_path / "made/here/report.zh.docx"))
    assert document.core_properties.title == "Pay & trade"
    assert len(styled(document, "Caption")) == 2


def test_a_report_that_somebody_edited_is_not_overwritten(white, run, tmp_path):
    words = ("report", CHARTS[0], "--lang", "en", "--out", str(tmp_path))
    assert run(*words)[0] == 0
    assert run(*words)[0] == 0, "its own file it may replace"
    path = tmp_path / "report.en.docx"
    made = path.read_bytes()
    path.write_bytes(b"my own words")
    code, _, err = run(*words)
    assert code == 2
    assert "report.en.docx would be overwritten" in " ".join(err.split())
    assert "--force" in err
    assert path.read_bytes() == b"my own words"
    assert run(*words, "--force")[0] == 0
    assert path.read_bytes() == made


def test_an_official_document_is_chinese(white, run, tmp_path):
    words = ("report", CHARTS[0], "--layout", "gb9704")
    code, _, err = run(*words)
    assert code == 2
    assert "gb9704 is that of Chinese official documents; give --lang zh with it" in err
    assert "allowed are house, gb9704" in run("report", CHARTS[0], "--layout", "a4")[2]
    assert list(tmp_path.iterdir()) == []
    assert run(*words, "--lang", "zh", "--out", "here")[0] == 0
    assert (tmp_path / "here/report.zh.gb9704.docx").exists()


def test_help_of_report_and_slides_has_an_example(run):
    for command in ("report", "slides"):
        code, out, _ = run(command, "--help")
        assert code == 0
        assert f"Example: analysis {command}" in out


@pytest.mark.parametrize("command", ["report", "slides"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name the charts, or give --all"),
        (["labor-typical-earnings", "--all"], "name the charts, or give --all"),
        (["labor-typical-earning"], "did you mean labor-typical-earnings"),
        (["labor-typical-earnings", "--lang", "fr"], "unknown language 'fr'"),
        (["labor-typical-earnings", "--lang", ","], "--lang names nothing"),
        (["labor-typical-earnings", "--title", " "], "allowed are 1 to 200"),
        (["labor-typical-earnings", "--out", "file/inside"], "cannot write to file/inside"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    run, tmp_path, command, arguments, message
):
    (tmp_path / "file").write_text("in the way")
    code, out, err = run(command, *arguments)
    assert code == 2, err
    assert message in err
    assert out == ""
    assert "Traceback" not in err
    assert "charts ━" not in err
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
