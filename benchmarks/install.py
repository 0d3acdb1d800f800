"""The peers: a virtual environment with the versions that requirements.txt pins."""

import hashlib
import os
import pathlib
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv-bench"
REQUIREMENTS = HERE / "requirements.txt"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)  # what the pinned versions have wheels for


def wanted():
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def is_installed():
    stamp = ENVIRONMENT / "installed"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted()


def install():
    """Creates the environment from PyPI, or brings it up to date."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SystemExit(
            f"error: the peers need Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}, and "
            f"this is {sys.version.split()[0]}; run this script with another one"
        )
    print(
        f"installing ONNX Runtime, OpenVINO, LiteRT and Keras into {ENVIRONMENT}", file=sys.stderr
    )
    try:
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run(
            [
                PYTHON,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
                REQUIREMENTS,
            ],
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise SystemExit(
            f"error: {ENVIRONMENT} can't be filled ({error}); on Debian and Ubuntu the package "
            "python3-venv is needed, and the network for PyPI"
        ) from error
    (ENVIRONMENT / "installed").write_text(wanted())


def enter():
    """Goes on in the environment's Python, with everything installed."""
    if pathlib.Path(sys.prefix) == ENVIRONMENT:
        return
    if not is_installed():
        install()
    os.execv(PYTHON, [str(PYTHON), *sys.argv])
