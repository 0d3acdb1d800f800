import Spec

/// A transposed convolution over depth, height and width, `keras.layers.Conv3DTranspose`.
package struct Conv3DTranspose: TransposedConvolutionLayer {
    package static let className = "Conv3DTranspose"
    package static let aliases = ["Convolution3DTranspose"]
    package static let summary =
        "Transposed convolution over depth, height and width: enlarges by its strides."
    package static let example = """
        layers:
          - Input: {shape: [4, 7, 7, 8]}
          - Conv3DTranspose: {filters: 4, kernel_size: 3, strides: 2, padding: same}
        """
    static let rank = 3

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
