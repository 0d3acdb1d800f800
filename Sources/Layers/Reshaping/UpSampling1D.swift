import Spec

/// More cells along steps of time, `keras.layers.UpSampling1D`.
package struct UpSampling1D: UpSamplingLayer {
    package static let className = "UpSampling1D"
    package static let summary = "Enlarges steps by whole factors."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - UpSampling1D: {size: 3}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
