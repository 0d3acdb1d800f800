import IR
import Spec

/// How a layer's shape came about, a line for each step of the reasoning.
extension Inspection.Row {
    package var shapeSteps: [String] {
        guard let input = inputTypes.first else { return inputSteps }
        var steps: [String] = []
        let (old, new) = (input.shape, outputType.shape)
        if case .nested = role { return ["as its last layer makes it"] }
        if let arithmetic = item.layer.shapeArithmetic(inputTypes, outputType) {
            steps.append(arithmetic)
        } else if inputTypes.count > 1 {
            steps += mergeSteps
        } else if old == new {
            return ["the shape that comes in"]
        } else if old.count != new.count, input.count == outputType.count {
            steps.append("\(product(old)) = \(product(new)) = \(input.count) elements, as many")
        }
        steps += chosenSizes(old, new)
        if steps.isEmpty { steps.append(type(of: item.layer).formula) }
        return steps
    }

    private var inputSteps: [String] {
        let written = item.arguments.isWritten("shape") || item.arguments.isWritten("batch_shape")
        return [written ? "as given" : "no input"]
    }

    private func product(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: " * ")
    }

    /// Several inputs: behind each other along one axis, or one beside the other.
    private var mergeSteps: [String] {
        let shapes = inputTypes.map(\.shape)
        let new = outputType.shape
        if shapes.allSatisfy({ $0 == new }) { return ["all inputs have this shape"] }
        if shapes.allSatisfy({ $0.count == new.count }) {
            let differing = new.indices.filter { axis in
                !shapes.allSatisfy { $0[axis] == new[axis] }
            }
            if differing.count == 1, let axis = differing.first,
                shapes.reduce(0, { $0 + $1[axis] }) == new[axis]
            {
                let sum = shapes.map { "\($0[axis])" }.joined(separator: " + ")
                return ["\(sum) = \(new[axis]) along axis \(axis + 1)"]
            }
            if differing.allSatisfy({ axis in
                shapes.allSatisfy { [1, new[axis]].contains($0[axis]) }
            }) {
                return ["axes of size 1 are repeated: \(shapeTexts)"]
            }
        }
        return ["of \(shapeTexts)"]
    }

    private var shapeTexts: String {
        inputTypes.map(\.shapeText).joined(separator: " and ")
    }

    /// Sizes that an argument gives: `filters: 16`.
    private func chosenSizes(_ old: [Int], _ new: [Int]) -> [String] {
        let names = ["filters", "units", "output_dim", "target_shape"]
        var steps: [String] = []
        for descriptor in type(of: item.layer).schema where names.contains(descriptor.name) {
            guard let span = item.arguments.valueSpan(descriptor.name) else { continue }
            let text = span.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if let size = Int(text) {
                guard new.contains(size), !old.contains(size) || new.last == size else { continue }
            }
            steps.append("`\(descriptor.name)`: \(text)")
        }
        return steps
    }
}
