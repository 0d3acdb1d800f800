import Foundation

extension Double {
    static func log(_ x: Double) -> Double { Foundation.log(x) }
    static func cosine(_ x: Double) -> Double { Foundation.cos(x) }
}

/// A value of an argument before it is text.
package indirect enum DraftValue: Hashable, Sendable {
    case null
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case text(String)
    case list([DraftValue])
    case layer(DraftLayer)

    /// As YAML in flow style that YAML 1.1 and 1.2 read alike.
    package var yaml: String {
        switch self {
        case .null: "null"
        case .integer(let value): "\(value)"
        case .number(let value): Self.text(value)
        case .boolean(let value): "\(value)"
        case .text(let value): "\"\(value)\""
        case .list(let values): "[\(values.map(\.yaml).joined(separator: ", "))]"
        case .layer(let layer): layer.arguments.isEmpty ? layer.className : "{\(layer.yaml)}"
        }
    }

    /// `1.0e-07`: without the point, YAML 1.1 takes it for a text.
    private static func text(_ value: Double) -> String {
        let plain = "\(value)"
        guard let mark = plain.firstIndex(of: "e"), !plain[..<mark].contains(".") else {
            return plain
        }
        let sign = plain[plain.index(after: mark)] == "-" ? "" : "+"
        return plain[..<mark] + ".0e" + sign
            + plain[plain.index(after: mark)...].drop { $0 == "+" }
    }
}

/// A layer with the arguments that are written.
package struct DraftLayer: Hashable, Sendable {
    package var className: String
    package var arguments: [Argument] = []

    package struct Argument: Hashable, Sendable {
        package var name: String
        package var value: DraftValue
    }

    package init(_ className: String, _ arguments: [(String, DraftValue)] = []) {
        self.className = className
        self.arguments = arguments.map { Argument(name: $0.0, value: $0.1) }
    }

    package subscript(_ name: String) -> DraftValue? {
        get { arguments.first { $0.name == name }?.value }
        set {
            let index = arguments.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): arguments[index].value = value
            case (let index?, nil): arguments.remove(at: index)
            case (nil, let value?): arguments.append(Argument(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// One key over the arguments.
    var yaml: String {
        if arguments.isEmpty { return className }
        let members = arguments.map { "\($0.name): \($0.value.yaml)" }
        return "\(className): {\(members.joined(separator: ", "))}"
    }

    var name: String {
        if case .text(let name)? = self["name"] { return name }
        return ""
    }

    /// The layers that it reads.
    var inputs: [String] {
        get {
            switch self["inputs"] {
            case .text(let name)?: [name]
            case .list(let values)?:
                values.compactMap { if case .text(let name) = $0 { name } else { nil } }
            default: []
            }
        }
        set {
            // A list of one stays a list: layers that merge take nothing else in Keras.
            var isList = newValue.count > 1
            if case .list? = self["inputs"] { isList = true }
            let names = newValue.map { DraftValue.text($0) }
            self["inputs"] = isList ? .list(names) : names.first
        }
    }

    /// This layer and those inside it.
    var all: [DraftLayer] {
        var result = [self]
        func walk(_ value: DraftValue) {
            switch value {
            case .layer(let layer): result += layer.all
            case .list(let values): values.forEach(walk)
            default: break
            }
        }
        for argument in arguments { walk(argument.value) }
        return result
    }
}

/// A model before it is text: layers with names of their own, which name what they read.
package struct Draft: Hashable, Sendable {
    package var layers: [DraftLayer]
    package var outputs: [String]

    package init(layers: [DraftLayer], outputs: [String]) {
        self.layers = layers
        self.outputs = outputs
    }

    package var yaml: String {
        var text = "layers:\n"
        for layer in layers { text += "  - \(layer.yaml)\n" }
        if !outputs.isEmpty { text += "outputs: [\(outputs.joined(separator: ", "))]\n" }
        return text
    }

    /// The layers' classes, those inside others too.
    package var classes: Set<String> {
        Set(layers.flatMap { $0.all.map(\.className) })
    }

    /// Whether a layer is read by the text of any of its arguments.
    static func reads(_ layer: DraftLayer, _ name: String) -> Bool {
        func holds(_ value: DraftValue) -> Bool {
            switch value {
            // One of the outputs of a layer with several is read as `y3/state_h`.
            case .text(let text): text == name || text.hasPrefix(name + "/")
            case .list(let values): values.contains(where: holds)
            default: false
            }
        }
        return layer.arguments.contains { $0.name != "name" && holds($0.value) }
    }

    /// Without layers that no output needs; inputs stay only where they are read.
    func pruned() -> Draft {
        var kept = Set(outputs.map { String($0.prefix { $0 != "/" }) })
        for layer in layers.reversed() where kept.contains(layer.name) {
            for other in layers where Self.reads(layer, other.name) { kept.insert(other.name) }
        }
        return Draft(layers: layers.filter { kept.contains($0.name) }, outputs: outputs)
    }
}
