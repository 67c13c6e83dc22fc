"""Signs that stand under two care levels, and those that only seem to, by language."""

from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Node
from tests.checks.examples.build import Example, article

TWICE = [
    ("en", "Call if you have trouble breathing.", "Mild shortness of breath."),
    ("en", "A fever of 100.4 °F (38 °C).", "Fever or chills."),
    ("en", "Very dizzy.", "Dizziness."),
    ("en", "A racing heart.", "A fast heartbeat."),
    ("es", "Mucha dificultad para respirar.", "Falta de aire leve."),
    ("ar", "صعوبة شديدة في التنفس.", "ضيق خفيف في التنفس."),
    ("zh-hans", "呼吸非常困难。", "轻微气短。"),
    ("vi", "Khó thở nặng.", "Hơi khó thở."),
    ("en", "A swollen face.", "Swelling of your lips."),
    ("es", "Hinchazón de los labios.", "La cara hinchada."),
    ("ar", "تورم الوجه.", "تورم في الشفتين."),
    ("zh-hans", "面部肿胀。", "嘴唇肿胀。"),
    ("vi", "Sưng mặt.", "Sưng môi."),
]
APART = [
    ("en", "Trouble breathing.", "A cough. Tiredness. A rash."),
    ("en", "Severe rash with blisters.", "A rash that itches."),
    ("en", "A seizure.", "Feverfew tea."),
    ("en", "A swollen throat.", "Swollen ankles. Sores in the throat."),
    ("es", "Dolor en el pecho.", "Fiebre."),
    ("zh-hans", "胸痛。", "发热。"),
    ("ar", "إغماء.", "حمى."),
    ("vi", "Ngất.", "Sốt."),
]


def care(level: str, said: str) -> Node:
    [paragraph] = prose.parse(f"<p>{said}</p>")
    block = Node(paragraph.type, f"{level}-1", paragraph.attrs, paragraph.words)
    return Node("section", level, {"group": "when-to-call", "care": level}, {"heading": "A heading"}, (block,))


def example(language: str, first: str, second: str, *at: str) -> Example:
    tree = article(care("emergency", first), care("urgent", second), language=language)
    return Example("sign-under-two-urgencies", tree, at)


EXAMPLES = [
    *(example(*said, "urgent-1") for said in TWICE),
    *(example(*said) for said in APART),
    Example("sign-under-two-urgencies", article(care("urgent", "Fever."), care("urgent", "A fever again."))),
]
