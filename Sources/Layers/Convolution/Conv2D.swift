import Spec

/// A convolution over height and width, `keras.layers.Conv2D`.
package struct Conv2D: ConvolutionLayer {
    package static let className = "Conv2D"
    package static let aliases = ["Convolution2D"]
    package static let summary = "Convolution over height and width."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 1]}
          - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
