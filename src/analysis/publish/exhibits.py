"""Two tables beside the charts: every finding, and which file comes from which function."""

from __future__ import annotations

import csv
import io

from analysis.charts.registry import definitions
from analysis.publish.order import Order
from analysis.quantities.finding import findings_frame
from analysis.records.load import Records
from analysis.topics import MODULES, all_findings

NOTEBOOKS = {
    "context": "02_context_and_benchmarks",
    "ecommerce": "03_ecommerce_reach",
    "labor": "04_labor_export_incomes",
    "canton-fair": "05_canton_fair_deals",
    "hunan": "07_hunan_and_local_cases",
    "local": "07_hunan_and_local_cases",
    "channels": "06_other_channels",
    "measures": "08_policy_measures",
    "audit": "09_claims_audit",
    "evidence": "10_published_evidence",
    "causal": "11_what_a_causal_design_needs",
}


def findings_csv(records: Records) -> bytes:
    """``findings.csv``: every result with value, range, unit, inputs, grade and note."""
    return findings_frame(all_findings(records)).to_csv(index=False, lineterminator="\n", float_format="%.12g").encode()


def exhibits_csv(order: Order) -> bytes:
    """``exhibits.csv``: each file of an export with its chart, function, notebook and claims."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["exhibit", "file", "function", "notebook", "claims"])
    for chart_id, own in definitions().items():
        claims = "all" if own.whole_register else "; ".join(own.claims)
        writer.writerows([chart_id, f"{chart_id}/{name}", own.function, f"{own.notebook}.ipynb", claims] for name in order.names(chart_id))
    for topic, modules in MODULES.items():
        functions = "; ".join(f"analysis.topics.{module}.findings" for module in modules)
        writer.writerow([f"findings on {topic}", "findings.csv", functions, f"{NOTEBOOKS[topic]}.ipynb", "see the column inputs"])
    return buffer.getvalue().encode()
