import IR
import Spec

/// The mean of each channel over height and width, `keras.layers.GlobalAveragePooling2D`.
package struct GlobalAveragePooling2D: GlobalPoolingLayer {
    package static let className = "GlobalAveragePooling2D"
    package static let aliases = ["GlobalAvgPool2D"]
    package static let summary = "The mean of each channel over height and width."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - GlobalAveragePooling2D
        """
    package static let castsIntegers = true
    static let rank = 2
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
