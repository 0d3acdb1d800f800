#!/usr/bin/env python3
"""Writes a spec with random weights as every engine wants it, and what Keras computes in float64.

    export.py SPEC.yaml FOLDER

The folder then holds `weights.safetensors` (bnc), `nhwc.onnx` and `nchw.onnx` (the input's axes as
Keras has them, and channels first), the same with normalizations folded by the TFLite converter
(`tflite-nhwc.onnx`, `tflite-nchw.onnx`), with the operator of a recurrent layer
(`operator.onnx`), `keras.tflite`, `openvino.xml` (OpenVINO's own
conversion), the input as `x.npy`, `x.f32` and `x_nchw.f32`, `truth.npy`, and `export.json`.
"""

import contextlib
import json
import os
import pathlib
import shutil
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf
import yaml
from safetensors.numpy import save_file

import keras_oracle
import operators

CALIBRATION_SAMPLES = 4


def randomize(model, rng):
    """Draws every variable by its kind: kernels by fan-in, BatchNormalization as if trained."""
    for key, variable in keras_oracle.spec_weights(model).items():
        value = keras_oracle.random_value(key, tuple(variable.shape), rng)
        variable.assign(value.astype(np.float32))
    keras_oracle.settle(model)


def calibrate(layer, x, rng):
    """Gives a layer's output the scale a trained network's has, by the data that reaches it."""
    if isinstance(layer, keras.layers.BatchNormalization):
        axes = [a for a in range(len(x.shape)) if a != layer.axis % len(x.shape)]
        mean, variance = np.mean(x, axis=tuple(axes)), np.var(x, axis=tuple(axes))
        variance = np.maximum(variance, 0.05 * variance.mean() + 1e-6)
        layer.moving_mean.assign(mean + 0.1 * np.sqrt(variance) * rng.standard_normal(mean.shape))
        layer.moving_variance.assign(variance * rng.uniform(0.8, 1.25, variance.shape))
        return
    kernels = [w for w in layer.weights if w.name.endswith("kernel")]
    if len(kernels) != 1 or hasattr(layer, "cell"):
        return
    activation = getattr(layer, "activation", None)
    if activation is not None:
        layer.activation = keras.activations.linear
    spread = float(np.std(layer(x, training=False)))
    if activation is not None:
        layer.activation = activation
    if spread > 0:
        kernels[0].assign(kernels[0].numpy() / spread)


def calibrate_model(model, rng):
    """Calibrates layer by layer, in the order of the model; returns each layer's spread."""
    x = model.inputs[0]
    values = {id(x): rng.standard_normal((CALIBRATION_SAMPLES, *x.shape[1:])).astype(np.float32)}
    spreads = {}
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        several = isinstance(layer.input, (list, tuple))
        arguments = [values[id(t)] for t in (layer.input if several else [layer.input])]
        calibrate(layer, arguments[0], rng)
        y = np.asarray(layer(arguments if several else arguments[0], training=False))
        values[id(layer.output)] = y
        spreads[layer.name] = float(np.std(y))
    return spreads


def channels_first_order(shape):
    """The order of axes that puts channels second, or None where tf2onnx knows of no such order."""
    return [0, 3, 1, 2] if len(shape) == 4 else None


def pool_separably(layer, x):
    """MaxPooling3D over height and width, then over depth: TFLite has both, and so has float64."""
    if layer.data_format == "channels_first":
        x = keras.ops.transpose(x, (0, 2, 3, 4, 1))
    n, depth, height, width, channels = x.shape
    (kd, kh, kw), (sd, sh, sw) = layer.pool_size, layer.strides
    options = {"padding": layer.padding, "data_format": "channels_last"}
    y = keras.ops.reshape(x, (n * depth, height, width, channels))
    y = keras.ops.max_pool(y, (kh, kw), (sh, sw), **options)
    _, height, width, _ = y.shape
    y = keras.ops.reshape(y, (n, depth, height * width, channels))
    y = keras.ops.max_pool(y, (kd, 1), (sd, 1), **options)
    y = keras.ops.reshape(y, (n, -1, height, width, channels))
    return keras.ops.transpose(y, (0, 4, 1, 2, 3)) if layer.data_format == "channels_first" else y


@contextlib.contextmanager
def separable_pooling():
    """Lets MaxPooling3D be computed where there is no operation for it."""
    usual = keras.layers.MaxPooling3D.call
    keras.layers.MaxPooling3D.call = pool_separably
    try:
        yield
    finally:
        keras.layers.MaxPooling3D.call = usual


def prediction(model, signature):
    return tf.function(lambda x: model(x, training=False), input_signature=signature)


def attempt(path, write):
    """Writes a file, or none where a converter can't: then an engine does without it."""
    try:
        write()
    except Exception as problem:  # converters raise what they like
        print(f"no {path.name}: {problem}")
        path.unlink(missing_ok=True)


def write_onnx(function, signature, tflite, path, output_order=None, channels_first=False):
    """ONNX models, `path` from Keras and `tflite-` of it from TFLite, where normalizations are
    folded into weights; with `channels_first` that is the order of the input and of the output."""
    import tf2onnx

    output = function.get_concrete_function().outputs[0].name
    inputs = [f"{signature[0].name}:0"] if channels_first else None
    outputs = [output] if channels_first and output_order else None
    attempt(
        path,
        lambda: tf2onnx.convert.from_function(
            function,
            input_signature=signature,
            opset=17,
            output_path=str(path),
            inputs_as_nchw=inputs,
            outputs_as_nchw=outputs,
        ),
    )
    bare = [
        [name.split(":")[0] for name in names] if names else None for names in (inputs, outputs)
    ]
    folded = path.with_name("tflite-" + path.name)
    attempt(
        folded,
        lambda: tf2onnx.convert.from_tflite(
            str(tflite),
            opset=17,
            output_path=str(folded),
            inputs_as_nchw=bare[0],
            outputs_as_nchw=bare[1],
        ),
    )


def write_openvino(model, shape, path):
    """OpenVINO's own conversion, from a SavedModel; weights stay float32."""
    import openvino

    saved = path.with_name("saved_model")
    model.export(str(saved), verbose=False)
    converted = openvino.convert_model(str(saved), input=[list(shape)])
    openvino.save_model(converted, str(path), compress_to_fp16=False)
    shutil.rmtree(saved)


def write_tflite(model, signature, path):
    """A TFLite model whose weights are constants: without them nothing of it can be fused."""
    with separable_pooling():
        function = prediction(model, signature).get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function])
    path.write_bytes(converter.convert())


def truth(spec, weights, name, x):
    """The model's output in float64."""
    with separable_pooling():
        found = next(iter(keras_oracle.predict(spec, weights, {name: x}, "float64").values()))
    if found.dtype != np.float64 or not np.isfinite(found).all():
        raise SystemExit(f"expected finite float64 as truth, found {found.dtype}")
    return found


def export(spec_path, folder):
    spec = yaml.safe_load(spec_path.read_text())
    model = keras_oracle.build(spec)
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise SystemExit(f"{spec_path}: expected a model with one input and one output")
    rng = np.random.default_rng(0)
    randomize(model, rng)
    spreads = calibrate_model(model, rng)
    # All of them float32, as bnc wants Normalization's count too; scalars stay scalars.
    weights = {
        k: np.array(v.numpy(), np.float32, order="C")
        for k, v in keras_oracle.spec_weights(model).items()
    }
    save_file(weights, folder / "weights.safetensors")

    shape = (1, *model.inputs[0].shape[1:])
    x = rng.standard_normal(shape).astype(np.float32)
    np.save(folder / "x.npy", x)
    x.tofile(folder / "x.f32")
    signature = [tf.TensorSpec(shape, tf.float32, name="x")]
    function = prediction(model, signature)
    tflite, own = folder / "keras.tflite", folder / "openvino.xml"
    attempt(tflite, lambda: write_tflite(model, signature, tflite))
    attempt(own, lambda: write_openvino(model, shape, own))
    output_order = channels_first_order(model.outputs[0].shape)
    write_onnx(function, signature, tflite, folder / "nhwc.onnx")
    attempt(folder / "operator.onnx", lambda: operators.write(model, shape, folder / "operator.onnx"))
    order = channels_first_order(shape)
    if order:
        np.ascontiguousarray(x.transpose(order)).tofile(folder / "x_nchw.f32")
        write_onnx(function, signature, tflite, folder / "nchw.onnx", output_order, True)

    float32 = np.asarray(function(tf.constant(x)))
    expected = truth(spec, weights, model.inputs[0].name, x)
    np.save(folder / "truth.npy", expected)
    scale = float(np.abs(expected).max())
    output_order = output_order or list(range(expected.ndim))
    (folder / "export.json").write_text(
        json.dumps(
            {
                "inputShape": shape,
                "nchwInputShape": [shape[a] for a in order] if order else None,
                "outputShape": expected.shape,
                "nchwOutputShape": [expected.shape[a] for a in output_order],
                "nchwOutputOrder": output_order,
                "largestOutput": scale,
                "kerasFloat32Error": float(np.abs(float32 - expected).max()) / scale,
                "smallestSpread": min(spreads.values()),
                "largestSpread": max(spreads.values()),
                "parameters": model.count_params(),
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    export(pathlib.Path(sys.argv[1]), target)
