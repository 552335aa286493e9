#!/usr/bin/env python3
"""One Gradient, from calculus to backprop to SGD: the three commands of the course.

  python course.py          open the course: JupyterLab, on the first lesson
  python course.py test     check the course: everything that its CI runs
  python course.py site     write the web site of the course into the folder site

All make an environment of their own in the folder .venv and install there what they
need; nothing is installed outside it. The first run takes about a minute, the next ones
start at once. To undo it all, delete .venv. On Windows, type py instead of python.
"""
# Only the standard library, and no syntax newer than Python 3.6: a Python that is too old must
# come far enough to say so.
import argparse
import contextlib
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

OLDEST_PYTHON = (3, 10)
FOLDER = Path(__file__).resolve().parent
ENVIRONMENT = FOLDER / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STATE = ENVIRONMENT / "course-state.txt"
UNFINISHED = "an installation has begun and not ended"
COMMAND = ("py" if os.name == "nt" else Path(sys.executable).name) + " course.py"

SETTINGS = "binder/overrides.json"  # no question about news in the first lesson, no advice to update
LEARN = ("requirements.txt", "pyproject.toml", SETTINGS)
TEST = ("requirements-dev.txt",) + LEARN
SITE = ("requirements-site.txt",) + LEARN
MEGABYTES = {LEARN: 420, TEST: 720, SITE: 500}

LAB = [
    "-m", "jupyterlab",
    # Started on a notebook, JupyterLab would take the notebook's folder for the top of everything.
    f"--ServerApp.root_dir={FOLDER}",
    "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
    # The tabs that a learner's other projects left open belong to them.
    f"--LabApp.workspaces_dir={ENVIRONMENT / 'workspaces'}",
    # The address and what goes wrong are printed, not the fifty lines of a healthy start.
    "--ServerApp.log_level=ERROR", "--LabApp.log_level=ERROR",
    # One Ctrl-C stops it.
    "--ServerApp.answer_yes=True",
]
PYTEST = [
    "-m", "pytest",
    # Every stored output of every notebook must come out again, and no cell may hang.
    "--nbval", "--nbval-sanitize-with", "tests/nbval.cfg", "--nbval-cell-timeout", "60",
    # Two at a time; the cells of a notebook stay together.
    "-n", "2", "--dist", "loadscope",
]


class Trouble(Exception):
    """What is wrong and how to repair it, in a sentence for the learner."""


class Unreachable(Trouble):
    """pip could not reach the package index. It asks before it installs, so nothing has changed."""


# ------------------------------------------------------------------------------- the three commands

def main(arguments):
    check_python(sys.version_info)
    sys.stdout.reconfigure(errors="replace")  # a folder's name may not fit the terminal's letters
    options = command_line().parse_args(arguments)
    if not options.command:
        return open_course(options)
    if options.port or not options.browser:
        raise Trouble(f"--port and --no-browser are about JupyterLab: type them after `{COMMAND}`, "
                      f"without {options.command}.")
    return run_tests(options.rest) if options.command == "test" else write_site(options.rest)


def exit_code_of(work):
    """Do the work, a function that returns its exit code. If it fails, say why and how to repair it."""
    try:
        return work()
    except Trouble as trouble:
        return give_up(trouble, 1)
    except OSError as error:
        return give_up(explained(str(error)), 1)
    except KeyboardInterrupt:
        return give_up("Stopped.", 130)


def say(sentence):
    print(sentence, flush=True)


def give_up(sentence, exit_code):
    print(f"\n{sentence}", file=sys.stderr)
    return exit_code


def open_course(options):
    if options.port:
        check_port(options.port)
    install(LEARN)
    say("Opening the course in your browser. Keep this window open while you learn; Ctrl-C ends it."
        if options.browser else "Starting. Open the last address below in your browser; Ctrl-C ends it.")
    return hand_over(LAB + lab_options(options))


def run_tests(arguments):
    install(TEST)
    return hand_over(PYTEST + arguments)


def write_site(arguments):
    if arguments:
        raise Trouble(f"Nothing follows `site`, and here comes `{' '.join(arguments)}`. The site is always written "
                      f"into the folder of that name. `{COMMAND} --help` shows what can be typed.")
    install(SITE)
    return hand_over(["-m", "pages"])


def lab_options(options):
    chosen = []
    if options.port:
        chosen += [f"--ServerApp.port={options.port}", "--ServerApp.port_retries=0"]
    if not options.browser:
        chosen += ["--no-browser"]
    if sys.platform == "linux":
        # Browsers from Snap or Flatpak, and Windows' own seen from WSL, cannot read the hidden file
        # through which Jupyter would otherwise hand them the address.
        chosen += ["--ServerApp.use_redirect_file=False"]
    if is_root():
        chosen += ["--allow-root"]  # containers and WSL, where there is nobody else
    return chosen


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def hand_over(command):
    """Run the environment's Python in the place of this one, so that Ctrl-C reaches it alone."""
    os.chdir(str(FOLDER))
    command = [str(PYTHON)] + command
    if os.name == "posix":
        os.execv(command[0], command)
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass  # the other Python has had it too, and ends in its own way


# ------------------------------------------------------------------------------- the command line

EXAMPLES = f"""\
examples:
  {COMMAND} test notebooks/01_gradient_by_calculus.ipynb
                             run one lesson, and compare what comes out with what is stored
  {COMMAND} test -m "not slow"
                             leave out the checks that take more than ten seconds

The exit code is 0 if all is well."""


class CommandLine(argparse.ArgumentParser):
    def error(self, message):
        sentence = re.sub("^argument [^:]*: ", "", message)
        raise Trouble(f"{sentence[0].upper()}{sentence[1:]}. `{COMMAND} --help` shows what can be typed.")


def command_line():
    parser = CommandLine(
        prog=COMMAND,
        usage=f"{COMMAND} [options]\n       {COMMAND} test [what pytest understands]\n       {COMMAND} site",
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False)
    parser.add_argument("command", nargs="?", metavar="test, site", type=command_name,
                        help="check the course (what follows goes to pytest), or write its web site")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser.add_argument("--port", metavar="N", type=port_number,
                        help="the port of JupyterLab on this computer (otherwise a free one is found)")
    parser.add_argument("--no-browser", dest="browser", action="store_false",
                        help="print the address of the course and open no browser")
    return parser


def command_name(text):
    if text in ("test", "site"):
        return text
    raise argparse.ArgumentTypeError(
        f"There is no command '{text}', only `{COMMAND}`, `{COMMAND} test` and `{COMMAND} site`")


def port_number(text):
    if text.isdigit() and 1024 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"A port is a whole number from 1024 to 65535, not '{text}'")


# ------------------------------------------------------------------------------- the environment

def install(files):
    """See to it that .venv holds what the first of the files asks for; at once if it is so already."""
    if fingerprint(files) in remembered() and not fault():
        return
    with alone():
        started = time.time()
        prepare_environment(files)
        before = remembered()
        remember([UNFINISHED])
        try:
            pip_install(files[0])
        except Unreachable:
            remember(before)
            raise
        check_imports()
        copy_settings()
        # What belongs to the other commands is still there, if it is of today.
        others = {fingerprint(other) for other in (TEST, SITE)} & set(before)
        remember([str(FOLDER)] + sorted({fingerprint(files), fingerprint(LEARN)} | others))
        say(f"Installed in {time.time() - started:.0f} seconds.")


def fingerprint(files):
    """A hash of all that decides what pip installs: the files, the Python, and pip's constraints."""
    digest = hashlib.sha256(sys.implementation.cache_tag.encode())
    constraints = os.environ.get("PIP_CONSTRAINT", "").split()
    for path in [FOLDER / name for name in files + tuple(constraints)]:
        digest.update(path.read_bytes() if path.is_file() else str(path).encode())
    return digest.hexdigest()


def remembered():
    return STATE.read_text(encoding="utf-8").splitlines() if STATE.is_file() else []


def remember(lines):
    STATE.write_text("\n".join(lines), encoding="utf-8")


def fault():
    """Why .venv cannot be used as it is, or "" if it can."""
    lines = remembered()
    if UNFINISHED in lines:
        return "its last installation was interrupted"
    if lines and str(FOLDER) not in lines:
        return "this folder has moved"
    tag = tag_of_environment()
    if tag is None:
        return "its Python does not run"
    if tag != sys.implementation.cache_tag:
        return "it was made by another Python"
    return ""


def tag_of_environment():
    """What kind of Python .venv has, such as "cpython-312"; None if it, or its pip, does not run."""
    question = "import sys, pip; print(sys.implementation.cache_tag)"
    try:
        answer = subprocess.run([str(PYTHON), "-I", "-c", question], universal_newlines=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def prepare_environment(files):
    """See to it that there is a .venv that works, and say what comes next and how long it takes."""
    exists = os.path.lexists(str(ENVIRONMENT))
    reason = fault() if exists else "there is none"
    if reason:
        check_venv_module()
        if exists:
            say(f"Making the folder .venv anew, because {reason}.")
            remove_environment()
        check_space(MEGABYTES[files])
    if len(remembered()) > 1:
        say("Bringing the packages in the folder .venv up to date; this takes up to a minute.")
    else:
        say(f"Installing about {MEGABYTES[files]} MB of packages into the folder .venv; "
            "this happens once and takes about a minute.")
    if reason:
        make_environment()


def make_environment():
    ENVIRONMENT.mkdir()
    remember([UNFINISHED])
    # Inside an environment, the Python that it was made from: .venv may be that environment.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    run_quietly([maker, "-m", "venv", str(ENVIRONMENT)])
    remember([str(FOLDER)])


def remove_environment():
    # Its Python goes first: one that is in use cannot be removed on Windows, and then nothing is; and
    # what is left, should the rest be interrupted, cannot be taken for a whole environment.
    if os.path.lexists(str(PYTHON)):
        PYTHON.unlink()
    shutil.rmtree(str(ENVIRONMENT))


@contextlib.contextmanager
def alone():
    """Hold a lock while .venv changes: two terminals must not install into it at the same time."""
    with open(str(ENVIRONMENT) + ".lock", "w") as file:
        try:
            lock(file)
        except (BlockingIOError, PermissionError):
            raise Trouble("Another window is installing the course in this folder at the moment. "
                          "Wait until it has finished, then run this again.") from None
        yield


def lock(file):
    if os.name == "nt":
        import msvcrt
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# ------------------------------------------------------------------------------- pip

def pip_install(requirements):
    os.environ["PIP_USER"] = "0"  # where it is set for all, it would fail in an environment
    run_quietly([str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                 "--progress-bar", "off", "-r", requirements], on_line=watch)


def check_imports():
    """Import the heavy packages once: it shows that they work, and builds Matplotlib's list of fonts,
    which would otherwise interrupt the first lesson."""
    run_quietly([str(PYTHON), "-c", "import gradlib, matplotlib.pyplot"])


def copy_settings():
    """Set what JupyterLab does unless the learner says otherwise."""
    folder = ENVIRONMENT / "share/jupyter/lab/settings"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(str(FOLDER / SETTINGS), str(folder))


def run_quietly(command, on_line=lambda line: None, cwd=str(FOLDER)):
    """Run a command, keep what it prints to ourselves, and explain it if the command fails."""
    printed = []
    with subprocess.Popen(command, cwd=cwd, universal_newlines=True, errors="replace",
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as process:
        try:
            for line in process.stdout:
                printed.append(line)
                on_line(line)
        except BaseException:
            process.terminate()
            raise
    if sys.stdout.isatty():
        show_on_same_line("")
    if process.returncode != 0:
        raise explained("".join(printed))


def watch(line):
    """Show what pip does, on one line that is written over; nothing where the output is kept."""
    if "Retry(total=0" in line:
        raise explained(line)  # pip would go on to try in vain for every single package
    if sys.stdout.isatty() and line.strip().startswith(("Collecting", "Downloading", "Installing")):
        show_on_same_line(line.strip())


def show_on_same_line(text):
    width = min(shutil.get_terminal_size().columns, 100) - 1
    print("\r" + text[:width].ljust(width) + "\r", end="", flush=True)


# ------------------------------------------------------------------------------- what can go wrong

# Error numbers beside words: Windows words them in its own language.
DISK_FULL = r"No space left|Disk quota exceeded|Errno 28\b|WinError 112\b"
PATH_TOO_LONG = r"File name too long|Windows Long Path|WinError 206\b"
IN_USE = r"being used by another process|WinError 32\b|WinError 5\b.*\.venv"
FORBIDDEN = r"Permission denied|Read-only file system|Errno 13\b|Errno 30\b|WinError 5\b"
NO_NETWORK = (
    r"connection broken by|Failed to establish a new connection|Max retries exceeded|Could not fetch URL|"
    r"Connection aborted|ProxyError|SSLError|IncompleteRead|ReadTimeoutError|from versions: none")

REPAIRS = {
    DISK_FULL:
        f"The disk is full: the course needs about {MEGABYTES[TEST]} MB in {FOLDER}. "
        "Free some space, then run this again.",
    PATH_TOO_LONG:
        f"The name of this folder is too long for this computer: {FOLDER}. "
        "Move it to a shorter place, such as C:\\course, then run this again.",
    IN_USE:
        "A file in .venv or site is in use. "
        "Close JupyterLab and every window that uses it, then run this again.",
    FORBIDDEN:
        f"This computer does not let you write in {FOLDER}. "
        "Copy the course into a folder of your own, then run this there.",
    NO_NETWORK:
        "pip cannot reach the package index, so nothing was installed. Check the connection to the internet "
        "(behind a proxy, set HTTPS_PROXY), then run this again.",
}


def explained(output):
    """The trouble that speaks from what a program printed when it failed, or from an error's message."""
    output = re.sub(r".*Retry\(total=[1-9].*", "", output)  # a connection that broke and was mended
    for pattern, sentence in REPAIRS.items():
        if re.search(pattern, output):
            return (Unreachable if pattern == NO_NETWORK else Trouble)(sentence)
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["nothing"]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return Trouble(f"This failed, with these last words: {errors[-1]}\nDelete the folder .venv "
                   f"and run it once more; if it fails again, please report it.")


def check_python(version):
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return
    newer = newer_python()
    repair = (f"This computer has a newer one: run `{newer} course.py`." if newer else
              "Install a newer one from https://www.python.org/downloads/ and run course.py with it.")
    raise Trouble(f"The course needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer, "
                  f"and this is Python {version[0]}.{version[1]}. {repair}")


def newer_python():
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name) and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return name
    return None


def check_venv_module():
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    if Path("/etc/debian_version").is_file() and sys.base_prefix == "/usr":
        apt = "apt install" if is_root() else "sudo apt install"
        repair = f"Run `{apt} python3.{sys.version_info.minor}-venv`, then this again."
    else:
        repair = "Install a complete one from https://www.python.org/downloads/ and run course.py with it."
    raise Trouble(f"This Python ({sys.executable}) lacks the module that makes environments. {repair}")


def check_space(megabytes):
    free = shutil.disk_usage(str(FOLDER)).free // 10**6
    if free < megabytes:
        raise Trouble(f"The disk has {free} MB left, and the course needs about {megabytes} MB in {FOLDER}. "
                      "Free some space, then run this again.")


def check_port(port):
    if is_free(port):
        return
    others = list(range(port + 1, 65536)) + list(range(1024, port))
    other = next(candidate for candidate in others if is_free(candidate))
    raise Trouble(f"Port {port} is busy: another program uses it, perhaps a JupyterLab that is still open. "
                  f"Run `{COMMAND} --port {other}`, or without --port.")


def is_free(port):
    for family, kind, _, _, address in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM):
        try:
            with socket.socket(family, kind) as probe:
                if os.name == "posix":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False  # any other error says that this computer has no such family of addresses
    return True


if __name__ == "__main__":
    sys.exit(exit_code_of(lambda: main(sys.argv[1:])))
