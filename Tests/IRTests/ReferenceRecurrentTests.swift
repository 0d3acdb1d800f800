import IR
import TestSupport
import Testing

/// The reference of recurrences on numbers that can be followed by hand.
@Suite struct ReferenceRecurrentTests {
    /// The result of an op over x = 1, 2, 4 (three steps of one unit).
    private func run(_ op: String, x: [Double] = [1, 2, 4], gates: Int = 1) throws -> [Double] {
        let graph = try GraphParser.parse(
            """
            graph g {
              %x = input "x" : f32[1,\(x.count / gates),\(gates)]
              %u = constant splat 0.5 : f32[1,\(gates)]
              %b = constant {0, 0, 1} : f32[3]
              %mask = constant {0, 1, 0} : f32[1,3]
              %h = constant {8} : f32[1,1]
              %y = \(op)
              return %y
            }
            """)
        return ReferenceEvaluator.run(graph, inputs: ["x": x])["y"]!
    }

    private let linear = "affine(scale=1.0,shift=0.0)"

    @Test func aStepAddsHalfOfTheLast() throws {
        let op = "recurrent %x, %u cell=simple activation=\(linear)"
        #expect(try run(op) == [5.25])
        #expect(try run(op + " sequence=1") == [1, 2.5, 5.25])
        #expect(try run(op + " sequence=1 backwards=1") == [3, 4, 4])
        #expect(try run(op + " sequence=1 backwards=1 reversed=1") == [4, 4, 3])
        #expect(try run(op + " sequence=1 reversed=1") == [5.25, 2.5, 1])
    }

    @Test func aMaskedStepKeepsTheState() throws {
        let op = "recurrent %x, %u, %mask cell=simple activation=\(linear) mask=1"
        #expect(try run(op + " sequence=1") == [0, 2, 2])
        #expect(try run(op + " sequence=1 backwards=1") == [2, 2, 0])
        #expect(try run(op + " sequence=1 zeros=1") == [0, 2, 0])
        #expect(try run(op) == [2])
        #expect(try run(op + " zeros=1") == [0])
    }

    /// Before the first step that counts the output is zero, whatever the state is.
    @Test func startsFromAState() throws {
        let op = "recurrent %x, %u, %mask, %h cell=simple activation=\(linear) mask=1 initial=1"
        #expect(try run(op + " sequence=1") == [0, 6, 6])
        let plain = "recurrent %x, %u, %h cell=simple activation=\(linear) initial=1 sequence=1"
        #expect(try run(plain) == [5, 4.5, 6.25])
    }

    @Test func lstmIsItsDefinition() throws {
        let op = "recurrent %x, %u cell=lstm activation=\(linear) gates=\(linear) sequence=1"
        // i, f, c, o = 1, 2, 3, 4: c = i c', h = o c; then all gates have h / 2 more.
        let y = try run(op, x: [1, 2, 3, 4, 0, 1, 0, 0], gates: 4)
        #expect(y == [12, 342])
    }

    @Test func gruIsItsDefinition() throws {
        let op = "recurrent %x, %u, %b cell=gru activation=\(linear) gates=\(linear) sequence=1"
        // z, r, c = 0.5, 2, 3: h = 0.5 * (3 + 2 * 1).
        let y = try run(op, x: [0.5, 2, 3, 0, 1, 0], gates: 3)
        // Then z, r = 1.25, 2.25, and the candidate is 2.25 * 2.25.
        #expect(y == [2.5, 1.859375])
        let before = "recurrent %x, %u cell=gru_reset_before activation=\(linear) gates=\(linear)"
        // h = 1.5, then z, r = 0.75, 1.75 and the candidate is 1.75 * 1.5 / 2.
        #expect(try run(before, x: [0.5, 2, 3, 0, 1, 0], gates: 3) == [1.453125])
    }

    @Test func rowsAreLookedUp() throws {
        let graph = try GraphParser.parse(
            """
            graph g {
              %i = input "i" : i32[2,2]
              %t = constant {1, 2, 3, 4} : f32[2,2]
              %y = gather %t, %i
              return %y
            }
            """)
        #expect(graph.nodes.last!.type.shape == [2, 2, 2])
        let y = ReferenceEvaluator.run(graph, inputs: ["i": [0, 1, -1, 2]])["y"]!
        #expect(y.prefix(6) == [1, 2, 3, 4, 3, 4])
        #expect(y.suffix(2).allSatisfy { $0.isNaN })
    }
}
