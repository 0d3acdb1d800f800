import IR
import Plan

/// The emitted class: what a model is, how it is made, how it predicts.
extension ModelSource {
    private func shape(_ type: TensorType) -> String {
        "[" + type.shape.map(String.init).joined(separator: ", ") + "]"
    }

    func model(_ out: inout SourceWriter) {
        let inputs = plan.inputs.map { "\($0.name) \(shape($0.type))" }.joined(separator: ", ")
        let outputs = plan.outputs.map { "\($0.name) \(shape($0.type))" }.joined(separator: ", ")
        out.comment("`\(plan.name)`: \(inputs) to \(outputs), float32, row-major, batch first.")
        out.line("///")
        let holds =
            threads > 1
            ? "the memory for intermediate values and threads of its own"
            : "the memory for intermediate values"
        out.comment(
            "An instance holds \(holds): use one on one thread at a time. "
                + "Instances made with `init(sharing:)` share the weights.")
        out.block("public final class \(typeName)") { out in
            func list(_ name: String, _ doc: String, _ type: String, _ items: [String]) {
                out.line("/// \(doc)")
                out.line(
                    "public static let \(name): [\(type)] = [\(items.joined(separator: ", "))]")
            }
            func quoted(_ name: String) -> String { Self.quoted(name) }
            list(
                "inputNames", "The inputs' names, in the order of the spec.", "String",
                plan.inputs.map { quoted($0.name) })
            list(
                "inputShapes", "Their shapes, batch first.", "[Int]",
                plan.inputs.map { shape($0.type) })
            list(
                "outputNames", "The outputs' names.", "String", plan.outputs.map { quoted($0.name) }
            )
            list(
                "outputShapes", "Their shapes, batch first.", "[Int]",
                plan.outputs.map { shape($0.type) })
            out.line("/// Floats in the packed weights, and in the memory for intermediate values.")
            if isMulti {
                out.line("public static let weightCount = Variant.best.weightCount")
                out.line("public static let arenaCount = Variant.best.arenaCount")
            } else {
                out.line("public static let weightCount = \(plan.constants.count)")
                out.line("public static let arenaCount = \(plan.arenaCount)")
            }
            if threads > 1 {
                out.line("/// How many threads can share the work of a prediction.")
                out.line("public static let threadCount = \(threads)")
            }
            out.line()
            out.paragraph(
                """
                /// Why a model can't be loaded or a prediction not be made.
                public struct Failure: Error, CustomStringConvertible {
                    public let description: String
                }

                private let storage: Memory
                private let weights: UnsafePointer<Float>
                private let scratch: Memory
                private let arena: UnsafeMutablePointer<Float>
                """)
            if threads > 1 { out.line("private let threads: Threads") }
            if isMulti { variantProperty(&out) }
            out.line()
            initializers(&out)
            out.line()
            predict(&out)
        }
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    // MARK: predict

    private func predict(_ out: inout SourceWriter) {
        let inputs = zip(plan.inputs, inputLabels).map { ($0, $1) }
        let outputs = zip(plan.outputs, outputLabels).map { ($0, $1) }
        let buffers =
            inputs.map { isSimple ? "_ \($1)" : $1 }.map { "\($0): UnsafeBufferPointer<Float>" }
            + outputs.map { isSimple ? "into \($1)" : $1 }
            .map { "\($0): UnsafeMutableBufferPointer<Float>" }
        if threads > 1 {
            out.comment(
                "Predicts from and into the caller's memory; allocates nothing, and takes a lock only "
                    + "to wake threads that went to sleep since the last prediction.")
        } else {
            out.line(
                "/// Predicts from and into the caller's memory; allocates nothing and takes no lock."
            )
        }
        out.line("///")
        out.line(
            "/// - Precondition: the buffers have the sizes of `inputShapes` and `outputShapes`.")
        out.signature("public func predict", buffers, "")
        out.indent(1)
        for (port, label) in inputs + outputs {
            out.line(
                "precondition(\(label).count == \(port.type.count), \"\(label) has \(port.type.count) floats\")"
            )
        }
        let pointers = (inputs + outputs).map { "\($1).baseAddress!" }
        out.line("run(\(pointers.joined(separator: ", ")))")
        out.close()
        out.line()
        arrays(inputs, outputs, &out)
        out.line()
        generic(inputs, outputs, &out)
        out.line()
        run(&out)
        profile(&out)
    }

    private func arrays(
        _ inputs: [(Port, String)], _ outputs: [(Port, String)], _ out: inout SourceWriter
    ) {
        let parameters = inputs.map { (isSimple ? "_ \($1)" : $1) + ": [Float]" }
        let result =
            outputs.count == 1
            ? "[Float]" : "(" + outputs.map { "\($1): [Float]" }.joined(separator: ", ") + ")"
        out.line("/// Predicts from arrays, with a check of their sizes.")
        out.signature("public func predict", parameters, " throws(Failure) -> \(result)")
        out.indent(1)
        let labels = inputs.map(\.1).joined(separator: ", ")
        if outputs.count == 1 {
            out.line("try run([\(labels)])[0]")
        } else {
            out.line("let results = try run([\(labels)])")
            let items = outputs.enumerated().map { "\($1.1): results[\($0)]" }
            out.line("return (\(items.joined(separator: ", ")))")
        }
        out.close()
    }

    private func generic(
        _ inputs: [(Port, String)], _ outputs: [(Port, String)], _ out: inout SourceWriter
    ) {
        out.line(
            "/// Predicts from arrays in the order of `inputNames`, into arrays in that of `outputNames`."
        )
        out.block("public func run(_ inputs: [[Float]]) throws(Failure) -> [[Float]]") { out in
            out.block("guard inputs.count == \(inputs.count) else") {
                $0.line(
                    "throw Failure(description: \"expected \(inputs.count) inputs, found \\(inputs.count)\")"
                )
            }
            for (index, (port, _)) in inputs.enumerated() {
                let name = Self.quoted(port.name).dropFirst().dropLast()
                out.block("guard inputs[\(index)].count == \(port.type.count) else") {
                    $0.line("throw Failure(")
                    $0.line(
                        "    description: \"input `\(name)` has \\(inputs[\(index)].count) floats, "
                            + "expected \(port.type.count)\")")
                }
            }
            for (index, (port, _)) in outputs.enumerated() {
                out.line("var output\(index) = [Float](repeating: 0, count: \(port.type.count))")
            }
            var pointers: [String] = []
            var depth = 0
            for index in inputs.indices {
                out.line("inputs[\(index)].withUnsafeBufferPointer { input\(index) in")
                out.indent(1)
                depth += 1
                pointers.append("input\(index).baseAddress!")
            }
            for index in outputs.indices {
                out.line("output\(index).withUnsafeMutableBufferPointer { result\(index) in")
                out.indent(1)
                depth += 1
                pointers.append("result\(index).baseAddress!")
            }
            out.line("run(\(pointers.joined(separator: ", ")))")
            for _ in 0..<depth {
                out.indent(-1)
                out.line("}")
            }
            out.line(
                "return [\(outputs.indices.map { "output\($0)" }.joined(separator: ", "))]")
        }
    }

}
