/// The memory a tensor lies in.
package enum Region: Hashable, Sendable {
    /// What the caller gives, by index in `Plan.inputs`.
    case input(Int)
    /// What the caller gets, by index in `Plan.outputs`.
    case output(Int)
    /// The one block of intermediate values.
    case arena
    /// The packed weights.
    case constants
    /// While a plan is made: a buffer whose place in the arena is not known yet.
    case buffer(Int)
}

/// The first element of a tensor: a region and an offset in elements.
package struct Location: Hashable, Sendable, CustomStringConvertible {
    package var region: Region
    package var offset: Int

    package init(_ region: Region, _ offset: Int = 0) {
        self.region = region
        self.offset = offset
    }

    package func advanced(by elements: Int) -> Location { Location(region, offset + elements) }

    package var description: String {
        switch region {
        case .input(let index): "input\(index)+\(offset)"
        case .output(let index): "output\(index)+\(offset)"
        case .arena: "arena+\(offset)"
        case .constants: "constants+\(offset)"
        case .buffer(let index): "buffer\(index)+\(offset)"
        }
    }
}

/// A tensor in memory: where it starts, its shape, and the distance in elements from one index to the
/// next along each axis. Borders and concatenation make strides larger than the shape asks for;
/// broadcasting makes them 0.
package struct View: Hashable, Sendable {
    package var location: Location
    package var shape: [Int]
    package var strides: [Int]

    package init(_ location: Location, shape: [Int], strides: [Int]? = nil) {
        self.location = location
        self.shape = shape
        self.strides = strides ?? View.rowMajor(shape)
    }

    package static func rowMajor(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in shape.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * shape[axis + 1]
        }
        return strides
    }

    package var count: Int { shape.reduce(1, *) }

    /// Whether the elements lie behind each other in row-major order.
    package var isContiguous: Bool {
        var expected = 1
        for axis in shape.indices.reversed() where shape[axis] != 1 {
            if strides[axis] != expected { return false }
            expected *= shape[axis]
        }
        return true
    }

    /// The part that starts at `starts` and has `sizes` elements.
    package func box(_ starts: [Int], _ sizes: [Int], steps: [Int]? = nil) -> View {
        var offset = 0
        for axis in starts.indices { offset += starts[axis] * strides[axis] }
        let scaled = steps.map { steps in zip(strides, steps).map { $0 * $1 } } ?? strides
        return View(location.advanced(by: offset), shape: sizes, strides: scaled)
    }
}
