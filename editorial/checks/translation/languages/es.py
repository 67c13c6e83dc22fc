"""Spanish."""

from .words import LanguageWords

_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_MONTH = rf"(?P<m>{'|'.join([*_MONTHS, 'setiembre'])})(?![^\W_])"
_TENS = {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90}

WORDS = LanguageWords(
    cardinals={
        "cero": 0, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
        "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16,
        "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21, "veintiún": 21,
        "veintiuna": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26,
        "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, **_TENS, "cien": 100, "ciento": 100,
        "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
        "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "setecientos": 700,
        "ochocientos": 800, "novecientos": 900, "mil": 1000, "millón": 1e6, "millones": 1e6,
    },
    weak={
        "un": 1, "una": 1, "uno": 1, "única": 1, "único": 1, "sola": 1, "solo": 1, "ambos": 2, "ambas": 2, "par": 2,
        "doble": 2, "triple": 3, "docena": 12, "cientos": 100, "miles": 1000, "otro": 2, "otra": 2, "pareja": 2,
        "quincenal": 2, "quincena": 15,
    },
    ordinals={
        "primer": 1, "primera": 1, "primero": 1, "primeras": 1, "primeros": 1, "segunda": 2, "segundo": 2,
        "tercer": 3, "tercera": 3, "tercero": 3, "cuarta": 4, "cuarto": 4, "quinta": 5, "quinto": 5, "sexta": 6,
        "sexto": 6, "séptima": 7, "séptimo": 7, "octava": 8, "octavo": 8, "novena": 9, "noveno": 9, "décima": 10,
        "décimo": 10,
    },
    counted={},
    weekdays={"lunes": 1, "martes": 2, "miércoles": 3, "jueves": 4, "viernes": 5, "sábado": 6, "sábados": 6,
              "domingo": 7, "domingos": 7},
    fractions={"mitad": 0.5, "medio": 0.5, "media": 0.5, "un tercio": 1 / 3, "una tercera parte": 1 / 3,
               "dos tercios": 2 / 3, "un cuarto": 0.25, "cuarta parte": 0.25, "la cuarta parte": 0.25,
               "tercera parte": 1 / 3, "tres cuartos": 0.75, "tres cuartas partes": 0.75},
    multipliers={"cientos": 100, "mil": 1000, "millones": 1e6, "millón": 1e6},
    joiner=r" y ",
    masked=r"en primer lugar|primeros auxilios|por medio de|medio ambiente|en medio de|del medio|en media|triple negativ[oa]s?"
    r"|media(?:na|no|ción)|a veces|una vez que|medios?(?= de)|del? (?:sí|no)|dos puntos",
    units={
        r"mg|miligramos?": "mg", r"mcg|[µμ]g|ug|microgramos?": "mcg", r"kg|kilogramos?|kilos?": "kg",
        r"g|gramos?": "g", r"ml|mililitros?|cc": "ml", r"l|litros?": "l", r"ui|iu|unidades internacionales": "iu",
        r"unidad(?:es)?": "unit", r"[%％٪]|por ciento": "%",
        r"°\s?f|℉|grados? fahrenheit|fahrenheit": "°F", r"°\s?c|℃|grados? (?:celsius|centígrados?)|celsius": "°C",
        r"mm": "mm", r"cm|centímetros?": "cm", r"segundos?": "s", r"minutos?|min": "min", r"horas?|h": "h",
        r"días?": "day", r"semanas?": "week", r"mes(?:es)?": "month", r"años?": "year", r"vez|veces": "times",
    },
    ranges=r"–|-|—|a|y|o|u|e|hasta|al|,|/|y hasta|y los|a los|y las|a las|y el|y la|a la",
    frequencies={
        r"diari[oa]s?|diariamente|a diario|cada día|al día|por día|todos los días|cada noche|todas las noches": "day",
        r"semanal(?:es|mente)?|cada semana|(?:a la|por) semana|todas las semanas": "week",
        r"mensual(?:es|mente)?|cada mes|al mes|por mes|todos los meses": "month",
        r"cada hora|por hora|a la hora": "h", r"anual(?:es|mente)?|cada año|al año|por año": "year",
    },
    months={name: number for number, name in enumerate(_MONTHS, 1)} | {"setiembre": 9},
    date_patterns=(
        rf"(?P<d>\d{{1,2}}|primero|1\.?º)\.?\s+de\s+{_MONTH}(?:,?\s+(?:del?\s+)?(?P<y>\d{{4}})(?!\d))?",
        rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?!\d),?(?:\s+(?:del?\s+)?(?P<y>\d{{4}})(?!\d))?",
        rf"{_MONTH},?\s+(?:del?\s+)?(?P<y>\d{{4}})(?!\d)",
        rf"(?<![^\W_]){_MONTH}",
    ),
    numeric_date="dmy",
    raises=r"(?:al|por lo|como) (?:menos|mínimo)|no menos de|o (?:más|mayor(?:es)?|superior(?:es)?)"
    r"|(?<!no )(?<!no más)(?:más|mayor(?:es)?|superior(?:es)?) (?:de|que|a|al)(?! lo)|por encima|supere?n?"
    r"|mínimo(?: de)?|a partir de(?= \d)|en adelante|≥|>|⩾|sobre(?= \d)",
    lowers=r"(?:a|como|por) lo (?:sumo|más)|(?:como|al) máximo|no más de|no (?:más|mayor) (?:de|que)"
    r"|o (?:menos|menor(?:es)?|inferior(?:es)?)|(?<!al )(?<!no )(?:menos|menor(?:es)?|inferior(?:es)?) (?:de|que|a|al)"
    r"|hasta|por debajo|máximo(?: de)?|bajo(?= \d)|dentro de(?= (?:los |las )?\d)|≤|<|⩽",
    opposites=(
        (r"antes|previo a|dentro de(?= (?:los |las |un )?\w)|en (?:las|los)(?= \d)", r"después|tras|luego de|posterior a"),
        (r"aument\w+|sub(?:e|en|ir|ido)|increment\w+|elev\w+", r"disminu\w+|redu\w+|baj(?:a|an|ar|ado)"),
        (r"empe[cz]\w+|empie[cz]\w+|comien\w+|comenz\w+|inici\w+", r"suspend\w+|dej[ae]\w*|deten\w+|detien\w+|interrump\w+"),
        (r"izquierd[oa]", r"derech[oa]"),
        (r"a\.? ?m\.?|(?:de|por) la mañana", r"p\.? ?m\.?|(?:de|por) la (?:tarde|noche)"),
        (r"con (?:la |el |las )?(?:comida|alimento)s?", r"sin (?:comida|alimentos)|en ayunas|con el estómago vacío"),
    ),
    negations=r"no|nunca|jamás|sin|ni|ning[uú]n[oa]?s?|nada|nadie|tampoco|evit\w+|salvo|excepto|a menos que|imposible"
    r"|dej(?:a|an|ó|ar|e|en) de",
    excuses=r"poco probable|evitan?|si no|no solo|o no|no más de|no menos de|sin embargo|todavía no|aún no|por qué no|salvo|excepto|sin",
    care={
        "emergency": r"emergencias?|urgencias?|ambulancia", "now": r"enseguida|de inmediato|inmediat\w+|en seguida|ya"
        r"|ahora mismo|cuanto antes|lo antes posible|urgent\w+|sin demora|urgencia|al momento",
        "today": r"mismo día|hoy|24 horas",
    },
    quotes="«»“”‘’",
    length=(0.6, 2.4),
    common=r"el|la|los|las|de|del|que|con|para|por|una|un|en|su|se|es",
    doubled=frozenset({"poco", "muy"}),
)  # fmt: skip
