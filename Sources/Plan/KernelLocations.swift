extension Kernel {
    /// Visits every place in memory the kernel reads or writes; `change` may move it.
    package mutating func mapLocations(_ change: (inout Location) -> Void) {
        switch self {
        case .contraction(var kernel):
            change(&kernel.input)
            change(&kernel.output)
            change(&kernel.weights)
            change(&kernel.bias)
            kernel.epilogue.mapLocations(change)
            self = .contraction(kernel)
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
