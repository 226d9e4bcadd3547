"""Reads the knowledge folder into frozen, typed records."""

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.load import Knowledge, load, read
from bot.catalogue.problems import KnowledgeProblems, Problem

__all__ = ["Catalogue", "Knowledge", "KnowledgeProblems", "Problem", "load", "read"]
