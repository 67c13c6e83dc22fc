"""Which fields of a monograph hold words: those that are typed, frozen and translated. Written once, here."""

PLAIN = ("title", "pronunciation", "drug_class", "lead", "change_note")
PROSE = ("how_it_works", "how_given", "tell_team")
# {related name: translated fields of its rows}, in the order in which they are saved: approvals name biomarkers.
PARTS = {
    "products": ("formulation",),
    "doses": ("phase",),
    "side_effects": ("name", "signs", "what_to_do"),
    "boxed_warnings": ("title", "text"),
    "biomarkers": ("meaning",),
    "approvals": ("partners", "plain", "terms", "meaning"),
}
