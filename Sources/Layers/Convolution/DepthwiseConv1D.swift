import Spec

/// A convolution of each channel by itself over steps, `keras.layers.DepthwiseConv1D`.
package struct DepthwiseConv1D: DepthwiseConvolutionLayer {
    package static let className = "DepthwiseConv1D"
    package static let aliases = ["DepthwiseConvolution1D"]
    package static let summary = "Convolution over steps of time, each channel by itself."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - DepthwiseConv1D: {kernel_size: 3, depth_multiplier: 2}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
