#!/usr/bin/env python3
"""Times emitted Swift beside ONNX Runtime on the same models and weights (see README.md)."""
import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
here = pathlib.Path(__file__).resolve().parent
root = here.parent
DEFAULT = ["seed_dense32", "seed_cbr28", "seed_cnn32", "seed_conv3d", "ds_cnn", "vgg_cifar",
           "mobilenet_v2", "resnet50", "vgg16"]


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, text=True, capture_output=True, **options)


def export(spec_path, folder):
    """Random weights for a spec, as safetensors for bnc and as an ONNX model for the peers."""
    import keras
    import numpy as np
    import tensorflow as tf
    import tf2onnx
    import yaml
    from safetensors.numpy import save_file
    sys.path.insert(0, str(here))
    import keras_oracle

    spec = yaml.safe_load(spec_path.read_text())
    model = keras_oracle.build(spec)
    rng = np.random.default_rng(0)
    weights = {}
    for key, variable in keras_oracle.spec_weights(model).items():
        value = keras_oracle.random_value(key, tuple(variable.shape), rng).astype(np.float32)
        variable.assign(value)
        weights[key] = np.ascontiguousarray(value)
    save_file(weights, folder / "weights.safetensors")
    signature = [tf.TensorSpec((1, *t.shape[1:]), tf.float32, name=t.name) for t in model.inputs]
    function = tf.function(lambda *xs: model(list(xs) if len(xs) > 1 else xs[0], training=False),
                           input_signature=signature)
    tf2onnx.convert.from_function(function, input_signature=signature, opset=17,
                                  output_path=str(folder / "model.onnx"))
    x = rng.standard_normal((1, *model.inputs[0].shape[1:])).astype(np.float32)
    np.save(folder / "x.npy", x)
    return x


def onnxruntime_session(path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def measure(name, rounds, seconds, folder):
    import numpy as np

    spec = here / "models" / f"{name}.yaml"
    bnc = root / ".build/release/bnc"
    x = export(spec, folder)
    package = folder / "package"
    start = time.perf_counter()
    run(bnc, "compile", spec, "--weights", folder / "weights.safetensors", "-o", package,
        "--target-cpu", "native")
    emitted = time.perf_counter()
    run("swift", "build", "-c", "release", "--package-path", package)
    built = time.perf_counter()
    predict = package / ".build/release/predict"
    session = onnxruntime_session(folder / "model.onnx")
    feed = {session.get_inputs()[0].name: x}
    expected = session.run(None, feed)[0]
    ours, theirs = [], []
    for _ in range(rounds):
        text = run(predict, folder / "x.npy", folder / "y.npy", "--time", seconds).stdout
        ours.append([float(v) for v in re.findall(r"([\d.e+-]+) µs", text)])
        times = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or not times:
            t = time.perf_counter()
            session.run(None, feed)
            times.append((time.perf_counter() - t) * 1e6)
        theirs.append([min(times), statistics.median(times)])
    found = np.load(folder / "y.npy")
    error = float(np.abs(found - expected).max() / np.abs(expected).max())
    figures = json.loads(run(bnc, "inspect", spec, "--json").stdout)
    return {
        "ours": (min(o[0] for o in ours), statistics.median(o[1] for o in ours)),
        "theirs": (min(t[0] for t in theirs), statistics.median(t[1] for t in theirs)),
        "error": error, "emit": emitted - start, "build": built - emitted, "figures": figures,
    }


def cpu_name():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        return re.search(r"model name\s*:\s*(.*)", text).group(1)
    except (OSError, AttributeError):
        return platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each engine in each round")
    arguments = parser.parse_args()
    import onnxruntime

    print(f"{cpu_name()}, {os.cpu_count()} cores; ONNX Runtime {onnxruntime.__version__}; "
          f"one thread, batch 1, float32; {arguments.rounds} rounds of {arguments.seconds} s")
    print("| model | bnc minimum / median | ONNX Runtime minimum / median | ratio of minima "
          "| GFLOP/s | largest difference | compile + build |")
    print("|---|---|---|---|---|---|---|")
    for name in arguments.models:
        with tempfile.TemporaryDirectory() as folder:
            r = measure(name, arguments.rounds, arguments.seconds, pathlib.Path(folder))
        macs = r["figures"]["totals"]["multiplyAdds"]
        print(f"| {name} | {r['ours'][0]:.4g} / {r['ours'][1]:.4g} µs "
              f"| {r['theirs'][0]:.4g} / {r['theirs'][1]:.4g} µs "
              f"| {r['theirs'][0] / r['ours'][0]:.2f}x | {2e-3 * macs / r['ours'][0]:.1f} "
              f"| {r['error']:.1e} of the largest | {r['emit']:.1f} s + {r['build']:.0f} s |", flush=True)


if __name__ == "__main__":
    main()
