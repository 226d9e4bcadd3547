"""Every error of the product, as one tree. A sentence for people is in the message; code catches by class."""


class BanshiError(Exception):
    """Base of all errors raised on purpose; the message is a sentence somebody can act on."""


class EncoderError(BanshiError):
    """The sentence encoder cannot be loaded, or does not fit what it is used with."""


class IndexFault(BanshiError):
    """An index on disk is missing, broken or foreign; it must be built again, never served."""


class StatuteError(BanshiError):
    """The statute package is missing, or has no such law."""
