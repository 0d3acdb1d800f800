import Diagnostics
import IR
import Layers
import Passes
import Plan
import Spec
import Syntax

/// The road as one call for each stretch: text to checked model, to graph, to plan.
package enum Compiler {
    /// Reads and checks a spec; everything wrong with it is in `bag`.
    ///
    /// - Parameter sizes: by name, for those that the spec leaves open.
    /// - Returns: nil if the spec has errors.
    package static func check(
        _ file: SourceFile, catalog: LayerCatalog = .keras, sizes: [String: Int] = [:],
        into bag: inout DiagnosticBag
    ) -> CheckedModel? {
        let examination = examine(file, catalog: catalog, sizes: sizes, allowsOpenSizes: false)
        bag.append(contentsOf: examination.bag)
        return examination.model
    }

    /// What is known of a spec, right or wrong.
    package struct Examination: Sendable {
        /// nil where the text holds no list of layers.
        package let spec: ModelSpec?
        /// For each of `spec.layers` its shapes; nil where it or what it reads is wrong.
        package let layers: [CheckedLayer?]
        /// For each of `spec.layers` what is known of its output's shape; none where there is a model.
        package let shapes: [PartialShape?]
        /// nil if the spec has errors.
        package let model: CheckedModel?
        package let bag: DiagnosticBag
    }

    /// Reads and checks a spec, and keeps what could be made of one that has errors.
    ///
    /// - Parameters:
    ///   - sizes: by name, for those that the spec leaves open.
    ///   - allowsOpenSizes: whether sizes without a number are no error. There is no model then.
    package static func examine(
        _ file: SourceFile, catalog: LayerCatalog = .keras, sizes: [String: Int] = [:],
        allowsOpenSizes: Bool = true
    ) -> Examination {
        var own = DiagnosticBag()
        let tree = YAMLParser.parse(file, into: &own)
        var found = DiagnosticBag()
        let spec = SpecReader.read(tree, catalog: catalog, sizes: sizes, into: &found)
        let checked = spec.map {
            ShapeChecker.examine($0, allowsOpenSizes: allowsOpenSizes, into: &found)
        }
        if tree.isReadToEnd {
            // Who knows the argument knows better what numbers without brackets mean.
            own.append(contentsOf: found, replacing: .parentheses)
        } else {
            // What a cut-off tree lacks is not missing: only what was read in full counts.
            let end = lastLayerStart(tree)
            for diagnostic in found.diagnostics where diagnostic.code != .unknownInput {
                if let primary = diagnostic.primary, primary.span.range.upperBound <= end {
                    own.report(diagnostic)
                }
            }
        }
        if let spec { own.append(contentsOf: unknownSizes(sizes, spec)) }
        let model = own.hasErrors ? nil : checked?.model
        if let model { ModelRules.check(model, into: &own) }
        return Examination(
            spec: spec, layers: checked?.layers ?? [], shapes: checked?.shapes ?? [], model: model,
            bag: own)
    }

    /// Reads and checks a spec as far as that goes without the sizes that it leaves open.
    ///
    /// - Returns: nil if the spec has errors whatever those sizes are.
    package static func openModel(
        _ file: SourceFile, catalog: LayerCatalog = .keras, sizes: [String: Int] = [:],
        into bag: inout DiagnosticBag
    ) -> OpenModel? {
        let examination = examine(file, catalog: catalog, sizes: sizes)
        bag.append(contentsOf: examination.bag)
        return examination.bag.hasErrors ? nil : examination.spec.map(OpenModel.init)
    }

    /// Sizes that were given and that the spec doesn't leave open.
    private static func unknownSizes(_ sizes: [String: Int], _ spec: ModelSpec) -> DiagnosticBag {
        var bag = DiagnosticBag()
        var names: [String] = []
        for size in spec.openSizes where !names.contains(size.name) { names.append(size.name) }
        for name in sizes.keys.sorted() where !names.contains(name) {
            let near = Suggestion.nearest(to: name, in: names)
            bag.report(
                Diagnostic(
                    .openSize, "the spec leaves no size `\(name)` open", subject: spec.file.path,
                    helps: [
                        near.map { "did you mean `--bind \($0)=\(sizes[name]!)`?" }
                            ?? (names.isEmpty
                                ? "every size has a number; `null` or a name in the shape of an Input "
                                    + "leaves it open"
                                : "its open sizes are "
                                    + names.map { "`\($0)`" }.joined(separator: ", "))
                    ]))
        }
        return bag
    }

    /// Where the last layer begins that was read, whole or not; 0 if none was.
    private static func lastLayerStart(_ tree: SyntaxTree) -> Int {
        guard let layers = tree.root?.value(forKey: "layers")?.value,
            case .sequence(let items) = layers.content, let last = items.last
        else { return 0 }
        return last.span.range.lowerBound
    }

    /// Reads and checks a spec from a file.
    package static func check(
        path: String, sizes: [String: Int] = [:], into bag: inout DiagnosticBag
    ) -> CheckedModel? {
        do throws(SourceFileError) {
            return check(try SourceFile.load(path: path), sizes: sizes, into: &bag)
        } catch {
            bag.report(error.diagnostic)
            return nil
        }
    }

    /// The same, with the sizes that the spec leaves open taken from the data of the inputs.
    ///
    /// - Parameter sources: the data, for a model with inputs of these names.
    package static func check(
        path: String, sizes: [String: Int] = [:],
        data sources: ([String]) -> [PredictionInput.Source], into bag: inout DiagnosticBag
    ) -> CheckedModel? {
        do throws(SourceFileError) {
            let file = try SourceFile.load(path: path)
            // What is wrong with a spec without open sizes is found once.
            var silent = DiagnosticBag()
            guard let open = openModel(file, sizes: sizes, into: &silent), open.isOpen else {
                if silent.hasErrors, let model = check(file, sizes: sizes, into: &bag) {
                    // Right for the numbers that were given.
                    return model
                }
                return silent.hasErrors ? nil : check(file, sizes: sizes, into: &bag)
            }
            guard
                let found = PredictionInput.sizes(
                    sources(open.inputs.map(\.name)), for: open, into: &bag)
            else { return nil }
            let all = sizes.merging(found) { given, _ in given }
            return check(file, sizes: all, into: &bag)
        } catch {
            bag.report(error.diagnostic)
            return nil
        }
    }

    /// The graph of a model at inference; takes the weights over, so that they are freed once packed.
    package static func lower(
        _ model: CheckedModel, _ weights: consuming Weights, batch: Int = 1
    ) -> Graph {
        Lowering.lower(model, weights: weights.data, batch: batch)
    }

    /// Runs the passes and plans kernels and memory.
    ///
    /// - Parameters:
    ///   - optimize: false runs only the passes that planning needs, and computes every convolution
    ///     directly.
    ///   - threads: how many shall compute a prediction, where that pays.
    ///   - after: called with each pass's name and the graph it left.
    package static func plan(
        _ graph: consuming Graph, target: Target, optimize: Bool = true, threads: Int = 1,
        options: PlanOptions = PlanOptions(), after: ((String, Graph) -> Void)? = nil
    ) -> Plan {
        plans(
            graph, targets: [target], optimize: optimize, threads: threads,
            options: { _ in options },
            after: after)[0]
    }

    /// Runs the passes, and plans for each of several targets.
    package static func plans(
        _ graph: consuming Graph, targets: [Target], optimize: Bool = true, threads: Int = 1,
        options: (Target) throws -> PlanOptions = { _ in PlanOptions() },
        after: ((String, Graph) -> Void)? = nil
    ) rethrows -> [Plan] {
        var (optimized, remarks) = Pipeline.run(graph, optimize: optimize, after: after)
        return try targets.indices.map { index in
            // The last takes the graph, so that memory holds the weights once.
            let own = optimized
            if index == targets.count - 1 { optimized = Graph(name: own.name) }
            var options = try options(targets[index])
            if !optimize { options.transforms = false }
            options.threads = threads
            return Splitter.split(
                Planner.plan(own, target: targets[index], options: options, remarks: remarks),
                threads: threads)
        }
    }
}
