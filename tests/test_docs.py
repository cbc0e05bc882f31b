"""Documents say what is so: version and date, the picture, the commands, the files that they name."""

import re
import tomllib

import pytest
import yaml

import analysis
from analysis import cli
from analysis.plotting.pictures import pictures
from analysis.publish.execute import pictures_compared
from analysis.records.collection import OWN
from analysis.records.paths import PROJECT as ROOT
from analysis.themes.charts import make_chart

DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PICTURE = "canton-fair-deals-per-yuan-waived"


def test_version_and_date_are_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dynamic"] == ["version"]  # read from analysis.__version__ when it is built
    assert analysis.__version__ == citation["version"]
    assert citation["date-released"] == analysis.RELEASED
    assert citation["title"] == OWN.title
    assert citation["authors"] == [{"name": OWN.authors}]
    assert f"## {analysis.__version__} ({analysis.RELEASED})" in (ROOT / "CHANGELOG.md").read_text(
        "utf-8"
    )


@pytest.mark.skipif(
    not pictures_compared(), reason="another kind of machine than the one that made the picture"
)
def test_the_readme_shows_the_chart_as_it_is(records):
    assert (ROOT / f"docs/images/{PICTURE}.en.png").read_bytes() == pictures(
        make_chart(PICTURE, records), ["png"]
    )["png"], "run 'make update-notebooks'"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_targets_and_commands_exist(path):
    text = path.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    commands = {
        command.name or command.callback.__name__ for command in cli.app.registered_commands
    }
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    assert set(re.findall(r"analysis ([a-z]+) (?=[A-Z-])", text)) - {"import"} <= commands


def test_no_file_of_this_machine_or_index_is_named():
    here = str(ROOT.parent) + "/"
    not_allowed = re.compile(
        "|".join(["index" + "-url", r"https?://\S*" + "pypi"])
    )  # in two parts, so that this file is clean itself
    for path in [
        *DOCS,
        *ROOT.glob("src/**/*.py"),
        *ROOT.glob("notebooks/*.ipynb"),
        ROOT / "Makefile",
        ROOT / "requirements.lock",
    ]:
        text = path.read_text("utf-8")
        assert here not in text, path
        assert not not_allowed.search(text), path
