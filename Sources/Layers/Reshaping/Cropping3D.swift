import Spec

/// Cells cut off along depth, height and width, `keras.layers.Cropping3D`.
package struct Cropping3D: CroppingLayer {
    package static let className = "Cropping3D"
    package static let summary = "Cuts cells off the borders of a volume."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - Cropping3D: {cropping: 1}
        """
    static let rank = 3

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
