"""Words on which a patient's safety may hang, by language: regular expressions that ignore case.

Wide on purpose: better that a reviewer reads a line too many than one too few. Nobody qualified has read the lists of
other languages than English.
"""

# Right after a number, or alone: another unit is another dose.
UNITS = (
    r"(?:(?:mg|mcg|[µμ]g|ug|ng|pg|kg|g|lbs?|oz|ml|dl|cc|l|iu|gy|mmol|mol|meq|mm|cm|kcal|mmhg|bpm)"
    r"(?:\s?/\s?(?:kg|m²|m\^\(2\)|m2|ml|dl|l|day|week|h|min))?(?![^\W\d_])|[%％٪‰]|°\s?[cf]?(?![^\W\d_]))"
)
# Those that mean nothing else where they stand alone.
LONE_UNITS = (
    r"(?<![^\W_])(?:(?:mg|mcg|[µμ]g|ng|kg|ml|dl|mmol|iu|gy)"
    r"(?:\s?/\s?(?:kg|m²|m2|ml|dl|l|day|week))?(?![^\W_])|[%％٪‰]|°\s?[cf](?![^\W_]))"
)
SPANS = {
    "en": r"(?:second|minute|hour|day|week|month|year|time|cycle|dose|drop|tablet|pill|capsule|puff|cup|degree"
    r"|fold)s?|percent|per cent|fahrenheit|celsius|daily|weekly|monthly|hourly|nightly|yearly|fortnightly"
    r"|overnight",
    "es": r"segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?|vez|veces|ciclos?|dosis|gotas?"
    r"|comprimidos?|pastillas?|cápsulas?|grados?|por ciento|diari[oa]s?|diariamente|semanal(?:es|mente)?"
    r"|mensual(?:es|mente)?|anual(?:es)?",
    "ar": r"ثاني(?:ة|تين)|ثوان|دقيقة|دقائق|ساع(?:ة|ات|تين)|يوم(?:ًا|ا|يًا|يا|ين)?|أيام|أسبوع(?:ًا|ا|يًا|يا|ين)?"
    r"|أسابيع|شهر(?:ًا|ا|يًا|يا|ين)?|أشهر|سن(?:ة|وات|ويًا|ويا|تين)|مر(?:ة|ات|تين)|جرع(?:ة|ات|تين)"
    r"|قرص(?:ين)?|أقراص|حب(?:ة|ات|تين)|درجة|درجات|ملغم?|ملل?|مجم|كغم?|بالمئة|في المئة",
    "vi": r"giây|phút|giờ|ngày|hàng ngày|tuần|hàng tuần|tháng|hàng tháng|năm|lần|liều|giọt|viên|chu kỳ|độ|phần trăm",
    "zh-hans": r"毫克|微克|纳克|毫升|公斤|千克|克|升|秒|分钟|个?小时|每?天|每?日|每?周|个?星期|个?月|年|次|剂|片|粒"
    r"|滴|疗程|摄氏度|华氏度|度",
}  # fmt: skip
# As SIGN, in words.
COMPARISONS = {
    "en": r"at (?:least|most)|(?:no )?(?:more|less|fewer|greater|higher|lower|longer|shorter|older|younger"
    r"|earlier|later) than|or (?:more|less|fewer|higher|lower|above|below|over|under|older|younger)|up to"
    r"|over|under|above|below|exceed(?:s|ing)?|within|before|after|until|during|only|minimum|maximum"
    r"|between|except(?: for)?",
    "es": r"(?:al|por lo|como) (?:menos|mucho|máximo|mínimo)"
    r"|(?:más|menos|mayor(?:es)?|menor(?:es)?|inferior(?:es)?|superior(?:es)?) (?:de|que|a|al)"
    r"|o (?:más|menos|mayor|menor|superior|inferior)|hasta|antes|después|durante|solo|sólo|solamente"
    r"|mínimo|máximo|por encima|por debajo|entre|excepto|salvo",
    "ar": r"على الأقل|على الأكثر|أكثر من|أقل من|أكبر من|أصغر من|أعلى من|أدنى من|لا يقل عن|لا يزيد عن|فوق|تحت|حتى"
    r"|قبل|بعد|خلال|فقط|بين|باستثناء",
    "vi": r"ít nhất|nhiều nhất|tối thiểu|tối đa|nhiều hơn|ít hơn|cao hơn|thấp hơn|lớn hơn|nhỏ hơn|trở lên"
    r"|trở xuống|trên|dưới|trước|sau|trong vòng|cho đến|chỉ|ngoại trừ|trừ khi",
    "zh-hans": r"至少|最多|不少于|不超过|超过|大于|小于|高于|低于|多于|少于|以上|以下|以内|之前|之后|期间|直到|只|仅"
    r"|除非|除了",
}  # fmt: skip
SIGN = r"[<>≤≥=≠±≈~⩽⩾＜＞＝±]=?"
NEGATIONS = {
    "en": r"not|no|never|none|nor|neither|without|cannot|nothing|nobody|unless|avoid(?:s|ed|ing)?|non|[^\W_]+n['’]t",
    "es": r"no|nunca|jamás|sin|ni|ning[uú]n[oa]?s?|nada|nadie|tampoco|evit(?:e|en|ar)|a menos que",
    "ar": r"[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|بدون|دون|عدم|ليسا|أبدًا|أبدا|تجنب|تجنبي|تجنبوا)",
    "vi": r"không|chưa|chẳng|đừng|chớ|tránh|cấm|thiếu",
}
CHINESE_NEGATION = r"[不没無无未非勿别莫禁避]"
MONTHS = {
    # Not "may", which mostly is no month.
    "en": r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)",
    "es": r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|noviembre|diciembre",
    "ar": r"يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    r"|كانون (?:الثاني|الأول)|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين (?:الأول|الثاني)",
    "vi": r"tháng (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?|giêng|chạp|\d{1,2})",
    "zh-hans": r"\d{1,2}月(?:\d{1,2}[日号])?",
}
WEEKDAYS = {
    "en": r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|tomorrow|yesterday|today|tonight",
    "es": r"lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|mañana|hoy|ayer",
    "ar": r"الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|اليوم|غدًا|غدا|أمس",
    "vi": r"thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|hôm nay|ngày mai|hôm qua",
    "zh-hans": r"(?:星期|周|礼拜)[一二三四五六日天]|今天|明天|昨天",
}
# Endings of the international names of drugs, as each language writes them (WHO, "The use of stems").
DRUG_STEMS = {
    "latin": r"[^\W\d_]{2,}(?:mab|mabe|nib|ciclib|parib|rafenib|platin[oa]?|taxel|rubicina?|bicina?|tecan[oe]?"
    r"|vedotin[oa]?|deruxtecan|emtansin[ea]?|citabin[ea]?|ribulina?|trexato?e?|fosfamid[ea]|phosphamide|setron"
    r"|prednison[ea]|prednisolon[ea]|metason[ea]|sartan|statina?|cillina?|mycina?|micina|floxacino?|azol[e]?|limus|oxifen[oe]?"
    r"|trozol[e]?|mestan[oe]?|gliptina?|profen[oe]?|cetamol|minophen|formin[ae]?|parin[ae]?|farin[ae]?|dipin[eo]?"
    r"|olol|pril|tidin[ea]?|zepam|codon[ea]|fentan[iy]l[oe]?|oxetin[ea]|triptan|cycline|ciclina|lidomid[ea]|relin[ae]?"
    r"|dronat[eo]|thyroxine|tiroxina|cortisone?|cortisona)|aspirin[ae]?|insulin[ae]?|morphine|morfina|alcohol",
    "ar": r"[^\W\d_]{2,}(?:ماب|زوماب|توماب|نيب|بلاتين|تاكسيل|روبيسين|سيكليب|باريب)",
    "zh-hans": r"[㐀-鿿]{1,6}(?:单抗|替尼|西利|帕利|铂|紫杉醇|他赛|比星|替康|滨|曲唑|莫司)",
}
STAGES = {
    "en": r"(?:stage|grade|phase|type|class|level|line)\s+(?:[ivx]+[abc]?|[a-d]|one|two|three|four)(?![^\W_])",
    "es": r"(?:estadio|etapa|grado|fase|tipo|clase|nivel|línea)\s+(?:[ivx]+[abc]?|[a-d])(?![^\W_])",
}
# Before the name of a person, in the languages that pages are written in.
TITLES = r"Dr|Dra|Drs|Prof|Profa|Mr|Mrs|Ms|Mx|Sr|Sra|Srta|BS|GS|PGS|TS|ThS|St"
# Words that are written with a capital within a sentence and are nobody's name, in lower case.
CAPITALISED = {
    "en": "internet web english spanish arabic chinese vietnamese monday tuesday wednesday thursday friday saturday "
    "sunday section table figure step part chapter appendix question box email ok",
    "es": "internet web sección tabla figura paso parte capítulo pregunta recuadro ud uds usted ustedes",
    "vi": "internet web phần bảng hình bước chương mục câu hộp",
}
