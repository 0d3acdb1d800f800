import IR
import Plan

/// The emitted model file: one class, its kernels, and the helpers they use.
struct ModelSource {
    let plan: Plan
    let options: EmissionOptions
    let typeName: String
    let library: KernelLibrary
    /// Labels of inputs and outputs in `predict`.
    let inputLabels: [String]
    let outputLabels: [String]

    /// Names that kernels can't have.
    private static let helperNames: Set<String> = [
        "madd", "min", "max", "load4", "load8", "load16", "store4", "store8", "store16", "splat4",
        "splat8", "splat16", "gather4", "gather8", "gather16", "open", "close", "mmap", "munmap",
        "fstat", "stat", "read", "exit", "precondition", "weights", "arena", "input", "output",
        "alignedFloats", "decodeBase64", "weightsText", "print", "abs", "exp", "log", "tanh", "erf",
        "free", "malloc", "swap", "zip", "stride", "type", "sin", "cos", "pow", "sqrt", "index",
    ]

    init(_ plan: Plan, _ options: EmissionOptions) {
        self.plan = plan
        self.options = options
        typeName = options.typeName ?? Naming.typeName(plan.name)
        library = KernelLibrary(plan, taken: Self.helperNames)
        let reserved: Set<String> = ["weights", "arena", "path", "other", "x", "y"]
        inputLabels =
            plan.inputs.count == 1 && plan.outputs.count == 1
            ? ["input"] : Naming.identifiers(plan.inputs.map(\.name), taken: reserved)
        outputLabels =
            plan.inputs.count == 1 && plan.outputs.count == 1
            ? ["output"]
            : Naming.identifiers(
                plan.outputs.map(\.name), taken: reserved.union(inputLabels))
    }

    var isSimple: Bool { plan.inputs.count == 1 && plan.outputs.count == 1 }

    /// A number that changes with the layout of the weights: a file of another model is refused.
    var fingerprint: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        add("\(plan.constants.count)")
        for (index, step) in plan.steps.enumerated() {
            add(library.functions[library.functionOfStep[index]].body.text)
            for parameter in KernelWriter.parameters(step.kernel)
            where parameter.location.region == .constants {
                add("\(parameter.location.offset)")
            }
        }
        return hash
    }

    func text() -> String {
        var out = SourceWriter()
        header(&out)
        imports(&out)
        out.line()
        model(&out)
        out.line()
        out.line("// MARK: - Kernels")
        for function in library.functions {
            out.line()
            kernel(function, &out)
        }
        Prelude(target: plan.target, needs: library.needs).write(to: &out)
        out.line()
        memory(&out)
        if options.embedWeights {
            out.line()
            EmbeddedWeights(floats: plan.constants).write(to: &out)
        }
        return out.text
    }

    // MARK: Parts

    private func header(_ out: inout SourceWriter) {
        out.line(
            "// Written by bnc from \(options.specPath). Do not edit: change the spec and compile again."
        )
        out.line("//")
        out.comment("Weights: \(options.weightsOrigin).", prefix: "//")
        out.comment(
            "Target: \(plan.target.name): vectors of \(plan.target.lanes) float32"
                + (plan.target.hasFMA ? ", fused multiply-add." : ", no fused multiply-add."),
            prefix: "//")
        let applied = plan.remarks.filter(\.applied)
        if !applied.isEmpty {
            out.line("//")
            out.line("// What was fused:")
            for remark in applied {
                out.comment(
                    "- \(remark.layers.joined(separator: ", ")): \(remark.message)", prefix: "//")
            }
        }
        // A reason why not is no news where another fold did it.
        let folded = applied.filter { $0.pass.hasPrefix("fold-") }
        let refused = plan.remarks.filter { remark in
            !remark.applied
                && !folded.contains { Set(remark.layers).isSubset(of: $0.layers) }
        }
        if !refused.isEmpty {
            out.line("//")
            out.line("// What was not, and why:")
            for remark in refused {
                out.comment(
                    "- \(remark.layers.joined(separator: ", ")): \(remark.message)", prefix: "//")
            }
        }
        out.line()
    }

    private var cpuModule: String? {
        CPURequirement(plan.target) == nil ? nil : "\(typeName)CPU"
    }

    private func imports(_ out: inout SourceWriter) {
        out.paragraph(
            """
            #if canImport(Glibc)
            import Glibc
            #elseif canImport(Musl)
            import Musl
            #elseif canImport(Darwin)
            import Darwin
            #endif
            """)
        if plan.target.hasFMA {
            out.paragraph(
                """
                #if BNC_BUILTIN_FMA
                import Builtin
                #endif
                """)
        }
        if let cpuModule {
            out.paragraph(
                """
                #if canImport(\(cpuModule))
                import \(cpuModule)
                #endif
                """)
        }
    }

    private func shape(_ type: TensorType) -> String {
        "[" + type.shape.map(String.init).joined(separator: ", ") + "]"
    }

    private func model(_ out: inout SourceWriter) {
        let inputs = plan.inputs.map { "\($0.name) \(shape($0.type))" }.joined(separator: ", ")
        let outputs = plan.outputs.map { "\($0.name) \(shape($0.type))" }.joined(separator: ", ")
        out.comment("`\(plan.name)`: \(inputs) to \(outputs), float32, row-major, batch first.")
        out.line("///")
        out.comment(
            "An instance holds the memory for intermediate values: use one on one thread at a time. "
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
            out.line("public static let weightCount = \(plan.constants.count)")
            out.line("public static let arenaCount = \(plan.arenaCount)")
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
            out.line()
            initializers(&out)
            out.line()
            predict(&out)
        }
    }

    private static func quoted(_ text: String) -> String {
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

    private func initializers(_ out: inout SourceWriter) {
        func check(_ out: inout SourceWriter) {
            guard let cpuModule else { return }
            out.paragraph(
                """
                #if canImport(\(cpuModule))
                if let missing = missingCPUFeature() { throw Failure(description: missing) }
                #endif
                """)
        }
        if options.embedWeights {
            out.line("/// Decodes the weights that stand in this file.")
            out.block("public init() throws(Failure)") { out in
                check(&out)
                out.paragraph(
                    """
                    storage = decodeWeights()
                    weights = UnsafePointer(storage.floats)
                    scratch = Memory(count: Self.arenaCount)
                    arena = scratch.floats
                    """)
            }
        } else {
            out.line("/// Maps the weights file that bnc wrote with this source.")
            out.block("public init(weights path: String) throws(Failure)") { out in
                check(&out)
                out.paragraph(
                    """
                    switch Memory.map(path, count: Self.weightCount, layout: \(layoutLiteral)) {
                    case .success(let memory): storage = memory
                    case .failure(let problem): throw Failure(description: problem.description)
                    }
                    weights = UnsafePointer(storage.floats)
                    scratch = Memory(count: Self.arenaCount)
                    arena = scratch.floats
                    """)
            }
        }
        out.line()
        out.paragraph(
            """
            /// Another instance with the same weights, for another thread.
            public init(sharing other: \(typeName)) {
                storage = other.storage
                weights = other.weights
                scratch = Memory(count: Self.arenaCount)
                arena = scratch.floats
            }
            """)
    }

    private var layoutLiteral: String { "0x" + String(fingerprint, radix: 16) }

    /// Header of the weights file: magic, version, layout, count; 64 bytes.
    func weightsHeader() -> [UInt8] {
        var header = Array("bncw".utf8)
        func append(_ value: UInt64, _ bytes: Int) {
            for index in 0..<bytes {
                header.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))))
            }
        }
        append(1, 4)
        append(fingerprint, 8)
        append(UInt64(plan.constants.count), 8)
        header += [UInt8](repeating: 0, count: 64 - header.count)
        return header
    }

    // MARK: predict

    private func predict(_ out: inout SourceWriter) {
        let inputs = zip(plan.inputs, inputLabels).map { ($0, $1) }
        let outputs = zip(plan.outputs, outputLabels).map { ($0, $1) }
        let buffers =
            inputs.map { isSimple ? "_ \($1)" : $1 }.map { "\($0): UnsafeBufferPointer<Float>" }
            + outputs.map { isSimple ? "into \($1)" : $1 }
            .map { "\($0): UnsafeMutableBufferPointer<Float>" }
        out.line(
            "/// Predicts from and into the caller's memory; allocates nothing and takes no lock.")
        out.line("///")
        out.line(
            "/// - Precondition: the buffers have the sizes of `inputShapes` and `outputShapes`.")
        signature("public func predict", buffers, "", &out)
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
        steps(&out)
    }

    private func signature(
        _ head: String, _ parameters: [String], _ tail: String, _ out: inout SourceWriter
    ) {
        let line = "\(head)(\(parameters.joined(separator: ", ")))\(tail) {"
        if line.count <= 92 {
            out.line(line)
        } else {
            out.line("\(head)(")
            out.indent(1)
            for (index, parameter) in parameters.enumerated() {
                out.line(parameter + (index == parameters.count - 1 ? "" : ","))
            }
            out.indent(-1)
            out.line(")\(tail) {")
        }
    }

    private func arrays(
        _ inputs: [(Port, String)], _ outputs: [(Port, String)], _ out: inout SourceWriter
    ) {
        let parameters = inputs.map { (isSimple ? "_ \($1)" : $1) + ": [Float]" }
        let result =
            outputs.count == 1
            ? "[Float]" : "(" + outputs.map { "\($1): [Float]" }.joined(separator: ", ") + ")"
        out.line("/// Predicts from arrays, with a check of their sizes.")
        signature("public func predict", parameters, " throws(Failure) -> \(result)", &out)
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

    /// The model itself: one call for each step.
    private func steps(_ out: inout SourceWriter) {
        let inputs = plan.inputs.indices.map { "_ input\($0): UnsafePointer<Float>" }
        let outputs = plan.outputs.indices.map { "_ output\($0): UnsafeMutablePointer<Float>" }
        signature("private func run", inputs + outputs, "", &out)
        out.indent(1)
        var index = 0
        for loop in plan.strips {
            while index < loop.steps.lowerBound {
                call(index, nil, &out)
                index += 1
            }
            out.block("for strip in 0..<\(loop.count)") { out in
                for step in loop.steps { call(step, "strip", &out) }
            }
            index = loop.steps.upperBound
        }
        while index < plan.steps.count {
            call(index, nil, &out)
            index += 1
        }
        out.close()
    }

    /// The call of a step's kernel; in a strip loop its places move with `strip`.
    private func call(_ index: Int, _ strip: String?, _ out: inout SourceWriter) {
        let step = plan.steps[index]
        let function = library.functions[library.functionOfStep[index]]
        if Naming.identifier(step.name) != function.name {
            out.line("// \(step.name)")
        }
        let parameters = KernelWriter.parameters(step.kernel)
        let moved = KernelWriter.parameters(step.kernel.advanced(by: step.advances, rounds: 1))
        let arguments = zip(parameters, moved).map { parameter, moved in
            argument(parameter, strip, moved.location.offset - parameter.location.offset)
        }
        let call = "\(function.name)(\(arguments.joined(separator: ", ")))"
        if call.count <= 92 {
            out.line(call)
        } else {
            out.line("\(function.name)(")
            out.line("    \(arguments.joined(separator: ", ")))")
        }
    }

    private func argument(
        _ parameter: KernelWriter.Parameter, _ strip: String?, _ advance: Int
    ) -> String {
        let location = parameter.location
        func place(_ base: String) -> String {
            pointerText(base, [(strip, advance)], plus: location.offset)
        }
        switch location.region {
        case .input(let index): return place("input\(index)")
        case .output(let index):
            let text = place("output\(index)")
            return parameter.isOutput ? text : "UnsafePointer(\(text))"
        case .arena:
            let text = place("arena")
            return parameter.isOutput ? text : "UnsafePointer(\(text))"
        case .constants: return place("weights")
        case .buffer: preconditionFailure("a buffer without a place in the arena")
        }
    }

    // MARK: Kernels

    private func kernel(_ function: KernelLibrary.Function, _ out: inout SourceWriter) {
        let first = plan.steps[function.steps[0]]
        out.comment(KernelDescription.text(first.kernel))
        for note in first.notes {
            out.comment(note.prefix(1).uppercased() + note.dropFirst() + ".")
        }
        if function.steps.count > 1 {
            let names = function.steps.map { plan.steps[$0].name }
            out.comment("Shared by \(names.joined(separator: ", ")).")
        }
        let parameters = function.parameters.map {
            "_ \($0.name): Unsafe\($0.isOutput ? "Mutable" : "")Pointer<Float>"
        }
        signature("private func \(function.name)", parameters, "", &out)
        out.append(function.body)
        out.line("}")
    }
}
