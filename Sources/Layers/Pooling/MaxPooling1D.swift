import IR
import Spec

/// The maximum of each window over steps of time, `keras.layers.MaxPooling1D`.
package struct MaxPooling1D: PoolingLayer {
    package static let className = "MaxPooling1D"
    package static let aliases = ["MaxPool1D"]
    package static let summary = "The maximum of each window over steps of time."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - MaxPooling1D: {pool_size: 4}
        """
    static let rank = 1
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
