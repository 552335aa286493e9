#!/usr/bin/env python3
"""One Gradient, from calculus to backprop to SGD.

  python course.py          opens the course: JupyterLab, on the first lesson
  python course.py --help   says what else it can do

On Windows, type py instead of python. The work is done in the folder courseware, by a newer Python.
"""
# No syntax newer than Python 2.7: a Python that is too old must come far enough to say so.
import os
import sys

OLDEST_PYTHON = (3, 10)
FOLDER = os.path.dirname(os.path.realpath(__file__))


def main(arguments):
    """Do what is typed and return the exit code."""
    let_pythons_own_modules_come_first()
    if sys.version_info[:2] < OLDEST_PYTHON:
        return give_up(too_old(sys.version_info))
    if not os.path.isdir(os.path.join(FOLDER, "courseware")):
        return give_up("course.py stands alone in " + FOLDER + ", without the rest of the course. "
                       "Download the whole course, unpack it, and run course.py there.")
    from courseware.commands import run
    return run(arguments)


def let_pythons_own_modules_come_first():
    """A file such as random.py, beside this one or where PYTHONPATH leads, must not take the place of Python's own."""
    foreign = [os.path.realpath(folder) for folder in [FOLDER] + os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    sys.path.sort(key=lambda folder: os.path.realpath(folder) in foreign)


def give_up(sentence):
    sys.stderr.write("\n" + sentence + "\n")
    return 1


def too_old(version):
    newer = newer_python()
    repair = ("This computer has a newer one: run `{} course.py`.".format(newer) if newer else
              "Install a newer one from https://www.python.org/downloads/ and run course.py with it.")
    return "The course needs Python {}.{} or newer, and this is Python {}.{}. {}".format(
        OLDEST_PYTHON[0], OLDEST_PYTHON[1], version[0], version[1], repair)


def newer_python():
    """What to type for a Python of this computer that is new enough and runs, or None."""
    import subprocess
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        command = ["py", "-3.{}".format(minor)] if os.name == "nt" else ["python3.{}".format(minor)]
        try:
            with open(os.devnull, "w") as nowhere:
                if subprocess.call(command + ["-c", ""], stdout=nowhere, stderr=nowhere) == 0:
                    return " ".join(command)
        except OSError:
            pass
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
