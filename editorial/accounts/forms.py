"""Logging in to the desk."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst

from .models import User

LONGEST = User._meta.get_field("username").max_length or 150


class LoginForm(AdminAuthenticationForm):
    """Django's form tells only browsers how long a name may be; the record of failed attempts takes no longer one."""

    username = UsernameField(
        label=capfirst(User._meta.get_field("username").verbose_name),
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.TextInput({"autofocus": True, "maxlength": LONGEST}),
    )
