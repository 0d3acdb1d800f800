import IR
import Spec

/// The maximum of each window over depth, height and width, `keras.layers.MaxPooling3D`.
package struct MaxPooling3D: PoolingLayer {
    package static let className = "MaxPooling3D"
    package static let aliases = ["MaxPool3D"]
    package static let summary = "The maximum of each window over depth, height and width."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - MaxPooling3D: {pool_size: [1, 2, 2]}
        """
    static let rank = 3
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
