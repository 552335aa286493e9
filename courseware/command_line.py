"""The command line: what can be typed, and the sentence for what cannot."""

import argparse
import re
import socket

from .places import COMMAND
from .troubles import Trouble

DESCRIPTION = """\
One Gradient, from calculus to backprop to SGD: the commands of the course.

  python course.py          open the course: JupyterLab, on the first lesson
  python course.py test     check the course: everything that its CI runs
  python course.py site     write the web site of the course into the folder site

For authors:

  python course.py write [lesson ...]   run lessons, and store what comes out
  python course.py lint [lesson ...]    say where lessons break the rules of the house

All make an environment of their own in the folder .venv and install there what they
need; nothing is installed outside it. The first run takes about a minute, the next ones
start at once. To undo that, delete .venv. On Windows, type py instead of python."""
EXAMPLES = f"""\
examples:
  {COMMAND} test notebooks/01_gradient_by_calculus.ipynb
                             run one lesson, and compare what comes out with what is stored
  {COMMAND} write 07
                             run lesson 07, and store what comes out
  {COMMAND} test -m "not slow"
                             leave out the checks that take more than ten seconds

The exit code is 0 if all is well."""


class CommandLine(argparse.ArgumentParser):
    """A parser that speaks in sentences."""

    def error(self, message):
        sentence = re.sub("^argument [^:]*: ", "", message)
        raise Trouble(f"{sentence[0].upper()}{sentence[1:]}. `{COMMAND} --help` shows what can be typed.")


def command_line():
    parser = CommandLine(
        prog=COMMAND,
        usage=f"{COMMAND} [options]\n       {COMMAND} test [what pytest understands]\n       {COMMAND} site\n"
              f"       {COMMAND} write [lesson ...]\n       {COMMAND} lint [lesson ...]",
        description=DESCRIPTION, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False)
    parser.add_argument("command", nargs="?", metavar="test, site, write, lint", type=command_name,
                        help="one of the commands above (what follows test goes to pytest)")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser.add_argument("--port", metavar="N", type=port_number,
                        help="the port of JupyterLab on this computer (otherwise a free one is found)")
    parser.add_argument("--ip", metavar="ADDRESS", type=address,
                        help="where JupyterLab listens (otherwise on this computer only); 0.0.0.0 is everywhere, "
                             "and whoever has the address that is printed can then do all that you can")
    parser.add_argument("--no-browser", dest="browser", action="store_false",
                        help="print the address of the course and open no browser")
    return parser


def command_name(text):
    if text in ("test", "site", "write", "lint"):
        return text
    raise argparse.ArgumentTypeError(
        f"There is no command '{text}', only `{COMMAND}`, `{COMMAND} test`, `{COMMAND} site`, `{COMMAND} write` "
        f"and `{COMMAND} lint`")


def port_number(text):
    if text.isdigit() and 1024 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"A port is a whole number from 1024 to 65535, not '{text}'")


def address(text):
    try:
        socket.getaddrinfo(text, None)
    except (OSError, UnicodeError):
        raise argparse.ArgumentTypeError(f"An address is one of this computer, such as 0.0.0.0, not '{text}'") from None
    return text
