"""What a figure was measured on: the machine, the versions, the state of the repository."""

import os
import pathlib
import platform
import re
import subprocess
from importlib import metadata

PEERS = {
    "ONNX Runtime": "onnxruntime",
    "OpenVINO": "openvino",
    "LiteRT": "ai-edge-litert",
    "Keras": "keras",
    "TensorFlow": "tensorflow-cpu",
}


def output(*command, **options):
    """A command's first line, or None where it isn't there or fails."""
    try:
        text = subprocess.run(
            [str(c) for c in command], check=True, text=True, capture_output=True, **options
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return text.splitlines()[0] if text else None


def read(path):
    try:
        return pathlib.Path(path).read_text().strip()
    except OSError:
        return None


def cpu():
    match = re.search(r"model name\s*:\s*(.*)", read("/proc/cpuinfo") or "")
    return (
        match.group(1)
        if match
        else output("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()
    )


def caches():
    """Sizes of the first core's data caches, such as `L1d 32 KiB`."""
    found = []
    for index in sorted(pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size = (read(index / name) for name in ("level", "type", "size"))
        if kind in ("Data", "Unified") and size:
            found.append(f"L{level}{'d' if kind == 'Data' else ''} {size.replace('K', ' KiB')}")
    return found


def flags():
    match = re.search(r"(?:flags|Features)\s*:(.*)", read("/proc/cpuinfo") or "")
    return set(match.group(1).split()) if match else set()


def vectors():
    """The widest vectors that the CPU multiplies and adds."""
    for flag, name in (("avx512f", "AVX-512"), ("fma", "AVX2 with FMA"), ("avx", "AVX")):
        if flag in flags():
            return name
    return "NEON" if platform.machine() in ("arm64", "aarch64") else "SSE"


def system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"] + ", Linux " + platform.release()
    except OSError:
        return platform.platform()


def describe(bnc, root):
    """Facts for the report, all of them text or numbers."""
    swift = re.search(r"version (\S+)", output("swift", "--version") or "")
    versions = {"bnc": output(bnc, "--version") or "?", "Swift": swift.group(1) if swift else "?"}
    for name, package in PEERS.items():
        try:
            versions[name] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[name] = metadata.version("tensorflow")
    commit = output("git", "rev-parse", "--short", "HEAD", cwd=root)
    return {
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "caches": caches(),
        "vectors": vectors(),
        "virtual": "hypervisor" in flags(),
        "system": system(),
        "versions": versions,
        "commit": commit,
    }
