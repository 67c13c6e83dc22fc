"""Vietnamese."""

from .words import LanguageWords

_UNIT_WORDS = (
    r"giây|phút|giờ|tiếng|ngày|tuần|tháng|năm|lần|liều|viên|giọt|người|tuổi|bước|loại|chu kỳ|đợt|mũi|gói|ống|phần"
)
_MONTH_WORDS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH = rf"tháng\s+(?P<m>\d{{1,2}}|mười một|mười hai|{'|'.join(word for word in _MONTH_WORDS if ' ' not in word)})(?![^\W_])"

WORDS = LanguageWords(
    tens_multiply=True,
    cardinals={
        "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
        "chín": 9, "mười": 10, "mươi": 10, "tư": 4, "trăm": 100, "nghìn": 1000, "ngàn": 1000,
        "triệu": 1e6, "tỷ": 1e9,
    },
    weak={"một": 1, "cả hai": 2, "một trong hai": 2, "hai bên": 2, "đôi": 2, "cặp": 2, "bộ ba": 3, "gấp đôi": 2, "tá": 12, "hàng trăm": 100,
          "hàng nghìn": 1000, "duy nhất": 1, "nhì": 2},
    ordinals={"đầu tiên": 1, "thứ nhất": 1, "thứ hai": 2, "thứ nhì": 2, "thứ ba": 3, "thứ tư": 4, "thứ năm": 5,
              "thứ sáu": 6, "thứ bảy": 7, "thứ tám": 8, "thứ chín": 9, "thứ mười": 10, "lần đầu": 1},
    counted={},
    surroundings={
        # "Năm" is five and year, and year after a number.
        "năm": r"(?<!\d )(?<!hai )(?<!ba )(?<!bốn )(?<!sáu )(?<!bảy )(?<!tám )(?<!chín )(?<!mười )(?<!mươi )(?<!mấy )"
        rf"(?<!vài )(?<!nhiều )(?<!một )năm(?=\s+(?:{_UNIT_WORDS}|loại|cách|câu|mươi|trăm|nghìn|ngàn|triệu|phần)\b)"
        r"|(?<=trăm )năm(?=\s+mươi)|(?<=năm )năm(?=\s+mươi)",
        "tư": r"(?<=mươi )tư", "triệu": r"triệu(?!\s(?:chứng|tập|hồi))", "tỷ": r"tỷ(?!\slệ)",
        "chín": r"(?<!nấu )(?<!chưa )chín(?! kỹ)",
    },
    weekdays={"thứ hai": 1, "thứ ba": 2, "thứ tư": 3, "thứ năm": 4, "thứ sáu": 5, "thứ bảy": 6, "chủ nhật": 7},
    fractions={"nửa": 0.5, "một nửa": 0.5, "một phần ba": 1 / 3, "hai phần ba": 2 / 3, "một phần tư": 0.25,
               "ba phần tư": 0.75},
    multipliers={"trăm": 100, "nghìn": 1000, "ngàn": 1000, "triệu": 1e6, "tỷ": 1e9},
    joiner=r" (?:linh |lẻ )?",
    masked=r"bộ ba âm tính|ba mẹ|một số|một vài|một trong(?! hai)|năm ngoái|năm nay|hằng năm|hàng năm|mỗi năm(?! (?:tuần|ngày|tháng|giờ|phút))|nhiều năm"
    r"|vài năm|những năm|các năm|trong năm(?! năm)|mỗi một|riêng tư|đầu tư|tư vấn|tư thế|chứng tư|trăm phần trăm"
    r"|đông tư|bác sĩ tư|tư nhân|nửa đêm",
    and_half=r"rưỡi",
    units={
        r"mg|miligam": "mg", r"mcg|[µμ]g|ug|micrôgam|microgam": "mcg", r"kg|kilôgam|kí|ký|cân": "kg", r"g|gam": "g",
        r"ml|mililít|mililit|cc": "ml", r"l|lít": "l", r"iu|đơn vị quốc tế": "iu", r"đơn vị": "unit",
        r"[%％٪]|phần trăm": "%", r"°\s?f|℉|độ f(?:ahrenheit)?": "°F", r"°\s?c|℃|độ c(?:elsius)?": "°C",
        r"mm": "mm", r"cm|xentimét": "cm", r"giây": "s", r"phút": "min", r"giờ|tiếng(?: đồng hồ)?": "h", r"ngày": "day",
        r"tuần": "week", r"tháng": "month", r"năm": "year", r"lần": "times",
    },
    ranges=r"–|-|—|đến|tới|và|hoặc|hay|,|/|cho đến",
    frequencies={
        r"(?:hằng|hàng|mỗi|một|trong|/|từng|mọi)\s?ngày|mỗi đêm|mỗi tối|ngày (?=(?:một|hai|ba|bốn|\d) lần)": "day",
        r"(?:hằng|hàng|mỗi|một|từng)\s?tuần|tuần (?=(?:một|hai|ba|\d) lần)": "week",
        r"(?:hằng|hàng|mỗi|một|từng)\s?tháng|tháng (?=(?:một|hai|ba|\d) lần)": "month",
        r"(?:hằng|hàng|mỗi|một)\s?(?:giờ|tiếng)": "h", r"(?:hằng|hàng|mỗi|một)\s?năm": "year",
    },
    months=_MONTH_WORDS,
    date_patterns=(
        rf"(?:ngày\s+|mùng\s+)?(?P<d>\d{{1,2}})\s+{_MONTH}(?:(?:,\s*|\s+)(?:năm\s+)?(?P<y>\d{{4}})(?!\d))?",
        rf"{_MONTH}(?:(?:,\s*|\s+)(?:năm\s+)?|\s*/\s*)(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\d )(?<!(?:hai|sáu|bảy|tám|bốn|năm|một) )(?<!(?:ba|vài|các|mấy) )(?<!(?:chín|mười|hàng|hằng|từng|nhiều) ){_MONTH}(?!\s*(?:tháng|{_UNIT_WORDS})\b)"
        .replace("(?<!(?:hai|sáu|bảy|tám|bốn|năm|một) )",
                 "".join(f"(?<!{w} )" for w in ("hai", "sáu", "bảy", "tám", "bốn", "năm", "một")))
        .replace("(?<!(?:ba|vài|các|mấy) )", "".join(f"(?<!{w} )" for w in ("ba", "vài", "các", "mấy")))
        .replace("(?<!(?:chín|mười|hàng|hằng|từng|nhiều) )",
                 "".join(f"(?<!{w} )" for w in ("chín", "mười", "hàng", "hằng", "từng", "nhiều"))),
    ),
    numeric_date="dmy",
    raises=r"ít nhất|tối thiểu|không dưới|không ít hơn|trở lên|(?<!không )(?:nhiều|cao|lớn|lâu|dài|muộn) hơn"
    r"|(?<!không )hơn(?= \d)|(?<!không )quá(?= \d)|(?<!không )vượt|(?<!không )trên(?= (?:\d|hai|ba|mười))"
    r"|hoặc (?:cao|nhiều|lâu|hơn)\w*(?: hơn)?|≥|>|⩾",
    lowers=r"nhiều nhất|tối đa|không (?:quá|hơn|vượt|nhiều hơn|lâu hơn|muộn hơn|trên)|trở xuống"
    r"|(?<!không )(?:ít|thấp|nhỏ|ngắn|sớm) hơn|(?<!không )dưới(?= (?:\d|hai|ba|mười))|trong vòng(?= \d)"
    r"|(?:lên |cho )?(?:đến|tới)(?= (?:\d+ )?(?:mg|%))|≤|<|⩽",
    opposites=(
        (r"trước|trong vòng", r"sau"),
        (r"tăng|gia tăng|nâng", r"giảm|hạ"),
        (r"bắt đầu|khởi đầu", r"ngừng|dừng|ngưng|thôi"),
        (r"trái", r"bên phải|tay phải|phía phải"),
        (r"(?:giờ|\d) sáng|buổi sáng", r"(?:giờ|\d) (?:tối|chiều)|buổi (?:tối|chiều)"),
        (r"cùng (?:với )?(?:thức ăn|bữa ăn)|trong bữa ăn|khi ăn", r"lúc đói|khi đói|bụng đói|không (?:cùng|kèm) (?:với )?thức ăn"),
    ),
    negations=r"không|chưa|chẳng|chả|đừng|chớ|tránh|cấm|trừ khi|ngoại trừ|thiếu|vô|khỏi|trừ phi|chống",
    excuses=r"có .{0,60}không|hay không|hay chưa|không chỉ|không quá|chưa|bao nhiêu|vô|thiếu|khỏi|chống|tránh|không (?:quá|hơn|dưới)",
    care={
        "emergency": r"cấp cứu|khẩn cấp|xe cứu thương", "now": r"ngay|lập tức|tức thì|khẩn|càng sớm càng tốt",
        "today": r"cùng ngày|trong ngày|hôm nay|24 giờ",
    },
    quotes="“”‘’«»",
    length=(0.6, 2.4),
    common=r"và|của|là|có|cho|được|các|không|với|những|quý|vị",
    doubled=frozenset({"năm", "luôn", "dần", "ngày", "rất", "thường", "đều", "mãi", "xa", "từ", "hay", "nhè", "lâu",
                       "ai", "đâu", "chậm", "nhanh", "song", "nho", "sớm"}),
)  # fmt: skip
