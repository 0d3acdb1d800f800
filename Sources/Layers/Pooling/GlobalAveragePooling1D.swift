import IR
import Spec

/// The mean of each channel over steps of time, `keras.layers.GlobalAveragePooling1D`.
package struct GlobalAveragePooling1D: GlobalPoolingLayer {
    package static let className = "GlobalAveragePooling1D"
    package static let aliases = ["GlobalAvgPool1D"]
    package static let summary = "The mean of each channel over steps of time."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - GlobalAveragePooling1D
        """
    package static let castsIntegers = true
    static let rank = 1
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
