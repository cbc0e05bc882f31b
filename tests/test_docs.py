"""Documents say what is so: version and date, the picture, the commands, the files that they name."""

import itertools
import re
import shlex
import tomllib

import pytest
import typer
import yaml

import analysis
from analysis import cli
from analysis.plotting.pictures import pictures
from analysis.publish.execute import pictures_compared
from analysis.publish.site.documents import PUBLISHED
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
        if target == PUBLISHED:  # a page of the repository's host
            continue
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


README = (ROOT / "README.md").read_text("utf-8")


def blocks(text: str) -> list[list[str]]:
    """Lines of each block of code."""
    return [
        found.strip().splitlines() for found in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    ]


def test_the_readme_links_the_published_site_first():
    first = re.search(r"\]\(([^)]+)\)", README)
    assert first[1] == PUBLISHED
    workflow = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text("utf-8"))
    assert PUBLISHED.endswith(f"/{workflow['jobs']['deploy']['environment']['name']}")


def test_the_readme_is_short_and_has_three_doors_before_the_installation():
    assert len(README.splitlines()) < 120
    assert README.count("![") == 1
    heads = re.findall(r"^##+ (.+)", README, re.MULTILINE)
    asked = ["Three doors", "1. Read", "2. Export", "3. Analyse", "Install", "How to cite"]
    assert [head.partition(":")[0] for head in heads] == asked
    (ways,) = [block for block in blocks(README) if "# uv" in block]
    ends = [place for place, line in enumerate([*ways, "# end"]) if line.startswith("#")]
    assert [ways[place] for place in ends[:-1]] == [
        "# uv",
        "# pip",
        "# Windows (PowerShell)",
        "# conda",
    ]
    for start, end in itertools.pairwise(ends):
        assert len([line for line in ways[start + 1 : end] if line]) == 3, ways[start]


def test_the_commands_of_the_readme_are_understood():
    """Each is parsed with its options and not run; the Python is run."""
    main = typer.main.get_command(cli.app)
    said = [line for block in blocks(README) for line in block if ".venv/bin/analysis" in line]
    assert len(said) >= 5
    for line in said:
        name, *rest = shlex.split(line)[1:]
        command = main.commands[name]
        assert command.make_context(name, rest, parent=main.make_context("analysis", ["list"]))
    (python,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(python, {})
