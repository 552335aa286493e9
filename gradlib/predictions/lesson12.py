"""The predictions of lesson 12."""

import re

from . import Prediction
from .said import numbers


def read_of_100(said):
    """How many of a hundred pictures the nearest mean reads rightly."""
    return numbers(r"read rightly: (\d+)%", said)[0][0]


def learning(*expected):
    """Whether, for every batch size, just these of the four step sizes learn."""
    def holds(said):
        rows = [row.split() for row in re.findall(r"safe step [\d.]+: (.*)", said)]
        return len(rows) == 4 and all(tuple(end == "learns" for end in row) == expected for row in rows)
    return holds


def misread(said):
    """How many of the held-out digits are read wrongly."""
    return 360 - numbers(r"(\d+) of 360 read rightly", said)[0][0]


def rules_to_starts(said):
    """How far the medians of the rules lie apart, divided by how far the starts of one rule do, at least."""
    rows = numbers(r"median ([\d.]+), from (\d+) to (\d+)", said)
    medians = [median for median, _, _ in rows]
    return (max(medians) - min(medians)) / min(high - low for _, low, high in rows)


def left_by_four_times(said):
    """What four times the pictures leave of the wrong digits: the mean factor of the two."""
    wrong = [100 - right for right, in numbers(r"pictures: ([\d.]+) %", said)]
    return (wrong[2] / wrong[0]) ** 0.5


def first_as_nine(said):
    """The shortest move that is told, in percent of the picture's length, after which a 5 reads as a 9."""
    moves = numbers(r"Now read as an? (\d) .* by (\d+) % of the picture's length\. .*wrote a 5", said)
    return min(share for digit, share in moves if digit == 9)


nearest = Prediction(
    "How many of 100 digits are read rightly by the nearest mean picture?",
    right=("about 90", lambda said: 80 < read_of_100(said) < 97),
    wrong={
        "pixels_are_no_shapes": ("about 30", lambda said: 20 < read_of_100(said) < 40, (
            "A mean picture knows nothing of strokes and loops. But these pictures are small and each digit fills its "
            "frame, so the same digit inks much the same pixels, whoever writes.")),
        "ten_classes_are_hard": ("about 60", lambda said: 50 < read_of_100(said) < 70, (
            "With ten answers, luck alone would read one in ten. But most pictures lie nearer to the mean of their own "
            "digit than to the nine others.")),
    },
)

safe_steps = Prediction(
    "Which of ½, 1, 2 and 4 times the safe step will learn?",
    right=("½, 1 and 2", learning(True, True, True, False)),
    wrong={
        "bound_is_the_limit": ("½ and 1", learning(True, True, False, False), (
            "The safe step is a bound: the limit itself may lie higher. And the curvature changes as the network "
            "learns.")),
        "networks_have_no_limit": ("all four", learning(True, True, True, True), (
            "A network is no bowl, so the limit of a bowl might not bind it. Near a place it is much like one, and "
            "four times is beyond what its changes forgive.")),
        "half_is_needed": ("½ alone", learning(True, False, False, False), (
            "Half the limit was the fastest in lesson 08. Up to the limit itself runs come home, only more slowly.")),
    },
)

our_choice = Prediction(
    "How many of 360 digits will our choice misread after twelve epochs?",
    right=("about 7", lambda said: 4 <= misread(said) <= 10),
    wrong={
        "steps_must_be_tried": ("about 20", lambda said: 15 <= misread(said) <= 25, (
            "A step size that nobody has tried out sounds like half the success. This one comes from the curvature of "
            "this very network: trying is one way to find a good step, and measuring is another.")),
        "learnt_is_read": ("none", lambda said: misread(said) == 0, (
            "Of the pictures it learns from, a network can come to misread none. The held-out ones it has never seen, "
            "and some are written like no other.")),
    },
)

starts = Prediction(
    "Which difference is larger, between the rules or between the starts of one rule?",
    right=("between the starts", lambda said: rules_to_starts(said) < 0.8),
    wrong={
        "rules_make_the_winner": ("between the rules", lambda said: rules_to_starts(said) > 1.25, (
            "Rules have names and reputations, and starts are only dice. But all three rules take the same gradient, "
            "each with a step that suits it, and come about as far.")),
        "luck_equals_rule": ("both equally", lambda said: 0.8 <= rules_to_starts(said) <= 1.25, (
            "Both matter, so they might matter equally. Here the medians of the rules lie at most two digits apart, "
            "and the starts of one rule up to six.")),
    },
)

more_pictures = Prediction(
    "What do four times the pictures leave of the wrong digits, in the same number of steps?",
    right=("about half", lambda said: 0.4 < left_by_four_times(said) < 0.65),
    wrong={
        "steps_are_what_counts": ("about as many", lambda said: 0.85 < left_by_four_times(said) < 1.15, (
            "The same steps, so the same success? With 90 pictures, 720 steps show each of them 120 times. "
            "New pictures tell more than old ones once again.")),
        "errors_shared_out": ("about a quarter", lambda said: 0.2 < left_by_four_times(said) < 0.3, (
            "A quarter would mean that each new picture helps as much as the first ones did. Most of them show again "
            "what others have shown.")),
    },
)

how_far = Prediction(
    "How far must pixels move until a 5 reads as a 9, in percent of the picture's length?",
    right=("about 20 %", lambda said: 15 < first_as_nine(said) < 25),
    wrong={
        "needs_another_picture": ("about 100 %", lambda said: first_as_nine(said) > 80, (
            "For us a 5 must be written anew to be a 9. The gradient knows for each pixel how much it counts for this "
            "network, and many small changes add up.")),
        "a_speck_is_enough": ("about 5 %", lambda said: first_as_nine(said) < 8, (
            "One hears of networks that are fooled by changes nobody can see. They read pictures of many thousand "
            "pixels, and so many tiny changes add up. Here there are 64.")),
    },
    at=({"far": 0.2}, {"far": 0.7}),
)
