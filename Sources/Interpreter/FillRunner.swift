import Plan

/// Runs a `FillKernel`.
final class FillRunner {
    private struct Box {
        var location: Location
        var runs: PositionTable
        var count: Int
        var stride: Int
    }

    private let value: Float
    private let boxes: [Box]

    init(_ kernel: FillKernel) {
        value = kernel.value
        boxes = kernel.boxes.map { box in
            let last = box.loops.last
            return Box(
                location: box.output, runs: PositionTable(box.loops.dropLast(), streams: 1),
                count: last?.count ?? 1, stride: last?.strides[0] ?? 1)
        }
    }

    func run(_ memory: Memory) {
        for box in boxes {
            let output = memory.pointer(box.location)
            var start = 0
            while start < box.runs.count {
                let count = min(box.runs.capacity, box.runs.count - start)
                let places = box.runs.offsets(from: start, count)
                for index in 0..<count {
                    let target = output + places[index]
                    if box.stride == 1 {
                        target.update(repeating: value, count: box.count)
                    } else {
                        for element in 0..<box.count { target[element &* box.stride] = value }
                    }
                }
                start += count
            }
        }
    }
}
