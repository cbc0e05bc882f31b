"""What is newer than what the collection froze, as far as installed packages and the tables can tell."""

from __future__ import annotations

import importlib.metadata
import re

import pandas as pd

from analysis.records.load import Records

PACKAGE = "commerce-poverty-notebooks"
COLUMNS = ("what", "frozen", "newer", "then")
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^;\s]+)")
_PAIR = re.compile(r"([a-z]{3})-([a-z]{3})-mean")


def outdated(records: Records) -> pd.DataFrame:
    """Rates, pinned packages and copies of figures of which there is a newer or a better one.

    Parameters
    ----------
    records : Records

    Returns
    -------
    DataFrame
        ``what``, ``frozen`` (what is used), ``newer`` (what there is), ``then`` (how it is taken over).
    """
    return pd.DataFrame([*_rates(records), *_pins(), *_copies(records)], columns=list(COLUMNS))


def _rates(records: Records) -> list[tuple[str, str, str, str]]:
    from currency_converter import CurrencyConverter

    bounds = CurrencyConverter().bounds
    found = []
    for series_id in records.series_index["series_id"]:
        pair = _PAIR.fullmatch(series_id)
        if not pair or not {one.upper() for one in pair.groups()} <= bounds.keys():
            continue
        of, to = (one.upper() for one in pair.groups())
        last = str(records.series_rows(series_id)["period_end"].max())
        newest = min(bounds[of].last_date, bounds[to].last_date).isoformat()
        if newest > last:
            how = f"analysis exchange-rates {of} {to} --from {last[:4]} --until {newest[:4]}"
            found.append((f"rates {of} in {to}", f"to {last}", f"to {newest}", how))
    return found


def _pins() -> list[tuple[str, str, str, str]]:
    try:
        required = importlib.metadata.requires(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    found = []
    for one in required:
        pin = _PIN.match(one)
        if pin and "extra ==" not in one:
            try:
                there = importlib.metadata.version(pin[1])
            except importlib.metadata.PackageNotFoundError:
                there = "not installed"
            if there != pin[2]:
                found.append(
                    (f"package {pin[1]}", pin[2], there, "pip install -r requirements.lock")
                )
    return found


def _copies(records: Records) -> list[tuple[str, str, str, str]]:
    """Rows that their coders marked to be checked again: read in a copy, not at the publisher."""
    rows = records.series[records.series["recheck"] == "yes"]
    return [
        (
            f"series {name}",
            f"{len(of)} rows of copies",
            "the publisher's own",
            "see its source_title",
        )
        for name, of in rows.groupby("series_id", sort=False)
    ]
