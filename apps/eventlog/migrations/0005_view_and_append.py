"""The look and the append again, in fewer statements and with less to take apart."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0004_look_and_append")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
