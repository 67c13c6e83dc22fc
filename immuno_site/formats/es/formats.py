from ..zone import ZONE

TIME_FORMAT = f"H:i {ZONE}"
DATETIME_FORMAT = rf"j \d\e F \d\e Y \a \l\a\s H:i {ZONE}"
SHORT_DATETIME_FORMAT = f"d/m/Y H:i {ZONE}"
SHORT_MONTH_FORMAT = "M Y"  # our own: the month of a review
