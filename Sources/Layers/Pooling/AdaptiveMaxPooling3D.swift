import IR
import Spec

/// The maximum over windows of depth, height and width that make an output of a given size,
/// `keras.layers.AdaptiveMaxPooling3D`.
package struct AdaptiveMaxPooling3D: AdaptivePoolingLayer {
    package static let className = "AdaptiveMaxPooling3D"
    package static let summary =
        "The maximum over windows of depth, height and width, to a given size."
    package static let example = """
        layers:
          - Input: {shape: [6, 9, 10, 4]}
          - AdaptiveMaxPooling3D: {output_size: 3}
        """
    static let rank = 3
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
