"""Numbers that changed, and claims with a number, by language."""

from tests.checks.examples.build import Example, article, bad, body, dose, good, says


def changed(old: str, new: str, *at: str, language: str = "en") -> Example:
    trees = [article(*body(f"<p>{html}</p>"), language=language) for html in (old, new)]
    return Example("changed-number", trees[1], at, trees[0])


CHANGED = [
    changed("You get 200 mg.", "You get 400 mg.", "1"),
    changed("٢ مرات", "٣ مرات", "1", language="ar"),
    changed("2 tablets 3 times", "3 tablets 2 times", "1"),
    changed("1 of 10, 2 of 10", "2 of 10, 1 of 10", "1"),
    changed("Take 10 mg.", "Take it.", "1"),
    changed("Take it.", "Take 10 mg.", "1"),
    changed("10% of people", "10 people", "1"),
    changed("Take 1.5 mg.", "Take 15 mg.", "1"),
    changed("two tablets", "three tablets", "1"),
    changed("once a day", "twice a day", "1"),
    changed("dos comprimidos", "tres comprimidos", "1", language="es"),
    changed("每天两次", "每天三次", "1", language="zh-hans"),
    changed("hai viên", "ba viên", "1", language="vi"),
    changed("ثلاث مرات", "أربع مرات", "1", language="ar"),
    # The same number of something else.
    changed("Take 5 mg.", "Take 5 mcg.", "1"),
    changed("Take 5 mg.", "Take 5 mg/kg.", "1"),
    changed("every 3 weeks", "every 3 days", "1"),
    changed("every three weeks", "every three days", "1"),
    changed("cada 3 semanas", "cada 3 días", "1", language="es"),
    changed("كل 3 أسابيع", "كل 3 أيام", "1", language="ar"),
    changed("每3周一次", "每3天一次", "1", language="zh-hans"),
    changed("每三周一次", "每三天一次", "1", language="zh-hans"),
    changed("mỗi 3 tuần", "mỗi 3 ngày", "1", language="vi"),
    changed("1.5 × 10<sup>9</sup>/L", "1.5 × 10<sup>8</sup>/L", "1"),
    changed("10<sup>9</sup>/L", "109/L", "1"),
    changed("10<sup>-3</sup>", "10<sup>3</sup>", "1"),
    Example("changed-number", dose("400"), ("d",), dose("200")),
    Example("changed-number", dose("2026-03-01"), ("d",), dose("2026-01-03")),
    # The same numbers, written in another way or among other words.
    changed("You get 200 mg.", "You really get 200 mg."),
    changed("About PD-1.", "About PD-L1."),
    changed("50% of people", "50 % of people"),
    changed("200mg", "200\u00a0mg"),
    changed("5 µg", "5 μg"),
    changed("1 weeks", "1 week"),
    changed("2 of them", "2 people"),
    changed("2个月", "2月", language="zh-hans"),
    changed("٢ مرات", "2 مرات", language="ar"),
    changed("two tablets", "2 tablets"),
    changed("This one helps.", "This helps."),
    changed("一个人", "个人", language="zh-hans"),
    changed("2 <strong>tablets</strong> 3 times", "Take 2 tablets <em>3 times</em>."),
    Example("changed-number", says("<p>You get 400 mg.</p>")),
]

CLAIMED = {
    "en": [
        "It helps 60% of people.", "It helps 60 percent of people.", "Forty percent live longer.",
        "5-10% of people.", "About 87 of 100 people live longer.", "Of 1,200 people, 300 got better.",
        "Five in ten get a rash.", "One in five people.", "One out of three people.", "3 in every 10 people.",
        "Half of the people get tired.", "Two thirds of patients live longer.", "A quarter of women get a rash.",
        "The hazard ratio was 0.62.", "HR 0.62 in the study.", "HR = 0.62", "p < 0.001", "You get 200 mg.",
        "Take 50 micrograms.", "3 times more likely.", "It is 2 times as common.", "Twice as many people.",
        "It doubles the risk.", "A median of 12 months.", "They lived 5 months longer.",
        "Among 500 women, 20 had a rash.", "Two of every ten patients.", "40 per cent", "One person in four.",
        "300 of the 1,200 patients got better.", "Forty-five percent get better.",
    ],
    "es": [
        "Ayuda al 60 % de las personas.", "El cuarenta por ciento mejora.", "Unas 87 de cada 100 personas.",
        "De 1200 personas, 300 mejoraron.", "Cinco de cada diez personas.", "Una de cada cinco.",
        "La mitad de las personas mejora.", "Un tercio de los pacientes.", "El cociente de riesgos fue 0,62.",
        "Es 3 veces más frecuente.", "El doble de personas.", "Recibe 200 mg.", "Una mediana de 12 meses.",
        "Vivieron 5 meses más.", "Una de cada 5 personas.",
    ],
    "ar": [
        "نحو 87 من كل 100 شخص.", "يساعد 60٪ من الناس.", "أربعون بالمئة من الناس.", "خمسة من كل عشرة.",
        "من بين 1200 شخص، تحسن 300.", "نصف المرضى.", "ثلث المرضى.", "نسبة الخطر 0.62.", "تتلقى 200 ملغ.",
        "3 أضعاف الخطر.", "ضعف الخطر.", "60 في المئة", "واحد من كل خمسة أشخاص.",
    ],
    "zh-hans": [
        "每 100 人中约有 87 人。", "对60%的人有效。", "百分之四十的人。", "十人中有五人。",
        "1200 名患者中，300 人好转。", "一半的患者。", "三分之一的人。", "风险比为 0.62。", "您会用 200 毫克。",
        "风险高出3倍。", "每五个人中有一个。", "风险是两倍。", "四成患者。",
    ],
    "vi": [
        "Khoảng 87 trong 100 người.", "Giúp 60% số người.", "Bốn mươi phần trăm số người.", "Năm trong mười người.",
        "Trong 1.200 người, 300 người khỏe hơn.", "Cứ 10 người thì có 3 người.", "Một nửa số bệnh nhân.",
        "Một phần ba số người.", "Tỷ số nguy cơ là 0,62.", "Bạn nhận 200 mg.", "Cao gấp 3 lần.", "Gấp đôi nguy cơ.",
    ],
}  # fmt: skip

NOT_CLAIMED = {
    "en": [
        "Call 911 within 24 hours, for 2 years. About PD-L1 and stage 3.", "Take it 2 times a day.",
        "Take it 3 times daily.", "Up to 4 times per week.", "Twice a day.", "Step 2 of 3.", "Day 1 of 21.",
        "One of two tests is done.", "Call if you vomit 3 times in 24 hours.", "You get it once in 3 weeks.",
        "For 2 out of 3 weeks.", "It was approved by the FDA in 2021.", "5 or 10 people in a group.",
        "Are you over 65?", "Half of the tablet.", "The percentage is not known.", "One in the morning.",
        "In 3 weeks, you have 2 visits.", "What percent of people get it?",
        "Tell us if you have a fever of 100.4 or 38.", "You have 2 choices.",
        "Of the 2 tests, one is done at home.", "We ask you 5 questions.", "Call 1-800-555-0100.",
        "One of the three.", "You have a scan 2 or 3 times.",
    ],
    "es": [
        "Tómelo 2 veces al día.", "Tómelo dos veces al día.", "3 veces por semana.", "De 2 a 3 semanas.",
        "¿Tiene más de 65 años?", "La mitad del comprimido.", "Paso 1 de 3.", "Cada 3 semanas.",
        "De lunes a viernes.",
    ],
    "ar": ["مرتين في اليوم.", "3 مرات في اليوم.", "كل 3 أسابيع.", "نصف قرص.", "اتصل بالرقم 911.", "الخطوة 2."],
    "zh-hans": [
        "每天2次。", "每3周一次。", "一半的药片。", "65岁以上。", "请拨打120。", "每天两次，每次一片。",
        "三个月中有两次。",
    ],
    "vi": [
        "Uống 2 lần mỗi ngày.", "Ngày 2 lần.", "Mỗi 3 tuần một lần.", "Nửa viên.", "Hơn 2 lần một ngày.",
        "Gọi 115.",
    ],
}  # fmt: skip


def of(make, said: dict[str, list[str]]) -> list[Example]:
    return [
        make("number-without-reference", f"<p>{item}</p>".replace("p <", "p &lt;"), language=language)
        for language in said
        for item in said[language]
    ]


CLAIMS = [*of(bad, CLAIMED), *of(good, NOT_CLAIMED)]
