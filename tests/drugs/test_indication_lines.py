"""The line that is suggested for an approval, beside one that was written by hand for the same indication."""

from decimal import Decimal

import pytest

from drugs.cancers import CancerType
from drugs.indication_lines import describe_indication
from drugs.models import Approval, Biomarker, Her2, HormoneReceptors, Line, PriorTreatment, Setting, Stage

ADULTS = {"age_group": "adults"}
SPREAD = {"stage": "advanced", "setting": "unresectable-or-metastatic"}
EARLY = {"stage": "early"}
ALONE = {"is_alone": True}


def marker(name: str, comparison: str = "", cutoff: str = "", unit: str = "") -> Biomarker:
    return Biomarker(name=name, comparison=comparison, cutoff=Decimal(cutoff) if cutoff else None, unit=unit)


PD_L1, MSI_H = marker("PD-L1", ">=", "10", "CPS"), marker("MSI-H / dMMR")
BRCA = marker("an inherited BRCA1 / BRCA2 mutation")
WITH_CHEMOTHERAPY = {"partners_en": "Chemotherapy"}

HAND_MADE = {
    "pembrolizumab, early triple-negative": (
        {"cancer": "triple-negative", **EARLY, "setting": "around-surgery", "line": "surgery", **WITH_CHEMOTHERAPY},
        "For triple-negative breast cancer that is early and high-risk. It is given before and after surgery. It "
        "is given together with chemotherapy.",
    ),
    "pembrolizumab, advanced triple-negative": (
        {"cancer": "triple-negative", **SPREAD, "biomarker": PD_L1, **WITH_CHEMOTHERAPY},
        "For triple-negative breast cancer that has spread or cannot be removed by surgery. A test must show "
        "PD-L1 of at least 10 CPS. It is given together with chemotherapy.",
    ),
    "pembrolizumab, MSI-H or dMMR": (
        {"cancer": "any-solid", **SPREAD, "line": "later", "prior": "any", "biomarker": MSI_H, **ALONE},
        "For a solid tumor of any kind that has spread or cannot be removed by surgery. A test must show MSI-H or"
        " dMMR. It is given after earlier treatment. It is given alone.",
    ),
    "pembrolizumab, TMB-H": (
        {
            "cancer": "any-solid", **SPREAD, "line": "later", "prior": "any", **ALONE,
            "biomarker": marker("TMB", ">=", "10", "mut/Mb"),
        },
        "For a solid tumor of any kind that has spread or cannot be removed by surgery. A test must show TMB of "
        "at least 10 mut/Mb. It is given after earlier treatment. It is given alone.",
    ),
    "pembrolizumab, urothelial": (
        {"cancer": "urothelial", **SPREAD, **ADULTS, "partners_en": "Enfortumab vedotin"},
        "For adults with urothelial cancer that has spread or cannot be removed by surgery. It is given together "
        "with enfortumab vedotin.",
    ),
    "atezolizumab, triple-negative": (
        {
            "cancer": "triple-negative", **SPREAD, **ADULTS, "biomarker": marker("PD-L1", ">=", "1", "% IC"),
            "partners_en": "Nab-paclitaxel, a chemotherapy drug",
        },
        "For adults with triple-negative breast cancer that has spread or cannot be removed by surgery. A test "
        "must show PD-L1 of at least 1% IC. It is given together with nab-paclitaxel, a chemotherapy drug.",
    ),
    "dostarlimab, dMMR": (
        {
            "cancer": "any-solid", "stage": "advanced", "line": "later", "prior": "any", **ADULTS, **ALONE,
            "biomarker": marker("dMMR"),
        },
        "For adults with a solid tumor of any kind that has spread or cannot be removed by surgery. A test must "
        "show dMMR. It is given after earlier treatment. It is given alone.",
    ),
    "dostarlimab, endometrial": (
        {"cancer": "endometrial", "stage": "advanced", **ADULTS, "partners_en": "Carboplatin and paclitaxel"},
        "For adults with endometrial cancer that has spread or cannot be removed by surgery. It is given together"
        " with carboplatin and paclitaxel.",
    ),
    "sacituzumab govitecan, triple-negative": (
        {
            "cancer": "triple-negative", **SPREAD, "line": "later", "prior": "any", "prior_least": 2, **ADULTS, **ALONE,
        },
        "For adults with triple-negative breast cancer that has spread or cannot be removed by surgery. It is "
        "given after at least two earlier treatments. It is given alone.",
    ),
    "sacituzumab govitecan, hormone receptor-positive": (
        {"cancer": "hr-positive", "her2": "negative", **SPREAD, "prior": "endocrine", **ADULTS, **ALONE},
        "For adults with hormone receptor-positive, HER2-negative breast cancer that has spread or cannot be "
        "removed by surgery. It is given after hormone therapy. It is given alone.",
    ),
    "trastuzumab deruxtecan, HER2-positive": (
        {"cancer": "her2-positive", **SPREAD, "prior": "anti-her2", **ADULTS, **ALONE},
        "For adults with HER2-positive breast cancer that has spread or cannot be removed by surgery. It is given"
        " after treatment against HER2. It is given alone.",
    ),
    "trastuzumab deruxtecan, HER2-low": (
        {
            "cancer": "breast", "her2": "low", "hormone_receptors": "either", **SPREAD, "prior": "chemotherapy",
            **ADULTS, **ALONE,
        },
        "For adults with HER2-low breast cancer, whatever its hormone receptors, that has spread or cannot be "
        "removed by surgery. It is given after chemotherapy. It is given alone.",
    ),
    "trastuzumab deruxtecan, HER2-low or ultralow": (
        {
            "cancer": "hr-positive", "her2": "low-or-ultralow", **SPREAD, "prior": "endocrine", "prior_least": 1,
            **ADULTS, **ALONE,
        },
        "For adults with hormone receptor-positive, HER2-low or HER2-ultralow breast cancer that has spread or "
        "cannot be removed by surgery. It is given after at least one earlier treatment, with hormone therapy "
        "among them. It is given alone.",
    ),
    "trastuzumab deruxtecan, solid tumors": (
        {"cancer": "any-solid", "her2": "positive", **SPREAD, "line": "later", "prior": "any", **ADULTS, **ALONE},
        "For adults with a HER2-positive solid tumor of any kind that has spread or cannot be removed by surgery."
        " It is given after earlier treatment. It is given alone.",
    ),
    "olaparib, early breast cancer": (
        {
            "cancer": "breast", "her2": "negative", **EARLY, "setting": "after-surgery", "prior": "chemotherapy",
            "biomarker": BRCA, **ADULTS, **ALONE,
        },
        "For adults with HER2-negative breast cancer that is early and high-risk. A test must show an inherited "
        "BRCA1 or BRCA2 mutation. It is given after surgery, after chemotherapy. It is given alone.",
    ),
    "olaparib, ovarian, maintenance": (
        {"cancer": "ovarian", "stage": "advanced", "setting": "maintenance", "prior": "platinum", **ADULTS, **ALONE},
        "For adults with ovarian cancer that has spread or cannot be removed by surgery. It is given to keep the "
        "cancer in check once other treatment has worked, after platinum chemotherapy. It is given alone.",
    ),
    "two biomarkers, of an age and a weight": (
        {
            "cancer": "lung-non-small-cell", "stage": "advanced", "setting": "metastatic", "line": "first",
            "biomarker": PD_L1, "biomarker_2": MSI_H, "joined": "and", "age_from": 12, "weight": Decimal("40"),
            "weight_comparison": ">", "sex": "female",
        },
        "For women aged 12 years and older who weigh more than 40 kg with non-small cell lung cancer that has "
        "spread. A test must show PD-L1 of at least 10 CPS and MSI-H or dMMR. It is given as the first treatment "
        "for advanced disease.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HAND_MADE)
def test_the_suggested_line_is_the_one_that_a_person_wrote(name):
    facts, line = HAND_MADE[name]
    assert describe_indication(Approval(**facts)) == line


@pytest.mark.parametrize("cancer", CancerType)
@pytest.mark.parametrize("her2", ["", *Her2])
@pytest.mark.parametrize("hormone_receptors", ["", *HormoneReceptors])
def test_every_cancer_has_a_line(cancer, her2, hormone_receptors):
    approval = Approval(cancer=cancer, her2=her2, hormone_receptors=hormone_receptors, stage=Stage.ADVANCED)
    line = describe_indication(approval)
    assert line.startswith("For ") and line.endswith(".") and "  " not in line


@pytest.mark.parametrize("name", ["setting", "line", "prior"])
def test_every_value_makes_a_sentence(name):
    choices = {"setting": Setting, "line": Line, "prior": PriorTreatment}[name]
    for value in choices:
        line = describe_indication(Approval(cancer="breast", stage="advanced", **{name: value}))
        assert line.startswith("For breast cancer that") and "  " not in line and " ." not in line
