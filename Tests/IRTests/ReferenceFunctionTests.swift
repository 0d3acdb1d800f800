import IR
import TestSupport
import Testing

/// The definitions against numbers computed apart from them, with 40 digits.
@Suite struct ReferenceFunctionTests {
    private static let points = [-4, -1, -0.5, 0, 0.75, 1.25, 3.5]

    @Test(arguments: [
        ("relu", [0.0, 0.0, 0.0, 0.0, 0.75, 1.25, 3.5]),
        ("clipped_relu(maximum=1.5)", [0.0, 0.0, 0.0, 0.0, 0.75, 1.25, 1.5]),
        ("leaky_relu(slope=0.25)", [-1.0, -0.25, -0.125, 0.0, 0.75, 1.25, 3.5]),
        (
            "general_relu(maximum=2.5,slope=0.5,threshold=0.75)",
            [-2.375, -0.875, -0.625, -0.375, 0.0, 1.25, 2.5]
        ),
        (
            "elu(alpha=0.5)",
            [-0.4908421805556329, -0.31606027941427883, -0.1967346701436833, 0.0, 0.75, 1.25, 3.5]
        ),
        (
            "selu",
            [
                -1.7258986281898947, -1.1113307378125628, -0.6917581878028713, 0.0,
                0.7880257405166103, 1.3133762341943507, 3.677453455744182,
            ]
        ),
        (
            "celu(alpha=2.0)",
            [-1.7293294335267746, -0.7869386805747332, -0.44239843385719024, 0.0, 0.75, 1.25, 3.5]
        ),
        (
            "exponential",
            [
                0.01831563888873418, 0.36787944117144233, 0.6065306597126334, 1.0,
                2.117000016612675, 3.4903429574618414, 33.11545195869231,
            ]
        ),
        (
            "gelu",
            [
                -0.0001266849673324797, -0.15865525393145705, -0.15426876936299344, 0.0,
                0.5800294857173488, 1.117937782916431, 3.4991857982233756,
            ]
        ),
        (
            "gelu_tanh",
            [
                -7.024594819237268e-05, -0.1588080093917233, -0.15428599017485609, 0.0,
                0.5799605551656203, 1.1177142029697147, 3.499383802344626,
            ]
        ),
        ("hard_shrink(threshold=0.5)", [-4.0, -1.0, 0.0, 0.0, 0.75, 1.25, 3.5]),
        (
            "hard_sigmoid",
            [0.0, 0.3333333333333333, 0.4166666666666667, 0.5, 0.625, 0.7083333333333334, 1.0]
        ),
        (
            "hard_silu",
            [0.0, -0.3333333333333333, -0.20833333333333334, 0.0, 0.46875, 0.8854166666666666, 3.5]
        ),
        ("hard_tanh", [-1.0, -1.0, -0.5, 0.0, 0.75, 1.0, 1.0]),
        (
            "log_sigmoid",
            [
                -4.0181499279178094, -1.3132616875182228, -0.9740769841801067, -0.6931471805599453,
                -0.38687100611489994, -0.2519290813453729, -0.029750418272620566,
            ]
        ),
        (
            "mish",
            [
                -0.07259174079202536, -0.3034014613741089, -0.22074377465173, 0.0,
                0.6100183352182934, 1.1318703042410392, 3.493990715117519,
            ]
        ),
        (
            "sigmoid",
            [
                0.01798620996209156, 0.2689414213699951, 0.37754066879814546, 0.5,
                0.679178699175393, 0.7772998611746912, 0.9706877692486436,
            ]
        ),
        (
            "silu",
            [
                -0.07194483984836623, -0.2689414213699951, -0.18877033439907273, 0.0,
                0.5093840243815447, 0.9716248264683639, 3.397407192370253,
            ]
        ),
        ("soft_shrink(threshold=0.5)", [-3.5, -0.5, 0.0, 0.0, 0.25, 0.75, 3.0]),
        (
            "softplus",
            [
                0.01814992791780974, 0.3132616875182228, 0.4740769841801067, 0.6931471805599453,
                1.1368710061148999, 1.501929081345373, 3.5297504182726205,
            ]
        ),
        (
            "softsign",
            [
                -0.8, -0.5, -0.3333333333333333, 0.0, 0.42857142857142855, 0.5555555555555556,
                0.7777777777777778,
            ]
        ),
        ("sparse_plus", [0.0, 0.0, 0.0625, 0.25, 0.765625, 1.25, 3.5]),
        ("sparse_sigmoid", [0.0, 0.0, 0.25, 0.5, 0.875, 1.0, 1.0]),
        (
            "squareplus(b=4.0)",
            [
                0.2360679774997897, 0.6180339887498949, 0.7807764064044151, 1.0, 1.4430004681646913,
                1.8042476415070754, 3.7655644370746373,
            ]
        ),
        (
            "tanh",
            [
                -0.999329299739067, -0.7615941559557649, -0.46211715726000974, 0.0,
                0.6351489523872873, 0.8482836399575129, 0.9981778976111987,
            ]
        ),
        (
            "tanh_shrink",
            [
                -3.0006707002609327, -0.23840584404423512, -0.03788284273999024, 0.0,
                0.11485104761271268, 0.4017163600424871, 2.501822102388801,
            ]
        ),
        ("threshold(threshold=0.5,default=-7.0)", [-7.0, -7.0, -7.0, -7.0, 0.75, 1.25, 3.5]),
        ("affine(scale=0.5,shift=-1.25)", [-3.25, -1.75, -1.5, -1.25, -0.875, -0.625, 0.5]),
        ("negate", [4.0, 1.0, 0.5, 0.0, -0.75, -1.25, -3.5]),
        ("absolute", [4.0, 1.0, 0.5, 0.0, 0.75, 1.25, 3.5]),
        ("square", [16.0, 1.0, 0.25, 0.0, 0.5625, 1.5625, 12.25]),
    ])
    func everyFunctionOfOneIsItsDefinition(_ text: String, _ expected: [Double]) throws {
        let function = try function(text)
        for (x, y) in zip(Self.points, expected) {
            #expect(isClose(ReferenceFunctions.unary(function, x), y), "\(text) at \(x)")
        }
    }

    @Test func rootsAndReciprocals() {
        #expect(ReferenceFunctions.unary(UnaryFunction(.squareRoot), 6.25) == 2.5)
        #expect(ReferenceFunctions.unary(UnaryFunction(.squareRoot), -1).isNaN)
        #expect(ReferenceFunctions.unary(UnaryFunction(.reciprocal), -4) == -0.25)
        #expect(ReferenceFunctions.unary(UnaryFunction(.reciprocal), 0) == .infinity)
    }

    /// The example of Keras's ReLU layer with all three arguments.
    @Test func aGeneralReLUIsKerass() {
        let function = UnaryFunction(.generalReLU, 6, 0.1, 1)
        let expected = [-0.3, -0.05, 0, 2, 6]
        for (x, y) in zip([-2, 0.5, 1, 2, 9], expected) {
            #expect(isClose(ReferenceFunctions.unary(function, x), y))
        }
        // A maximum below the threshold, and a NaN and an infinity without a slope.
        let low = UnaryFunction(.generalReLU, 0.1, 0, 1)
        let inputs = [-Double.infinity, 0.5, 1, 2, .infinity, .nan]
        for (x, y) in zip(inputs, [0, 0, 0, 0.1, 0.1, 0]) {
            #expect(ReferenceFunctions.unary(low, x) == y)
        }
    }

    @Test func largeNumbersDoNotOverflow() {
        func f(_ kind: UnaryFunction.Kind, _ x: Double) -> Double {
            ReferenceFunctions.unary(UnaryFunction(kind), x)
        }
        #expect(f(.softplus, 1000) == 1000)
        #expect(f(.softplus, -1000) == 0)
        #expect(f(.logSigmoid, -1000) == -1000)
        #expect(f(.mish, 1000) == 1000)
        #expect(f(.sigmoid, 1000) == 1 && f(.sigmoid, -1000) == 0)
        #expect(f(.silu, 1000) == 1000)
        #expect(f(.gelu, 1000) == 1000 && f(.gelu, -1000) == 0)
        #expect(f(.hardSigmoid, .infinity) == 1)
        for kind in [UnaryFunction.Kind.silu, .gelu, .hardSiLU] {
            #expect(f(kind, -.infinity).isNaN, "\(kind)")
        }
    }

    @Test(arguments: UnaryFunction.Kind.allCases)
    func aNaNGoesThrough(_ kind: UnaryFunction.Kind) {
        let function = UnaryFunction(kind: kind, parameters: kind.parameterNames.map { _ in 0.5 })
        let y = ReferenceFunctions.unary(function, .nan)
        switch kind {
        case .hardShrink, .softShrink: #expect(y == 0)
        case .threshold: #expect(y == 0.5)
        case .notEqual: #expect(y == 1)
        default: #expect(y.isNaN)
        }
    }

    @Test func everyFunctionOfTwoIsItsDefinition() {
        let expected: [(BinaryFunction, Double, Double)] = [
            (.add, 0.5, -4.5), (.subtract, -5.5, -0.5), (.multiply, -7.5, 5),
            (.divide, -2.5 / 3, 1.25), (.maximum, 3, -2), (.minimum, -2.5, -2.5),
            (.prelu, -7.5, 5), (.squaredDifference, 30.25, 0.25),
            (.arctangent2, -0.694738276196703, -2.2455372690184494), (.keep, -2.5, -2.5),
            (.equal, 0, 0), (.less, 1, 1),
        ]
        #expect(expected.map(\.0) == BinaryFunction.allCases)
        for (function, withThree, withMinusTwo) in expected {
            #expect(isClose(ReferenceFunctions.binary(function, -2.5, 3), withThree))
            #expect(isClose(ReferenceFunctions.binary(function, -2.5, -2), withMinusTwo))
            if function.compares {
                #expect(ReferenceFunctions.binary(function, .nan, 1) == 0)
                #expect(ReferenceFunctions.binary(function, 1, .nan) == 0)
                continue
            }
            #expect(ReferenceFunctions.binary(function, .nan, 1).isNaN)
            if function != .prelu, function != .keep {
                #expect(ReferenceFunctions.binary(function, 1, .nan).isNaN)
            }
        }
        #expect(ReferenceFunctions.binary(.prelu, 2, -3) == 2)
        #expect(ReferenceFunctions.binary(.keep, .nan, 0) == 0)
        #expect(ReferenceFunctions.binary(.keep, 2, .nan) == 2)
        #expect(ReferenceFunctions.binary(.equal, 2, 2) == 1)
        #expect(ReferenceFunctions.binary(.less, 2, 2) == 0)
    }

    private func function(_ text: String) throws -> UnaryFunction {
        let graph = try GraphParser.parse(
            "graph g { %x = input : f32[1] %y = unary %x function=\(text) return %y }")
        guard case .unary(let op) = graph.nodes[1].op else { fatalError("\(text)") }
        return op.function
    }
}

/// Equal up to rounding in float64.
func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-13) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
}

func areClose(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-13) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, within: tolerance) }
}
