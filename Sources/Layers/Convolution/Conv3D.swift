import Spec

/// A convolution over depth, height and width, `keras.layers.Conv3D`.
package struct Conv3D: ConvolutionLayer {
    package static let className = "Conv3D"
    package static let aliases = ["Convolution3D"]
    package static let summary = "Convolution over depth, height and width."
    package static let example = """
        layers:
          - Input: {shape: [16, 28, 28, 1]}
          - Conv3D: {filters: 8, kernel_size: 3, strides: 2, padding: same}
        """
    static let rank = 3

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
