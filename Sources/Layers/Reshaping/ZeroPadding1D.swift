import Spec

/// Zeros around steps of time, `keras.layers.ZeroPadding1D`.
package struct ZeroPadding1D: ZeroPaddingLayer {
    package static let className = "ZeroPadding1D"
    package static let summary = "Zeros around steps."
    package static let example = """
        layers:
          - Input: {shape: [128, 6]}
          - ZeroPadding1D: {padding: [2, 0]}
        """
    static let rank = 1

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
