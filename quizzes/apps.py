from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "Quizzes"

    def ready(self) -> None:
        """Connect the adoption of a guest's answers at sign-up and sign-in."""
        import quizzes.receivers  # noqa: F401  (importing connects; models are not ready before this)
