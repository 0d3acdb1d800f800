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
    # TensorFlow goes along both axes, also where one keeps its size.
    yield "corner-resizing-special", fan(
        [5, 4, 2], "", size(5, 7), size(9, 4), size(3, 7), ("UpSampling2D", {"size": [2, 1], "interpolation": "bilinear"}))
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


def normalization():
    """The normalizations that Keras lacks (own_layers.py), and BatchNormalization's modes."""
    first, rows, bare = {"axis": 1}, {"axis": 2, "scale": False}, {"center": False, "scale": False}
    corners = (
        {}, first, rows, {"axis": 1, "center": False, "epsilon": 0.1}, {**bare, "epsilon": 1.0e-7}, {"epsilon": 0})
    for cls in ("InstanceNormalization", "SwitchableNormalization"):
        name = f"corner-{cls.lower()}"
        # Channels that fill no vector, whole ones and some, and a single one.
        for rank, shape in ((1, [11, 5]), (2, [5, 7, 3]), (2, [3, 4, 17]), (2, [6, 5, 1]), (3, [3, 2, 5, 7])):
            suffix = "-".join(str(d) for d in shape)
            yield f"{name}-{rank}d-{suffix}", fan(shape, cls, *corners)
        # Among other layers: the scale folds forwards, the statistics are those of what comes in.
        block = lambda units, **a: [{"Conv2D": {"filters": units, "kernel_size": 3, **a}}, cls, "ReLU"]
        yield f"{name}-block", {"layers": [
            {"Input": {"shape": [9, 8, 3], "name": "x"}}, *block(7, padding="same"), *block(4, use_bias=False),
            cls, "BatchNormalization", {"Conv2D": {"filters": 5, "kernel_size": 1}}, "GlobalAveragePooling2D", {"Dense": {"units": 3}}]}
        # One position: a variance of 0, of which epsilon is all.
        yield f"{name}-point", fan([1, 1, 6], cls, {}, {"epsilon": 1.0}, {"center": False})
    # All samples' channels equal at each position: instance and layer variance differ.
    yield "corner-instancenormalization-flat", {"layers": [
        {"Input": {"shape": [1, 1, 6], "name": "x"}}, {"UpSampling2D": {"size": [3, 4]}}, "InstanceNormalization"]}


def standardization():
    ws = lambda cls, **a: ("WeightStandardization", {"layer": {cls: a}})
    more = lambda epsilon, cls, **a: ("WeightStandardization", {"layer": {cls: a}, "epsilon": epsilon})
    first = {"data_format": "channels_first"}
    yield "corner-weightstandardization-1d", fan(
        [9, 4], "", ws("Conv1D", filters=5, kernel_size=3), ws("Conv1D", filters=2, kernel_size=4, padding="causal", dilation_rate=2),
        ws("DepthwiseConv1D", kernel_size=3, depth_multiplier=3), ws("Conv1DTranspose", filters=3, kernel_size=3, strides=2), ws("Dense", units=7),
        ws("EinsumDense", equation="abc,cde->abde", output_shape=[9, 2, 3], bias_axes="de"),
        ws("EinsumDense", equation="abc,bcd->abd", output_shape=[9, 5]), ("TimeDistributed", {"layer": {"WeightStandardization": {"layer": {"Dense": {"units": 3}}}}}), ws("SpectralNormalization", layer={"Dense": {"units": 3}}))
    yield "corner-weightstandardization-2d", fan(
        [7, 6, 4], "", ws("Conv2D", filters=5, kernel_size=3), ws("Conv2D", filters=6, kernel_size=2, groups=2, use_bias=False, activation="relu"),
        ws("Dense", units=3), ws("DepthwiseConv2D", kernel_size=3, depth_multiplier=2), ws("DepthwiseConv2D", kernel_size=[2, 3], padding="same"),
        ws("Conv2DTranspose", filters=3, kernel_size=3, strides=2), ws("Conv2DTranspose", filters=5, kernel_size=4, strides=2, padding="same", use_bias=False),
        more(0.1, "Conv2D", filters=2, kernel_size=1), more(0, "Conv2D", filters=3, kernel_size=2), more(1.0e-10, "Conv2D", filters=3, kernel_size=3, strides=2, padding="same"))
    yield "corner-weightstandardization-first", fan(
        [5, 6, 4], "", ws("Conv2D", filters=3, kernel_size=2, dilation_rate=2, **first), ws("DepthwiseConv2D", kernel_size=[2, 3], depth_multiplier=2, **first))
    yield "corner-weightstandardization-3d", fan(
        [4, 5, 3, 2], "", ws("Conv3D", filters=3, kernel_size=2), ws("Conv3D", filters=4, kernel_size=[1, 3, 2], groups=2), ws("Conv3DTranspose", filters=2, kernel_size=2, strides=2))
    # Scales and shifts around it fold into the standardized kernel, not into the stored one.
    block = lambda **a: [{"WeightStandardization": {"layer": {"Conv2D": {"filters": 8, "kernel_size": 3, "padding": "same", "use_bias": False, **a}}}}]
    yield "corner-weightstandardization-block", {"layers": [
        {"Input": {"shape": [8, 8, 4], "name": "x"}}, "BatchNormalization", *block(), "BatchNormalization", "ReLU", *block(groups=2),
        {"GroupNormalization": {"groups": 4}}, "ReLU", *block(strides=2), "BatchNormalization", *block(padding="valid", kernel_size=1), "Flatten",
        {"WeightStandardization": {"layer": {"Dense": {"units": 3}}}}]}


def modes():
    corners = ({}, {"axis": 1, "epsilon": 0.1}, {"scale": False, "center": False, "epsilon": 1.0e-7}, {"axis": 2, "center": False})
    for rank, shape in ((1, [6, 5]), (2, [3, 4, 7]), (3, [2, 3, 2, 5])):
        yield f"corner-batchnorm-modes-{rank}d", fan(
            shape, "BatchNormalization", *({"mode": m, **a} for m in ("running", "reference", "frozen") for a in corners))
        yield f"corner-batchnorm-batch-{rank}d", fan(shape, "BatchNormalization", *({"mode": "batch", **a} for a in corners))
    conv = lambda **a: {"Conv2D": {"filters": 6, "kernel_size": 3, "use_bias": False, **a}}
    for mode in ("reference", "frozen", "batch"):
        bn = {"BatchNormalization": {"mode": mode}}
        yield f"corner-batchnorm-{mode}-block", {"layers": [
            {"Input": {"shape": [8, 9, 3], "name": "x"}}, conv(), bn, "ReLU", {"MaxPooling2D": {"pool_size": 2}}, bn, conv(filters=5, kernel_size=2), bn,
            "Flatten", {"Dense": {"units": 4}}, *([] if mode == "batch" else [bn]), {"Dense": {"units": 3}}]}


def masks():
    """What layers do with the marks of padding: each row is layers behind a mask, then a mean of what it leaves."""
    def rows(*chains, source={"shape": [6, 5]}, first=("Masking", {})):
        layers, outputs = [{"Input": {"name": "x", **source}}, {first[0]: {"name": "m", **first[1]}}], []
        for n, chain in enumerate(chains):
            before = "m"
            for k, (cls, args) in enumerate((*chain, ("GlobalAveragePooling1D", {}))):
                name = f"y{n}" if k == len(chain) else f"l{n}_{k}"
                layers.append({cls: {**args, "name": name, "inputs": before}})
                before = name
            outputs.append(name)
        return {"layers": layers, "outputs": outputs}
    one = lambda cls, **a: [(cls, a)]
    yield "corner-mask-layers", rows(
        [], one("BatchNormalization"), one("BatchNormalization", axis=1, renorm=True), one("BatchNormalization", mode="reference"), one("BatchNormalization", mode="frozen"),
        one("LayerNormalization"), one("LayerNormalization", axis=[1, 2]), one("GroupNormalization", groups=-1), one("GroupNormalization", groups=5, axis=-1),
        one("InstanceNormalization"), one("SwitchableNormalization"), one("RMSNormalization"), one("UnitNormalization"), one("Normalization", mean=0.1, variance=2.0),
        one("Dense", units=3), one("SpectralNormalization", layer={"Dense": {"units": 3}}), one("WeightStandardization", layer={"Dense": {"units": 3}}),
        one("TimeDistributed", layer={"Dense": {"units": 3}}), one("EinsumDense", equation="abc,cd->abd", output_shape=[6, 3]), one("Conv1D", filters=2, kernel_size=2),
        one("PReLU"), one("ELU"), one("Activation", activation="softmax"), one("Rescaling", scale=2.0, offset=1.0), one("Dropout", rate=0.5), one("SpatialDropout1D", rate=0.5),
        one("Identity"), one("Pipeline", layers=[{"Rescaling": {"scale": 2.0, "offset": 1.0}}]), one("Sequential", layers=[{"Dense": {"units": 4}}, "BatchNormalization"]),
        one("MaxPooling1D"), one("ZeroPadding1D"), one("ReversibleEmbedding", input_dim=7, output_dim=5, reverse=True),
        one("LSTM", units=3, return_sequences=True), [("Dense", {"units": 4}), ("GRU", {"units": 3, "return_sequences": True}), ("LayerNormalization", {})],
        one("Reshape", target_shape=[6, 5]), one("Permute", dims=[1, 2]))
    yield "corner-mask-embedding", rows(
        [], one("BatchNormalization"), one("InstanceNormalization"), one("LSTM", units=4, return_sequences=True), one("Dense", units=2),
        source={"shape": [6], "dtype": "int32"}, first=("Embedding", {"input_dim": 10, "output_dim": 4, "mask_zero": True}))
    yield "corner-mask-reversibleembedding", rows(
        [], one("LSTM", units=4, return_sequences=True), source={"shape": [6], "dtype": "int32"}, first=("ReversibleEmbedding", {"input_dim": 10, "output_dim": 4, "mask_zero": True}))


    # Where a loop that is unrolled goes backwards, Keras makes zeros of the wrong steps.
    unrolled = lambda cls, **a: one(cls, units=2, unroll=True, return_sequences=True, **a)
    back = {"go_backwards": True, "zero_output_for_mask": True}
    yield "corner-mask-unrolled", rows(
        unrolled("LSTM", **back), unrolled("GRU", go_backwards=True), unrolled("SimpleRNN", zero_output_for_mask=True), unrolled("GRU", activation="softmax", **back),
        one("Bidirectional", layer=dict(unrolled("LSTM"))), one("RNN", cell=[{"GRUCell": {"units": 3}}, {"LSTMCell": {"units": 2}}], unroll=True, return_sequences=True, **back))
    runs = [{"go_backwards": b, "zero_output_for_mask": z, "return_sequences": True} for b in (False, True) for z in (False, True)]
    yield "corner-mask-recurrent", rows(
        *(one(cls, units=2, **run) for cls in ("SimpleRNN", "LSTM", "GRU") for run in runs), [("LSTM", {"units": 3, "return_sequences": True}), ("GRU", {"units": 2, "return_sequences": True})],
        *(one("Bidirectional", layer={"GRU": {"units": 3, "return_sequences": True, "reset_after": False}}, merge_mode=m) for m in ("sum", "mul", "ave", "concat")))


def nested_masks():
    """Attention takes masks away from the tensors it reads; a Model runs as one layer, and its Inputs find masks when it runs."""
    chains = []

    def chain(*layers, more=None):
        """Layers whose names get a number of their own: `x` masked as `m`, and a mean of the last one."""
        n = len(chains)
        named = lambda names: [f"{name}{n}" for name in names] if isinstance(names, list) else f"{names}{n}"
        inputs = {"x": [6, 4], **(more or {})}
        spec = [{"Input": {"name": named(i), "shape": s}} for i, s in inputs.items()]
        spec += [{"Masking": {"name": named("m" if i == "x" else "n"), "inputs": named(i)}} for i in inputs]
        for (cls, args), in (layer.items() for layer in layers):
            spec.append({cls: {**args, "name": named(args["name"]), "inputs": named(args["inputs"])}})
        spec.append({"GlobalAveragePooling1D": {"name": named("y"), "inputs": named(layers[-1][next(iter(layers[-1]))]["name"])}})
        chains.append(spec)

    layer = lambda cls, name, inputs, **a: {cls: {"name": name, "inputs": inputs, **a}}
    attend = lambda name, *inputs: layer("MultiHeadAttention", name, list(inputs), num_heads=2, key_dim=3)
    add = lambda name, *inputs: layer("Add", name, list(inputs))
    lstm = lambda name, inputs: layer("LSTM", name, inputs, units=4, return_sequences=True)
    model = lambda name, inputs, *layers, ports=("i",): layer("Model", name, inputs, layers=[
        *({"Input": {"name": p, "shape": [6 if p == "i" else 5, 4]}} for p in ports), *layers])
    block = (attend("a", "i", "i"), add("s", "i", "a"))
    chain(model("f", "m", *block))
    chain(model("f", "m", attend("a", "i", "i"), lstm("l", "i"), add("s", "a", "l")))
    chain(model("f", "m", *block, layer("LayerNormalization", "z", "s")), model("g", "f", *block))
    chain(model("f", "m", model("g", "i", attend("a", "i", "i")), lstm("l", "i"), add("t", "g", "l")))
    chain(attend("b", "m", "m"), model("f", "m", attend("a", "i", "i")), add("s", "f", "b"))
    chain(model("f", "m", attend("a", "i", "i")), lstm("l", "m"), add("s", "f", "l"))
    chain(model("f", ["m", "n"], attend("a", "i", "j"), add("s", "a", "i"), ports="ij"), more={"w": [5, 4]})
    chain(attend("a", "m", "n"), attend("b", "a", "n"), more={"w": [5, 4]})
    yield "corner-mask-nested", {"layers": sum(chains, []), "outputs": [f"y{n}" for n in range(len(chains))]}


def semantics():
    """Corners of what Keras's own normalizations take, and of layers that were added late."""
    yield "corner-normalization", fan([4, 3, 5], "Normalization", {}, {"axis": None}, {"axis": 1}, {"axis": [1, 3]}, {"axis": [-1, -2]}, {"invert": True}, {"axis": 2, "invert": True},
                                      {"mean": [1, 2, 3, 4, 5], "variance": [1, 4, 0.25, 9, 2]}, {"axis": None, "mean": 2, "variance": 3, "invert": True})
    yield "corner-normalization-flat", fan([4, 3], "Normalization", {"mean": 0.5, "variance": 0.0}, {"mean": [1, 2, 3], "variance": [1.0e-15, 0, 1.0e-14]})
    yield "corner-groupnormalization", fan([4, 3, 6], "GroupNormalization", {"groups": -1}, {"groups": 1}, {"groups": 6}, {"groups": 2, "axis": 1}, {"groups": -1, "axis": 2, "epsilon": 0.1},
                                           {"groups": 3, "scale": False}, {"groups": 3, "center": False, "epsilon": 1.0e-7})
    yield "corner-layernormalization", fan([4, 3, 6], "LayerNormalization", {"axis": [1, 2, 3]}, {"axis": [-1, 1]}, {"axis": [2, 3]}, {"axis": 1}, {"axis": [-1, -2], "scale": False},
                                           {"axis": [3, 2], "center": False}, {"epsilon": 0.5})
    # Axes counted from both ends, which Keras sorts as they are written.
    yield "corner-layernormalization-mixed", fan([5, 2, 3, 4], "LayerNormalization", {"axis": [4, -2, 2]}, {"axis": [1, -1]}, {"axis": [-1, 2], "scale": False})
    yield "corner-rmsnormalization", fan([5, 3, 3, 3], "RMSNormalization", {"axis": [4, -2, 2]}, {"axis": [-1, 3]}, {"axis": [3, 4], "epsilon": 0.1}, {"axis": [-3, -1, -2]}, {"axis": [1, 2, 3, 4]}, {})
    yield "corner-spectralnormalization", fan([4, 5, 6], "", *(("SpectralNormalization", {"layer": {c: a}}) for c, a in (
        ("Conv2D", {"filters": 3, "kernel_size": 2}), ("Dense", {"units": 2}), ("Conv2DTranspose", {"filters": 2, "kernel_size": 2}), ("DepthwiseConv2D", {"kernel_size": 2}),
        ("EinsumDense", {"equation": "abcd,de->abce", "output_shape": [4, 5, 2]}))))
    yield "corner-reversibleembedding", {"layers": [
        {"Input": {"name": "x", "shape": [4, 5]}}, {"Input": {"name": "i", "shape": [3], "dtype": "int32"}},
        *({"ReversibleEmbedding": {"name": f"y{n}", "inputs": source, "input_dim": 10, "output_dim": 5, **a}} for n, (source, a) in enumerate((
            ("x", {"reverse": True}), ("x", {"reverse": True, "tie_weights": False}), ("x", {"reverse": True, "logit_soft_cap": 0.7}), ("i", {}), ("i", {"tie_weights": False}))))],
        "outputs": [f"y{n}" for n in range(5)]}
    yield "corner-autocontrast", {"layers": [
        {"Input": {"name": "x", "shape": [5, 4, 3]}}, {"Input": {"name": "p", "shape": [1, 1, 2]}}, {"UpSampling2D": {"name": "flat", "size": 3, "inputs": "p"}},
        *({"AutoContrast": {"name": f"y{n}", "inputs": s, **a}} for n, (s, a) in enumerate((("x", {}), ("x", {"value_range": [0, 1]}), ("x", {"value_range": [1, -1]}), ("flat", {}), ("flat", {"value_range": [0, 1]}))))],
        "outputs": [f"y{n}" for n in range(5)]}
    # Infinite values, which stay what they are beside others that become the smallest value.
    yield "corner-autocontrast-infinite", {"layers": [
        {"Input": {"name": "x", "shape": [2, 3, 4]}}, {"Rescaling": {"scale": 1.0e6}}, {"Activation": {"activation": "exponential"}},
        {"AutoContrast": {}}, {"Activation": {"activation": "tanh"}}]}
    yield "corner-pipeline", {"layers": [
        {"Input": {"name": "x", "shape": [9, 7, 3]}},
        {"Pipeline": {"layers": [{"Resizing": {"height": 6, "width": 8}}, {"Rescaling": {"scale": 0.5, "offset": -1.0}}, {"CenterCrop": {"height": 6, "width": 7}}]}},
        {"Conv2D": {"filters": 3, "kernel_size": 3}}, {"Pipeline": {"layers": [{"BatchNormalization": {}}, {"CenterCrop": {"height": 3, "width": 3}}]}}]}


def found():
    """What `make fuzz` found to go wrong."""
    cells = [{"SimpleRNNCell": {"units": 1}}, {"LSTMCell": {"units": 3}}, {"GRUCell": {"units": 2}}]
    yield "corner-rnn-cells", fan([4, 3], "RNN", {"cell": cells}, {"cell": cells[:1]}, {"cell": cells[1], "return_sequences": True},
                                  {"cell": cells[::-1], "unroll": True, "go_backwards": True})
    yield "corner-relu-special", fan([40], "ReLU", {"threshold": 0.17}, {"threshold": 0.5, "max_value": 1.0}, {"threshold": 1.0, "max_value": 0.1},
                                     {"threshold": 1.0, "max_value": 0.1, "negative_slope": 0.5}, {"negative_slope": 0.5, "max_value": 0.0},
                                     {"threshold": 0.17, "negative_slope": 0.5}, {"negative_slope": 2.0}, {"max_value": 0.0})


def convolutions():
    """Even kernels, odd sizes, strides beside dilation, channels first."""
    first = {"data_format": "channels_first"}
    conv = lambda **a: ("Conv2D", {"filters": 4, **a})
    depth = lambda **a: ("DepthwiseConv2D", a)
    yield "corner-conv2d", fan(
        [7, 9, 6], "", conv(kernel_size=4, strides=2, padding="same"), conv(kernel_size=[2, 5], strides=[3, 1], padding="same"), conv(kernel_size=[3, 2], dilation_rate=[2, 3], padding="same"),
        conv(kernel_size=1, strides=4, padding="same"), conv(kernel_size=2, strides=5), conv(kernel_size=3, groups=2, dilation_rate=2), conv(kernel_size=8, padding="same"),
        conv(kernel_size=[3, 4], padding="same", activation="softmax", **first),
        depth(kernel_size=3, strides=2, dilation_rate=2, padding="same"), depth(kernel_size=[4, 2], strides=[1, 2], depth_multiplier=3), depth(kernel_size=2, strides=2, padding="same", depth_multiplier=2, **first),
        ("SeparableConv2D", {"filters": 3, "kernel_size": 3, "strides": 2, "dilation_rate": 2, "depth_multiplier": 2, "padding": "same"}))
    causal = {"padding": "causal", "dilation_rate": 2}
    yield "corner-conv1d", fan(
        [9, 6], "Conv1D", {"filters": 4, "kernel_size": 3, "groups": 2, **causal}, {"filters": 3, "kernel_size": 6, **causal}, {"filters": 3, "kernel_size": 2, "strides": 3, "padding": "same"}, {"filters": 3, "kernel_size": 3, **causal, **first},
        ("DepthwiseConv1D", {"kernel_size": 4, "strides": 3, "depth_multiplier": 2, "padding": "same"}), ("SeparableConv1D", {"filters": 3, "kernel_size": 2, "dilation_rate": 3, "padding": "same", **first}))
    lstm = lambda **a: ("ConvLSTM2D", {"filters": 2, "return_sequences": True, **a})
    yield "corner-convlstm2d", fan(
        [3, 6, 5, 2], "", lstm(kernel_size=3, strides=2, padding="same"), lstm(kernel_size=2, dilation_rate=2), lstm(kernel_size=[1, 4], padding="same", go_backwards=True, use_bias=False, recurrent_activation="hard_sigmoid"),
        lstm(kernel_size=2, padding="same", **first), ("Bidirectional", {"layer": {"ConvLSTM2D": {"filters": 2, "kernel_size": 3, "padding": "same"}}, "merge_mode": "ave"}))


def guesses():
    """The axis of a bias, which Keras on TensorFlow guesses from sizes."""
    e = lambda x, equation, shape, axes: ("EinsumDense", {"inputs": x, "equation": equation, "output_shape": shape, "bias_axes": axes})
    heads = {"inputs": ["b", "b"]}
    yield "corner-bias-place", graph(
        {"a": [3, 4], "b": [4, 5], "c": [2, 5, 4], "d": [3, 6]},
        e("b", "abc,cd->abd", [4, 4], "b"), e("b", "abc,cd->abd", [4, 4], "d"), e("a", "abc,cde->abde", [3, 3, 5], "d"), e("a", "abc,cde->abde", [3, 3, 1], "de"), e("a", "abc,cde->abde", [3, 5, 3], "b"), e("a", "abc,cde->abde", [3, 2, 3], "de"),
        ("MultiHeadAttention", {"num_heads": 4, "key_dim": 1, **heads}), ("MultiHeadAttention", {"num_heads": 3, "key_dim": 1, **heads}), ("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "output_shape": [4, 1], **heads}),
        ("GroupQueryAttention", {"num_query_heads": 4, "num_key_value_heads": 2, "head_dim": 1, **heads}),
        ("DepthwiseConv2D", {"inputs": "c", "kernel_size": 2, "strides": 2, "data_format": "channels_first"}), ("Conv1D", {"inputs": "d", "filters": 4, "kernel_size": 3, "data_format": "channels_first"}))


def products():
    dot = lambda a, b, axes, **more: ("Dot", {"inputs": [a, b], "axes": axes, **more})
    yield "corner-dot", graph(
        {"a": [4, 4], "b": [4, 4], "v": [4], "t": [2, 3, 4], "u": [2, 4, 5]},
        *(dot("a", "b", axes, normalize=n) for axes in (1, 2, [1, 2], [2, 1]) for n in (False, True)), dot("a", "v", [2, 1], normalize=True), dot("v", "v", 1), dot("v", "a", [1, 2]), dot("t", "u", [3, 2]), dot("t", "u", 1), dot("t", "a", [3, 1]))


def cases():
    yield from found()
    yield from convolutions()
    yield from guesses()
    yield from products()
    yield from nested_masks()
    yield from pooling()
    yield from resizing()
    yield from encoding()
    yield from activations()
    yield from transposed()
    yield from attention()
    yield from einsum()
    yield from normalization()
    yield from standardization()
    yield from modes()
    yield from masks()
    yield from semantics()


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
        # With its own statistics a batch is one sample: what is run together is the caller's to choose.
        batch = 1 if "batchnorm-batch" in name else 2
        print(name, make_case(path, folder, seed=2000 + sum(map(ord, name)), batch=batch, special="special" in name,
                              zero_steps="most" if "-mask-" in name else None), flush=True)
