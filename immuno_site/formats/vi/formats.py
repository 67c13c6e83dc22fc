from ..zone import ZONE

TIME_FORMAT = f"H:i {ZONE}"
DATETIME_FORMAT = rf"H:i {ZONE} \N\gà\y d \t\há\n\g n \nă\m Y"
SHORT_DATETIME_FORMAT = f"H:i {ZONE} d-m-Y"
SHORT_MONTH_FORMAT = "n/Y"  # our own: the month of a review
