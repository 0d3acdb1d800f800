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
    /// The name of a layer, or a list of names.
    case names
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
        case .spatial(1, let minimum): Self.integer(minimum)
        case .spatial(2, let minimum): "\(Self.integer(minimum)), or `[height, width]`"
        case .spatial(let rank, let minimum):
            rank == 3
                ? "\(Self.integer(minimum)), or `[depth, height, width]`"
                : "\(Self.integer(minimum)), or a list of \(rank) of them"
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
        case .names: "the name of a layer or a list of names"
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

    /// The kind of a value that is not `null`.
    package var withoutNull: ArgumentKind {
        if case .optional(let kind) = self { kind.withoutNull } else { self }
    }

    /// Whether a number would do.
    var takesNumbers: Bool {
        switch withoutNull {
        case .integer, .number, .spatial, .axes, .padding, .numbers: true
        default: false
        }
    }

    /// Whether a list of numbers would do.
    var takesLists: Bool {
        switch withoutNull {
        case .spatial(let rank, _): rank > 1
        case .integers, .axes, .padding, .numbers, .shape: true
        default: false
        }
    }

    /// Whether the value is a layer or a list of layers.
    var holdsLayers: Bool {
        switch withoutNull {
        case .layer, .layers, .oneOrMoreLayers: true
        default: false
        }
    }

    /// Whether an axis may be meant.
    var takesAxes: Bool {
        switch withoutNull {
        case .axes, .integer(minimum: nil): true
        default: false
        }
    }

    var takesBooleans: Bool { if case .boolean = withoutNull { true } else { false } }

    var takesNull: Bool {
        switch self {
        case .optional, .activation, .initializer, .trainingOnly: true
        default: false
        }
    }

    /// Whether it is one of a few words.
    var takesWords: Bool {
        switch withoutNull {
        case .choice, .activation, .initializer: true
        default: false
        }
    }

    /// What a label says under another word.
    var wordsText: String {
        switch withoutNull {
        case .choice(let words) where words.count == 1: "not `\(words[0])`"
        case .choice(let words) where words.count == 2: "neither `\(words[0])` nor `\(words[1])`"
        case .activation: "not one of Keras's activations"
        case .initializer: "not one of Keras's initializers"
        default: "not one of these"
        }
    }

    /// The kind of one entry of a list; nil where there is no list of entries alike.
    package var entry: ArgumentKind? {
        switch withoutNull {
        case .spatial(_, let minimum): .integer(minimum: minimum)
        case .integers(let minimum): .integer(minimum: minimum)
        case .axes: .integer(minimum: nil)
        case .padding: .integer(minimum: 0)
        case .numbers: .number(minimum: nil, exclusive: false)
        default: nil
        }
    }

    /// Whether the argument changes what the layer computes at inference.
    package var mattersAtInference: Bool {
        switch self {
        case .trainingOnly, .initializer: false
        // What can have its default only has no effect.
        case .choice(let words): words.count > 1
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

    static func list(_ words: [String]) -> String {
        words.count < 2
            ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words.last!
    }
}
