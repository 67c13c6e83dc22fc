"""Doses: what is refused, what the tree says of them, and what readers see."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.tree import diff
from editorial.reviews.attribute_values import AttributeValues
from tests.drugs import rendering, trees
from tests.factories import drugs
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db

PHASE = {"phase": f"From the start[@{drugs.LABEL}]"}
FLAT = {"dose": "200", "unit": "mg", "every": 3, **PHASE}
BY_WEIGHT = {"dose": "2", "unit": "mg-per-kg", "every": 3, **PHASE}
IN_CYCLES = {"dose": "10", "unit": "mg-per-kg", "every": 21, "every_unit": "days", **PHASE}
OLD_KEYS = {"dose", "unit", "every", "every_unit", "number", "route"}
EVERY_KEY = {
    "most": "200", "days": "1, 8", "per_day": 2, "until": "progression", "longest": 24, "longest_unit": "months",
    "age": "children", "age_from": 2, "weight": "40.5", "weight_comparison": ">",
}  # fmt: skip


@layer
def desk():
    made = SimpleNamespace(admin=drugs.drug_admin(), other=drugs.drug_admin())
    made.document = drugs.monograph(made.admin)
    drugs.verified(made.document, made.admin, made.other)
    return made


def save_dose(desk, **dose) -> None:
    """One more, after the drug's own."""
    drugs.edit(desk.document, desk.admin, doses=[dose])


def frozen_doses(desk):
    tree = freezing.build_candidate(desk.document, "en").tree
    return [node for node in tree.walk() if node.type == "dose"]


REFUSED = [
    (FLAT | {"most": "400"}, "A dose that is the same for everybody has no maximum."),
    (BY_WEIGHT | {"most": "2"}, "The maximum must be greater than the dose for one kg or m²."),
    (BY_WEIGHT | {"age_group": "adults", "age_from": 18}, "Adults need no age."),
    (BY_WEIGHT | {"age_group": "children", "age_from": 18}, "Children are younger than 18."),
    (BY_WEIGHT | {"age_from": 0}, "greater than or equal to 1"),
    (BY_WEIGHT | {"weight": "40"}, "needs a comparison"),
    (BY_WEIGHT | {"weight_comparison": ">"}, "needs a comparison"),
    (BY_WEIGHT | {"weight": "0", "weight_comparison": ">"}, "A weight must be greater than zero"),
    (IN_CYCLES | {"cycle_days": "29"}, "Day 29 is after the end of the cycle, which is day 21."),
    (FLAT | {"cycle_days": "1, 22"}, "Day 22 is after the end of the cycle, which is day 21."),
    (IN_CYCLES | {"cycle_days": "first"}, "“first” isn't a day of a cycle."),
    (IN_CYCLES | {"cycle_days": "1-21"}, "These are all the days of the cycle."),
    (FLAT | {"per_day": 0}, "greater than or equal to 1"),
    (FLAT | {"per_day": 25}, "less than or equal to 24"),
    (FLAT | {"number": 4, "until": "progression"}, "A number of doses already says when treatment ends."),
    (
        FLAT | {"number": 4, "longest": 24, "longest_unit": "months"},
        "A number of doses already says when treatment ends.",
    ),
    (FLAT | {"longest": 24}, "Enter both the maximum duration and its unit, weeks or months."),
    (FLAT | {"longest_unit": "months"}, "Enter both the maximum duration and its unit, weeks or months."),
]


@pytest.mark.parametrize(("dose", "told"), REFUSED)
def test_an_impossible_dose_is_refused_in_words_and_changes_nothing(desk, dose, told):
    before = freezing.build_candidate(desk.document, "en").digest
    with pytest.raises(Blocked) as caught:
        save_dose(desk, **dose)
    assert told in " ".join(caught.value.blockers)
    assert freezing.build_candidate(desk.document, "en").digest == before


POSSIBLE = [
    {"dose": "75", "unit": "mg-per-m2", "every": 1, "every_unit": "days", "route": "mouth"},
    {"dose": "300", "unit": "mg", "every": 1, "every_unit": "days", "per_day": 2, "route": "mouth"},
    {"dose": "1.25", "unit": "mg-per-m2", "most": "2.5", "every": 3, "cycle_days": "1, 8", "route": "muscle"},
    {
        "dose": "395",
        "unit": "mg",
        "every": 3,
        "route": "skin",
        "age_from": 12,
        "weight": "40",
        "weight_comparison": ">",
    },
]


@pytest.mark.parametrize("dose", POSSIBLE)
def test_what_regulators_allow_can_be_said(desk, dose):
    save_dose(desk, **dose, **PHASE)
    assert freezing.build_candidate(desk.document, "en").blockers == []


@pytest.mark.parametrize("name", ["product", "approval"])
def test_a_dose_is_of_its_own_drug(desk, name):
    other = drugs.monograph(desk.admin)
    theirs = getattr(other.monograph, f"{name}s").get()
    with pytest.raises(Blocked, match="of another drug"):
        save_dose(desk, **FLAT, **{name: theirs})


def test_a_dose_that_says_no_more_has_no_more_keys_than_before(desk):
    """So that editions of before equal what would be frozen of them now."""
    [dose] = frozen_doses(desk)
    assert dose.attrs.keys() == OLD_KEYS


def test_what_a_dose_says_is_in_the_tree(desk):
    product, approval = desk.document.monograph.products.get(), drugs.approval(desk.document)
    save_dose(
        desk, **BY_WEIGHT, most=Decimal("200"), cycle_days="8 1", per_day=2, until="progression", longest=24,
        longest_unit="months", age_group="children", age_from=2, weight=Decimal("40.5"), weight_comparison=">",
        product=product, approval=approval,
    )  # fmt: skip
    dose = frozen_doses(desk)[-1]
    own = {"product": product.block_id, "approval": approval.block_id}
    assert {key: value for key, value in dose.attrs.items() if key not in OLD_KEYS} == EVERY_KEY | own


def test_a_dose_for_a_use_is_there_once_that_is_verified(desk):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Something else."}])
    other_use = drugs.approval(desk.document, 1)
    save_dose(desk, **BY_WEIGHT, approval=other_use)
    event = drugs.event(desk.document, desk.admin, approval=other_use)
    assert [dose.attrs["dose"] for dose in frozen_doses(desk)] == ["200"]
    drugs.verify(event, desk.other)
    assert [dose.attrs["dose"] for dose in frozen_doses(desk)] == ["200", "2"]


def test_a_dose_of_a_retired_product_is_not_submitted(desk):
    product = desk.document.monograph.products.get()
    save_dose(desk, **FLAT, product=product)
    drugs.edit(desk.document, desk.admin, products=[{"id": product.pk, "retired": True}])
    [told] = freezing.build_candidate(desk.document, "en").blockers
    assert told == (
        "The dose “From the start” is of a product that was retired. Bring it back, or choose another."
    )  # fmt: skip


def test_a_change_of_whom_a_dose_is_for_is_told_by_names(desk):
    before = freezing.build_candidate(desk.document, "en").tree
    product = desk.document.monograph.products.get()
    drugs.edit(desk.document, desk.admin, doses=[{"id": desk.document.monograph.doses.get().pk, "product": product}])
    changes = diff.compare_trees(before, freezing.build_candidate(desk.document, "en").tree)
    [[name, _before, after]] = [attr for change in changes for attr in change.attrs]
    values = AttributeValues.among(kind_of(desk.document), changes)
    assert (name, "Zebra" in values.name_value(name, after)) == ("product", True)


READERS = [
    # language, attributes, what the row says after its phase
    ("en", {"unit": "mg-per-m2"}, "200 mg per m² of body surface Into a vein | 3 weeks | Until your care team"),
    ("en", {"unit": "mg-per-kg", "most": "250"}, "200 mg per kg of body weight Into a vein At most 250 mg |"),
    ("en", {"every": 21, "every_unit": "days", "days": "1, 8"}, "| On these days of the cycle 1, 8 Cycle 21 days |"),
    (
        "en", {"every": 28, "every_unit": "days", "days": "1-21", "route": "mouth"},
        "200 mg By mouth | Days with the drug 21 days Then days without it 7 days Cycle 28 days |",
    ),
    ("en", {"every": 28, "every_unit": "days", "days": "8-14"}, "| On these days of the cycle 8–14 Cycle 28 days |"),
    ("en", {"every": 1, "every_unit": "days", "per_day": 2, "route": "mouth"}, "| Every day Times a day 2 |"),
    ("en", {"every": 1, "every_unit": "days"}, "| Every day |"),
    (
        "en", {"until": "progression", "longest": 24, "longest_unit": "months"},
        "| Until the cancer grows or side effects are too severe For at most 24 months",
    ),
    (
        "ar", {"every": 21, "every_unit": "days", "days": "1, 8"},
        "| في هذه الأيام من الدورة العلاجية 1، 8 الدورة العلاجية 21 يومًا |",
    ),
    ("ar", {"longest": 24, "longest_unit": "months"}, "لمدة أقصاها 24 شهرًا"),
    ("ar", {"unit": "mg-per-kg", "dose": "2", "most": "200"}, "بحد أقصى 200 ملغ |"),
    ("zh-hans", {"every": 21, "every_unit": "days", "days": "1, 8"}, "| 在周期的这些天 1、8 周期 21 天 |"),
    ("zh-hans", {"longest": 24, "longest_unit": "months"}, "最长 24 个月"),
    (
        "vi", {"every": 28, "every_unit": "days", "days": "1-21"},
        "Số ngày dùng thuốc 21 ngày Sau đó số ngày nghỉ thuốc 7 ngày",
    ),
    (
        "es", {"unit": "mg-per-kg", "dose": "2.5", "most": "200"},
        "2,5 mg por kg de peso corporal Por una vena Como máximo 200 mg |",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "attrs", "told"), READERS)
def test_a_dose_is_laid_out_from_labelled_values(language, attrs, told):
    assert told in row_text(trees.dose("d", **attrs), language)


GROUPS = [
    ("en", {"age": "adults"}, "Phase d Age Adults"),
    ("en", {"age": "children", "age_from": 2}, "Phase d Age Children (2 years and older)"),
    (
        "en", {"age_from": 12, "weight": "40", "weight_comparison": ">"},
        "Phase d Age 12 years and older Body weight more than 40 kg",
    ),
    ("en", {"weight": "40", "weight_comparison": ">="}, "Phase d Body weight at least 40 kg"),
    ("en", {"product": "p"}, "Phase d Brand name Zebrina"),
    ("en", {"approval": "a"}, "Phase d Approved for Triple-negative breast cancer"),
    ("ar", {"age_from": 12}, "العمر 12 سنة فأكثر"),
    ("ar", {"age_from": 3}, "العمر 3 سنوات فأكثر"),
    ("ar", {"age": "children", "age_from": 2}, "العمر الأطفال (سنتان فأكثر)"),
    ("zh-hans", {"age_from": 12}, "年龄 12 岁及以上"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "attrs", "told"), GROUPS)
def test_whom_a_dose_is_for_stands_beside_it(language, attrs, told):
    assert told in row_text(trees.dose("d", **attrs), language)


def test_a_dose_for_a_withdrawn_use_says_so():
    gone = trees.approval("a", "accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27")
    assert "Approval withdrawn" in row_text(trees.dose("d", approval="a"), approval=gone)


def test_days_that_nobody_could_save_break_no_page():
    assert "3 weeks" in row_text(trees.dose("d", days="first"))


def test_a_dose_for_a_use_that_nobody_knows_of_yet_is_not_shown():
    to_come = trees.approval("a", (trees.event("granted", "2027-01-01", "regular"),))
    root = trees.monograph(trees.part("doses", trees.dose("d", approval="a")), trees.part("approvals", to_come))
    assert "Phase d" not in rendered.words(rendering.page(root))


def test_without_signed_words_no_number_stands_alone():
    attrs = {"days": "1, 8", "per_day": 2, "longest": 36, "longest_unit": "months", "age_from": 12, "weight": "40"}
    root = trees.monograph(trees.part("doses", trees.dose("d", most="250", weight_comparison=">", **attrs)))
    text = rendered.words(rendering.page(root, site_words=rendering.Labels("en")))
    assert not [number for number in ("1, 8", "36", "12", "40", "250") if number in text]


def row_text(dose, language: str = "en", approval=None) -> str:
    """The one row of a page's schedule as it is read, its cells divided by "|"."""
    root = trees.monograph(
        trees.part("products", trees.product("p")), trees.part("doses", dose),
        trees.part("approvals", approval or trees.approval("a")),
    )  # fmt: skip
    page = rendering.page(root, language, site_words=trees.demonstration_words(language))
    row = rendered.parsed(page).find(".//*[@id='d']")
    return " | ".join(" ".join("".join(_read(cell)).split()) for cell in row)


def _read(element):
    """Its text, but for what is hidden from those who listen."""
    if element.get("aria-hidden") != "true":
        yield element.text or ""
        for child in element:
            yield from _read(child)
            yield " "
    yield element.tail or ""
