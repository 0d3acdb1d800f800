import Spec

/// An LSTM whose products are convolutions over 1 axis, `keras.layers.ConvLSTM1D`.
package struct ConvLSTM1D: ConvLSTMLayer {
    package static let className = "ConvLSTM1D"
    package static let summary =
        "Long short-term memory with convolutions, over a sequence of rows of cells."
    package static let example = """
        layers:
          - Input: {shape: [10, 16, 3]}
          - ConvLSTM1D: {filters: 4, kernel_size: 3, padding: same}
        """

    static let rank = 1
    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
