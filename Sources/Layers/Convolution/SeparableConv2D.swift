import Spec

/// A depthwise and a pointwise convolution over height and width, `keras.layers.SeparableConv2D`
/// (Chollet, https://arxiv.org/abs/1610.02357).
package struct SeparableConv2D: SeparableConvolutionLayer {
    package static let className = "SeparableConv2D"
    package static let aliases = ["SeparableConvolution2D"]
    package static let summary = "Depthwise convolution over an image, then one over the channels."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 3]}
          - SeparableConv2D: {filters: 32, kernel_size: 3, activation: relu}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
