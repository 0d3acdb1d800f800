import Diagnostics
import IR
import Spec
import TensorFiles

/// The numbers of a model's variables, by full key, and where they came from.
package struct Weights: Sendable {
    package enum Origin: Sendable, Hashable {
        case file(String)
        /// Every variable has its initializer's value.
        case initializers(seed: UInt64)
        /// Shapes without numbers, except where an initializer makes all elements equal.
        case shapesOnly
    }

    package var data: [String: ConstantData]
    package let origin: Origin

    /// Reads a model's weights: from `path`, else from the file the spec names, else from initializers.
    ///
    /// Every missing, extra and wrongly shaped tensor is reported.
    package static func load(
        for model: CheckedModel, path: String? = nil, seed: UInt64 = 0,
        into bag: inout DiagnosticBag
    ) -> Weights? {
        if let path { return read(path, model, at: nil, into: &bag) }
        if let named = model.weightsPath {
            return read(
                Self.resolve(named.path, besides: model.file.path), model, at: named.span,
                into: &bag)
        }
        return initialized(for: model, seed: seed, into: &bag)
    }

    /// A path relative to the spec's folder.
    package static func resolve(_ path: String, besides spec: String) -> String {
        guard !path.hasPrefix("/"), let slash = spec.lastIndex(of: "/") else { return path }
        return spec[...slash] + path
    }

    /// What can be known without numbers: for looking at shapes and fusions.
    package static func shapesOnly(for model: CheckedModel) -> Weights {
        var data: [String: ConstantData] = [:]
        for weight in model.weights {
            if case .constant(let value) = weight.initializer {
                data[weight.name] = .splat(Float(value))
            }
        }
        return Weights(data: data, origin: .shapesOnly)
    }

    private static func initialized(
        for model: CheckedModel, seed: UInt64, into bag: inout DiagnosticBag
    ) -> Weights? {
        var data: [String: ConstantData] = [:]
        for layer in model.layers {
            for weight in layer.weights {
                let values = weight.initializer.values(
                    for: weight.name, shape: weight.shape, seed: seed)
                data[weight.name] = values
                if case .undefined = values {
                    bag.report(
                        Diagnostic(
                            .noNumbers,
                            "`\(weight.name)` has the initializer `\(weight.initializer.name)`, which "
                                + "bnc has no numbers for", at: layer.item.span,
                            label: "needs weights",
                            helps: ["give trained weights: `weights: FILE.safetensors`"]))
                }
            }
        }
        return bag.hasErrors ? nil : Weights(data: data, origin: .initializers(seed: seed))
    }

    private static func read(
        _ path: String, _ model: CheckedModel, at span: SourceSpan?, into bag: inout DiagnosticBag
    ) -> Weights? {
        var own = DiagnosticBag()
        defer { bag.append(contentsOf: own) }
        let file: SafetensorsFile
        do throws(TensorFileError) {
            file = try SafetensorsFile.open(path: path)
        } catch {
            own.report(
                Diagnostic(
                    .weightsFile, error.message, at: span, label: "these weights",
                    subject: error.path, helps: error.help.map { [$0] } ?? []))
            return nil
        }
        var data: [String: ConstantData] = [:]
        var wanted: Set<String> = []
        let names = file.names
        for layer in model.layers {
            for weight in layer.weights {
                wanted.insert(weight.name)
                guard let info = file.info(weight.name) else {
                    reportMissing(weight, layer, names, path, &own)
                    continue
                }
                guard info.shape == weight.shape else {
                    reportShape(weight, layer, info.shape, path, &own)
                    continue
                }
                guard info.elementType.isFloatingPoint else {
                    own.report(
                        Diagnostic(
                            .weightsFile,
                            "`\(weight.name)` in \(path) should hold floating-point numbers, not "
                                + info.elementType.rawValue, at: layer.item.span,
                            label: "its variable"))
                    continue
                }
                do throws(TensorFileError) {
                    data[weight.name] = .floats(try file.read(weight.name).floats())
                } catch {
                    own.report(
                        Diagnostic(
                            .weightsFile, error.message, subject: path,
                            helps: error.help.map { [$0] } ?? []))
                }
            }
        }
        for name in names where !wanted.contains(name) {
            let near = Suggestion.nearest(
                to: name, in: wanted.filter { !names.contains($0) }.sorted())
            own.report(
                Diagnostic(
                    .weightExtra, "`\(name)` belongs to no layer of \(model.file.path)",
                    subject: path,
                    helps: [
                        near.map { "the model misses `\($0)`" }
                            ?? "keys are `<layer name>/<variable>`"
                    ]))
        }
        warnAboutNumbers(data, model, path, &own)
        return own.hasErrors ? nil : Weights(data: data, origin: .file(path))
    }

    private static func reportMissing(
        _ weight: WeightSpec, _ layer: CheckedLayer, _ names: [String], _ path: String,
        _ bag: inout DiagnosticBag
    ) {
        let near = Suggestion.nearest(to: weight.name, in: names)
        let shape = TensorType(.float32, weight.shape).shapeText
        bag.report(
            Diagnostic(
                .weightMissing, "\(path) has no `\(weight.name)`", at: layer.item.span,
                label: "its variable \(shape) is missing",
                helps: near.map { ["the file has `\($0)`"] } ?? []))
    }

    private static func reportShape(
        _ weight: WeightSpec, _ layer: CheckedLayer, _ found: [Int], _ path: String,
        _ bag: inout DiagnosticBag
    ) {
        let expected = TensorType(.float32, weight.shape).shapeText
        var helps: [String] = []
        if found.count == 4, weight.shape == [found[2], found[3], found[1], found[0]] {
            helps = [
                "it looks like PyTorch's layout (out, in, height, width); Keras's is "
                    + "(height, width, in, out)"
            ]
        } else if found.count == 2, weight.shape == found.reversed() {
            helps = ["it looks transposed; Keras's layout is (in, out)"]
        }
        bag.report(
            Diagnostic(
                .weightShape,
                "`\(weight.name)` should be \(expected), and is "
                    + "\(TensorType(.float32, found).shapeText) in \(path)", at: layer.item.span,
                label: "needs \(expected)", helps: helps))
    }

    /// NaN, infinity and negative variances are legal and never meant.
    private static func warnAboutNumbers(
        _ data: [String: ConstantData], _ model: CheckedModel, _ path: String,
        _ bag: inout DiagnosticBag
    ) {
        for layer in model.layers {
            for weight in layer.weights {
                guard case .floats(let values)? = data[weight.name] else { continue }
                if let index = values.firstIndex(where: { !$0.isFinite }) {
                    bag.report(
                        Diagnostic(
                            .weightValue, .warning,
                            "`\(weight.name)` holds \(values[index]) at index \(index) in \(path)",
                            at: layer.item.span, label: "its outputs will not be numbers"))
                } else if weight.name.hasSuffix("moving_variance"),
                    let index = values.firstIndex(where: { $0 < 0 })
                {
                    bag.report(
                        Diagnostic(
                            .weightValue, .warning,
                            "`\(weight.name)` holds the negative variance \(values[index]) at index "
                                + "\(index) in \(path)", at: layer.item.span,
                            label: "a variance is 0 or more"))
                }
            }
        }
    }
}

extension TensorElementType {
    fileprivate var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }
}
