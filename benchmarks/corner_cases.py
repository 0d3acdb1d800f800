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


def graph(inputs, *layers):
    """Inputs by name with their shape, and layers (class, arguments), each of them an output."""
    spec = [{"Input": {"name": n, **(s if isinstance(s, dict) else {"shape": s})}} for n, s in inputs.items()]
    for n, (cls, args) in enumerate(layers):
        spec.append({cls: {**args, "name": f"y{n}"}})
    return {"layers": spec, "outputs": [f"y{n}" for n in range(len(layers))]}


def attention():
    xv, xk = ["q", "v"], ["q", "v", "k"]
    marks = lambda *shape: {"shape": list(shape), "dtype": "bool"}
    mha = lambda **a: ("MultiHeadAttention", {"num_heads": 3, "key_dim": 5, **a})
    gqa = lambda **a: ("GroupQueryAttention", {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2, **a})
    sequences = {"q": [5, 6], "v": [7, 6], "k": [7, 4]}
    yield "corner-multiheadattention", graph(
        {**sequences, "m": marks(5, 7), "mh": marks(3, 5, 7), "mv": marks(7), "m1": marks(1, 7)},
        mha(inputs=xv), mha(inputs=xk, value_dim=2, use_bias=False), mha(inputs=xk, output_shape=4, value_dim=7),
        mha(inputs=xv, output_shape=[2, 3]), mha(inputs=["q", "q"], use_causal_mask=True), mha(inputs=xv, use_causal_mask=True),
        mha(inputs=xv, attention_mask="m"), mha(inputs=xk, attention_mask="mh", use_causal_mask=True), mha(inputs=xv, attention_mask="m1"),
        mha(inputs=xk, value_mask="mv"), mha(inputs=xk, key_mask="mv", dropout=0.2), mha(inputs=xv, sliding_window=2),
        mha(inputs=["q", "q"], sliding_window=2, use_causal_mask=True, dropout=0.1), mha(inputs=xv, use_gate=True, value_dim=4),
        mha(inputs=["q", "q"], num_heads=1, key_dim=1))
    yield "corner-multiheadattention-axes", graph(
        {"q": [3, 4, 6], "v": [3, 5, 6], "w": [5, 4, 2], "m": marks(3, 3, 4, 3, 5), "n": marks(1, 1, 4, 5)},
        mha(inputs=xv), mha(inputs=xv, attention_axes=2), mha(inputs=["q", "w"], attention_axes=[1]),
        mha(inputs=["q", "q"], attention_axes=[2, 1]), mha(inputs=xv, attention_axes=[-2]),
        mha(inputs=xv, attention_mask="m"), mha(inputs=xv, attention_axes=[2], attention_mask="n"),
        mha(inputs=["q", "w"], attention_axes=[1], use_causal_mask=True), mha(inputs=["q", "w"], attention_axes=[1], sliding_window=3))
    yield "corner-groupqueryattention", graph(
        {**sequences, "m": marks(5, 7), "mh": marks(4, 5, 7), "mq": marks(5), "mv": marks(7)},
        gqa(inputs=xv), gqa(inputs=xk, use_bias=False), gqa(inputs=["q", "q"], use_causal_mask=True), gqa(inputs=xv, attention_mask="m"),
        gqa(inputs=xk, attention_mask="mh", use_causal_mask=True), gqa(inputs=xv, query_mask="mq", value_mask="mv"),
        gqa(inputs=xk, key_mask="mv", dropout=0.1), gqa(inputs=xv, sliding_window=3), gqa(inputs=xv, use_gate=True),
        gqa(inputs=xv, num_query_heads=3, num_key_value_heads=1), gqa(inputs=xv, num_query_heads=2, num_key_value_heads=2))
    att = lambda **a: ("Attention", a)
    add = lambda **a: ("AdditiveAttention", a)
    sequences = {"q": [5, 6], "v": [7, 3], "k": [7, 6], "w": [4, 6]}
    yield "corner-attention", graph(
        {**sequences, "mq": marks(5), "mv": marks(7), "mw": {"shape": [4], "dtype": "int32"}, "q4": [2, 5, 6], "v4": [2, 7, 6]},
        att(inputs=["q", "w"]), att(inputs=xk, use_scale=True), att(inputs=xk, score_mode="concat"),
        att(inputs=xk, score_mode="concat", use_scale=True), att(inputs=["q", "q"], use_causal_mask=True),
        att(inputs=xk, mask=["mq", "mv"]), att(inputs=["q", "w"], mask=[None, "mw"], use_causal_mask=True),
        att(inputs=["q4", "v4"], dropout=0.1), att(inputs=["q4", "v4"], use_causal_mask=True),
        add(inputs=["q", "w"]), add(inputs=xk, use_scale=False), add(inputs=xk, mask=["mq", "mv"]),
        add(inputs=["q", "w"], use_causal_mask=True), add(inputs=["q4", "v4"]))
    block = lambda i, x: [
        {"LayerNormalization": {"name": f"n{i}", "inputs": x}},
        {"MultiHeadAttention": {"name": f"a{i}", "num_heads": 2, "key_dim": 4, "inputs": [f"n{i}", f"n{i}"], "use_causal_mask": True}},
        {"Add": {"name": f"r{i}", "inputs": [x, f"a{i}"]}}, "LayerNormalization", {"Dense": {"units": 16, "activation": "gelu"}},
        {"Dense": {"units": 8, "name": f"d{i}"}}, {"Add": {"name": f"x{i + 1}", "inputs": [f"r{i}", f"d{i}"]}}]
    yield "corner-transformer", {"layers": [{"Input": {"shape": [9, 8], "name": "x0"}}, *block(0, "x0"), *block(1, "x1"),
                                            "GlobalAveragePooling1D", {"Dense": {"units": 3, "activation": "softmax"}}]}


def einsum():
    e = lambda x, equation, shape, **a: ("EinsumDense", {"inputs": x, "equation": equation, "output_shape": shape, **a})
    yield "corner-einsumdense", graph(
        {"a": [5], "b": [4, 5], "c": [3, 4, 5]},
        e("a", "ab,bc->ac", 6, bias_axes="c"), e("b", "abc,cd->abd", [None, 6], bias_axes="d", activation="relu"),
        e("b", "...x,xy->...y", 3, bias_axes="y"), e("c", "...x,xy->...y", 3), e("b", "ab...,bc->ac...", 6, bias_axes="c"),
        e("c", "abc...,cd->abd...", [3, 6], bias_axes="bd"),
        e("b", "abc,cde->abde", [4, 2, 3], bias_axes="de"), e("c", "abcd,cde->abe", [3, 6], bias_axes="e"),
        e("b", "abc,bcd->abd", [4, 6], bias_axes="bd"), e("b", "abc,bcd->adb", [2, 4], bias_axes="d"),
        e("c", "abcd,de->aebc", [2, 3, 4], bias_axes="e", activation="softmax"), e("b", "abc,bd->adc", [3, 5], bias_axes="dc"),
        e("b", "abc,c->ab", [4]), e("b", "abc,bd->ad", 3, bias_axes="d"), e("b", "abc,d->abcd", [None, None, 2]),
        e("c", "abcd,bd->abc", [3, 4], bias_axes="b"))


def pooling():
    corners = lambda rank, *sizes: [{"output_size": s} for s in sizes] + [{"output_size": sizes[-1], "data_format": "channels_first"}]
    for rank, shape, sizes in ((1, [10, 9], (4, 5, 7, 3)), (2, [7, 12, 8], ([3, 5], [7, 4], 2, [5, 8])), (3, [4, 6, 5, 7], (2, [3, 4, 5], [2, 5, 3]))):
        both = [(f"Adaptive{k}Pooling{rank}D", a) for k in ("Average", "Max") for a in corners(rank, *sizes)]
        yield f"corner-adaptivepooling{rank}d", fan(shape, "", *both)
    yield "corner-adaptivepooling-special", fan([9, 2], "", ("AdaptiveMaxPooling1D", {"output_size": 4}), ("AdaptiveMaxPooling1D", {"output_size": 3}),
                                                ("AdaptiveAveragePooling1D", {"output_size": 4}))


def resizing():
    kinds = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area")
    size = lambda h, w, **a: ("Resizing", {"height": h, "width": w, **a})
    for kind in kinds:
        a = {"interpolation": kind}
        yield f"corner-resizing-{kind}", fan(
            [7, 10, 3], "", size(14, 20, **a), size(5, 13, **a), size(3, 4, **a), size(7, 25, **a), size(1, 1, **a), size(7, 10, **a),
            size(6, 8, crop_to_aspect_ratio=True, **a), size(9, 5, crop_to_aspect_ratio=True, **a),
            size(6, 4, pad_to_aspect_ratio=True, fill_value=0.5, **a), size(3, 9, pad_to_aspect_ratio=True, **a),
            ("UpSampling2D", {"size": [2, 3], **a}),
            *([] if kind == "nearest" else [("UpSampling2D", {"size": 2, "data_format": "channels_first", **a})]))
        yield f"corner-antialias-{kind}", fan(
            [11, 13, 2], "", *(size(h, w, antialias=True, **a) for h, w in ((4, 5), (11, 6), (20, 17), (2, 26))))
    yield "corner-centercrop", fan([6, 9, 2], "CenterCrop", {"height": 4, "width": 5}, {"height": 8, "width": 4}, {"height": 7, "width": 12}, {"height": 5, "width": 10})


def encoding():
    e = lambda x, **a: ("CategoryEncoding", {"inputs": x, **a})
    yield "corner-categoryencoding", graph(
        {"i": {"shape": [5], "dtype": "int32"}, "j": {"shape": [1], "dtype": "int32"}, "w": [5], "k": {"shape": [2, 3], "dtype": "int32"}},
        e("i", num_tokens=10), e("i", num_tokens=10, output_mode="one_hot"), e("i", num_tokens=12, output_mode="count"),
        e("i", num_tokens=10, output_mode="count", count_weights="w"), e("j", num_tokens=10, output_mode="one_hot"),
        e("k", num_tokens=6, output_mode="one_hot"), e("i", num_tokens=4, output_mode="one_hot"))
    d = lambda **a: {"bin_boundaries": [-0.5, 0.0, 0.25, 1.0], **a}
    yield "corner-discretization", fan([6], "Discretization", d(), d(output_mode="one_hot"), d(output_mode="multi_hot"), d(output_mode="count"))
    yield "corner-discretization-special", fan([6], "Discretization", d(), d(output_mode="one_hot"))


def activations():
    layers = ({"LeakyReLU": {"negative_slope": 0.1}}, {"ReLU": {"max_value": 1.0}}, {"ELU": {"alpha": 0.5}}, {"Softmax": {}}, {"Activation": {"activation": "gelu"}})
    yield "corner-activation-layers", fan([5, 4], "", *(("Dense", {"units": 6, "activation": a}) for a in layers),
                                          ("Conv1D", {"filters": 3, "kernel_size": 2, "activation": layers[0]}))
    yield "corner-batchnorm-renorm", fan([5, 4], "BatchNormalization", {"renorm": True}, {"renorm": True, "scale": False, "center": False, "epsilon": 0.01})


def found():
    """What `make fuzz` found to go wrong."""
    cells = [{"SimpleRNNCell": {"units": 1}}, {"LSTMCell": {"units": 3}}, {"GRUCell": {"units": 2}}]
    yield "corner-rnn-cells", fan([4, 3], "RNN", {"cell": cells}, {"cell": cells[:1]}, {"cell": cells[1], "return_sequences": True},
                                  {"cell": cells[::-1], "unroll": True, "go_backwards": True})
    yield "corner-relu-special", fan([40], "ReLU", {"threshold": 0.17}, {"threshold": 0.5, "max_value": 1.0}, {"threshold": 1.0, "max_value": 0.1},
                                     {"threshold": 1.0, "max_value": 0.1, "negative_slope": 0.5}, {"negative_slope": 0.5, "max_value": 0.0},
                                     {"threshold": 0.17, "negative_slope": 0.5}, {"negative_slope": 2.0}, {"max_value": 0.0})


def cases():
    yield from found()
    yield from pooling()
    yield from resizing()
    yield from encoding()
    yield from activations()
    yield from transposed()
    yield from attention()
    yield from einsum()


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
