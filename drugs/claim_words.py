"""Words by which sentences claim that something is approved, for which cancer, in each language. Pure data.

English ones are looked for in every language: names of tests and regulators' terms stay in English there. In Arabic
words stand without marks above and below the letters, and without the article, which is found with them.
"""

from .cancers import CancerType

# That a regulator allows something, or ceased to.
APPROVAL_WORDS = {
    "en": (
        "approve", "approved", "approves", "approval", "approvals", "unapproved", "authorized", "authorised",
        "authorization", "authorisation", "licensed", "licence",
    ),
    "es": (
        "aprobado", "aprobada", "aprobados", "aprobadas", "aprueba", "aprobó", "aprobar", "aprobación", "aprobaciones",
        "autorizado", "autorizada", "autorizados", "autorizadas", "autorizó", "autorización",
    ),
    "ar": (
        "معتمد", "معتمدة", "معتمدا", "معتمدين", "اعتماد", "اعتماده", "اعتمادها", "اعتمدت", "موافقة", "موافقات", "وافقت",
        "وافق", "موافق", "موافقا", "مرخص", "مرخصة", "مرخصا", "ترخيص", "مصرح", "أجازت",
    ),
    "zh-hans": ("批准", "获批", "核准", "上市许可", "适应症", "适应证"),
    "vi": ("phê duyệt", "chấp thuận", "cấp phép"),
}  # fmt: skip

# That nothing else is: then a sentence that names one drug tells of all others too.
SOLE_WORDS = {
    "en": ("the only", "no other", "the sole", "the first"),
    "es": (
        "el único",
        "la única",
        "los únicos",
        "las únicas",
        "ningún otro",
        "ninguna otra",
        "el primer",
        "la primera",
    ),
    "ar": ("الوحيد", "الوحيدة", "لا يوجد غير", "الأول", "الأولى"),
    "zh-hans": ("唯一", "没有其他", "首个"),
    "vi": ("duy nhất", "không có thuốc nào khác", "đầu tiên"),
}

# {cancer: {language: what it is called}}; a longer name is found before one that is part of it.
CANCER_WORDS = {
    CancerType.TRIPLE_NEGATIVE: {
        "en": (
            "triple-negative breast cancer", "triple negative breast cancer", "triple-negative breast cancers",
            "triple-negative", "triple negative", "TNBC",
        ),
        "es": (
            "cáncer de mama triple negativo", "cánceres de mama triple negativos", "cáncer de mama triple negativa",
            "triple negativo", "triple negativa", "triple-negativo", "CMTN",
        ),
        "ar": (
            "سرطان الثدي الثلاثي السلبي", "سرطان الثدي ثلاثي السلبية", "سرطانات الثدي الثلاثية السلبية", "ثلاثي السلبي",
            "ثلاثي السلبية", "ثلاثية السلبية", "ثلاثية السلبي",
        ),
        "zh-hans": ("三阴性乳腺癌", "三阴乳腺癌", "三阴性"),
        "vi": ("ung thư vú bộ ba âm tính", "ung thư vú tam âm", "bộ ba âm tính", "tam âm"),
    },
    CancerType.HR_POSITIVE: {
        "en": (
            "hormone receptor-positive breast cancer", "hormone receptor-positive", "hormone-receptor-positive",
            "hormone receptor positive", "HR-positive", "ER-positive", "estrogen receptor-positive",
            "oestrogen receptor-positive",
        ),
        "es": (
            "cáncer de mama con receptores hormonales positivos", "receptores hormonales positivos",
            "receptor hormonal positivo", "RH positivo",
        ),
        "ar": (
            "سرطان الثدي الإيجابي لمستقبلات الهرمونات", "إيجابي لمستقبلات الهرمونات", "مستقبلات الهرمونات الإيجابية",
            "إيجابي مستقبلات الهرمونات",
        ),
        "zh-hans": ("激素受体阳性乳腺癌", "激素受体阳性"),
        "vi": ("thụ thể hormone dương tính", "thụ thể nội tiết dương tính", "dương tính với thụ thể hormone"),
    },
    CancerType.HER2_POSITIVE: {
        "en": ("HER2-positive breast cancer", "HER2-positive", "HER2 positive", "HER2+"),
        "es": ("cáncer de mama HER2 positivo", "HER2 positivo", "HER2 positiva", "HER2-positivo"),
        "ar": (
            "سرطان الثدي الإيجابي لبروتين HER2", "إيجابي لبروتين HER2", "إيجابي HER2", "HER2 الإيجابي",
            "HER2 إيجابي", "إيجابي لـ HER2",
        ),
        "zh-hans": ("HER2 阳性乳腺癌", "HER2阳性乳腺癌", "HER2 阳性", "HER2阳性"),
        "vi": ("ung thư vú HER2 dương tính", "HER2 dương tính", "HER2-dương tính", "dương tính với HER2"),
    },
    CancerType.ANY_SOLID: {
        "en": ("solid tumor", "solid tumors", "solid tumour", "solid tumours"),
        "es": ("tumor sólido", "tumores sólidos"),
        "ar": ("ورم صلب", "ورم الصلب", "أورام صلبة", "أورام الصلبة"),
        "zh-hans": ("实体瘤", "实体肿瘤"),
        "vi": ("khối u đặc", "u đặc", "khối u rắn"),
    },
    CancerType.BREAST: {
        "en": ("breast cancer", "breast cancers"),
        "es": ("cáncer de mama", "cánceres de mama", "cáncer de seno"),
        "ar": ("سرطان الثدي", "سرطانات الثدي", "سرطان ثدي"),
        "zh-hans": ("乳腺癌",),
        "vi": ("ung thư vú",),
    },
    CancerType.UROTHELIAL: {
        "en": ("urothelial cancer", "urothelial carcinoma", "bladder cancer"),
        "es": ("cáncer urotelial", "carcinoma urotelial", "cáncer de vejiga"),
        "ar": ("سرطان الظهارة البولية", "سرطان المثانة"),
        "zh-hans": ("尿路上皮癌", "膀胱癌"),
        "vi": ("ung thư biểu mô đường tiết niệu", "ung thư biểu mô niệu mạc", "ung thư bàng quang"),
    },
    CancerType.LUNG_NON_SMALL_CELL: {
        "en": ("non-small cell lung cancer", "non-small-cell lung cancer", "NSCLC"),
        "es": ("cáncer de pulmón de células no pequeñas", "cáncer de pulmón no microcítico", "CPNM"),
        "ar": ("سرطان الرئة غير صغير الخلايا", "سرطان الرئة ذو الخلايا غير الصغيرة"),
        "zh-hans": ("非小细胞肺癌",),
        "vi": ("ung thư phổi không tế bào nhỏ",),
    },
    CancerType.LUNG_SMALL_CELL: {
        "en": ("small cell lung cancer", "small-cell lung cancer", "SCLC"),
        "es": ("cáncer de pulmón de células pequeñas", "cáncer de pulmón microcítico", "CPM"),
        "ar": ("سرطان الرئة صغير الخلايا", "سرطان الرئة ذو الخلايا الصغيرة"),
        "zh-hans": ("小细胞肺癌",),
        "vi": ("ung thư phổi tế bào nhỏ",),
    },
    CancerType.ENDOMETRIAL: {
        "en": ("endometrial cancer", "endometrial carcinoma"),
        "es": ("cáncer de endometrio", "cáncer endometrial"),
        "ar": ("سرطان بطانة الرحم",),
        "zh-hans": ("子宫内膜癌",),
        "vi": ("ung thư nội mạc tử cung",),
    },
    CancerType.OVARIAN: {
        "en": ("ovarian cancer", "ovarian cancers"),
        "es": ("cáncer de ovario", "cánceres de ovario"),
        "ar": ("سرطان المبيض",),
        "zh-hans": ("卵巢癌",),
        "vi": ("ung thư buồng trứng",),
    },
}  # fmt: skip
