"""What can go wrong in any exercise.  code: (status, title, why, look at).  What follows a : is no part of it."""

GENERAL = {
    "not_attempted": (
        "not_attempted",
        "{what}",
        "", ""),
    "as_given": (
        "not_attempted",
        "This is the function as it was given. Mend it, run the cell, then run this one again.",
        "", ""),
    "not_a_function": (
        "error",
        "check() needs the function itself, check({name}), and here comes {came}.",
        "Brackets behind the name call the function and hand over its result. Or the name stands for something else "
        "by now: then run the cell with your def once more.",
        ""),
    "asks_input": (
        "error",
        "Your function asks for something with input().",
        "Here its numbers come in through the brackets, and it is called several times.",
        "Which of the names in the brackets holds what you ask for?"),
    "still_running": (
        "error",
        "{name} is still running. If it should be done by now, stop it: the square button ■ above, or the menu "
        "Kernel, Interrupt.",
        "", ""),
    "cell_failed": (
        "error",
        "The cell with {name} did not run to its end the last time, so this is about the version before.",
        "", ""),
    "interrupted": (
        "error",
        "Your function was interrupted before it came to its end.",
        "{line}",
        "Does every loop in it come to an end?"),
    "signature": (
        "error",
        "This exercise calls {name}({arguments}). Your function takes another number of arguments.",
        "", "What stands in the brackets after your def?"),
    "returned_none": (
        "wrong",
        "Your function hands nothing back{when}.",
        "A function that ends without a return gives None.",
        "Which line should hand the result back?"),
    "mutates_input": (
        "wrong",
        "{your} function changes `{argument}`, which belongs to the caller.",
        "What is handed over is not copied. A change inside it changes the caller's own, and the next cell that uses "
        "it starts from something else.",
        "Which line changes `{argument}` instead of making something new?"),
    "outer_broadcast": (
        "wrong",
        "An array of {n} numbers met a column of {n} numbers, and NumPy made a {n} by {n} table.",
        "The shapes ({n},) and ({n}, 1) look alike and are not. NumPy pairs every number of the one with "
        "every number of the other, and says nothing.",
        "Which of your arrays has a shape with two numbers, and which with one?"),
    "ignores_argument": (
        "wrong",
        "The answer of your function does not depend on `{argument}`.",
        "I changed `{argument}`, and your answer stayed. Often a name from an earlier cell is used "
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
    "raises:power": (
        "error",
        "Your function raised {error}.",
        "{line} In Python ^ is no power: that is written with two stars.",
        "Which of your signs should be two stars?"),
    "shape": (
        "wrong",
        "Your function hands back {came}. Expected: {expected}.",
        "Before the numbers can be compared, their shape must be right.",
        "In which line does the shape become what it is?"),
    "not_numbers": (
        "wrong",
        "Your function hands back {type}, which cannot be read as {expected}.",
        "", "What is the last thing your function does before it returns?"),
    "not_a_number": (
        "wrong",
        "There is a {what} in what your function hands back.",
        "It stands for {meaning}. Often it comes from a division by zero, from the logarithm of zero or of a number "
        "below it, or from a number that is too large.",
        "Which step makes it, if you print each step for these inputs?"),
    "left_out": (
        "wrong",
        "Something is missing in the dictionary that your function hands back.",
        "It holds {came}, and no more.",
        "For these inputs, which keys should it have?"),
    "zeros": (
        "wrong",
        "Your function hands back zeros, on all inputs that I tried.",
        "{parts}",
        "Does a line multiply by something that is zero, such as a // that cuts everything off?"),
    "whole_numbers": (
        "wrong",
        "Your numbers have lost their fractions.",
        "{parts} Up to there they are right. An array of whole numbers cuts off what is written into it. So do // and "
        "int().",
        "Which line makes whole numbers?"),
    "rounded": (
        "wrong",
        "{whose} end after {ends}, and the right ones go on.",
        "A number is rounded where it is shown. What computes on with it would carry the error along.",
        "Which line cuts digits off?"),
    "another_order": (
        "wrong",
        "The parts of your answer stand in another order.",
        "All of them are right. The exercise asks for {expected}.",
        "In which order does your last line hand them back?"),
    "another_order:numbers": (
        "wrong",
        "The numbers of {what} are right, and stand in another order.",
        "{parts} That holds on all inputs that I tried.",
        "In which order does your code make these numbers, and in which are they asked for?"),
    "factor": (
        "wrong",
        "{told}, on all inputs that I tried.",
        "{parts} Up to such a factor, all of these numbers are right.",
        "Which of your lines brings in such a factor?"),
    "typed_number": (
        "wrong",
        "{told}, on all inputs that I tried.",
        "{parts} As if {typed} had been typed in where {named} belongs.",
        "Which of your numbers fits one table, and no other?"),
    "direction": (
        "wrong",
        "The numbers of {what} are right up to a factor, which changes from input to input.",
        "{parts} The factor is {least} on one of the inputs that I tried, and {most} on another.",
        "Which of your lines changes all of these numbers by the same factor?"),
    "added": (
        "wrong",
        "{told}",
        "{parts} That holds on all inputs that I tried.",
        "Which of your terms is that?"),
    "random": (
        "wrong",
        "Your function gives another answer when it is called again.",
        "The same inputs went in twice. So something in it is drawn by chance, or is left over from the call before.",
        "What in your function is not made from what stands in the brackets?"),
    "now_and_then": (
        "wrong",
        "Your function is right on {count} of the {of} inputs that I tried, and wrong on the others.",
        "{right}, it is right. {wrong}, it is wrong. {parts}",
        "What differs between the two?"),
    "near": (
        "wrong",
        "Your numbers are close, at most {percent} % off on the inputs that I tried, and not equal.",
        "An estimate comes close, and so does a formula with a small slip. {parts}",
        "Is something in your function rounded, estimated or left out?"),
    "examined": (
        "wrong",
        "The numbers are not right, and this is not a slip I know.",
        "{parts} But I have nudged the loss, and compared: {found}",
        "Which of your lines would do that?"),
    "unrecognised": (
        "wrong",
        "The numbers are not right, and this is not a slip I know.",
        "{parts}",
        "Can you work this one number out on paper, and print each step of your function beside it?"),
}
