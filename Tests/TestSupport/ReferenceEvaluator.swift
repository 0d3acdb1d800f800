import IR

/// The truth that engines and passes are compared with: every op in float64, written as its
/// definition reads, with no thought of speed.
///
/// It shares no arithmetic with the engines. Where Keras and the textbook differ, it is Keras.
package enum ReferenceEvaluator {
    /// The graph's outputs by name.
    ///
    /// - Parameters:
    ///   - inputs: The elements of each input by the input's name, row-major.
    ///   - disturb: what becomes of each element of each value, inputs and constants among them; to
    ///     see how much a rounding changes the result.
    /// - Precondition: `Verifier` finds nothing wrong with the graph, each input is given with as
    ///   many elements as its type has, and every constant is defined.
    package static func run(
        _ graph: Graph, inputs: [String: [Double]], disturb: ((Double) -> Double)? = nil
    ) -> [String: [Double]] {
        let values = allValues(of: graph, inputs: inputs, disturb: disturb)
        var outputs: [String: [Double]] = [:]
        for output in graph.outputs { outputs[output.name] = values[output.value.index] }
        return outputs
    }

    /// The elements of every value, by its index: to find the first node at which an engine
    /// diverges.
    package static func allValues(
        of graph: Graph, inputs: [String: [Double]], disturb: ((Double) -> Double)? = nil
    ) -> [[Double]] {
        var values: [ReferenceTensor] = []
        for node in graph.nodes {
            let operands = node.inputs.map { values[$0.index] }
            let opOperands = Array(operands.prefix(node.opInputCount))
            let value: ReferenceTensor
            switch node.op {
            case .input(let op):
                guard let elements = inputs[op.name] else { fatalError("no input \(op.name)") }
                value = ReferenceTensor(node.type.shape, elements)
            case .constant(let op):
                value = tensor(of: graph.constants[op.id])
            default:
                value = evaluate(node.op, opOperands)
            }
            precondition(value.shape == node.type.shape, "\(node.name): \(value.shape)")
            let result = apply(node.epilogue, to: value, operands)
            values.append(disturb.map { result.map($0) } ?? result)
        }
        return values.map(\.elements)
    }

    private static func tensor(of constant: Constant) -> ReferenceTensor {
        if case .integers(let integers) = constant.data {
            return ReferenceTensor(constant.type.shape, integers.map(Double.init))
        }
        guard let floats = constant.floats else { fatalError("\(constant.name) is undefined") }
        return ReferenceTensor(constant.type.shape, floats.map(Double.init))
    }

    private static func apply(
        _ epilogue: [EpilogueStep], to value: ReferenceTensor, _ operands: [ReferenceTensor]
    ) -> ReferenceTensor {
        var result = value
        for step in epilogue {
            switch step {
            case .unary(let function):
                result = result.map { ReferenceFunctions.unary(function, $0) }
            case .scaleShift(let scale, let shift):
                result = scaleShift(
                    result, operands[scale], operands[shift], axis: result.shape.count - 1)
            case .binary(let function, let slot, let reversed):
                let operand = operands[slot]
                result =
                    reversed ? binary(function, operand, result) : binary(function, result, operand)
            }
        }
        return result
    }

    private static func evaluate(_ op: Op, _ operands: [ReferenceTensor]) -> ReferenceTensor {
        let x = operands[0]
        switch op {
        case .input, .constant: fatalError("has no operands")
        case .convolution(let op):
            return convolution(op, x, operands[1], bias: operands.count > 2 ? operands[2] : nil)
        case .matmul:
            return matmul(x, operands[1], bias: operands.count > 2 ? operands[2] : nil)
        case .unary(let op): return x.map { ReferenceFunctions.unary(op.function, $0) }
        case .binary(let op): return binary(op.function, x, operands[1])
        case .scaleShift(let op): return scaleShift(x, operands[1], operands[2], axis: op.axis)
        case .batchNormalization(let op): return batchNormalization(op, operands)
        case .normalize(let op): return normalize(op, x)
        case .softmax(let op): return softmax(op, x)
        case .reduce(let op): return reduce(op, x)
        case .pool(let op): return pool(op, x)
        case .pad(let op): return pad(op, x)
        case .slice(let op): return slice(op, x)
        case .concatenate(let op): return concatenate(op, operands)
        case .interleave(let op): return interleave(op, operands)
        case .band(let op): return band(op, x, weights: operands[1])
        case .transpose(let op): return transpose(op, x)
        case .reshape(let op): return ReferenceTensor(op.shape, x.elements)
        case .resize(let op): return resize(op, x)
        case .gather: return gather(x, operands[1])
        case .recurrent(let op): return recurrent(op, operands)
        }
    }
}

/// A shape and its elements, row-major, read and made by index.
struct ReferenceTensor {
    let shape: [Int]
    let elements: [Double]

    init(_ shape: [Int], _ elements: [Double]) {
        precondition(elements.count == shape.reduce(1, *), "\(elements.count) for \(shape)")
        self.shape = shape
        self.elements = elements
    }

    /// Each element from its index.
    init(_ shape: [Int], _ element: ([Int]) -> Double) {
        var elements: [Double] = []
        for index in Self.indices(of: shape) { elements.append(element(index)) }
        self.init(shape, elements)
    }

    subscript(_ index: [Int]) -> Double { elements[offset(index)] }

    func offset(_ index: [Int]) -> Int {
        var offset = 0
        for (i, size) in zip(index, shape) { offset = offset * size + i }
        return offset
    }

    func map(_ function: (Double) -> Double) -> Self { Self(shape, elements.map(function)) }

    /// Every index of a shape in row-major order.
    static func indices(of shape: [Int]) -> [[Int]] {
        var result: [[Int]] = [[]]
        for size in shape { result = result.flatMap { head in (0..<size).map { head + [$0] } } }
        return result
    }
}
