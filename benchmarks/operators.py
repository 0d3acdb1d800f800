"""ONNX models that use the operator of a recurrent layer, where converters write loops over steps."""

import numpy as np


def lstm(model, shape, path):
    """A model of one LSTM layer that returns its last state, as ONNX's LSTM.

    Keras orders gates i, f, c, o and ONNX i, o, f, c; ONNX's second bias stays zero.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    layer = model.layers[-1]
    units = layer.units

    def gates(value):
        i, f, c, o = np.split(value, 4, axis=-1)
        return np.concatenate([i, o, f, c], axis=-1)

    kernel, recurrent, bias = (gates(w.numpy()) for w in layer.weights)
    constants = {
        "W": kernel.T[None],
        "R": recurrent.T[None],
        "B": np.concatenate([bias, np.zeros_like(bias)])[None],
        "axis": np.array([0], np.int64),
    }
    nodes = [
        helper.make_node("Transpose", ["x"], ["steps"], perm=[1, 0, 2]),
        helper.make_node("LSTM", ["steps", "W", "R", "B"], ["", "last"], hidden_size=units),
        helper.make_node("Squeeze", ["last", "axis"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "lstm",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [shape[0], units])],
        [numpy_helper.from_array(np.ascontiguousarray(v), k) for k, v in constants.items()],
    )
    onnx_model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    onnx_model.ir_version = 9
    onnx.checker.check_model(onnx_model)
    onnx.save(onnx_model, str(path))


def write(model, shape, path):
    """Writes the model where it is one that has an operator; nothing for others."""
    layers = [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]
    if len(layers) != 1 or type(layers[0]).__name__ != "LSTM":
        return
    layer = layers[0]
    plain = not (layer.return_sequences or layer.go_backwards) and layer.use_bias
    functions = (layer.activation.__name__, layer.recurrent_activation.__name__)
    if plain and functions == ("tanh", "sigmoid"):
        lstm(model, shape, path)
