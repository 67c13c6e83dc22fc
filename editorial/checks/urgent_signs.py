"""Signs that call for help, by language: regular expressions that ignore case, none of them a whole list.

Only those that mean the same whatever their degree: a rash or tiredness may be mild at one level and severe at another.
A language that has none here cannot be read by the check, and its report says so. Nobody qualified has read the lists
of other languages than English.
"""

SIGNS = {
    "en": {
        "fever": r"\bfevers?\b|\bhigh temperature",
        "chills": r"\bchills?\b|\bshivering\b",
        "breathing": r"\b(?:trouble|difficulty|problems?) (?:with )?breathing|\b(?:hard|difficult) to breathe"
        r"|\bshort(?:ness)? of breath|\bbreathless\w*|\bcan(?:not|['’]t) breathe",
        "dizziness": r"\bdizz(?:y|iness)\b|\blight-?headed\w*",
        "heartbeat": r"\b(?:fast|rapid|racing|pounding|irregular|uneven)(?: or \w+)? heart ?(?:beats?|rate)?\b"
        r"|\bpalpitations?\b|\bheart (?:is )?(?:racing|pounding)",
        "chest": r"\bchest (?:pain|pressure|tightness)|\bpain in (?:your|the) chest",
        "fainting": r"\bfaint(?:s|ed|ing)?\b|\bpass(?:ed|ing)? out\b",
        "seizure": r"\bseizures?\b",
        "confusion": r"\bconfus(?:ed|ion)\b",
        "swelling": r"\b(?:swelling|swollen)\b[^.;]{0,16}\b(?:face|lips?|tongue|throat)\b"
        r"|\b(?:face|lips?|tongue|throat) (?:is |are )?(?:swelling|swollen|swells?)\b",
    },
    "es": {
        "fever": r"\bfiebre\b",
        "chills": r"\bescalofríos?\b",
        "breathing": r"\bdificultad(?:es)? (?:para|al) respirar|\bfalta de aire|\bproblemas para respirar"
        r"|\bno puede respirar",
        "dizziness": r"\bmareos?\b|\bmaread[oa]\b",
        "heartbeat": r"\b(?:latidos?|ritmo cardíaco|pulso|corazón)[^.;]{0,20}\b(?:rápid[oa]s?|aceler\w+|irregular\w*)"
        r"|\bpalpitaciones\b",
        "chest": r"\b(?:dolor|opresión|presión)\b[^.;]{0,20}\ben el pecho",
        "fainting": r"\bdesmay\w+",
        "seizure": r"\bconvulsi\w+",
        "confusion": r"\bconfusión\b|\bconfundid[oa]\b",
        "swelling": r"\bhinchaz(?:ón|ones)[^.;]{0,16}\b(?:cara|labios?|lengua|garganta)\b"
        r"|\b(?:cara|labios?|lengua|garganta) hinchad[oa]s?\b",
    },
    "ar": {
        "fever": r"(?:ال)?حمى|ارتفاع (?:في )?(?:درجة )?الحرارة",
        "chills": r"قشعريرة|رعشة",
        "breathing": r"صعوبة (?:شديدة |خفيفة )?في التنفس|ضيق (?:شديد |خفيف )?(?:في )?(?:ال)?(?:تنفس|نفس)",
        "dizziness": r"دوخة|دوار",
        "heartbeat": r"(?:تسارع|سرعة|خفقان|عدم انتظام) (?:في )?(?:ضربات |نبضات |دقات )?(?:ال)?قلب",
        "chest": r"ألم (?:أو ضغط )?في الصدر|ضغط في الصدر",
        "fainting": r"إغماء",
        "seizure": r"نوبة (?:تشنج|صرع)|تشنجات",
        "confusion": r"تشوش|ارتباك",
        "swelling": r"تورم (?:في )?(?:ال)?(?:وجه|شفتين|شفاه|لسان|حلق)",
    },
    "zh-hans": {
        "fever": r"发热|发烧",
        "chills": r"寒战|发冷|畏寒",
        "breathing": r"呼吸[^。；，]{0,4}困难|气短|气促|喘不[过上]气",
        "dizziness": r"头晕|眩晕",
        "heartbeat": r"心跳(?:过快|加快|很快|不规则)|心悸|心慌",
        "chest": r"胸痛|胸闷|胸部[^。；]{0,4}(?:压迫|疼痛)",
        "fainting": r"晕倒|昏倒|昏厥",
        "seizure": r"抽搐|癫痫",
        "confusion": r"意识模糊|神志不清|意识混乱",
        "swelling": r"(?:面部|脸|嘴唇|舌头|喉咙|咽喉)[^。；]{0,8}肿",
    },
    "vi": {
        "fever": r"\bsốt\b",
        "chills": r"\b(?:ớn|rét|run) lạnh|\brét run",
        "breathing": r"\bkhó thở|\bhụt hơi|\bthở dốc",
        "dizziness": r"\bchóng mặt",
        "heartbeat": r"\b(?:tim|nhịp tim) (?:đập )?(?:nhanh|không đều|dồn dập)|\bhồi hộp, đánh trống ngực",
        "chest": r"\b(?:đau|tức|nặng) ngực",
        "fainting": r"\bngất",
        "seizure": r"\bco giật",
        "confusion": r"\blú lẫn",
        "swelling": r"\bsưng (?:phù )?(?:ở )?(?:mặt|môi|lưỡi|họng|cổ họng)",
    },
}  # fmt: skip
