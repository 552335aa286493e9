"""Markdown to HTML whose formulas are MathML: browsers set it without a script, and screen readers read it."""

import re
from html import escape, unescape

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class Renderer(IPythonRenderer):
    """Links lead to the pages of the site; a heading has the anchor that JupyterLab gives it, and no sign beside it."""

    def inline_math(self, body):
        return mathml(body, "inline")

    def block_math(self, body):
        return f'<span class="formula">{mathml(body, "block")}</span>'

    def link(self, text, url, title=None):
        return super().link(text, page_of(url), title)

    def heading(self, text, level, **attrs):
        words = unescape(re.sub(r"<annotation.*?</annotation>|<[^>]*>", "", text))
        return f'<h{level} id="{escape(words.replace(" ", "-"))}">{text}</h{level}>\n'


def html_of(markdown):
    """A cell's Markdown as HTML."""
    return MarkdownWithMath(renderer=Renderer(escape=False)).render(markdown)


def mathml(latex, display):
    """A formula as MathML, "inline" or "block". Around the name of a function there is a thin space, as in TeX."""
    return re.sub(r"<mi>([a-z]{2,})</mi>", r'<mo lspace="0.17em" rspace="0.17em">\1</mo>',
                  convert(latex.strip(), display=display))


def page_of(url):
    """The page of the site for a link of a notebook: what is not a file of the course stays as it is."""
    return url if "://" in url else re.sub(r"\.(ipynb|py)(?=$|#)", ".html", url)
