import Compiler
import Diagnostics
import DigitsCNN
import DigitsCNNNoBN
import DigitsMLP
import DigitsReluBN
import Foundation
import Interpreter
import Plan
import SwiftEmitter
import TensorFiles
import Testing

/// A spec of `specs/` with what was emitted for it into `generated/`.
struct Generated: Sendable, CustomTestStringConvertible {
    let spec: String
    let typeName: String
    let embedWeights: Bool
    let predict: @Sendable ([[Float]]) throws -> [[Float]]

    var testDescription: String { spec }

    static let root = String(#filePath.dropLast("/Tests/GeneratedTests/GeneratedTests.swift".count))

    private static func weights(_ name: String) -> String {
        "\(root)/generated/\(name)/\(name).weights"
    }

    static let all: [Generated] = [
        Generated(spec: "digits_cnn", typeName: "DigitsCNN", embedWeights: false) {
            let model = try DigitsCNN(weights: weights("DigitsCNN"))
            return try $0.map { try model.predict($0) }
        },
        Generated(spec: "digits_cnn_no_bn", typeName: "DigitsCNNNoBN", embedWeights: false) {
            let model = try DigitsCNNNoBN(weights: weights("DigitsCNNNoBN"))
            return try $0.map { try model.predict($0) }
        },
        Generated(spec: "digits_mlp", typeName: "DigitsMLP", embedWeights: true) {
            let model = try DigitsMLP()
            return try $0.map { try model.predict($0) }
        },
        Generated(spec: "digits_relu_bn", typeName: "DigitsReluBN", embedWeights: false) {
            let model = try DigitsReluBN(weights: weights("DigitsReluBN"))
            return try $0.map { try model.predict($0) }
        },
    ]

    func plan(_ target: Target, optimize: Bool = true) throws -> Plan {
        var bag = DiagnosticBag()
        let path = "\(Self.root)/specs/\(spec).yaml"
        let model = try #require(Compiler.check(path: path, into: &bag))
        let weights = try #require(Weights.load(for: model, into: &bag))
        return Compiler.plan(Compiler.lower(model, weights), target: target, optimize: optimize)
    }
}

@Suite struct GeneratedTests {
    /// `scripts/generate` writes the folder anew.
    @Test(arguments: Generated.all)
    func whatIsCheckedInIsWhatIsEmitted(_ generated: Generated) throws {
        let options = EmissionOptions(
            typeName: nil, embedWeights: generated.embedWeights,
            specPath: "specs/\(generated.spec).yaml",
            weightsOrigin: "specs/\(generated.spec).safetensors")
        for file in SwiftEmitter.library(try generated.plan(.generic), options) {
            let path = "\(Generated.root)/generated/\(generated.typeName)/\(file.path)"
            let found = try Data(contentsOf: URL(fileURLWithPath: path))
            switch file.contents {
            case .text(let text):
                let isCurrent = String(decoding: found, as: UTF8.self) == text
                #expect(isCurrent, "\(path) is out of date: run scripts/generate")
            case .weights(let header, let floats):
                var bytes = Data(header)
                floats.withUnsafeBytes { bytes.append(contentsOf: $0) }
                let isCurrent = found == bytes
                #expect(isCurrent, "\(path) is out of date: run scripts/generate")
            }
        }
    }

    /// All 360 real digits: Keras's class, and its probabilities within 1e-5, on every engine.
    @Test(arguments: Generated.all)
    func everyEnginePredictsWhatKerasDoes(_ generated: Generated) async throws {
        let digits = try Digits(generated.spec)
        digits.check(try generated.predict(digits.images), "generated")
        for optimize in [false, true] {
            let plan = try generated.plan(Engine.interpreter.target, optimize: optimize)
            let interpreter = Interpreter(plan)
            digits.check(
                digits.images.map { interpreter.predict([$0])[0] },
                optimize ? "interpreter" : "interpreter without passes")
        }
        let directory = NSTemporaryDirectory() + "bnc-digits-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let batch = try await CompiledBatch.build(
            [(id: generated.spec, plan: try generated.plan(.native))], in: directory)
        let results = try await batch.predict(
            generated.spec, inputs: [digits.images.flatMap { $0 }], samples: 360)
        let flat = results.outputs[0]
        digits.check((0..<360).map { Array(flat[($0 * 10)..<($0 * 10 + 10)]) }, "compiled")
    }

    @Test func inputsOfAnotherSizeAreRefused() throws {
        let model = try DigitsMLP()
        #expect(throws: DigitsMLP.Failure.self) { try model.predict([1, 2, 3]) }
        #expect(throws: DigitsMLP.Failure.self) { try model.run([]) }
    }

    @Test func weightsOfAnotherModelAreRefused() throws {
        let other = "\(Generated.root)/generated/DigitsReluBN/DigitsReluBN.weights"
        let error = #expect(throws: DigitsCNN.Failure.self) { try DigitsCNN(weights: other) }
        #expect(
            error?.description.hasSuffix(
                "written for another model or with other options; compile again") == true)
    }

    @Test func cutOffWeightsAreRefused() throws {
        let whole = try Data(
            contentsOf: URL(
                fileURLWithPath: "\(Generated.root)/generated/DigitsCNN/DigitsCNN.weights"))
        let path = NSTemporaryDirectory() + "bnc-cut-\(UUID().uuidString).weights"
        defer { try? FileManager.default.removeItem(atPath: path) }
        for count in [0, 10, 63, 64, 1000, whole.count - 1] {
            try whole.prefix(count).write(to: URL(fileURLWithPath: path))
            #expect(throws: DigitsCNN.Failure.self) { try DigitsCNN(weights: path) }
        }
        #expect(throws: DigitsCNN.Failure.self) { try DigitsCNN(weights: path + ".missing") }
    }

    @Test func instancesShareWeights() throws {
        let first = try DigitsMLP()
        let second = DigitsMLP(sharing: first)
        let image = [Float](repeating: 3, count: 64)
        #expect(try first.predict(image) == second.predict(image))
    }
}

/// The test images with what Keras predicts for them.
struct Digits {
    let images: [[Float]]
    let expected: [[Float]]

    init(_ spec: String) throws {
        let specs = "\(Generated.root)/specs"
        let pixels = try Npz.read("x_test", path: "\(specs)/digits.npz").floats()
        let file = try SafetensorsFile.open(path: "\(specs)/\(spec).expected.safetensors")
        let probabilities = try file.read("probabilities").floats()
        images = (0..<360).map { Array(pixels[($0 * 64)..<($0 * 64 + 64)]) }
        expected = (0..<360).map { Array(probabilities[($0 * 10)..<($0 * 10 + 10)]) }
    }

    func check(_ found: [[Float]], _ engine: String) {
        var largest: Float = 0
        var sameClass = 0
        for (a, b) in zip(found, expected) {
            largest = max(largest, zip(a, b).map { abs($0 - $1) }.max()!)
            if a.firstIndex(of: a.max()!) == b.firstIndex(of: b.max()!) { sameClass += 1 }
        }
        #expect(found.count == 360)
        #expect(sameClass == 360, "\(engine)")
        #expect(largest <= 1e-5, "\(engine)")
    }
}
