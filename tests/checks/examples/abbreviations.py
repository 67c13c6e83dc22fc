"""Abbreviations that are explained, and those that only stand near a bracket."""

from tests.checks.examples.build import Example, bad, good

NOT_EXPLAINED = {
    "en": [
        "You may get a fever (CRS is bad).", "Call us (about CRS).", "CRS (grade 3) is serious.",
        "CRS (20%) is common.", "CRS (see below).", "The CRS (serious).", "(CRS)",
        "It can be serious (or even CRS).", "Fever, or CRS.", "The CT (and the MRI) is done.", "It is an irAE.",
        "Do NOT take CPS.", "Fever (high) and CRS.",
    ],
    "es": ["El CRS (es grave).", "Fiebre (el CRS es grave)."],
    "ar": ["قد يحدث CRS (خطير)."],
    "zh-hans": ["可能出现CRS（严重）。", "发热（CRS很严重）。"],
    "vi": ["Có thể bị CRS (nặng)."],
}  # fmt: skip

EXPLAINED = {
    "en": [
        "Cytokine release syndrome (<strong>CRS</strong>).", "<strong>CRS</strong> (cytokine release syndrome).",
        "<em>CRS</em> <strong>(cytokine</strong> release syndrome).",
        "Cytokine release syndrome (also called CRS).", "Cytokine release syndrome (CRS, for short).",
        "Cytokine release syndrome (“CRS”).", "Cytokine release syndrome, or CRS, is serious.",
        "Cytokine release syndrome, also called CRS.", "CRS stands for cytokine release syndrome.",
        "CRS is short for cytokine release syndrome.", "CRS means cytokine release syndrome.",
        "CRS, or cytokine release syndrome, is serious.", "Computed tomography scans (CTs).",
        "HER2 (human epidermal growth factor receptor 2).", "Immune-related adverse events (irAEs).",
        "Cytokine release syndrome ( CRS ).", "Stage IIIA, stages II-III and IB2.",
        "Do NOT stop. ONLY call. NEVER wait.", "Call the NHS.",
        'See <a href="/glossary/crs/">cytokine release syndrome: <em>CRS</em></a>.',
    ],
    "es": [
        "Síndrome de liberación de citocinas (CRS, por sus siglas en inglés).", "Síndrome de citocinas (o CRS).",
        "Síndrome de citocinas (en inglés, CRS).", "CRS (síndrome de liberación de citocinas).",
    ],
    "ar": ["متلازمة إفراز السيتوكين (CRS).", "CRS (متلازمة إفراز السيتوكين)."],
    "zh-hans": [
        "细胞因子释放综合征（CRS）。", "细胞因子释放综合征（简称<strong>CRS</strong>）。",
        "CRS（细胞因子释放综合征）。",
    ],
    "vi": [
        "Hội chứng phóng thích cytokine (CRS).", "Hội chứng cytokine (viết tắt là CRS).",
        "CRS (hội chứng cytokine).",
    ],
}  # fmt: skip


def of(make, said: dict[str, list[str]]) -> list[Example]:
    return [make("abbreviation", f"<p>{item}</p>", language=language) for language in said for item in said[language]]


EXAMPLES = [*of(bad, NOT_EXPLAINED), *of(good, EXPLAINED)]
