import IR

/// What a user may write for an argument: the source of messages, docs, JSON schema and completion.
package indirect enum ArgumentKind: Sendable {
    case integer(minimum: Int?)
    case number(minimum: Double?, exclusive: Bool)
    case boolean
    case text
    /// One of these words.
    case choice([String])
    /// One integer, or a list with one for each of `rank` spatial axes.
    case spatial(rank: Int, minimum: Int)
    /// A list of integers.
    case integers(minimum: Int?)
    /// One axis or a list of axes.
    case axes
    /// Cells before and after: one integer, one for each axis, or a pair for each axis.
    case padding(rank: Int)
    /// A name from `keras.activations`.
    case activation
    /// A Keras initializer: a name, or one key over its arguments.
    case initializer
    /// One number or a list of numbers.
    case numbers
    /// A shape without the batch axis.
    case shape
    /// One layer, or a list of layers.
    case layer
    case layers
    /// The name of an earlier layer.
    case layerName
    /// A list of such names, one for each of these titles.
    case layerNames([String])
    /// A size, or a list of sizes of which some may be `null`: what the input has.
    case partialShape
    case oneOrMoreLayers
    /// Matters only for training: kept as written.
    case trainingOnly
    case optional(ArgumentKind)

    /// What a message says after "should be".
    package var expectation: String {
        switch self {
        case .integer(let minimum):
            switch minimum {
            case nil: "an integer"
            case 0?: "an integer of 0 or more"
            case 1?: "a positive integer"
            case let least?: "an integer of \(least) or more"
            }
        case .number(let minimum, let exclusive):
            switch minimum {
            case nil: "a number"
            case let least?:
                exclusive
                    ? "a number above \(Self.text(least))"
                    : "a number of \(Self.text(least)) or more"
            }
        case .boolean: "`true` or `false`"
        case .text: "a text"
        case .choice(let words): Self.list(words.map { "`\($0)`" })
        case .spatial(1, let minimum): "\(Self.integer(minimum)), or a list of one"
        case .spatial(let rank, let minimum):
            "\(Self.integer(minimum)), or a list of \(rank) of them"
        case .integers: "a list of integers"
        case .axes: "an axis (an integer) or a list of axes"
        case .padding(1): "an integer of 0 or more, or a pair `[before, after]`"
        case .padding(2):
            "an integer of 0 or more, `[height, width]`, or `[[top, bottom], [left, right]]`"
        case .padding(let rank):
            "an integer of 0 or more, a list of \(rank), or a list of \(rank) pairs"
        case .activation: "the name of an activation"
        case .initializer: "the name of an initializer, or one key over its arguments"
        case .numbers: "a number or a list of numbers"
        case .shape: "a list of positive integers, the batch axis left out"
        case .layer: "a layer"
        case .layers: "a list of layers"
        case .layerName: "the name of an earlier layer"
        case .layerNames(let titles):
            "a list of layers' names, `[\(titles.joined(separator: ", "))]`"
        case .partialShape: "a positive integer, or a list of them and `null`"
        case .oneOrMoreLayers: "a layer or a list of layers"
        case .trainingOnly: "anything"
        case .optional(let kind): kind.expectation + ", or `null`"
        }
    }

    /// Whether a number would do.
    var takesNumbers: Bool {
        switch self {
        case .integer, .number, .spatial, .axes, .padding, .numbers: true
        case .optional(let kind): kind.takesNumbers
        default: false
        }
    }

    /// Whether the argument changes what the layer computes at inference.
    var mattersAtInference: Bool {
        switch self {
        case .trainingOnly, .initializer: false
        default: true
        }
    }

    /// A number without a superfluous `.0`.
    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    private static func integer(_ minimum: Int) -> String {
        ArgumentKind.integer(minimum: minimum).expectation
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2
            ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words.last!
    }
}
