"""Which fields of a monograph hold words: those that are typed, frozen and translated. Written once, here."""

PLAIN = ("title", "pronunciation", "drug_class", "lead", "change_note")
PROSE = ("how_it_works", "how_given", "tell_team")
# {related name: {translated field of its rows: its form}}, in the order in which they are saved: approvals name
# biomarkers. What is cited is what states a fact.
PARTS = {
    "products": {"formulation": "plain"},
    "doses": {"phase": "cited"},
    "side_effects": {"name": "cited", "signs": "cited", "what_to_do": "cited"},
    "boxed_warnings": {"title": "plain", "text": "cited"},
    "biomarkers": {"meaning": "cited"},
    "approvals": {"partners": "plain", "plain": "plain", "terms": "cited", "meaning": "cited"},
}
