import Spec

/// A depthwise and a pointwise convolution over steps, `keras.layers.SeparableConv1D`.
package struct SeparableConv1D: SeparableConvolutionLayer {
    package static let className = "SeparableConv1D"
    package static let aliases = ["SeparableConvolution1D"]
    package static let summary = "Depthwise convolution over steps, then one over the channels."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - SeparableConv1D: {filters: 32, kernel_size: 5, padding: same}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
