"""Markdown as the prose rules read it: without code and mathematics, in blocks, sentences and words."""

from __future__ import annotations

import re

FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
DISPLAY_MATH = re.compile(r"\$\$.+?\$\$", re.DOTALL)
INLINE_MATH = re.compile(r"(?<![\\$])\$(?![\s$])[^$]+?(?<!\s)\$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BLOCK_TAG = re.compile(r"</?(?:details|summary|p|div|li|ul|ol|br|figure|table|tr|td)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^>]*>")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
HTML_LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"]*)\"[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
EMPHASIS = re.compile(r"\*+(?=\S)|(?<=\S)\*+")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$", re.MULTILINE)
LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
BLOCK_START = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|[#|>])")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")


def without_code(markdown: str) -> str:
    """A code span is a name: it counts as one word and is no prose."""
    return CODE_SPAN.sub("code", FENCE.sub("", COMMENT.sub("", markdown)))


def without_math(markdown: str) -> str:
    """A formula in a line counts as one short word, a displayed one as none."""
    return INLINE_MATH.sub("x", DISPLAY_MATH.sub("", markdown))


def prose(markdown: str) -> str:
    """What is read aloud, in the lines of the Markdown."""
    text = without_math(without_code(markdown))
    text = LINK.sub(r"\1", IMAGE.sub("", text))
    text = TAG.sub("", BLOCK_TAG.sub("\n\n", text))
    return EMPHASIS.sub("", text)


def blocks(markdown: str) -> list[str]:
    """Paragraphs, headings, list items and table rows, each as one line."""
    found = [""]
    for line in prose(markdown).splitlines():
        if not line.strip() or BLOCK_START.match(line):
            found.append("")
        found[-1] += line.strip() + " "
    return [block.strip() for block in found if block.strip()]


def words(markdown: str) -> list[str]:
    return [word for block in blocks(markdown) for word in WORD.findall(LIST_MARK.sub("", block))]


def sentences(markdown: str) -> list[str]:
    """The sentences of running text; headings and tables are none."""
    running = [LIST_MARK.sub("", block) for block in blocks(markdown) if block[0] not in "#|"]
    return [part for block in running for part in SENTENCE_END.split(block) if WORD.search(part)]


def headings(markdown: str) -> list[tuple[int, str]]:
    """(level, text) of each heading."""
    return [(len(marks), text) for marks, text in HEADING.findall(FENCE.sub("", markdown))]


def bullets(markdown: str) -> list[str]:
    """The items of the outer lists, without their marks."""
    lines = without_code(markdown).splitlines()
    return [LIST_MARK.sub("", line).strip() for line in lines if re.match(r"(?:[-*+]|\d+[.)])\s", line)]


def links(markdown: str) -> list[tuple[str, str]]:
    """(text, target) of each link, in Markdown or HTML."""
    text = without_math(without_code(markdown))
    return LINK.findall(text) + [(words, target) for target, words in HTML_LINK.findall(text)]


def pictures(markdown: str) -> list[tuple[str, str]]:
    """(alt text, target) of each picture."""
    return IMAGE.findall(without_code(markdown))


def syllables(word: str) -> int:
    """A count good enough for an average: vowel groups, vowels spoken apart, silent endings."""
    word = word.lower()
    count = len(re.findall(r"[aeiouy]+", word))
    count += len(re.findall(r"(?<![cstg])i[aou]|ie(?:nt|r$|nc)|eo|[oy]ing", word))
    if re.search(r"[^aeiouyl]es?$|[aeiouy]les?$", word) and not re.search(r"(?:[sxzcg]|ch|sh)es$", word):
        count -= 1
    if re.search(r"[^aeiouytd]ed$", word):
        count -= 1
    return max(count, 1)


def flesch(markdown: str) -> float:
    """Flesch's reading ease: 60 to 70 is plain English, under 50 is difficult."""
    parts = sentences(markdown)
    said = [word for part in parts for word in WORD.findall(part)]
    if not said:
        return 100.0
    return 206.835 - 1.015 * len(said) / len(parts) - 84.6 * sum(map(syllables, said)) / len(said)
