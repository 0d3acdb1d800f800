import Plan

/// Packs buffers into one arena: two share memory when no step needs both.
///
/// Largest first, each at the lowest offset that is free during its steps ("greedy by size", Pisarchyk
/// & Lee 2020, https://arxiv.org/abs/2001.03288).
enum ArenaAllocator {
    /// Offsets are multiples of this many elements: 64 bytes, a cache line and a vector.
    static let alignment = 16

    static func allocate(_ buffers: [ArenaBlock]) -> (blocks: [ArenaBlock], count: Int) {
        // Where each placed block lies, by its offset: names stay out of the search.
        var placed: [(offset: Int, end: Int, steps: ClosedRange<Int>)] = []
        var total = 0
        let order = buffers.indices.sorted {
            (buffers[$1].count, $0) < (buffers[$0].count, $1)
        }
        var result = buffers
        for index in order {
            let buffer = buffers[index]
            var offset = 0
            for rival in placed where rival.steps.overlaps(buffer.steps) {
                if offset + buffer.count <= rival.offset { break }
                offset = max(offset, aligned(rival.end))
            }
            result[index].offset = offset
            let end = offset + buffer.count
            var (low, high) = (0, placed.count)
            while low < high {
                let middle = (low + high) / 2
                if placed[middle].offset <= offset { low = middle + 1 } else { high = middle }
            }
            placed.insert((offset, end, buffer.steps), at: low)
            total = max(total, offset + buffer.count)
        }
        return (result, aligned(total))
    }

    static func aligned(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }
}
