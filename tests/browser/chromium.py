"""Where a Chromium is on this machine."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NO_CHROMIUM = "no Chromium was found: install one, or name it by CHROMIUM=/path/to/it"


def find_chromium() -> str | None:
    """The path of a Chromium: what the variable CHROMIUM names, else the first of the usual ones that is there."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), None) or next((app for app in MAC_APPS if Path(app).exists()), None)
