from ..zone import ZONE

DATE_FORMAT = "j F Y"
TIME_FORMAT = f"g:i A {ZONE}"
DATETIME_FORMAT = f"j F Y، g:i A {ZONE}"
SHORT_DATETIME_FORMAT = f"d/m/Y g:i A {ZONE}"
SHORT_MONTH_FORMAT = "F Y"  # our own: the month of a review
