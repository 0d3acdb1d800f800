import Compiler
import Diagnostics
import Testing

/// What is said of a spec that is broken in more than one way.
@Suite struct CheckTests {
    static func codes(_ text: String) -> [String] {
        var bag = DiagnosticBag()
        let model = Compiler.check(SourceFile(path: "model.yaml", text: text), into: &bag)
        #expect((model == nil) == bag.hasErrors)
        return bag.sorted().map { $0.code.id }
    }

    @Test func allIndependentErrorsAreReported() {
        let found = Self.codes(
            """
            layers:
              - Input: {shape: [5, 5, 1]}
              - Conv2D: {filters: 8, kernel_size: 7}
              - Dense: {unit: 10}
              - Denze: {units: 10}
            """)
        #expect(found == ["BNC2103", "BNC2002", "BNC2003"])
    }

    /// A bracket that is never closed hides what is behind it, and nothing before it.
    @Test func aSyntaxErrorHidesOnlyWhatFollows() {
        let found = Self.codes(
            """
            layers:
              - Input: {shape: [5, 5, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, pading: same}
              - Flatten
              - Dense: {units: [10
            """)
        #expect(found == ["BNC2002", "BNC1007"])
    }

    /// A tree that is cut off lacks nothing: it was not read.
    @Test func aCutOffLayerMissesNoArgument() {
        let found = Self.codes(
            """
            layers:
              - Input: {shape: [5, 5, 1]}
              - Conv2D: {kernel_size: 3, "filters
            """)
        #expect(found == ["BNC1009"])
    }

    @Test func anchorsHaveAPlace() {
        let found = Self.codes(
            """
            x-block: &block {filters: 4, kernel_size: 3, padding: same}
            layers:
              - Input: {shape: [5, 5, 1]}
              - Conv2D: *block
              - Conv2D: {<<: *block, strides: 2}
            """)
        #expect(found == [])
    }
}
