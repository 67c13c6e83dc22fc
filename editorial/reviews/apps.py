from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "editorial.reviews"
    label = "reviews"
