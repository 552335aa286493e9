"""How JupyterLab is started."""

import sys

from courseware import lab
from courseware.command_line import command_line


def test_options_for_jupyter(monkeypatch):
    options = command_line().parse_args(["--no-browser"])
    monkeypatch.setattr(lab, "is_root", lambda: False)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert lab.asked_for(options) == ["--no-browser"] and lab.here() == []
    monkeypatch.setattr(lab, "is_root", lambda: True)
    monkeypatch.setattr(sys, "platform", "linux")
    assert lab.here() == ["--ServerApp.use_redirect_file=False", "--allow-root"]
