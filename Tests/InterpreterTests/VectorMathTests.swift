import Foundation
import IR
import Interpreter
import Plan
import SwiftEmitter
import TestSupport
import Testing

/// Functions of elements against double precision, by way of a map kernel.
@Suite struct VectorMathTests {
    /// What an error is relative to.
    private static func scale(_ kind: UnaryFunction.Kind, _ x: Double, _ y: Double) -> Double {
        switch kind {
        // The exponential makes the rounding of its argument larger in the tail.
        case .geluTanh: max(abs(y), abs(x) * 0.1)
        default: abs(y)
        }
    }

    /// The largest error found, rounded up; 6e-8 is half a unit in the last place.
    private static func limit(_ kind: UnaryFunction.Kind) -> Double {
        switch kind {
        case .geluTanh: 3.4e-7
        case .gelu, .tanhShrink: 3e-7
        case .mish: 2.8e-7
        case .silu: 2.2e-7
        case .hardSiLU, .sigmoid, .sparsePlus, .squareplus, .tanh: 1.8e-7
        case .elu, .celu, .selu: 1.5e-7
        case .hardSigmoid, .logSigmoid, .softplus, .softsign: 1.3e-7
        case .exponential: 8e-8
        case .logarithm: 8e-8
        case .affine: 1.2e-7
        case .leakyReLU, .generalReLU, .sparseSigmoid: 6e-8
        // One operation at most, rounded as the reference is.
        case .relu, .clippedReLU, .hardShrink, .hardTanh, .softShrink, .threshold, .negate,
            .absolute, .square, .squareRoot, .reciprocal, .notEqual:
            0
        }
    }

    private static func multipliesByArgument(_ kind: UnaryFunction.Kind) -> Bool {
        kind == .silu || kind == .mish
    }

    /// The reference, or another form where the reference's own terms cancel.
    private static func exact(_ function: UnaryFunction, _ x: Double) -> Double {
        switch function.kind {
        case .tanhShrink where abs(x) < 0.01: return x * x * x / 3 - 2 * x * x * x * x * x / 15
        case .squareplus where x < 0:
            let b = function.parameters[0]
            return b / (2 * (sqrt(x * x + b) - x))
        default: return ReferenceFunctions.unary(function, x)
        }
    }

    static let functions: [UnaryFunction] = UnaryFunction.Kind.allCases.flatMap { kind in
        let parameters: [[Double]] =
            switch kind {
            case .clippedReLU: [[6], [0.5]]
            case .leakyReLU: [[0.25], [0], [-2]]
            case .generalReLU: [[6, 0.125, 1], [.infinity, 0.5, -1], [0.5, 0, 1]]
            case .elu, .celu: [[1], [0.5], [3]]
            case .hardShrink, .softShrink: [[0.5], [0]]
            case .squareplus: [[4], [0.25]]
            case .threshold: [[0.5, -3]]
            case .affine: [[0.5, -1]]
            case .notEqual: [[0], [-1], [0.5]]
            default: [[]]
            }
        return parameters.map { UnaryFunction(kind: kind, parameters: $0) }
    }

    static func apply(_ function: UnaryFunction, _ x: [Float]) -> [Float] {
        let kernel = MapKernel(
            source: Location(.input(0)), output: Location(.output(0)),
            loops: [Loop(x.count, [1, 1])], epilogue: [.unary(function)])
        let memory = TestMemory(
            inputs: [x], outputs: [[Float](repeating: 0, count: x.count)], constants: [])
        return memory.run(.map(kernel))[0]
    }

    #if DEBUG
        private static let coarseness = 61
    #else
        private static let coarseness = 1
    #endif

    /// Every 1,021st float: all exponents, both signs, infinities and NaN apart.
    static let sweep: [Float] = stride(
        from: UInt32(0), to: 0x7F80_0000, by: 1021 * coarseness
    ).flatMap { [Float(bitPattern: $0), -Float(bitPattern: $0)] }

    static let line: [Float] = stride(from: -160_000, through: 160_000, by: coarseness).map {
        Float($0) * 0.000625
    }

    @Test(arguments: functions)
    func isAccurate(function: UnaryFunction) {
        for x in [Self.sweep, Self.line] {
            let y = Self.apply(function, x)
            var worst = (error: 0.0, x: Float(0), y: Float(0))
            for (x, y) in zip(x, y) {
                let expected = Self.exact(function, Double(x))
                let rounded = Float(expected)
                if y == rounded || y.isNaN && rounded.isNaN { continue }
                // Beyond the largest float and below the least normal one, exactness isn't asked; nor
                // of x times something that is smaller than that.
                let scale = Self.scale(function.kind, Double(x), expected)
                let largest = Double(Float.greatestFiniteMagnitude)
                if abs(expected) > largest * (1 - 4e-7),
                    y.isInfinite || Double(abs(y)) > largest / 2
                {
                    continue
                }
                let factor = Self.multipliesByArgument(function.kind) ? abs(Double(x)) : 1
                let least = 1e-38 * max(factor, 1)
                let error = max(abs(Double(y) - expected) - least, 0) / max(scale, 1e-38)
                if error > worst.error || error.isNaN {
                    worst = (error.isNaN ? .infinity : error, x, y)
                }
            }
            #expect(
                worst.error <= Self.limit(function.kind),
                "\(function) of \(worst.x) is \(worst.y), error \(worst.error)")
        }
    }

    @Test(arguments: functions)
    func treatsSpecialsAsKerasDoes(function: UnaryFunction) {
        let x: [Float] = [
            .nan, .infinity, -.infinity, 0, -0.0, .greatestFiniteMagnitude,
            -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 1, -1, 0.5, -0.5,
        ]
        for (x, y) in zip(x, Self.apply(function, x)) {
            let expected = Float(ReferenceFunctions.unary(function, Double(x)))
            let isSame = y == expected || y.isNaN && expected.isNaN
            #expect(
                isSame || abs(y - expected) <= 4e-7 * abs(expected) + 1e-38,
                "\(function) of \(x) is \(y), expected \(expected)")
        }
    }

    @Test(arguments: BinaryFunction.allCases)
    func binaryFunctionsAgree(function: BinaryFunction) {
        let values: [Float] = [
            .nan, .infinity, -.infinity, 0, -0.0, 1, -1, 2.5, -3, 1e-3, 1e30, -1e30, 7,
        ]
        let pairs = values.flatMap { x in values.map { (x, $0) } }
        for isReversed in [false, true] {
            let kernel = MapKernel(
                source: Location(.input(0)), output: Location(.output(0)),
                loops: [Loop(pairs.count, [1, 1, 1])],
                epilogue: [
                    .binary(
                        function, Operand(Location(.input(1)), stream: 2), reversed: isReversed)
                ])
            let memory = TestMemory(
                inputs: [pairs.map(\.0), pairs.map(\.1)],
                outputs: [[Float](repeating: 0, count: pairs.count)], constants: [])
            let found = memory.run(.map(kernel))
            let expected = pairs.map { x, y in
                let (a, b) = isReversed ? (y, x) : (x, y)
                return Float(ReferenceFunctions.binary(function, Double(a), Double(b)))
            }
            #expect(difference(found, [expected]) == nil)
        }
    }

    /// Generated code has the text that is tested here.
    @Test func sectionsAreTheFilesText() throws {
        var sections: [(name: String, needs: [String], text: String)] = []
        for file in ["VectorMath", "VectorActivations", "VectorBinary", "VectorWinograd"] {
            let url = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Sources/Interpreter/\(file).swift")
            let text = try String(contentsOf: url.standardizedFileURL, encoding: .utf8)
            for section in text.components(separatedBy: "// MARK: ").dropFirst() {
                let (head, body) = try #require(section.firstLine)
                let parts = head.components(separatedBy: " needs:")
                let needs = parts[1].split(separator: " ").map(String.init)
                sections.append((parts[0], needs, body))
            }
        }
        let stored = VectorMathSource.sections
        #expect(stored.map(\.name) == sections.map(\.name))
        for (stored, section) in zip(stored, sections) {
            #expect(stored.needs == section.needs, "\(stored.name)")
            #expect(
                stored.text.trimmingCharacters(in: .newlines)
                    == section.text.trimmingCharacters(in: .newlines), "\(stored.name)")
        }
    }

    @Test func sectionsNameWhatTheyNeed() {
        let sections = VectorMathSource.sections
        for (index, section) in sections.enumerated() {
            // Needed sections come before, so that their order is one to emit them in.
            let before = sections[..<index].map(\.name)
            #expect(section.needs.allSatisfy { before.contains($0) }, "\(section.name)")
            let helpers: [(name: String, functions: [String])] = [
                ("madd", ["madd("]), ("splat", ["splat("]), ("whole", ["vectorWhole("]),
                ("bits", ["vectorBits(", "vectorFromBits(", "vectorAbsolute("]),
                ("expparts", ["vectorExpParts(", "vectorExpm1Polynomial(", "vectorLowLn2("]),
                ("exp", ["vectorExp("]), ("expnormal", ["vectorExpNormal("]),
                ("expm1", ["vectorExpm1("]),
                ("log1p", ["vectorLog1p("]), ("log", ["vectorLog("]),
                ("softplus", ["vectorSoftplusTail("]),
                ("sigmoid", ["vectorSigmoid("]), ("tanh", ["vectorTanh("]),
            ]
            for helper in helpers where helper.name != section.name {
                let isUsed = helper.functions.contains { section.text.contains($0) }
                let isNamed = section.needs.contains(helper.name)
                #expect(!isUsed || isNamed, "\(section.name) needs \(helper.name)")
            }
        }
        let names = Set(sections.map(\.name))
        for kind in UnaryFunction.Kind.allCases {
            #expect(names.contains("activation_\(kind.rawValue)"))
        }
        for function in BinaryFunction.allCases {
            #expect(names.contains("binary_\(function.rawValue)"))
        }
    }
}

extension String {
    /// The first line and what is behind it.
    fileprivate var firstLine: (line: String, rest: String)? {
        guard let end = firstIndex(of: "\n") else { return nil }
        return (String(self[..<end]), String(self[index(after: end)...]))
    }
}
