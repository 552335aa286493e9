"""What can go wrong in any exercise.  code: (status, title, why, look at).  What follows a : is no part of it."""

GENERAL = {
    "not_attempted": (
        "not_attempted",
        "Replace the dots, run the cell, then run this one again.",
        "", ""),
    "as_given": (
        "not_attempted",
        "This is the function as it was given. Mend it, run the cell, then run this one again.",
        "", ""),
    "not_a_function": (
        "error",
        "check() needs the function itself, its name without brackets: check({name}).",
        "", ""),
    "signature": (
        "error",
        "This exercise calls {name}({arguments}). Your function takes another number of arguments.",
        "", "What stands in the brackets after your def?"),
    "returned_none": (
        "wrong",
        "Your function hands nothing back.",
        "It ran to its end and met no result to return, so Python gave None.",
        "Which line should hand the result back?"),
    "mutates_input": (
        "wrong",
        "{your} function changes `{argument}`, which belongs to the caller.",
        "An array is handed over, not copied. Writing into it, also with += or -=, changes the caller's own "
        "array, and the next cell that uses it starts from other numbers.",
        "Which line writes into `{argument}` instead of making a new array?"),
    "outer_broadcast": (
        "wrong",
        "An array of {n} numbers met a column of {n} numbers, and NumPy made a {n} by {n} table.",
        "The shapes ({n},) and ({n}, 1) look alike and are not. NumPy pairs every number of the one with "
        "every number of the other, and says nothing.",
        "Which of your arrays has a shape with two numbers, and which with one?"),
    "ignores_argument": (
        "wrong",
        "The answer of your function does not depend on `{argument}`.",
        "I changed `{argument}`, and nothing else changed. Often a name from an earlier cell is used "
        "in its place, or a number was typed in.",
        "Does every name in your function come in through its brackets?"),
    "raises": (
        "error",
        "Your function raised {error}.",
        "{line}",
        "What is each name in that line at that moment: a number, an array, of which shape?"),
    "raises:name": (
        "error",
        "Your function raised {error}.",
        "{line} Python does not know this name at that moment.",
        "Does it come in through the brackets, or is it made above this line? Or does it belong to NumPy, with "
        "np. in front?"),
    "raises:glued": (
        "error",
        "Your function raised {error}.",
        "{line} Python takes letters without a sign between them for one name, and does not know it.",
        "Which sign belongs between the letters?"),
    "shape": (
        "wrong",
        "Your function hands back {came}. Expected: {expected}.",
        "Before the numbers can be compared, their shape must be right.",
        "In which line does the shape become what it is?"),
    "not_numbers": (
        "wrong",
        "Your function hands back a {type}, which cannot be read as {expected}.",
        "", "What is the last thing your function does before it returns?"),
    "unrecognised": (
        "wrong",
        "The numbers are not right, and this is not a slip I know.",
        "{parts}",
        "Can you work this one number out on paper, and print each step of your function beside it?"),
}
