"""Every error of the product, as one tree. A sentence for people is in the message; code catches by class."""


class BanshiError(Exception):
    """Base of all errors raised on purpose; the message is a sentence somebody can act on."""


class KnowledgeError(BanshiError):
    """The knowledge cannot be served; see ``bot.catalogue.problems.KnowledgeProblems`` for the list."""


class UnknownId(BanshiError, KeyError):
    """A topic, fact, value, region, law or source id that the catalogue does not have."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class SettingError(BanshiError):
    """A setting is missing or wrong; the message names it and says what to write."""


class EncoderError(BanshiError):
    """The sentence encoder cannot be loaded, or there is nothing to encode."""


class IndexFault(BanshiError):
    """An index on disk is missing, broken or foreign; it must be built again, never served."""


class StatuteError(BanshiError):
    """The statute package is missing, or has no such law."""


class TextError(BanshiError):
    """A file cannot be imported as an official text; the message says why, or what to do first."""


class WorkshopError(BanshiError):
    """An editor's command cannot be carried out; the message says what to write instead."""
