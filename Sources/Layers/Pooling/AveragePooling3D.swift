import IR
import Spec

/// The mean of each window over depth, height and width, `keras.layers.AveragePooling3D`.
package struct AveragePooling3D: PoolingLayer {
    package static let className = "AveragePooling3D"
    package static let aliases = ["AvgPool3D"]
    package static let summary = "The mean of each window over depth, height and width."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - AveragePooling3D: {pool_size: [1, 2, 2]}
        """
    static let rank = 3
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
