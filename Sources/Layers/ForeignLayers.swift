import Spec

/// Layers of PyTorch, ONNX, older Keras and habit, and what they are in Keras 3. Names that are near
/// enough to be found by spelling don't stand here.
let foreignLayers: [String: ForeignLayer] = {
    var layers: [String: ForeignLayer] = [:]
    func add(_ names: [String], _ layer: ForeignLayer) {
        for name in names { layers[name] = layer }
    }
    func add(_ origin: String, _ pairs: [(name: String, instead: String)]) {
        for pair in pairs { layers[pair.name] = ForeignLayer(pair.instead, origin: origin) }
    }

    add(
        "PyTorch",
        [
            ("linear", "Dense"), ("lazylinear", "Dense"), ("batchnorm1d", "BatchNormalization"),
            ("batchnorm2d", "BatchNormalization"), ("batchnorm3d", "BatchNormalization"),
            ("syncbatchnorm", "BatchNormalization"), ("avgpool1d", "AveragePooling1D"),
            ("avgpool2d", "AveragePooling2D"), ("avgpool3d", "AveragePooling3D"),
            ("maxpool1d", "MaxPooling1D"), ("maxpool2d", "MaxPooling2D"),
            ("maxpool3d", "MaxPooling3D"), ("dropout1d", "SpatialDropout1D"),
            ("dropout2d", "SpatialDropout2D"), ("dropout3d", "SpatialDropout3D"),
            ("zeropad1d", "ZeroPadding1D"), ("zeropad2d", "ZeroPadding2D"),
            ("zeropad3d", "ZeroPadding3D"), ("convtranspose1d", "Conv1DTranspose"),
            ("convtranspose2d", "Conv2DTranspose"), ("convtranspose3d", "Conv3DTranspose"),
            ("upsample", "UpSampling2D"), ("upsamplingnearest2d", "UpSampling2D"),
            ("unflatten", "Reshape"), ("rnn", "SimpleRNN"), ("relu6", "ReLU: {max_value: 6}"),
            ("multiheadattention", "MultiHeadAttention"),
        ])
    for axes in ["1d", "2d", "3d"] {
        let rank = axes.uppercased()
        for (kind, pooling) in [("avg", "Average"), ("average", "Average"), ("max", "Max")] {
            for name in ["adaptive\(kind)pool\(axes)", "adaptive\(kind)pooling\(axes)"] {
                layers[name] = ForeignLayer(
                    "Global\(pooling)Pooling\(rank)",
                    note: "for an output size of 1, Keras has global pooling")
            }
        }
        layers["instancenorm\(axes)"] = ForeignLayer("InstanceNormalization", origin: "PyTorch")
        layers["switchnorm\(axes)"] = ForeignLayer("SwitchableNormalization")
        layers["globalavgpool\(axes)"] = ForeignLayer("GlobalAveragePooling\(rank)")
        layers["averagepool\(axes)"] = ForeignLayer("AveragePooling\(rank)")
    }
    add(
        "older Keras",
        [
            ("atrousconvolution1d", "Conv1D"), ("atrousconvolution2d", "Conv2D"),
            ("atrousconv2d", "Conv2D"), ("convolution3dtranspose", "Conv3DTranspose"),
            ("deconvolution1d", "Conv1DTranspose"),
            ("deconvolution2d", "Conv2DTranspose"), ("deconvolution3d", "Conv3DTranspose"),
            ("timedistributeddense", "Dense"), ("cudnnlstm", "LSTM"), ("cudnngru", "GRU"),
            ("thresholdedrelu", "ReLU: {threshold: 1.0}"),
        ])
    add(
        ["merge"],
        ForeignLayer(
            "Add",
            note: "older Keras's `Merge` is now `Add`, `Multiply`, `Average`, `Maximum`, "
                + "`Concatenate` and `Dot`, by its mode"))
    add(
        "ONNX",
        [
            ("gemm", "Dense"), ("matmul", "Dense"), ("globalaveragepool", "GlobalAveragePooling2D"),
            ("globalmaxpool", "GlobalMaxPooling2D"), ("averagepool", "AveragePooling2D"),
            ("concat", "Concatenate"), ("transpose", "Permute"), ("mul", "Multiply"),
            ("sub", "Subtract"), ("pad", "ZeroPadding2D"), ("resize", "Resizing"),
            ("batchnormalize", "BatchNormalization"),
        ])

    for (names, cell) in [
        (["bidirectionallstm", "bilstm"], "LSTM"), (["bidirectionalgru", "bigru"], "GRU"),
    ] {
        add(names, ForeignLayer("Bidirectional: {layer: {\(cell): {units: 8}}}"))
    }

    // What people write who mean it anyhow.
    add(["fc", "fullyconnected", "mlp", "affine", "innerproduct"], ForeignLayer("Dense"))
    add(["bn", "batchnormalisation"], ForeignLayer("BatchNormalization"))
    add(["ln", "layernormalisation"], ForeignLayer("LayerNormalization"))
    add(["gn"], ForeignLayer("GroupNormalization"))
    for axes in ["1d", "2d", "3d"] {
        add(
            ["deconv\(axes)", "transposedconv\(axes)", "upconv\(axes)"],
            ForeignLayer("Conv\(axes.uppercased())Transpose"))
    }
    add(
        ["deconv", "deconvolution", "convtranspose", "transposedconv", "upconv"],
        ForeignLayer(
            "Conv2DTranspose",
            note:
                "`Conv1DTranspose`, `Conv2DTranspose` and `Conv3DTranspose` differ in the number of "
                + "spatial axes"))
    add(["switchablenorm"], ForeignLayer("SwitchableNormalization"))
    add(
        ["virtualbatchnorm", "virtualbatchnormalization"],
        ForeignLayer(
            "BatchNormalization: {mode: reference}",
            note: "its statistics are the variables `reference_mean` and `reference_variance`"))
    add(
        ["frozenbatchnorm", "frozenbatchnorm2d", "frozenbatchnormalization"],
        ForeignLayer("BatchNormalization: {mode: frozen}"))
    add(
        ["stdconv2d", "wsconv2d", "scaledstdconv2d"],
        ForeignLayer(
            "WeightStandardization",
            note: "it wraps the convolution whose kernel it standardizes"))
    add(["rmsnorm"], ForeignLayer("RMSNormalization"))
    add(["gap", "globalpool", "globalpooling"], ForeignLayer("GlobalAveragePooling2D"))
    add(["cat", "join"], ForeignLayer("Concatenate"))
    add(["sum", "plus", "addition", "residual", "shortcut"], ForeignLayer("Add"))
    add(["mean"], ForeignLayer("Average"))
    add(["product", "times"], ForeignLayer("Multiply"))
    add(["view"], ForeignLayer("Reshape"))
    add(
        ["squeeze", "unsqueeze", "expanddims"],
        ForeignLayer(
            "Reshape: {target_shape: [...]}", note: "it takes an axis of size 1 away, or adds one"))
    add(
        ["eltwise"],
        ForeignLayer(
            "Add", note: "Caffe's `Eltwise` is `Add`, `Multiply` or `Maximum`, by its operation"))
    add(
        "Darknet",
        [("convolutional", "Conv2D"), ("route", "Concatenate")])
    add(["swapaxes", "movechannels"], ForeignLayer("Permute"))
    add(["crop", "crop2d"], ForeignLayer("Cropping2D"))
    add(["padding", "padding2d"], ForeignLayer("ZeroPadding2D"))
    add(["depthwise", "depthwiseconv", "dwconv"], ForeignLayer("DepthwiseConv2D"))
    add(["separableconv", "sepconv"], ForeignLayer("SeparableConv2D"))
    add(["nonlinearity", "act"], ForeignLayer("Activation"))
    add(["inputs", "data", "placeholder"], ForeignLayer("Input"))
    add(["block", "module"], ForeignLayer("Sequential"))
    add(["shared", "sharedlayer", "tied", "siamese"], ForeignLayer("Reuse"))
    add(["scale"], ForeignLayer("Rescaling"))
    add(
        ["normalize"],
        ForeignLayer(
            "Normalization",
            note: "its `variance` is the square of the standard deviation"))
    return layers
}()
