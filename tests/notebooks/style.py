"""Rules about the prose: short, plain, British, and kind to the reader."""

from __future__ import annotations

import re

from .findings import rule
from .text import flesch, links, prose, sentences, words

# Words that tell stuck readers that they should not be.  "just" is one unless it measures ("just below 2").
BELITTLING = re.compile(
    r"\b(?:simply|obvious(?:ly)?|trivial(?:ly)?|merely|of course|clearly|easy|easily|straightforward(?:ly)?|"
    r"needless to say|as everyone knows|it is well known|basically|"
    r"just(?! (?:as|now|like|in time|inside|outside|below|above|before|after|over|under|past|short|beside|at|"
    r"enough|right|about|the (?:same|opposite|right))\b))\b",
    re.IGNORECASE,
)
BOASTING = re.compile(
    r"\b(?:powerful(?:ly)?|amazing(?:ly)?|incredibl[ey]|awesome|seamless(?:ly)?|magical(?:ly)?|"
    r"cutting[- ]edge|state[- ]of[- ]the[- ]art|game[- ]chang\w+|fundamental concept|"
    r"delv(?:e|es|ing)|leverag(?:e|es|ing)|unlock(?:s|ing)?)\b",
    re.IGNORECASE,
)
# "optimizer" is the field's name for a program and stays; so does a name in code.
AMERICAN = re.compile(
    r"\b(?:colors?|colored|coloring|centers?|centered|centering|behaviors?|gray|neighbors?|neighboring|favorites?|"
    r"flavors?|labor|honor|modeled|modeling|labeled|labeling|traveled|traveling|canceled|canceling|"
    r"fulfill|catalogs?|analog|defense|meters?|liters?|skeptical|"
    r"(?:normal|standard|optim|minim|maxim|initial|general|real|recogn|organ|summar|visual|vector|random|regular|"
    r"parametr|emphas|character|special|penal|local|linear|factor|final|capital|memor|util|symbol|equal)"
    r"iz(?:e|es|ed|ing|ation|ations)|analyz(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
EMPTY_LINK_TEXTS = {"here", "this", "click here", "link", "this link", "read more", "more"}
COLOUR = r"(?:red|blue|green|orange|purple|vermill?ion|gr[ea]y|black|yellow|pink)"
DRAWN = r"(?:line|curve|dot|point|arrow|bar|cross|area|band|region|circle|path|one|mark)(?:e?s)?"
COLOURED = re.compile(rf"\b{COLOUR}\s+(?:[\w-]+\s+){{0,2}}?{DRAWN}\b", re.IGNORECASE)
SECOND_CUE = re.compile(
    r"\b(?:dashed|dotted|dashes|dots|solid|broken|thick(?:er)?|thin(?:ner)?|round|squares?|triang\w+|diamonds?|stars?|"
    r"cross(?:es)?|circles?|arrows?|hollow|filled|labell?ed|marked|upper|lower|left|right|top|bottom|"
    r"steep(?:er)?|straight|curved|long(?:er)?|short(?:er)?|horizontal|vertical)\b",
    re.IGNORECASE,
)


def everything(lesson) -> str:
    return "\n\n".join(cell.source for cell in lesson.markdown)


@rule
def cell_words(lesson):
    """One step at a time: a wall of text is skipped.  (A derivation, folded, has a limit of its own.)"""
    for cell in lesson.markdown:
        if len(words(cell.source)) > 150 and "derivation" not in cell.tags:
            yield cell.index, f"{len(words(cell.source))} words, at most 150"


@rule
def sentence_length(lesson):
    """A long sentence has to be read twice."""
    parts = sentences(everything(lesson))
    mean = sum(len(words(part)) for part in parts) / max(len(parts), 1)
    if mean > 20:
        yield None, f"{mean:.1f} words in the mean sentence, at most 20"


@rule
def reading_ease(lesson):
    """Many readers are not at home in English."""
    ease = flesch(everything(lesson))
    if ease < 55:
        yield None, f"Flesch reading ease {ease:.0f}, at least 55"


@rule
def belittling(lesson):
    """Who is stuck and reads "obviously" feels stupid, and stops."""
    for cell in lesson.markdown:
        for word in BELITTLING.findall(prose(cell.source)):
            yield cell.index, f'"{word}"'


@rule
def boasting(lesson):
    """Praise explains nothing."""
    for cell in lesson.markdown:
        for word in BOASTING.findall(prose(cell.source)):
            yield cell.index, f'"{word}"'


@rule
def british_spelling(lesson):
    """One spelling in the whole course; code keeps its own."""
    for cell in lesson.markdown:
        for word in AMERICAN.findall(prose(cell.source)):
            yield cell.index, f'"{word}" is the American spelling'


@rule
def link_text(lesson):
    """A screen reader lists the links of a page by their texts: "here" leads nowhere."""
    for cell in lesson.markdown:
        for text, target in links(cell.source):
            if text.strip(" .").lower() in EMPTY_LINK_TEXTS or not text.strip():
                yield cell.index, f"link text {text!r} for {target}"


@rule
def colour_only(lesson):
    """One reader in twenty sees no red line: name a second cue too (dashed, round, upper, labelled)."""
    for cell in lesson.markdown:
        for sentence in sentences(cell.source):
            named = COLOURED.search(sentence)
            if named and not SECOND_CUE.search(sentence.replace(named.group().split()[-1], "", 1)):
                yield cell.index, f'"{named.group()}" names a thing by its colour only'
