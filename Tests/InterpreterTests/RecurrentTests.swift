import IR
import Interpreter
import Passes
import Plan
import TestSupport
import Testing

/// Recurrences and lookups against double precision, from the graph on.
@Suite struct RecurrentTests {
    /// One recurrence with random data.
    struct Case: CustomStringConvertible {
        let op: RecurrentOp
        let batch: Int
        let steps: Int
        let spatial: [Int]
        let kernel: [Int]
        let units: Int

        var description: String {
            "\(op.cell) \(batch)x\(steps)x\(spatial) kernel \(kernel) units \(units) \(op)"
        }

        var xShape: [Int] { [batch, steps] + spatial + [units * op.cell.gateCount] }

        /// Inputs x, mask and states; weights as constants.
        func graph(_ generator: inout SeededGenerator) -> (Graph, [String: [Float]]) {
            var graph = Graph(name: "test")
            var data: [String: [Float]] = [:]
            func input(_ name: String, _ shape: [Int], _ values: [Float]) -> ValueID {
                data[name] = values
                return graph.appendInput(name: name, type: TensorType(shape))
            }
            func constant(_ name: String, _ shape: [Int]) -> ValueID {
                // Small enough that errors don't grow from step to step.
                let scale = 0.6 / Float(units).squareRoot()
                let values = generator.floats(shape.reduce(1, *)).map { $0 * scale }
                return graph.appendConstant(
                    Constant(name: name, type: TensorType(shape), data: .floats(values)),
                    layers: [])
            }
            func floats(_ shape: [Int]) -> [Float] { generator.floats(shape.reduce(1, *)) }
            var operands = [
                input("x", xShape, floats(xShape)),
                constant("kernel", kernel + [units, units * op.cell.gateCount]),
            ]
            if op.cell.hasRecurrentBias { operands.append(constant("bias", [3 * units])) }
            if op.hasMask {
                let mask = (0..<batch * steps).map { _ in Float(generator.integer(0...2).signum()) }
                operands.append(input("mask", [batch, steps], mask))
            }
            if op.hasInitialState {
                let shape = [batch] + spatial + [units]
                for index in 0..<op.cell.stateCount {
                    operands.append(input("state\(index)", shape, floats(shape)))
                }
            }
            let value = graph.append(.recurrent(op), operands, name: "y", layers: [])
            graph.outputs = [GraphOutput(name: "y", value: value)]
            return (graph, data)
        }

        func check(seed: Int, target: Target) {
            var generator = SeededGenerator(seed)
            let (graph, data) = graph(&generator)
            #expect(Verifier.verify(graph).isEmpty, "\(self)")
            let truth = ReferenceEvaluator.run(
                graph, inputs: data.mapValues { $0.map(Double.init) })
            let plan = Planner.plan(graph, target: target, remarks: [])
            let found = Interpreter(plan).predict(plan.inputs.map { data[$0.name]! })
            let problem = difference(
                found, [truth["y"]!.map { Float($0) }], tolerance: 1e-5)
            #expect(problem == nil, "\(self)")
        }
    }

    /// The interpreter's own plan, and plans with the blocks of two CPUs.
    static let targets: [Target] = [
        Target(
            name: "interpreter", lanes: 4, hasFMA: false, vectorRegisters: 16,
            tiles: [Interpreter.tiles.many, Interpreter.tiles.single]),
        .generic, .x86v4,
    ]

    static let activations: [UnaryFunction] = [
        UnaryFunction(.tanh), UnaryFunction(.relu), UnaryFunction(.affine, 1, 0),
        UnaryFunction(.softsign), UnaryFunction(.leakyReLU, 0.2),
    ]

    @Test(arguments: RecurrentOp.Cell.allCases, [1, 3, 4, 17, 33, 70])
    func agreesForEachNumberOfUnits(cell: RecurrentOp.Cell, units: Int) {
        for flags in 0..<64 {
            let seed = units * 100 + flags
            let item = Case(
                op: Self.op(cell, flags, seed), batch: 1 + seed % 2, steps: [1, 2, 6][seed % 3],
                spatial: [], kernel: [], units: units)
            item.check(seed: seed, target: Self.targets[seed % 3])
        }
    }

    @Test(arguments: RecurrentOp.Cell.allCases)
    func agreesOverSpatialAxes(cell: RecurrentOp.Cell) {
        let shapes: [(spatial: [Int], kernel: [Int])] = [
            ([5], [3]), ([7], [4]), ([1], [1]), ([3, 4], [2, 3]), ([9, 1], [3, 1]),
            ([2, 3, 3], [2, 1, 3]), ([40], [5]),
        ]
        for (index, shape) in shapes.enumerated() {
            for flags in stride(from: index, to: 64, by: 5) {
                for (number, units) in [1, 5, 18].enumerated() {
                    let item = Case(
                        op: Self.op(cell, flags, index + number), batch: 1 + flags % 2,
                        steps: 1 + flags % 3, spatial: shape.spatial, kernel: shape.kernel,
                        units: units)
                    item.check(seed: flags, target: Self.targets[number])
                }
            }
        }
    }

    private static func op(_ cell: RecurrentOp.Cell, _ flags: Int, _ seed: Int) -> RecurrentOp {
        RecurrentOp(
            cell, activation: activations[seed % activations.count],
            recurrentActivation: UnaryFunction(seed % 4 == 0 ? .hardSigmoid : .sigmoid),
            isBackwards: flags & 1 != 0, isReversed: flags & 2 != 0,
            returnsSequence: flags & 4 != 0, zerosMasked: flags & 1 == flags >> 4 & 1,
            hasMask: flags & 8 != 0, hasInitialState: flags & 16 != 0,
            returnsState: flags & 32 != 0)
    }

    /// A masked step with NaN in it leaves no trace; without the mask it would.
    @Test(arguments: RecurrentOp.Cell.allCases, [false, true])
    func maskedNaNIsNotRead(cell: RecurrentOp.Cell, isMasked: Bool) {
        let item = Case(
            op: RecurrentOp(cell, returnsSequence: true, hasMask: true), batch: 1, steps: 4,
            spatial: [], kernel: [], units: 5)
        var generator = SeededGenerator(7)
        var (graph, data) = item.graph(&generator)
        let width = 5 * cell.gateCount
        for index in width..<2 * width { data["x"]![index] = .nan }
        data["mask"] = [1, isMasked ? 0 : 1, 1, 1]
        let truth = ReferenceEvaluator.run(graph, inputs: data.mapValues { $0.map(Double.init) })
        graph.compact()
        let plan = Planner.plan(graph, target: Self.targets[0], remarks: [])
        let found = Interpreter(plan).predict(plan.inputs.map { data[$0.name]! })
        #expect(difference(found, [truth["y"]!.map { Float($0) }], tolerance: 1e-5) == nil)
        #expect(found[0].contains { $0.isNaN } != isMasked)
        #expect(!found[0].prefix(5).contains { $0.isNaN })
    }

    @Test func looksUpRows() {
        var graph = Graph(name: "test")
        let table = graph.appendConstant(
            Constant(
                name: "table", type: TensorType([3, 2]), data: .floats([10, 11, 20, 21, 30, 31])),
            layers: [])
        let x = graph.appendInput(name: "x", type: TensorType([11]))
        let y = graph.append(.gather(GatherOp()), [table, x], name: "y", layers: [])
        graph.outputs = [GraphOutput(name: "y", value: y)]
        let indices: [Float] = [
            0, 2, 1.9, -0.5, -1, -3, -3.9, 3, -4, .nan, .infinity,
        ]
        let expected: [Float] = [
            10, 11, 30, 31, 20, 21, 10, 11, 30, 31, 10, 11, 10, 11, .nan, .nan, .nan, .nan, .nan,
            .nan, .nan, .nan,
        ]
        let truth = ReferenceEvaluator.run(graph, inputs: ["x": indices.map(Double.init)])
        #expect(difference([truth["y"]!.map { Float($0) }], [expected]) == nil)
        for target in Self.targets {
            let plan = Planner.plan(graph, target: target, remarks: [])
            #expect(difference(Interpreter(plan).predict([indices]), [expected]) == nil)
        }
    }
}
