"""environment.yml, pyproject.toml and requirements.lock name the same versions."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)(?P<rest>[^\\\n]*(?:\\\n[^\\\n]*)*)",
    re.M,
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
ADDRESS = re.compile(
    r"://|\b[\w-]+\.(?:org|com|net|io|dev|cn)\b|^\s*(?:-i|-f|--[a-z-]*(?:index|links|host)\b)", re.M
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pyproject_pins(text: str) -> dict[str, str]:
    """Version of every direct dependency; fails on one without exactly one ``==``."""
    table = tomllib.loads(text)
    extras = table["project"]["optional-dependencies"]
    lines = [
        *table["build-system"]["requires"],
        *table["project"]["dependencies"],
        *chain.from_iterable(extras.values()),
    ]
    pins: dict[str, str] = {}
    for requirement in map(Requirement, lines):
        (pin,) = requirement.specifier
        exact = pin.operator == "==" and "*" not in pin.version
        assert exact, f"not pinned with ==: {requirement}"
        name = canonicalize_name(requirement.name)
        assert pins.setdefault(name, pin.version) == pin.version, f"two versions of {name}"
    return pins


def conda_pins(text: str) -> dict[str, str]:
    """Version of every entry of environment.yml, from conda (``=``) and from pip (``==``)."""
    pins: dict[str, str] = {}
    for entry in yaml.safe_load(text)["dependencies"]:
        for line in entry["pip"] if isinstance(entry, dict) else [entry]:
            name, _, version = line.partition("=")
            if line != "-e .":
                pins[canonicalize_name(name)] = version.removeprefix("=")
    return pins


def lock_entries(text: str) -> dict[str, tuple[str, str]]:
    """Version of every entry of the lock, and what follows it (marker and hashes)."""
    return {canonicalize_name(m["name"]): (m["version"], m["rest"]) for m in ENTRY.finditer(text)}


def disagreements(pyproject: str, conda: str, lock: str) -> list[str]:
    """One line for every direct dependency that the three files do not pin alike."""
    wanted, entries = pyproject_pins(pyproject), lock_entries(lock)
    locked = {name: version for name, (version, _) in entries.items()}
    made = {name: v for name, v in conda_pins(conda).items() if name not in {"python", "pip"}}
    found = [
        f"{name}: {file} has {pins.get(name, 'nothing')}, pyproject.toml {version}"
        for file, pins in (("environment.yml", made), ("requirements.lock", locked))
        for name, version in wanted.items()
        if pins.get(name) != version
    ]
    return found + [
        f"{name}: environment.yml has it, pyproject.toml does not"
        for name in sorted(made.keys() - wanted)
    ]


def lock_faults(lock: str) -> list[str]:
    """Entries without a sha256, lines that are no entry, and every host or address."""
    bare = [
        f"{name}: no sha256"
        for name, (_, rest) in lock_entries(lock).items()
        if not HASH.search(rest)
    ]
    left = HASH.sub("", ENTRY.sub("", lock)).splitlines()
    odd = [f"no entry: {line}" for line in left if line.strip(" \\") and not line.startswith("#")]
    return bare + odd + [f"an address: {match.group()}" for match in ADDRESS.finditer(lock)]


FILES = ("pyproject.toml", "environment.yml", "requirements.lock")


def test_the_three_files_agree():
    assert disagreements(*map(read, FILES)) == []


def test_the_lock_is_hashed_and_names_no_address():
    assert len(lock_entries(read("requirements.lock"))) > 100
    assert lock_faults(read("requirements.lock")) == []


def test_environment_and_lock_are_for_the_oldest_python_allowed():
    assert tomllib.loads(read("pyproject.toml"))["project"]["requires-python"] == ">=3.11"
    assert conda_pins(read("environment.yml"))["python"] == "3.11"
    assert "for Python 3.11 " in read("requirements.lock").splitlines()[0]


@pytest.mark.parametrize("file", range(3), ids=FILES)
@pytest.mark.parametrize("name", ["pandas", "nbval", "currencyconverter", "hatchling"])
def test_a_changed_version_is_reported_by_name(file, name):
    texts = [read(f) for f in FILES]
    texts[file], changes = re.subn(rf"\b({name}==?)[\d.]+", r"\g<1>0.0.1", texts[file])
    assert changes
    if file == 0 and name == "hatchling":  # stands twice: only one of them changed is two versions
        with pytest.raises(AssertionError, match="two versions of hatchling"):
            pyproject_pins(read(FILES[0]).replace("hatchling==", "hatchling==0.", 1))
    assert {line.split(":")[0] for line in disagreements(*texts)} == {name}


@pytest.mark.parametrize("file", [1, 2], ids=FILES[1:])
def test_a_missing_dependency_is_reported_by_name(file):
    texts = [read(f) for f in FILES]
    texts[file] = re.sub(r"(?m)^(\s*- )?scipy=.*\n", "", texts[file])
    assert [line.split(":")[0] for line in disagreements(*texts)] == ["scipy"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("example==1.0\n", "example: no sha256"),
        ("example==1.0 \\\n    --hash=sha256:abc\n", "example: no sha256"),
        ("--find-links somewhere\n", "no entry: --find-links somewhere"),
        ("# from https://somewhere\n", "an address: ://"),
        ("# from files.somewhere.org\n", "an address: somewhere.org"),
        ("example>=1.0\n", "no entry: example>=1.0"),
    ],
)
def test_a_fault_in_the_lock_is_reported(line, fault):
    assert fault in lock_faults(line + read("requirements.lock"))


def test_the_benchmark_compares_with_the_versions_of_the_project():
    wanted, peers = (
        pyproject_pins(read("pyproject.toml")),
        lock_entries(read("benchmarks/requirements.txt")),
    )
    shared = {name: version for name, (version, _) in peers.items() if name in wanted}
    assert {"numpy", "pint", "salib", "scipy"} <= set(shared)
    assert shared == {name: wanted[name] for name in shared}
    assert not ADDRESS.search(read("benchmarks/requirements.txt"))
