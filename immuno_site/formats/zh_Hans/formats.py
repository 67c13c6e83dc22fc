from ..zone import ZONE

TIME_FORMAT = f"H:i {ZONE}"
DATETIME_FORMAT = f"Y年n月j日 H:i {ZONE}"
SHORT_DATETIME_FORMAT = f"Y年n月j日 H:i {ZONE}"
SHORT_MONTH_FORMAT = "Y年n月"  # our own: the month of a review
