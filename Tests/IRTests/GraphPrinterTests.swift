import IR
import Testing

@Suite struct GraphPrinterTests {
    @Test func longConstantsAreElided() throws {
        let graph = try GraphParser.parse(
            """
            graph g {
              %a = constant {1, 2, 3} : f32[3]
              %b = constant {1, 2} : i32[2]
              %c = constant splat 1 : f32[1000]
              return %a
            }
            """)
        let text = GraphPrinter(elideAbove: 2).print(graph)
        #expect(
            text == """
                graph g {
                  %a = constant elided : f32[3]
                  %b = constant {1, 2} : i32[2]
                  %c = constant splat 1.0 : f32[1000]
                  return "a" = %a
                }
                """)
    }

    /// What a pass got wrong must be visible in the text.
    @Test func aBrokenGraphCanBePrinted() {
        var graph = Graph(name: "broken")
        let relu = UnaryFunction(.relu)
        graph.nodes = [
            Node(
                op: .unary(UnaryOp(relu)), inputs: [ValueID(7)], type: TensorType(.float32, [2]),
                name: "a",
                layers: ["a"]),
            Node(
                op: .constant(ConstantOp(id: 3)), inputs: [], epilogue: [.unary(relu)],
                type: TensorType(.float32, [2]), name: "b", layers: ["b"]),
            Node(
                op: .convolution(
                    ConvolutionOp(strides: [1], padding: [], dilation: [1, 1], groups: 0)),
                inputs: [ValueID(0)],
                epilogue: [.binary(.add, operand: 5, reversed: false)],
                type: TensorType(.float32, [0]),
                name: "a", layers: ["a"]),
        ]
        graph.inputs = [ValueID(1)]
        graph.outputs = [GraphOutput(name: "y", value: ValueID(-1))]
        #expect(
            graph.description == """
                graph broken {
                  %a = unary %?7 function=relu : f32[2]
                  %b = constant missing then relu : f32[2]
                  %a = convolution %a strides=[1] dilation=[1,1] groups=0 then add(%?) : f32[0]
                  inputs %b
                  return "y" = %?-1
                }
                """)
        graph.outputs = []
        #expect(graph.description.hasSuffix("\n  return\n}"))
    }

    @Test func namesAreQuotedOnlyWhereTheyMustBe() {
        var graph = Graph(name: "my model")
        let x = graph.appendInput(name: "größe-1/a.b", type: TensorType(.float32, [1]))
        graph.append(.unary(UnaryOp(UnaryFunction(.tanh))), [x], name: "a b", layers: ["a\"b"])
        graph.outputs = [GraphOutput(name: "y", value: x)]
        #expect(
            graph.description == #"""
                graph "my model" {
                  %größe-1/a.b = input "größe-1/a.b" : f32[1] from "größe-1/a.b"
                  %"a b" = unary %größe-1/a.b function=tanh : f32[1] from "a\"b"
                  return "y" = %größe-1/a.b
                }
                """#)
    }
}
