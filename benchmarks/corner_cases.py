#!/usr/bin/env python3
"""Writes the conformance cases of layers' corners: corner_cases.py OUT_DIR [NAME...]

A case is one model with many outputs, one for each corner, so that all of them are built at once.
Where a name is given, only the cases that begin with one of the names are written.
"""
import pathlib, shutil, sys

import yaml
from keras_oracle import make_case


def fan(shape, cls, *corners, dtype=None):
    """One input, and a layer with each of the given arguments that reads it."""
    source = {"shape": shape, "name": "x", **({"dtype": dtype} if dtype else {})}
    layers = [{"Input": source}]
    for n, args in enumerate(corners):
        name, args = (args[0], args[1]) if isinstance(args, tuple) else (cls, args)
        layers.append({name: {**args, "name": f"y{n}", "inputs": "x"}})
    return {"layers": layers, "outputs": [f"y{n}" for n in range(len(corners))]}


def transposed():
    def corners(rank):
        f = {"filters": 3}
        yield {**f, "kernel_size": 1, "strides": 3}
        yield {**f, "kernel_size": 2, "strides": 2}
        yield {**f, "kernel_size": 5, "strides": 3, "padding": "same"}
        yield {**f, "kernel_size": 4, "strides": 2, "output_padding": 1}
        yield {**f, "kernel_size": 3, "strides": 3, "padding": "same", "output_padding": 0}
        yield {**f, "kernel_size": 5, "strides": 2, "padding": "same", "output_padding": 0, "activation": "relu"}
        yield {**f, "kernel_size": 4, "strides": 3, "padding": "same", "output_padding": 2, "use_bias": False}
        yield {**f, "kernel_size": 4, "padding": "same"}
        yield {**f, "kernel_size": 3, "dilation_rate": 2}
        yield {**f, "kernel_size": 3, "dilation_rate": 2, "padding": "same"}
        yield {**f, "kernel_size": 3, "strides": 2, "padding": "same", "data_format": "channels_first"}
        if rank > 1:
            kernel, strides = [[4, 1, 3][:rank], [1, 3, 2][:rank]]
            yield {**f, "kernel_size": kernel, "strides": strides}
            yield {**f, "kernel_size": kernel, "strides": strides, "padding": "same"}

    for rank, shape in ((1, [7, 4]), (2, [5, 4, 3]), (3, [3, 2, 4, 2])):
        yield f"corner-conv{rank}dt", fan(shape, f"Conv{rank}DTranspose", *corners(rank))
    # The bias of TensorFlow's channels_first where the last axis has as many cells as filters.
    yield "corner-conv2dt-square", fan([2, 3, 2], "Conv2DTranspose",
                                       {"filters": 4, "kernel_size": 2, "strides": 2, "data_format": "channels_first"})
    yield "corner-conv2dt-special", fan([4, 5, 2], "Conv2DTranspose",
                                        {"filters": 2, "kernel_size": 2, "strides": 3},
                                        {"filters": 2, "kernel_size": 3, "strides": 2, "padding": "same"},
                                        {"filters": 2, "kernel_size": 4, "strides": 2, "padding": "same"})
    block = lambda f, **a: [{"Conv2DTranspose": {"filters": f, "kernel_size": 4, "strides": 2, "padding": "same", "use_bias": False, **a}},
                            "BatchNormalization", "LeakyReLU"]
    yield "corner-decoder", {"layers": [
        {"Input": {"shape": [6, 6, 5], "name": "skip"}}, {"Input": {"shape": [3, 3, 8], "name": "x"}}, *block(5, name="up"),
        {"Conv2D": {"filters": 5, "kernel_size": 1, "name": "p"}}, {"Add": {"inputs": ["p", "skip"]}}, "ReLU", *block(4),
        {"Conv2DTranspose": {"filters": 3, "kernel_size": 5, "strides": 1, "padding": "same", "activation": "tanh"}}]}


def cases():
    yield from transposed()


if __name__ == "__main__":
    out, wanted = pathlib.Path(sys.argv[1]), sys.argv[2:]
    for n, (name, spec) in enumerate(cases()):
        if wanted and not any(name.startswith(w) for w in wanted):
            continue
        folder = out / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        path = folder / "model.yaml"
        path.write_text(yaml.safe_dump({"name": name.replace("-", "_"), **spec}, sort_keys=False, default_flow_style=None, width=110))
        print(name, make_case(path, folder, seed=2000 + sum(map(ord, name)), special="special" in name), flush=True)
