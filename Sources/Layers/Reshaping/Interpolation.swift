import Diagnostics
import IR
import Spec

/// How values between cells are found: Keras's words, of which bnc has two.
enum Interpolation: String, CaseIterable, Sendable {
    case nearest, bilinear, bicubic, lanczos3, lanczos5, area

    var method: ResizeOp.Method? {
        switch self {
        case .nearest: .nearest
        case .bilinear: .linear
        default: nil
        }
    }
}

extension LayerCheck {
    /// Reports an interpolation that bnc hasn't got.
    mutating func requireInterpolation(_ interpolation: Interpolation) {
        guard interpolation.method == nil else { return }
        error(
            .notSupported,
            "`interpolation: \(interpolation.rawValue)` of `\(name)` is not supported yet",
            at: .argument("interpolation"), label: "only `nearest` and `bilinear`")
    }
}

extension Lowering {
    /// `x` with other spatial sizes.
    mutating func resize(
        _ x: ValueID, to sizes: [Int], _ format: DataFormat, _ interpolation: Interpolation
    ) -> ValueID {
        let shape = type(x).shape
        let channels = format == .channelsLast ? shape[shape.count - 1] : shape[1]
        let method = interpolation.method ?? .nearest
        return emit(
            .resize(ResizeOp(method, sizes: [shape[0]] + format.join(sizes, channels))), [x])
    }
}
