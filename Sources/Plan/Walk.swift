/// The offsets by which one loop moves a pointer, ascending from the first.
enum Walk {
    case even(count: Int, step: Int)
    case uneven([Int])

    /// - Parameter stride: negative where the loop runs backwards; it reaches as many elements.
    init(_ count: Int, _ stride: Int) {
        self = stride == 0 ? .even(count: 1, step: 0) : .even(count: count, step: abs(stride))
    }

    /// - Parameter cells: indices along an axis, ascending.
    init(_ cells: [Int], _ stride: Int) {
        self = .uneven(stride == 0 ? [0] : cells.map { $0 * abs(stride) })
    }

    private var offsets: [Int] {
        switch self {
        case .even(let count, let step): (0..<count).map { $0 * step }
        case .uneven(let offsets): offsets
        }
    }

    fileprivate var smallestStep: Int {
        switch self {
        case .even(let count, let step): count > 1 ? step : 0
        case .uneven(let offsets):
            zip(offsets.dropFirst(), offsets).map { $0 - $1 }.min() ?? 0
        }
    }

    /// Every stretch moved by every offset, those that touch merged.
    fileprivate func moving(_ stretches: [Range<Int>]) -> [Range<Int>] {
        if case .even(let count, let step) = self, stretches.count == 1,
            step <= stretches[0].count
        {
            return [stretches[0].lowerBound..<(stretches[0].upperBound + (count - 1) * step)]
        }
        var moved = offsets.flatMap { offset in
            stretches.map { $0.lowerBound + offset..<$0.upperBound + offset }
        }
        if let first = stretches.first, let last = stretches.last,
            smallestStep < last.upperBound - first.lowerBound
        {
            moved.sort { $0.lowerBound < $1.lowerBound }
        }
        var merged: [Range<Int>] = []
        for stretch in moved {
            if let last = merged.last, stretch.lowerBound <= last.upperBound {
                merged[merged.count - 1] =
                    last.lowerBound..<max(last.upperBound, stretch.upperBound)
            } else {
                merged.append(stretch)
            }
        }
        return merged
    }
}

extension [Walk] {
    /// How many different elements nested loops reach.
    var distinctCount: Int {
        sorted { $0.smallestStep < $1.smallestStep }
            .reduce([0..<1]) { $1.moving($0) }
            .reduce(0) { $0 + $1.count }
    }
}

extension [Loop] {
    /// What the loops do to the pointer of one stream.
    func walk(_ stream: Int) -> [Walk] { map { Walk($0.count, $0.strides[stream]) } }
}
