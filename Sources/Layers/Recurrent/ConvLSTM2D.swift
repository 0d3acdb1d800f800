import Spec

/// An LSTM whose products are convolutions over 2 axes, `keras.layers.ConvLSTM2D`.
package struct ConvLSTM2D: ConvLSTMLayer {
    package static let className = "ConvLSTM2D"
    package static let summary =
        "Long short-term memory with convolutions, over a sequence of images."
    package static let example = """
        layers:
          - Input: {shape: [10, 16, 16, 3]}
          - ConvLSTM2D: {filters: 4, kernel_size: 3, padding: same}
        """

    static let rank = 2
    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
