import IR
import Spec

/// An axis in Keras's numbering: 0 is the batch, -1 the last one.
enum Axis {
    /// The same axis counted from the batch, in a tensor of `rank` axes (the batch's included).
    static func index(_ axis: Int, rank: Int) -> Int { axis < 0 ? axis + rank : axis }

    static func indices(_ axes: [Int], rank: Int) -> [Int] {
        axes.map { index($0, rank: rank) }.sorted()
    }

    /// `1`, `1 and 2`, `1, 2 and 3`.
    static func list(_ items: [String]) -> String {
        items.count < 2
            ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + items.last!
    }
}

/// A size that may not be one: `inferred` refuses shapes that are too large, so that a product which
/// overflows only has to stay large.
func product(_ a: Int, _ b: Int) -> Int {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : result
}

/// A layer that works over axes that an argument names, and keeps the shape.
protocol AxesLayer: Layer {
    static var axis: Argument<[Int]> { get }
    var arguments: Arguments { get }
}

extension AxesLayer {
    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        axesOutputType(inputs, &check)
    }

    func axesOutputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        _ = check.resolveAxes(arguments[Self.axis], of: inputs[0])
        return inputs[0]
    }

    /// The axes in a tensor of `type`, batch first.
    func axes(of type: TensorType) -> [Int] {
        Axis.indices(arguments[Self.axis], rank: type.rank)
    }
}
