import IR
import Plan

/// Writes the body of one kernel function; which parameters it takes follows from the kernel.
///
/// One `emit` for each kind of kernel, each in a file of its own.
struct KernelWriter {
    let target: Target
    var out = SourceWriter()
    var needs = Needs()

    init(target: Target) { self.target = target }

    var lanes: Int { target.lanes }

    /// Parameters in order: name and whether it is written.
    struct Parameter: Hashable {
        let name: String
        let isOutput: Bool
        let location: Location
    }

    static func parameters(_ kernel: Kernel) -> [Parameter] {
        func read(_ name: String, _ location: Location) -> Parameter {
            Parameter(name: name, isOutput: false, location: location)
        }
        func operands(_ epilogue: [EpilogueInstruction]) -> [Parameter] {
            epilogue.operands.map { read("e\($0.stream)", $0.location) }
        }
        switch kernel {
        case .contraction(let k):
            return [read("x", k.input), read("w", k.weights)]
                + (k.bias.map { [read("b", $0)] } ?? [])
                + operands(k.epilogue) + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .winogradInput(let k):
            return [
                read("x", k.input), Parameter(name: "y", isOutput: true, location: k.output),
            ]
        case .winogradOutput(let k):
            return [read("x", k.input), read("b", k.bias)] + operands(k.epilogue)
                + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .depthwise(let k):
            return [read("x", k.input), read("w", k.weights), read("b", k.bias)]
                + operands(k.epilogue) + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .matmul(let k):
            return [read("x", k.a), read("w", k.b)] + operands(k.epilogue)
                + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .map(let k):
            return [read("x", k.source)] + operands(k.epilogue)
                + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .fill(let k):
            return k.boxes.enumerated().map { index, box in
                Parameter(name: "y\(index)", isOutput: true, location: box.output)
            }
        case .pool(let k):
            return [read("x", k.input)] + operands(k.epilogue)
                + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .reduce(let k):
            return [read("x", k.input)] + operands(k.epilogue)
                + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .row(let k):
            return [read("x", k.input)] + operands(k.epilogue)
                + [Parameter(name: "y", isOutput: true, location: k.output)]
        case .resize(let k):
            return [
                read("x", k.input), Parameter(name: "y", isOutput: true, location: k.output),
            ]
        case .band(let k):
            return [
                read("x", k.input), read("w", k.rows),
                Parameter(name: "y", isOutput: true, location: k.output),
            ]
        case .gather(let k):
            return [
                read("x", k.indices), read("w", k.table),
                Parameter(name: "y", isOutput: true, location: k.output),
            ]
        case .recurrent(let k):
            var parameters = [read("x", k.input), read("w", k.weights)]
            if let bias = k.bias { parameters.append(read("b", bias)) }
            if let mask = k.mask { parameters.append(read("m", mask)) }
            parameters += k.initialState.enumerated().map { read("i\($0)", $1) }
            return parameters + [
                Parameter(name: "y", isOutput: true, location: k.output),
                Parameter(name: "s", isOutput: true, location: k.state),
            ]
        }
    }

    mutating func emit(_ kernel: Kernel) {
        switch kernel {
        case .contraction(let kernel): emit(kernel)
        case .winogradInput(let kernel): emit(kernel)
        case .winogradOutput(let kernel): emit(kernel)
        case .depthwise(let kernel): emit(kernel)
        case .matmul(let kernel): emit(kernel)
        case .map(let kernel): emit(kernel)
        case .fill(let kernel): emit(kernel)
        case .pool(let kernel): emit(kernel)
        case .reduce(let kernel): emit(kernel)
        case .row(let kernel): emit(kernel)
        case .resize(let kernel): emit(kernel)
        case .gather(let kernel): emit(kernel)
        case .band(let kernel): emit(kernel)
        case .recurrent(let kernel): emit(kernel)
        }
    }

    // MARK: Expressions

    mutating func use(_ width: VectorWidth) { needs.lanes.insert(width.lanes) }

    /// `acc + a * b`, fused where the target has it.
    func multiplyAdd(_ accumulator: String, _ a: String, _ b: String) -> String {
        "madd(\(a), \(b), \(accumulator))"
    }

    /// The call of an element function on a vector expression.
    mutating func call(_ function: UnaryFunction, _ value: String, lanes: Int) -> String {
        needs.functions.insert(
            Needs.Function(name: "activation_\(function.kind.rawValue)", lanes: lanes))
        let parameters = function.parameters.map { ", " + literal(Float($0)) }.joined()
        return "activation_\(function.kind.rawValue)(\(value)\(parameters))"
    }

    mutating func call(_ function: BinaryFunction, _ a: String, _ b: String, lanes: Int) -> String {
        switch function {
        case .add: return "(\(a) + \(b))"
        case .subtract: return "(\(a) - \(b))"
        case .multiply: return "(\(a) * \(b))"
        case .divide: return "(\(a) / \(b))"
        default:
            needs.functions.insert(
                Needs.Function(name: "binary_\(function.rawValue)", lanes: lanes))
            return "binary_\(function.rawValue)(\(a), \(b))"
        }
    }

    /// An expression with the epilogue applied.
    ///
    /// - Parameter operand: the vector expression of an operand's elements here.
    mutating func apply(
        _ epilogue: [EpilogueInstruction], to value: String, lanes: Int,
        operand: (Operand) -> String
    ) -> String {
        var value = value
        for instruction in epilogue {
            switch instruction {
            case .unary(let function): value = call(function, value, lanes: lanes)
            case .scaleShift(let scale, let shift):
                value = "madd(\(value), \(operand(scale)), \(operand(shift)))"
            case .binary(let function, let other, let reversed):
                let second = operand(other)
                value =
                    reversed
                    ? call(function, second, value, lanes: lanes)
                    : call(function, value, second, lanes: lanes)
            }
        }
        return value
    }

    /// An epilogue's steps at a vector's sums, and a function that is left for when all vectors of a
    /// tile have been stored: one of many instructions, at the end. In a tile's code it would stand
    /// once for each vector, and the compiler would call it, and save all sums around each call.
    static func split(_ epilogue: [EpilogueInstruction]) -> (
        now: [EpilogueInstruction], later: UnaryFunction?
    ) {
        guard case .unary(let function) = epilogue.last, function.kind.isLong else {
            return (epilogue, nil)
        }
        return (epilogue.dropLast(), function)
    }

    /// A function over `count` vectors in each of `rows` rows, in place.
    mutating func run(
        _ function: UnaryFunction, _ pointer: String, _ count: Int, rows: Int = 1,
        stride: Int = 0, lanes: Int
    ) {
        let run = Needs.Function(name: function.kind.rawValue, lanes: lanes)
        needs.runs.insert(run)
        needs.functions.insert(
            Needs.Function(name: "activation_\(function.kind.rawValue)", lanes: lanes))
        var arguments = [pointer, "\(count)"] + function.parameters.map { literal(Float($0)) }
        if rows > 1 { arguments += ["rows: \(rows)", "stride: \(stride)"] }
        out.line("\(Prelude.runName(run))(\(arguments.joined(separator: ", ")))")
    }

    /// Elements of an operand at a pointer: a vector where it moves along the vector loop, one number
    /// for all lanes where it stands still, gathered otherwise.
    static func operandText(_ pointer: String, stride: Int, _ width: VectorWidth) -> String {
        switch stride {
        case 1: width.load(pointer)
        case 0: width.splat("(\(pointer)).pointee")
        default: "gather\(width.lanes)(\(pointer), stride: \(stride), first: \(width.valid))"
        }
    }

    /// Loops around `body` for streams of pointers: names the pointers at the innermost level.
    ///
    /// - Parameters:
    ///   - pointers: base pointer of each stream; `strideOf` picks its stride from a loop.
    ///   - body: gets the pointers' names inside the loops.
    mutating func nest(
        _ loops: [Loop], _ pointers: [(name: String, stream: Int)], level: String,
        _ body: (inout KernelWriter, [String]) -> Void
    ) {
        var names = pointers.map(\.name)
        func descend(_ index: Int, _ writer: inout KernelWriter) {
            if index == loops.count {
                body(&writer, names)
                return
            }
            let loop = loops[index]
            let name = "\(level)\(index)"
            writer.loopBlock(name, loop.count) { writer, variable in
                let saved = names
                for (slot, pointer) in pointers.enumerated() {
                    let stride = loop.strides[pointer.stream]
                    guard variable != nil, stride != 0 else { continue }
                    let inner = "\(pointer.name)\(level)\(index)"
                    writer.out.line(
                        "let \(inner) = "
                            + pointerText(names[slot], [(variable, stride)]))
                    names[slot] = inner
                }
                descend(index + 1, &writer)
                names = saved
            }
        }
        descend(0, &self)
    }

    /// `SourceWriter.loop` with this writer as the receiver.
    mutating func loopBlock(
        _ name: String, _ count: Int, _ body: (inout KernelWriter, String?) -> Void
    ) {
        if count == 1 {
            body(&self, nil)
        } else {
            block("for \(name) in 0..<\(count)") { body(&$0, name) }
        }
    }

    /// `head {`, what `body` writes, `}`.
    mutating func block(_ head: String, _ body: (inout KernelWriter) -> Void) {
        var outer = out
        outer.open(head)
        out = outer
        body(&self)
        out.close()
    }
}

extension [EpilogueInstruction] {
    /// Every operand, in stream order.
    var operands: [Operand] {
        flatMap { instruction -> [Operand] in
            switch instruction {
            case .unary: []
            case .scaleShift(let scale, let shift): [scale, shift]
            case .binary(_, let operand, _): [operand]
            }
        }.sorted { $0.stream < $1.stream }
    }
}

extension SourceWriter {
    mutating func open(_ head: String) {
        line(head.isEmpty ? "do {" : head + " {")
        indent(1)
    }

    mutating func close() {
        indent(-1)
        line("}")
    }
}
