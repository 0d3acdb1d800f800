import IR
import Spec

/// The average over windows of time that make an output of a given size,
/// `keras.layers.AdaptiveAveragePooling1D`.
package struct AdaptiveAveragePooling1D: AdaptivePoolingLayer {
    package static let className = "AdaptiveAveragePooling1D"
    package static let summary =
        "The average over windows of time, to a given size."
    package static let example = """
        layers:
          - Input: {shape: [30, 8]}
          - AdaptiveAveragePooling1D: {output_size: 4}
        """
    static let rank = 1
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
