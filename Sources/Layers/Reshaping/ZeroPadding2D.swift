import Spec

/// Zeros around height and width, `keras.layers.ZeroPadding2D`.
package struct ZeroPadding2D: ZeroPaddingLayer {
    package static let className = "ZeroPadding2D"
    package static let summary = "Zeros around an image."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - ZeroPadding2D: {padding: [[0, 1], [0, 1]]}
        """
    static let rank = 2

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
