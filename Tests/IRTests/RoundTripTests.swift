import IR
import Testing

/// Text that reads and prints as itself, and graphs that survive both.
@Suite struct RoundTripTests {
    /// `digits` in the textual form exactly as the printer writes it.
    static let digits = """
        graph digits {
          %input_layer = input "input_layer" : f32[1,4,4,1]
          %conv2d/kernel = constant splat 0.5 : f32[3,3,1,2]
          %conv2d = convolution %input_layer, %conv2d/kernel padding=[1:1,1:1] : f32[1,4,4,2]
          %pool = pool %conv2d kind=maximum window=[4,4] : f32[1,1,1,2]
          %flat = reshape %pool shape=[1,2] : f32[1,2]
          %w = constant {1.0, -0.5, 0.25, 1e-05} : f32[2,2] named "dense/kernel" from "dense"
          %s = constant {1.0, 2.0} : f32[2]
          %dense = matmul %flat, %w then scale_shift(%s, %s) then leaky_relu(slope=0.25) \
        then add(%flat) then reversed subtract(%s) : f32[1,2] from "dense", "batch_normalization"
          return "dense" = %dense, "flat" = %flat
        }
        """

    @Test func theExampleIsPrintedAsItIsRead() throws {
        let graph = try GraphParser.parse(Self.digits)
        #expect(GraphPrinter(elideAbove: nil).print(graph) == Self.digits)
        #expect(graph.description == Self.digits)
        #expect(Verifier.verify(graph).isEmpty)
        #expect(graph.inputs == [ValueID(0)])
        #expect(graph.constants.map(\.name) == ["conv2d/kernel", "dense/kernel", "s"])
        let dense = graph.nodes[7]
        #expect(dense.inputs.map(\.index) == [4, 5, 6, 6, 4, 6])
        #expect(dense.opInputCount == 2)
        #expect(
            dense.epilogue == [
                .scaleShift(scale: 2, shift: 3), .unary(UnaryFunction(.leakyReLU, 0.25)),
                .binary(.add, operand: 4, reversed: false),
                .binary(.subtract, operand: 5, reversed: true),
            ])
        #expect(dense.layers == ["dense", "batch_normalization"])
    }

    /// Every op with every attribute at its default and away from it.
    @Test(arguments: [
        "convolution %x4, %k", "convolution %x4, %k, %two strides=[2,1]",
        "convolution %x4, %k padding=[0:1,2:0]", "convolution %x4, %k dilation=[2,1]",
        "convolution %x4, %k2 groups=2",
        "convolution %x4, %k dilation=[1,2] input_dilation=[3,1]",
        "convolution %x4, %k2 strides=[2,2] padding=[1:1,1:1] dilation=[1,2] groups=2",
        "matmul %x, %m", "matmul %x, %m, %two",
        "unary %x function=relu",
        "unary %x function=general_relu(maximum=inf,slope=0.1,threshold=1.0)",
        "binary %x, %x function=squared_difference", "scale_shift %x4, %two, %two axis=3",
        "batch_normalization %x4, %two, %two, %two, %two axis=3 epsilon=0.001",
        "normalize %x4 kind=root_mean_square axes=[1,3] epsilon=1e-06",
        "softmax %x axes=[1]", "softmax %x kind=joint_softmax axes=[0,1]",
        "softmax %x kind=log_softmax axes=[0,1]",
        "reduce %x4 kind=mean axes=[1,2] keep=0", "reduce %x4 kind=sum axes=[3] keep=1",
        "pool %x4 kind=average window=[2,2]", "pool %x4 kind=maximum window=[2,2] strides=[1,2]",
        "pool %x4 kind=maximum window=[3,2] strides=[2,2] padding=[1:1,0:1]",
        "pad %x padding=[0:0,1:2]", "pad %x padding=[0:0,0:1] value=-inf",
        "pad %x padding=[1:0,0:0] value=nan", "pad %x padding=[0:0,0:0] value=-0.0",
        "pad %x padding=[0:0,0:0] value=1e+300", "pad %i padding=[1:1]",
        "slice %x starts=[0,1] sizes=[1,1]",
        "slice %x4 starts=[0,0,0,1] sizes=[1,2,2,1] steps=[1,2,3,1]",
        "concatenate %x, %x, %x axis=1", "concatenate %x axis=0", "concatenate %i, %i axis=0",
        "interleave %x4, %x4 factors=[1,1,2,1]", "interleave %x factors=[1,1]",
        "band %x4, %m axis=2 starts=[0,2] counts=[2,1]",
        "transpose %x4 permutation=[0,3,1,2]", "reshape %x4 shape=[2,4,4]", "reshape %s shape=[]",
        "resize %x4 method=linear sizes=[1,8,7,2]", "resize %x4 method=nearest sizes=[1,8,8,2]",
        "gather %m, %i", "unary %i function=not_equal(value=0.0)",
        "recurrent %x3, %l cell=lstm", "recurrent %x3, %l cell=lstm states=1",
        "recurrent %x3, %l cell=lstm gates=hard_sigmoid backwards=1 reversed=1 sequence=1",
        "recurrent %x3, %l, %mask, %h, %h cell=lstm zeros=1 mask=1 initial=1",
        "recurrent %x4, %k1 cell=simple activation=leaky_relu(slope=0.25) sequence=1",
    ])
    func everyOpIsReadAsItIsPrinted(_ op: String) throws {
        try expectRoundTrip(of: graph(with: op), op)
    }

    @Test(arguments: UnaryFunction.Kind.allCases)
    func everyFunctionOfOneIsReadAsItIsPrinted(_ kind: UnaryFunction.Kind) throws {
        let parameters = kind.parameterNames.indices.map { 0.1 * Double($0 + 1) }
        let function = UnaryFunction(kind: kind, parameters: parameters)
        let graph = try graph(with: "unary %x function=\(function) then \(function)")
        #expect(graph.nodes.last!.op == .unary(UnaryOp(function)))
        #expect(graph.nodes.last!.epilogue == [.unary(function)])
        try expectRoundTrip(of: graph, "unary %x function=\(function) then \(function)")
    }

    @Test(arguments: BinaryFunction.allCases)
    func everyFunctionOfTwoIsReadAsItIsPrinted(_ function: BinaryFunction) throws {
        let name = function.rawValue
        let op = "binary %x, %two function=\(name) then \(name)(%x) then reversed \(name)(%s)"
        try expectRoundTrip(of: graph(with: op), op)
    }

    /// A step's word says what kind of step it is.
    @Test func stepsHaveDistinctWords() {
        let words =
            UnaryFunction.Kind.allCases.map(\.rawValue) + BinaryFunction.allCases.map(\.rawValue)
            + ["scale_shift", "reversed"]
        #expect(Set(words).count == words.count)
    }

    @Test(arguments: [
        "conv2d.1", "a/b/c", "naïve-Ünïcode_層", "a b", "a,b", "a:b", "say \"hi\"", "back\\slash",
        "a//b",
        "#1", "(x)", "[0]", "{", "%", "=", "", "tab\tand\nline\r", "zero\u{200B}width", "\u{0}",
        "'",
    ])
    func everyNameIsReadAsItIsPrinted(_ name: String) throws {
        var graph = Graph(name: name)
        let x = graph.appendInput(name: name, type: TensorType(.float32, [1]))
        let c = graph.appendConstant(
            Constant(name: name, type: TensorType(.float32, [1]), data: .undefined),
            layers: [name, ""])
        let y = graph.append(.binary(BinaryOp(.add)), [x, c], name: name, layers: [])
        graph.outputs = [GraphOutput(name: name, value: y)]
        try expectSame(graph, throughText: graph)
    }

    @Test func everyFloatIsReadAsItIsPrinted() throws {
        var floats: [Float] = [
            0, -0.0, 1, -1, 0.1, 1 / 3, .infinity, -.infinity, .nan, .greatestFiniteMagnitude,
            .leastNonzeroMagnitude, -.leastNormalMagnitude, .ulpOfOne, 16_777_216, 1e10, 1.5e-7,
        ]
        var bits: UInt32 = 12345
        for _ in 0..<5000 {
            bits = bits &* 1_664_525 &+ 1_013_904_223
            let float = Float(bitPattern: bits)
            if !float.isNaN { floats.append(float) }
        }
        var graph = Graph(name: "floats")
        let type = TensorType(.float32, [floats.count])
        let c = graph.appendConstant(
            Constant(name: "c", type: type, data: .floats(floats)), layers: ["c"])
        for (index, float) in floats.prefix(16).enumerated() {
            let splat = Constant(name: "s\(index)", type: type, data: .splat(float))
            graph.appendConstant(splat, layers: ["s\(index)"])
        }
        graph.outputs = [GraphOutput(name: "c", value: c)]
        let read = try GraphParser.parse(GraphPrinter(elideAbove: nil).print(graph))
        #expect(read.constants[0].floats!.map(pattern(of:)) == floats.map(pattern(of:)))
        for (constant, float) in zip(read.constants.dropFirst(), floats) {
            guard case .splat(let value) = constant.data else {
                Issue.record("\(constant.name) is no splat")
                continue
            }
            #expect(pattern(of: value) == pattern(of: float))
        }
    }

    @Test func integersUndefinedAndInputOrderSurvive() throws {
        var graph = Graph(name: "g")
        let a = graph.appendInput(name: "a", type: TensorType(.int32, [2]))
        let b = graph.appendInput(name: "b", type: TensorType(.float32, []))
        graph.inputs = [b, a]
        let type = TensorType(.int32, [2])
        graph.appendConstant(
            Constant(name: "c", type: type, data: .integers([.min, .max])), layers: [])
        graph.appendConstant(Constant(name: "c", type: type, data: .undefined), layers: ["c"])
        graph.outputs = [GraphOutput(name: "a", value: a)]
        let text = """
            graph g {
              %a = input "a" : i32[2]
              %b = input "b" : f32[]
              %c = constant {-2147483648, 2147483647} : i32[2] from none
              %c.1 = constant undefined : i32[2] named "c" from "c"
              inputs %b, %a
              return "a" = %a
            }
            """
        #expect(GraphPrinter().print(graph) == text)
        try expectSame(graph, throughText: graph)
    }

    // MARK: What the tests share

    private func pattern(of float: Float) -> UInt32 { float.isNaN ? .max : float.bitPattern }

    private func graph(with op: String) throws -> Graph {
        try GraphParser.parse(
            """
            graph g {
              %x = input "x" : f32[1,2]
              %x4 = input : f32[1,4,4,2]
              %i = input : i32[3]
              %s = input : f32[1]
              %two = constant {1, 2} : f32[2]
              %m = constant splat 1 : f32[2,2]
              %k = constant splat 1 : f32[2,2,2,2]
              %k2 = constant splat 1 : f32[2,2,1,4]
              %k1 = constant splat 1 : f32[3,2,2]
              %x3 = input : f32[1,2,4]
              %l = constant splat 1 : f32[1,4]
              %mask = constant splat 1 : f32[1,2]
              %h = constant splat 1 : f32[1,1]
              %y = \(op)
              return %y
            }
            """)
    }

    private func expectRoundTrip(of graph: Graph, _ op: String) throws {
        #expect(Verifier.verify(graph).isEmpty)
        let printed = GraphPrinter(elideAbove: nil).print(graph)
        #expect(printed.contains("  %y = \(op) : \(graph.nodes.last!.type)\n"), "\(printed)")
        try expectSame(graph, throughText: graph)
    }

    private func expectSame(_ graph: Graph, throughText original: Graph) throws {
        let text = GraphPrinter(elideAbove: nil).print(original)
        let read = try GraphParser.parse(text)
        #expect(GraphPrinter(elideAbove: nil).print(read) == text)
        #expect(read.name == graph.name)
        #expect(read.inputs == graph.inputs)
        #expect(read.outputs == graph.outputs)
        try #require(read.nodes.count == graph.nodes.count)
        for (a, b) in zip(read.nodes, graph.nodes) {
            // A NaN attribute differs from itself; the texts above are the same.
            if !text.contains("nan") { #expect(a.op == b.op) }
            #expect(a.inputs == b.inputs)
            #expect(a.epilogue == b.epilogue)
            #expect(a.type == b.type)
            #expect(a.name == b.name)
            #expect(a.layers == b.layers)
        }
        try #require(read.constants.count == graph.constants.count)
        for (a, b) in zip(read.constants, graph.constants) {
            #expect(a.name == b.name)
            #expect(a.type == b.type)
            #expect(a.data == b.data)
        }
    }
}
