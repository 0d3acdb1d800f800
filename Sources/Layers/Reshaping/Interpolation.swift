import Diagnostics
import IR
import Spec

/// How values between cells are found: Keras's words, as `tf.image.resize` computes them, with
/// half-pixel centers.
///
/// Every one works along one axis after the other. But for `nearest` and `bilinear` without
/// antialiasing, a cell of the result is a weighted sum of some cells in a row (`BandOp`).
enum Interpolation: String, CaseIterable, Sendable {
    case nearest, bilinear, bicubic, lanczos3, lanczos5, area

    /// - Parameters:
    ///   - size: the cells there are.
    ///   - newSize: the cells to make.
    func band(_ size: Int, to newSize: Int, antialias: Bool) -> WeightedBand {
        switch self {
        case .nearest: preconditionFailure("nearest takes cells as they are")
        case .area: Self.area(size, to: newSize)
        case .bicubic where !antialias: Self.cubic(size, to: newSize)
        case .bilinear:
            Self.sampled(size, newSize, antialias, radius: 1) { max(0, 1 - $0) }
        case .bicubic:
            Self.sampled(size, newSize, antialias, radius: 2) {
                let x = $0
                return x >= 2
                    ? 0
                    : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1
            }
        case .lanczos3: Self.lanczos(size, newSize, antialias, radius: 3)
        case .lanczos5: Self.lanczos(size, newSize, antialias, radius: 5)
        }
    }

    private static func lanczos(_ size: Int, _ newSize: Int, _ antialias: Bool, radius: Double)
        -> WeightedBand
    {
        sampled(size, newSize, antialias, radius: radius) { x in
            if x >= radius { return 0 }
            if x <= 1e-3 { return 1 }
            let angle = Double.pi * x
            return radius * sinOfPi(x) * sinOfPi(x / radius) / (angle * angle)
        }
    }

    /// `sin(pi * x)`: its series around the next whole number.
    private static func sinOfPi(_ x: Double) -> Double {
        let whole = x.rounded()
        let angle = Double.pi * (x - whole)
        var term = angle
        var sum = angle
        for n in 1...12 {
            term *= -angle * angle / Double(2 * n * (2 * n + 1))
            sum += term
        }
        return whole.truncatingRemainder(dividingBy: 2) == 0 ? sum : -sum
    }

    /// A kernel of so many cells to either side (TensorFlow's `ScaleAndTranslate`): cells beyond the
    /// border take no part, and the weights of the others sum to 1. Antialiasing widens the kernel
    /// where the result is smaller.
    private static func sampled(
        _ size: Int, _ newSize: Int, _ antialias: Bool, radius: Double,
        _ kernel: (Double) -> Double
    ) -> WeightedBand {
        let step = Double(size) / Double(newSize)
        let width = antialias ? max(step, 1) : 1
        var band = WeightedBand()
        for index in 0..<newSize {
            let center = (Double(index) + 0.5) * step
            func clamped(_ place: Double) -> Int { min(max(Int(place), 0), size - 1) }
            let first = clamped((center - radius * width - 0.5).rounded(.up))
            let last = clamped((center + radius * width - 0.5).rounded(.down))
            let weights = (first...last).map { kernel(abs(Double($0) + 0.5 - center) / width) }
            let sum = weights.reduce(0, +)
            band.append(first, weights.map { $0 / sum })
        }
        return band
    }

    /// Keys's cubic convolution, a = -0.5 (https://doi.org/10.1109/TASSP.1981.1163711). TensorFlow reads
    /// its weights from a table of 1024 places between two cells, and so does this.
    private static func cubic(_ size: Int, to newSize: Int) -> WeightedBand {
        func near(_ x: Double) -> Double { (1.5 * x - 2.5) * x * x + 1 }
        func far(_ x: Double) -> Double { ((-0.5 * x + 2.5) * x - 4) * x + 2 }
        let step = Float(size) / Float(newSize)
        var band = WeightedBand()
        for index in 0..<newSize {
            let place = (Float(index) + 0.5) * step - 0.5
            let cell = place.rounded(.down)
            let part = Double(((place - cell) * 1024).rounded(.toNearestOrEven)) / 1024
            let weights = [far(1 + part), near(part), near(1 - part), far(2 - part)]
            let cells = (0..<4).filter { (0..<size).contains(Int(cell) - 1 + $0) }
            let sum = cells.reduce(0) { $0 + weights[$1] }
            band.append(Int(cell) - 1 + cells[0], cells.map { weights[$0] / sum })
        }
        return band
    }

    /// The mean of what a cell of the result covers.
    private static func area(_ size: Int, to newSize: Int) -> WeightedBand {
        var band = WeightedBand()
        for index in 0..<newSize {
            // In units of 1 / newSize, so that no rounding adds a cell.
            let (low, high) = (index * size, (index + 1) * size)
            let first = low / newSize
            let last = (high - 1) / newSize
            band.append(
                first,
                (first...last).map { cell in
                    let covered = min(high, (cell + 1) * newSize) - max(low, cell * newSize)
                    return Double(covered) / Double(size)
                })
        }
        return band
    }
}

extension Lowering {
    /// `x` with other spatial sizes.
    mutating func resize(
        _ x: ValueID, to sizes: [Int], _ format: DataFormat, _ interpolation: Interpolation,
        antialias: Bool = false
    ) -> ValueID {
        let shape = type(x).shape
        let channels = format == .channelsLast ? shape[shape.count - 1] : shape[1]
        let target = [shape[0]] + format.join(sizes, channels)
        switch interpolation {
        case .nearest: return emit(.resize(ResizeOp(.nearest, sizes: target)), [x])
        case .bilinear where !antialias: return emit(.resize(ResizeOp(.linear, sizes: target)), [x])
        default: break
        }
        return shape.indices.reduce(x) { value, axis in
            guard shape[axis] != target[axis] else { return value }
            let band = interpolation.band(shape[axis], to: target[axis], antialias: antialias)
            return self.band(value, axis: axis, band, "axis\(axis)")
        }
    }
}
