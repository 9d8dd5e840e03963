"""What stops a command for a reason that the person at the keyboard can put right."""


class Refusal(Exception):
    """Its text says in one line what is wrong and what to do about it."""
