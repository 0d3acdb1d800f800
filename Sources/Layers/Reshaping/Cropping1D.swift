import Spec

/// Cells cut off along steps of time, `keras.layers.Cropping1D`.
package struct Cropping1D: CroppingLayer {
    package static let className = "Cropping1D"
    package static let summary = "Cuts cells off the borders of steps."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - Cropping1D: {cropping: [2, 0]}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
