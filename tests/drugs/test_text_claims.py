"""What texts claim of approvals without naming a drug, in each language and script."""

import pytest

from drugs import text_claims
from drugs.models import KIND
from editorial.editions.keyword_contract import KeywordText


def find(text: str, language: str = "en", *around: str, own=("Nectin-4",), drugs=("zebramab",)) -> set[str]:
    find_all = text_claims.make_keyword_finder(own, lambda words, _language: any(name in words for name in drugs))
    return {passage.keyword for passage in find_all(KeywordText(text, language, around))}


@pytest.mark.parametrize(
    ("language", "text", "keyword"),
    [
        ("en", "It is used if the tumor has a CPS of 10 or more.", "cps:10"),
        ("en", "It is used if the CPS ≥ 10.", "cps:10"),
        ("en", "A test finds enough PD-L1: a score (called CPS) of 10 or more.", "cps:10"),
        ("en", "PD-L1 on at least 1% of the tumor area.", "pd-l1:1"),
        ("en", "The result is a score called CPS. With a score of 10 or more it is used.", "cps:10"),
        ("en", "At least 10.0 mutations per megabase.", "tmb:10"),
        ("en", "A Nectin-4 score above 150.", "nectin-4:150"),
        ("es", "Un puntaje de PD-L1 de 10 o más.", "pd-l1:10"),
        ("es", "Un CPS de 2,5 o más.", "cps:2.5"),
        ("es", "Una carga macutacional. Una carga mutacional tumoral de 10 o más.", "tmb:10"),
        ("ar", "أي درجة (تُسمى CPS) تبلغ 10 أو أكثر", "cps:10"),
        ("ar", "درجة CPS تبلغ ١٠ أو أكثر", "cps:10"),
        ("ar", "العبء الطفري لا يقل عن 10", "tmb:10"),
        ("zh-hans", "如果评分（称为 CPS）为 10 或以上", "cps:10"),
        ("zh-hans", "联合阳性评分≥１０", "cps:10"),
        ("vi", "nếu CPS từ 10 trở lên.", "cps:10"),
        ("vi", "gánh nặng đột biến khối u từ 10 trở lên", "tmb:10"),
    ],
)
def test_a_biomarker_with_its_cut_off_is_found(language, text, keyword):
    assert f"biomarker:{keyword}" in find(text, language)


@pytest.mark.parametrize(
    ("language", "text", "keyword"),
    [
        ("en", "Immunotherapy is approved for cancers with dMMR.", "dmmr"),
        ("es", "Está aprobada para tumores con inestabilidad de microsatélites.", "msi-h"),
        ("ar", "العلاج معتمدٌ لأورام فيها قصور إصلاح عدم التطابق", "dmmr"),
        ("zh-hans", "已获批用于错配修复缺陷的肿瘤", "dmmr"),
        ("vi", "được phê duyệt cho khối u có dMMR", "dmmr"),
        ("en", "Approved for HER2-low disease.", "her2-low"),
        ("en", "No treatment is approved for Nectin-4.", "nectin-4"),
    ],
)
def test_a_biomarker_without_one_is_found_where_a_sentence_tells_of_an_approval(language, text, keyword):
    assert f"biomarker:{keyword}" in find(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "PD-L1 is a protein.",
        "1: A cancer cell presses the brake with PD-L1.",
        "2) The T cell lets go of PD-L1.",
        "A test looks for dMMR in the tumor.",
        "KEYNOTE-355 looked at CPS.",
        "BRCA1 is a gene; HER2-low is a result.",
        "In one study, 10 people took part. It was long. CPS is a score.",
        "A CPS of zebramab 10 or more.",  # about a drug, on whose page the text rests
        "10,000 people were tested for PD-L1.",
    ],
)
def test_a_biomarker_alone_is_no_claim(text):
    assert find(text) == set()


@pytest.mark.parametrize(
    ("language", "text", "cancers"),
    [
        ("en", "It is approved for triple-negative breast cancer.", {"triple-negative"}),
        ("en", "No immunotherapy is approved for HER2-positive breast cancer.", {"her2-positive"}),
        ("en", "It was authorised for TNBC and urothelial carcinoma.", {"triple-negative", "urothelial"}),
        ("en", "Approved for breast cancer; the approval for triple-negative disease was withdrawn.",
         {"breast", "triple-negative"}),
        ("es", "Ninguna inmunoterapia está aprobada para el cáncer de mama HER2 positivo.", {"her2-positive"}),
        ("es", "Fue autorizado para el cáncer de mama triple negativo.", {"triple-negative"}),
        ("ar", "لا يوجد علاج مناعي معتمدًا لسرطان الثدي الإيجابي لمستقبلات الهرمونات", {"hr-positive"}),
        ("ar", "وقد وافقت الجهة على استخدامه في سرطان الثدي الثلاثي السلبي", {"triple-negative"}),
        ("zh-hans", "免疫治疗已获批用于三阴性乳腺癌。", {"triple-negative"}),
        ("zh-hans", "目前没有免疫治疗获批用于 HER2 阳性乳腺癌。", {"her2-positive"}),
        ("vi", "Liệu pháp miễn dịch được phê duyệt cho ung thư vú bộ ba âm tính.", {"triple-negative"}),
        ("vi", "FDA đã chấp thuận cho ung thư bàng quang.", {"urothelial"}),
    ],
)  # fmt: skip
def test_an_approval_that_is_claimed_without_a_name_is_found(language, text, cancers):
    assert find(text, language) == {f"approved:{cancer}" for cancer in cancers}


def test_a_claim_that_names_no_cancer_is_about_that_of_its_text_or_of_the_nearest_heading():
    text = "It may help in ovarian cancer. It is approved."
    assert find(text, "en", "Triple-negative", "Breast cancer") == {"approved:ovarian"}
    assert find("It is approved.", "en", "How it is given", "Triple-negative", "Breast cancer") == {
        "approved:triple-negative"
    }
    assert find("It is approved.", "en", "How it is given") == set()


def test_a_sentence_about_a_drug_claims_nothing_unless_it_speaks_of_all_others():
    assert find("Some get zebramab, which is approved for breast cancer.") == set()
    assert find("Here zebramab is the only drug approved for breast cancer.") == {"approved:breast"}
    assert find("El zebramab es el único aprobado para el cáncer de mama.", "es") == {"approved:breast"}


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("Some get zebramab. It helps. The maker withdrew this approval.", set()),
        ("The maker withdrew this approval. If you get zebramab for breast cancer, go on.", set()),
        ("It may help in ovarian cancer. It is approved. Ask about zebramab.", {"approved:ovarian"}),
        ("Some get zebramab. No other drug is approved.", {"approved:breast"}),
        ("Some get zebramab. Immunotherapy is approved for ovarian cancer.", {"approved:ovarian"}),
        ("Some get zebramab. Lung cancer: NSCLC. It is approved.", {"approved:lung-non-small-cell"}),
    ],
)
def test_a_sentence_that_names_nothing_is_about_the_drug_of_its_text(text, keywords):
    assert find(text, "en", "Breast cancer") == keywords


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("It is approved for breast cancer with a CPS of 10 or more.", set()),
        ("No other treatment is approved for breast cancer.", {"approved:breast"}),
    ],
)
def test_a_drugs_own_page_is_about_that_drug(text, keywords):
    find_all = text_claims.make_keyword_finder((), lambda _words, _language: False)
    assert {passage.keyword for passage in find_all(KeywordText(text, "en", (), KIND))} == keywords


@pytest.mark.parametrize("text", ["Breast cancer is treated.", "Approved by the board.", "", "!", "\n\n"])
def test_other_words_claim_nothing(text):
    assert find(text) == set()
