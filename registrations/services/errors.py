"""What can go wrong with a registration, as sentences for people."""


class RegistrationError(Exception):
    """Something about a registration can't be done; ``message`` tells a person what and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
