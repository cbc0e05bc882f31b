"""What somebody drops in: a roster of counties with the year of treatment, and their outcomes by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.records.errors import DataError, Problem, QuantityError
from analysis.records.panel_cells import (
    YEARS_AS_COLUMNS,
    Given,
    Source,
    as_dummy,
    as_first_year,
    as_name,
    as_number,
    as_weight,
    as_year,
    given,
    is_year,
    some,
)

NEVER = 0
CHOICES = ("keep", "drop"), ("refuse", "drop")  # of balanced, and of unmatched


@dataclass(frozen=True)
class Columns:
    """Which column holds what.

    Parameters
    ----------
    unit, time, outcome, first_treated : str
        County, year, outcome, and first year treated.
    cluster : str
        Level at which treatment was assigned; the county where the roster has no such column.
    treated : str
        Column of the outcomes that is 1 in the years treated and 0 before, from which the first year is taken; "" for none.
    weights : str
        Column of either table: how much a county counts; "" for none.
    covariates : tuple of str
        Columns of either table: what trends may depend on.
    """

    unit: str = "county"
    time: str = "year"
    outcome: str = "outcome"
    first_treated: str = "first_treated"
    cluster: str = "cluster"
    treated: str = ""
    weights: str = ""
    covariates: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse names that are no text, and a column that is to be two things."""
        own = [self.unit, self.time, self.outcome, self.treated, self.weights, *self.covariates]
        for name in [*own, self.first_treated, self.cluster]:
            if not isinstance(name, str):
                raise QuantityError(f"{name!r} is no name of a column; allowed is text")
        own = [name for name in own if name]
        if twice := sorted({name for name in own if own.count(name) > 1}):
            raise QuantityError(
                f"column {twice[0]!r} is named twice; unit, time, outcome, treatment, weights and each covariate are columns of their own"
            )

    def named(self, covariate: str) -> str:
        """What a covariate is called where columns have names of their own."""
        return covariate + " (covariate)" * (covariate in {"county", "year", "outcome"})


@dataclass(frozen=True, eq=False)
class Tables:
    """A roster and outcomes that fit each other.

    Parameters
    ----------
    roster : DataFrame
        ``county``, ``first_treated`` (0 if never), perhaps ``cluster`` and ``weight``.
    outcomes : DataFrame
        ``county``, ``year``, ``outcome`` and the covariates; county-years without one of them are left out.
    notes : tuple of str
        How the tables were read, and what was left out.
    """

    roster: pd.DataFrame
    outcomes: pd.DataFrame
    notes: tuple[str, ...]


def read_panel(
    roster: Source,
    outcomes: Source,
    columns: Columns | None = None,
    *,
    balanced: str = "keep",
    unmatched: str = "refuse",
) -> Tables:
    """Read and check a roster and its outcomes; see ``docs/causal_data.md`` for what is accepted.

    Parameters
    ----------
    roster, outcomes : path or DataFrame
        One row for each county, and one for each county and year. Both may be the same table.
    columns : Columns, optional
        Names of the columns.
    balanced : {"keep", "drop"}
        A county without an outcome in some year is kept with the years that it has, or dropped.
    unmatched : {"refuse", "drop"}
        Counties that stand in one table only are a problem, or dropped.

    Raises
    ------
    DataError
        With every problem found: file, row, column, and what is allowed.
    QuantityError
        If a choice is unknown.
    """
    for value, allowed in zip((balanced, unmatched), CHOICES, strict=True):
        if value not in allowed:
            raise QuantityError(f"{value!r} is no choice; allowed are {' and '.join(allowed)}")
    names = columns or Columns()
    names.check()
    tables: list[Given] = []
    missing: list[Problem] = []
    for source, name in ((roster, "roster"), (outcomes, "outcomes")):
        try:
            tables.append(given(source, name))
        except DataError as error:
            missing += error.problems
    _raise(missing)
    listed, measured = tables
    read = dict.fromkeys(table.note for table in tables if table.note)
    wanted = _of_roster(listed, names), _of_outcomes(listed, names)
    _raise([*_absent(listed, wanted[0]), *_absent(measured, wanted[1])])
    notes = [*read, *_unused(listed, measured, names)]
    cells, found = _outcomes(measured, names, wanted[1])
    counties, more = _roster(listed, names)
    _raise([*more, *found])
    if names.treated:
        counties["first_treated"] = counties["county"].map(_began(measured, names, cells))
        counties["first_treated"] = counties["first_treated"].fillna("not in the outcomes")
    fitting = _Fitting(listed.name, measured.name, names, counties, cells, notes)
    return fitting.tables(balanced, unmatched)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise DataError(problems)


# -- one table -------------------------------------------------------------------------------------


def _of_roster(table: Given, names: Columns) -> dict[str, str]:
    """Column of the roster by the argument that names it."""
    wanted = {"unit": names.unit}
    if not names.treated:
        wanted["first_treated"] = names.first_treated
    if names.cluster in table.rows or names.cluster != Columns.cluster:
        wanted["cluster"] = names.cluster
    return wanted | {which: one for which, one in _extra(names).items() if one in table.rows}


def _of_outcomes(listed: Given, names: Columns) -> dict[str, str]:
    wanted = {"unit": names.unit, "time": names.time, "outcome": names.outcome}
    wanted |= {"treated": names.treated} if names.treated else {}
    return wanted | {which: one for which, one in _extra(names).items() if one not in listed.rows}


def _extra(names: Columns) -> dict[str, str]:
    """Weights and covariates, which may stand in either table; of the roster if in both."""
    found = {f"covariates {number}": one for number, one in enumerate(names.covariates)}
    return found | ({"weights": names.weights} if names.weights else {})


def _absent(table: Given, wanted: dict[str, str]) -> Iterator[Problem]:
    for argument, column in wanted.items():
        if column not in table.rows:
            there = some([str(one) for one in table.rows.columns], 20)
            said = f"is missing; the columns of row 1 are {there}: name the right one by {argument.split()[0]}="
            if sum(is_year(one) for one in table.rows.columns) >= YEARS_AS_COLUMNS:
                said = "is missing, and years stand as columns; bring a row for each county and year (in pandas: DataFrame.melt)"
            yield Problem(table.name, said, 1, column)


def _unused(listed: Given, measured: Given, names: Columns) -> Iterator[str]:
    known = {*_of_roster(listed, names).values(), *_of_outcomes(listed, names).values()}
    for table in (listed, measured):
        if extra := [str(one) for one in table.rows.columns if one not in known]:
            yield f"Columns of {table.name} that are not used: {some(extra)}."


def _outcomes(
    table: Given, names: Columns, wanted: dict[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """County, year, outcome, weight and covariates of each row, and what is wrong with them."""
    county, found = table.read(names.unit, as_name)
    year, more = table.read(names.time, as_year, county)
    outcome, wrong = table.read(names.outcome, as_number, county)
    extra, more_wrong = _more(table, names, wanted, county)
    cells = pd.DataFrame({"county": county, "year": year, "outcome": outcome} | extra)
    cells = cells.dropna(subset=["county", "year"])
    kind = "stands already in a row before; a county has one outcome a year"
    again = cells.duplicated(["county", "year"])
    places = pd.Series(list(zip(cells["county"], cells["year"], strict=True)), cells.index)
    rows = {place: row for row, place in places[~again].items()}
    for row, place in places[again].items():
        said = f"'{place[0]}, {place[1]}' stands already in row {rows[place]}; a county has one outcome a year"
        column = f"{names.unit}, {names.time}"
        found.append(Problem(table.name, said, int(str(row)), column, kind=kind))
    if "weight" in cells:
        several = cells.groupby("county")["weight"].transform("nunique") > 1
        kind = "differs between years of a county; a county has one weight"
        found += [
            Problem(table.name, kind, int(str(row)), names.weights, one, kind)
            for row, one in cells.loc[several, "county"].items()
        ]
    problems = [*found, *more, *wrong, *more_wrong]
    return cells.astype({"outcome": float}), sorted(problems, key=lambda one: one.row or 0)


def _more(
    table: Given, names: Columns, wanted: dict[str, str], county: pd.Series
) -> tuple[dict[str, pd.Series], list[Problem]]:
    """Weight and covariates of each row, by the name that they have from here on."""
    columns: dict[str, pd.Series] = {}
    found: list[Problem] = []
    for argument in _extra(names).keys() & wanted.keys():
        column = wanted[argument]
        own = "weight" if argument == "weights" else names.named(column)
        cell = as_weight if argument == "weights" else as_number
        columns[own], wrong = table.read(column, cell, county)
        found += wrong
    return {name: columns[name] for name in sorted(columns)}, found


def _roster(table: Given, names: Columns) -> tuple[pd.DataFrame, list[Problem]]:
    """One row for each county, with the first year as it stands, and what is wrong with them."""
    wanted = _of_roster(table, names)
    county, found = table.read(names.unit, as_name)
    columns = {"county": county}
    for argument, cell in (("first_treated", as_first_year), ("cluster", as_name)):
        if argument in wanted:
            columns[argument], more = table.read(wanted[argument], cell, county)
            found += more
    extra, more = _more(table, names, wanted, county)
    found += more
    rows = pd.DataFrame(columns | extra).dropna(subset=["county"]).drop_duplicates()
    for row, one in rows[rows["county"].duplicated()].iterrows():
        kind = "stands more than once, with different years or clusters: treatment begins once and stays; where it ended or came back, leave the county out, or study its first treatment up to the year it ended"
        said = f"'{one['county']}' {kind}"
        found.append(Problem(table.name, said, int(str(row)), names.unit, kind=kind))
    return rows, found


def _began(table: Given, names: Columns, cells: pd.DataFrame) -> dict[str, int | str]:
    """First year treated of each county by a column that is 1 from then on."""
    values, found = table.read(names.treated, as_dummy, cells["county"])
    _raise(found)
    rows = cells.assign(treated=values.astype(int)).sort_values(["county", "year"])
    back = rows["treated"] < rows.groupby("county")["treated"].cummax()
    kind = "is 0 after it was 1: treatment that ends is not estimated here; leave out the county, or its years from then on"
    _raise(
        [
            Problem(table.name, kind, int(str(row)), names.treated, county, kind)
            for row, county in rows.loc[back, "county"].items()
        ]
    )
    began = rows[rows["treated"] == 1].groupby("county")["year"].min()
    never = f"0 in {names.treated} throughout"
    return {county: began.get(county, never) for county in rows["county"].unique()}


# -- both ------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Fitting:
    """Two tables on their way to fit each other, and what has been said about it."""

    listed: str
    measured: str
    names: Columns
    roster: pd.DataFrame
    outcomes: pd.DataFrame
    notes: list[str]

    def tables(self, balanced: str, unmatched: str) -> Tables:
        """The two tables once everything that is dropped has been dropped."""
        self._match(drop=unmatched == "drop")
        self._never()
        self._blanks()
        self._place_extra()
        self._always()
        self._balance(drop=balanced == "drop")
        self._check()
        roster = self.roster.astype({"first_treated": int}).reset_index(drop=True)
        outcomes = self.outcomes.astype({"year": int}).reset_index(drop=True)
        return Tables(roster, outcomes, tuple(self.notes))

    def _keep(self, counties: pd.Series) -> None:
        self.roster = self.roster[self.roster["county"].isin(counties)]
        self.outcomes = self.outcomes[self.outcomes["county"].isin(counties)]

    def _match(self, *, drop: bool) -> None:
        listed, measured = (set(table["county"]) for table in (self.roster, self.outcomes))
        found = []
        for own, file, against in (
            (measured - listed, self.measured, self.listed),
            (listed - measured, self.listed, self.measured),
        ):
            if own:
                many = "1 county is" if len(own) == 1 else f"{len(own):,} counties are"
                found.append((file, f"{many} not in {against}: {some(sorted(own))}"))
        if found and not drop:
            way = "make the names or codes agree, add the rows (never treated: an empty first year), or drop such counties by unmatched='drop'"
            _raise(
                [
                    Problem(file, f"{said}; {way}", column=self.names.unit, kind=said)
                    for file, said in found
                ]
            )
        self.notes += [f"Dropped: in {file}, {said}." for file, said in found]
        self._keep(pd.Series(sorted(listed & measured), dtype=object))

    def _never(self) -> None:
        """Give 0 to counties that are never treated, and say how the table put it."""
        first = self.roster["first_treated"]
        words = first[first.map(lambda one: isinstance(one, str))]
        if len(words):
            ways = ", ".join(f"{many:,} with {way}" for way, many in words.value_counts().items())
            self.notes.append(f"Read as never treated: {ways}.")
        self.roster = self.roster.assign(first_treated=first.mask(first.index.isin(words.index), 0))

    def _blanks(self) -> None:
        """Leave out rows without an outcome, and years and counties of which nothing is left."""
        blank = self.outcomes["outcome"].isna()
        if blank.any():
            self.notes.append(f"{blank.sum():,} rows of {self.measured} have no outcome.")
        self.outcomes = self.outcomes[~blank]
        gone = sorted(set(self.roster["county"]) - set(self.outcomes["county"]))
        if gone:
            self.notes.append(f"Dropped, for they have no outcome in any year: {some(gone)}.")
        self._keep(self.outcomes["county"])
        if self.outcomes.empty:
            said = "no county has an outcome; there is nothing to estimate"
            _raise([Problem(self.measured, said, column=self.names.outcome)])
        if self.outcomes["outcome"].nunique() == 1:
            said = "the outcome is the same in every row; there is nothing to estimate"
            _raise([Problem(self.measured, said, column=self.names.outcome)])

    def _place_extra(self) -> None:
        """Put covariates beside the outcomes and the weight into the roster; leave out rows without a covariate."""
        names = [self.names.named(one) for one in self.names.covariates]
        fixed = self.roster.set_index("county")
        for name in names:
            if name in fixed:
                self.outcomes[name] = self.outcomes["county"].map(fixed[name])
        if "weight" in self.outcomes:
            own = self.outcomes.groupby("county")["weight"].first()
            self.roster = self.roster.assign(weight=self.roster["county"].map(own))
        kept = [
            one for one in ("county", "first_treated", "cluster", "weight") if one in self.roster
        ]
        self.roster = self.roster[kept].astype({"weight": float} if "weight" in kept else {})
        values = self.outcomes[["county", "year", "outcome", *names]]
        self.outcomes = values.astype(dict.fromkeys(names, float)).dropna()
        if lost := len(values) - len(self.outcomes):
            self.notes.append(
                f"Left out: {lost:,} county-years with an outcome and without one of {some(names)}."
            )
            self._keep(self.outcomes["county"])

    def _always(self) -> None:
        """Drop counties without an outcome before their treatment, as other packages do."""
        seen = self.outcomes.groupby("county")["year"].min()
        start = self.outcomes["year"].min()
        first = self.roster["first_treated"]
        early = (first != NEVER) & (first <= start)
        late = (first > start) & (first <= self.roster["county"].map(seen))
        for which, why in (
            (early, f"treated in {start}, the first year of the outcomes, or before"),
            (late, "no outcome before their treatment"),
        ):
            if names := self.roster.loc[which, "county"].tolist():
                many = "1 county" if len(names) == 1 else f"{len(names):,} counties"
                self.notes.append(f"Dropped: {many}, {why}: {some(names)}.")
        self._keep(self.roster.loc[~(early | late), "county"])

    def _balance(self, *, drop: bool) -> None:
        years = self.outcomes["year"].nunique()
        counts = self.outcomes.groupby("county")["year"].size()
        short = sorted(counts.index[counts < years])
        if not short:
            return
        gaps = years * len(short) - int(counts[short].sum())
        if not drop:
            self.notes.append(
                f"{gaps:,} of {years * len(counts):,} county-years are missing, in {len(short):,} of {len(counts):,} counties ({some(short, 3)}): the rest is used, and nothing is filled in."
            )
            return
        lost = self.roster["county"].isin(short) & (self.roster["first_treated"] != NEVER)
        self.notes.append(
            f"Dropped for a missing year: {len(short):,} of {len(counts):,} counties, {int(lost.sum()):,} of them treated, with {int(counts[short].sum()):,} county-years: {some(short)}."
        )
        self._keep(pd.Series(sorted(set(counts.index) - set(short)), dtype=object))

    def _check(self) -> None:
        first = self.roster["first_treated"]
        treated = first[first != NEVER]
        said = ""
        if not len(first):
            said = "no county is left; there is nothing to estimate"
        elif not len(treated):
            said = "no county is treated; there is no effect to estimate"
        elif len(treated) == len(first) and treated.nunique() == 1:
            said = f"every county is first treated in {treated.iloc[0]}: there is no comparison, and no effect is identified"
        if said:
            dropped = " ".join(note for note in self.notes if note.startswith("Dropped"))
            said += f" ({dropped})" if dropped else ""
            _raise([Problem(self.listed, said, column=self.names.first_treated)])
