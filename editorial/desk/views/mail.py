"""Each person's own choice of mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from editorial.accounts.services import choose_mail

from ..forms import MailForm
from ..frame import DeskRequest, desk_view, render


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def email_settings(request: DeskRequest) -> HttpResponse:
    user = request.user
    given = request.POST if request.method == "POST" else None
    form = MailForm(given, initial={"choice": user.mail_choice, "language": user.mail_language})
    if given is not None and form.is_valid():
        choose_mail(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("desk:mail")
    return render(
        request, "desk/mail.html", {"form": form}, title=_("Email settings"), status=400 if form.errors else 200
    )
