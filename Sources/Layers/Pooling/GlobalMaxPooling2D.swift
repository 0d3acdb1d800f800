import IR
import Spec

/// The maximum of each channel over height and width, `keras.layers.GlobalMaxPooling2D`.
package struct GlobalMaxPooling2D: GlobalPoolingLayer {
    package static let className = "GlobalMaxPooling2D"
    package static let aliases = ["GlobalMaxPool2D"]
    package static let summary = "The maximum of each channel over height and width."
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - GlobalMaxPooling2D
        """
    static let rank = 2
    static let kind = PoolOp.Kind.maximum

    let arguments: Arguments
    package init(_ arguments: Arguments) { self.arguments = arguments }
}
