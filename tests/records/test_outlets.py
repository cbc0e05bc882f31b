"""A citation sends nobody to a copy on an unrelated site, in whatever column and form its address stands."""

from __future__ import annotations

import pytest

from analysis.publish.chart_basis import Reference, references
from analysis.records.load import problems
from analysis.records.outlets import addresses, institution, outlet_problems
from analysis.records.paths import PROJECT


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("http://www.gov.cn/zhengce/2015-10/16/content_2948302.htm", "governments"),
        ("https://www.scmp.com/a", "South China Morning Post"),
        ("HTTPS://WWW.SCMP.COM/a", "South China Morning Post"),
        ("https://finance.people.com.cn:8080/a", "People's Daily Online"),
        ("http://people.com.cn", "People's Daily Online"),
        ("https://people.com.cn.evil.top/a", ""),
        ("https://evil.top/people.com.cn", ""),
        ("https://evil.top/?u=https://people.com.cn", ""),
        ("https://evil.top#people.com.cn", ""),
        ("https://people.com.cn@evil.top/a", ""),
        ("https://evil.top\\@people.com.cn/a", ""),
        ("https://notpeople.com.cn/a", ""),
        ("https://people.com.cn.", ""),
        ("https://\N{CYRILLIC SMALL LETTER ER}eople.com.cn/a", ""),
        ("https://xn--eople-9uf.com.cn/a", ""),
        ("https://www-scmp-com.libproxy1.nus.edu.sg/a", ""),
        ("http://lwja.top/a", ""),
        ("http://202.106.125.35/csydkns", ""),
        ("https://fakegov.cn/a", ""),
        ("ftp://www.gov.cn/a", ""),
        ("https://[gov.cn/a", ""),
        ("javascript:alert(1)//www.gov.cn", ""),
        ("", ""),
    ],
)
def test_a_host_is_permitted_by_its_own_domain_only(address, whose):
    assert institution(address).startswith(whose)
    assert bool(institution(address)) == bool(whose)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("People's Daily Online, copied at renminnet.cn", ["renminnet.cn"]),
        ("see HTTP://LWJA.TOP:81/a, and //lwja.top/b", ["HTTP://LWJA.TOP:81/a,", "//lwja.top/b"]),
        ("（见www.evil.top）", ["www.evil.top"]),
        ("read at 218.28.6.71 in 2020", ["218.28.6.71"]),
        ("xn--55q5m37acrkdo40e72gdvkct6g1mct3v.com", ["xn--55q5m37acrkdo40e72gdvkct6g1mct3v.com"]),
        (
            "series SP.POP.TOTL of U.S. Bank, v. 0.18.23, e.g. claims.csv; scio-2021.labor-people",
            [],
        ),
        ("12.5 % of 1.29 billion. No more", []),
        ("[DS]//Commerce Poverty Notebooks", []),
        ("http://localhost/a", ["http://localhost/a"]),
    ],
)
def test_addresses_are_found_in_any_text(text, found):
    assert addresses(text) == found


def test_every_address_in_use_is_permitted():
    assert outlet_problems(PROJECT / "data") == []


@pytest.mark.parametrize(
    ("file", "key", "column", "value"),
    [
        ("events.csv", "first-demonstration-counties-2014", "url", "http://lwja.top/a"),
        ("events.csv", "first-demonstration-counties-2014", "source_title", "Report, lwja.top"),
        ("conflicts.csv", "late-page-2015-09", "source", "copy at WWW.LWJA.TOP"),
        ("conflicts.csv", "late-page-2015-09", "url", "https://people.com.cn.lwja.top/a"),
        ("assumptions.csv", "labor-stock-share", "url", "https://fdocuments.net/a"),
        (
            "benchmarks.csv",
            "labor-ethnic-areas-2020",
            "publisher",
            "People's Daily, at renminnet.cn",
        ),
        ("evidence.csv", "canton-2003", "citation", "AFP, April 2003; texindex.com"),
        ("sources.csv", "hunan-2017", "url", "http://lwja.top/a"),
        ("series/labor.csv", "mofcom-labour-income-stated@2018", "publisher", "mirror feifmx.com"),
    ],
)
def test_any_other_host_is_named_with_file_row_and_column(
    data_copy, edit, file, key, column, value
):
    edit(data_copy / file, key, column, value)
    (one,) = outlet_problems(data_copy)
    assert (one.file, one.column) == (file, column)
    assert one.row
    assert "is on no site of records/outlets.toml" in str(one)


def test_where_a_copy_was_read_is_no_citation(data_copy, edit):
    edit(data_copy / "events.csv", "first-demonstration-counties-2014", "seen_at", "http://a.top/b")
    edit(data_copy / "events.csv", "first-demonstration-counties-2014", "url", "")
    assert outlet_problems(data_copy) == []
    assert problems(data_copy) == []
    edit(data_copy / "events.csv", "first-demonstration-counties-2014", "seen_at", "")
    (one,) = problems(data_copy)
    assert (one.file, one.row, one.column) == ("events.csv", 3, "url")
    assert "and so is seen_at" in one.message


def test_no_citation_of_a_series_gives_the_address_of_a_copy(records):
    found = [one for name in records.series_index["series_id"] for one in references(records, name)]
    assert all(institution(one.address) for one in found if one.address)
    assert sum(not one.address for one in found) > 100


def test_a_copy_is_said_to_be_one():
    assert (
        str(Reference("Title", "Xinhua", "2019", "")) == "Title. Xinhua. 2019. Quoted from a copy"
    )


def test_rows_that_name_no_publisher_are_as_many_as_is_said_and_weak(records):
    rows = [row for name in records.series_index["series_id"] for row in _rows(records, name)]
    unnamed = [row for row in rows if not row.publisher or "not recorded" in row.publisher]
    said = (PROJECT / "docs" / "decisions" / "0017-review-answers.md").read_text("utf-8")
    assert f"- {len(unnamed)} rows name no publisher" in said
    assert all(row.grade > "A" and not row.url for row in unnamed)


def _rows(records, name):
    return records.series_rows(name).itertuples()
