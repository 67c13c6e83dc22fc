"""The check for words that claim what medicine cannot keep, and what tells that a sentence does not mean them so."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import gettext_lazy

from .checked_pages import CheckedPage
from .contract import Check, FindingPlace

FAR = 160  # characters before and after a claim that can change what it says
_QUESTION = re.compile(r"[.!?。！？؟;；]")
_NOTHING = "(?!)"
_UP_TO_3_WORDS = r"(?:\W+\w+){0,3}\W*$"


@dataclass(frozen=True)
class Wording:
    """Patterns of one language. In none a whole list: the words that pages use most.

    `claims` may have a group `harmless`, of what is true of some people and is no claim beside the words `some`.
    `turns` is where what a "no" denies ends, `pauses` where what an "if" or a "not" is about ends, but not what a "no
    treatment" is about. `denies_all` is such a "no treatment", `denies` the others, `weakens` what stands just before.
    """

    claims: str
    turns: str
    denies: str
    weakens: str
    some: str
    pauses: str = "[,،，]"
    denies_all: str = _NOTHING

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in vars(self).items()}

    def find_claims(self, text: str) -> Iterator[str]:
        """The claims in a text that are meant as claims, in reading order."""
        for claim in self.patterns["claims"].finditer(text):
            if not self._is_asked(text, claim) and not self._is_denied(text, claim):
                yield claim[0]

    @staticmethod
    def _is_asked(text: str, claim: re.Match[str]) -> bool:
        end = _QUESTION.search(text, claim.end(), claim.end() + FAR)
        return end is not None and end[0] in "?？؟"

    def _is_denied(self, text: str, claim: re.Match[str]) -> bool:
        clause = self._since("turns", text, claim)
        part = self._since("pauses", clause, None)
        is_about_some = "harmless" in claim.re.groupindex and claim["harmless"] and self.patterns["some"].search(part)
        denied = self.patterns["denies_all"].search(clause) or self.patterns["denies"].search(part)
        return bool(is_about_some or denied or self.patterns["weakens"].search(part))

    def _since(self, name: str, text: str, claim: re.Match[str] | None) -> str:
        """What stands between the last such place and the claim; at most FAR characters."""
        until, searched_until = (claim.start(), claim.end()) if claim else (len(text), len(text))
        start = max(0, until - FAR)
        ends = [
            match.end() for match in self.patterns[name].finditer(text, start, searched_until) if match.end() <= until
        ]
        return text[max([start, *ends]) : until]


_ENGLISH = Wording(
    claims=(
        r"\b(?:(?:cure[sd]?|curing)\b(?![- ](?:rates?|is (?:not|un)|has not|isn|hasn))"
        r"|(?:completely|totally|perfectly|absolutely|entirely|100 ?%|100 percent) safe\b"
        r"|risk[- ]free\b|(?:no|without(?: any)?) risks?\b(?! factors?| (?:of|that you) (?:pass|giv|infect|spread)\w*)"
        r"|(?P<harmless>(?:no|without(?: any)?) side effects\b)|guarantee[sd]?\b|miracle\b"
        r"|breakthrough\b(?! (?:pain|infections?|bleeding|cases?|seizures?|therapy|designation))"
        r"|always works?\b|never fails?\b|proven to work\b)"
    ),
    turns=(
        r"[.!?;:—–]|\b(?:but|because|instead)\b|,\s+(?:and\s+|so\s+)?(?:it|this|these|they|we|you|he|she|our)\b"
        r"|\band\s+(?=(?:it|they|this|we|you|will|can|always|never|cures?|guarantees?)\b)"
    ),
    denies_all=(
        r"\b(?:no(?=\s)(?!\s+(?:matter|doubt|wonder|question|more|need)\b)|none|nothing|nobody|neither|nor"
        r"|not\s+(?:all|every\w*|any\w*|each|one))\b"
    ),
    denies=(
        r"\b(?:not(?!\s+(?:only|just|merely|simply)\b)|cannot|never|\w+n[’']t|if|whether|unless|until|when|whenever"
        r"|hardly|rarely|seldom|unlikely|impossible|beware|wary|myth)\b"
    ),
    weakens=(
        r"\b(?:may|might)\s+(?:(?:even|help|sometimes|also|be)\s+){0,3}$|\bwithout (?:a|any)\s+$"
        r"|\b(?:few|little|low) (?:or|to) $"
        r"|\b(?:aims?|aiming|goals?|hopes?|hoping|try|tries|trying|intended|attempts?|chances?|sometimes|so-called"
        rf"|(?:who|that|which) (?:promises?|claims?|offers?)){_UP_TO_3_WORDS}"
    ),
    some=r"\b(?:some|many|most|few|half|who|those)\b",
)

_SPANISH = Wording(
    claims=(
        r"\b(?:cur(?:a|an|ar|ará|arán|arse|ad[oa]s?)\b(?! de (?:la |las |una )?heridas?)"
        r"|(?:completamente|totalmente|absolutamente|100 ?%|cien por cien) segur[oa]s?\b"
        r"|(?:sin|no (?:tienen?|hay|causan?|presentan?)) (?:ningún )?riesgos?\b(?! (?:alto|elevado|bajo))"
        r"|(?P<harmless>(?:sin|no (?:tienen?|hay|causan?|producen?|presentan?)) (?:ningún )?efectos? secundarios?\b)"
        r"|garantiza\w*\b|milagros?[oa]?\b|siempre funciona\b|nunca falla\b)"
    ),
    turns=r"[.!?;:—–¿¡]|\b(?:pero|sino|porque)\b|\by\s+(?=(?:cura|siempre|nunca|garantiza))",
    denies_all=r"\b(?:ningun[oa]s?|ningún|nadie|nada|ni|tampoco)\b",
    denies=(
        r"\b(?:no(?!\s+(?:solo|sólo|solamente|únicamente|hay duda|cabe duda)\b)|nunca|jamás|si|cuando|aunque|salvo"
        r"|apenas|raramente|rara vez|difícil\w*|imposible)\b"
    ),
    weakens=(
        r"\b(?:objetivos?|metas?|esper\w+|intent\w+|tratan? de|podrían?|posibilidad\w*|probabilidad\w*|a veces"
        rf"|supuest\w+|(?:quien|que) promete){_UP_TO_3_WORDS}"
    ),
    some=r"\b(?:algun[oa]s|much[oa]s|poc[oa]s|quien(?:es)?|mayoría|que)\b",
)

_QUITE = r"تمام(?:ًا|اً|ا)"
_ARABIC = Wording(
    claims=(
        rf"(?<!\w)(?:ال)?شفاء[ًٌٍ]?\s+(?:ال)?تام|(?<!\w)[يت]شفي\s+(?:{_QUITE}|من(?!\w)|السرطان|المرض|الجميع)"
        rf"|(?<!\w)(?:ال)?آمن(?:ة|ًا|اً|ا)?\s+{_QUITE}|(?<!\w)(?:ال)?مضمونة(?!\w)"
        # The word for "guaranteed" is also the word for "content", as in "the content of this page".
        r"|(?<!\w)(?:ال)?(?:علاج|دواء|شفاء|نجاح|حل|تحسن)\w{0,2}\s+(?:ال)?مضمون(?!\w)"
        r"|(?<!\w)مضمون\s+(?:النتائج|النتيجة|الفعالية|المفعول|النجاح)|(?<!\w)[ينت]ضمن\s+(?:لك|لكم|(?:ال)?شفاء|(?:ال)?نجاح)"
        r"|(?<!\w)(?:ال)?معجزة(?!\w)|(?<!\w)(?:بلا|بدون|دون)\s+(?:أي\s+|أية\s+)?مخاطر"
        r"|(?P<harmless>(?<!\w)(?:بلا|بدون|دون)\s+(?:أي\s+|أية\s+)?آثار جانبية)"
    ),
    turns=r"[.!?؟;؛:،,]|(?<!\w)(?:و?لكن\w*|بل|لأن\w*)(?!\w)",
    denies=r"(?<!\w)[وفأ]?(?:لا(?!\s+شك)|لن|لم|ليست?(?!\s+فقط)|غير|إذا|لو|هل|عندما)(?!\w)|(?<!\w)ما من(?!\w)",
    weakens=rf"(?<!\w)(?:فرص\w*|احتمال\w*|أمل|هدف\w*|الهدف|نسب\w*|معدل\w*|قد){_UP_TO_3_WORDS}",
    some=r"(?<!\w)(?:بعض|كثير|معظم|أشخاص|من)(?!\w)",
)

_CHINESE = Wording(
    claims=(
        r"治愈(?!率|的(?:机会|可能|希望|几率|概率))|根治(?!率|性)|完全安全|绝对安全|保证有效|奇迹"
        r"|(?:毫无|没有任何|没有)风险(?!因素)|(?P<harmless>(?:没有任何|没有|无|毫无)副作用)"
    ),
    turns="[。！？；：，,.!?;:]|但|然而|不过|因为|而是|而且|并且",
    denies=(
        "不(?!仅|但|只|光|同|久|断|少|必|用|需|管|论|过|错)|无(?=法|人|药|望)|未(?!来)|没|难(?=以|治|根|于)|很难|并非|绝非|尚"
        "|如果|假如|若|倘|一旦|即使|即便|是否|除非|当[您你]|很少|罕见"
    ),
    weakens="(?:目标|目的|希望|旨在|争取|可能|为了|力求|有望).{0,4}$",
    some="有些|有的|部分|一些|少数|许多|很多|多数",
)

_VIETNAMESE = Wording(
    claims=(
        r"\b(?:chữa khỏi\b|hoàn toàn an toàn\b|tuyệt đối an toàn\b|đảm bảo khỏi\b|phép màu\b"
        r"|không (?:có|gây)(?: ra)?(?: bất (?:kỳ|kì|cứ))? rủi ro\b"
        r"|(?P<harmless>không (?:có|gây)(?: ra)?(?: bất (?:kỳ|kì|cứ))? tác dụng phụ\b))"
    ),
    turns=r"[.!?;:]|\b(?:nhưng|mà còn|vì|bởi)\b",
    denies_all=r"\bkhông (?:có )?(?:\w+ ){1,4}?nào\b",
    denies=(
        r"\b(?:không(?!\s+(?:chỉ|những|ngừng|cần|nghi ngờ)\b)|chưa|chẳng|nếu|khi|liệu|xem|khó|hiếm"
        r"|ít(?! (?:nhất|ra)\b))\b"
    ),
    weakens=rf"\b(?:tỷ lệ|tỉ lệ|cơ hội|hy vọng|hi vọng|mục tiêu|nhằm|cố gắng){_UP_TO_3_WORDS}",
    some=r"\b(?:một số|nhiều|có người|vài)\b",
)


class AbsoluteClaims(Check):
    id = "absolute-words"
    name = gettext_lazy("Absolute claim")
    why = gettext_lazy("No treatment cures everyone or is free of risk. Say how many people it helps or harms.")
    wordings = {"en": _ENGLISH, "es": _SPANISH, "ar": _ARABIC, "zh-hans": _CHINESE, "vi": _VIETNAMESE}
    languages = frozenset(wordings)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        wording = self.wordings[page.language]
        for node in page.nodes.values():
            for name in node.words if node.type != "reference" else ():
                for claim in _find_claims(wording, node.plain(name)):
                    yield FindingPlace(node, claim, word=name)


@lru_cache(maxsize=2048)  # see `count_words`
def _find_claims(wording: Wording, text: str) -> tuple[str, ...]:
    return tuple(wording.find_claims(unicodedata.normalize("NFC", text)))
