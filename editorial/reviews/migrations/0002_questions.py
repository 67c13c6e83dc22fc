"""The questions of the checklist that every site begins with. Admins change them as they like."""

from django.db import migrations

# (asked of, touched by, words by language): what every page begins with. Admins change them as they like.
QUESTIONS = [
    ("source", "anything", {
        "en": "Every claim agrees with its references and with what is known today.",
        "es": "Todo lo que se afirma concuerda con sus referencias y con lo que se sabe hoy.",
        "ar": "كل ما ورد يتفق مع مراجعه ومع ما هو معروف اليوم.",
        "zh_hans": "所有说法都与参考文献和目前的知识一致。",
        "vi": "Mọi khẳng định đều đúng với tài liệu tham khảo và hiểu biết hiện nay.",
    }),
    ("source", "anything", {
        "en": "Benefits and harms are balanced.",
        "es": "Los beneficios y los riesgos están equilibrados.",
        "ar": "الفوائد والأضرار معروضة بتوازن.",
        "zh_hans": "益处与危害的说明是平衡的。",
        "vi": "Lợi ích và tác hại được nêu cân bằng.",
    }),
    ("translations", "anything", {
        "en": "The translation says what the source says, no more and no less.",
        "es": "La traducción dice lo mismo que el original, ni más ni menos.",
        "ar": "تقول الترجمة ما يقوله الأصل، لا أكثر ولا أقل.",
        "zh_hans": "译文与原文所说一致，不多也不少。",
        "vi": "Bản dịch nói đúng điều bản gốc nói, không thêm không bớt.",
    }),
    ("", "care", {
        "en": "The advice on when to call is right and complete.",
        "es": "Los consejos sobre cuándo llamar son correctos y completos.",
        "ar": "النصائح حول وقت الاتصال صحيحة وكاملة.",
        "zh_hans": "关于何时求助的建议正确且完整。",
        "vi": "Lời khuyên về khi nào cần gọi là đúng và đầy đủ.",
    }),
    ("source", "facts", {
        "en": "The drug facts agree with the monograph and the label.",
        "es": "Los datos del medicamento concuerdan con la monografía y la ficha técnica.",
        "ar": "معلومات الدواء تتفق مع الدراسة الدوائية ونشرة الدواء.",
        "zh_hans": "药物信息与药物专论和说明书一致。",
        "vi": "Thông tin thuốc đúng với chuyên luận và nhãn thuốc.",
    }),
    ("", "anything", {
        "en": "A reader with six years of school will understand it.",
        "es": "Lo entiende una persona con seis años de escuela.",
        "ar": "يفهمها قارئ أتم ست سنوات من الدراسة.",
        "zh_hans": "受过六年教育的读者能看懂。",
        "vi": "Người đọc học hết lớp sáu hiểu được.",
    }),
    ("", "signer", {
        "en": "I have no conflict of interest with this page.",
        "es": "No tengo ningún conflicto de intereses con esta página.",
        "ar": "ليس لدي تضارب في المصالح مع هذه الصفحة.",
        "zh_hans": "我与本页面没有利益冲突。",
        "vi": "Tôi không có xung đột lợi ích với trang này.",
    }),
]  # fmt: skip


def ask(apps, schema_editor):
    made = apps.get_model("reviews", "Question").objects
    for order, (asked_of, about, words) in enumerate(QUESTIONS, 1):
        made.create(
            asked_of=asked_of, about=about, order=order * 10, text=words["en"],
            **{f"text_{column}": text for column, text in words.items()},
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
