import IR
import Spec

/// The mean of each window over height and width, `keras.layers.AveragePooling2D`.
package struct AveragePooling2D: PoolingLayer {
    package static let className = "AveragePooling2D"
    package static let aliases = ["AvgPool2D"]
    package static let summary = "The mean of each window over height and width."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - AveragePooling2D: {pool_size: 3, strides: 2, padding: same}
        """
    static let rank = 2
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
