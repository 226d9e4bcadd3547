"""The one error of the set-up."""


class Problem(Exception):
    """Something the person at the keyboard can mend; its text is a sentence with the fix, shown without a traceback."""
