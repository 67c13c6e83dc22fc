"""What an approval is for, as facts: what is refused, what the tree says of it, what readers see and can choose."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from drugs.cancers import CANCERS, CancerType, family, find_receptor_problem
from drugs.models import Approval, Biomarker
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from tests.drugs import rendering, trees
from tests.drugs.listed import list_context
from tests.factories import drugs, pages, people
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db

OLD_KEYS = {"authority", "jurisdiction", "cancer", "stage", "line", "biomarker"}
HER2_LOW = {"cancer": "breast", "her2": "low", "hormone_receptors": "either"}


@layer
def desk():
    made = SimpleNamespace(admin=drugs.drug_admin(), other=drugs.drug_admin())
    made.document = drugs.monograph(made.admin, biomarkers=[{"name": "PD-L1"}, {"name": "MSI-H"}, {"name": "TMB"}])
    drugs.verified(made.document, made.admin, made.other)
    return made


def write(desk, **facts) -> None:
    """Change the drug's approval."""
    drugs.edit(desk.document, desk.admin, approvals=[{"id": drugs.approval(desk.document).pk, **facts}])


def markers(desk) -> list[Biomarker]:
    return list(desk.document.monograph.biomarkers.all())


def frozen(desk):
    candidate = freezing.build_candidate(desk.document, "en")
    return next(node for node in candidate.tree.walk() if node.type == "approval"), candidate.blockers


REFUSED = [
    ({"hormone_receptors": "positive"}, "These receptors contradict the type of cancer."),
    ({"her2": "positive"}, "These receptors contradict the type of cancer."),
    ({"cancer": "hr-positive", "hormone_receptors": "either"}, "These receptors contradict the type of cancer."),
    ({"cancer": "her2-positive", "her2": "low"}, "These receptors contradict the type of cancer."),
    ({"cancer": "urothelial", "hormone_receptors": "positive"}, "Hormone receptors are tested in breast cancer only."),
    ({"setting": "before-surgery"}, "The setting doesn't match the stage."),
    ({"stage": "early", "setting": "metastatic"}, "The setting doesn't match the stage."),
    ({"stage": "early", "line": "surgery", "setting": "after-surgery"}, "The line says before and after surgery"),
    ({"line": "first", "prior": "any", "prior_least": 2}, "A first treatment can't follow earlier treatments."),
    ({"line": "later", "prior_least": 2}, "Say which earlier treatment the number is of"),
    ({"line": "later", "prior": "none", "prior_least": 2}, "Say which earlier treatment the number is of"),
    ({"is_alone": True}, "It is given either alone or with other drugs."),
    ({"joined": "and"}, "Fill in several biomarkers from the first box on"),
    ({"age_group": "adults", "age_from": 18}, "Adults need no age."),
    ({"cancer": "brain"}, "brain"),
]


@pytest.mark.parametrize(("facts", "told"), REFUSED)
def test_what_contradicts_itself_is_refused_in_words(desk, facts, told):
    before = freezing.build_candidate(desk.document, "en").digest
    with pytest.raises(Blocked) as caught:
        write(desk, **facts)
    assert told in " ".join(caught.value.blockers)
    assert freezing.build_candidate(desk.document, "en").digest == before


def test_biomarkers_are_chosen_once_and_joined(desk):
    first, second, _third = markers(desk)
    for facts in (
        {"biomarker": first, "biomarker_2": second},
        {"biomarker_2": second, "joined": "or"},
        {"biomarker": first, "biomarker_2": first, "joined": "or"},
    ):
        with pytest.raises(Blocked, match="biomarker"):
            write(desk, **facts)
    write(desk, biomarker=first, biomarker_2=second, joined="or")
    node, blockers = frozen(desk)
    assert (node.attrs["biomarker"], node.attrs["biomarker_2"]) == (first.block_id, second.block_id)
    assert node.attrs["joined"] == "or" and blockers == []
    drugs.edit(desk.document, desk.admin, biomarkers=[{"id": second.pk, "retired": True}])
    assert "needs a biomarker that was retired" in frozen(desk)[1][0]


def test_a_biomarker_of_another_drug_is_refused_in_every_box(desk):
    theirs, own = markers(SimpleNamespace(document=drugs.monograph(desk.admin)))[0], markers(desk)[0]
    with pytest.raises(Blocked, match="biomarker of another drug"):
        write(desk, biomarker=own, biomarker_2=theirs, joined="or")


def test_a_partner_is_another_drug_of_the_site(desk):
    partner = drugs.monograph(desk.admin)
    for wrong, told in ((desk.document, "names the drug itself"), (pages.article(people.author()), "not a drug")):
        with pytest.raises(Blocked, match=told):
            write(desk, partner=wrong)
    with pytest.raises(Blocked, match="either alone or with"):
        write(desk, partner=partner, partners="", is_alone=True)
    write(desk, partner=partner)
    assert frozen(desk)[0].attrs["partner"] == partner.pk


def test_an_approval_that_says_no_more_has_no_more_keys_than_before(desk):
    assert frozen(desk)[0].attrs.keys() == OLD_KEYS


def test_what_an_approval_says_is_in_the_tree(desk):
    facts = {
        **HER2_LOW, "setting": "unresectable-or-metastatic", "line": "later", "prior": "chemotherapy", "prior_least": 1,
        "sex": "female", "age_group": "adults", "weight": "40", "weight_comparison": ">=",
    }  # fmt: skip
    write(desk, **facts)
    told = {"age" if name == "age_group" else name: value for name, value in facts.items()}
    assert told.items() <= frozen(desk)[0].attrs.items()


def test_somebody_says_that_a_drug_is_given_alone(desk):
    write(desk, partners="")
    assert frozen(desk)[1] == [
        "Approval “For cancer that has spread.”: say with which drugs it is given, or that it is given alone."
    ]
    write(desk, is_alone=True)
    assert frozen(desk)[1] == []


def test_what_was_shown_as_given_alone_is_said_once_all_migrations_have_run(desk):
    Approval.objects.filter(monograph__document=desk.document).update(partners_en="")
    other = drugs.approval(drugs.monograph(desk.admin))
    migration = import_module("drugs.migrations.0009_indications_as_facts")
    migration.say_what_was_shown_as_given_alone(apps, SimpleNamespace(connection=connection))
    told = {approval.pk: approval.is_alone for approval in Approval.objects.all()}
    assert told == {drugs.approval(desk.document).pk: True, other.pk: False}


def test_every_cancer_is_one_of_the_table():
    assert {*CANCERS} == {*CancerType}
    assert family("breast") == ["breast", "triple-negative", "hr-positive", "her2-positive"]
    assert family("urothelial") == ["urothelial"]


def test_her2_low_says_nothing_of_the_hormone_receptors():
    for receptors in ("", "positive", "negative", "either"):
        assert not find_receptor_problem("breast", receptors, "low")
    assert not find_receptor_problem("triple-negative", "negative", "low")


READERS = [
    ("en", HER2_LOW, ["Hormone receptors Positive or negative", "HER2 HER2-low"]),
    ("en", {"setting": "metastatic"}, ["Stage Has spread When in treatment"]),
    ("en", {"setting": "unresectable-or-metastatic"}, ["Stage Advanced: cannot be removed by surgery, or has spread"]),
    ("en", {"setting": "maintenance"}, ["Setting To keep the cancer in check once other treatment has worked"]),
    ("en", {"stage": "early", "setting": "after-surgery", "line": "any"}, ["Setting After surgery Test needed"]),
    ("en", {"stage": "early", "line": "surgery", "setting": "around-surgery"}, ["high risk When in treatment"]),
    ("en", {"line": "later", "prior": "any"}, ["After earlier treatment Test needed"]),
    ("en", {"prior": "any", "prior_least": 2}, ["Earlier treatment Any treatment", "Earlier treatments, at least 2"]),
    ("en", {"age_from": 12, "sex": "female"}, ["Age 12 years and older", "Sex Women"]),
    ("ar", {"prior": "platinum"}, ["العلاج السابق العلاج الكيميائي بالبلاتين"]),
    ("zh-hans", {**HER2_LOW}, ["HER2 HER2 低表达"]),
    ("vi", {"age": "adults"}, ["Tuổi Người lớn"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "attrs", "told"), READERS)
def test_readers_are_told_each_fact_by_its_label(language, attrs, told):
    root = trees.monograph(trees.part("approvals", trees.approval("a", **attrs)))
    text = read(rendering.page(root, language, site_words=trees.demonstration_words(language)))
    assert [fact for fact in told if fact not in text] == []


@pytest.mark.parametrize(("joined", "told"), [("or", "PD-L1 at least 10 CPS or MSI-H"), ("and", "10 CPS and MSI-H")])
@pytest.mark.parametrize("what", ["page", "approvals", "list"])
def test_several_biomarkers_are_told_with_what_joins_them(what, joined, told):
    words = trees.demonstration_words("en")
    root = two_biomarkers(joined)
    shown = {
        "page": lambda: rendering.page(root, site_words=words),
        "approvals": lambda: rendering.piece("approvals", root, site_words=words),
        "list": lambda: rendering.listing([trees.item(root)], site_words=words),
    }[what]()
    assert told in read(shown)


def read(response) -> str:
    """All texts in a row."""
    return " ".join(rendered.words(response).split())


def two_biomarkers(joined: str):
    return trees.monograph(
        trees.part("biomarkers", trees.biomarker("m-1", "PD-L1", ">=", "10", "CPS"), trees.biomarker("m-2", "MSI-H")),
        trees.part("approvals", trees.approval("a", biomarker="m-1", biomarker_2="m-2", joined=joined)),
    )


def test_a_drug_is_found_by_each_of_its_biomarkers_and_by_what_its_cancer_is_a_kind_of():
    roots = [two_biomarkers("or"), trees.monograph(trees.part("approvals", trees.approval("b", cancer="urothelial")))]
    items = [trees.item(root, title=f"Drug {place}", url=f"/{place}/") for place, root in enumerate(roots)]

    def found(query: str) -> int:
        return list_context(items, query, trees.NOON, "en")["drugs"]["shown"]

    assert [found(query) for query in ("biomarker=pd-l1", "biomarker=msi-h", "biomarker=none")] == [1, 1, 1]
    assert [found(f"cancer={code}") for code in ("triple-negative", "breast", "urothelial")] == [1, 1, 1]


def test_a_cancer_is_offered_where_it_occurs():
    items = [trees.item(trees.monograph(trees.part("approvals", trees.approval("a", cancer="urothelial"))))]
    filters = list_context(items, "", trees.NOON, "en")["drugs"]["filters"]
    assert [option.value for option in filters[0].options] == [
        "triple-negative", "hr-positive", "her2-positive", "any-solid", "urothelial",
    ]  # fmt: skip
