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
    /// - Returns: nil if the spec has errors.
    package static func check(
        _ file: SourceFile, catalog: LayerCatalog = .keras, into bag: inout DiagnosticBag
    ) -> CheckedModel? {
        let examination = examine(file, catalog: catalog)
        bag.append(contentsOf: examination.bag)
        return examination.model
    }

    /// What is known of a spec, right or wrong.
    package struct Examination: Sendable {
        /// nil where the text holds no list of layers.
        package let spec: ModelSpec?
        /// For each of `spec.layers` its shapes; nil where it or what it reads is wrong.
        package let layers: [CheckedLayer?]
        /// nil if the spec has errors.
        package let model: CheckedModel?
        package let bag: DiagnosticBag
    }

    /// Reads and checks a spec, and keeps what could be made of one that has errors.
    package static func examine(_ file: SourceFile, catalog: LayerCatalog = .keras)
        -> Examination
    {
        var own = DiagnosticBag()
        let tree = YAMLParser.parse(file, into: &own)
        var found = DiagnosticBag()
        let spec = SpecReader.read(tree, catalog: catalog, into: &found)
        let checked = spec.map { ShapeChecker.examine($0, into: &found) }
        if tree.isReadToEnd {
            own.append(contentsOf: found)
        } else {
            // What a cut-off tree lacks is not missing: only what was read in full counts.
            let end = lastLayerStart(tree)
            for diagnostic in found.diagnostics where diagnostic.code != .unknownInput {
                if let primary = diagnostic.primary, primary.span.range.upperBound <= end {
                    own.report(diagnostic)
                }
            }
        }
        let model = own.hasErrors ? nil : checked?.model
        if let model { ModelRules.check(model, into: &own) }
        return Examination(spec: spec, layers: checked?.layers ?? [], model: model, bag: own)
    }

    /// Where the last layer begins that was read, whole or not; 0 if none was.
    private static func lastLayerStart(_ tree: SyntaxTree) -> Int {
        guard let layers = tree.root?.value(forKey: "layers")?.value,
            case .sequence(let items) = layers.content, let last = items.last
        else { return 0 }
        return last.span.range.lowerBound
    }

    /// Reads and checks a spec from a file.
    package static func check(path: String, into bag: inout DiagnosticBag) -> CheckedModel? {
        do throws(SourceFileError) {
            return check(try SourceFile.load(path: path), into: &bag)
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
