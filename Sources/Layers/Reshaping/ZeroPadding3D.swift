import Spec

/// Zeros around depth, height and width, `keras.layers.ZeroPadding3D`.
package struct ZeroPadding3D: ZeroPaddingLayer {
    package static let className = "ZeroPadding3D"
    package static let summary = "Zeros around a volume."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - ZeroPadding3D: {padding: 1}
        """
    static let rank = 3

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
