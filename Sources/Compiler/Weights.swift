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

    /// What to say of a path that can't be one.
    private static func help(for path: String) -> String? {
        if path.hasPrefix("~") {
            return
                "`~` stands for no folder here: write the path from the spec's folder, or from `/`"
        }
        guard path.contains("://") else { return nil }
        return "bnc fetches nothing: download the file, and write its path"
    }

    private static func read(
        _ path: String, _ model: CheckedModel, at span: SourceSpan?, into bag: inout DiagnosticBag
    ) -> Weights? {
        let file: SafetensorsFile
        do throws(TensorFileError) {
            file = try SafetensorsFile.open(path: path)
        } catch {
            bag.report(
                Diagnostic(
                    .weightsFile, "the weights \(error.path) can't be read: \(error.message)",
                    at: span, label: "these weights", subject: error.path,
                    helps: (help(for: span == nil ? path : model.weightsPath?.path ?? path)
                        ?? error.help).map { [$0] } ?? []))
            return nil
        }
        var problems = WeightProblems(model: model, path: path, names: file.names, span: span)
        if problems.isOfAnotherModel {
            problems.reportAnotherModel()
            bag.append(contentsOf: problems.bag)
            return nil
        }
        var data: [String: ConstantData] = [:]
        for layer in model.layers {
            for weight in layer.weights {
                guard let info = file.info(weight.name) else { continue }
                guard info.shape == weight.shape else {
                    problems.report(shape: info.shape, of: weight, in: layer)
                    continue
                }
                guard info.elementType.isFloatingPoint || weight.isCounter else {
                    problems.report(type: info.elementType.rawValue, of: weight, in: layer)
                    continue
                }
                do throws(TensorFileError) {
                    let values = try file.read(weight.name).floats()
                    problems.warn(about: values, of: weight, in: layer)
                    data[weight.name] = .floats(values)
                } catch {
                    problems.report(error)
                }
            }
        }
        problems.reportMissingAndExtra()
        bag.append(contentsOf: problems.bag)
        return problems.bag.hasErrors ? nil : Weights(data: data, origin: .file(path))
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
