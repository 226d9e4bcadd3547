"""Reads the knowledge folder into frozen, typed records."""

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.load import load
from bot.catalogue.problems import KnowledgeProblems, Problem

__all__ = ["Catalogue", "KnowledgeProblems", "Problem", "load"]
