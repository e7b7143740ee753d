"""The words of gates, in sentences: how decisions count, and how many it takes."""

from fractions import Fraction
from functools import cache

from definitions.language.text import Text, text
from definitions.model import Effect, Rule


def effect_text(effect: Effect) -> Text:
    """Return the word for the effect of an outcome."""
    match effect:
        case Effect.FOR:
            return text("for")
        case Effect.AGAINST:
            return text("against")
        case Effect.ANSWERED:
            return text("answered")
        case Effect.PENDING:
            return text("pending")


@cache
def effects_text(effects: frozenset[Effect]) -> Text:
    """Return the words for the effects of several outcomes: “for or answered”."""
    first, *others = (effect_text(effect) for effect in sorted(effects))
    said = first
    for other in others:
        said = text("{first} or {other}", first=said, other=other)
    return said


def rule_text(rule: Rule) -> Text:
    """Return how many it takes: “all”, “a majority”, “3”, “2/3 by weight”."""
    if rule.weighted:
        return text("{share} by weight", share=str(rule.share))
    if rule.share == Fraction(1) and not rule.strict:
        return text("all")
    if rule.strict:
        return text("a majority")
    return text("{number}", number=rule.written)
