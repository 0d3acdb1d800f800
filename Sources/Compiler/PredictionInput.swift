import Diagnostics
import IR
import Plan
import Spec
import TensorFiles

/// The data a prediction is made from: every input's samples behind each other.
package struct PredictionInput: Sendable {
    /// `[name=]FILE[:TENSOR]`, as `--input` takes it.
    package struct Source: Sendable, Hashable {
        package var input: String?
        package var path: String
        /// The tensor in a file that holds several.
        package var tensor: String?

        package init(input: String? = nil, path: String, tensor: String? = nil) {
            self.input = input
            self.path = path
            self.tensor = tensor
        }

        /// - Parameter names: the model's inputs; what stands before `=` is one of them, or part of
        ///   the path.
        package init(_ text: String, names: [String]) {
            var path = Substring(text)
            if let equals = path.firstIndex(of: "="),
                names.contains(String(path[..<equals])) || FileTree.kind(text) == nil
            {
                input = String(path[..<equals])
                path = path[path.index(after: equals)...]
            }
            if FileTree.kind(String(path)) == nil, let colon = path.lastIndex(of: ":"),
                TensorFileFormat(path: String(path[..<colon])) != nil
            {
                tensor = String(path[path.index(after: colon)...])
                path = path[..<colon]
            }
            self.path = String(path)
        }

        package var text: String { tensor.map { "\(path):\($0)" } ?? path }
    }

    /// How many samples.
    package let count: Int
    /// False for one sample given without a batch axis.
    package let hasBatchAxis: Bool
    /// For each of the plan's inputs.
    package let values: [[Float]]

    package init(count: Int, hasBatchAxis: Bool, values: [[Float]]) {
        self.count = count
        self.hasBatchAxis = hasBatchAxis
        self.values = values
    }

    /// Some samples of each input behind each other.
    package func samples(_ range: Range<Int>) -> [[Float]] {
        values.map { values in
            let size = values.count / max(1, count)
            return Array(values[range.lowerBound * size..<range.upperBound * size])
        }
    }

    /// Reads the inputs of a model; what is missing or doesn't fit is reported.
    package static func read(
        _ sources: [Source], for model: CheckedModel, _ ports: [Port],
        into bag: inout DiagnosticBag
    ) -> PredictionInput? {
        var reader = PredictionInputReader(
            path: model.file.path, ports: ports,
            spans: Dictionary(
                model.inputs.map { ($0.name, $0.item.span) }, uniquingKeysWith: { a, _ in a }))
        let result = reader.read(sources)
        bag.append(contentsOf: reader.bag)
        return result
    }

    /// The sizes that a model leaves open, as the data of its inputs has them; what is missing or
    /// doesn't fit is reported.
    package static func sizes(
        _ sources: [Source], for model: OpenModel, into bag: inout DiagnosticBag
    ) -> [String: Int]? {
        var reader = PredictionInputReader(
            path: model.file.path,
            ports: model.inputs.map { Port(name: $0.name, type: TensorType($0.elementType, [])) },
            spans: Dictionary(
                model.inputs.map { ($0.name, $0.span) }, uniquingKeysWith: { a, _ in a }))
        let result = reader.sizes(sources, model)
        bag.append(contentsOf: reader.bag)
        return result
    }
}

/// Finds each input's tensor in the files and checks its shape.
private struct PredictionInputReader {
    /// The spec's.
    let path: String
    let ports: [Port]
    /// Where each input stands in the spec.
    let spans: [String: SourceSpan]
    var bag = DiagnosticBag()
    /// Tensors by input; their elements are read once their shapes fit.
    private var found: [String: (tensor: TensorHeader, source: PredictionInput.Source)] = [:]

    init(path: String, ports: [Port], spans: [String: SourceSpan]) {
        self.path = path
        self.ports = ports
        self.spans = spans
    }

    private var names: String { ports.map { "`\($0.name)`" }.joined(separator: ", ") }

    mutating func read(_ sources: [PredictionInput.Source]) -> PredictionInput? {
        for source in sources { read(source) }
        guard !bag.hasErrors else { return nil }
        var values: [[Float]] = []
        var batch: (count: Int, hasAxis: Bool, source: PredictionInput.Source)?
        for port in ports {
            guard let (tensor, source) = tensor(for: port) else { continue }
            guard let (count, hasAxis) = samples(tensor.shape, port, source) else { continue }
            if let batch, batch.count != count {
                report(
                    "\(source.text) holds \(NumberText.count(count, "sample")), and "
                        + "\(batch.source.text) holds \(NumberText.count(batch.count, "sample"))",
                    port, label: "every input needs as many")
                continue
            }
            batch = batch ?? (count, hasAxis, source)
            if bag.hasErrors { continue }
            do throws(TensorFileError) {
                let tensor = try tensor.tensor()
                if port.type.elementType == .int32 {
                    values.append(try tensor.int32s().map { Float($0) })
                } else {
                    values.append(tensor.floats())
                    warn(about: values[values.count - 1], of: tensor.shape, port, source)
                }
            } catch {
                report(error)
            }
        }
        guard !bag.hasErrors, let batch else { return nil }
        return PredictionInput(count: batch.count, hasBatchAxis: batch.hasAxis, values: values)
    }

    /// The tensor that was found for an input; reports where there is none.
    private mutating func tensor(for port: Port) -> (TensorHeader, PredictionInput.Source)? {
        if let own = found[port.name] { return (own.tensor, own.source) }
        report(
            "there is no data for the input `\(port.name)`", port, label: "needs data",
            helps: ["give it: --input \(ports.count > 1 ? port.name + "=" : "")FILE"])
        return nil
    }

    /// The open sizes as the tensors have them.
    mutating func sizes(
        _ sources: [PredictionInput.Source], _ model: OpenModel
    ) -> [String: Int]? {
        for source in sources { read(source) }
        guard !bag.hasErrors else { return nil }
        var result: [String: (size: Int, input: String)] = [:]
        for (input, port) in zip(model.inputs, ports) {
            guard let (tensor, source) = tensor(for: port) else { continue }
            var shape = tensor.shape
            if shape.count == input.rank + 1 { shape.removeFirst() }
            guard shape.count == input.rank else {
                let axes = input.rank == 1 ? "one axis" : "\(input.rank) axes"
                report(
                    "\(source.text) has the shape \(TensorType(.float32, tensor.shape).shapeText), "
                        + "and `\(input.name)` takes samples of \(axes)", port,
                    label: "takes \(axes), or one more for several samples")
                continue
            }
            for (axis, open) in input.openSizes.sorted(by: { $0.key < $1.key }) {
                let size = shape[axis]
                if size < 1 {
                    report("\(source.text) has a size of 0", port, label: "needs one or more")
                } else if let first = result[open.name], first.size != size {
                    report(
                        "`\(open.name)` is \(first.size) in the data of `\(first.input)` and "
                            + "\(size) in that of `\(input.name)`", port,
                        label: "one name, one size")
                } else {
                    result[open.name] = (size, input.name)
                }
            }
        }
        return bag.hasErrors ? nil : result.mapValues(\.size)
    }

    private mutating func read(_ source: PredictionInput.Source) {
        if let name = source.input, !ports.contains(where: { $0.name == name }) {
            let near = Suggestion.nearest(to: name, in: ports.map(\.name))
            bag.report(
                Diagnostic(
                    .inputData, "the model has no input `\(name)`", subject: path,
                    helps: [near.map { "did you mean `\($0)`?" } ?? "its inputs are \(names)"]))
            return
        }
        do throws(TensorFileError) {
            if let name = source.input ?? (ports.count == 1 ? ports[0].name : nil) {
                if let first = found[name] {
                    bag.report(
                        Diagnostic(
                            .inputData, "`\(name)` gets data twice", subject: path,
                            notes: ["from \(first.source.text) and from \(source.text)"],
                            helps: ["give each input one file; a file may hold many samples"]))
                    return
                }
                found[name] = (try tensor(source, for: name), source)
            } else {
                try readSeveral(source)
            }
        } catch {
            report(error)
        }
    }

    /// The tensor for one input: the one asked for, the one of the input's name, or the only one.
    private func tensor(
        _ source: PredictionInput.Source, for name: String
    ) throws(TensorFileError) -> TensorHeader {
        let headers = try TensorFile.headers(path: source.path)
        if headers.count == 1, headers[0].name == nil {
            if let tensor = source.tensor {
                throw TensorFileError(
                    path: source.path, message: "an npy file holds one tensor without a name",
                    help: "leave out `:\(tensor)`")
            }
            return headers[0]
        }
        let available = headers.compactMap(\.name)
        let only = available.count == 1 ? available[0] : nil
        guard let wanted = source.tensor ?? (available.contains(name) ? name : only) else {
            throw TensorFileError(
                path: source.path,
                message: "there are \(available.count) tensors, and none is named `\(name)`",
                help: "name one: \(source.path):TENSOR, with one of "
                    + available.prefix(8).joined(separator: ", ")
                    + (available.count > 8 ? "…" : ""))
        }
        if let header = headers.first(where: { $0.name?.utf8.elementsEqual(wanted.utf8) ?? false })
        {
            return header
        }
        let near = Suggestion.nearest(to: wanted, in: available)
        throw TensorFileError(
            path: source.path, message: "there is no tensor `\(wanted)`",
            help: near.map { "did you mean `\($0)`?" }
                ?? "it holds \(available.prefix(8).joined(separator: ", "))"
                + (available.count > 8 ? "…" : ""))
    }

    /// A file that holds the tensors of several inputs under their names.
    private mutating func readSeveral(
        _ source: PredictionInput.Source
    ) throws(TensorFileError) {
        guard source.tensor == nil, let format = TensorFileFormat(path: source.path), format != .npy
        else {
            throw TensorFileError(
                path: source.path, message: "which of the model's \(ports.count) inputs is it?",
                help: "name it: --input NAME=\(source.text), with one of \(names)")
        }
        var hits = 0
        var available: [String] = []
        for header in try TensorFile.headers(path: source.path) {
            guard let name = header.name else { continue }
            available.append(name)
            guard ports.contains(where: { $0.name == name }) else { continue }
            found[name] = (header, source)
            hits += 1
        }
        guard hits == 0 else { return }
        throw TensorFileError(
            path: source.path,
            message:
                "none of its tensors (\(available.prefix(8).joined(separator: ", "))) is named "
                + "as an input of the model",
            help: "the inputs are \(names)")
    }

    // MARK: Shapes

    /// How many samples a tensor holds; reports and returns nil if its shape doesn't fit.
    private mutating func samples(
        _ found: [Int], _ port: Port, _ source: PredictionInput.Source
    ) -> (count: Int, hasAxis: Bool)? {
        let wanted = Array(port.type.shape.dropFirst())
        if found == wanted { return (1, false) }
        if found.count == wanted.count + 1, Array(found.dropFirst()) == wanted {
            if found[0] > 0 { return (found[0], true) }
            report("\(source.text) holds no sample", port, label: "needs one or more")
            return nil
        }
        let shape = TensorType(.float32, wanted).shapeText
        let batched = "(\((["n"] + wanted.map(String.init)).joined(separator: ", ")))"
        report(
            "\(source.text) has the shape \(TensorType(.float32, found).shapeText), and "
                + "`\(port.name)` takes samples of \(shape)",
            port, label: "takes \(shape), or \(batched) for several samples",
            helps: advice(found, wanted))
        return nil
    }

    /// What the user may have meant.
    private func advice(_ found: [Int], _ wanted: [Int]) -> [String] {
        let count = wanted.reduce(1, *)
        for (shape, batch) in [(found, [Int]()), (Array(found.dropFirst()), [-1])]
        where shape.reduce(1, *) == count {
            if shape.sorted() == wanted.sorted() {
                if shape.count > 2, Array(shape.dropFirst() + shape.prefix(1)) == wanted {
                    return [
                        "the channels stand first: numpy.moveaxis(x, -\(shape.count), -1) moves them"
                    ]
                }
                if shape.count > 2, shape.suffix(1) + shape.dropLast() == wanted[...] {
                    return [
                        "the channels stand last: numpy.moveaxis(x, -1, -\(shape.count)) moves them"
                    ]
                }
                return ["the axes are in another order: transpose the array first"]
            }
            let target = (batch + wanted).map(String.init).joined(separator: ", ")
            return ["reshape it first: x.reshape(\(target))"]
        }
        return channelAdvice(found, wanted)
    }

    /// What may be meant by data whose last axis, the channels of images, or whose other axes differ.
    private func channelAdvice(_ found: [Int], _ wanted: [Int]) -> [String] {
        guard wanted.count > 1, let channels = wanted.last else { return [] }
        let others = Array(wanted.dropLast())
        if found.count == wanted.count + 2, Array(found.suffix(wanted.count)) == wanted {
            let target = (["-1"] + wanted.map(String.init)).joined(separator: ", ")
            return ["there is an axis too many: x.reshape(\(target))"]
        }
        if wanted.count > 2, found.count <= wanted.count, found.count >= others.count,
            Array(found.suffix(others.count)) == others
        {
            return ["an axis of channels is missing: numpy.stack([x] * \(channels), axis=-1)"]
        }
        let sample = found.count == wanted.count + 1 ? Array(found.dropFirst()) : found
        guard sample.count == wanted.count, let last = sample.last else { return [] }
        if last == channels {
            let size = others.map(String.init).joined(separator: ", ")
            return [
                others.count == 1
                    ? "cut or pad the data to \(size) steps first, or write another `shape`"
                    : "bring the images to the size (\(size)) first, or write another `shape`"
            ]
        }
        guard Array(sample.dropLast()) == others else { return [] }
        let text = "the last axis should have \(channels), and has \(last)"
        if wanted.count > 2, last == 1 {
            return ["\(text): numpy.repeat(x, \(channels), axis=-1) makes grey images colored"]
        }
        if last == 4, channels == 3 {
            return ["\(text): x[..., :3] leaves the transparency out"]
        }
        return [text]
    }

    // MARK: Reports

    /// NaN and infinity are numbers to a model, and most often a slip before it.
    private mutating func warn(
        about values: [Float], of shape: [Int], _ port: Port, _ source: PredictionInput.Source
    ) {
        guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
        var rest = index
        var place: [String] = []
        for size in shape.reversed() {
            place.insert("\(rest % size)", at: 0)
            rest /= size
        }
        let others = values[(index + 1)...].count { !$0.isFinite }
        bag.report(
            Diagnostic(
                .inputValue, .warning,
                "\(source.text) holds \(values[index])"
                    + (place.isEmpty ? "" : " at [\(place.joined(separator: ", "))]")
                    + (others == 0 ? "" : ", and \(others) more that are not finite"),
                at: spans[port.name], label: "reads it as it is", subject: path,
                helps: ["numpy.isfinite(x) finds them, numpy.nan_to_num(x) replaces them"]))
    }

    /// Points at the Input in the spec.
    private mutating func report(
        _ message: String, _ port: Port, label: String, helps: [String] = []
    ) {
        let span = spans[port.name]
        bag.report(
            Diagnostic(
                .inputData, message, at: span, label: label, subject: path, helps: helps)
        )
    }

    private mutating func report(_ error: TensorFileError) {
        bag.report(
            Diagnostic(
                .inputData, error.message, subject: error.path,
                helps: error.help.map { [$0] } ?? []))
    }
}
