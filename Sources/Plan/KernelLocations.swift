extension Kernel {
    /// Visits every place in memory the kernel reads or writes; `change` may move it.
    package mutating func mapLocations(_ change: (inout Location) -> Void) {
        switch self {
        case .contraction(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            change(&kernel.weights)
            if var bias = kernel.bias {
                change(&bias)
                kernel.bias = bias
            }
            kernel.epilogue.mapLocations(change)
            self = .contraction(kernel)
        case .winogradInput(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            self = .winogradInput(kernel)
        case .winogradOutput(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            change(&kernel.bias)
            kernel.epilogue.mapLocations(change)
            self = .winogradOutput(kernel)
        case .depthwise(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            change(&kernel.weights)
            change(&kernel.bias)
            kernel.epilogue.mapLocations(change)
            self = .depthwise(kernel)
        case .matmul(var kernel):
            change(&kernel.a)
            change(&kernel.b)
            change(&kernel.output)
            kernel.epilogue.mapLocations(change)
            self = .matmul(kernel)
        case .map(var kernel):
            change(&kernel.source)
            change(&kernel.output)
            kernel.epilogue.mapLocations(change)
            self = .map(kernel)
        case .fill(var kernel):
            for index in kernel.boxes.indices { change(&kernel.boxes[index].output) }
            self = .fill(kernel)
        case .pool(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            kernel.epilogue.mapLocations(change)
            self = .pool(kernel)
        case .reduce(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            kernel.epilogue.mapLocations(change)
            self = .reduce(kernel)
        case .row(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            kernel.epilogue.mapLocations(change)
            self = .row(kernel)
        case .resize(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            self = .resize(kernel)
        case .band(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            change(&kernel.rows)
            self = .band(kernel)
        case .gather(var kernel):
            change(&kernel.table)
            change(&kernel.indices)
            change(&kernel.output)
            self = .gather(kernel)
        case .recurrent(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            if kernel.mask != nil { change(&kernel.mask!) }
            for index in kernel.initialState.indices { change(&kernel.initialState[index]) }
            change(&kernel.state)
            change(&kernel.weights)
            if kernel.bias != nil { change(&kernel.bias!) }
            self = .recurrent(kernel)
        }
    }
}

extension Kernel {
    /// The same kernel `rounds` rounds of a strip loop later.
    ///
    /// - Parameter advances: how far each location moves in a round, in `mapLocations`' order.
    package func advanced(by advances: [Int], rounds: Int) -> Kernel {
        guard rounds > 0, !advances.isEmpty else { return self }
        var kernel = self
        var index = 0
        kernel.mapLocations { location in
            location.offset += advances[index] * rounds
            index += 1
        }
        return kernel
    }
}

extension [EpilogueInstruction] {
    fileprivate mutating func mapLocations(_ change: (inout Location) -> Void) {
        for index in indices {
            switch self[index] {
            case .scaleShift(var scale, var shift):
                change(&scale.location)
                change(&shift.location)
                self[index] = .scaleShift(scale: scale, shift: shift)
            case .binary(let function, var operand, let reversed):
                change(&operand.location)
                self[index] = .binary(function, operand, reversed: reversed)
            case .unary: break
            }
        }
    }
}
