import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoppedTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('reminder', 'The day before a check-in is due'), ('digest', 'How things stand, on Mondays, to those who lead a team'), ('asked', 'When somebody asks you for something: help, input, an answer'), ('answered', 'When somebody answers what you asked or said'), ('told', 'When something changes that you work on, or your place in a team')], max_length=10)),
                ('stopped_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stopped_topics', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'topic'), name='topic_is_stopped_once')],
            },
        ),
    ]
