import IR
import Spec

/// The maximum of each channel over depth, height and width, `keras.layers.GlobalMaxPooling3D`.
package struct GlobalMaxPooling3D: GlobalPoolingLayer {
    package static let className = "GlobalMaxPooling3D"
    package static let aliases = ["GlobalMaxPool3D"]
    package static let summary = "The maximum of each channel over depth, height and width."
    package static let example = """
        layers:
          - Input: {shape: [8, 28, 28, 4]}
          - GlobalMaxPooling3D: {keepdims: true}
        """
    static let rank = 3
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
