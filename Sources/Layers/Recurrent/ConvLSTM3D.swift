import Spec

/// An LSTM whose products are convolutions over 3 axes, `keras.layers.ConvLSTM3D`.
package struct ConvLSTM3D: ConvLSTMLayer {
    package static let className = "ConvLSTM3D"
    package static let summary =
        "Long short-term memory with convolutions, over a sequence of volumes."
    package static let example = """
        layers:
          - Input: {shape: [10, 8, 8, 8, 2]}
          - ConvLSTM3D: {filters: 4, kernel_size: 3, padding: same}
        """

    static let rank = 3
    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
