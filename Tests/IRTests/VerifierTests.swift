import IR
import Testing

/// One graph that is right, and for each rule a change that breaks it.
@Suite struct VerifierTests {
    private static let legal = """
        graph g {
          %x = input : f32[2,3]
          %x2 = input : f32[3]
          %w = constant splat 1 : f32[3,4]
          %s = constant {1, 2, 3, 4} : f32[4]
          %i = constant {1, 2} : i32[2]
          %r = constant undefined : f32[2,1]
          %d = matmul %x, %w, %s then scale_shift(%s, %s) then relu then add(%r)
          %t = transpose %d permutation=[1,0]
          %sum = reduce %x kind=sum axes=[0,1] keep=0
          return %t, "d" = %d
        }
        """
    // The indices of its nodes.
    private static let (x, x2, w, s, i, r, d, t, sum) = (0, 1, 2, 3, 4, 5, 6, 7, 8)

    struct Case: Sendable, CustomTestStringConvertible {
        let messages: [String]
        let spoil: @Sendable (inout Graph) -> Void

        init(_ messages: String..., spoil: @escaping @Sendable (inout Graph) -> Void) {
            self.messages = messages
            self.spoil = spoil
        }

        var testDescription: String { messages.joined(separator: "; ") }
    }

    @Test func theLegalGraphIsLegal() throws {
        let graph = try GraphParser.parse(Self.legal)
        #expect(Verifier.verify(graph) == [])
    }

    @Test(arguments: nodeCases + constantCases + epilogueCases + endCases)
    func aBrokenRuleIsNamed(_ test: Case) throws {
        var graph = try GraphParser.parse(Self.legal)
        test.spoil(&graph)
        #expect(Verifier.verify(graph).map(\.message) == test.messages)
    }

    @Test func allViolationsAreFound() throws {
        var graph = try GraphParser.parse(Self.legal)
        graph.nodes[Self.t].inputs = [ValueID(-3)]
        graph.nodes[Self.i].type.shape = [0]
        graph.outputs = []
        #expect(
            Verifier.verify(graph).map(\.message) == [
                "%i: sizes should be positive, found i32[0]",
                "%i: should be i32[2] as its constant is, not i32[0]",
                "%t: operand 0 is value -3, which is no node",
                "graph g: has no outputs",
            ])
    }

    @Test func onlyOpsThatStoreWhatTheyComputeCarryAnEpilogue() {
        let window = PoolOp(.maximum, window: [1], strides: [1], padding: [.zero])
        let ops: [(any Operation, Bool)] = [
            (InputOp(name: "x"), false), (ConstantOp(id: 0), false), (MatmulOp(), true),
            (ConvolutionOp(strides: [1], padding: [.zero], dilation: [1], groups: 1), true),
            (UnaryOp(UnaryFunction(.relu)), true), (BinaryOp(.add), true),
            (ScaleShiftOp(axis: 0), true), (window, true),
            (ReduceOp(.sum, axes: [0], keepDims: false), true),
            (NormalizeOp(.unit, axes: [0], epsilon: 0), true),
            (BatchNormalizationOp(axis: 0, epsilon: 0), false), (SoftmaxOp(axes: [0]), false),
            (PadOp([]), false), (SliceOp(starts: [], sizes: []), false),
            (ConcatenateOp(axis: 0), false), (TransposeOp([0]), false), (ReshapeOp([1]), false),
            (ResizeOp(.linear, sizes: [1]), false),
        ]
        for (op, may) in ops { #expect(op.mayCarryEpilogue == may, "\(type(of: op).mnemonic)") }
    }

    // MARK: The rules

    private static let nodeCases = [
        Case("%d: operand 1 is value 12, which is no node") { $0.nodes[d].inputs[1] = ValueID(12) },
        Case("%d: operand 5 is value -1, which is no node") { $0.nodes[d].inputs[5] = ValueID(-1) },
        Case("%d: operand 0, %t, should stand before it") { $0.nodes[d].inputs[0] = ValueID(t) },
        Case("%d: operand 0, %d, should stand before it") { $0.nodes[d].inputs[0] = ValueID(d) },
        Case("%w: another node has the same name") { $0.nodes[s].name = "w" },
        Case(#"%"a b": another node has the same name"#) {
            $0.nodes[s].name = "a b"
            $0.nodes[i].name = "a b"
        },
        Case("%t: transpose takes 1 operands, not 2") { $0.nodes[t].inputs.append(ValueID(x)) },
        Case("%t: transpose [0, 0] is no permutation of 2 axes") {
            $0.nodes[t].op = .transpose(TransposeOp([0, 0]))
        },
        Case("%t: should be f32[4,2], not f32[2,4]") { $0.nodes[t].type.shape = [2, 4] },
        Case("%t: should be f32[4,2], not i32[4,2]") { $0.nodes[t].type.elementType = .int32 },
        Case("%x2: sizes should be positive, found f32[-3]") { $0.nodes[x2].type.shape = [-3] },
        Case("%x2: f32[4611686018427387904,2] is too large") {
            $0.nodes[x2].type.shape = [1 << 62, 2]
        },
        Case("%x2: an input has no operands") { $0.nodes[x2].inputs = [ValueID(x)] },
    ]

    private static let constantCases = [
        Case("%s: a constant has no operands") { $0.nodes[s].inputs = [ValueID(x)] },
        Case("%s: is constant 4 and there are 4") { $0.nodes[s].op = .constant(ConstantOp(id: 4)) },
        Case("%s: is constant -1 and there are 4") {
            $0.nodes[s].op = .constant(ConstantOp(id: -1))
        },
        Case("%i: should be i32[2] as its constant is, not i32[1]") {
            $0.nodes[i].type.shape = [1]
        },
        Case("%s: holds 3 elements, should hold f32[4]") {
            $0.constants[1].data = .floats([1, 2, 3])
        },
        Case("%s: holds i32 elements, should hold f32[4]") {
            $0.constants[1].data = .integers([1, 2, 3, 4])
        },
        Case("%i: holds f32 elements, should hold i32[2]") { $0.constants[2].data = .splat(1) },
    ]

    private static let epilogueCases = [
        Case("%t: transpose can't carry an epilogue") {
            $0.nodes[t].epilogue = [.unary(UnaryFunction(.relu))]
        },
        Case("%x: input can't carry an epilogue") {
            $0.nodes[x].epilogue = [.unary(UnaryFunction(.relu))]
        },
        Case("%d: the epilogue reads operands [3, 4, 6] and there are 6") {
            $0.nodes[d].epilogue[2] = .binary(.add, operand: 6, reversed: false)
        },
        Case("%d: the epilogue reads operands [-1, 4, 5] and there are 6") {
            $0.nodes[d].epilogue[0] = .scaleShift(scale: -1, shift: 4)
        },
        Case(
            "%d: the epilogue reads operands [3, 4, 4], "
                + "should read each of the last 3 of 6 in order"
        ) { $0.nodes[d].epilogue[2] = .binary(.add, operand: 4, reversed: false) },
        Case(
            "%d: the epilogue reads operands [3, 4, 5], "
                + "should read each of the last 3 of 7 in order"
        ) { $0.nodes[d].inputs.append(ValueID(r)) },
        Case(
            "%d: the epilogue reads operands [4, 3, 5], "
                + "should read each of the last 3 of 6 in order"
        ) { $0.nodes[d].epilogue[0] = .scaleShift(scale: 4, shift: 3) },
        Case("%d: scale_shift takes f32[4], not f32[3]") { $0.nodes[d].inputs[3] = ValueID(x2) },
        Case("%d: scale_shift takes f32[4], not f32[2,1]") { $0.nodes[d].inputs[4] = ValueID(r) },
        Case("%sum: scale_shift needs a last axis, f32[] has none") {
            $0.nodes[sum].inputs += [ValueID(s), ValueID(s)]
            $0.nodes[sum].epilogue = [.scaleShift(scale: 1, shift: 2)]
        },
        Case("%d: add takes what broadcasts to f32[2,4], not i32[2]") {
            $0.nodes[d].inputs[5] = ValueID(i)
        },
        Case("%d: add takes what broadcasts to f32[2,4], not f32[2,3]") {
            $0.nodes[d].inputs[5] = ValueID(x)
        },
        // It broadcasts, and the result would be larger.
        Case("%sum: add takes what broadcasts to f32[], not f32[2,1]") {
            $0.nodes[sum].inputs.append(ValueID(r))
            $0.nodes[sum].epilogue = [.binary(.add, operand: 1, reversed: true)]
        },
    ]

    private static let endCases = [
        Case("%x2: should be listed as an input") { $0.inputs = [ValueID(x)] },
        Case("%x: is listed as an input twice") { $0.inputs.append(ValueID(x)) },
        Case("%w: is listed as an input and is a constant") { $0.inputs.append(ValueID(w)) },
        Case("graph g: input value 99 is no node") { $0.inputs.append(ValueID(99)) },
        Case(#"%x2: another input is named "x""#) { $0.nodes[x2].op = .input(InputOp(name: "x")) },
        Case("graph g: has no outputs") { $0.outputs = [] },
        Case(#"graph g: two outputs are named "d""#) { $0.outputs[0].name = "d" },
        Case(#"graph g: output "d" is value 99, which is no node"#) {
            $0.outputs[1].value = ValueID(99)
        },
    ]
}
