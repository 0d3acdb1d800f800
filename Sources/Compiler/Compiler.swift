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
        var own = DiagnosticBag()
        defer { bag.append(contentsOf: own) }
        let tree = YAMLParser.parse(file, into: &own)
        let hadSyntaxErrors = own.hasErrors
        var found = DiagnosticBag()
        let model = SpecReader.read(tree, catalog: catalog, into: &found)
            .flatMap { ShapeChecker.check($0, into: &found) }
        if tree.isComplete {
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
        return hadSyntaxErrors || own.hasErrors ? nil : model
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
            bag.report(Diagnostic(.unreadable, error.message, subject: path, helps: [error.help]))
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
    ///   - after: called with each pass's name and the graph it left.
    package static func plan(
        _ graph: consuming Graph, target: Target, optimize: Bool = true,
        options: PlanOptions = PlanOptions(),
        after: ((String, Graph) -> Void)? = nil
    ) -> Plan {
        let (optimized, remarks) = Pipeline.run(graph, optimize: optimize, after: after)
        var options = options
        if !optimize { options.transforms = false }
        return Planner.plan(optimized, target: target, options: options, remarks: remarks)
    }
}
