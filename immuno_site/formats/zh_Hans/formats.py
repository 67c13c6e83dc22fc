from ..zone import ZONE

# With a space between numbers and characters, as the site's words have them.
DATE_FORMAT = "Y 年 n 月 j 日"
SHORT_DATE_FORMAT = "Y 年 n 月 j 日"
YEAR_MONTH_FORMAT = "Y 年 n 月"
MONTH_DAY_FORMAT = "n 月 j 日"
TIME_FORMAT = f"H:i {ZONE}"
DATETIME_FORMAT = f"Y 年 n 月 j 日 H:i {ZONE}"
SHORT_DATETIME_FORMAT = f"Y 年 n 月 j 日 H:i {ZONE}"
SHORT_MONTH_FORMAT = "Y 年 n 月"  # our own: the month of a review
