"""Samstag, 28. November, 20:15 Uhr."""

CLOCK = "H:i"
DAY = "l, j. F"
SHORT_DAY = "D, j. F"
MOMENT = "l, j. F, H:i \\U\\h\\r"
WEEKDAY, SHORT_WEEKDAY, DATE = "l", "D", "j. F"
STAMP = "Y-m-d\\TH:i:sO"  # for <time>, which takes no microseconds
MONEY = "{amount}\N{NO-BREAK SPACE}{symbol}"

# Django's own names, which the admin uses
DATE_FORMAT = "D, j. F Y"
TIME_FORMAT = CLOCK
DATETIME_FORMAT = "D, j. F Y, H:i"
