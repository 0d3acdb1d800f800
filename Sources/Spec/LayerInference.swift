import Diagnostics
import IR

extension LayerCheck {
    /// The output's type and the weights, with sizes that can be computed with.
    package mutating func inferred(_ item: LayerItem, _ inputs: [TensorType])
        -> (type: TensorType, weights: [WeightSpec])?
    {
        guard let type = outputType(item, inputs) else { return nil }
        if bag.hasErrors { return (type, []) }
        let weights = item.layer.weights(inputs)
        for weight in weights where !fits(weight.shape) {
            reportTooLarge("`\(weight.name)`", weight.shape, Array(inputs.indices))
            return (type, [])
        }
        return (type, weights)
    }

    /// The output's type, with a number of elements that can be computed with.
    mutating func outputType(_ item: LayerItem, _ inputs: [TensorType]) -> TensorType? {
        var inputs = inputs
        if Swift.type(of: item.layer).castsIntegers {
            inputs = inputs.map { TensorType(.float32, $0.shape) }
        }
        guard let type = item.layer.outputType(inputs, &self) else { return nil }
        if fits(type.shape) { return type }
        reportTooLarge("the output", type.shape, Array(inputs.indices))
        return nil
    }

    private mutating func reportTooLarge(_ thing: String, _ shape: [Int], _ inputs: [Int]) {
        let count = shape.reduce(1.0) { $0 * Double($1) }
        // In float32; up to a million of them, as shapes can be given that no number holds.
        let tebibytes = count * 4 / 0x1p40
        let size =
            tebibytes > 1e6
            ? "more than any machine has"
            : tebibytes >= 1
                ? "\((tebibytes * 10).rounded() / 10) TiB" : "\((tebibytes * 1024).rounded()) GiB"
        error(
            .tooLarge, "\(thing) \(TensorType(.float32, shape).shapeText) is too large",
            label: "a tensor may have 8,589,934,592 elements, 32 GiB", inputs: inputs,
            notes: [
                "\(shape.map(String.init).joined(separator: " * ")) elements would take \(size)"
            ])
    }

    /// Whether a tensor inside the layer has a number of elements that can be computed with; reports
    /// if not.
    package mutating func requireSize(_ shape: [Int], _ thing: String) -> Bool {
        if fits(shape) { return true }
        error(
            .tooLarge,
            "\(thing), \(TensorType(.float32, shape).shapeText), would have more than "
                + "\(ShapeChecker.largestCount) elements", label: "too large")
        return false
    }

    private func fits(_ shape: [Int]) -> Bool {
        var count = 1
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            if size < 1 || overflow || product > ShapeChecker.largestCount { return false }
            count = product
        }
        return true
    }
}
