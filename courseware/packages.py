"""Installing packages into the environment: with uv where it is at hand, otherwise or if that fails with pip."""

import ast
import os
import re
import shutil

from . import places
from .programs import run_quietly
from .terminal import show_on_same_line
from .troubles import Trouble, explained

# Of pip's settings these say where packages come from and how to get there. The others may send packages elsewhere
# (target, prefix, user), leave some out (no-deps) or install nothing (dry-run), and are not for this environment.
SOURCES = {"index-url", "extra-index-url", "no-index", "find-links", "trusted-host", "cert", "client-cert", "proxy",
           "keyring-provider", "use-feature", "use-deprecated"}
MANNERS = {"constraint", "cache-dir", "no-cache-dir", "retries", "timeout", "default-timeout"}
BUNDLES = {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}
# A later one of these sections of pip's settings outweighs an earlier one.
SECTIONS = ("global", "install", ":env:")
SETTING = re.compile(r"(global|install|:env:)\.([\w-]+)=(.*)")
# The same of uv's.
UV_SOURCES = re.compile(
    r"UV_(DEFAULT_INDEX|INDEX.*|EXTRA_INDEX_URL|FIND_LINKS|INSECURE_HOST|NATIVE_TLS|SYSTEM_CERTS|KEYRING_PROVIDER|"
    r"CONFIG_FILE|NO_CONFIG|CACHE_DIR|NO_CACHE|OFFLINE|LINK_MODE|CONCURRENT_.*|HTTP_.*|REQUEST_TIMEOUT)")


class Watch:
    """Shows what pip does, on one line that is written over, and notices when it begins to change something."""

    begun = False

    def __call__(self, line):
        if "Retry(total=0" in line:
            raise explained(line)  # pip would go on to try in vain for every single package
        # pip's words, then uv's
        self.begun = self.begun or line.startswith(("Installing collected", "Prepared", "Uninstalled", "Installed"))
        if line.strip().startswith(("Collecting", "Downloading", "Installing")):
            show_on_same_line(line.strip())


def install_packages(requirements, watch):
    """Install what the file asks for, and see that it works."""
    settings = pip_settings()
    if not (shutil.which("uv") and settings.keys().isdisjoint(SOURCES) and uv_succeeds(requirements, settings, watch)):
        pip_install(requirements, settings, watch)
        check_imports()


def pip(*arguments):
    return [places.PYTHON, "-I", "-m", "pip", *arguments]


def pip_settings():
    """name -> value: the reader's settings of pip, from variables and files, that concern us."""
    # As loud as can be: `quiet` may stand in a file.
    listed = run_quietly(pip("config", "list", "-vvv"), env=without_pip({"config-file"} | SOURCES | MANNERS))
    found = [SETTING.match(line) for line in listed.splitlines()]
    ours = [match.groups() for match in found if match and match[2] in SOURCES | MANNERS]
    ours.sort(key=lambda setting: SECTIONS.index(setting[0]))
    return {name: ast.literal_eval(value) for _, name, value in ours}


def pip_variables(settings):
    """The variables under which pip knows these settings and no others."""
    variables = without_pip() | {variable(name): value for name, value in settings.items()}
    if "cert" in settings:  # these would outweigh it
        variables = {name: value for name, value in variables.items() if name not in BUNDLES}
    return variables | {"PIP_CONFIG_FILE": os.devnull}


def without_pip(kept=()):
    """This process' variables without those of pip, except for the kept settings."""
    kept = {variable(name) for name in kept}
    return {name: value for name, value in os.environ.items() if not name.startswith("PIP_") or name in kept}


def variable(setting):
    return f"PIP_{setting.upper().replace('-', '_')}"


def pip_install(requirements, settings, watch):
    """Install what the file asks for with pip."""
    # Python compiles what is imported. To compile all that is installed would take as long as to install it.
    run_quietly(pip("install", "--no-compile", "--disable-pip-version-check", "--no-input", "--no-color",
                    "--progress-bar", "off", "-r", requirements), on_line=watch, env=pip_variables(settings))


def uv_succeeds(requirements, settings, watch):
    """Whether uv, which is many times faster, has done it. If not, pip may, or says why not."""
    variables = {name: value for name, value in os.environ.items()
                 if not name.startswith("UV_") or UV_SOURCES.fullmatch(name)}
    constraints = [word for file in settings.get("constraint", "").split() for word in ("--constraint", file)]
    try:
        run_quietly(["uv", "pip", "install", "--color", "never", "--python", places.PYTHON, "-r", requirements,
                     *constraints], on_line=watch, env=variables, speaker="uv")
        check_imports()
    except (Trouble, OSError):
        return False
    return True


def check_imports():
    """Import the heavy packages once: it shows that they work, and builds Matplotlib's list of fonts,
    which would otherwise interrupt the first lesson."""
    run_quietly([places.PYTHON, "-I", "-c", "import gradlib, matplotlib.pyplot"], speaker="The import of the packages")


def copy_settings():
    """Set what JupyterLab and its kernels do unless the learner says otherwise."""
    for settings, folder in ((places.SETTINGS, "share/jupyter/lab/settings"), (places.KERNEL_SETTINGS, "etc/ipython")):
        folder = places.ENVIRONMENT / folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(places.FOLDER / settings, folder)
