import IR
import Spec

/// The maximum of each window over height and width, `keras.layers.MaxPooling2D`.
package struct MaxPooling2D: PoolingLayer {
    package static let className = "MaxPooling2D"
    package static let aliases = ["MaxPool2D"]
    package static let summary = "The maximum of each window over height and width."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - MaxPooling2D: {pool_size: 3, strides: 2, padding: same}
        """
    static let rank = 2
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
