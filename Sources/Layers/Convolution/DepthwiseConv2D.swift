import Spec

/// A convolution of each channel by itself over height and width, `keras.layers.DepthwiseConv2D`.
package struct DepthwiseConv2D: DepthwiseConvolutionLayer {
    package static let className = "DepthwiseConv2D"
    package static let aliases = ["DepthwiseConvolution2D"]
    package static let summary = "Convolution over height and width, each channel by itself."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 16]}
          - DepthwiseConv2D: {kernel_size: 3, padding: same, use_bias: false}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
