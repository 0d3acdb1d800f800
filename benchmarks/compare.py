#!/usr/bin/env python3
"""Times emitted Swift beside ONNX Runtime, OpenVINO and LiteRT: same models, weights and machine.

README.md says how to use it, docs/performance.md how it measures. Progress goes to standard error,
the report to standard output.
"""

import argparse
import json
import os
import pathlib
import shlex
import signal
import sys

import install

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
DEFAULT = [
    "seed_dense32",
    "seed_cbr28",
    "seed_cnn32",
    "seed_conv3d",
    "ds_cnn",
    "vgg_cifar",
    "mobilenet_v2",
    "efficientnet_b0",
    "densenet121",
    "resnet50",
    "vgg16",
    "lstm64",
]


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", help="of models/; default: all that bnc is judged by")
    parser.add_argument("--threads", type=int, nargs="+", default=[1], metavar="N")
    parser.add_argument("--rounds", type=int, default=7, help="default: %(default)s")
    parser.add_argument(
        "--seconds",
        type=float,
        default=0.5,
        help="of each engine in each round; default: %(default)s",
    )
    parser.add_argument("--bnc", default=str(ROOT / ".build/release/bnc"), metavar="PATH")
    parser.add_argument(
        "--bnc-option",
        action="append",
        default=[],
        metavar="OPTION",
        help="passed to `bnc compile`, such as --bnc-option=--math=strict",
    )
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write all figures")
    parser.add_argument(
        "--write",
        type=pathlib.Path,
        metavar="FILE",
        help="write the report into a document, between its markers",
    )
    parser.add_argument(
        "--render",
        type=pathlib.Path,
        metavar="FILE",
        help="measure nothing: report the figures of a file that --json wrote",
    )
    parser.add_argument("--fresh", action="store_true", help="convert the models anew")
    parser.add_argument("--install", action="store_true", help="only install the peers")
    return parser.parse_args()


def command_line():
    return shlex.join(["python3", "benchmarks/compare.py", *sys.argv[1:]])


def publish(report, arguments):
    """Writes what there is so far."""
    import markdown

    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")
    if arguments.write:
        markdown.insert(arguments.write, markdown.write(report))


def compare(arguments):
    import engines
    import machine
    import markdown
    import measure

    bnc = engines.Bnc(arguments.bnc)
    drivers = engines.build_drivers()
    effort = measure.Effort(arguments.rounds, arguments.seconds, sorted(arguments.threads))
    skipped = {}
    if max(effort.threads) > 1 and not bnc.has_threads:
        skipped["bnc with several threads"] = "this bnc has no `compile --threads` yet"
        measure.say("bnc is measured with one thread only: it has no `compile --threads` yet")
    load = os.getloadavg()[0]
    report = {
        "date": markdown.today(),
        "command": command_line(),
        "rounds": effort.rounds,
        "seconds": effort.seconds,
        "threads": effort.threads,
        "load": [load, load],
        "machine": machine.describe(bnc.path, ROOT),
        "models": [],
        "skipped": skipped,
    }
    for name in arguments.models or DEFAULT:
        try:
            report["models"].append(
                measure.measure(name, bnc, drivers, effort, arguments.fresh, arguments.bnc_option)
            )
        except engines.Unavailable as problem:
            report["skipped"][name] = str(problem)
            measure.say(f"{name}: not measured: {problem}")
        report["load"][1] = os.getloadavg()[0]
        publish(report, arguments)
    return report


def main():
    arguments = parse()
    install.enter()
    if arguments.install:
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started ends too
    import markdown

    if arguments.render:
        report = json.loads(arguments.render.read_text())
        publish(report, arguments)
    else:
        report = compare(arguments)
    print(markdown.write(report))


if __name__ == "__main__":
    main()
