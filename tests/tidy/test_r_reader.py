"""The CSV tables as R reads them, where R and its packages are installed: names, rows and types are those of the Data Package."""

import json
import shutil
import subprocess

import pytest

from analysis.tidy.export import export_tables

READ = """
package <- jsonlite::fromJSON("datapackage.json", simplifyVector = FALSE)
seen <- lapply(package$resources, function(resource) {
  table <- suppressMessages(readr::read_csv(resource$path, na = "", guess_max = Inf))
  list(path = resource$path, rows = nrow(table), problems = nrow(readr::problems(table)),
       columns = lapply(names(table), function(name) list(name = name, type = class(table[[name]])[1], empty = all(is.na(table[[name]])))))
})
cat(jsonlite::toJSON(seen, auto_unbox = TRUE))
"""
TYPES = {
    "string": "character",
    "number": "numeric",
    "integer": "numeric",
    "boolean": "logical",
    "date": "Date",
}


def r_or_skip() -> str:
    program = shutil.which("Rscript")
    asked = 'quit(status = !all(c("readr", "jsonlite") %in% rownames(installed.packages())))'
    if (
        program is None
        or subprocess.run([program, "-e", asked], capture_output=True, check=False).returncode
    ):
        pytest.skip("R with readr and jsonlite is not installed")
    return program


def test_r_finds_the_columns_and_types_that_are_promised(records, tmp_path):
    program = r_or_skip()
    export_tables(records, tmp_path, "csv")
    done = subprocess.run(
        [program, "-e", READ], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    seen = {one["path"]: one for one in json.loads(done.stdout)}
    assert set(seen) == {one["path"] for one in package["resources"]}
    for resource in package["resources"]:
        found, fields = seen[resource["path"]], resource["schema"]["fields"]
        assert found["problems"] == 0
        assert found["rows"] > 0
        assert [one["name"] for one in found["columns"]] == [one["name"] for one in fields]
        wrong = [
            (one["name"], one["type"])
            for one, field in zip(found["columns"], fields, strict=True)
            if not one["empty"] and one["type"] != TYPES[field["type"]]
        ]
        assert wrong == [], resource["path"]
