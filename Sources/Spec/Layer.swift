import Diagnostics
import IR

/// What a layer is. Each layer is one file in `Sources/Layers`, in Keras's reading order; the
/// reference page, the JSON schema, completion, did-you-mean and the contract tests derive from it.
package protocol Layer: Sendable {
    /// Keras's class name: `Conv2D`.
    static var className: String { get }
    /// Other spellings that mean the same: `Convolution2D`, `MaxPool2D`.
    static var aliases: [String] { get }
    /// One line for `bnc layers`.
    static var summary: String { get }
    /// Where Keras documents the layer.
    static var kerasPage: KerasPage { get }
    /// The formula, in plain text.
    static var formula: String { get }
    /// A short spec that uses the layer; tests check it.
    static var example: String { get }
    /// The arguments in Keras's order, without those that every layer takes (`name`, `inputs`...).
    static var schema: [any ArgumentDescriptor] { get }
    /// What Keras takes where the layer is called: masks, `use_causal_mask`. A tensor among them is an
    /// input of the layer too, by the name of the layer that makes it; these stand behind the layer's
    /// own inputs, in the order of this list.
    static var callSchema: [any ArgumentDescriptor] { get }
    /// Arguments that Keras's layer has not.
    static var ownSchema: [any ArgumentDescriptor] { get }
    /// How many inputs the layer takes.
    static var inputCount: InputCount { get }
    /// Whether integers that come in are taken as float32, as Keras's layers do that cast them; others
    /// refuse them, or hand them on as they are.
    static var castsIntegers: Bool { get }
    /// Whether the output carries the mask of the first input: Keras's `supports_masking` where a layer
    /// doesn't compute a mask of its own. Other layers drop it.
    static var keepsMask: Bool { get }
    /// What becomes of masks when Keras runs a model.
    static var maskFlow: MaskFlow { get }

    init(_ arguments: Arguments)

    /// The names of its outputs in Keras's order, where it makes several, as a recurrence with
    /// `return_state` does: others read them as `<its name>/state_h`. Empty for a layer with one output,
    /// which goes by the layer's name.
    ///
    /// `outputType` and `lower` then return the first output; they leave the types of the others in
    /// `LayerCheck.moreOutputs`, and their values in `Lowering.moreOutputs`.
    var outputNames: [String] { get }

    /// Whether what a sample becomes depends on the others of its batch; layers inside this one have
    /// their own word (`LayerItem.usesWholeBatch`).
    var usesWholeBatch: Bool { get }

    /// The output's type for inputs of these types, the batch axis left out.
    ///
    /// What is wrong is reported to `check`, all of it; the result is then the likeliest type, or nil
    /// where none is likely, and what follows from it stays silent.
    func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType?

    /// The arithmetic by which the sizes of an output came about, for messages:
    /// `(28 - 3 + 0) / 1 + 1 = 26`; nil where there is none worth showing.
    func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String?

    /// The shape of the mask that the output carries, the batch axis left out; nil for none.
    ///
    /// A mask says which steps of time count: 1 for each that does, as Keras's implicit masks from
    /// `Masking` and `Embedding(mask_zero)`. Where this is not nil, `lower` has to leave a mask of this
    /// shape in `Lowering.outputMask` (which it does by itself where `keepsMask` holds).
    func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]?

    /// The variables under Keras's names, in Keras's order, for inputs that passed `outputType`.
    func weights(_ inputs: [TensorType]) -> [WeightSpec]

    /// Appends the layer's ops at inference and returns its output's value.
    func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID
}

package enum InputCount: Sendable {
    case none
    case exactly(Int)
    case atLeast(Int)
    /// As many as the layer has Inputs of its own; one where it stands inside another layer.
    case ownInputs
    case between(Int, Int)
    /// A sequence, or a sequence and the states that a recurrence starts from; nil where their number
    /// goes by its cells.
    case sequence(states: Int?)

    func allows(_ count: Int) -> Bool {
        switch self {
        case .none: count == 0
        case .exactly(let wanted): count == wanted
        case .atLeast(let least): count >= least
        case .ownInputs: count >= 1
        case .between(let least, let most): (least...most).contains(count)
        case .sequence(nil): count >= 1
        case .sequence(let states?): count == 1 || count == 1 + states
        }
    }

    /// Whether the layer can stand inside another one, which gives it the layer before.
    var takesTheLayerBefore: Bool {
        switch self {
        case .exactly(1), .sequence, .ownInputs: true
        default: false
        }
    }

    package var text: String {
        switch self {
        case .none: "no input"
        case .exactly(1): "one input"
        case .exactly(let count): "\(count) inputs"
        case .ownInputs: "an input for each of its own"
        case .atLeast(1): "one input or more"
        case .atLeast(let count): "\(count) inputs or more"
        case .between(let least, let most): "\(least) to \(most) inputs"
        case .sequence(nil): "one input, or the sequence and the states of its cells"
        case .sequence(let states?):
            "one input, or \(1 + states) (the sequence and \(states == 1 ? "a state" : "\(states) states"))"
        }
    }
}

extension Layer {
    /// Whether it reads layers that have to be named.
    static var mergesLayers: Bool {
        switch inputCount {
        case .none, .exactly(1), .sequence, .ownInputs: false
        case .exactly, .atLeast, .between: true
        }
    }

    package static var aliases: [String] { [] }
    package static var kerasPage: KerasPage { .usual(className) }
    package static var schema: [any ArgumentDescriptor] { [] }
    package static var callSchema: [any ArgumentDescriptor] { [] }
    package static var ownSchema: [any ArgumentDescriptor] { [] }
    /// Every argument that a spec may give, those of all layers left out.
    package static var fullSchema: [any ArgumentDescriptor] { ArgumentIndex.all(of: Self.self) }
    package static var inputCount: InputCount { .exactly(1) }
    package static var castsIntegers: Bool { false }
    package static var keepsMask: Bool { false }
    package static var maskFlow: MaskFlow { keepsMask ? .follows : .renews }
    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        Self.keepsMask ? masks.first ?? nil : nil
    }
    package var outputNames: [String] { [] }
    package var usesWholeBatch: Bool { false }
    package func weights(_ inputs: [TensorType]) -> [WeightSpec] { [] }
    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? { nil }
}

/// A variable of a layer: its name in the weights file behind the layer's, its shape, and what it
/// holds when no weights are given.
package struct WeightSpec: Sendable, Hashable {
    package var name: String
    package var shape: [Int]
    package var initializer: Initializer
    /// Whether `fit` will change it; running statistics are not trainable.
    package var trainable: Bool
    /// The axes of a kernel that number its filters.
    package var filterAxes: [Int]
    /// Whether it is a whole number by which training counts: weights files hold an integer for it, and
    /// nothing reads it at inference.
    package var isCounter: Bool

    /// - Parameter filterAxes: where nil, the last axis.
    package init(
        _ name: String, _ shape: [Int], _ initializer: Initializer, trainable: Bool = true,
        filterAxes: [Int]? = nil, isCounter: Bool = false
    ) {
        self.name = name
        self.shape = shape
        self.initializer = initializer
        self.trainable = trainable
        self.isCounter = isCounter
        self.filterAxes = filterAxes ?? Array(shape.indices.suffix(1))
    }

    package var count: Int { shape.reduce(1, *) }
}

/// The layers bnc knows, by class name; `Sources/Layers/Catalog.swift` lists them.
package struct LayerCatalog: Sendable {
    package let groups: [LayerGroup]
    private let byName: [String: any Layer.Type]
    /// Keras layers that bnc has not got, with the reason.
    package let absent: [String: String]
    /// Layers of other libraries, by their names in lower case without separators.
    private let foreign: [String: ForeignLayer]
    /// Class names and aliases in lower case without separators.
    private let bySquashedName: [String: String]

    /// Every layer, group by group.
    package var layers: [any Layer.Type] { groups.flatMap(\.layers) }

    package init(
        _ groups: [LayerGroup], absent: [String: String] = [:],
        foreign: [String: ForeignLayer] = [:]
    ) {
        self.groups = groups
        self.absent = absent
        self.foreign = foreign
        let layers = groups.flatMap(\.layers)
        var byName: [String: any Layer.Type] = [:]
        for layer in layers {
            precondition(byName.updateValue(layer, forKey: layer.className) == nil)
            for alias in layer.aliases { byName[alias] = layer }
        }
        self.byName = byName
        // Class names after aliases, so that they win.
        bySquashedName = Dictionary(
            (layers.flatMap { $0.aliases } + layers.map { $0.className }).map {
                (Suggestion.squashed($0), $0)
            }, uniquingKeysWith: { $1 })
    }

    /// The class that is written like this but for case and separators.
    package func sameName(as name: String) -> String? { bySquashedName[Suggestion.squashed(name)] }

    package func foreign(_ name: String) -> ForeignLayer? { foreign[Suggestion.squashed(name)] }

    package subscript(_ name: String) -> (any Layer.Type)? { byName[name] }

    /// Class names and aliases, for suggestions.
    package var names: [String] { byName.keys.sorted() }
}
