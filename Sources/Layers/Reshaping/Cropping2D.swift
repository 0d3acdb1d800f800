import Spec

/// Cells cut off along height and width, `keras.layers.Cropping2D`.
package struct Cropping2D: CroppingLayer {
    package static let className = "Cropping2D"
    package static let summary = "Cuts cells off the borders of an image."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - Cropping2D: {cropping: [[0, 1], [2, 2]]}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
