"""The parts of an HTML output that the lint asks for."""

from __future__ import annotations

from html.parser import HTMLParser


class Figure(HTMLParser):
    """Alt texts (None where an image has none) and captions of a piece of HTML."""

    def __init__(self, html: str):
        super().__init__()
        self.alts, self.captions, self.in_caption = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alts.append(dict(attributes).get("alt"))
        if tag == "figcaption":
            self.in_caption = True
            self.captions.append("")

    def handle_endtag(self, tag):
        self.in_caption = self.in_caption and tag != "figcaption"

    def handle_data(self, data):
        if self.in_caption:
            self.captions[-1] += data
