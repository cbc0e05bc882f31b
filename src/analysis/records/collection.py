"""Whose collection the data folder is: its title and its authors, as citations and pages name them."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.descriptor import descriptor
from analysis.records.paths import data_folder, is_own


@dataclass(frozen=True)
class Collection:
    """A collection of claims.

    Parameters
    ----------
    title, authors : str
        As citations name them.
    own : bool
        Whether it is the one that the package brings.
    """

    title: str
    authors: str
    own: bool = False


OWN_NAME = "commerce-poverty-claims"
OWN = Collection(
    "Commerce Poverty Notebooks: official claims on China's commerce-led poverty reduction",
    "The Commerce Poverty Notebooks authors",
    own=True,
)


def collection() -> Collection:
    """The collection of the data folder in use; another one's title and contributors stand in its ``datapackage.json``.

    Examples
    --------
    >>> collection().authors
    'The Commerce Poverty Notebooks authors'
    """
    folder = data_folder()
    package = {} if is_own(folder) else descriptor(folder)
    if package.get("name", OWN_NAME) == OWN_NAME:  # the package's, or a copy of it
        return OWN
    named = [one["title"] for one in package.get("contributors", []) if one.get("title")]
    title = str(package.get("title") or package["name"])
    return Collection(title, "; ".join(named) or f"The authors of {title}")
