import IR
import Spec

/// Drops whole channels in training, `keras.layers.SpatialDropout2D`; nothing at inference.
package struct SpatialDropout2D: SpatialDropoutLayer {
    package static let className = "SpatialDropout2D"
    package static let summary = "Drops whole channels of an image in training."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - SpatialDropout2D: {rate: 0.2}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
