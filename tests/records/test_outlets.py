"""A citation sends nobody to a mirror."""

from __future__ import annotations

import dataclasses

import pytest

from analysis.publish.chart_basis import Reference, references
from analysis.records.outlets import cited_address, institution, outlet_problems


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("http://www.gov.cn/zhengce/2015-10/16/content_2948302.htm", "governments"),
        ("https://www.scmp.com/a", "South China Morning Post"),
        ("https://www-scmp-com.libproxy1.nus.edu.sg/a", ""),
        ("http://lwja.top/a", ""),
        ("http://renminnet.cn/a", ""),
        ("https://fakegov.cn/a", ""),
        ("https://scmp.com.example.org/a", ""),
        ("", ""),
    ],
)
def test_a_host_is_permitted_by_its_own_domain_only(address, whose):
    assert institution(address).startswith(whose)
    assert bool(institution(address)) == bool(whose)
    assert cited_address(address) == (address if whose else "")


def test_every_host_in_use_is_judged(records):
    assert outlet_problems(records) == []


def test_a_new_host_is_named(records):
    rows = records.series.copy()
    rows.loc[0, "url"] = "https://new-mirror.example/a"
    (one,) = outlet_problems(dataclasses.replace(records, series=rows))
    assert (one.file, one.column) == ("series.csv", "url")
    assert "new-mirror.example" in str(one)


def test_no_citation_of_a_series_gives_the_address_of_a_copy(records):
    copies = 0
    for series_id in records.series_index["series_id"]:
        for one in references(records, series_id):
            assert one.address == cited_address(one.address)
            copies += not one.address
    assert copies > 100


def test_a_copy_is_said_to_be_one():
    assert (
        str(Reference("Title", "Xinhua", "2019", "")) == "Title. Xinhua. 2019. Quoted from a copy"
    )
