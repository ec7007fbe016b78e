"""What an append stands on: the barrier, the log's own positions, the append-only trigger."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0001_initial")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
