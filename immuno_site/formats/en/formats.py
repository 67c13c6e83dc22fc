from ..zone import ZONE

TIME_FORMAT = f"P {ZONE}"
DATETIME_FORMAT = f"N j, Y, P {ZONE}"
SHORT_DATETIME_FORMAT = f"m/d/Y P {ZONE}"
SHORT_MONTH_FORMAT = "M Y"  # our own: the month of a review
