"""Sentences that promise too much, and those that only use the same words, by language."""

from tests.checks.examples.build import Example, bad, good

PROMISES = {
    "en": [
        "It cures cancer.", "This drug will cure you.", "It always works.", "It never fails.", "You will be cured.",
        "It is completely safe.", "It is 100% safe.", "It is entirely safe for you.", "A risk-free treatment.",
        "It has no side effects.", "There are no risks.", "It works without any side effects.",
        "A guaranteed success.", "It is a miracle.", "A breakthrough for everybody.", "It is proven to work.",
        "It always cures.",
        # A "no" or an "if" that is about something else.
        "It does not hurt, and it cures cancer.", "It is not surgery but a cure.",
        "It does not hurt and cures cancer.", "It not only helps, it cures.", "It not only cures cancer.",
        "There is no doubt that it cures.", "If you take it early, it is completely safe.",
        "Do not worry. It is completely safe.", "You need not be afraid, because it is risk-free.",
        "No surgery is needed, it cures cancer.", "No more chemotherapy: it cures cancer.",
        "No matter how old you are, it always works.", "When it is given early, it cures.",
        "Can you feel safe? It always works.",
    ],
    "es": [
        "Cura el cáncer.", "Puede curar el cáncer.", "Es totalmente seguro.", "Es completamente seguras.",
        "No tiene efectos secundarios.", "Sin riesgos.", "Sin ningún riesgo.", "Garantiza el éxito.",
        "Es un milagro.", "Siempre funciona.", "No hay riesgos.", "No duele, pero cura el cáncer.",
        "No solo ayuda: cura.", "Si lo toma pronto, es totalmente seguro.", "No se preocupe. Es totalmente seguro.",
        "Es 100 % seguro.", "No causa ningún efecto secundario.", "Sin duda cura el cáncer.",
    ],
    "ar": [
        "آمن تمامًا.", "آمن تماماً.", "علاج مضمون.", "نتائجه مضمونة.", "هذا شفاء تام.", "إنه معجزة.", "بلا مخاطر.",
        "بدون آثار جانبية.", "من دون أي مخاطر.", "يضمن لك الشفاء.", "علاج مضمون النتائج.", "يشفي من السرطان.",
        "لا يؤلم، وهو آمن تمامًا.", "لا تقلق. إنه آمن تمامًا.", "إذا تناولته مبكرًا، فهو آمن تمامًا.",
        "لا شك أنه يشفي من السرطان.", "ليس فقط مفيدًا بل هو شفاء تام.",
    ],
    "zh-hans": [
        "可以治愈癌症。", "能根治癌症。", "完全安全。", "绝对安全。", "保证有效。", "是个奇迹。", "毫无风险。",
        "没有副作用。", "没有任何副作用。", "不痛，而且可以治愈癌症。", "不仅能治愈癌症。",
        "不用手术就能治愈癌症。", "非常有效，能治愈癌症。", "如果及早使用，可以治愈癌症。",
        "非小细胞肺癌可以治愈。", "不必担心。它完全安全。",
    ],
    "vi": [
        "Thuốc hoàn toàn an toàn.", "Thuốc chữa khỏi ung thư.", "Đây là phép màu.", "Thuốc không có tác dụng phụ.",
        "Thuốc không có rủi ro.", "Thuốc không gây ra bất kỳ tác dụng phụ nào.", "Thuốc tuyệt đối an toàn.",
        "Thuốc không đau, nhưng chữa khỏi ung thư.", "Thuốc không chỉ giúp mà còn chữa khỏi ung thư.",
        "Nếu dùng sớm, thuốc chữa khỏi ung thư.", "Đừng lo. Thuốc hoàn toàn an toàn.", "Thuốc đảm bảo khỏi bệnh.",
    ],
}  # fmt: skip

NO_PROMISES = {
    "en": [
        "It is not a cure, there is no cure, and it cannot cure. A secure, accurate test.",
        "No treatment is completely safe.", "No treatment is without risk.", "It does not always cure.",
        "There is no known cure.", "If you have no side effects, call us too.", "It can’t cure everybody.",
        "No drug, vaccine or diet cures cancer.", "No treatment, including immunotherapy, is completely safe.",
        "None of them is risk-free.", "Not every cancer can be cured.", "It isn't completely safe.",
        "There is no guarantee.", "Nobody can guarantee that it works.", "We cannot guarantee it.",
        "Doctors do not know whether it cures cancer.", "Ask your doctor if it is completely safe.",
        "Call even when you have no side effects.", "Some people have no side effects.",
        "You may have few or no side effects.", "People with no risk factors can get cancer.",
        "Does it cure cancer?", "Is there a cure?", "The cure rate is low.", "The goal is to cure the cancer.",
        "We hope to cure it.", "It may cure some cancers.", "Surgery rarely cures it.",
        "Beware of anyone who promises a cure.", "A so-called miracle cure.", "Tell us about breakthrough pain.",
        "There is no risk of passing cancer on.", "It is not without side effects.",
        "Immunotherapy is not a miracle cure.", "Supplements that claim to cure cancer.",
        "It is a breakthrough therapy of the FDA.", "A cure is not possible.", "It never cures.",
        "It is no miracle.", "It is not proven to work.", "Nothing always works.", "It is not yet a cure.",
        "It does not cure or guarantee anything.",
    ],
    "es": [
        "No tiene cura.", "No hay cura.", "No siempre cura.", "No cura.",
        "Ningún tratamiento es totalmente seguro.", "No existe un tratamiento sin riesgos.",
        "Ningún tratamiento, ni la inmunoterapia, es totalmente seguro.", "Nadie garantiza que funcione.",
        "Si no tiene efectos secundarios, llame también.", "Nunca cura.",
        "Algunas personas no tienen efectos secundarios.", "¿Cura el cáncer?", "No es un milagro.",
        "Pregunte si es totalmente seguro.", "No se sabe si cura.", "El objetivo es curar el cáncer.",
        "Las personas sin riesgo alto.", "Es seguro y cómodo.",
    ],
    "ar": [
        "مضمون هذه الصفحة.", "مضمون الصفحة.", "راجع المضمون الطبي.", "النتائج غير مضمونة.",
        "لا يوجد علاج آمن تمامًا.", "ليس آمنًا تمامًا.", "لا علاج بلا مخاطر.", "لا يوجد شفاء تام.",
        "لا يشفي من السرطان.", "ليس معجزة.", "لا أحد يضمن لك الشفاء.", "إذا كنت بدون آثار جانبية، فاتصل بنا.",
        "هل هو آمن تمامًا؟", "ليست هناك نتائج مضمونة.", "ما من علاج آمن تمامًا.", "لم يكن العلاج مضمونًا.",
        "تزيد فرص الشفاء التام.",
    ],
    "zh-hans": [
        "不能治愈。", "无法根治。", "不能完全治愈癌症。", "没有一种治疗是完全安全的。", "目前还没有治愈的方法。",
        "不一定能治愈。", "并非完全安全。", "没有哪种药没有副作用。", "如果没有副作用，也请打电话。",
        "有些人没有副作用。", "能治愈吗？", "治愈率是多少。", "很难治愈。", "不保证有效。",
        "这不意味着癌症已经治愈。", "治疗的目标是治愈癌症。", "未必能根治。", "即使没有副作用。", "尚未治愈。",
    ],
    "vi": [
        "Thuốc không chữa khỏi ung thư.", "Không thể chữa khỏi.", "Chưa có thuốc nào chữa khỏi bệnh này.",
        "Không có phương pháp nào hoàn toàn an toàn.", "Không thuốc nào là không có rủi ro.",
        "Thuốc có chữa khỏi bệnh không?", "Nếu không có tác dụng phụ, hãy gọi cho chúng tôi.",
        "Một số người không có tác dụng phụ.", "Đây không phải là phép màu.",
        "Hỏi bác sĩ xem thuốc có hoàn toàn an toàn không.", "Không đảm bảo khỏi bệnh.",
        "Mục tiêu là chữa khỏi ung thư.", "Tỷ lệ chữa khỏi là bao nhiêu?", "Khó chữa khỏi.",
    ],
}  # fmt: skip


def of(make, said: dict[str, list[str]]) -> list[Example]:
    return [make("absolute-words", f"<p>{item}</p>", language=language) for language in said for item in said[language]]


EXAMPLES = [*of(bad, PROMISES), *of(good, NO_PROMISES)]
