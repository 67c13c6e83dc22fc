"""Every address of the desk and the admin, by who may open it."""

# Pages of the desk that everybody with a role may open.
DESK = {
    "queue": "/admin/desk/",
    "mail": "/admin/desk/mail/",
    "export": "/admin/desk/table/?tab=all",
    "edition": "/admin/desk/editions/{waiting.pk}/",
    "reader-view": "/admin/desk/editions/{waiting.pk}/page/",
    "document": "/admin/desk/documents/{live.pk}/",
    "submit": "/admin/desk/documents/{live.pk}/en/submit/",
    "withdraw": "/admin/desk/documents/{live.pk}/en/withdraw/",
    "changes": "/admin/desk/documents/{live.pk}/en/changes/",
    "revoke": "/admin/desk/sign-offs/{sign_off.pk}/revoke/",
    "translate": "/admin/translate/{live.pk}/es/",
    "articles_article_changelist": "/admin/articles/article/",
    "articles_article_change": "/admin/articles/article/{live.pk}/change/",
    "articles_topic_changelist": "/admin/articles/topic/",
    "articles_topic_change": "/admin/articles/topic/{topic.pk}/change/",
    "articles_topic_history": "/admin/articles/topic/{topic.pk}/history/",
    "library_sitewords_changelist": "/admin/library/sitewords/",
    "library_sitewords_change": "/admin/library/sitewords/{words.pk}/change/",
    "library_glossaryentry_changelist": "/admin/library/glossaryentry/",
    "library_glossaryentry_change": "/admin/library/glossaryentry/{entry.pk}/change/",
    "library_figure_changelist": "/admin/library/figure/",
    "library_figure_change": "/admin/library/figure/{figure.pk}/change/",
    "drugs_monograph_changelist": "/admin/drugs/monograph/",
    "drugs_monograph_change": "/admin/drugs/monograph/{drug.pk}/change/",
    "library_reference_changelist": "/admin/library/reference/",
    "library_reference_change": "/admin/library/reference/{reference.pk}/change/",
    "library_pick": "/admin/library/reference/pick/?q=a",
}
# Addresses that only take POST: see VERBS.
VERBS_ONLY = {
    "drugs_event_verify": "/admin/drugs/monograph/decisions/{event.pk}/verify/",
    "dismiss": "/admin/desk/rechecks/{recheck.pk}/dismiss/",
    "sign": "/admin/desk/editions/{waiting.pk}/sign/",
    "reaffirm": "/admin/desk/editions/{edition.pk}/reaffirm/",
    "remark": "/admin/desk/editions/{waiting.pk}/remark/",
    "send-back": "/admin/desk/editions/{waiting.pk}/send-back/",
    "address": "/admin/desk/documents/{live.pk}/address/",
}
# Pages of the admin for some roles only: {name: (address, who may)}.
SOME = {
    "overview": ("/admin/desk/overview/", {"head"}),
    "overview-export": ("/admin/desk/overview/table/?table=current", {"head"}),
    "articles_article_add": ("/admin/articles/article/add/", {"author", "head"}),
    "articles_topic_add": ("/admin/articles/topic/add/", {"author", "head"}),
    "library_sitewords_add": ("/admin/library/sitewords/add/", {"author", "head"}),
    "library_glossaryentry_add": ("/admin/library/glossaryentry/add/", {"author", "head"}),
    "library_reference_add": ("/admin/library/reference/add/", {"author", "head", "drug_admin"}),
    "library_figure_add": ("/admin/library/figure/add/", {"author", "head", "drug_admin"}),
    "drugs_monograph_add": ("/admin/drugs/monograph/add/", {"drug_admin"}),
    "drugs_event_record": ("/admin/drugs/monograph/{drug.pk}/record/", {"drug_admin"}),
    "drugs_event_correct": ("/admin/drugs/monograph/decisions/{event.pk}/correct/", {"drug_admin"}),
    "accounts_user_changelist": ("/admin/accounts/user/", {"admin"}),
    "accounts_user_add": ("/admin/accounts/user/add/", {"admin"}),
    "accounts_user_change": ("/admin/accounts/user/{author.pk}/change/", {"admin"}),
    "accounts_user_history": ("/admin/accounts/user/{author.pk}/history/", {"admin"}),
    "auth_user_password_change": ("/admin/accounts/user/{author.pk}/password/", {"admin"}),
    "accounts_reviewer_changelist": ("/admin/accounts/reviewer/", {"admin"}),
    "accounts_reviewer_add": ("/admin/accounts/reviewer/add/", {"admin"}),
    "accounts_reviewer_change": ("/admin/accounts/reviewer/{reviewer.reviewer.pk}/change/", {"admin"}),
    "accounts_reviewer_history": ("/admin/accounts/reviewer/{reviewer.reviewer.pk}/history/", {"admin"}),
    "reviews_mail_changelist": ("/admin/reviews/mail/", {"admin"}),
    "reviews_mail_change": ("/admin/reviews/mail/{mail.pk}/change/", {"admin"}),
    "reviews_mail_history": ("/admin/reviews/mail/{mail.pk}/history/", {"admin"}),
    "reviews_question_changelist": ("/admin/reviews/question/", {"head", "admin"}),
    "reviews_question_add": ("/admin/reviews/question/add/", {"head", "admin"}),
    "reviews_question_change": ("/admin/reviews/question/{question.pk}/change/", {"head", "admin"}),
    "reviews_question_history": ("/admin/reviews/question/{question.pk}/history/", {"head", "admin"}),
    "reviews_signoffpolicy_changelist": ("/admin/reviews/signoffpolicy/", {"head", "admin"}),
    "reviews_signoffpolicy_add": ("/admin/reviews/signoffpolicy/add/", {"head", "admin"}),
    "reviews_signoffpolicy_change": ("/admin/reviews/signoffpolicy/{policy.pk}/change/", {"head", "admin"}),
    "reviews_signoffpolicy_history": ("/admin/reviews/signoffpolicy/{policy.pk}/history/", {"head", "admin"}),
    "reviews_signoffpolicy_delete": ("/admin/reviews/signoffpolicy/{policy.pk}/delete/", {"head", "admin"}),
}
# Nobody: records and people are not deleted, and no stock page writes or reverts a working copy.
NOBODY = {
    "reviews_question_delete": "/admin/reviews/question/{question.pk}/delete/",
    "reviews_mail_add": "/admin/reviews/mail/add/",
    "reviews_mail_delete": "/admin/reviews/mail/{mail.pk}/delete/",
    "articles_article_history": "/admin/articles/article/{live.pk}/history/",
    "articles_article_delete": "/admin/articles/article/{live.pk}/delete/",
    "articles_topic_delete": "/admin/articles/topic/{topic.pk}/delete/",
    "library_sitewords_history": "/admin/library/sitewords/{words.pk}/history/",
    "library_sitewords_delete": "/admin/library/sitewords/{words.pk}/delete/",
    "library_glossaryentry_history": "/admin/library/glossaryentry/{entry.pk}/history/",
    "library_glossaryentry_delete": "/admin/library/glossaryentry/{entry.pk}/delete/",
    "library_figure_history": "/admin/library/figure/{figure.pk}/history/",
    "library_figure_delete": "/admin/library/figure/{figure.pk}/delete/",
    "drugs_monograph_history": "/admin/drugs/monograph/{drug.pk}/history/",
    "drugs_monograph_delete": "/admin/drugs/monograph/{drug.pk}/delete/",
    "library_reference_history": "/admin/library/reference/{reference.pk}/history/",
    "library_reference_delete": "/admin/library/reference/{reference.pk}/delete/",
    "accounts_user_delete": "/admin/accounts/user/{author.pk}/delete/",
    "accounts_reviewer_delete": "/admin/accounts/reviewer/{reviewer.reviewer.pk}/delete/",
}
# Part of signing in and out, or Django's own helpers of admin pages.
FRAME = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site",
    "app_list", "admin_password_reset", "password_reset_done", "password_reset_confirm", "password_reset_complete",
    None,
}  # fmt: skip
WITH_A_ROLE = [
    "author", "reviewer", "translator", "drug_admin", "head", "operator", "admin", "english_reviewer",
]  # fmt: skip
WITHOUT_ONE = ["nobody", "superuser"]
EVERY = {**DESK, **VERBS_ONLY, **{name: address for name, (address, _who) in SOME.items()}, **NOBODY}
