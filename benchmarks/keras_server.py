#!/usr/bin/env python3
"""Keras for `make fuzz`: reads a folder's path per line, answers with a line.

`run FOLDER` predicts, in float64 or where TensorFlow can't in float32, what model.yaml makes of
weights.safetensors and inputs.safetensors, writes outputs.safetensors and answers `ok float64`; `build
FOLDER` builds model.yaml, predicts with random numbers and answers `ok` and the outputs' shapes. Other
answers: `keys TEXT` where the variables differ, `absent` where Keras or TensorFlow has not got it, and
`refused TEXT` with Keras's own message.
"""
import os, pathlib, re, sys, warnings

answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)  # What TensorFlow prints is no answer.
warnings.filterwarnings("ignore")

import numpy as np
import yaml
from safetensors.numpy import load_file, save_file

import keras
from keras_oracle import build, random_value, settle, spec_weights

if keras.backend.backend() == "tensorflow":
    import tensorflow as tf
    from keras.src.backend.tensorflow import numpy as backend

    guessing = backend.add

    def add(a, b):
        """Keras takes what has one long axis for a bias and guesses where it goes. The axis of the batch is
        none of these: it has no size where a model is built, and one only here, where it is called at once."""
        a, b = (backend.convert_to_tensor(x, backend.dtypes.result_type(
            *(getattr(y, "dtype", type(y)) for y in (a, b)))) for x in (a, b))
        has_batch = len(a.shape) == len(b.shape) and b.shape[:1] != [1]
        return tf.add(a, b) if has_batch else guessing(a, b)

    backend.add = add


def line(text):
    return " ".join(str(text).split())[:600]


def feed(model, inputs):
    values = {t.name: inputs[t.name].astype(t.dtype) for t in model.inputs}
    return values if len(values) > 1 else next(iter(values.values()))


def call(model, inputs):
    """What a model makes of inputs, by the outputs' names in the spec."""
    out = model(feed(model, inputs), training=False)
    outs = out if isinstance(out, (list, tuple)) else [out]
    return {n: np.asarray(o) for n, o in zip(model.spec_output_names, outs)}


def run(folder):
    weights = load_file(folder / "weights.safetensors")
    inputs = load_file(folder / "inputs.safetensors")
    model = build(yaml.safe_load((folder / "model.yaml").read_text()))
    variables = spec_weights(model)
    wanted = {key: tuple(v.shape) for key, v in variables.items()}
    found = {key: v.shape for key, v in weights.items()}
    if wanted != found:
        only = {k: v for k, v in wanted.items() if found.get(k) != v}
        own = {k: v for k, v in found.items() if wanted.get(k) != v}
        return line(f"keys Keras has {only}, bnc {own}")
    for key, v in variables.items():
        v.assign(weights[key].astype(v.dtype))
    settle(model)
    outputs = call(model, inputs)
    save_file({k: np.asarray(v.astype(np.float64), order="C") for k, v in outputs.items()},
              folder / "outputs.safetensors")
    return "ok"


def accept(folder):
    model = build(yaml.safe_load((folder / "model.yaml").read_text()))
    rng = np.random.default_rng(0)
    for key, v in spec_weights(model).items():
        v.assign(random_value(key, tuple(v.shape), rng).astype(v.dtype))
    settle(model)
    inputs = {}
    for t in model.inputs:
        shape = [2] + list(t.shape[1:])
        inputs[t.name] = rng.standard_normal(shape) if "float" in t.dtype else np.zeros(shape)
    return "ok " + ", ".join(str(v.shape) for v in call(model, inputs).values())


# Layers that Keras has not got, and what TensorFlow can't do on a CPU.
ABSENT = ("AttributeError.*keras.layers|is not a Keras layer|only supports NHWC|"
          "only supports equal length strides|UnimplementedError|Could not find device|"
          "do(es)? not yet support|batch size must be static")


def answer_to(verb, folder):
    """In float64; in float32 where TensorFlow has no kernel for more."""
    for floatx in ("float64", "float32"):
        keras.config.set_floatx(floatx)
        keras.config.set_dtype_policy(floatx)
        try:
            answer = (run if verb == "run" else accept)(folder)
            return f"{answer} {floatx}" if verb == "run" and answer == "ok" else answer
        except Exception as error:
            if floatx == "float32":
                raise


for count, request in enumerate(sys.stdin):
    verb, _, path = request.strip().partition(" ")
    if count % 100 == 99:
        keras.utils.clear_session()
    try:
        answer = answer_to(verb, pathlib.Path(path))
    except Exception as error:  # Whatever Keras raises is its refusal.
        text = f"{type(error).__name__}: {error}"
        answer = "absent" if re.search(ABSENT, text, re.DOTALL) else line(f"refused {text}")
    print(answer, file=answers, flush=True)
