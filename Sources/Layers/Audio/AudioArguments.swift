import IR
import Spec

/// What the layers for audio share.
enum AudioArguments {
    static let window = Argument<SignalWindow>.choice(
        "window", default: .hann, "The window that frames are multiplied with; `null` for none."
    ).orNull(default: .hann)
}

extension Lowering {
    /// The larger of `x` and a number; NaN where x is.
    mutating func atLeast(_ least: Float, _ x: ValueID, _ name: String) -> ValueID {
        let floor = constant([least], shape: [1], "\(name)_value")
        return emit(.binary(BinaryOp(.maximum)), [x, floor], name)
    }
}
