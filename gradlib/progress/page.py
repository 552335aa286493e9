"""The page: a table of the course, bars that say how sure and how right, and a list of what to do next."""

from html import escape

from ..memory import READER
from ..predictions import SURENESS
from .course import is_right

NOTHING = "Nothing is predicted yet."
HEAD = ("lesson", "predictions", "right", "exercises")
LEFT = 'style="text-align: left"'
BAR = ('<div style="width: 12em; border: 1px solid currentColor"><div style="width: {share:.0%}; height: 0.8em; '
       'background: #0072B2"></div></div>')


class Page:
    """What has been done, as HTML and as text."""

    def __init__(self, lessons):
        self.lessons = lessons
        self.trouble = READER.trouble()

    def where(self):
        """Where all this is kept."""
        kept = f"It is kept in {READER.file}, and nowhere else." if READER.file else (
            "It is kept until this kernel ends: there is no folder `my` here to keep it in.")
        return " ".join(filter(None, [self.trouble, kept]))

    def calibration(self):
        """[(how sure, how many right, how many)], the surest first."""
        made = [entry for lesson in self.lessons for _, entry in lesson.made]
        found = [(sure, [entry for entry in made if entry["sure"] == sure]) for sure in reversed(SURENESS)]
        return [(sure, sum(map(is_right, entries)), len(entries)) for sure, entries in found if entries]

    def beliefs(self):
        """[(lesson, prediction, entry)] of wrong answers, the surest first, each belief once."""
        wrong = [(lesson, *made) for lesson in self.lessons for made in lesson.made if not is_right(made[1])]
        surest = {prediction.options[entry["code"]].belief: (lesson, prediction, entry)
                  for lesson, prediction, entry in sorted(wrong, key=sureness)}
        return sorted(surest.values(), key=sureness, reverse=True)

    def next_steps(self):
        """[(what to do, the rest of it, address)]: mistakes that are open, beliefs to look at again, where to go on."""
        steps = [(f"Mend {name} in lesson {lesson.number}.", entry.get("title", ""), lesson.address(f"exercise:{name}"))
                 for lesson in self.lessons for name, entry in lesson.open.items()]
        for lesson, prediction, entry in self.beliefs():
            option = prediction.options[entry["code"]]
            steps.append((f"Look again at lesson {lesson.number}.",
                          f"{prediction.question} You said: {option.words} ({entry['sure']}). {option.belief}",
                          lesson.address(f"discussion:{prediction.name}")))
        to_do = next((lesson for lesson in self.lessons if not lesson.is_done), None)
        last = (f"Go on with lesson {to_do.number}.", "", to_do.address()) if to_do else ("All is done.", "", None)
        return [*steps, last]

    def __repr__(self):
        rows = [f"{lesson.title:34}{done(lesson)}" for lesson in self.lessons]
        sure = [f"{sure:12} {right} of {count} right" for sure, right, count in self.calibration()]
        steps = [f"{i}. {step} {rest}".rstrip() for i, (step, rest, _) in enumerate(self.next_steps(), start=1)]
        return "\n".join(["Your course", *rows, "", "How sure, and how right", *(sure or [NOTHING]), "",
                          "What to do next", *steps, "", self.where()])

    def _repr_html_(self):
        course = [(link(lesson.title, lesson.address()), *numbers(lesson)) for lesson in self.lessons]
        sure = [(sure, BAR.format(share=right / count), f"{right} of {count} right")
                for sure, right, count in self.calibration()]
        steps = "".join(f"<li>{link(step, address)} {escape(rest)}</li>" for step, rest, address in self.next_steps())
        return (f"{table('Your course', course, HEAD)}{table('How sure, and how right', sure or [(NOTHING,)])}"
                f"<p><strong>What to do next</strong></p><ol>{steps}</ol><p>{escape(self.where())}</p>")


def table(caption, rows, head=()):
    """Rows of HTML, each with its name in front."""
    heads = "".join(f'<th scope="col" {LEFT}>{name}</th>' for name in head)
    body = "".join(f'<tr><th scope="row" {LEFT}>{name}</th>{"".join(f"<td {LEFT}>{cell}</td>" for cell in cells)}</tr>'
                   for name, *cells in rows)
    return (f'<table style="margin-left: 0"><caption {LEFT}><strong>{caption}</strong></caption>'
            f"{heads and f'<thead><tr>{heads}</tr></thead>'}<tbody>{body}</tbody></table>")


def sureness(found):
    """How sure somebody was of a belief."""
    return SURENESS.index(found[2]["sure"])


def numbers(lesson):
    """What is done of a lesson, for the columns of HEAD."""
    return (f"{len(lesson.made)} of {len(lesson.predictions)}", sum(is_right(entry) for _, entry in lesson.made),
            f"{len(lesson.solved)} of {len(lesson.exercises)}" + (" ✓" if lesson.is_done else ""))


def done(lesson):
    """The same in a line of text."""
    return "predictions {}, {} right; exercises {}".format(*numbers(lesson))


def link(words, address):
    """Words, and the place they lead to, if there is one."""
    return f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)
