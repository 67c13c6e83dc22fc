"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("accounts", "0001_initial"), ("accounts", "0002_addresses_sessions_and_namesakes")]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="What they can do there depends on their roles.",
                        verbose_name="can log in to the desk",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Clear this when somebody leaves. Accounts are never deleted, because records name them.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "mail_choice",
                    models.CharField(
                        choices=[
                            ("at-once", "Immediately, one email each"),
                            ("daily", "Once a day, all in one email"),
                            ("none", "No email"),
                        ],
                        default="at-once",
                        max_length=10,
                        verbose_name="when to receive email",
                    ),
                ),
                (
                    "mail_language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("es", "Español"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                            ("vi", "Tiếng Việt"),
                        ],
                        default="en",
                        max_length=10,
                        verbose_name="email language",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                ("email_changed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("sessions_ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "name",
                    models.CharField(
                        help_text="As readers see it, for example Ana Ruiz.", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "letters",
                    models.CharField(
                        help_text="For example MD, PhD or RN, OCN.", max_length=80, verbose_name="letters"
                    ),
                ),
                (
                    "specialty",
                    models.CharField(
                        choices=[
                            ("medical-oncology", "Medical oncology"),
                            ("breast-surgery", "Breast surgery"),
                            ("radiation-oncology", "Radiation oncology"),
                            ("oncology-nursing", "Oncology nursing"),
                            ("oncology-pharmacy", "Oncology pharmacy"),
                            ("pathology", "Pathology"),
                            ("family-medicine", "Family medicine"),
                        ],
                        max_length=40,
                        verbose_name="specialty",
                    ),
                ),
                ("valid_until", models.DateField(verbose_name="registration valid until")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewer",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "distinction",
                    models.CharField(
                        blank=True,
                        help_text="Needed where another reviewer has the same name: for example the hospital and its city.",
                        max_length=120,
                        verbose_name="line that tells them apart",
                    ),
                ),
            ],
            options={
                "verbose_name": "reviewer's credentials",
                "verbose_name_plural": "reviewers' credentials",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("slug"), name="reviewer_slug_unique_in_any_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewerLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("es", "Español"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                            ("vi", "Tiếng Việt"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="languages", to="accounts.reviewer"
                    ),
                ),
            ],
            options={
                "verbose_name": "language that they may sign in",
                "verbose_name_plural": "languages that they may sign in",
                "constraints": [models.UniqueConstraint(fields=("reviewer", "language"), name="one_row_per_language")],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "Author"),
                            ("reviewer", "Medical reviewer"),
                            ("translator", "Translator"),
                            ("drug-admin", "Drug admin"),
                            ("head", "Head of content"),
                            ("operator", "Duty operator"),
                            ("site-admin", "Site admin"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("en", "English"),
                            ("es", "Español"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                            ("vi", "Tiếng Việt"),
                        ],
                        help_text="For translators: the language that they write. Leave empty for other roles.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "role", "language"), name="one_grant_of_each_role"),
                    models.CheckConstraint(
                        condition=models.Q(("role", "translator"), ("language", ""), _connector="XOR"),
                        name="translators_have_a_language",
                        violation_error_message="A translator's role needs a language; other roles have none.",
                    ),
                ],
            },
        ),
    ]
