import Spec

/// More cells along height and width, `keras.layers.UpSampling2D`.
package struct UpSampling2D: UpSamplingLayer {
    package static let className = "UpSampling2D"
    package static let summary = "Enlarges an image by whole factors."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - UpSampling2D: {size: [2, 3], interpolation: bilinear}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
