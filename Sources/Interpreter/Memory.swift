import Plan

/// Where the regions of a plan lie during one prediction.
struct Memory {
    /// One pointer for each port; the inputs are only read.
    let inputs: UnsafePointer<UnsafeMutablePointer<Float>>
    let outputs: UnsafePointer<UnsafeMutablePointer<Float>>
    let arena: UnsafeMutablePointer<Float>
    let constants: UnsafePointer<Float>

    func pointer(_ location: Location) -> UnsafeMutablePointer<Float> {
        switch location.region {
        case .input(let index): inputs[index] + location.offset
        case .output(let index): outputs[index] + location.offset
        case .arena: arena + location.offset
        case .constants: UnsafeMutablePointer(mutating: constants) + location.offset
        case .buffer(let index): preconditionFailure("buffer \(index) has no place in the arena")
        }
    }
}

/// Memory of a fixed size and place that kernels read and write through its pointer; freed with its
/// owner.
final class Table<Element> {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating value: Element, count: Int) {
        self.count = count
        pointer = .allocate(capacity: max(count, 1))
        pointer.initialize(repeating: value, count: count)
    }

    convenience init(_ elements: [Element]) where Element: ExpressibleByIntegerLiteral {
        self.init(repeating: 0, count: elements.count)
        for (index, element) in elements.enumerated() { pointer[index] = element }
    }

    deinit {
        pointer.deinitialize(count: count)
        pointer.deallocate()
    }
}
