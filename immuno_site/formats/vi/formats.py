from ..zone import ZONE

# Django's own begins with "Ngày", a capital within a sentence, and twice where a message says "ngày" itself.
DATE_FORMAT = r"j \t\há\n\g n \nă\m Y"
SHORT_DATE_FORMAT = "d/m/Y"
YEAR_MONTH_FORMAT = r"\t\há\n\g n \nă\m Y"
MONTH_DAY_FORMAT = r"j \t\há\n\g n"
TIME_FORMAT = f"H:i {ZONE}"
DATETIME_FORMAT = rf"H:i {ZONE}, j \t\há\n\g n \nă\m Y"
SHORT_DATETIME_FORMAT = f"H:i {ZONE} d/m/Y"
SHORT_MONTH_FORMAT = "n/Y"  # our own: the month of a review
