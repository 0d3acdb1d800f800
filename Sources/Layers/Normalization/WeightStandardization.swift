import Diagnostics
import IR
import Spec

/// A layer whose kernel is standardized, filter by filter (Qiao et al.,
/// https://arxiv.org/abs/1903.10520).
///
///     kernel[..., f] = (kernel[..., f] - mean[f]) / sqrt(variance[f] + epsilon)
///
/// with mean and variance over all weights of filter `f`, the variance divided by their number. It is
/// done when the model is compiled, in double precision: what runs is the layer alone. The weights file
/// holds the kernel as it was trained.
package struct WeightStandardization: Layer {
    package static let className = "WeightStandardization"
    package static let kerasPage = KerasPage.none
    package static let summary = "Standardizes the kernel of a convolution or dense layer."
    package static let formula =
        "output = layer(x) with (kernel - mean) / sqrt(variance + epsilon) for kernel, mean and "
        + "variance over the weights of each filter"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 3]}
          - WeightStandardization:
              layer:
                Conv2D: {filters: 16, kernel_size: 3}
          - GroupNormalization: {groups: 4}
        """

    static let layer = Argument<LayerItem>.layer("layer", "The layer with the kernel.")
    static let epsilon = Argument.number(
        "epsilon", default: 1e-5, minimum: 0, "Added to the variance, against division by 0.")
    package static let schema: [any ArgumentDescriptor] = [layer, epsilon]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    /// The kernel of a convolution or dense layer, which may stand in a wrapper; a recurrent layer's is
    /// one of several.
    private static func kernel(of item: LayerItem, _ inputs: [TensorType]) -> WeightSpec? {
        isRecurrent(item) ? nil : item.layer.weights(inputs).first { $0.name == "kernel" }
    }

    private static func isRecurrent(_ item: LayerItem) -> Bool {
        item.layer is any RecurrentLayer || item.innerItems.contains(where: isRecurrent)
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let item = arguments[Self.layer]
        // What has no shape has no variables to look at: a Model knows them only once it is checked.
        guard let output = check.nested(item, inputs[0], mask: check.mask()) else { return nil }
        if check.bag.hasErrors || Self.kernel(of: item, inputs) != nil { return output }
        check.error(
            .argumentValue,
            "WeightStandardization needs a convolution or dense layer with one kernel, not "
                + item.className,
            at: .argument("layer"), label: "has no `kernel` that could be standardized",
            helps: ["Dense, EinsumDense, Conv2D, DepthwiseConv2D and their kin have one"])
        return output
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        arguments[Self.layer].layer.outputMask(inputs, masks)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        arguments[Self.layer].layer.weights(inputs)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let item = arguments[Self.layer]
        let types = inputs.map { input in
            let type = lowering.type(input)
            return TensorType(type.elementType, Array(type.shape.dropFirst()))
        }
        let kernel = Self.kernel(of: item, types)!
        let epsilon = arguments[Self.epsilon]
        let inner = lowering.changing(
            "kernel", by: { $0.standardized(filters: kernel.filterAxes, epsilon: epsilon) },
            { lowering in lowering.nested(item, path: "", inputs, masks: [lowering.mask()]) })
        lowering.outputMask = inner.mask
        return inner.value
    }
}

extension Constant {
    /// Mean 0 and variance 1 over the elements that share their indices along some axes.
    fileprivate func standardized(filters axes: [Int], epsilon: Double) -> Constant {
        switch data {
        case .undefined, .integers: return self
        case .splat(let value):
            // 0 / sqrt(epsilon), and 0 / 0 without an epsilon.
            let isDefined = value.isFinite && epsilon > 0
            return Constant(name: name, type: type, data: .splat(isDefined ? 0 : .nan))
        case .floats(let values):
            return Constant(
                name: name, type: type,
                data: .floats(standardized(values, filters: axes, epsilon: epsilon)))
        }
    }

    private func standardized(
        _ values: [Float], filters axes: [Int], epsilon: Double
    ) -> [Float] {
        let strides = RowMajor.strides(type.shape)
        /// The filter that an element belongs to.
        func filter(_ index: Int) -> Int {
            axes.reduce(0) { $0 * type.shape[$1] + index / strides[$1] % type.shape[$1] }
        }
        let filters = axes.reduce(1) { $0 * type.shape[$1] }
        let count = Double(values.count / filters)
        var means = [Double](repeating: 0, count: filters)
        for (index, value) in values.enumerated() { means[filter(index)] += Double(value) / count }
        var variances = [Double](repeating: 0, count: filters)
        for (index, value) in values.enumerated() {
            let difference = Double(value) - means[filter(index)]
            variances[filter(index)] += difference * difference / count
        }
        return values.enumerated().map { index, value in
            let filter = filter(index)
            return Float(
                (Double(value) - means[filter]) / (variances[filter] + epsilon).squareRoot())
        }
    }
}

/// The distance from one index to the next along each axis.
private enum RowMajor {
    static func strides(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in shape.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * shape[axis + 1]
        }
        return strides
    }
}
