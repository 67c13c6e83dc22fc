"""Numbers of a text beside those of its translation."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from .numerals import STRICT_UNITS, Quantity

MANY = 200  # numbers that differ: more than anybody would put right one by one


@dataclass(frozen=True, slots=True)
class QuantityDifference:
    """A number of the source that the translation lacks, of the translation that the source lacks, or both, of which
    the units differ."""

    source: Quantity | None
    target: Quantity | None

    @property
    def unit(self) -> str:
        """What it is of: that of the source first."""
        units = [side.unit for side in (self.source, self.target) if side and side.unit]
        return next((unit for unit in units if unit in STRICT_UNITS), units[0] if units else "")


def compare_quantities(source: list[Quantity], target: list[Quantity]) -> list[QuantityDifference]:
    """What differs; numbers may come in another order. What may be no number answers others and is never missed."""
    left, right = _unlike(source, target)
    differences: list[QuantityDifference] = []
    for matches in (_is_same, _is_near):
        for weak_sides in (0, 1, 2):
            _take(left, right, _weakly(matches, weak_sides))
    differences += [QuantityDifference(*pair) for pair in _take(left, right, _has_other_unit)]
    left, right = [q for q in left if not q.is_weak], [q for q in right if not q.is_weak]
    _cancel_halves(left, right)
    _cancel_halves(right, left)
    _cancel_parts(left, right)
    _cancel_parts(right, left)
    # What is left over is told in pairs, of the same unit first.
    for is_pair in (lambda a, b: a.unit == b.unit, lambda _a, _b: True):
        differences += [QuantityDifference(*pair) for pair in _take(left, right, is_pair)]
    differences += [QuantityDifference(quantity, None) for quantity in left]
    return differences + [QuantityDifference(None, quantity) for quantity in right]


def _unlike(source: list[Quantity], target: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Both lists without what is the same in both, which is nearly all of a long text, and at most `MANY`."""
    waiting: dict[tuple[object, ...], list[Quantity]] = {}
    for quantity in target:
        waiting.setdefault((quantity.values, quantity.unit, quantity.is_weak), []).append(quantity)
    left = []
    for quantity in source:
        same = waiting.get((quantity.values, quantity.unit, quantity.is_weak))
        if same and not quantity.is_weak:  # what may be no number may have to answer another one
            same.pop(0)
        else:
            left.append(quantity)
    kept = {id(quantity) for quantities in waiting.values() for quantity in quantities}
    return left[:MANY], [quantity for quantity in target if id(quantity) in kept][:MANY]


def _take(
    left: list[Quantity], right: list[Quantity], matches: Callable[[Quantity, Quantity], bool]
) -> list[tuple[Quantity, Quantity]]:
    """Take the pairs that match out of both lists."""
    pairs = []
    for quantity in list(left):
        other = next((other for other in right if matches(quantity, other)), None)
        if other is not None:
            left.remove(quantity)
            right.remove(other)
            pairs.append((quantity, other))
    return pairs


def _weakly(matches: Callable[[Quantity, Quantity], bool], sides: int) -> Callable[[Quantity, Quantity], bool]:
    """The same of two of which this many may be no number."""
    return lambda a, b: matches(a, b) and a.is_weak + b.is_weak == sides


def _has_same_value(a: Quantity, b: Quantity) -> bool:
    return any(abs(x - y) <= 1e-9 * max(1.0, abs(x)) for x in a.values for y in b.values)


def _is_same(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit and _has_same_value(a, b)


def _is_near(a: Quantity, b: Quantity) -> bool:
    """The same number, of which one text leaves out of what: days, weeks and times are often understood."""
    is_loose = not (a.unit and b.unit) and not {a.unit, b.unit} & STRICT_UNITS
    return is_loose and _has_same_value(a, b)


def _has_other_unit(a: Quantity, b: Quantity) -> bool:
    return not (a.is_weak or b.is_weak) and _has_same_value(a, b)


def _cancel_halves(left: list[Quantity], right: list[Quantity]) -> None:
    """Two and a half on one side, 2.5 on the other."""
    for half in [quantity for quantity in left if 0.5 in quantity.values]:
        for whole in [quantity for quantity in left if quantity is not half]:
            both = next((o for o in right if any(v + 0.5 in o.values for v in whole.values)), None)
            if both is not None:
                left.remove(half)
                left.remove(whole)
                right.remove(both)
                return
        alone = next((o for o in right if 1.5 in o.values), None)
        if alone is not None:
            left.remove(half)
            right.remove(alone)


def _cancel_parts(left: list[Quantity], right: list[Quantity]) -> None:
    """Two thirds on one side, 2 of 3 on the other."""
    for part in [quantity for quantity in left if all(0 < value < 1 for value in quantity.values)]:
        for top, bottom in pairwise(list(right)):
            pairs = [(top, bottom), (bottom, top)]
            if any(
                abs(a / b - v) < 1e-9 for x, y in pairs for a in x.values for b in y.values if b for v in part.values
            ):
                left.remove(part)
                right.remove(top)
                right.remove(bottom)
                break
