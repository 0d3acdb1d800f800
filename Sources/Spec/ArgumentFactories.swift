import Diagnostics
import IR
import Syntax

/// The kinds of argument that Keras's constructors take. `default: nil` makes one required.
extension Argument where Value == Int {
    package static func integer(
        _ name: String, default value: Int? = nil, minimum: Int? = nil, former: [String] = [],
        _ doc: String
    ) -> Argument<Int> {
        let kind = ArgumentKind.integer(minimum: minimum)
        return Argument(
            name, kind, default: value, text: value.map(String.init), former: former,
            // What counts from the end is an axis, of which every tensor has the last and the first.
            guesses: value == -1 && minimum == nil
                ? [-1, 1] : [max(minimum ?? 1, 1) + 3, max(minimum ?? 1, 1) + 10], doc: doc
        ) { node, reading in
            if let value = node.integer, value >= minimum ?? -largestSize { return value }
            reading.mismatch(node, kind)
            return nil
        }
    }
}

extension Argument where Value == Double {
    package static func number(
        _ name: String, default value: Double? = nil, minimum: Double? = nil,
        exclusive: Bool = false, former: [String] = [], _ doc: String
    ) -> Argument<Double> {
        let kind = ArgumentKind.number(minimum: minimum, exclusive: exclusive)
        return Argument(
            name, kind, default: value, text: value.map { "\($0)" }, former: former,
            guesses: [(minimum ?? 0) + 0.25, (minimum ?? 0) + 0.5], doc: doc
        ) { node, reading in
            if let value = node.number, value.isFinite,
                minimum.map({ exclusive ? value > $0 : value >= $0 }) ?? true
            {
                return value
            }
            reading.mismatch(node, kind)
            return nil
        }
    }
}

extension Argument where Value == Bool {
    package static func boolean(
        _ name: String, default value: Bool, former: [String] = [], _ doc: String
    ) -> Argument<Bool> {
        Argument(
            name, .boolean, default: value, text: "\(value)", former: former,
            guesses: [true, false], doc: doc
        ) { node, reading in
            if case .scalar(let scalar) = node.content, case .boolean(let value) = scalar.value {
                return value
            }
            reading.mismatch(node, .boolean)
            return nil
        }
    }
}

extension Argument where Value == String {
    package static func text(_ name: String, default value: String? = nil, _ doc: String)
        -> Argument<String>
    {
        Argument(name, .text, default: value, text: value, guesses: ["a", "b"], doc: doc) {
            node, reading in
            if let value = node.text { return value }
            reading.mismatch(node, .text)
            return nil
        }
    }
}

extension Argument where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of `Value`, or of those `among` them; the nearest one is suggested for any
    /// other.
    ///
    /// - Parameters:
    ///   - synonyms: words of other libraries, in lower case, with what they are called here.
    ///   - advice: what to say about any other value, as it is written.
    package static func choice(
        _ name: String, among values: [Value] = Array(Value.allCases), default value: Value? = nil,
        former: [String] = [], ignoringCase: Bool = false, synonyms: [String: Value] = [:],
        advice: (@Sendable (String) -> String?)? = nil, _ doc: String
    ) -> Argument<Value> {
        let words = values.map(\.rawValue)
        let kind = ArgumentKind.choice(words)
        return Argument(
            name, kind, default: value, text: value?.rawValue, former: former,
            guesses: [values[0], values[words.count > 1 ? 1 : 0]], doc: doc
        ) { node, reading in
            if node.isNull, let value { return value }  // `data_format: null`
            if let text = node.text {
                let word = ignoringCase ? text.lowercased() : text
                if let value = values.first(where: { $0.rawValue == word }) { return value }
                if let meant = synonyms[text.lowercased()]?.rawValue, words.contains(meant) {
                    reading.mismatch(node, kind, meant: meant)
                    return nil
                }
            }
            if let advice = advice?(node.span.text) {
                reading.mismatch(node, kind, helps: [advice])
                return nil
            }
            if let near = node.text.flatMap({ Suggestion.nearest(to: $0, in: words) }) {
                reading.mismatch(node, kind, meant: near)
                return nil
            }
            let other = node.text.flatMap(Value.init(rawValue:)).map {
                "other layers take `\($0.rawValue)`, this one doesn't"
            }
            reading.mismatch(node, kind, helps: other.map { [$0] } ?? [])
            return nil
        }
    }
}

extension Argument where Value == [Int] {
    /// One integer for all spatial axes, or a list with one for each.
    package static func spatial(
        _ name: String, rank: Int, default value: Int? = nil, minimum: Int = 1,
        former: [String] = [], _ doc: String
    ) -> Argument<[Int]> {
        let kind = ArgumentKind.spatial(rank: rank, minimum: minimum)
        return Argument(
            name, kind, default: value.map { [Int](repeating: $0, count: rank) },
            text: value.map(String.init), former: former,
            guesses: [minimum, minimum + 2].map { [Int](repeating: $0, count: rank) }, doc: doc
        ) { node, reading in
            if let value = node.integer, value >= minimum {
                return [Int](repeating: value, count: rank)
            }
            if let values = node.listOf(\.integer), values.count == rank,
                values.allSatisfy({ $0 >= minimum })
            {
                return values
            }
            reading.mismatch(node, kind)
            return nil
        }
    }

    package static func integers(
        _ name: String, default value: [Int]? = nil, minimum: Int? = nil, _ doc: String
    ) -> Argument<[Int]> {
        let kind = ArgumentKind.integers(minimum: minimum)
        return Argument(
            name, kind, default: value, text: value.map { "\($0)" }, doc: doc
        ) { node, reading in
            if let values = node.listOf(\.integer),
                values.allSatisfy({ $0 >= minimum ?? -largestSize })
            {
                return values
            }
            reading.mismatch(node, kind)
            return nil
        }
    }

    /// One axis or several; axis 0 is the batch.
    package static func axes(_ name: String, default value: [Int]? = nil, _ doc: String)
        -> Argument<[Int]>
    {
        let text = value.map { $0.count == 1 ? "\($0[0])" : "\($0)" }
        return Argument(
            name, .axes, default: value, text: text, guesses: [[-1], [1]], doc: doc
        ) { node, reading in
            if let value = node.integer { return [value] }
            if let values = node.listOf(\.integer), !values.isEmpty { return values }
            reading.mismatch(node, .axes)
            return nil
        }
    }
}

extension Argument where Value == [Double] {
    /// Numbers of which there are several by default.
    package static func numbers(_ name: String, default values: [Double], _ doc: String)
        -> Argument<[Double]>
    {
        let required = numbers(name, doc)
        return Argument(
            name, .numbers, default: values, text: "\(values)", guesses: [values, values], doc: doc,
            reader: required.reader)
    }

    /// One number, or a list (one for each channel).
    package static func numbers(_ name: String, default value: Double? = nil, _ doc: String)
        -> Argument<[Double]>
    {
        Argument(
            name, .numbers, default: value.map { [$0] }, text: value.map { "\($0)" },
            guesses: [[1], [2]], doc: doc
        ) { node, reading in
            if let value = node.number, value.isFinite { return [value] }
            if let values = node.listOf(\.number), !values.isEmpty,
                values.allSatisfy(\.isFinite)
            {
                return values
            }
            reading.mismatch(node, .numbers)
            return nil
        }
    }
}

extension Argument where Value == [Padding] {
    /// Cells before and after along each of `rank` spatial axes, in Keras's three forms.
    package static func padding(
        _ name: String, rank: Int, default value: Padding, _ doc: String
    ) -> Argument<[Padding]> {
        let kind = ArgumentKind.padding(rank: rank)
        return Argument(
            name, kind, default: [Padding](repeating: value, count: rank), text: "\(value.before)",
            guesses: [1, 2].map { [Padding](repeating: Padding($0, $0), count: rank) }, doc: doc
        ) { node, reading in
            func pair(_ node: SyntaxNode) -> Padding? {
                guard let both = node.listOf(\.integer), both.count == 2,
                    both.allSatisfy({ $0 >= 0 })
                else { return nil }
                return Padding(both[0], both[1])
            }
            if let value = node.integer, value >= 0 {
                return [Padding](repeating: Padding(value, value), count: rank)
            }
            if rank == 1, let value = pair(node) { return [value] }
            if rank > 1, let values = node.listOf(\.integer), values.count == rank,
                values.allSatisfy({ $0 >= 0 })
            {
                return values.map { Padding($0, $0) }
            }
            if let values = node.listOf(pair), values.count == rank { return values }
            reading.mismatch(node, kind)
            return nil
        }
    }
}

extension Argument where Value == ActivationFunction {
    package static func activation(
        _ name: String, default value: ActivationFunction? = .linear, _ doc: String
    ) -> Argument<ActivationFunction> {
        Argument(
            name, .activation, default: value, text: value?.name, guesses: [.linear, .tanh],
            doc: doc
        ) { node, reading in
            if node.isNull { return .linear }
            if let text = node.text, let function = ActivationFunction.named[text] {
                return function
            }
            if case .mapping(let entries) = node.content {
                guard entries.count == 1, entries[0].isBare, let name = entries[0].keyText,
                    ActivationFunction.named[name] != nil
                else { return layer(node, &reading) }
                reading.mismatch(
                    node, .activation,
                    fixIts: [
                        FixIt(
                            span: node.span, replacement: name,
                            text: "leave the braces out: `\(name)`")
                    ])
                return nil
            }
            ActivationFunction.report(node, &reading)
            return nil
        }
    }

    /// A layer with its arguments in the place of a name.
    private static func layer(
        _ node: SyntaxNode, _ reading: inout ArgumentReading
    ) -> ActivationFunction? {
        // It takes no number: it has no variables that would need a name.
        let names = reading.names
        defer { reading.names = names }
        guard let item = LayerReader.readNested(node, &reading) else { return nil }
        if let function = ActivationFunction.of(item) { return function }
        reading.bag.report(
            Diagnostic(
                .argumentValue,
                "`\(reading.argument)` of \(reading.layer) can't be \(item.className) with these "
                    + "arguments: it is no function of single elements or of the last axis",
                at: item.span, label: "not an activation",
                helps: ["write it as a layer of its own behind this one"]))
        return nil
    }
}

extension Argument where Value == Initializer {
    package static func initializer(_ name: String, default value: Initializer, _ doc: String)
        -> Argument<Initializer>
    {
        Argument(
            name, .initializer, default: value, text: value.name, guesses: [.zeros, .ones],
            doc: doc
        ) { node, reading in
            Initializer.read(node, &reading)
        }
    }
}

extension Argument where Value == LayerItem {
    /// One layer that another one wraps.
    ///
    /// - Parameter allowsReuse: whether the wrapper's variables are those of the layer, so that they may
    ///   be those of another one.
    package static func layer(
        _ name: String, allowsReuse: Bool = false, _ doc: String
    ) -> Argument<LayerItem> {
        Argument(name, .layer, default: nil, text: nil, doc: doc) { node, reading in
            // A wrapped layer takes no number of its own: its variables carry the wrapper's name.
            let names = reading.names
            defer { reading.names = names }
            return LayerReader.readNested(node, allowsReuse: allowsReuse, &reading)
        }
    }
}

extension Argument where Value == [LayerItem] {
    package static func layers(_ name: String, _ doc: String) -> Argument<[LayerItem]> {
        Argument(name, .layers, default: nil, text: nil, doc: doc) { node, reading in
            guard let list = node.list, !list.isEmpty else {
                reading.mismatch(node, .layers, helps: node.layersHelp)
                return nil
            }
            var items: [LayerItem] = []
            for entry in list {
                guard let item = LayerReader.readNested(entry, &reading) else { continue }
                items.append(item)
            }
            return items.count == list.count ? items : nil
        }
    }
}

extension Argument where Value == [LayerItem] {
    /// One layer, or a list of them, that another one runs.
    package static func oneOrMoreLayers(_ name: String, _ doc: String) -> Argument<[LayerItem]> {
        Argument(name, .oneOrMoreLayers, default: nil, text: nil, doc: doc) { node, reading in
            let names = reading.names
            defer { reading.names = names }
            guard let list = node.list else {
                return LayerReader.readNested(node, &reading).map { [$0] }
            }
            if list.isEmpty {
                reading.mismatch(node, .oneOrMoreLayers)
                return nil
            }
            let items = list.map { LayerReader.readNested($0, &reading) }
            return items.contains { $0 == nil } ? nil : items.compactMap(\.self)
        }
    }
}

/// A value kept as it was written: it matters only for training.
package struct TrainingOnly: Sendable {
    package let node: SyntaxNode?
}

extension Argument where Value == TrainingOnly {
    package static func trainingOnly(_ name: String, default text: String = "null", _ doc: String)
        -> Argument<TrainingOnly>
    {
        Argument(
            name, .trainingOnly, default: TrainingOnly(node: nil), text: text, doc: doc
        ) { node, _ in TrainingOnly(node: node) }
    }
}

/// An argument of Keras's that bnc takes at its default only.
package struct DefaultOnly: Sendable {}

extension Argument where Value == DefaultOnly {
    /// Takes `text`, Keras's default, and `null`; refuses any other value for a `reason`.
    ///
    /// - Parameter instead: what to write, given the entries of a list; nil for `help`.
    package static func defaultOnly(
        _ name: String, default text: String = "null", reason: String, help: String? = nil,
        standsFor: String? = nil, _ doc: String,
        instead: @escaping @Sendable ([String]) -> String? = { _ in nil }
    ) -> Argument<DefaultOnly> {
        Argument(
            name, .choice([text]), default: DefaultOnly(), text: text,
            guesses: [DefaultOnly(), DefaultOnly()], standsFor: standsFor, doc: doc
        ) { node, reading in
            if case .invalid = node.content { return nil }
            if case .scalar(let scalar) = node.content, node.isNull || scalar.text == text {
                return DefaultOnly()
            }
            reading.bag.report(
                Diagnostic(
                    .notSupported,
                    "`\(reading.argument)` of \(reading.layer) is not supported: \(reason)",
                    at: node.span, label: "only `\(text)`",
                    helps: (instead(node.list?.map(\.span.text) ?? []) ?? help).map { [$0] } ?? []))
            return nil
        }
    }
}

extension SyntaxNode {
    /// What to say where a list of layers is expected.
    var layersHelp: [String] {
        guard case .mapping(let entries) = content, let name = entries.first?.keyText else {
            return []
        }
        return ["a mapping has no order: write a list, `[{\(name): {...}}, ...]`"]
    }
}
