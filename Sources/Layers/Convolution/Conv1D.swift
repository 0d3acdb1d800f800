import Spec

/// A convolution over steps of time or space, `keras.layers.Conv1D`.
package struct Conv1D: ConvolutionLayer {
    package static let className = "Conv1D"
    package static let aliases = ["Convolution1D"]
    package static let summary = "Convolution over steps of time."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - Conv1D: {filters: 32, kernel_size: 5, padding: causal, dilation_rate: 2}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
