import Plan

/// The steps of a plan and the kernels they call, as text.
struct PlanSource {
    let plan: Plan
    let library: KernelLibrary

    /// Names that kernels can't have.
    private static let helperNames: Set<String> = [
        "madd", "min", "max", "load4", "load8", "load16", "store4", "store8", "store16", "splat4",
        "splat8", "splat16", "gather4", "gather8", "gather16", "open", "close", "mmap", "munmap",
        "fstat", "stat", "read", "exit", "precondition", "weights", "arena", "input", "output",
        "alignedFloats", "decodeBase64", "weightsText", "print", "abs", "exp", "log", "tanh", "erf",
        "free", "malloc", "swap", "zip", "stride", "type", "sin", "cos", "pow", "sqrt", "index",
        "larger", "largest", "sum",
    ]
    /// And those they can't have where there are threads.
    private static let threadNames: Set<String> = ["threads", "compute", "part", "places", "p"]

    init(_ plan: Plan) {
        self.plan = plan
        let names = Self.helperNames
        library = KernelLibrary(
            plan, taken: plan.threads > 1 ? names.union(Self.threadNames) : names)
    }

    /// A number that changes with the layout of the weights: a file of another model is refused.
    var fingerprint: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        add("\(plan.constants.count)")
        for calls in library.callsOfStep {
            for call in calls {
                add(library.functions[call.function].body.text)
                for parameter in call.parameters where parameter.location.region == .constants {
                    add("\(parameter.location.offset)")
                }
            }
        }
        return hash
    }

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

    // MARK: Steps

    /// Pointers to the caller's tensors, as parameters.
    var portParameters: [String] {
        plan.inputs.indices.map { "_ input\($0): UnsafePointer<Float>" }
            + plan.outputs.indices.map { "_ output\($0): UnsafeMutablePointer<Float>" }
    }

    /// The arguments for `portParameters`.
    var portArguments: [String] {
        plan.inputs.indices.map { "input\($0)" } + plan.outputs.indices.map { "output\($0)" }
    }

    /// The model itself: one call for each step, strips in loops, and for a split step the threads.
    ///
    /// - Parameter afterStep: writes what stands behind the call of a step.
    func run(
        _ out: inout SourceWriter, afterStep: (Int, inout SourceWriter) -> Void = { _, _ in }
    ) {
        var split = 0
        for stretch in stretches {
            guard stretch.count > 1 else {
                for index in stretch.steps {
                    let step = plan.steps[index]
                    if step.parts.isEmpty {
                        call(index, library.callsOfStep[index][0], "", &out)
                    } else {
                        out.line(
                            "threads.run(\(split), parts: \(step.parts.count), places)  // \(step.name)"
                        )
                        split += 1
                    }
                    afterStep(index, &out)
                }
                continue
            }
            strips(stretch, "", &out, afterStep: afterStep)
        }
    }

    /// The steps in order: those of a strip loop together, others one by one.
    private var stretches: [StripLoop] {
        var stretches: [StripLoop] = []
        var index = 0
        for loop in plan.strips {
            stretches += (index..<loop.steps.lowerBound).map {
                StripLoop(steps: $0..<($0 + 1), count: 1)
            }
            stretches.append(loop)
            index = loop.steps.upperBound
        }
        return stretches
            + (index..<plan.steps.count).map { StripLoop(steps: $0..<($0 + 1), count: 1) }
    }

    private func strips(
        _ loop: StripLoop, _ prefix: String, _ out: inout SourceWriter,
        afterStep: (Int, inout SourceWriter) -> Void = { _, _ in }
    ) {
        out.block("for strip in 0..<\(loop.count)") { out in
            for index in loop.steps {
                call(index, library.callsOfStep[index][0], prefix, &out)
                afterStep(index, &out)
            }
        }
    }

    private func call(
        _ step: Int, _ call: KernelLibrary.Call, _ prefix: String, _ out: inout SourceWriter
    ) {
        let function = library.functions[call.function]
        let name = plan.steps[step].name
        if Naming.identifier(name) != function.name { out.line("// \(name)") }
        let kernel = plan.steps[step].kernel
        let moved = KernelWriter.parameters(
            kernel.advanced(by: plan.steps[step].advances, rounds: 1))
        let arguments = call.parameters.indices.map { index in
            let parameter = call.parameters[index]
            let distance =
                plan.steps[step].advances.isEmpty
                ? 0 : moved[index].location.offset - parameter.location.offset
            return argument(parameter, prefix, "strip", stride: distance)
        }
        write(function.name, arguments, &out)
    }

    private func write(_ name: String, _ arguments: [String], _ out: inout SourceWriter) {
        let call = "\(name)(\(arguments.joined(separator: ", ")))"
        if call.count <= 92 {
            out.line(call)
        } else {
            out.line("\(name)(")
            out.line("    \(arguments.joined(separator: ", ")))")
        }
    }

    /// - Parameters:
    ///   - prefix: stands before the names of the regions.
    ///   - index: the variable that counts parts or strips.
    ///   - stride: how far the argument moves from one of them to the next.
    private func argument(
        _ parameter: KernelWriter.Parameter, _ prefix: String, _ index: String, stride: Int = 0
    ) -> String {
        let location = parameter.location
        func place(_ region: String) -> String {
            pointerText(prefix + region, [(index, stride)], plus: location.offset)
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

    // MARK: Parts

    /// Steps that are done in a row, in one part, or one step that is split.
    struct Stage {
        let steps: Range<Int>
        let parts: Int
    }

    var stages: [Stage] {
        var stages: [Stage] = []
        for (index, step) in plan.steps.enumerated() {
            if step.parts.isEmpty, let last = stages.last, last.parts == 1 {
                stages[stages.count - 1] = Stage(
                    steps: last.steps.lowerBound..<(index + 1), parts: 1)
            } else {
                stages.append(Stage(steps: index..<(index + 1), parts: max(1, step.parts.count)))
            }
        }
        return stages
    }

    /// The body of the function that computes one part of a split step, by numbers.
    func compute(_ out: inout SourceWriter) {
        cases("step", stages.filter { $0.parts > 1 }, "p.", &out)
    }

    /// The body of the function that computes one part of a stage.
    func computeStages(_ out: inout SourceWriter) { cases("stage", stages, "", &out) }

    private func cases(
        _ subject: String, _ stages: [Stage], _ prefix: String, _ out: inout SourceWriter
    ) {
        out.line("switch \(subject) {")
        for (number, stage) in stages.enumerated() {
            let first = stage.steps.lowerBound
            let label = number == stages.count - 1 ? "default:" : "case \(number):"
            out.line(stage.parts > 1 ? "\(label)  // \(plan.steps[first].name)" : label)
            out.indent(1)
            if stage.parts > 1 {
                parts(library.callsOfStep[first], prefix, &out)
            } else {
                for stretch in stretches where stage.steps.contains(stretch.steps.lowerBound) {
                    if stretch.count > 1 {
                        strips(stretch, prefix, &out)
                    } else {
                        let step = stretch.steps.lowerBound
                        call(step, library.callsOfStep[step][0], prefix, &out)
                    }
                }
            }
            out.indent(-1)
        }
        out.line("}")
    }

    /// Parts that call one function on memory that moves evenly are one call.
    private func parts(
        _ calls: [KernelLibrary.Call], _ prefix: String, _ out: inout SourceWriter
    ) {
        let runs = PartRun.runs(calls)
        func call(_ run: PartRun, _ out: inout SourceWriter) {
            let arguments = zip(run.parameters, run.strides).map {
                argument($0, prefix, "part", stride: $1)
            }
            write(library.functions[run.function].name, arguments, &out)
        }
        if runs.count == 1 { return call(runs[0], &out) }
        out.line("switch part {")
        for (number, run) in runs.enumerated() {
            out.line(number == runs.count - 1 ? "default:" : "case ..<\(run.end):")
            out.indent(1)
            call(run, &out)
            out.indent(-1)
        }
        out.line("}")
    }

    // MARK: Kernels

    func kernels(_ out: inout SourceWriter) {
        for function in library.functions {
            out.line()
            kernel(function, &out)
        }
        Prelude(target: plan.target, needs: library.needs).write(to: &out)
    }

    private func kernel(_ function: KernelLibrary.Function, _ out: inout SourceWriter) {
        out.comment(KernelDescription.text(function.kernel))
        for note in plan.steps[function.steps[0]].notes {
            out.comment(note.prefix(1).uppercased() + note.dropFirst() + ".")
        }
        if function.steps.count > 1 {
            let names = function.steps.map { plan.steps[$0].name }
            out.comment("Shared by \(names.joined(separator: ", ")).")
        }
        let parameters = function.parameters.map {
            "_ \($0.name): Unsafe\($0.isOutput ? "Mutable" : "")Pointer<Float>"
        }
        out.signature("private func \(function.name)", parameters, "")
        out.append(function.body)
        out.line("}")
    }
}

/// Neighbouring parts that call one function, each parameter moved by the same distance from one part
/// to the next.
private struct PartRun {
    let function: Int
    /// Where the parameters would lie for part 0.
    var parameters: [KernelWriter.Parameter]
    var strides: [Int]
    /// Behind the last part.
    var end: Int

    static func runs(_ calls: [KernelLibrary.Call]) -> [PartRun] {
        var runs: [PartRun] = []
        var first = 0
        while first < calls.count {
            let call = calls[first]
            var end = first + 1
            var strides = call.parameters.map { _ in 0 }
            if end < calls.count, calls[end].function == call.function {
                strides = distances(call, calls[end])
                while end < calls.count, calls[end].function == call.function,
                    distances(calls[end - 1], calls[end]) == strides
                {
                    end += 1
                }
            }
            let parameters = zip(call.parameters, strides).map { parameter, stride in
                KernelWriter.Parameter(
                    name: parameter.name, isOutput: parameter.isOutput,
                    location: parameter.location.advanced(by: -stride * first))
            }
            runs.append(
                PartRun(
                    function: call.function, parameters: parameters, strides: strides, end: end))
            first = end
        }
        return runs
    }

    private static func distances(_ a: KernelLibrary.Call, _ b: KernelLibrary.Call) -> [Int] {
        zip(a.parameters, b.parameters).map { $1.location.offset - $0.location.offset }
    }
}
