import IR
import Spec

/// The maximum of each channel over steps of time, `keras.layers.GlobalMaxPooling1D`.
package struct GlobalMaxPooling1D: GlobalPoolingLayer {
    package static let className = "GlobalMaxPooling1D"
    package static let aliases = ["GlobalMaxPool1D"]
    package static let summary = "The maximum of each channel over steps of time."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - GlobalMaxPooling1D
        """
    static let rank = 1
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
