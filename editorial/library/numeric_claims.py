"""Numbers that a source has to say, in five languages: a share of people, a dose, a risk, so many times more.

Not days, ages, telephone numbers, or how often something is taken.
"""

import re
import unicodedata
from functools import lru_cache

# In no language a whole list: the ways in which pages most often say such numbers.
_N = r"(?<![A-Za-z\d.,])(?<![A-Za-z]-)\d+(?:[.,٫]\d+)*(?![.,٫]?\d)"
_NOT_A_YEAR = r"(?!(?:19|20)\d\d(?!\d))"
_EVERYWHERE = (
    rf"{_N}\s?[%％٪]|[%٪]\s?{_N}|{_N}\s?(?:mg|mcg|[µμ]g)(?![A-Za-z])"
    rf"|(?-i:(?<![A-Za-z])HR)\s?[=:]?\s?{_N}|(?<![A-Za-z])p\s?[<=≤]\s?[01]?[.,]\d"
)


def _english() -> str:
    numeral = (
        r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
        r"|seventy|eighty|ninety|hundred)(?:-\w{3,5})?\b)"
    )
    number = rf"(?:{_N}|{numeral})"
    people = r"(?:people|persons?|wom[ae]n|m[ae]n|patients?|adults?|child(?:ren)?|participants)\b"
    not_time = r"(?!\s(?:hours?|days?|weeks?|months?|years?|minutes?|doses?|cycles?|tablets?|visits?)\b)"
    step = "".join(f"(?<!{word} )" for word in ("step", "day", "week", "part", "page", "cycle", "stage", "dose"))
    share = r"(?:half|(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?)"
    return (
        rf"{number}\s(?:percent|per cent)\b|{_N}\s(?:micrograms?|milligrams?)\b"
        rf"|{number}\s(?:{people}\s)?(?:in|out of)\s(?:every\s|each\s)?{_NOT_A_YEAR}{number}{not_time}"
        rf"|{step}{_N}\sof\s(?:the\s|every\s|about\s)?{_NOT_A_YEAR}{_N}{not_time}|{number}\sof\severy\s{number}"
        rf"|{number}\sof\s(?:the\s)?{number}\s{people}"
        rf"|\b(?:of|among)\s(?:the\s|about\s|nearly\s|over\s|more than\s)?{_N}\s(?:\w+\s){{0,3}}?{people}"
        rf"[^.!?]{{0,60}}?{number}|\b{share}\s(?:of\s)?(?:\w+\s){{0,2}}?{people}"
        rf"|\b(?:(?:hazard|odds|risk) ratio|relative risk)\b[^!?]{{0,30}}?{_N}"
        rf"|{number}\stimes\s(?:more|less|as|higher|lower|greater|likelier|better|worse|longer|fewer|larger|the)\b"
        r"|\btwice (?:as|the)\b|\b(?:doubles?|doubled|halves?|halved) (?:the|your) (?:risk|chance)"
        rf"|\bmedian\b[^.!?]{{0,30}}?{_N}"
        rf"|\b(?:liv|surviv)\w+\s(?:\w+\s){{0,3}}?{number}\s(?:days?|weeks?|months?|years?)\s(?:longer|more)\b"
    )


def _spanish() -> str:
    numeral = (
        r"(?:\b(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|cuarenta|cincuenta"
        r"|sesenta|setenta|ochenta|noventa|cien)\b)"
    )
    number = rf"(?:{_N}|{numeral})"
    people = r"(?:personas?|pacientes?|mujer(?:es)?|hombres?|adultos|niños)\b"
    not_time = r"(?!\s(?:horas?|días?|semanas?|mes(?:es)?|años?|dosis|ciclos?)\b)"
    share = r"(?:la mitad|un tercio|dos tercios|una tercera parte|un cuarto|una cuarta parte|tres cuartas partes)"
    ratio = r"(?:cociente|razón|índice) de riesgos?|hazard ratio|odds ratio|riesgo relativo"
    return (
        rf"{number}\spor ciento\b|{_N}\s(?:microgramos?|miligramos?)\b|{number}\s(?:de|en)\scada\s{number}{not_time}"
        rf"|(?<!paso )(?<!día ){_N}\sde\s{_NOT_A_YEAR}{_N}{not_time}"
        rf"|\bde\s(?:las\s|los\s|entre\s)?{_N}\s(?:\w+\s){{0,3}}?{people}[^.!?]{{0,60}}?{number}"
        rf"|\b{share}\sde\s(?:\w+\s){{0,2}}?{people}|\b(?:{ratio})\b[^!?]{{0,30}}?{_N}"
        rf"|{number}\sveces\s(?:más|menos|mayor|menor|superior|mejor|peor)\b|\bel doble de\b|\bduplica\w*\b"
        rf"|\bmediana\b[^.!?]{{0,30}}?{_N}"
        rf"|\b(?:sobre)?viv\w+\s(?:\w+\s){{0,3}}?{number}\s(?:días|semanas|mes(?:es)?|años?)\smás\b"
    )


def _arabic() -> str:
    numeral = (
        r"(?:(?<!\w)(?:واحدة?|اثن(?:ان|ين)|(?:ثلاث|أربع|خمس|ست|سبع|ثماني|تسع|عشر)ة?|عشر(?:ون|ين)"
        r"|(?:ثلاث|أربع|خمس|ست|سبع|ثمان|تسع)(?:ون|ين)|مئة|مائة)(?!\w))"
    )
    number = rf"(?:{_N}|{numeral})"
    people = r"(?:ال)?(?:شخص|أشخاص|مريض|مرضى|نساء|امرأة|رجال|ناس|مصاب)"
    return (
        rf"{number}\s(?:ب|في ال)(?:ال)?م[ئا]+ة|{number}\sمن\s(?:بين\s)?كل\s{number}|{_N}\sمن\s(?:أصل\s)?{_N}"
        rf"|(?<!\w)من (?:بين|أصل|كل)\s{_N}\s\w+[^.!؟]{{0,60}}?{number}"
        rf"|(?<!\w)(?:نصف|ثلث|ثلثا|ثلثي|ربع|ثلاثة أرباع)\s{people}"
        rf"|(?:نسبة (?:الخطر|المخاطر|الأرجحية)|الخطر النسبي)[^!؟]{{0,30}}?{_N}"
        rf"|{number}\s?أضعاف|(?<!\w)ضعفي?\s(?:ال)?(?:خطر|عدد|نسبة)"
        rf"|{_N}\s?(?:ملغم?|مجم|ملجم|مي?كرو[غج]رام|مل+ي[غج]رام|ميلي[غج]رام)"
    )


def _chinese() -> str:
    numeral = "[一二两三四五六七八九十百千]{1,6}"
    number = rf"(?:{_N}|{numeral})"
    people = r"(?:[人名位例]|个(?!月|小时|星期|周)人?)"
    return (
        rf"百分之{number}|{number}\s?倍|{numeral}分之{numeral}|[一二三四五六七八九]成(?=的?(?:患者|病人|人|女性)|以上|左右)"
        rf"|一半的?(?:患者|病人|人|女性)|每\s?{number}\s?个?[人名位例].{{0,12}}?{number}"
        rf"|{number}\s?{people}[^。！？，]{{0,8}}?中[^。！？]{{0,10}}?{number}\s?[人名位例]"
        rf"|(?:风险比|危险比|相对风险|比值比|中位)[^。！？]{{0,14}}?{_N}|{_N}\s?(?:毫克|微克)"
    )


def _vietnamese() -> str:
    numeral = r"(?:\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm)\b)"
    number = rf"(?:{_N}|{numeral}(?:\s{numeral}){{0,2}})"
    people = r"(?:người|bệnh nhân|phụ nữ|nam giới)\b"
    return (
        rf"{number}\sphần trăm\b|{_N}\s(?:trong|trên)\s(?:số\s)?{_N}(?!\s(?:giờ|ngày|tuần|tháng|năm)\b)"
        rf"|{number}\strong\s(?:số\s|mỗi\s)?{number}\s{people}"
        rf"|\btrong\s(?:số\s)?{_N}\s{people}[^.!?]{{0,60}}?{_N}|\bcứ\s{number}\s{people}[^.!?]{{0,40}}?{number}"
        rf"|\b(?:một nửa|(?:một|hai|ba) phần (?:ba|tư|năm))\s(?:số\s)?{people}"
        rf"|\bt[ỷỉ] (?:số|lệ) (?:nguy cơ|rủi ro|chênh)\b[^!?]{{0,30}}?{_N}|\btrung vị\b[^.!?]{{0,30}}?{_N}"
        rf"|\bgấp\s(?:đôi\b|{number})|\b(?:cao|thấp|nhiều|ít|tăng|giảm)\s(?:hơn\s)?{number}\slần\b"
    )


def _compiled(own: str, before: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{_EVERYWHERE}|{own})", re.IGNORECASE)


# No claim begins within a word: said once, it spares trying all of them at every letter.
_BEGINS = "(?<![A-Za-z])"
CLAIMS = {
    "en": _compiled(_english(), _BEGINS),
    "es": _compiled(_spanish(), _BEGINS),
    "ar": _compiled(_arabic()),
    "zh-hans": _compiled(_chinese()),
    "vi": _compiled(_vietnamese(), _BEGINS),
}


@lru_cache(maxsize=1024)  # see `count_words`
def first_numeric_claim(text: str, language: str) -> str:
    """The first words of a text that say such a number; "" where none do."""
    claim = CLAIMS[language].search(unicodedata.normalize("NFC", text))
    return claim[0] if claim else ""
