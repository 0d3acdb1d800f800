import Diagnostics
import IR
import Plan
import Spec

/// A model whose spec may leave sizes open: what is known of it before they have numbers.
package struct OpenModel: Sendable {
    package struct Input: Sendable {
        package let name: String
        package let span: SourceSpan
        package let elementType: ElementType
        package let rank: Int
        /// The sizes without a number, by axis, the batch left out.
        package let openSizes: [Int: OpenSize]
    }

    package let file: SourceFile
    package let inputs: [Input]

    init(_ spec: ModelSpec) {
        file = spec.file
        inputs = spec.layers.compactMap { item in
            guard let item, let input = item.layer as? any InputLayer else { return nil }
            let own = spec.openSizes.filter { $0.input == item.name && !$0.isBound }
            return Input(
                name: item.name, span: item.span, elementType: input.elementType,
                rank: input.sizes.count,
                openSizes: Dictionary(
                    own.map { ($0.axis, $0) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Whether a size has no number.
    package var isOpen: Bool { inputs.contains { !$0.openSizes.isEmpty } }
}

extension CheckedModel {
    /// What comes in, for batches of `batch` samples.
    package func inputPorts(batch: Int = 1) -> [Port] {
        inputs.map {
            Port(
                name: $0.name,
                type: TensorType($0.outputType.elementType, [batch] + $0.outputType.shape))
        }
    }

    /// How many of `count` samples a prediction is made of: all where they depend on each other.
    package func batch(ofSamples count: Int) -> Int { usesWholeBatch ? count : 1 }
}

/// A model whose spec leaves sizes open, checked with two sets of numbers for them.
package struct OpenModels: Sendable {
    /// Two: what they have in common depends on no open size.
    package let models: [CheckedModel]
    /// The names of sizes, by the numbers that the second has for them.
    let names: [Int: String]
    let sizes: [OpenSize]
    /// Warnings that hold for both.
    package let diagnostics: DiagnosticBag
}

extension Compiler {
    /// Checks a spec without errors that leaves sizes open.
    ///
    /// - Parameters:
    ///   - sizes: those that have numbers.
    ///   - spec: the file as it was read.
    /// - Returns: nil if it leaves none open, or can be checked for few numbers only.
    package static func openModels(
        _ file: SourceFile, sizes: [String: Int] = [:], _ spec: ModelSpec
    ) -> OpenModels? {
        let open = spec.openSizes.filter { !$0.isBound }
        var names: [String] = []
        for size in open where !names.contains(size.name) { names.append(size.name) }
        guard !names.isEmpty else { return nil }
        func check(_ numbers: [String: Int]) -> (model: CheckedModel, bag: DiagnosticBag)? {
            let found = examine(
                file, sizes: sizes.merging(numbers) { given, _ in given }, allowsOpenSizes: false)
            return found.model.map { ($0, found.bag) }
        }
        guard let first = check(OpenSize.numbers(for: names, guess: 0)) else { return nil }
        for tellsApart in names.count > 1 ? [true, false] : [false] {
            let numbers = OpenSize.numbers(for: names, guess: 1, tellsApart: tellsApart)
            guard let second = check(numbers) else { continue }
            var bag = DiagnosticBag()
            for diagnostic in first.bag.diagnostics {
                let same = second.bag.diagnostics.lazy.compactMap(diagnostic.common).first
                if let same { bag.report(same) }
            }
            return OpenModels(
                models: [first.model, second.model],
                names: OpenSize.names(open, numbers: numbers), sizes: open, diagnostics: bag)
        }
        return nil
    }
}
