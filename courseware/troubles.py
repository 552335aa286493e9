"""What can go wrong, and the sentence that repairs it."""

import re
import sys

from . import places
from .ownership import what_cannot_be_written


class Trouble(Exception):
    """What is wrong and how to repair it, in a sentence for the learner."""


class Unexplained(Trouble):
    """A program's last words, and what may help. Deleting something helps nobody as long as nobody knows why."""

    advice = "If they do not say what to do, please report them."

    def __str__(self):
        return f"{super().__str__()}\n{self.advice}"


class Unreachable(Trouble):
    """pip could not have the packages from where it looked for them."""


def exit_code_of(work):
    """Do the work, a function that returns its exit code. If it fails, say why and how to repair it."""
    try:
        return work()
    except Trouble as trouble:
        return give_up(trouble, 1)
    except OSError as error:
        return give_up(explained(str(error), "This computer"), 1)
    except KeyboardInterrupt:
        return give_up("Stopped.", 130)


def give_up(sentence, exit_code):
    print(f"\n{sentence}", file=sys.stderr)
    return exit_code


def explained(printed, speaker="pip"):
    """The trouble that speaks from what a program, the speaker, printed when it failed, or from an error's message."""
    printed = re.sub(r".*Retry\(total=[1-9].*", "", printed)  # a connection that broke and was mended
    for pattern, sentence in REPAIRS.items():
        if found := re.search(pattern, printed):
            return (Unreachable if pattern in ON_THE_WAY else Trouble)(sentence(found, printed))
    return Unexplained(f"{speaker} failed, with these last words: {last_words(printed)}")


def last_words(printed):
    """The last line that calls itself an error, or the last line."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()] or ["nothing"]
    errors = [line for line in lines if re.match("error", line, re.IGNORECASE)]
    return (errors or lines)[-1]


def always(sentence):
    return lambda found, printed: sentence


def disk_full(found, printed):
    return (f"The disk is full: the course needs about {places.MEGABYTES[places.TEST]} MB in {places.FOLDER}. "
            "Free some space, then run this again.")


def path_too_long(found, printed):
    return (f"The name of this folder is too long for this computer: {places.FOLDER}. "
            "Move it to a shorter place, such as C:\\course, then run this again.")


def forbidden(found, printed):
    return what_cannot_be_written(printed[found.start():])


def no_package(found, printed):
    return (f"pip found no package `{found[1]}` where it looked. Check the connection to the internet. Where pip is "
            "told to look elsewhere (PIP_INDEX_URL, PIP_NO_INDEX, pip.conf), that place must have the package.")


def certificate_file(found, printed):
    return (f"pip is told to take its certificates from {found[1].strip()}, and there is no such file. Correct what "
            "names it (PIP_CERT, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE or `cert` in pip.conf), then run this again.")


# Error numbers beside words: Windows words them in its own language.
DISK_FULL = r"No space left|Disk quota exceeded|Errno 28\b|WinError 112\b"
PATH_TOO_LONG = r"File name too long|Windows Long Path|WinError 206\b"
IN_USE = r"being used by another process|WinError 32\b|WinError 5\b.*\.venv"
FORBIDDEN = r"Permission denied|Operation not permitted|Read-only file system|Errno (?:1|13|30)\b|WinError 5\b"
NO_SSL = r"(?i)the ssl module (?:in Python )?is not available"
CLOCK = r"certificate is not yet valid|certificate has expired"
CERTIFICATE_FILE = r"TLS CA certificate bundle, invalid path: (.*)"
CERTIFICATE = r"(?i)certificate.?verify.?failed|self.signed certificate|problem confirming the ssl certificate"
NO_NETWORK = (
    r"connection broken by|Failed to establish a new connection|Max retries exceeded|Could not fetch URL|"
    r"Connection aborted|ProxyError|SSLError|IncompleteRead|ReadTimeoutError")
NO_PACKAGE = r"satisfies the requirement (\S+).*\(from versions: none\)"
ON_THE_WAY = (NO_SSL, CLOCK, CERTIFICATE_FILE, CERTIFICATE, NO_NETWORK, NO_PACKAGE)

REPAIRS = {
    DISK_FULL: disk_full,
    PATH_TOO_LONG: path_too_long,
    IN_USE: always(
        "A file in .venv or site is in use. "
        "Close JupyterLab and every window that uses it, then run this again."),
    FORBIDDEN: forbidden,
    NO_SSL: always(
        f"This Python ({sys.executable}) lacks the module ssl, without which pip can reach no package index. "
        "Install a complete one from https://www.python.org/downloads/ and run course.py with it."),
    CLOCK: always(
        "pip does not trust the package index: its certificate is not valid at the time that this computer shows. "
        "Check date and time of this computer, then run this again."),
    CERTIFICATE_FILE: certificate_file,
    CERTIFICATE: always(
        "pip does not trust the certificate of the package index, so nothing was installed. Some companies and schools "
        "open all connections and put in a certificate of their own. Ask them for it as a file, set PIP_CERT to the "
        "file's path, then run this again."),
    NO_NETWORK: always(
        "pip cannot reach the package index, so nothing was installed. Check the connection to the internet "
        "(behind a proxy, set HTTPS_PROXY), then run this again."),
    NO_PACKAGE: no_package,
}
