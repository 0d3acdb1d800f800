"""The engines as processes: how each is built, called, timed and weighed."""

import dataclasses
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE / ".cache"
DRIVERS = HERE / "drivers"
PEERS = ("ONNX Runtime", "OpenVINO", "LiteRT")


class Unavailable(Exception):
    """What can't be measured, and why."""


def run(*command, **options):
    """Runs a command; Unavailable carries what it wrote where it fails."""
    result = subprocess.run([str(c) for c in command], text=True, capture_output=True, **options)
    if result.returncode != 0:
        text = reason(result.stderr.strip() or result.stdout)
        raise Unavailable(f"{pathlib.Path(str(command[0])).name} failed: {text}")
    return result.stdout


def reason(text):
    """The line of what a failed program wrote that says most."""
    lines = text.strip().splitlines() or ["it says nothing"]
    return next((line for line in lines if "error[" in line or "error:" in line), lines[-1])[:300]


def package_folder(module):
    return pathlib.Path(importlib.util.find_spec(module).origin).parent


def library(module, pattern):
    """A shared library of an installed wheel."""
    found = sorted(package_folder(module).glob(pattern))
    if not found:
        raise Unavailable(f"the wheel of {module} holds no {pattern}")
    return found[0]


def compiler():
    for name in ("clang", "cc", "gcc"):
        if shutil.which(name):
            return name
    raise Unavailable("no C compiler: Swift's toolchain holds clang")


def build_driver(name, *flags):
    """A driver of drivers/NAME.c, built anew."""
    folder = CACHE / "drivers"
    folder.mkdir(parents=True, exist_ok=True)
    run(compiler(), "-O2", *flags, "-o", folder / name, DRIVERS / f"{name}.c", "-ldl")
    return folder / name


def build_drivers():
    x86 = os.uname().machine == "x86_64"
    wide = ["-mprefer-vector-width=512"] if x86 else []
    return {
        "ONNX Runtime": [
            build_driver("onnxruntime"),
            library("onnxruntime", "capi/libonnxruntime.*"),
        ],
        "OpenVINO": [
            build_driver("openvino", f"-I{package_folder('openvino') / 'include'}"),
            library("openvino", "libs/libopenvino_c.*"),
        ],
        "LiteRT": [build_driver("litert"), library("ai_edge_litert", "libLiteRt.*")],
        "interpreter": [
            sys.executable,
            DRIVERS / "litert_interpreter.py",
            build_driver("litert_interpreter", "-shared", "-fPIC"),
        ],
        "peak": [build_driver("peak", "-O3", "-march=native", "-ffp-contract=fast", *wide)],
    }


@dataclasses.dataclass
class Variant:
    """One way to run a model: an engine, its threads and settings, and how its driver is called."""

    engine: str
    threads: int
    settings: str
    command: list
    output: pathlib.Path
    truth: np.ndarray
    ships: list
    caches: bool = False
    cache: pathlib.Path = None

    @property
    def name(self):
        return f"{self.engine} ({self.settings})" if self.settings else self.engine

    def error(self):
        """The largest difference to float64, of the largest output."""
        found = np.fromfile(self.output, np.float32).astype(np.float64)
        return float(np.abs(found - self.truth.ravel()).max() / np.abs(self.truth).max())

    def with_cache(self, folder):
        """The same, starting from what the engine kept of an earlier start; ONNX Runtime then has
        no use for the model itself."""
        path = folder / re.sub(r"\W+", "-", f"{self.name} {self.threads}").lower()
        ships = [] if self.engine == "ONNX Runtime" else self.ships
        return dataclasses.replace(
            self,
            command=[*self.command, path],
            cache=path,
            ships=ships,
            settings=f"{self.settings}, with its cache",
        )


class Driver:
    """A running driver: its model is loaded and the first prediction is made."""

    def __init__(self, variant, log):
        self.log = log
        command = [str(c) for c in variant.command]
        with open(log, "w") as errors:
            start = time.perf_counter()
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
            line = self.process.stdout.readline()
            self.operations = 0.0
            if line.startswith("operations"):
                self.operations = float(line.split()[1])
                line = self.process.stdout.readline()
            self.start_up = time.perf_counter() - start
        if line.strip() != "ready":
            self.fail(command)

    def fail(self, command):
        self.process.kill()
        self.process.wait()
        lines = pathlib.Path(self.log).read_text().strip().splitlines() or ["it says nothing"]
        raise Unavailable(f"{pathlib.Path(command[0]).name} failed: {lines[-1][:300]}")

    def time(self, seconds, path):
        """Microseconds per prediction, one figure for each block of predictions."""
        self.process.stdin.write(f"time {seconds} {path}\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline().startswith("done"):
            self.fail(self.process.args)
        return np.fromfile(path)

    def peak_memory(self):
        """The largest resident set so far in bytes; None where /proc doesn't tell."""
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024

    def libraries(self):
        """The shared libraries in use that don't belong to the operating system."""
        try:
            maps = pathlib.Path(f"/proc/{self.process.pid}/maps").read_text()
        except OSError:
            return []
        paths = {line.split(maxsplit=5)[5] for line in maps.splitlines() if ".so" in line}
        system = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
        return sorted(pathlib.Path(p) for p in paths if not p.startswith(system))

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def shape_text(shape):
    return ",".join(str(size) for size in shape)


class Peers:
    """The ways to run an exported model with the peers."""

    def __init__(self, drivers, model):
        self.drivers = drivers
        self.folder = model.folder
        self.facts = model.facts
        self.truth = model.truth

    def call(self, engine, threads, model, settings, variant, driver=None):
        facts, channels_first = self.facts, model.endswith("nchw.onnx")
        x_shape, x_file = facts["inputShape"], "x.f32"
        y_shape, truth = facts["outputShape"], self.truth
        if channels_first:
            x_shape, x_file = facts["nchwInputShape"], "x_nchw.f32"
            y_shape = facts["nchwOutputShape"]
            truth = truth.transpose(facts["nchwOutputOrder"])
        words = re.sub(r"[^a-z]+", "-", f"{engine} {settings}".lower())
        path, output = self.folder / model, self.folder / f"y-{words}-{threads}.f32"
        command = [
            *(driver or self.drivers[engine]),
            path,
            threads,
            variant,
            self.folder / x_file,
            shape_text(x_shape),
            output,
            shape_text(y_shape),
        ]
        ships = [path, path.with_suffix(".bin")] if path.suffix == ".xml" else [path]
        return Variant(
            engine, threads, settings, command, output, truth, ships, caches=driver is None
        )

    def models(self, engine):
        """The files that an engine can read, with what they are called in the report."""
        onnx = [
            ("nhwc.onnx", "ONNX, channels last"),
            ("nchw.onnx", "ONNX, channels first"),
            ("tflite-nhwc.onnx", "ONNX of TFLite, channels last"),
            ("tflite-nchw.onnx", "ONNX of TFLite, channels first"),
            ("operator.onnx", "ONNX's operator"),
        ]
        tflite = [("keras.tflite", "TFLite")]
        known = {
            "ONNX Runtime": onnx,
            "LiteRT": tflite,
            "OpenVINO": [*onnx, ("openvino.xml", "own conversion"), *tflite],
        }[engine]
        return [(file, text) for file, text in known if (self.folder / file).exists()]

    def variants(self, engine, threads, model):
        """The ways to run a model file with an engine; the first is the usual one."""
        file, text = model
        if engine == "LiteRT":
            return [
                self.call(engine, threads, file, "compiled model", "-"),
                self.call(engine, threads, file, "interpreter", "-", self.drivers["interpreter"]),
            ]
        ways = {
            "ONNX Runtime": [("Run", "run"), ("IO binding", "binding")],
            "OpenVINO": [("pinned", "pinned"), ("unpinned", "unpinned")],
        }[engine]
        return [
            self.call(engine, threads, file, f"{text}, {way}", variant) for way, variant in ways
        ]


class Bnc:
    """bnc, and the packages that it writes."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        if not self.path.exists():
            raise SystemExit(
                f"error: {path} isn't there; `make build` builds bnc, or --bnc names another one"
            )
        self.has_threads = "--threads" in run(self.path, "compile", "--help")

    def operations(self, spec):
        """Floating-point operations of one prediction, two for each multiply-add."""
        return 2 * json.loads(run(self.path, "inspect", spec, "--json"))["totals"]["multiplyAdds"]

    def emit(self, spec, weights, folder, threads, options):
        """The package for a spec, and the seconds it took; an equal one of an earlier run stays,
        and so does what was built of it."""
        package, new = folder / f"bnc-{threads}", folder / f"bnc-{threads}.new"
        shutil.rmtree(new, ignore_errors=True)
        several = ["--threads", threads] if threads > 1 else []
        start = time.perf_counter()
        run(
            self.path,
            "compile",
            spec,
            "--weights",
            weights,
            "-o",
            new,
            "--target-cpu",
            "native",
            *several,
            *options,
        )
        seconds = time.perf_counter() - start
        add_driver(new)
        if fingerprint(new) == fingerprint(package):
            shutil.rmtree(new)
        else:
            shutil.rmtree(package, ignore_errors=True)
            new.rename(package)
        return package, seconds

    def variant(self, model, threads, options):
        """A model as an executable that bnc and Swift built, and the seconds that both took."""
        package, emitting = self.emit(
            model.spec, model.folder / "weights.safetensors", model.folder, threads, options
        )
        scratch = package.with_suffix(".build")
        start = time.perf_counter()
        run(
            "swift",
            "build",
            "-c",
            "release",
            "--package-path",
            package,
            "--scratch-path",
            scratch,
            "--product",
            "Benchmark",
        )
        building = time.perf_counter() - start
        weights, output = next(package.glob("*.weights")), model.folder / f"y-bnc-{threads}.f32"
        command = [
            scratch / "release" / "Benchmark",
            weights,
            model.folder / "x.f32",
            shape_text(model.facts["inputShape"]),
            output,
            shape_text(model.facts["outputShape"]),
        ]
        variant = Variant("bnc", threads, "", command, output, model.truth, [weights])
        return variant, emitting, building


def add_driver(package):
    """Adds drivers/bnc.swift to a package as one more executable."""
    manifest = package / "Package.swift"
    name = re.search(r'name: "(\w+)"', manifest.read_text()).group(1)
    c, swift = package / "Sources" / "BenchmarkDriver", package / "Sources" / "Benchmark"
    (c / "include").mkdir(parents=True)
    swift.mkdir()
    shutil.copy(DRIVERS / "driver.h", c / "include" / "driver.h")
    (c / "driver.c").write_text('#include "driver.h"\n')
    (swift / "main.swift").write_text((DRIVERS / "bnc.swift").read_text().replace("MODULE", name))
    with manifest.open("a") as file:
        file.write(
            '\npackage.targets += [\n    .target(name: "BenchmarkDriver"),\n'
            f'    .executableTarget(name: "Benchmark", dependencies: ["{name}", '
            '"BenchmarkDriver"]),\n]\n'
        )


def fingerprint(folder):
    """A digest of all files in a folder, None where there is none."""
    if not folder.is_dir():
        return None
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def stripped_size(path):
    """The size of an executable without symbols, in bytes."""
    copy = pathlib.Path(str(path) + ".stripped")
    for tool in ("strip", "llvm-strip"):
        if shutil.which(tool):
            run(tool, "-o", copy, path)
            return copy.stat().st_size
    return pathlib.Path(path).stat().st_size
