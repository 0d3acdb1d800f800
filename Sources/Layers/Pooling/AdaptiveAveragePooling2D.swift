import IR
import Spec

/// The average over windows of height and width that make an output of a given size,
/// `keras.layers.AdaptiveAveragePooling2D`.
package struct AdaptiveAveragePooling2D: AdaptivePoolingLayer {
    package static let className = "AdaptiveAveragePooling2D"
    package static let summary =
        "The average over windows of height and width, to a given size."
    package static let example = """
        layers:
          - Input: {shape: [15, 20, 8]}
          - AdaptiveAveragePooling2D: {output_size: 7}
        """
    static let rank = 2
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
