import IR
import Spec

/// Drops whole channels in training, `keras.layers.SpatialDropout1D`; nothing at inference.
package struct SpatialDropout1D: SpatialDropoutLayer {
    package static let className = "SpatialDropout1D"
    package static let summary = "Drops whole channels of steps in training."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - SpatialDropout1D: {rate: 0.2}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
