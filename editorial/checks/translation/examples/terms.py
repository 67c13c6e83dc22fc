"""Examples of what is decided about terms, in each language."""

from ..term_base import FORBIDDEN, KnownTerm, KnownTranslation
from .example import TranslationExample


def _term(text: str, *translations: str, forbidden: str = "", part_of_speech: str = "") -> KnownTerm:
    decided = [KnownTranslation(translation) for translation in translations]
    decided += [KnownTranslation(forbidden, FORBIDDEN)] if forbidden else []
    return KnownTerm(text, tuple(decided), part_of_speech=part_of_speech)


_ES_TEAM = _term("care team", "equipo médico")
_ES_NODE = _term("lymph node", "ganglio linfático", forbidden="nódulo linfático")
_AR_MONOGRAPH = _term("drug monograph", "نشرة الدواء", forbidden="دراسة الدواء")
_AR_PASSIVE = _term("passive", "المنفعل", forbidden="السلبي", part_of_speech="adjective")
_ZH_TEAM = _term("care team", "医疗团队", forbidden="护理小组")
_VI_MARKER = _term("biomarker", "dấu ấn sinh học", forbidden="dấu hiệu sinh học")
_LIGAND = KnownTerm("PD-L1", is_kept=True)

_TABLE: list[tuple[str, str, str, str, bool, KnownTerm]] = [
    ("required-term", "es", "Call your care team.", "Llame a su médico.", True, _ES_TEAM),
    ("required-term", "es", "Ask the care teams.", "Pregunte a los equipos médicos.", False, _ES_TEAM),
    ("required-term", "es", "Two care-teams met.", "Dos equipos médicos se reunieron.", False, _ES_TEAM),
    ("forbidden-term", "es", "Lymph nodes swell.", "Se hinchan los nódulos linfáticos.", True, _ES_NODE),
    ("forbidden-term", "es", "Lymph nodes swell.", "Se hinchan los ganglios linfáticos.", False, _ES_NODE),
    ("required-term", "ar", "Read the drug monograph.", "اقرأ المقالة.", True, _AR_MONOGRAPH),
    ("required-term", "ar", "Read the drug monograph.", "اقرأ نشرة الدواء.", False, _AR_MONOGRAPH),
    ("forbidden-term", "ar", "It is called passive.", "ويسمى السلبي.", True, _AR_PASSIVE),
    ("forbidden-term", "ar", "It is called passive.", "ويسمى المنفعل.", False, _AR_PASSIVE),
    ("required-term", "zh-hans", "Call your care team.", "请致电医生。", True, _ZH_TEAM),
    ("required-term", "zh-hans", "Call your care team.", "请致电您的医疗团队。", False, _ZH_TEAM),
    ("forbidden-term", "zh-hans", "Call your care team.", "请致电您的护理小组。", True, _ZH_TEAM),
    ("required-term", "vi", "A biomarker is measured.", "Một chất được đo.", True, _VI_MARKER),
    ("required-term", "vi", "Biomarkers are measured.", "Các dấu ấn sinh học được đo.", False, _VI_MARKER),
    ("forbidden-term", "vi", "A biomarker is measured.", "Một dấu hiệu sinh học được đo.", True, _VI_MARKER),
    ("kept-term", "vi", "Ask about PD-L1.", "Hãy hỏi về phối tử.", True, _LIGAND),
    ("kept-term", "vi", "Ask about PD-L1.", "Hãy hỏi về PD-L1.", False, _LIGAND),
]

EXAMPLES = [
    TranslationExample(check, language, source, target, is_wrong, term)
    for check, language, source, target, is_wrong, term in _TABLE
]
