"""Two tables beside the charts: every finding, and which file comes from which function."""

from __future__ import annotations

import csv
import io

from analysis.bounds.finding import findings_frame
from analysis.publish.order import Order
from analysis.records.load import Records
from analysis.themes import all_findings, themes
from analysis.themes.charts import definitions


def findings_csv(records: Records) -> bytes:
    """``findings.csv``: every result with value, range, unit, inputs, grade and note."""
    table = findings_frame(all_findings(records))
    text: str = table.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return text.encode()


def exhibits_csv(records: Records, order: Order) -> bytes:
    """``exhibits.csv``: each file of an export with its chart, function, notebook and claims."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["exhibit", "file", "function", "notebook", "claims"])
    for chart_id, own in definitions(records).items():
        claims = "all" if own.whole_register else "; ".join(own.claims)
        writer.writerows(
            [chart_id, f"{chart_id}/{name}", own.function, f"{own.notebook}.ipynb", claims]
            for name in order.names(chart_id)
        )
    for theme in themes():
        modules = [one for one in theme.modules("findings") if hasattr(one, "findings")]
        if modules:
            functions = "; ".join(f"{one.__name__}.findings" for one in modules)
            named, notebook = f"findings of {theme.folder}", f"{theme.notebook}.ipynb"
            writer.writerow([named, "findings.csv", functions, notebook, "see the column inputs"])
    return buffer.getvalue().encode()
