"""Terms in texts: their forms in the source, and their translations in whatever form a language puts them."""

import pytest

from editorial.checks.translation.checks import compare_texts
from editorial.checks.translation.term_base import FORBIDDEN, PREFERRED, KnownTerm, KnownTranslation, TermBase
from editorial.checks.translation.term_forms import VERB, find_forms
from editorial.checks.translation.term_matching import find_outside, find_spans
from editorial.checks.translation.text_pairs import make_pair


@pytest.mark.parametrize(
    ("term", "part_of_speech", "forms"),
    [
        ("side effect", "", {"side effects"}),
        ("biopsy", "noun", {"biopsies"}),
        ("metastasis", "noun", {"metastases"}),
        ("rash", "noun", {"rashes"}),
        ("white blood cells", "noun", {"white blood cell"}),
        ("biopsies", "noun", {"biopsy"}),
        ("standard of care", "noun", {"standards of care"}),
        ("follow-up", "noun", {"follow up", "follow-ups"}),
        ("relapse", VERB, {"relapses", "relapsed", "relapsing"}),
        ("recur", VERB, {"recurs", "recurred", "recurring"}),
        ("spread to bone", VERB, {"spreads to bone"}),
    ],
)
def test_a_term_is_found_in_its_other_forms(term, part_of_speech, forms):
    assert forms | {term} <= find_forms(term, part_of_speech)


@pytest.mark.parametrize(("term", "part_of_speech"), [("FDA", ""), ("PD-L1", "noun"), ("metastatic", "adjective")])
def test_a_term_without_other_forms_has_none(term, part_of_speech):
    assert find_forms(term, part_of_speech) == {term}


def find(text: str, *terms: KnownTerm) -> list[str]:
    return [found.written for found in TermBase(terms).find(text)]


def test_the_longest_term_is_found_and_none_within_it():
    terms = [KnownTerm(text) for text in ("cell", "blood cell", "white blood cell", "blood")]
    assert find("White blood cells and blood cells, cells; bloody.", *terms) == [
        "White blood cells", "blood cells", "cells",
    ]  # fmt: skip


def test_what_is_written_in_capitals_is_found_only_so():
    assert find("ALL cells, all cells, All cells", KnownTerm("ALL")) == ["ALL"]


def test_a_noun_and_a_verb_that_are_written_alike_are_both_meant():
    noun = KnownTerm("dose", (KnownTranslation("dosis"),), part_of_speech="noun")
    verb = KnownTerm("dose", (KnownTranslation("dosificar"),), part_of_speech="verb")
    [found] = TermBase([noun, verb]).find("We dose it.")
    assert set(found.terms) == {noun, verb}


@pytest.mark.parametrize(
    ("language", "wanted", "text", "is_there"),
    [
        ("es", "ganglio linfático", "los ganglios linfáticos", True),
        ("es", "ganglio linfático", "los ganglios", False),
        ("es", "inhibidor", "inhibitorio", False),
        ("ar", "علاج مناعي", "وللعلاج المناعي", True),
        ("ar", "علاج مناعي", "تتلقى علاجًا مناعيًا", True),
        ("ar", "خلايا دم بيضاء", "انخفاض في خلايا الدم البيضاء", True),
        ("ar", "علاج مناعي", "الجهاز المناعي", False),
        ("vi", "tác dụng phụ", "Tác  dụng phụ nặng", True),
        ("vi", "tác dụng phụ", "tác dụng phụng", False),
        ("vi", "gen", "gen BRCA1", True),
        ("vi", "gen", "kháng nguyên gent", False),
        ("zh-hans", "T 细胞", "叫T 细胞的", True),
        ("zh-hans", "副作用", "严重的副作用。", True),
        ("fr", "ganglion", "le ganglion", True),
        ("fr", "ganglion", "les ganglions", False),
    ],
)
def test_a_translation_is_found_in_the_forms_of_its_language(language, wanted, text, is_there):
    assert bool(find_spans([wanted], text, language)) == is_there


def test_a_forbidden_word_within_a_right_one_is_right():
    text = "células del sistema inmunitario"
    assert find_outside("sistema", text, "es", find_spans(["sistema inmunitario"], text, "es")) == ""
    assert find_outside("células", text, "es", []) == "células"


def check(term: KnownTerm, source: str, target: str, language: str = "fr") -> list[str]:
    pair = make_pair(source, target, language, terms=TermBase([term]), is_typed=True)
    return [check.id for check, _difference in compare_texts(pair) if "term" in check.id]


def test_terms_are_checked_in_a_language_of_which_checks_know_no_word():
    term = KnownTerm("lymph node", (KnownTranslation("ganglion"), KnownTranslation("nœud", FORBIDDEN)))
    assert check(term, "A lymph node.", "Un ganglion.") == []
    assert check(term, "A lymph node.", "Un nœud.") == ["required-term", "forbidden-term"]
    assert check(term, "A lymph node.", "") == []


def test_a_preferred_translation_will_do_and_is_never_missed():
    term = KnownTerm("tired", (KnownTranslation("fatigué"), KnownTranslation("las", PREFERRED)))
    assert check(term, "You are tired.", "Vous êtes las.") == []
    assert check(KnownTerm("tired", (KnownTranslation("las", PREFERRED),)), "Tired.", "Épuisé.") == []


@pytest.mark.parametrize(
    ("target", "found"), [("Un test PD‑L1.", []), ("Un test PDL1.", ["kept-term"]), ("Un test pd-l1.", ["kept-term"])]
)
def test_what_is_not_translated_stays_to_the_letter(target, found):
    assert check(KnownTerm("PD-L1", is_kept=True), "A PD-L1 test.", target) == found
