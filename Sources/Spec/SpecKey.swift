/// A key of a spec, for the schema and the editor.
package struct SpecKey: Sendable {
    package enum Kind: Sendable { case text, layers, layerNames, path, training }

    package let name: String
    package let kind: Kind
    /// One sentence.
    package let doc: String

    private init(_ name: String, _ kind: Kind, _ doc: String) {
        self.name = name
        self.kind = kind
        self.doc = doc
    }

    package static let all = [
        SpecKey("name", .text, "The model's name; the file's name where it is left out."),
        SpecKey("layers", .layers, "The layers, the first one first."),
        SpecKey(
            "outputs", .layerNames,
            "The layers whose values come out; the last layer where it is left out."),
        SpecKey("weights", .path, "The weights file, relative to this file."),
        SpecKey(
            "compile", .training,
            "Training: `optimizer`, `loss` and `metrics`, as Keras's `compile` takes them."),
        SpecKey(
            "fit", .training, "Training: `epochs`, `batch_size`..., as Keras's `fit` takes them."),
    ]

    /// Keys that begin like this hold anchors for the layers to refer to.
    package static let anchorPrefix = "x-"
}

/// An argument that every layer takes besides its own.
package struct CommonArgument: Sendable {
    package enum Kind: Sendable { case name, layerNames, boolean, elementType, shape }

    package let name: String
    package let kind: Kind
    /// What the value should be, after "takes".
    package let expectation: String
    package let defaultText: String
    /// One sentence.
    package let doc: String

    private init(
        _ name: String, _ kind: Kind, _ expectation: String, default text: String, _ doc: String
    ) {
        self.name = name
        self.kind = kind
        self.expectation = expectation
        defaultText = text
        self.doc = doc
    }

    package static let all = [
        CommonArgument(
            "name", .name, "a text without `/`", default: "from the class name",
            "The layer's name, by which `inputs`, `outputs` and the weights file call it."),
        CommonArgument(
            "inputs", .layerNames, "the name of an earlier layer, or a list of names",
            default: "the layer before", "The layers whose outputs come in."),
        CommonArgument(
            "trainable", .boolean, "`true` or `false`", default: "true",
            "Training: whether the variables change."),
        CommonArgument(
            "dtype", .elementType, "`float32`", default: "float32",
            "The type in which the layer computes; bnc has `float32`."),
        CommonArgument(
            "input_shape", .shape, "a list of positive integers, the batch axis left out",
            default: "null",
            "On the first layer, what comes in, as in older Keras code; an `Input` says the same."),
    ]
}
