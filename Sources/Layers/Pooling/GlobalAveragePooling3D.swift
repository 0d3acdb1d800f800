import IR
import Spec

/// The mean of each channel over depth, height and width, `keras.layers.GlobalAveragePooling3D`.
package struct GlobalAveragePooling3D: GlobalPoolingLayer {
    package static let className = "GlobalAveragePooling3D"
    package static let aliases = ["GlobalAvgPool3D"]
    package static let summary = "The mean of each channel over depth, height and width."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - GlobalAveragePooling3D: {keepdims: true}
        """
    package static let castsIntegers = true
    static let rank = 3
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
