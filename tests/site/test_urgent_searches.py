"""What people type in the search who need help now, and which card the demonstration's words put first."""

from types import SimpleNamespace

import pytest

from editorial.accounts.languages import column
from editorial.editions.tree.nodes import Node
from editorial.reading.search.care_words import find_care_level
from editorial.reading.site_words import PHRASE
from immuno_site.demonstration.content_files import read_content

SAID = {
    ("en", "emergency"): """
        can't breathe | I can't breathe! | trouble breathing | shortness of breath | out of breath | chest pain
        my chest hurts | I fainted | passing out | swollen face | my throat is closing | having a seizure
        can't swallow | heavy bleeding
    """,
    ("es", "emergency"): """
        no puedo respirar | me falta el aire | dificultad para respirar | me ahogo | dolor en el pecho
        me duele el pecho | me desmayé | hinchazón de la cara | convulsión
        se me cierra la garganta | no puedo hablar | sangro mucho
    """,
    ("ar", "emergency"): """
        لا أستطيع التنفس | صعوبة في التنفس | ضيق في التنفس | ضيق نفس | ألم في الصدر | صدري يؤلمني | أغمي علي | إغماء
        تورم الوجه | نوبة تشنج | اختناق | نزيف شديد
    """,
    ("zh-hans", "emergency"): """
        胸痛 喘不过气 | 呼吸困难 | 无法呼吸 | 不能呼吸 | 气短 | 胸口疼 | 胸闷 | 晕倒 | 昏倒了 | 脸肿 | 抽搐 | 大量出血
    """,
    ("vi", "emergency"): """
        khó thở | kho tho | tôi không thở được | hụt hơi | đau ngực | dau nguc | tức ngực | ngất | sưng mặt | co giật
        không nói được | chảy máu nhiều
    """,
    ("en", "urgent"): "fever 38.2 | fever of 101 at night | I have a fever | high fever | temperature of 38 | chills",
    ("es", "urgent"): "fiebre 39 | fiebre de 38.2 | tengo fiebre | calentura | escalofríos",
    ("ar", "urgent"): "حمى 39 | حرارة 38.2 | حرارتي مرتفعة | عندي حمى | قشعريرة",
    ("zh-hans", "urgent"): "发烧39 | 发烧 38.2 | 高烧 | 发热 | 发冷",
    ("vi", "urgent"): "sốt 39 | sốt cao | bị sốt 38.2 | ớn lạnh",
    ("en", ""): "breast cancer | Keytruda | hair loss | how long does treatment take | tired",
    ("zh-hans", ""): "乳腺癌 | 免疫治疗 | 副作用",
}  # fmt: skip
CASES = [
    (language, typed.strip(), level)
    for (language, level), lines in SAID.items()
    for typed in lines.replace("\n", "|").split("|")
    if typed.strip()
]


def words_in(language: str) -> SimpleNamespace:
    """The signed words of the search, as far as they are asked for."""
    data = next(data for data in read_content("site_words")["site_words"] if data["slug"] == "search-words")
    phrases = tuple(
        Node(PHRASE, phrase["key"], {"key": phrase["key"]}, {"text": [{"text": phrase["text"][column(language)]}]})
        for phrase in data["phrases"]
    )
    return SimpleNamespace(language=language, root=Node("site-words", "site-words", children=phrases))


@pytest.mark.parametrize(("language", "typed", "level"), CASES)
def test_who_needs_help_now_is_told_first_where_to_get_it(language, typed, level):
    assert find_care_level(typed, language, [words_in(language)]) == level


def test_what_is_worse_goes_first():
    assert find_care_level("fever and can't breathe", "en", [words_in("en")]) == "emergency"
