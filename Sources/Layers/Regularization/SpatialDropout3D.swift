import IR
import Spec

/// Drops whole channels in training, `keras.layers.SpatialDropout3D`; nothing at inference.
package struct SpatialDropout3D: SpatialDropoutLayer {
    package static let className = "SpatialDropout3D"
    package static let summary = "Drops whole channels of a volume in training."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - SpatialDropout3D: {rate: 0.2}
        """
    static let rank = 3

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
