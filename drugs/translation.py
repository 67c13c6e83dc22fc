"""Which words are translated, and whose history is kept (after the registration)."""

from modeltranslation.translator import TranslationOptions, translator

from editorial.editions.working.tracking import track

from .models import Approval, Biomarker, BoxedWarning, Dose, Monograph, Product, SideEffect

WORDS = {
    Monograph: (
        "title", "pronunciation", "drug_class", "lead", "how_it_works", "how_given", "tell_team", "change_note",
    ),
    Product: ("formulation",),
    Dose: ("phase",),
    SideEffect: ("name", "signs", "what_to_do"),
    BoxedWarning: ("title", "text"),
    Biomarker: ("meaning",),
    Approval: ("partners", "plain", "terms", "meaning"),
}  # fmt: skip

for _model, _fields in WORDS.items():
    translator.register(_model, type(f"{_model.__name__}Words", (TranslationOptions,), {"fields": _fields}))
    track(_model)
