import Plan

/// The offsets of a loop nest's positions in each tensor (stream) that the nest walks.
///
/// Kernels look offsets up here in the place of counting through nested loops: their inner code is
/// the same for any number of loops and strides, and a tile may cross the end of a row. Positions
/// come in row-major order, in pieces of at most `capacity`.
final class PositionTable {
    /// The number of positions.
    let count: Int
    let streams: Int
    /// The most positions that one piece has; also the distance between the streams' offsets.
    let capacity: Int
    private let loops: [Loop]
    private let offsets: Table<Int>
    private let isWhole: Bool

    init(_ loops: [Loop], streams: Int, limit: Int = 1024) {
        self.loops = loops
        self.streams = streams
        count = loops.reduce(1) { $0 * $1.count }
        capacity = max(min(count, limit), 1)
        offsets = Table(repeating: 0, count: capacity * streams)
        isWhole = count <= limit
        if isWhole { fill(from: 0, count) }
    }

    /// Offsets of `count` positions from `start` on: that of position `start + i` in stream `s`
    /// stands at `s * capacity + i`. Valid until the next call.
    @inline(__always)
    func offsets(from start: Int, _ count: Int) -> UnsafePointer<Int> {
        if isWhole { return UnsafePointer(offsets.pointer + start) }
        fill(from: start, count)
        return UnsafePointer(offsets.pointer)
    }

    private func fill(from start: Int, _ count: Int) {
        let table = offsets.pointer
        guard let last = loops.last else {
            for stream in 0..<streams { table[stream * capacity] = 0 }
            return
        }
        var position = start
        var filled = 0
        while filled < count {
            let inner = position % last.count
            let run = min(last.count - inner, count - filled)
            for stream in 0..<streams {
                var rest = position / last.count
                var offset = inner * last.strides[stream]
                for loop in loops.dropLast().reversed() {
                    offset += rest % loop.count * loop.strides[stream]
                    rest /= loop.count
                }
                let stride = last.strides[stream]
                let target = table + (stream * capacity + filled)
                for index in 0..<run { target[index] = offset &+ index &* stride }
            }
            position += run
            filled += run
        }
    }
}

extension [Loop] {
    /// The offset of every position in one stream, in row-major order.
    func offsets(stream: Int) -> [Int] {
        var result = [0]
        for loop in self {
            result = result.flatMap { base in
                (0..<loop.count).map { base + $0 * loop.strides[stream] }
            }
        }
        return result
    }
}
