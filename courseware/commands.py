"""The commands: what is done with what is typed."""

import sys

from . import lab
from .command_line import command_line
from .environment import install
from .machine import check_port
from .places import COMMAND, LEARN, SITE, TEST
from .programs import hand_over
from .terminal import say
from .troubles import Trouble, exit_code_of

PYTEST = [
    "-m", "pytest",
    # Every stored output of every notebook must come out again, and no cell may hang.
    "--nbval", "--nbval-cell-timeout", "60",
    # Two at a time; the cells of a notebook stay together.
    "-n", "2", "--dist", "loadscope",
]


def run(arguments):
    """Do what is typed and return the exit code; say what is wrong, if something is."""
    return exit_code_of(lambda: do(arguments))


def do(arguments):
    sys.stdout.reconfigure(errors="replace")  # a folder's name may not fit the terminal's letters
    options = command_line().parse_args(arguments)
    if not options.command:
        return open_course(options)
    if options.port or not options.browser:
        raise Trouble(f"--port and --no-browser are about JupyterLab: type them after `{COMMAND}`, "
                      f"without {options.command}.")
    return run_tests(options.rest) if options.command == "test" else write_site(options.rest)


def open_course(options):
    """Open JupyterLab on the first lesson."""
    if options.port:
        check_port(options.port)
    install(LEARN)
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
