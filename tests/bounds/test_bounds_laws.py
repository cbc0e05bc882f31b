"""Laws of bounds, tried on expressions made by chance: ends hold, identity is kept, order is free."""

from __future__ import annotations

import math
import operator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.bounds.bounds import Bounds, Input
from analysis.records.errors import QuantityError

INF = math.inf
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
QUARTERS = st.integers(1, 80).map(lambda n: n / 4)


def made(name: str, low: float, high: float, unit: str = "", value: float | None = None) -> Bounds:
    middle = value if value is not None else low if math.isinf(high) else (low + high) / 2
    return Bounds.of(
        Input(name, middle, low, high, unit, open_low=low == 0, open_high=math.isinf(high))
    )


def ends(x: Bounds) -> tuple[float, float, float, str]:
    return x.value, x.low, x.high, x.direction


@st.composite
def boxes(draw: st.DrawFn, names: str = "abc", endless: bool = False) -> dict[str, Bounds]:
    """Named inputs above zero; some without an upper end."""
    found = {}
    for name in names:
        low, width = draw(QUARTERS), draw(st.integers(0, 40)) / 4
        found[name] = made(name, low, INF if endless and draw(st.booleans()) else low + width)
    return found


def trees(names: str = "abc") -> st.SearchStrategy:
    """Expressions: a name, a number, or (sign, left, right)."""
    leaves = st.sampled_from([*names, *names, 1.0, 0.5, 3.0])
    return st.recursive(
        leaves, lambda inner: st.tuples(st.sampled_from("+-*/"), inner, inner), max_leaves=6
    )


def worked_out(tree, of):
    if isinstance(tree, tuple):
        return SIGNS[tree[0]](worked_out(tree[1], of), worked_out(tree[2], of))
    return of[tree] if isinstance(tree, str) else tree


def bounds_or_skip(tree, box: dict[str, Bounds]) -> Bounds:
    try:
        found = worked_out(tree, box)
    except (QuantityError, ZeroDivisionError):
        assume(False)
    assume(isinstance(found, Bounds))
    return found


def point_in(data: st.DataObject, box: dict[str, Bounds]) -> dict[str, float]:
    parts = {name: data.draw(st.sampled_from([0.0, 1.0, 0.5, 0.125]), label=name) for name in box}
    return {name: x.low + parts[name] * (min(x.high, 1e6) - x.low) for name, x in box.items()}


def assert_holds(found: Bounds, tree, point: dict[str, float]) -> None:
    try:
        value = worked_out(tree, point)
    except ZeroDivisionError:  # by rounding only: a range that holds zero is refused
        assume(False)
    slack = 1e-9 * max(
        1.0, abs(value), *(abs(end) for end in (found.low, found.high) if math.isfinite(end))
    )
    assert found.low - slack <= value <= found.high + slack


@given(tree=trees(), box=boxes(endless=True), data=st.data())
def test_what_the_inputs_allow_lies_between_the_ends(tree, box, data):
    assert_holds(bounds_or_skip(tree, box), tree, point_in(data, box))


@given(
    left=trees("bc"),
    right=trees("bc"),
    sign=st.sampled_from("+-"),
    box=boxes("abc"),
    data=st.data(),
)
def test_an_open_input_that_enters_twice_keeps_its_open_end(left, right, sign, box, data):
    times, open_input = data.draw(
        st.sampled_from([("*", made("a", 2, INF)), ("/", made("a", 0, 2, value=1))])
    )
    tree, box = (sign, (times, left, "a"), (times, right, "a")), box | {"a": open_input}
    assert_holds(bounds_or_skip(tree, box), tree, point_in(data, box))


@given(tree=trees(), box=boxes(), data=st.data())
def test_wider_inputs_never_give_a_narrower_result(tree, box, data):
    found = bounds_or_skip(tree, box)
    name = data.draw(st.sampled_from(sorted(box)))
    old = box[name]
    wider = made(
        name,
        old.low * data.draw(st.sampled_from([0.5, 1.0])),
        old.high + data.draw(QUARTERS),
        value=old.value,
    )
    again = bounds_or_skip(tree, box | {name: wider})
    slack = 1e-9 * max(1.0, abs(found.low), abs(found.high))
    assert again.low <= found.low + slack
    assert again.high >= found.high - slack


@given(tree=trees(), box=boxes())
def test_inputs_without_width_give_a_result_without_width(tree, box):
    exact = {name: made(name, x.value, x.value) for name, x in box.items()}
    found = bounds_or_skip(tree, exact)
    assert found.low == pytest.approx(found.value, rel=1e-9, abs=1e-9)
    assert found.high == pytest.approx(found.value, rel=1e-9, abs=1e-9)
    assert found.direction == "closed"


@given(box=boxes("xy", endless=True))
def test_a_quantity_against_itself_leaves_no_width(box):
    x, y = box["x"], box["y"]
    assert ends(x / x) == (1.0, 1.0, 1.0, "closed")
    assert ends(x - x) == (0.0, 0.0, 0.0, "closed")
    assert ends((x + y) / (x + y)) == (1.0, 1.0, 1.0, "closed")
    assert ends((x + y + y) - y - x - y) == (0.0, 0.0, 0.0, "closed")
    assert ends((x * y) / y) == ends(x)
    assert ends((x / y) * y) == ends(x)
    assert ends(3 * (x + y) / (x + y)) == (3.0, 3.0, 3.0, "closed")
    assert ((x * y) / y).inputs == ("x",)


@given(box=boxes("xyz", endless=True))
def test_sums_and_products_do_not_depend_on_the_order(box):
    x, y, z = box["x"], box["y"], box["z"]
    assert ends(x + y) == ends(y + x)
    assert ends(x * y) == ends(y * x)
    assert (x * (y + z)).formula == (x * y + z * x).formula
    assert (x * (y + z)).low == pytest.approx((x * y + z * x).low)
    assert (x + y + z).value == pytest.approx((z + (y + x)).value)
