import Plan

/// Packs buffers into one arena: two share memory when no step needs both.
///
/// Largest first, each at the lowest offset that is free during its steps ("greedy by size", Pisarchyk
/// & Lee 2020, https://arxiv.org/abs/2001.03288).
enum ArenaAllocator {
    /// Offsets are multiples of this many elements: 64 bytes, a cache line and a vector.
    static let alignment = 16

    static func allocate(_ buffers: [ArenaBlock]) -> (blocks: [ArenaBlock], count: Int) {
        var placed: [ArenaBlock] = []
        var total = 0
        let order = buffers.indices.sorted {
            (buffers[$1].count, $0) < (buffers[$0].count, $1)
        }
        var result = buffers
        for index in order {
            let buffer = buffers[index]
            var offset = 0
            let rivals = placed.filter { $0.steps.overlaps(buffer.steps) }
                .sorted { $0.offset < $1.offset }
            for rival in rivals {
                if offset + buffer.count <= rival.offset { break }
                offset = max(offset, aligned(rival.offset + rival.count))
            }
            result[index].offset = offset
            placed.append(result[index])
            total = max(total, offset + buffer.count)
        }
        return (result, aligned(total))
    }

    static func aligned(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }
}
