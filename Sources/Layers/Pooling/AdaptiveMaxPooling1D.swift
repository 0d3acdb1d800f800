import IR
import Spec

/// The maximum over windows of time that make an output of a given size,
/// `keras.layers.AdaptiveMaxPooling1D`.
package struct AdaptiveMaxPooling1D: AdaptivePoolingLayer {
    package static let className = "AdaptiveMaxPooling1D"
    package static let summary =
        "The maximum over windows of time, to a given size."
    package static let example = """
        layers:
          - Input: {shape: [30, 8]}
          - AdaptiveMaxPooling1D: {output_size: 4}
        """
    static let rank = 1
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
