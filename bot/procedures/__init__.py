"""Decides: facts × records × day → one outcome, and the next question."""

from bot.procedures.decision import Basis, Decision, Told, decide, questions_of

__all__ = ["Basis", "Decision", "Told", "decide", "questions_of"]
