import IR
import Testing

@Suite struct GraphParserTests {
    @Test func whatFollowsMayBeLeftOut() throws {
        let graph = try GraphParser.parse(
            """
            # A comment, then a graph over several lines.
            graph digits-cnn { // another
              %x=input:f32[ 1, 8,8,1]
              %c/kernel = constant splat -1 : f32[3,3,1,4]
              %c = convolution %x,
                %c/kernel  # no attributes
                then relu
              %p = pool %c kind=maximum window=[2,2]
              %q = pad %p padding=[0:0,1:1,1:1,0:0]
              %s = slice %q starts=[0,0,0,0] sizes=[1,5,5,4]
              %t = softmax %s axes=[3] from "t", "u"
              return %t, "s" = %s}
            """)
        #expect(graph.name == "digits-cnn")
        #expect(graph.nodes.map(\.name) == ["x", "c/kernel", "c", "p", "q", "s", "t"])
        #expect(
            graph.nodes.map(\.layers) == [["x"], ["c"], ["c"], ["p"], ["q"], ["s"], ["t", "u"]])
        #expect(
            graph.nodes.map { "\($0.type)" } == [
                "f32[1,8,8,1]", "f32[3,3,1,4]", "f32[1,6,6,4]", "f32[1,3,3,4]", "f32[1,5,5,4]",
                "f32[1,5,5,4]", "f32[1,5,5,4]",
            ])
        #expect(graph.nodes[0].op == .input(InputOp(name: "x")))
        #expect(
            graph.nodes[2].op
                == .convolution(
                    ConvolutionOp(
                        strides: [1, 1], padding: [.zero, .zero], dilation: [1, 1], groups: 1)))
        #expect(
            graph.nodes[3].op
                == .pool(
                    PoolOp(.maximum, window: [2, 2], strides: [2, 2], padding: [.zero, .zero])))
        #expect(
            graph.outputs == [
                GraphOutput(name: "t", value: ValueID(6)),
                GraphOutput(name: "s", value: ValueID(5)),
            ])
        #expect(Verifier.verify(graph).isEmpty)
    }

    @Test func escapesAreRead() throws {
        let graph = try GraphParser.parse(
            #"graph g { %"a\"\\\n\t\r\u{e9}" = input "\u{1F600}" : f32[1] return }"#)
        #expect(graph.nodes[0].name == "a\"\\\n\t\ré")
        #expect(graph.nodes[0].op == .input(InputOp(name: "😀")))
    }

    @Test(arguments: [
        ("", "1:1: expected `graph`, found the end of the text"),
        ("model g {}", "1:1: expected `graph`, found `model`"),
        ("graph {", "1:7: expected the graph's name, found `{`"),
        ("graph g [", "1:9: expected `{`, found `[`"),
        ("graph g {", "1:10: expected a value, `inputs` or `return`, found the end of the text"),
        ("graph g {\n  5", "2:3: expected a value, `inputs` or `return`, found `5`"),
        ("graph g {\n  return", "2:9: expected a value, found the end of the text"),
        ("graph g {\n  return %x", "2:10: %x is not defined above"),
        ("graph g { return } x", "1:20: expected the end of the text, found `x`"),
        ("graph g { %", "1:12: expected a value's name, found the end of the text"),
        ("graph \"g", "1:7: the text in quotes doesn't end on its line"),
        ("graph \"a\\q", #"1:9: expected `\"`, `\\`, `\n`, `\t`, `\r` or `\u{…}`"#),
        ("graph \"\\u{110000}\"", #"1:8: expected `\"`, `\\`, `\n`, `\t`, `\r` or `\u{…}`"#),
        ("graph \"\\", #"1:8: expected `\"`, `\\`, `\n`, `\t`, `\r` or `\u{…}`"#),
    ])
    func aBrokenTextIsRefused(_ text: String, _ message: String) {
        expectError(in: text, message)
    }

    @Test(arguments: [
        ("%x = input : f32[1]", "4:3: %x is defined twice"),
        ("%y ; input", "4:6: expected `=`, found `;`"),
        ("%y = 5", "4:8: expected an op, found `5`"),
        ("%y = input \"y\"", "5:1: expected `:`, found `}`"),
        ("%y = input : f64[1]", "4:16: expected `f32` or `i32`, found `f64`"),
        ("%y = input : f32 1", "4:20: expected `[`, found `1`"),
        ("%y = input : f32[1", "5:1: expected `,` or `]`, found `}`"),
        ("%y = input : f32[a]", "4:20: expected a size, found `a`"),
        ("%y = input : f32[2,0]", "4:16: sizes should be positive, found f32[2,0]"),
        ("%y = input : f32[-2]", "4:16: sizes should be positive, found f32[-2]"),
        ("%y = input : f32[1.5]", "4:20: expected a size below 2147483648, found `1.5`"),
        (
            "%y = input : f32[-9223372036854775808]",
            "4:20: expected a size below 2147483648, found `-9223372036854775808`"
        ),
        (
            "%y = input : f32[2000000000,2000000000,9]",
            "4:16: f32[2000000000,2000000000,9] is too large"
        ),
        ("%y = unary %z function=relu", "4:14: %z is not defined above"),
        ("%y = unary %x,", "5:1: expected a value, found `}`"),
        (
            "%y = unary %x : f32[1,2]",
            "4:8: unary attribute `function` should be a function with its parameters"
        ),
        ("%y = unary %x function=relu : f32[1,3]", "4:31: %y is f32[1,2], not f32[1,3]"),
        ("%y = unary %x function=relu : i32[1,2]", "4:31: %y is f32[1,2], not i32[1,2]"),
        ("%y = unary %x function=relu a=1", "4:8: unary has no attribute `a`; it has function"),
        ("%y = matmul %x, %x a=1", "4:8: matmul has no attribute `a`; it has none"),
        ("%y = unary %x function=", "5:1: expected an attribute's value, found `}`"),
        (
            "%y = unary %x function=leaky_relu",
            "4:8: unary attribute `function` should be a function with its parameters"
        ),
        ("%y = unary %x function=lrelu(a=1)", "4:26: `lrelu` is no function"),
        ("%y = unary %x function=relu(a=1)", "4:26: `relu` takes no parameters, found a"),
        ("%y = unary %x function=elu(a=1)", "4:26: `elu` takes alpha, found a"),
        ("%y = unary %x function=elu()", "4:26: `elu` takes alpha, found none"),
        (
            "%y = unary %x function=elu(alpha=1,alpha=2)",
            "4:26: `elu` has a parameter given twice"
        ),
        ("%y = unary %x function=elu(alpha=x)", "4:36: expected a number, found `x`"),
        ("%y = unary %x function=elu(alpha=1", "5:1: expected `,` or `)`, found `}`"),
        ("%y = softmax %x axes=[1] axes=[1]", "4:28: attribute `axes` is given twice"),
        (
            "%y = softmax %x axes=[1:2]",
            "4:8: softmax attribute `axes` should be a list of integers"
        ),
        ("%y = softmax %x axes=[1,1:2]", "4:24: a list holds integers or pairs, not both"),
        ("%y = softmax %x axes=[1 2]", "4:27: expected `,` or `]`, found `2`"),
        ("%y = softmax %x axes=[x]", "4:25: expected an integer, found `x`"),
        (
            "%y = softmax %x axes=[99999999999]",
            "4:25: expected an integer below 2147483648, found `99999999999`"
        ),
        (
            "%y = softmax %x axes=[1] kind=max",
            "4:8: softmax attribute `kind` should be one of softmax, joint_softmax, log_softmax, sparsemax"
        ),
        ("%y = pad %x padding=[1]", "4:8: pad attribute `padding` should be a list of pairs"),
        ("%y = pad %x padding=[0:0,0:0] value=x", "4:8: pad attribute `value` should be a number"),
        ("%y = concatenate %x axis=1.5", "4:8: concatenate attribute `axis` should be an integer"),
        ("%y = concatenate axis=1", "4:8: concatenate takes at least one operand"),
        (
            "%y = reshape %x shape=[3]",
            "4:8: reshape to f32[3] doesn't keep the number of elements of f32[1,2]"
        ),
        (
            "%y = reshape %x shape=[2000000000,2000000000,9]",
            "4:8: reshape to f32[2000000000,2000000000,9] doesn't keep the number of elements of "
                + "f32[1,2]"
        ),
        (
            "%y = resize %x method=linear sizes=[2000000000,2000000000]\n"
                + "%z = pad %y padding=[2000000000:2000000000,2000000000:2000000000]\n",
            "5:6: pad gives f32[6000000000,6000000000], which is too large"
        ),
        ("%y = constant 5 : f32[1]", "4:17: expected `{`, `splat` or `undefined`, found `5`"),
        ("%y = constant {1 : f32[1]", "4:20: expected `,` or `}`, found `:`"),
        ("%y = constant {x} : f32[1]", "4:18: expected a number, found `x`"),
        ("%y = constant {infinity} : f32[1]", "4:18: expected a number, found `infinity`"),
        ("%y = constant {1.} : f32[1]", "4:18: expected a number, found `1.`"),
        ("%y = constant {1} : f32[2]", "4:17: expected 2 numbers for f32[2], found 1"),
        ("%y = constant {} : f32[]", "4:17: expected 1 numbers for f32[], found 0"),
        ("%y = constant {1, 1e99} : f32[2]", "4:21: `1e99` is no f32"),
        ("%y = constant {1.0} : i32[1]", "4:18: `1.0` is no i32"),
        ("%y = constant {3000000000} : i32[1]", "4:18: `3000000000` is no i32"),
        ("%y = constant splat 1 : i32[1]", "4:23: `splat` is for f32, not for i32[1]"),
        (
            "%y = constant elided : f32[9]",
            "4:17: `elided` stands for numbers that were not printed; print the graph with "
                + "`GraphPrinter(elideAbove: nil)`"
        ),
        ("%y = constant {1} : f32[1] named y", "4:36: expected the constant's name, found `y`"),
        ("%y = unary %x function=relu then", "5:1: expected a function, found `}`"),
        ("%y = unary %x function=relu then foo", "4:36: `foo` is no function"),
        ("%y = unary %x function=relu then add", "5:1: expected `(`, found `}`"),
        ("%y = unary %x function=relu then add(%x, %x)", "4:36: `add` takes 1, found 2"),
        (
            "%y = unary %x function=relu then scale_shift(%x)",
            "4:36: `scale_shift` takes 2, found 1"
        ),
        (
            "%y = unary %x function=relu then reversed relu",
            "4:45: only a function of two can be reversed, not `relu`"
        ),
        ("%y = unary %x function=relu then elu", "4:36: `elu` takes alpha, found none"),
        (
            "%y = unary %x function=relu from y",
            "4:36: expected a layer's name in quotes, found `y`"
        ),
        ("inputs", "5:1: expected a value, found `}`"),
        ("return \"y\" %x", "4:14: expected `=`, found `%x`"),
        ("return %x %x", "4:13: expected `}`, found `%x`"),
    ])
    func aBrokenLineIsRefused(_ line: String, _ message: String) {
        expectError(in: "graph g {\n  %x = input : f32[1,2]\n  # é😀\n  \(line)\n}", message)
    }

    @Test func anUnknownOpIsAnsweredWithTheKnownOnes() {
        expectError(
            in: "graph g { %y = conv2d %x }",
            "1:16: `conv2d` is no op; the ops are band, batch_normalization, binary, concatenate, "
                + "constant, convolution, gather, input, interleave, matmul, normalize, pad, pool, "
                + "recurrent, reduce, reshape, resize, scale_shift, slice, softmax, transpose, unary"
        )
    }

    /// No text at all makes the parser trap: every prefix, and every text with a piece cut out.
    @Test func mutilatedTextsAreRefusedQuietly() {
        let scalars = Array(RoundTripTests.digits.unicodeScalars)
        for end in scalars.indices {
            #expect(throws: GraphParseError.self) {
                try GraphParser.parse(string(scalars[..<end]))
            }
            let cut = string(scalars[..<end]) + string(scalars[min(end + 3, scalars.count)...])
            if let graph = try? GraphParser.parse(cut) { _ = Verifier.verify(graph) }
        }
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    private func expectError(in text: String, _ message: String) {
        let error = #expect(throws: GraphParseError.self) { try GraphParser.parse(text) }
        #expect(error?.description == message)
    }
}
