"""Looking becomes a function too, and appending a faster one."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0003_lease")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
