"""The commands: what is done with what is typed."""

from pathlib import Path

from . import lab, terminal, variables
from .command_line import command_line
from .environment import install
from .lessons import bring_lessons
from .machine import check_names, check_port, check_user
from .places import COMMAND, LEARN, LESSONS, SITE, TEST
from .programs import hand_over
from .terminal import say
from .troubles import Trouble, exit_code_of

PYTEST = [
    "-m", "pytest",
    # Every stored output of every notebook must come out again, and no cell may hang.
    "--nbval", "--nbval-cell-timeout", "600",
    # Several at a time (conftest.py says how many); the cells of a notebook stay together.
    "-n", "auto", "--dist", "loadscope",
]


def run(arguments):
    """Do what is typed and return the exit code; say what is wrong, if something is."""
    try:
        return exit_code_of(lambda: do(arguments))
    finally:
        terminal.finish()


def do(arguments):
    terminal.make_ready()
    variables.set_aside()
    options = command_line().parse_args(arguments)
    check_user()
    if not options.command:
        return open_course(options)
    if options.port or options.ip or not options.browser:
        raise Trouble(f"--port, --ip and --no-browser are about JupyterLab: type them after `{COMMAND}`, "
                      f"without {options.command}.")
    check_names()
    return AUTHORS[options.command](options.rest)


def open_course(options):
    """Open JupyterLab on the first lesson."""
    if options.port:
        check_port(options.port, options.ip or "localhost")
    install(LEARN)
    for sentence in bring_lessons():
        say(sentence)
    say("Opening the course in your browser. Keep this window open while you learn; Ctrl-C ends it."
        if options.browser else "Starting. Open the last address below in your browser; Ctrl-C ends it.")
    return hand_over(lab.command(options))


def run_tests(arguments):
    """Run the tests; what follows goes to pytest."""
    install(TEST)
    return hand_over(PYTEST + arguments)


def write_site(arguments):
    """Write the web site into the folder site."""
    if arguments:
        raise Trouble(f"Nothing follows `site`, and here comes `{' '.join(arguments)}`. The site is always written "
                      f"into the folder of that name. `{COMMAND} --help` shows what can be typed.")
    install(SITE)
    return hand_over(["-m", "pages"])


def write_lessons(arguments):
    """Run lessons and store what comes out."""
    return hand_over_lessons(["-m", "tests.notebooks.run", "--write"], arguments)


def lint_lessons(arguments):
    """Ask of lessons what the house asks of them."""
    return hand_over_lessons(["-m", "tests.notebooks.lint"], arguments)


def hand_over_lessons(command, arguments):
    lessons = [word if word.startswith("-") else lesson_called(word) for word in arguments]
    install(TEST)
    return hand_over(command + lessons)


def lesson_called(word):
    """The notebook with this number, such as 07, or at this place."""
    found = sorted(LESSONS.glob(f"{word}_*.ipynb")) if word.isdigit() else [Path(word).resolve()]
    if not (found and found[0].is_file()):
        raise Trouble(f"There is no lesson `{word}`. Type the number of one, such as 07, or the name of its file.")
    return str(found[0])


AUTHORS = {"test": run_tests, "site": write_site, "write": write_lessons, "lint": lint_lessons}
