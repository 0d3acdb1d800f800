import Diagnostics
import IR
import Syntax

/// What a variable holds when no weights are given: `keras.initializers`, from a fixed seed.
///
/// Fans are Keras's: the last two axes times the receptive field before them.
package enum Initializer: Sendable, Hashable {
    case constant(Double)
    case randomNormal(mean: Double, stddev: Double)
    case randomUniform(minimum: Double, maximum: Double)
    /// Normal, redrawn beyond two standard deviations.
    case truncatedNormal(mean: Double, stddev: Double)
    case varianceScaling(scale: Double, mode: FanMode, distribution: Distribution)
    /// The rows or the columns, whichever are fewer, are orthogonal and of length `gain`.
    case orthogonal(gain: Double)
    /// Zeros with a diagonal of `gain`.
    case identity(gain: Double)
    /// The second quarter ones, the rest as another initializer has it (`unit_forget_bias`).
    indirect case unitForget(Initializer)
    /// Waves, of a layer that is a Fourier transform.
    case fourier(FourierKernel)

    package enum FanMode: String, Sendable, CaseIterable {
        case fanIn = "fan_in"
        case fanOut = "fan_out"
        case fanAverage = "fan_avg"
    }
    package enum Distribution: String, Sendable, CaseIterable {
        case uniform
        case truncatedNormal = "truncated_normal"
        case untruncatedNormal = "untruncated_normal"
    }

    package static let zeros = Initializer.constant(0)
    package static let ones = Initializer.constant(1)
    package static let glorotUniform = scaled(1, .fanAverage, .uniform)

    private static func scaled(_ scale: Double, _ mode: FanMode, _ distribution: Distribution)
        -> Initializer
    {
        .varianceScaling(scale: scale, mode: mode, distribution: distribution)
    }

    /// Keras's names, snake case and class names alike.
    private static let named: [(names: [String], value: Initializer)] = [
        (["zeros", "Zeros"], .zeros), (["ones", "Ones"], .ones),
        (["glorot_uniform", "GlorotUniform"], .glorotUniform),
        (["glorot_normal", "GlorotNormal"], scaled(1, .fanAverage, .truncatedNormal)),
        (["he_uniform", "HeUniform"], scaled(2, .fanIn, .uniform)),
        (["he_normal", "HeNormal"], scaled(2, .fanIn, .truncatedNormal)),
        (["lecun_uniform", "LecunUniform"], scaled(1, .fanIn, .uniform)),
        (["lecun_normal", "LecunNormal"], scaled(1, .fanIn, .truncatedNormal)),
        (["random_normal", "RandomNormal"], .randomNormal(mean: 0, stddev: 0.05)),
        (
            ["random_uniform", "RandomUniform", "uniform"],
            .randomUniform(minimum: -0.05, maximum: 0.05)
        ),
        (["truncated_normal", "TruncatedNormal"], .truncatedNormal(mean: 0, stddev: 0.05)),
        (["constant", "Constant"], .zeros),
        (["variance_scaling", "VarianceScaling"], scaled(1, .fanIn, .truncatedNormal)),
        (["orthogonal", "Orthogonal", "OrthogonalInitializer"], .orthogonal(gain: 1)),
        (["identity", "Identity", "IdentityInitializer"], .identity(gain: 1)),
    ]

    /// Every name that `kernel_initializer:` takes, those of one initializer together.
    package static let names = named.map(\.names)

    /// What other libraries, and older Keras, call an initializer.
    private static let synonyms: [String: String] = [
        "xavier": "glorot_uniform", "xavier_uniform": "glorot_uniform",
        "xavier_normal": "glorot_normal", "glorot": "glorot_uniform", "kaiming": "he_normal",
        "kaiming_uniform": "he_uniform", "kaiming_normal": "he_normal", "he": "he_normal",
        "lecun": "lecun_normal", "normal": "random_normal", "gaussian": "random_normal",
        "trunc_normal": "truncated_normal", "zero": "zeros", "one": "ones", "0": "zeros",
        "1": "ones",
    ]

    /// The name `kernel_initializer:` takes for it.
    package var name: String {
        return Self.named.first { $0.value == self }?.names[0] ?? "custom"
    }

    /// A name, or one key over numbers: `{RandomNormal: {stddev: 0.01}}`.
    static func read(_ node: SyntaxNode, _ reading: inout ArgumentReading) -> Initializer? {
        let kind = ArgumentKind.initializer
        if node.isNull { return .zeros }
        var name = node.text
        var arguments: [SyntaxEntry] = []
        if case .mapping(let entries) = node.content, entries.count == 1 {
            name = entries[0].keyText
            if case .mapping(let inner) = entries[0].value.content { arguments = inner }
        }
        // `{class_name: HeNormal, config: {seed: 1}}`, as Keras writes it.
        if let keras = node.value(forKey: "class_name")?.value.text,
            named.contains(where: { $0.names.contains(keras) })
        {
            let config = node.value(forKey: "config")?.value.flowText
            let written = node.value(forKey: "config")?.value.entriesOrNone ?? []
            let hasConfig = written.contains { !$0.value.isNull }
            reading.mismatch(
                node, kind, meant: hasConfig ? "{\(keras): \(config ?? "{}")}" : keras)
            return nil
        }
        if case .scalar(let scalar) = node.content, let meant = synonyms[scalar.text] {
            reading.mismatch(node, kind, meant: meant)
            return nil
        }
        guard let name else {
            reading.mismatch(node, kind)
            return nil
        }
        guard let base = named.first(where: { $0.names.contains(name) })?.value else {
            // `keras.initializers.HeNormal(seed=1)`, `{type: he_normal}`.
            let word =
                name.prefix { $0 != "(" }.split(separator: ".").last.map(String.init) ?? name
            let inner = node.mappedText.flatMap { text in
                named.contains { $0.names.contains(text) } ? text : nil
            }
            let known = named.first { $0.names.contains(word) }?.names[0]
            let near =
                inner ?? known ?? synonyms[word.lowercased()]
                ?? Suggestion.nearest(to: word, in: named.flatMap(\.names))
            if let near {
                reading.mismatch(node, kind, meant: near)
            } else {
                let names = named.map { $0.names[0] }.joined(separator: ", ")
                reading.mismatch(node, kind, helps: ["the names are \(names)"])
            }
            return nil
        }
        func number(_ key: String, _ fallback: Double) -> Double {
            arguments.first { $0.keyText == key }?.value.number ?? fallback
        }
        func word<T: RawRepresentable>(_ key: String, _ fallback: T) -> T
        where T.RawValue == String {
            arguments.first { $0.keyText == key }?.value.text.flatMap(T.init(rawValue:)) ?? fallback
        }
        switch base {
        case .constant where name.lowercased() == "constant":
            return .constant(number("value", 0))
        case .orthogonal: return .orthogonal(gain: number("gain", 1))
        case .identity: return .identity(gain: number("gain", 1))
        case .randomNormal:
            return .randomNormal(mean: number("mean", 0), stddev: number("stddev", 0.05))
        case .randomUniform:
            return .randomUniform(minimum: number("minval", -0.05), maximum: number("maxval", 0.05))
        case .truncatedNormal:
            return .truncatedNormal(mean: number("mean", 0), stddev: number("stddev", 0.05))
        case .varianceScaling(let scale, let mode, let distribution)
        where name.lowercased().hasPrefix("variance"):
            return .varianceScaling(
                scale: number("scale", scale), mode: word("mode", mode),
                distribution: word("distribution", distribution))
        default: return base
        }
    }

    /// The numbers for a variable; the same for the same key, shape and seed.
    package func values(for key: String, shape: [Int], seed: UInt64 = 0) -> ConstantData {
        let count = shape.reduce(1, *)
        var random = RandomNumbers(seed: seed, key: key)
        switch self {
        case .constant(let value): return .splat(Float(value))
        case .orthogonal(let gain):
            return .floats(random.orthogonal(shape, gain: gain))
        case .identity(let gain):
            guard shape.count == 2 else { return .undefined }
            return .floats(
                (0..<count).map { $0 / shape[1] == $0 % shape[1] ? Float(gain) : 0 })
        case .unitForget(let initializer):
            let data = initializer.values(for: key, shape: shape, seed: seed)
            guard
                var values = Constant(name: key, type: TensorType(.float32, shape), data: data)
                    .floats
            else { return .undefined }
            for index in count / 4..<count / 2 { values[index] = 1 }
            return .floats(values)
        case .fourier(let kernel): return .floats(kernel.values(shape))
        case .randomUniform(let minimum, let maximum):
            return .floats(random.uniform(count, minimum, maximum))
        case .randomNormal(let mean, let stddev):
            return .floats(random.normal(count, mean, stddev, truncated: false))
        case .truncatedNormal(let mean, let stddev):
            return .floats(random.normal(count, mean, stddev, truncated: true))
        case .varianceScaling(let scale, let mode, let distribution):
            let (fanIn, fanOut) = Self.fans(shape)
            let fan =
                switch mode {
                case .fanIn: fanIn
                case .fanOut: fanOut
                case .fanAverage: (fanIn + fanOut) / 2
                }
            let variance = scale / max(1, fan)
            switch distribution {
            case .uniform:
                let limit = (3 * variance).squareRoot()
                return .floats(random.uniform(count, -limit, limit))
            case .truncatedNormal:
                // The standard deviation of a normal cut at two standard deviations.
                let stddev = variance.squareRoot() / 0.87962566103423978
                return .floats(random.normal(count, 0, stddev, truncated: true))
            case .untruncatedNormal:
                return .floats(random.normal(count, 0, variance.squareRoot(), truncated: false))
            }
        }
    }

    private static func fans(_ shape: [Int]) -> (Double, Double) {
        switch shape.count {
        case 0: return (1, 1)
        case 1: return (Double(shape[0]), Double(shape[0]))
        default:
            let field = Double(shape.dropLast(2).reduce(1, *))
            return (field * Double(shape[shape.count - 2]), field * Double(shape[shape.count - 1]))
        }
    }
}

/// Reproducible random numbers: SplitMix64 from the seed and the variable's key.
private struct RandomNumbers {
    private var state: UInt64

    init(seed: UInt64, key: String) {
        state = 0xcbf2_9ce4_8422_2325 ^ seed
        for byte in key.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    @inline(__always)
    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// In 0..<1 with 24 bits.
    @inline(__always)
    private mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

    mutating func uniform(_ count: Int, _ minimum: Double, _ maximum: Double) -> [Float] {
        let low = Float(minimum)
        let width = Float(maximum - minimum)
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count { buffer.initializeElement(at: index, to: low + width * unit()) }
            filled = count
        }
    }

    /// The matrix of all axes but the last by the last, made orthogonal by Gram and Schmidt's method
    /// from normal numbers, twice for accuracy.
    mutating func orthogonal(_ shape: [Int], gain: Double) -> [Float] {
        let columns = shape.last ?? 1
        let rows = shape.dropLast().reduce(1, *)
        let count = min(rows, columns)
        let length = max(rows, columns)
        var vectors = normal(count * length, 0, 1, truncated: false).map(Double.init)
        vectors.withUnsafeMutableBufferPointer { vectors in
            for index in 0..<count {
                let own = index * length
                for _ in 0..<2 {
                    for other in 0..<index {
                        let base = other * length
                        var product = 0.0
                        for k in 0..<length { product += vectors[own + k] * vectors[base + k] }
                        for k in 0..<length { vectors[own + k] -= product * vectors[base + k] }
                    }
                }
                var square = 0.0
                for k in 0..<length { square += vectors[own + k] * vectors[own + k] }
                let scale = 1 / square.squareRoot()
                for k in 0..<length { vectors[own + k] *= scale }
            }
        }
        return (0..<rows * columns).map { index in
            let (row, column) = (index / columns, index % columns)
            return Float(
                gain * vectors[rows <= columns ? row * length + column : column * length + row])
        }
    }

    /// The sum of 12 uniform numbers less 6 is normal enough for an initial value, and exact to
    /// reproduce everywhere: it needs no transcendental function.
    mutating func normal(_ count: Int, _ mean: Double, _ stddev: Double, truncated: Bool) -> [Float]
    {
        let mean = Float(mean)
        let stddev = Float(stddev)
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count {
                var z: Float
                repeat {
                    // Twelve 16-bit uniforms from three words.
                    var sum: UInt64 = 0
                    for _ in 0..<3 {
                        let word = next()
                        sum +=
                            (word & 0xffff) + (word >> 16 & 0xffff) + (word >> 32 & 0xffff)
                            + (word >> 48)
                    }
                    z = (Float(sum) + 6) * 0x1p-16 - 6
                } while truncated && abs(z) > 2
                buffer.initializeElement(at: index, to: mean + stddev * z)
            }
            filled = count
        }
    }
}

extension SyntaxNode {
    /// The one text that a mapping of one entry holds.
    fileprivate var mappedText: String? {
        guard case .mapping(let entries) = content, entries.count == 1 else { return nil }
        return entries[0].value.text
    }
}
