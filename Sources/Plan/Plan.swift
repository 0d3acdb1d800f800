import IR

/// One kernel run on given memory.
package struct Step: Sendable {
    /// The layers it computes, joined: `conv2d_batch_normalization_re_lu`.
    package var name: String
    package var layers: [String]
    /// The value it makes.
    package var value: ValueID
    package var kernel: Kernel
    /// What was chosen and why, a line each, for inspection and emitted comments.
    package var notes: [String]
    /// In a strip loop: how far each location moves from one round to the next, in the order of
    /// `Kernel.mapLocations`. Empty outside of loops.
    package var advances: [Int]
    /// Kernels that together do what `kernel` does and may run at once, in any order; empty where the
    /// step isn't split. (An engine with one thread runs `kernel`.)
    package var parts: [Kernel] = []

    package init(
        name: String, layers: [String], value: ValueID, kernel: Kernel, notes: [String] = [],
        advances: [Int] = []
    ) {
        self.name = name
        self.layers = layers
        self.value = value
        self.kernel = kernel
        self.notes = notes
        self.advances = advances
    }
}

/// Consecutive steps that run strip by strip: each of them on one strip of its tensor, and again on the
/// next, so that what passes between them stays in cache.
package struct StripLoop: Hashable, Sendable {
    package var steps: Range<Int>
    package var count: Int

    package init(steps: Range<Int>, count: Int) {
        self.steps = steps
        self.count = count
    }
}

/// A tensor the caller gives or gets.
package struct Port: Hashable, Sendable {
    package var name: String
    package var type: TensorType

    package init(name: String, type: TensorType) {
        self.name = name
        self.type = type
    }
}

/// A stretch of the arena and the steps during which it is in use.
package struct ArenaBlock: Hashable, Sendable {
    package var name: String
    package var offset: Int
    package var count: Int
    package var steps: ClosedRange<Int>

    package init(name: String, offset: Int, count: Int, steps: ClosedRange<Int>) {
        self.name = name
        self.offset = offset
        self.count = count
        self.steps = steps
    }
}

/// What to run: every op's kernel with its tile, where every value lies, and the packed weights. Made
/// by the pass pipeline only; engines run or write it as it is.
package struct Plan: Sendable {
    package var name: String
    package var target: Target
    package var inputs: [Port]
    package var outputs: [Port]
    package var steps: [Step]
    /// Loops over steps, in order and apart from each other.
    package var strips: [StripLoop]
    /// All packed weights, in elements; each constant starts at a multiple of 16.
    /// Empty where numbers are not known.
    package var constants: [Float]
    /// How many they are, known or not.
    package var constantCount: Int
    /// Whether every weight has numbers; a plan made for inspection alone has not.
    package var isRunnable: Bool
    /// The size of the arena in elements.
    package var arenaCount: Int
    package var arena: [ArenaBlock]
    /// The optimized graph the plan was made from, without its constants' data.
    package var graph: Graph
    /// What the passes did and why not more.
    package var remarks: [Remark]
    /// How many threads run the parts of split steps; 1 where no step is split.
    package var threads = 1
    /// Whether threads that have gone to sleep are woken for one prediction; otherwise only for one of
    /// many in a row.
    package var wakesThreads = true

    package init(
        name: String, target: Target, inputs: [Port], outputs: [Port], steps: [Step],
        strips: [StripLoop], constants: [Float], constantCount: Int? = nil, isRunnable: Bool,
        arenaCount: Int,
        arena: [ArenaBlock], graph: Graph,
        remarks: [Remark]
    ) {
        self.name = name
        self.target = target
        self.inputs = inputs
        self.outputs = outputs
        self.steps = steps
        self.strips = strips
        self.constants = constants
        self.constantCount = constantCount ?? constants.count
        self.isRunnable = isRunnable
        self.arenaCount = arenaCount
        self.arena = arena
        self.graph = graph
        self.remarks = remarks
    }
}

extension Plan {
    /// Every kernel in the order it runs, strip loops unrolled.
    package var unrolled: [(step: Int, kernel: Kernel)] {
        var result: [(Int, Kernel)] = []
        var index = 0
        var loops = strips[...]
        while index < steps.count {
            guard let loop = loops.first, loop.steps.lowerBound == index else {
                result.append((index, steps[index].kernel))
                index += 1
                continue
            }
            for round in 0..<loop.count {
                for step in loop.steps {
                    let kernel = steps[step].kernel
                    result.append((step, kernel.advanced(by: steps[step].advances, rounds: round)))
                }
            }
            index = loop.steps.upperBound
            loops.removeFirst()
        }
        return result
    }
}

/// What a pass has to say about layers: a fusion made, or the reason why one was not.
package struct Remark: Hashable, Sendable {
    package var pass: String
    package var layers: [String]
    package var message: String
    /// Whether something was improved; false for a reason why not.
    package var applied: Bool

    package init(pass: String, layers: [String], message: String, applied: Bool) {
        self.pass = pass
        self.layers = layers
        self.message = message
        self.applied = applied
    }
}
