import Spec

/// A transposed convolution over steps, `keras.layers.Conv1DTranspose`.
package struct Conv1DTranspose: TransposedConvolutionLayer {
    package static let className = "Conv1DTranspose"
    package static let aliases = ["Convolution1DTranspose"]
    package static let summary = "Transposed convolution over steps: enlarges by its strides."
    package static let example = """
        layers:
          - Input: {shape: [32, 8]}
          - Conv1DTranspose: {filters: 4, kernel_size: 3, strides: 2, padding: same}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
