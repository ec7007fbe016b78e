"""The append function, the barrier and the append-only trigger."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0001_initial")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
