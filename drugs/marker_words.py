"""Biomarkers and the scores that measure them, as texts call them. Pure data.

"" holds what every language calls them. A biomarker of a monograph that is not here is found by the name that it has
there.
"""

MARKER_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "pd-l1": {"": ("PD-L1", "PDL1", "PD L1")},
    "cps": {
        "": ("CPS",),
        "en": ("combined positive score",),
        "es": ("puntaje positivo combinado", "puntuación positiva combinada"),
        "zh-hans": ("联合阳性评分", "综合阳性评分"),
        "vi": ("điểm dương tính kết hợp",),
    },
    "tps": {
        "": ("TPS",),
        "en": ("tumor proportion score", "tumour proportion score"),
        "es": ("puntaje de proporción tumoral", "puntuación de proporción tumoral"),
        "zh-hans": ("肿瘤细胞阳性比例分数", "肿瘤比例评分"),
        "vi": ("tỷ lệ điểm khối u",),
    },
    "msi-h": {
        "": ("MSI-H", "MSI-high", "MSI"),
        "en": ("microsatellite instability", "microsatellite instability-high"),
        "es": ("inestabilidad de microsatélites", "inestabilidad microsatelital"),
        "ar": ("عدم استقرار السواتل الدقيقة", "عدم استقرار السواتل المكروية", "عدم استقرار التوابع الدقيقة"),
        "zh-hans": ("微卫星不稳定", "微卫星高度不稳定"),
        "vi": ("mất ổn định vi vệ tinh", "bất ổn định vi vệ tinh"),
    },
    "dmmr": {
        "": ("dMMR",),
        "en": ("mismatch repair deficiency", "mismatch repair deficient", "mismatch repair-deficient"),
        "es": (
            "deficiencia en la reparación de errores de emparejamiento", "deficiencia de reparación de errores",
            "deficiencia en la reparación de los errores de emparejamiento",
        ),
        "ar": ("قصور إصلاح عدم التطابق", "قصور في إصلاح عدم التطابق"),
        "zh-hans": ("错配修复缺陷",),
        "vi": ("khiếm khuyết sửa chữa bắt cặp sai",),
    },
    "tmb": {
        "": ("TMB", "TMB-H", "TMB-high"),
        "en": ("tumor mutational burden", "tumour mutational burden", "mutations per megabase"),
        "es": ("carga mutacional tumoral", "carga mutacional del tumor", "mutaciones por megabase"),
        "ar": ("عبء طفري", "عبء الطفري", "عبء الطفرات"),
        "zh-hans": ("肿瘤突变负荷", "突变/Mb"),
        "vi": ("gánh nặng đột biến khối u", "gánh nặng đột biến của khối u", "tải lượng đột biến khối u"),
    },
    "her2-low": {
        "": ("HER2-low", "HER2 low"),
        "es": ("HER2 bajo", "HER2 baja"),
        "ar": ("HER2 المنخفض", "HER2 منخفض"),
        "zh-hans": ("HER2 低表达", "HER2低表达", "HER2 低", "HER2低"),
        "vi": ("HER2 thấp",),
    },
    "her2-ultralow": {
        "": ("HER2-ultralow", "HER2 ultralow", "ultralow"),
        "es": ("HER2 ultrabajo", "ultrabajo"),
        "ar": ("HER2 المنخفض جدا", "HER2 منخفض جدا"),
        "zh-hans": ("HER2 超低表达", "HER2超低表达", "超低表达"),
        "vi": ("HER2 siêu thấp", "HER2 cực thấp"),
    },
    "brca": {"": ("BRCA", "BRCA1", "BRCA2", "gBRCA", "BRCA1/2")},
    "pik3ca": {"": ("PIK3CA",)},
    "esr1": {"": ("ESR1",)},
    "akt1": {"": ("AKT1",)},
    "pten": {"": ("PTEN",)},
    "ntrk": {"": ("NTRK",)},
    "ki-67": {"": ("Ki-67", "Ki67")},
}  # fmt: skip
