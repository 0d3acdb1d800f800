import IR
import Spec

/// What the caller gives: `keras.Input`. The shape leaves the batch axis out.
///
/// A size that isn't known is `null`, as in Keras, or a name: `[time, 8]`. `bnc run` takes it from the
/// data, and `--bind time=128` gives it a number; a size of `null` goes by the Input's name and the axis
/// without the batch, `--bind tokens.0=128`. Sizes of one name are the same.
package struct Input: Layer, InputLayer {
    package static let className = "Input"
    package static let aliases = ["InputLayer"]
    package static let summary = "A tensor the caller gives, with its shape."
    package static let formula = "output = what the caller gives"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 1]}
        """

    /// What other element types most likely mean.
    private static let types: [String: ElementTypeName] = [
        "float": .float32, "fp32": .float32, "f32": .float32, "int": .int32, "int64": .int32,
        "int16": .int32, "long": .int32, "uint32": .int32, "boolean": .bool,
    ]

    /// Types that data may have, and the model computes with float32 all the same.
    private static let converted: Set<String> = [
        "double", "float16", "float64", "bfloat16", "half", "uint8", "int8", "uint16",
        "mixed_float16", "mixed_bfloat16",
    ]

    private static func advice(_ text: String) -> String? {
        if converted.contains(text) {
            return "leave `dtype` out: data of any type is converted, and computed with in float32"
        }
        return ["string", "str", "object", "text"].contains(text)
            ? "a model computes with numbers: give the indices of tokens, `dtype: int32`" : nil
    }

    package enum ElementTypeName: String, CaseIterable, Sendable { case float32, int32, bool }

    static let shape = Argument<[InputSize]>.shape(
        "shape",
        "The shape without the batch axis: `[height, width, channels]`; `null` or a name for a size "
            + "that is known later.")
    package static var shapeArgument: Argument<[InputSize]> { shape }
    static let dtype = Argument<ElementTypeName>.choice(
        "dtype", default: .float32, synonyms: types, advice: advice,
        "The type of an element; `int32` for what an Embedding reads, "
            + "`bool` for masks.")
    package static let schema: [any ArgumentDescriptor] = [
        shape,
        Argument<TrainingOnly>.trainingOnly(
            "batch_size", "Kept as written: the batch is chosen when the model is compiled."),
        dtype,
        refused("sparse", "false", "The tensor is dense."),
        refused("ragged", "false", "All rows have one length."),
        Argument<DefaultOnly>.defaultOnly(
            "batch_shape", reason: "the size of the batch is chosen when the model is compiled",
            help: "write `shape: [...]`, the first size left out", standsFor: "shape",
            "The shape with the batch axis."
        ) { sizes in
            sizes.count < 2
                ? nil
                : "write `shape: [\(sizes.dropFirst().joined(separator: ", "))]`, the first size left out"
        },
        refused("input_tensor", "null", "A tensor to take the input from."),
        refused("optional", "false", "The input has to be given."),
    ]

    private static func refused(_ name: String, _ value: String, _ doc: String)
        -> Argument<DefaultOnly>
    {
        .defaultOnly(name, default: value, reason: "inputs are dense and have to be given", doc)
    }

    package static let inputCount = InputCount.none

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var elementType: ElementType {
        arguments[Self.dtype] == .float32 ? .float32 : .int32
    }

    package var sizes: [InputSize] { arguments[Self.shape] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        type
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.input(type)
    }
}
