"""The one exception that the reference library raises for a mistake of its user."""


class MinigradError(RuntimeError):
    """A tensor was asked for something that it cannot do.

    The message says what was given, what was expected and what to do. PyTorch raises RuntimeError in most of
    these cases, so code written for it goes on working. Any other exception out of minigrad is a bug of ours.
    """
