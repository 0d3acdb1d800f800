import Spec

/// More cells along depth, height and width, `keras.layers.UpSampling3D`.
package struct UpSampling3D: UpSamplingLayer {
    package static let className = "UpSampling3D"
    package static let summary = "Enlarges a volume by whole factors."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - UpSampling3D: {size: 2}
        """
    static let rank = 3

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
