import IR
import Testing

@Suite struct GraphTests {
    private let relu = Op.unary(UnaryOp(UnaryFunction(.relu)))
    private let add = Op.binary(BinaryOp(.add))
    private let type = TensorType(.float32, [1, 2])

    @Test func appendInfersTheTypeFromTheOpsOwnOperands() {
        var graph = Graph(name: "g")
        let x = graph.appendInput(name: "x", type: type)
        let w = graph.appendConstant(
            Constant(name: "w", type: TensorType(.float32, [2, 3]), data: .splat(1)), layers: ["d"])
        let b = graph.appendConstant(
            Constant(name: "b", type: TensorType(.float32, [3]), data: .undefined), layers: ["d"])
        let y = graph.append(
            .matmul(MatmulOp()), [x, w, b], epilogue: [.binary(.add, operand: 2, reversed: false)],
            name: "d", layers: ["d"])
        #expect(graph.type(y) == TensorType(.float32, [1, 3]))
        #expect(graph[y].opInputCount == 2)
        #expect(graph.constant(w)?.name == "w")
        #expect(graph.constant(x) == nil)
        #expect(graph.inputs == [x])
        graph.outputs = [GraphOutput(name: "d", value: y)]
        #expect(graph.isOutput(y) && !graph.isOutput(x))
        #expect(graph.useCounts() == [1, 1, 1, 1])
        #expect(Verifier.verify(graph).isEmpty)
    }

    @Test func namesAreMadeUnique() {
        var graph = Graph(name: "g")
        graph.appendInput(name: "x", type: type)
        graph.appendInput(name: "x.1", type: type)
        graph.appendInput(name: "x", type: type)
        graph.appendInput(name: "x", type: type)
        #expect(graph.nodes.map(\.name) == ["x", "x.1", "x.2", "x.3"])
        // What compact() drops may be used again.
        graph.append(relu, [ValueID(0)], name: "y", layers: [])
        graph.compact()
        graph.append(relu, [ValueID(0)], name: "y", layers: [])
        graph.append(relu, [ValueID(0)], name: "y", layers: [])
        #expect(graph.nodes.map(\.name) == ["x", "x.1", "x.2", "x.3", "y", "y.1"])
    }

    @Test func replaceUsesReachesReadersAndOutputsButNotTheReplacement() throws {
        var graph = try GraphParser.parse(
            """
            graph g {
              %x = input : f32[1,2]
              %a = unary %x function=relu
              %b = binary %a, %a function=add then add(%a)
              return %a, %b
            }
            """)
        let x = ValueID(0)
        let a = ValueID(1)
        let new = graph.append(add, [a, x], name: "new", layers: ["a"])
        graph.replaceUses(of: a, with: new)
        #expect(graph[ValueID(2)].inputs == [new, new, new])
        #expect(graph[new].inputs == [a, x])
        #expect(graph.outputs.map(\.value) == [new, ValueID(2)])
    }

    @Test func compactKeepsOrderAndDropsTheDead() throws {
        var graph = try GraphParser.parse(
            """
            graph g {
              %unread = input : f32[1,2]
              %x = input : f32[1,2]
              %dead = constant splat 1 : f32[2]
              %c = constant splat 2 : f32[2]
              %a = unary %x function=relu
              %deadend = binary %a, %dead function=add
              %b = unary %x function=tanh
              %y = binary %b, %a function=add
              %z = binary %y, %c function=add
              return %z, %b
            }
            """)
        graph.compact()
        #expect(
            graph.description == """
                graph g {
                  %unread = input "unread" : f32[1,2]
                  %x = input "x" : f32[1,2]
                  %c = constant splat 2.0 : f32[2]
                  %a = unary %x function=relu : f32[1,2]
                  %b = unary %x function=tanh : f32[1,2]
                  %y = binary %b, %a function=add : f32[1,2]
                  %z = binary %y, %c function=add : f32[1,2]
                  return "z" = %z, "b" = %b
                }
                """)
        #expect(graph.constants.map(\.name) == ["c"])
        #expect(Verifier.verify(graph).isEmpty)
    }

    @Test func compactRestoresTopologicalOrder() throws {
        var graph = try GraphParser.parse(
            """
            graph g {
              %x = input : f32[1,2]
              %a = unary %x function=relu
              %b = unary %a function=tanh
              %c = unary %x function=sigmoid
              return %b, %c
            }
            """)
        // A node appended late moves in front of its reader, and no other node moves.
        let late = graph.append(relu, [ValueID(1)], name: "late", layers: [])
        graph[ValueID(2)].inputs = [late]
        #expect(!Verifier.verify(graph).isEmpty)
        graph.compact()
        #expect(graph.nodes.map(\.name) == ["x", "a", "late", "b", "c"])
        #expect(Verifier.verify(graph).isEmpty)
    }

    @Test func compactGivesSharedConstantsEachTheirOwn() {
        var graph = Graph(name: "g")
        let c = graph.appendConstant(
            Constant(name: "c", type: type, data: .splat(1)), layers: [])
        graph.nodes.append(
            Node(op: graph[c].op, inputs: [], type: type, name: "d", layers: []))
        graph.outputs = [
            GraphOutput(name: "c", value: c), GraphOutput(name: "d", value: ValueID(1)),
        ]
        graph.compact()
        #expect(graph.constants.count == 2)
        #expect(Verifier.verify(graph).isEmpty)
    }
}
