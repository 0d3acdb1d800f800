import IR
import Spec

/// The maximum over windows of height and width that make an output of a given size,
/// `keras.layers.AdaptiveMaxPooling2D`.
package struct AdaptiveMaxPooling2D: AdaptivePoolingLayer {
    package static let className = "AdaptiveMaxPooling2D"
    package static let summary =
        "The maximum over windows of height and width, to a given size."
    package static let example = """
        layers:
          - Input: {shape: [15, 20, 8]}
          - AdaptiveMaxPooling2D: {output_size: 7}
        """
    static let rank = 2
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
