"""The words of gates, in sentences: how decisions count, and how many it takes."""

from fractions import Fraction
from functools import cache

from definitions.language.text import Text, text
from definitions.model import Decisions, Effect, Rule


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


def counts_text(gate: Decisions) -> Text:
    """Return the words for the decisions that a gate counts: “for”, or the outcomes it names."""
    if not gate.outcomes:
        return effects_text(gate.counts)
    first, *others = (text("“{outcome}”", outcome=each) for each in sorted(gate.outcomes))
    said = first
    for other in others:
        said = text("{first} or {other}", first=said, other=other)
    return said


def rule_text(rule: Rule) -> Text:
    """Return how many it takes: “all”, “a majority”, “3”, “2/3 by weight of the votes cast”."""
    said = _share_text(rule)
    if rule.weighted:
        said = text("{share} by weight", share=said)
    return text("{share} of the votes cast", share=said) if rule.cast else said


def _share_text(rule: Rule) -> Text:
    if rule.share is None:
        return text("{number}", number=rule.written)
    if rule.strict:
        half = rule.share == Fraction(1, 2) and not rule.weighted
        return text("a majority") if half else text("more than {share}", share=str(rule.share))
    if rule.share == Fraction(1) and not rule.weighted:
        return text("all")
    return text("{number}", number=str(rule.share))
