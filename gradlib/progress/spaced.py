"""What a reader got wrong, asked again at the head of a lesson: of the next one, and of the one three later."""

from html import escape

from ..predictions import RIGHT, SURENESS
from .course import is_right, lessons

SPACING = (1, 4)   # lessons after the one in which it was


class Recall:
    """A question to answer in one's head, and its answer in a fold."""

    def __init__(self, question, answer):
        self.question, self.answer = question, answer

    def __repr__(self):
        return f"{self.question} (The answer: {self.answer})"

    def _repr_html_(self):
        return (f"<p>{escape(self.question)}</p><details><summary>The answer: think first, then open</summary>"
                f"<p>{escape(self.answer)}</p></details>")


def recall(number):
    """The `Recall` for lesson `number`, such as "05": the surest wrong belief of this reader, then a mistake, from the
    lesson before or from three before that; where the memory has neither, a question that the lesson before asked.
    """
    before = [lesson for lesson in lessons() if lesson.number < number]
    due = [before[-distance] for distance in SPACING if distance <= len(before)]
    return next((found for lesson in due for found in (belief(lesson) or mistake(lesson),) if found), general(before))


def belief(lesson):
    """On the wrong prediction that the reader was surest of."""
    wrong = [made for made in lesson.made if not is_right(made[1])]
    if wrong:
        prediction, entry = max(wrong, key=lambda made: SURENESS.index(made[1]["sure"]))
        said, right = prediction.options[entry["code"]], prediction.options[RIGHT]
        return Recall(f"Lesson {lesson.number} asked: {prediction.question} You said: {said.words} ({entry['sure']}). "
                      "What do you say now?", f"{right.words}. {said.belief}")


def mistake(lesson):
    """On the first mistake that the reader met in an exercise."""
    for name, entries in lesson.checked.items():
        met = next((entry for entry in entries if not is_right(entry) and entry.get("title")), None)
        if met:
            return Recall(f"In lesson {lesson.number} you answered the exercise {name}, and once something was "
                          "wrong. What was it?", met["title"])


def general(before):
    """The last question of the lessons before."""
    lesson, prediction = [(lesson, prediction) for lesson in before for prediction in lesson.predictions.values()][-1]
    return Recall(f"Lesson {lesson.number} asked: {prediction.question} What do you say now?",
                  f"{prediction.options[RIGHT].words}.")
