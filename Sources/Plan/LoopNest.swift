/// One loop of a kernel: how often it runs, and how far it moves in each tensor it walks.
package struct Loop: Hashable, Sendable {
    package var count: Int
    /// One stride (in elements) for each tensor of the kernel, in the kernel's order.
    package var strides: [Int]

    package init(_ count: Int, _ strides: [Int]) {
        self.count = count
        self.strides = strides
    }
}

extension [Loop] {
    /// Loops of one round dropped, neighbours merged where one loop walks what two did.
    ///
    /// - Parameter keeping: how many innermost loops stay as they are.
    package func collapsed(keeping: Int = 0) -> [Loop] {
        let free = dropLast(keeping)
        var result: [Loop] = []
        for loop in free where loop.count != 1 {
            if let outer = result.last,
                zip(outer.strides, loop.strides).allSatisfy({ $0 == $1 * loop.count })
            {
                result[result.count - 1] = Loop(outer.count * loop.count, loop.strides)
            } else {
                result.append(loop)
            }
        }
        return result + suffix(keeping)
    }
}
