"""What the page of a drug answers first, and the list of drugs in a line: its name, its uses, when to call.

From the signed tree and the time alone, as presenters.py; every word of medicine is the tree's or a signed site word.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from editorial.editions.tree.nodes import Node

from .presenters import ApprovalPresenter

BRACKETS = ("(", "（")  # where a name has some itself, it gets no others
BY_MARKER = "any-solid"  # the cancer of an approval that goes by a marker alone


@dataclass(frozen=True, slots=True)
class DrugName:
    """What patients call a drug, and its generic name."""

    brand: str  # of its first product; "" where none is told
    generic: str
    is_bracketed: bool  # whether the generic name stands in brackets behind the brand

    @property
    def sort_key(self) -> str:
        return (self.brand or self.generic).casefold()

    def __str__(self) -> str:
        if not self.brand:
            return self.generic
        return f"{self.brand} ({self.generic})" if self.is_bracketed else f"{self.brand} {self.generic}"


def name_drug(root: Node) -> DrugName:
    """From a monograph. A generic name that begins with a capital as a title does has none behind a brand."""
    generic = root.plain("title")
    products = (product for part in root.of_type("products") for product in part.children)
    brand: str = next((product.attrs["brand"] for product in products if product.attrs.get("brand")), "")
    is_name_alone = generic[:1].isupper() and generic[1:2].islower()
    shown = f"{generic[0].lower()}{generic[1:]}" if brand and is_name_alone else generic
    return DrugName(brand, shown, bool(generic) and not any(bracket in generic for bracket in BRACKETS))


@dataclass(frozen=True, slots=True)
class UseGroup:
    """Uses that a regulator allows today, for one kind of patient."""

    key: str  # a stage, or "marker"
    approvals: tuple[ApprovalPresenter, ...]

    @property
    def word(self) -> str:
        """The key of its signed label."""
        return f"cancer-{BY_MARKER}" if self.key == "marker" else f"use-{self.key}"


def present_uses(approvals: Iterable[ApprovalPresenter]) -> list[UseGroup]:
    """What is approved today: early, advanced, and by a marker whatever the cancer. Not what a funder decided."""
    current = [approval for approval in approvals if approval.is_in_force and not approval.term]
    by_key = {"early": list[ApprovalPresenter](), "advanced": [], "marker": []}
    for approval in current:
        by_key.setdefault(_use_key(approval.node), []).append(approval)
    return [UseGroup(key, tuple(group)) for key, group in by_key.items() if group]


def _use_key(node: Node) -> str:
    stage: str = node.attrs["stage"]
    return "marker" if node.attrs["cancer"] == BY_MARKER else stage


def treated_cancers(approvals: Iterable[ApprovalPresenter]) -> list[str]:
    """The cancers that these approvals are for, each once, in their order."""
    return list(dict.fromkeys(approval.node.attrs["cancer"] for approval in approvals))


@dataclass(frozen=True, slots=True)
class CallGroup:
    """Serious side effects that are equally urgent. What to do about most of them is said once."""

    level: str
    effects: tuple[Node, ...]
    shared: Node | None  # whose words say what to do, for all that say just that; None where each says its own

    def own_action(self, effect: Node) -> bool:
        """Whether it says what to do itself."""
        says = effect.plain("what_to_do")
        return bool(says) and (self.shared is None or says != self.shared.plain("what_to_do"))


def present_calls(serious: Sequence[Node]) -> list[CallGroup]:
    """From serious side effects in order of urgency."""
    groups = ((level, tuple(effects)) for level, effects in groupby(serious, key=lambda effect: effect.attrs["care"]))
    return [CallGroup(level, effects, _shared_action(effects)) for level, effects in groups]


def _shared_action(effects: Sequence[Node]) -> Node | None:
    """The effect whose words on what to do most others repeat; of one word there is nothing to share."""
    counts = Counter(says for effect in effects if (says := effect.plain("what_to_do")))
    says, count = counts.most_common(1)[0] if counts else ("", 0)
    return next(effect for effect in effects if effect.plain("what_to_do") == says) if count > 1 else None
