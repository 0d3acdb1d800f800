import Diagnostics
import IR
import Spec

/// The same elements, row by row, under another shape: `keras.layers.Reshape`.
package struct Reshape: Layer {
    package static let className = "Reshape"
    package static let summary = "The same elements under another shape."
    package static let formula = "output = x, row by row, as target_shape"
    package static let example = """
        layers:
          - Input: {shape: [12]}
          - Reshape: {target_shape: [3, -1]}
        """

    static let target = Argument<[Int]>.integers(
        "target_shape", "The shape without the batch axis; one size may be -1: what is left.")
    package static let schema: [any ArgumentDescriptor] = [target]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let target = arguments[Self.target]
        guard target.allSatisfy({ $0 > 0 || $0 == -1 }), target.count(where: { $0 == -1 }) <= 1
        else {
            let wrong = target.first { $0 < -1 || $0 == 0 }
            // `[-1, 28, 28, -1]`, `[0, 784]`: with the batch in front.
            let rest = Array(target.dropFirst())
            let known = rest.filter { $0 != -1 }.reduce(1, product)
            let isBatch =
                (target.first == -1 || target.first == 0) && rest.allSatisfy { $0 > 0 || $0 == -1 }
                && rest.count(where: { $0 == -1 }) <= 1 && inputs[0].count % known == 0
            check.error(
                .argumentValue,
                wrong.map { "`target_shape` of `\(check.name)` holds the size \($0)" }
                    ?? "`target_shape` of `\(check.name)` holds -1 more than once",
                at: .argument("target_shape"),
                label: wrong == nil
                    ? "only one size can be worked out"
                    : "sizes are positive, or -1 for one of them", inputs: [0],
                helps: isBatch ? ["leave the batch axis out: `target_shape: \(rest)`"] : [])
            return nil
        }
        let count = inputs[0].count
        let known = target.filter { $0 != -1 }.reduce(1, product)
        if let free = target.firstIndex(of: -1), count % known == 0 {
            var shape = target
            shape[free] = count / known
            return TensorType(inputs[0].elementType, shape)
        }
        if known == count { return TensorType(inputs[0].elementType, target) }
        report(inputs[0], target, known, &check)
        return target.contains(-1) || known == .max
            ? nil : TensorType(inputs[0].elementType, target)
    }

    private func report(
        _ input: TensorType, _ target: [Int], _ known: Int, _ check: inout LayerCheck
    ) {
        func text(_ shape: [Int]) -> String {
            shape.count < 2 ? "" : shape.map(String.init).joined(separator: " * ") + " = "
        }
        let wanted = target.filter { $0 != -1 }
        let count = input.count
        var helps: [String] = []
        // From the last axis on: the places of an image stay, and its channels change.
        for axis in target.indices.reversed() where !target.contains(-1) && helps.isEmpty {
            // Another size that would do, if there is one.
            var shape = target
            shape[axis] = 1
            let others = shape.reduce(1, product)
            guard count % others == 0 else { continue }
            shape[axis] = count / others
            helps = ["`target_shape: \(shape)` would do, or -1 in the place of the \(shape[axis])"]
        }
        check.error(
            .shapeMismatch,
            target.contains(-1)
                ? "\(count) elements can't be split into rows of \(known)"
                : "\(count) elements can't take the shape \(TensorType(.float32, target).shapeText)"
                    + (known == .max ? "" : " of \(known)"),
            at: .argument("target_shape"),
            label: target.contains(-1)
                ? "no whole number for -1" : "another number of elements", inputs: [0],
            notes: [
                "the input has \(text(input.shape))\(count) elements; the target has "
                    + (known == .max ? "far more" : "\(text(wanted))\(known)")
            ], helps: helps)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let shape = lowering.type(inputs[0]).shape
        let count = shape.dropFirst().reduce(1, *)
        let target = arguments[Self.target]
        let known = target.filter { $0 != -1 }.reduce(1, *)
        return lowering.reshape(
            inputs[0], [shape[0]] + target.map { $0 == -1 ? count / known : $0 })
    }
}
