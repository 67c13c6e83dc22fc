"""Fonts whose letters are signs: a letter m in the font Symbol is read as μ, so that "5 mg" is "5 μg".

The code points are those of Adobe's Symbol encoding (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt)
and the signs that Word puts in from Wingdings by itself.
"""

_GREEK = dict(zip("ABCDEFGHIKLMNOPQRSTUWXYZ", "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖ", strict=True)) | dict(
    zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)
)
_SYMBOL = (
    _GREEK
    | dict(zip("JV", "ϑς", strict=True))
    | {'"': "∀", "$": "∃", "'": "∋", "*": "∗", "-": "−", "@": "≅", "\\": "∴", "^": "⊥", "~": "∼"}
    | {
        chr(0xA1 + place): sign
        for place, sign in enumerate("ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑")
    }
)
_WINGDINGS = {
    "à": "→", "ß": "←", "á": "↑", "â": "↓", "è": "→", "ç": "←", "ü": "✓", "û": "✗", "þ": "☑", "ý": "☒",
    "o": "□", "q": "❑", "n": "■", "l": "●", "§": "▪", "Ø": "➢", "J": "☺", "L": "☹", "K": "😐", "¨": "◻",
    "v": "❖", "F": "☞",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_SAME = frozenset("0123456789 .,:;!?()[]{}<>=+/&%_|#\u00a0")  # what both fonts show as it is, or as nothing else
_OTHER_FONTS = ("webdings", "wingdings 2", "wingdings 3", "zapfdingbats", "zapf dingbats")


def symbol_font(families: str) -> str:
    """The font whose letters are signs, of a list of families as CSS has it; "" for any other."""
    name = families.split(",")[0].strip(" '\"").lower()
    return name if name in _FONTS or name in _OTHER_FONTS else ""


def replace_symbols(text: str, font: str) -> tuple[str, list[tuple[str, str]], list[str]]:
    """(the text with the signs that its letters show, each (letter, sign), letters whose sign is not known)."""
    signs = _FONTS.get(font, {})
    same = _SAME if font == "symbol" else frozenset(" \u00a0")
    shown, replaced, unknown = [], [], []
    for letter in text:
        # Word writes letters of such fonts in the private use area as well.
        low = chr(ord(letter) & 0xFF) if "\uf020" <= letter <= "\uf0ff" else letter
        if low in signs:
            shown.append(signs[low])
            replaced.append((low, signs[low]))
        else:
            shown.append(low)
            if low not in same and not low.isspace() and ord(low) < 0x100:
                unknown.append(low)
    return "".join(shown), replaced, unknown
