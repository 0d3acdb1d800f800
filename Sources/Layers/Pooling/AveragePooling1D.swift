import IR
import Spec

/// The mean of each window over steps of time, `keras.layers.AveragePooling1D`.
package struct AveragePooling1D: PoolingLayer {
    package static let className = "AveragePooling1D"
    package static let aliases = ["AvgPool1D"]
    package static let summary = "The mean of each window over steps of time."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - AveragePooling1D: {pool_size: 4}
        """
    static let rank = 1
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
