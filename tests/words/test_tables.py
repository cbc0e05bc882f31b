"""Tables and sentences for reading: the same text every time, escaped HTML, Markdown without formulas."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from analysis.words.wording import Sentence, Table, display_width

INF, NAN = math.inf, math.nan
FRAME = pd.DataFrame(
    {
        "what": ["jobs", "就业"],
        "people": [7_710_000.0, NAN],
        "ends": [(1, 2), ("a",)],
        "n": [1, 20],
        "up": [INF, -0.5],
        "rate": [6.6257681818, 0.000123456789],
    }
)


def test_a_table_as_text():
    assert repr(Table(FRAME, "Two rows")) == "\n".join(
        [
            "Two rows",
            "",
            "what  people     ends  n   up    rate",
            "----  ---------  ----  --  ----  -----------",
            "jobs  7,710,000  1; 2  1   ∞     6.62577",
            "就业             a     20  −0.5  0.000123457",
        ]
    )
    assert repr(Table(FRAME[["n"]].head(1))) == "n\n-\n1"


def test_a_table_as_html():
    left, right = (f' style="text-align:{side}"' for side in ("left", "right"))
    assert Table(FRAME[["what", "people"]].head(1), "One row")._repr_html_() == "\n".join(
        [
            '<table class="tex2jax_ignore">',
            '<caption style="text-align:left">One row</caption>',
            f'<thead><tr><th scope="col"{left}>what</th><th scope="col"{right}>people</th></tr></thead>',
            "<tbody>",
            f"<tr><td{left}>jobs</td><td{right}>7,710,000</td></tr>",
            "</tbody>",
            "</table>",
        ]
    )


def test_a_table_rounds_links_its_file_and_says_where_its_figures_come_from():
    table = Table(FRAME[["rate"]].tail(1), "A & B", 3, "../data/x.csv", "<details></details>")
    assert repr(table).splitlines()[-1] == "0.000123"
    html = table._repr_html_()
    assert '>A &amp; B · <a href="../data/x.csv">CSV</a></caption>' in html
    assert html.endswith("</table>\n<details></details>")
    assert "details" not in repr(table)


def test_a_hostile_table_is_escaped():
    evil = "<script>alert('1')</script>&\"x\""
    text = Table(pd.DataFrame({evil: [evil, (evil, 1)]}), evil)._repr_html_()
    assert "<script" not in text
    assert text.count("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;&quot;x&quot;") == 4
    assert set(re.findall(r"</?(\w+)", text)) == {
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def test_a_table_is_the_same_every_time_and_leaves_its_frame_alone():
    before = FRAME.copy()
    texts = {
        (repr(table), table._repr_html_())
        for table in (
            Table(FRAME, "c"),
            Table(FRAME.copy(), "c"),
            Table(FRAME.set_index(pd.Index([7, 8])), "c"),
        )
    }
    assert len(texts) == 1
    pd.testing.assert_frame_equal(FRAME, before)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("就业", 4), ("（约）", 6), ("−∞", 2), ("é", 1)]
)
def test_chinese_takes_two_columns(text, width):
    assert display_width(text) == width


def test_a_sentence_reads_alike_in_terminal_and_notebook():
    one = Sentence("The ministry reported *about* 7.71 million people.")
    assert (
        repr(one) == one._repr_markdown_() == "The ministry reported *about* 7.71 million people."
    )
    dollars = Sentence("Between US$1.7 billion and US$1.8 billion.")
    assert repr(dollars) == "Between US$1.7 billion and US$1.8 billion."
    assert (
        dollars._repr_markdown_() == r"Between US\$1.7 billion and US\$1.8 billion."
    )  # two bare dollars are a formula to Jupyter
