import Diagnostics
import IR
import Spec
import TensorFiles

/// What is wrong with a weights file, seen from the spec.
struct WeightProblems {
    let model: CheckedModel
    let path: String
    /// The tensors in the file.
    let names: [String]
    /// Where the spec names the file, if it does.
    let span: SourceSpan?
    private(set) var bag = DiagnosticBag()

    /// More layers of one kind of problem are counted, not listed.
    private static let shown = 10

    init(model: CheckedModel, path: String, names: [String], span: SourceSpan?) {
        self.model = model
        self.path = path
        self.names = names
        self.span = span
    }

    private var wanted: [String] { model.layers.flatMap { $0.weights.map(\.name) } }

    private static func text(_ shape: [Int]) -> String { TensorType(.float32, shape).shapeText }

    // MARK: Names

    /// Whether the file has nothing that the model needs.
    var isOfAnotherModel: Bool {
        !wanted.isEmpty && !names.isEmpty && Set(wanted).isDisjoint(with: names)
    }

    func listed(_ items: [String], _ count: Int = 3) -> String {
        items.prefix(count).map { "`\($0)`" }.joined(separator: ", ")
            + (items.count > count ? "..." : "")
    }

    mutating func reportAnotherModel() {
        let isTorch = names.contains { $0.hasSuffix(".weight") || $0.hasSuffix(".running_mean") }
        let isArchive = names.contains { $0.contains("/vars/") }
        bag.report(
            Diagnostic(
                .weightMissing,
                "\(path) holds none of the \(wanted.count) variables of the model", at: span,
                label: "these weights", subject: path,
                notes: [
                    "the model's variables are \(listed(wanted))",
                    "the file's \(NumberText.count(names.count, "tensor")) \(names.count == 1 ? "is" : "are") \(listed(names))",
                ],
                helps: [
                    isTorch
                        ? "these are PyTorch's names and layouts; save the weights under Keras's names: "
                            + "`<layer name>/<variable>`"
                        : isArchive
                            ? "these are the names inside a `.keras` archive; save the weights under "
                                + "`<layer name>/<variable>`"
                            : surplus.map { "leave `\($0)` out of the tensors' names" }
                                ?? separator.map {
                                    "write `/` for `\($0)` in the tensors' names: `\(wanted.first ?? "")`"
                                }
                                ?? "keys are `<layer name>/<variable>`; the layers' names may be other ones"
                ]))
    }

    /// What the file's names have before or behind the model's: `model/`, `:0`.
    private var surplus: String? {
        guard let name = wanted.first else { return nil }
        for found in names where found.utf8.count > name.utf8.count {
            let (isPrefixed, isSuffixed) = (
                found.hasSuffix("/" + name), found.hasPrefix(name + ":")
            )
            guard isPrefixed || isSuffixed else { continue }
            let count = found.count - name.count
            let rest = String(isPrefixed ? found.prefix(count) : found.suffix(count))
            let known = Set(names)
            if wanted.allSatisfy({ known.contains(isPrefixed ? rest + $0 : $0 + rest) }) {
                return rest
            }
        }
        return nil
    }

    /// What stands in the file's names where the model's have `/`: `.` or `_`.
    private var separator: Character? {
        let known = Set(names)
        return [".", "_", "-", ":"].first { sign in
            wanted.allSatisfy { known.contains(String($0.map { $0 == "/" ? sign : $0 })) }
        }
    }

    /// Layers without variables in the file, and tensors without a layer.
    mutating func reportMissingAndExtra() {
        let present = Set(names)
        var missing: [(layer: CheckedLayer, weights: [WeightSpec])] = []
        for layer in model.layers {
            let absent = layer.weights.filter { !present.contains($0.name) }
            if !absent.isEmpty { missing.append((layer, absent)) }
        }
        let wanted = Set(wanted)
        let extra = names.filter { !wanted.contains($0) }
        for (layer, weights) in missing.prefix(Self.shown) {
            report(missing: weights, of: layer, extra: extra)
        }
        let absent = missing.flatMap(\.weights).map(\.name)
        for name in extra.prefix(Self.shown) { report(extra: name, missing: absent) }
        count(missing.count, .weightMissing, "layers miss variables in \(path)")
        count(extra.count, .weightExtra, "tensors in \(path) belong to no layer")
    }

    private mutating func count(_ count: Int, _ code: DiagnosticCode, _ message: String) {
        guard count > Self.shown else { return }
        bag.report(
            Diagnostic(code, "\(count - Self.shown) more \(message)", subject: path))
    }

    private mutating func report(
        missing weights: [WeightSpec], of layer: CheckedLayer, extra: [String]
    ) {
        let list = weights.map { "`\($0.name)`" }.joined(separator: ", ")
        let shapes = weights.map { Self.text($0.shape) }.joined(separator: ", ")
        let near = weights.compactMap { Suggestion.nearest(to: $0.name, in: extra) }
        bag.report(
            Diagnostic(
                .weightMissing, "\(path) has no \(list)", at: layer.item.span,
                label: weights.count == 1
                    ? "its variable of \(shapes) is missing"
                    : "its variables of \(shapes) are missing",
                helps: near.isEmpty
                    ? weights.count == 1 && weights[0].name.hasSuffix("/bias")
                        ? ["with `use_bias: false` the layer has none"] : []
                    : ["the file has \(listed(near)), which no layer uses"]))
    }

    private mutating func report(extra name: String, missing: [String]) {
        // Said with the missing one already.
        if missing.contains(where: { Suggestion.nearest(to: $0, in: [name]) != nil }) { return }
        let layer = name.split(separator: "/").dropLast().joined(separator: "/")
        let owner = model.layers.first { $0.name == layer }
        var helps = ["keys are `<layer name>/<variable>`"]
        if let owner {
            let own = owner.weights.map { "`\($0.name)`" }
            helps = [
                own.isEmpty
                    ? "`\(layer)` has no variables"
                    : "`\(layer)` has \(own.joined(separator: ", "))"
            ]
            if name.hasSuffix("/bias"), own.isEmpty == false {
                helps.append("with `use_bias: true` it would have a bias")
            }
        }
        bag.report(
            Diagnostic(
                .weightExtra, "`\(name)` in \(path) belongs to no layer",
                at: owner?.item.span ?? span,
                label: owner == nil ? "these weights" : "has no such variable", subject: path,
                helps: helps))
    }

    // MARK: Single tensors

    mutating func report(shape found: [Int], of weight: WeightSpec, in layer: CheckedLayer) {
        let expected = Self.text(weight.shape)
        let inputs = layer.inputs.map { model.layers[$0] }
        bag.report(
            Diagnostic(
                .weightShape,
                "`\(weight.name)` should be \(expected), and is \(Self.text(found)) in \(path)",
                at: layer.item.span, label: "needs \(expected)",
                secondary: inputs.map {
                    Label(
                        span: $0.item.span, text: "`\($0.name)` makes \($0.outputType.shapeText)")
                }, helps: advice(found, weight)))
    }

    private func advice(_ found: [Int], _ weight: WeightSpec) -> [String] {
        let expected = weight.shape
        let rank = expected.count
        let isKernel = weight.name.hasSuffix("kernel")
        if isKernel, rank > 2, found.count == rank,
            expected == Array(found.dropFirst(2)) + [found[1], found[0]]
        {
            return [
                "it looks like PyTorch's layout (out, in, ...); Keras's has the axes in the order "
                    + "(..., in, out)"
            ]
        }
        if rank == 2, found == expected.reversed() {
            return ["it looks transposed; Keras's layout is (in, out)"]
        }
        if rank > 1, found.count == rank, found.sorted() == expected.sorted() {
            return ["the axes are in another order; transpose the tensor"]
        }
        if found.reduce(1, *) == expected.reduce(1, *) {
            return ["it has as many elements: reshape it to \(Self.text(expected))"]
        }
        if isKernel, found.count == rank, rank > 1, found.last == expected.last,
            found.dropLast(2) == expected.dropLast(2)
        {
            return [
                "the weights were made for an input of \(found[rank - 2]), and the spec's has "
                    + "\(expected[rank - 2])"
            ]
        }
        if found.count == rank, found.dropLast() == expected.dropLast() {
            return ["the weights were made for \(found.last ?? 0) outputs"]
        }
        return []
    }

    mutating func report(type: String, of weight: WeightSpec, in layer: CheckedLayer) {
        bag.report(
            Diagnostic(
                .weightType,
                "`\(weight.name)` in \(path) should hold floating-point numbers, not \(type)",
                at: layer.item.span, label: "its variable",
                helps: ["convert it before saving it, as in x.astype(\"float32\")"]))
    }

    mutating func report(_ error: TensorFileError) {
        bag.report(
            Diagnostic(
                .weightsFile, "the weights \(path) can't be read: \(error.message)", at: span,
                label: "these weights", subject: path,
                helps: error.help.map { [$0] } ?? []))
    }

    /// NaN, infinity and negative variances are legal and never meant.
    mutating func warn(about values: [Float], of weight: WeightSpec, in layer: CheckedLayer) {
        let isVariance = weight.name.hasSuffix("variance")
        func isWrong(_ value: Float) -> Bool { !value.isFinite || (isVariance && value < 0) }
        guard let index = values.firstIndex(where: isWrong) else { return }
        let value = values[index]
        let others = values[(index + 1)...].count(where: isWrong)
        let more = others == 0 ? "" : ", and \(others) more"
        bag.report(
            Diagnostic(
                .weightValue, .warning,
                "`\(weight.name)` in \(path) holds \(value.isFinite ? "the negative variance " : "")"
                    + "\(value) at index \(index)\(more)", at: layer.item.span,
                label: value.isFinite
                    ? "a variance is 0 or more" : "its outputs will not be numbers",
                helps: ["save the weights again, or train again: no training ends like this"]))
    }
}
