import IR
import Spec

/// The average over windows of depth, height and width that make an output of a given size,
/// `keras.layers.AdaptiveAveragePooling3D`.
package struct AdaptiveAveragePooling3D: AdaptivePoolingLayer {
    package static let className = "AdaptiveAveragePooling3D"
    package static let summary =
        "The average over windows of depth, height and width, to a given size."
    package static let example = """
        layers:
          - Input: {shape: [6, 9, 10, 4]}
          - AdaptiveAveragePooling3D: {output_size: 3}
        """
    static let rank = 3
    static let kind = PoolOp.Kind.average

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
