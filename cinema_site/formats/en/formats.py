"""Saturday 28 November, 20:15. Twenty-four hours, as the house prints them on its tickets."""

CLOCK = "H:i"
DAY = "l j F"
SHORT_DAY = "D j F"
MOMENT = "D j F, H:i"
WEEKDAY, SHORT_WEEKDAY, DATE = "l", "D", "j F"
STAMP = "Y-m-d\\TH:i:sO"  # for <time>, which takes no microseconds
MONEY = "{symbol}{amount}"

# Django's own names, which the admin uses
DATE_FORMAT = "D j F Y"
TIME_FORMAT = CLOCK
DATETIME_FORMAT = "D j F Y, H:i"
