import Diagnostics
import IR
import Layers
import Plan
import Spec
import Syntax
import TensorFiles

/// A model with inputs and the outputs that Keras computed for them: a folder with `model.yaml`,
/// `weights.safetensors`, `inputs.safetensors`, `outputs.safetensors` and `case.json`.
package struct ConformanceCase: Sendable {
    /// The folder's name.
    package let name: String
    package let model: CheckedModel
    package let weights: Weights
    package let input: PredictionInput
    /// For each of the model's outputs, the samples behind each other.
    package let expected: [[Float]]
    /// The largest absolute error that passes.
    package let tolerance: Double

    /// What came of reading a folder.
    package enum Reading: Sendable {
        case ready(ConformanceCase)
        /// The model uses layers, by class name, that bnc has not got.
        case notSupported([String])
        /// The folder or the model is wrong; the bag says how.
        case broken(DiagnosticBag)
    }

    package static func read(_ directory: String) -> Reading {
        var directory = directory
        while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
        let name = directory.split(separator: "/").last.map(String.init) ?? directory
        var bag = DiagnosticBag()
        // By name even where there is but one: that is what the case's README promises.
        func sources(_ names: [String]) -> [PredictionInput.Source] {
            names.map {
                PredictionInput.Source(
                    input: $0, path: "\(directory)/inputs.safetensors", tensor: $0)
            }
        }
        let model = Compiler.check(path: "\(directory)/model.yaml", data: sources, into: &bag)
        let errors = bag.diagnostics.filter { $0.severity == .error }
        let absent = errors.filter { error in
            let name = error.primary?.span.text ?? ""
            return error.code == .notSupported
                || (error.code == .unknownLayer && LayerCatalog.keras.absent[name] != nil)
        }
        if !absent.isEmpty, absent.count == errors.count {
            return .notSupported(absent.map { $0.primary?.span.text ?? $0.message })
        }
        guard let model,
            let weights = Weights.load(
                for: model, path: "\(directory)/weights.safetensors", into: &bag),
            let tolerance = tolerance("\(directory)/case.json", into: &bag)
        else { return .broken(bag) }
        let graph = Compiler.lower(model, weights)
        let ports = model.inputPorts()
        guard
            let input = PredictionInput.read(
                sources(ports.map(\.name)), for: model, ports, into: &bag),
            let expected = outputs(
                "\(directory)/outputs.safetensors", graph, samples: input.count, into: &bag)
        else { return .broken(bag) }
        return .ready(
            ConformanceCase(
                name: name, model: model, weights: weights, input: input, expected: expected,
                tolerance: tolerance))
    }

    /// JSON is YAML, so that the spec's parser reads it too.
    private static func tolerance(_ path: String, into bag: inout DiagnosticBag) -> Double? {
        do throws(SourceFileError) {
            let tree = YAMLParser.parse(try SourceFile.load(path: path), into: &bag)
            if case .scalar(let scalar)? = tree.root?.value(forKey: "tolerance")?.value.content {
                switch scalar.value {
                case .number(let value): return value
                case .integer(let value): return Double(value)
                default: break
                }
            }
            bag.report(
                Diagnostic(
                    .inputData, "the case has no number `tolerance`", at: tree.root?.span,
                    subject: path))
        } catch {
            bag.report(error.diagnostic)
        }
        return nil
    }

    private static func outputs(
        _ path: String, _ graph: Graph, samples: Int, into bag: inout DiagnosticBag
    ) -> [[Float]]? {
        do throws(TensorFileError) {
            let file = try SafetensorsFile.open(path: path)
            var result: [[Float]] = []
            for output in graph.outputs {
                let tensor = try file.read(output.name)
                let wanted = [samples] + graph.type(output.value).shape.dropFirst()
                guard tensor.shape == wanted else {
                    throw TensorFileError(
                        path: path,
                        message:
                            "`\(output.name)` is \(TensorType(.float32, tensor.shape).shapeText), "
                            + "and bnc computes \(TensorType(.float32, wanted).shapeText)")
                }
                result.append(tensor.floats())
            }
            return result
        } catch {
            bag.report(
                Diagnostic(
                    .inputData, error.message, subject: error.path,
                    helps: error.help.map { [$0] } ?? []))
            return nil
        }
    }
}

/// An engine as a case is run on it.
package enum ConformanceEngine: String, Sendable, CaseIterable {
    case unoptimized = "interpreter-unoptimized"
    case interpreter
    case compiled

    var optimizes: Bool { self != .unoptimized }
}

/// How far an engine is from the truth.
package struct ConformanceError: Sendable, Hashable {
    /// The largest absolute difference; infinite where one is not a number and the other is.
    package var largest: Double
    /// The output it is in.
    package var output: String

    package static func largest(_ found: [Float], _ expected: [Float]) -> Double {
        guard found.count == expected.count else { return .infinity }
        var result = 0.0
        for (a, b) in zip(found, expected) where a != b && !(a.isNaN && b.isNaN) {
            let difference = abs(Double(a) - Double(b))
            result = max(result, difference.isNaN ? .infinity : difference)
        }
        return result
    }
}
