from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("eventlog", "0002_append")]

    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("holder", models.TextField()),
                ("until", models.DateTimeField()),
            ],
        ),
    ]
