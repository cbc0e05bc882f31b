"""The benchmark of imports measures what it says, and holds it against its targets."""

import sys

import pytest

from analysis.records.paths import PROJECT


@pytest.fixture(scope="module")
def bench():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / "benchmarks"))
        import import_bench

        yield import_bench
        for name in ("import_bench", "report", "results"):
            sys.modules.pop(name, None)


def test_a_line_is_timed_in_a_process_of_its_own(bench):
    assert 0.2 < bench.once("time.sleep(0.2)") < 60
    with pytest.raises(RuntimeError, match=r"(?s)'import no_such_thing' failed: .*no_such_thing"):
        bench.once("import no_such_thing")


def test_a_look_up_is_timed_as_a_whole_process(bench):
    assert 0.2 < bench.answered("import time; time.sleep(0.2)") < 60
    with pytest.raises(RuntimeError, match="'list nothing' failed: "):
        bench.answered("list nothing")
    times = dict.fromkeys(bench.LOOKUPS, 1.0) | {bench.BESIDE: 0.25, "check": 1.5}
    found = bench.lookups(times, 3)
    reached = dict(zip(bench.LOOKUPS, [one.reached for one in found.targets], strict=True))
    assert (reached["list charts"], reached["check"], reached["--help"]) == (True, False, False)


def test_times_over_that_of_pandas_decide(bench):
    times = dict.fromkeys(bench.WAYS, 0.5) | {
        "import analysis": 0.01,
        "from analysis import claims, intervals, findings, chart": 0.6,
    }
    found = bench.section(times, 3)
    assert [(target.measured, target.reached) for target in found.targets] == [
        (0.02, True),
        (1.2, False),
    ]
    assert [row[0] for row in found.rows] == [f"`{way}`" for way in bench.WAYS]
    assert found.rows[1][2:] == ("10 ms", "0.02")
