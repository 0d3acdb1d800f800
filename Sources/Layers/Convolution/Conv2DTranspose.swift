import Spec

/// A transposed convolution over height and width, `keras.layers.Conv2DTranspose`.
package struct Conv2DTranspose: TransposedConvolutionLayer {
    package static let className = "Conv2DTranspose"
    package static let aliases = ["Convolution2DTranspose"]
    package static let summary =
        "Transposed convolution over height and width: enlarges by its strides."
    package static let example = """
        layers:
          - Input: {shape: [14, 14, 8]}
          - Conv2DTranspose: {filters: 4, kernel_size: 3, strides: 2, padding: same}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
