"""Files beside a chart of published estimates name the studies, as others name documents."""

from __future__ import annotations

import io

import openpyxl

from analysis.publish.chart_basis import claims_used, studies_used
from analysis.publish.exhibit import make_exhibit
from analysis.publish.office.sheets import data_xlsx
from analysis.publish.references import addresses


def test_a_chart_of_estimates_names_each_study_once_with_its_address(records, white):
    exhibit = make_exhibit("evidence-export-promotion", records)
    found = studies_used(exhibit)
    assert len(found) == len(set(found)) == 8
    assert claims_used(exhibit) == ()
    assert any("Bai" in citation and address.startswith("https://") for citation, address in found)
    assert set(addresses(exhibit)) == {address for _, address in found if address}
    notes = openpyxl.load_workbook(io.BytesIO(data_xlsx(exhibit, "en")))["Notes"]
    cells = {cell.value for row in notes.iter_rows() for cell in row}
    assert {address for _, address in found if address} <= cells


def test_a_chart_of_claims_names_none(records):
    assert studies_used(make_exhibit("canton-fair-deals-per-yuan-waived", records)) == ()


def test_a_study_known_only_from_others_or_from_a_mirror_has_no_address(records):
    exhibit = make_exhibit("evidence-ecommerce-income", records)
    found = dict(studies_used(exhibit))
    bare = {citation for citation, address in found.items() if not address}
    assert any(one.startswith("Li, Xie & Tang (2025)") for one in bare)
    rows = records.evidence[records.evidence["citation"].isin(bare)]
    assert len(bare) == 4
    assert (rows["url"] == "").all()
