
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("checkin", "0001_initial"),
        ("events", "0001_initial"),
        ("registrations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="registration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="registrations.registration"
            ),
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checkpoints", to="events.event"
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="checkpoint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="checkin.checkpoint"
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="checkpoint",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="checkin.checkpoint",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="registration",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="registrations.registration",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="scanned_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="undoes",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="undone_by", to="checkin.scan"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("registration", "checkpoint"), name="one_attendance_per_checkpoint"
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(fields=["checkpoint", "-received_at"], name="scans_latest"),
        ),
    ]
