import Foundation
import Layers
import Spec
import Testing

/// A default in a constructor of Keras's.
enum KerasDefault: Decodable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([KerasDefault])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try value.decode([KerasDefault].self))
        }
    }
}

/// `Fixtures/keras_surface.json`: what `inspect.signature` shows of Keras's layers.
struct KerasSurface: Decodable, Sendable {
    struct Argument: Decodable, Sendable {
        let name: String
        let value: KerasDefault

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            name = try pair.decode(String.self)
            value = try pair.decode(KerasDefault.self)
        }
    }

    /// The arguments of Keras's layers, in order, those of every layer left out.
    let layers: [String: [Argument]]

    static let keras = read()

    private static func read() -> KerasSurface {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/keras_surface.json")
        return try! JSONDecoder().decode(KerasSurface.self, from: Data(contentsOf: file))
    }
}

/// The schemas against Keras's constructors.
@Suite struct KerasSurfaceTests {
    /// Those that bnc has; RandomCrop's constructor names what every layer takes.
    static let layers = KerasSurface.keras.layers.filter { LayerCatalog.keras[$0.key] != nil }
        .mapValues { arguments in arguments.filter { $0.name != "name" } }

    /// Defaults that are written otherwise here, with the reason.
    static let deviations: [String: String] = [
        "Input.shape": "required: `batch_shape` is no other way to give it",
        "Input.dtype": "Keras's null is its configuration's float type, float32",
        "Input.sparse": "Keras's null means false",
        "Input.ragged": "Keras's null means false",
        "Embedding.embeddings_initializer": "`uniform` is another name of `random_uniform`",
        "ReversibleEmbedding.embeddings_initializer": "as Embedding's",
    ]

    /// Arguments that Keras's constructors hand on without naming them.
    static let passedOn: Set<String> = ["zero_output_for_mask", "implementation", "input_length"]

    /// The arguments that Keras names.
    private func schema(_ name: String) throws -> [any ArgumentDescriptor] {
        let named = Self.layers[name]!.map(\.name)
        return try #require(LayerCatalog.keras[name]).schema.filter { argument in
            named.contains(argument.name)
                || !(Self.passedOn.contains(argument.name)
                    || (argument.name == "unroll" && name.hasPrefix("ConvLSTM")))
        }
    }

    @Test("The same arguments in the same order", arguments: layers.keys.sorted())
    func names(_ name: String) throws {
        #expect(try schema(name).map(\.name) == Self.layers[name]!.map(\.name))
    }

    @Test("The same defaults", arguments: layers.keys.sorted())
    func defaults(_ name: String) throws {
        for (argument, keras) in zip(try schema(name), Self.layers[name]!) {
            let isSame = Self.isSame(argument.defaultText, keras.value, argument.name)
            let isDeviation = Self.deviations["\(name).\(argument.name)"] != nil
            #expect(
                isSame != isDeviation,
                "\(argument.name): \(argument.defaultText ?? "required"), Keras \(keras.value)")
        }
    }

    @Test("Every other layer of Keras has a reason for its absence")
    func others() {
        let others = KerasSurface.keras.layers.keys.filter { Self.layers[$0] == nil }
        #expect(others.sorted() == LayerCatalog.keras.absent.keys.sorted())
        #expect(LayerCatalog.keras.names.allSatisfy { LayerCatalog.keras.absent[$0] == nil })
    }

    /// What Keras's null stands for.
    private static let nulls = ["data_format": "channels_last", "activation": "linear"]

    private static func isSame(_ text: String?, _ value: KerasDefault, _ name: String) -> Bool {
        if case .text("<required>") = value { return text == nil }
        guard let text else { return false }
        return switch value {
        case .null: text == "null" || text == nulls[name]
        case .boolean(let boolean): text == "\(boolean)"
        case .number(let number): Double(text) == number
        case .text(let word): text.lowercased() == word.lowercased()
        case .list(let list) where text.hasPrefix("["):
            text.dropFirst().dropLast().split(separator: ", ").map { Double($0) }
                == list.map { if case .number(let number) = $0 { number } else { nil } }
        case .list(let list): list.allSatisfy { isSame(text, $0, name) }
        }
    }
}
