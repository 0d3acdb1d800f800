import Diagnostics

/// The diagnostics of the spec: its structure (BNC20xx), its shapes (BNC21xx), its weights (BNC22xx).
package enum SpecDiagnostics {
    package static let all: [DiagnosticCode] = [
        .specStructure, .unknownKey, .unknownLayer, .layerItem, .missingArgument, .argumentValue,
        .layerName, .unknownInput, .inputCount, .noInput, .argumentConflict, .notSupported,
        .reuse, .openSize,
        .inputRank, .shapeMismatch, .windowTooLarge, .indivisible, .axisRange, .tooLarge,
        .elementType, .weightMissing, .weightShape, .weightExtra, .weightsFile, .weightValue,
        .weightType,
    ]

    /// The layers between an image and a classifier.
    fileprivate static func image(_ layers: String...) -> String {
        let list = ["Input: {shape: [28, 28, 1]}"] + layers + ["Flatten", "Dense: {units: 10}"]
        return "layers:\n" + list.map { "  - \($0)" }.joined(separator: "\n")
    }

    /// Layers from the first on.
    fileprivate static func spec(_ layers: String...) -> String {
        "layers:\n" + layers.map { "  - \($0)" }.joined(separator: "\n")
    }

    /// A dense layer and what its weights file holds.
    fileprivate static func weights(_ tensors: String) -> String {
        """
        layers:
          - Input: {shape: [4]}
          - Dense: {units: 2, name: y}
        weights: y.safetensors  # holds \(tensors)
        """
    }
}

// MARK: Structure

extension DiagnosticCode {
    package static let specStructure = DiagnosticCode(
        "BNC2001", "The spec is built in another way",
        explanation: """
            A spec is a mapping with the key `layers`, a list. `name`, `outputs`, `weights`, \
            `compile` and `fit` may stand beside it.
            """,
        failing: "- Input: {shape: [4]}\n- Dense: {units: 2}",
        mended: "layers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2}")

    package static let unknownKey = DiagnosticCode(
        "BNC2002", "A key is not known",
        explanation: """
            Layers take the arguments that Keras documents; a key that nobody reads would be a \
            mistake that nobody sees. `bnc layers Conv2D` lists what a layer takes.
            """,
        failing: SpecDiagnostics.image("Conv2D: {filters: 8, kernal_size: 3}"),
        mended: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3}"))

    package static let unknownLayer = DiagnosticCode(
        "BNC2003", "A layer is not known",
        explanation: """
            Layers are named as in `keras.layers`, capitals included. `bnc layers` lists those that \
            bnc has.
            """,
        failing: SpecDiagnostics.image("Conv2d: {filters: 8, kernel_size: 3}"),
        mended: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3}"))

    package static let layerItem = DiagnosticCode(
        "BNC2004", "An item of `layers` is no layer",
        explanation: """
            An item is a class name, `- Flatten`, or one class name over its arguments, \
            `- Dense: {units: 10}`. Arguments that stand on lines of their own are indented further \
            than the class name.
            """,
        failing: "layers:\n  - Input: {shape: [4]}\n  - Dense:\n    units: 2",
        mended: "layers:\n  - Input: {shape: [4]}\n  - Dense:\n      units: 2")

    package static let missingArgument = DiagnosticCode(
        "BNC2005", "A required argument is missing",
        explanation: "An argument that has no default in Keras has to be given.",
        failing: SpecDiagnostics.image("Conv2D: {filters: 8}"),
        mended: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3}"))

    package static let argumentValue = DiagnosticCode(
        "BNC2006", "A value doesn't fit its argument",
        explanation: """
            Arguments take the types and ranges that Keras documents. A number in quotes is a text \
            to YAML, and `yes` and `no` are texts too.
            """,
        failing: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3, padding: sme}"),
        mended: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3, padding: same}"))

    package static let layerName = DiagnosticCode(
        "BNC2007", "A layer's name can't be used",
        explanation: """
            Names are how layers refer to each other and how weights are found, so each is used \
            once, and none holds `/`. A layer without a name is called after its class, as Keras \
            does: `dense`, `dense_1`...
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [4]}", "Dense: {units: 4, name: head}",
            "Dense: {units: 2, name: head}"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [4]}", "Dense: {units: 4, name: hidden}",
            "Dense: {units: 2, name: head}"))

    package static let unknownInput = DiagnosticCode(
        "BNC2008", "No layer has this name",
        explanation: "`inputs` names layers that stand above; `outputs` names any layers.",
        failing: SpecDiagnostics.spec(
            "Input: {shape: [4], name: x}", "Dense: {units: 4, name: y}", "Add: {inputs: [x, z]}"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [4], name: x}", "Dense: {units: 4, name: y}", "Add: {inputs: [x, y]}"))

    package static let inputCount = DiagnosticCode(
        "BNC2009", "A layer reads another number of layers",
        explanation: """
            Most layers read one layer: the one before, or the one under `inputs`. Merging layers \
            read those that `inputs` names.
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [4], name: x}", "Dense: {units: 4, name: y}", "Add"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [4], name: x}", "Dense: {units: 4, name: y}", "Add: {inputs: [x, y]}"))

    package static let noInput = DiagnosticCode(
        "BNC2010", "The model has no Input",
        explanation: """
            The first layer says what comes in, so that all shapes can be worked out: an `Input`, or \
            `input_shape` on the first layer.
            """,
        failing: SpecDiagnostics.spec("Dense: {units: 2}"),
        mended: SpecDiagnostics.spec("Input: {shape: [4]}", "Dense: {units: 2}"))

    package static let argumentConflict = DiagnosticCode(
        "BNC2011", "Arguments contradict each other",
        explanation: "Two arguments are fine by themselves but not together.",
        failing: SpecDiagnostics.image(
            "Conv2D: {filters: 8, kernel_size: 3, strides: 2, dilation_rate: 2}"),
        mended: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3, dilation_rate: 2}"))

    package static let notSupported = DiagnosticCode(
        "BNC2012", "This is not supported",
        explanation: """
            Keras knows it, and bnc refuses it rather than computing something else. The message \
            says what to write instead, if there is something.
            """,
        failing: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3, dtype: float16}"),
        mended: SpecDiagnostics.image("Conv2D: {filters: 8, kernel_size: 3}"))
}

extension DiagnosticCode {
    package static let reuse = DiagnosticCode(
        "BNC2013", "A layer can't be used again like this",
        explanation: """
            `Reuse` applies a layer, or a whole `Model`, that stands above to other inputs, with the same \
            variables: what it computes, and the shapes of its variables, are those of its first use.
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [4], name: left}", "Input: {shape: [6], name: right}",
            "Dense: {units: 2, inputs: left, name: encode}",
            "Reuse: {layer: encode, inputs: right}", "Add: {inputs: [encode, encode.2]}"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [4], name: left}", "Input: {shape: [4], name: right}",
            "Dense: {units: 2, inputs: left, name: encode}",
            "Reuse: {layer: encode, inputs: right}", "Add: {inputs: [encode, encode.2]}"))

    package static let openSize = DiagnosticCode(
        "BNC2014", "A size has no number",
        explanation: """
            `null`, or a name, in the shape of an Input leaves a size open. `bnc run` takes it from the \
            data; what is compiled has one number for it, which `--bind time=128` gives. The shapes of \
            variables can't depend on it.
            """,
        failing: SpecDiagnostics.spec("Input: {shape: [time, 8]}", "Flatten", "Dense: {units: 2}"),
        mended: SpecDiagnostics.spec("Input: {shape: [128, 8]}", "Flatten", "Dense: {units: 2}"))
}

// MARK: Shapes

extension DiagnosticCode {
    package static let inputRank = DiagnosticCode(
        "BNC2101", "The input has another number of axes",
        explanation: """
            Each layer takes inputs of certain axes: a Conv2D height, width and channels. The batch \
            axis, which Keras counts in its own messages, is never counted here.
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [28, 28]}", "Conv2D: {filters: 8, kernel_size: 3}", "Flatten"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [28, 28, 1]}", "Conv2D: {filters: 8, kernel_size: 3}", "Flatten"))

    package static let shapeMismatch = DiagnosticCode(
        "BNC2102", "Shapes don't fit together",
        explanation: """
            Merging layers need equal sizes along each axis, or 1; `Concatenate` needs them along all \
            axes but one; `Reshape` keeps the number of elements.
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [4], name: x}", "Dense: {units: 8, name: y}", "Add: {inputs: [x, y]}"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [4], name: x}", "Dense: {units: 4, name: y}", "Add: {inputs: [x, y]}"))

    package static let windowTooLarge = DiagnosticCode(
        "BNC2103", "A window is larger than its input",
        explanation: """
            Without padding, a kernel or pool has to fit into its input: (input - kernel) / stride + \
            1 cells come out, rounded down. `padding: same` adds zeros around the input, and input / \
            stride cells come out, rounded up.
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [5, 5, 1]}", "Conv2D: {filters: 8, kernel_size: 7}", "Flatten"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [5, 5, 1]}", "Conv2D: {filters: 8, kernel_size: 7, padding: same}",
            "Flatten"))

    package static let indivisible = DiagnosticCode(
        "BNC2104", "A size is not divisible",
        explanation: "Groups split the channels into equal parts, so their number divides them.",
        failing: SpecDiagnostics.spec(
            "Input: {shape: [8, 8, 6]}", "Conv2D: {filters: 8, kernel_size: 3, groups: 4}",
            "Flatten"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [8, 8, 6]}", "Conv2D: {filters: 8, kernel_size: 3, groups: 2}",
            "Flatten"))

    package static let axisRange = DiagnosticCode(
        "BNC2105", "There is no such axis",
        explanation: """
            Axes are counted as in Keras: 0 is the batch, 1 the first axis of a shape, -1 the last. \
            What is computed for each sample can't use axis 0.
            """,
        failing: SpecDiagnostics.spec("Input: {shape: [4, 8]}", "Softmax: {axis: 3}"),
        mended: SpecDiagnostics.spec("Input: {shape: [4, 8]}", "Softmax: {axis: 2}"))

    package static let tooLarge = DiagnosticCode(
        "BNC2106", "A tensor is too large",
        explanation: """
            A tensor may have 8,589,934,592 elements, 32 GiB of float32. More is most likely a \
            mistake in a size.
            """,
        failing: SpecDiagnostics.spec("Input: {shape: [100000, 100000, 3]}", "Flatten"),
        mended: SpecDiagnostics.spec("Input: {shape: [100, 100, 3]}", "Flatten"))

    package static let elementType = DiagnosticCode(
        "BNC2107", "The input has another element type",
        explanation: """
            Layers compute with float32. An `Input` of int32 is for what an `Embedding` looks up, and \
            for layers that make floats of integers, as `Rescaling` and `Dense` do.
            """,
        failing: SpecDiagnostics.spec(
            "Input: {shape: [4, 4, 1], dtype: int32}", "Conv2D: {filters: 2, kernel_size: 3}"),
        mended: SpecDiagnostics.spec(
            "Input: {shape: [4, 4, 1], dtype: int32}", "Rescaling: {scale: 0.5}",
            "Conv2D: {filters: 2, kernel_size: 3}"))
}

// MARK: Weights

extension DiagnosticCode {
    package static let weightMissing = DiagnosticCode(
        "BNC2201", "A variable is missing in the weights",
        explanation: """
            The file holds a tensor for each variable, under `<layer name>/<variable>`: \
            `conv2d/kernel`. `bnc inspect` without weights shows the layers' names.
            """,
        failing: SpecDiagnostics.weights("y/kernel (4, 2)"),
        mended: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2)"))

    package static let weightShape = DiagnosticCode(
        "BNC2202", "A tensor in the weights has another shape",
        explanation: """
            Variables have Keras's layouts: (in, out) for a Dense kernel, (height, width, in, out) \
            for that of a Conv2D. PyTorch's and ONNX's have to be transposed.
            """,
        failing: SpecDiagnostics.weights("y/kernel (2, 4), y/bias (2)"),
        mended: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2)"))

    package static let weightExtra = DiagnosticCode(
        "BNC2203", "A tensor in the weights belongs to no layer",
        explanation: """
            Whatever the file holds has to be used: weights of another model, or a layer that the \
            spec forgot, would go unnoticed otherwise.
            """,
        failing: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2), z/bias (2)"),
        mended: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2)"))

    package static let weightsFile = DiagnosticCode(
        "BNC2204", "The weights can't be read",
        explanation: """
            Weights are a safetensors file; its path is relative to the spec. A file that was cut \
            short, or is of another kind, is refused as a whole.
            """,
        failing: "layers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2, name: y}\n"
            + "weights: missing.safetensors",
        mended: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2)"))

    package static let weightValue = DiagnosticCode(
        "BNC2205", "The weights hold numbers that can't be right", severity: .warning,
        explanation: """
            NaN and infinity spread to every output that depends on them, and a variance is never \
            negative. Training went wrong, or the file was written wrongly.
            """,
        failing: SpecDiagnostics.weights("y/kernel (4, 2) with nan, y/bias (2)"),
        mended: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2)"))

    package static let weightType = DiagnosticCode(
        "BNC2206", "A tensor in the weights has another element type",
        explanation: """
            Variables are floating-point numbers: float32, or float16, bfloat16 and float64, which are \
            converted. Quantized weights have to be converted first.
            """,
        failing: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2) of int32"),
        mended: SpecDiagnostics.weights("y/kernel (4, 2), y/bias (2)"))
}
