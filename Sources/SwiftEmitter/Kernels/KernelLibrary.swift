import Plan

/// The kernel functions of a model: equal ones are written once and shared by their steps.
struct KernelLibrary {
    struct Function {
        let name: String
        let parameters: [KernelWriter.Parameter]
        let body: SourceWriter
        /// The first kernel it was written for.
        let kernel: Kernel
        /// The steps that call it.
        var steps: [Int]
    }

    /// A function by its index, and what it is given.
    struct Call {
        let function: Int
        let parameters: [KernelWriter.Parameter]
    }

    private(set) var functions: [Function] = []
    /// The call of each step, or the calls of its parts.
    private(set) var callsOfStep: [[Call]] = []
    private(set) var needs = Needs()
    private var byText: [String: Int] = [:]
    private var names: Set<String>

    init(_ plan: Plan, taken: Set<String>) {
        names = taken
        for (index, step) in plan.steps.enumerated() {
            guard !step.parts.isEmpty else {
                callsOfStep.append([call(step.kernel, index, plan)])
                continue
            }
            // Parts of one form have one text.
            var calls: [Call] = []
            var form: Kernel?
            for part in step.parts {
                if let last = calls.last, part.form == form {
                    let parameters = KernelWriter.parameters(part)
                    calls.append(Call(function: last.function, parameters: parameters))
                } else {
                    calls.append(call(part, index, plan))
                    form = part.form
                }
            }
            callsOfStep.append(calls)
        }
    }

    /// The function that does what the kernel does, written if there is none yet.
    private mutating func call(_ kernel: Kernel, _ step: Int, _ plan: Plan) -> Call {
        var writer = KernelWriter(target: plan.target)
        writer.out.indent(1)
        writer.emit(kernel)
        let parameters = KernelWriter.parameters(kernel)
        let key = parameters.map(\.name).joined(separator: ",") + "\n" + writer.out.text
        if let known = byText[key] {
            if functions[known].steps.last != step { functions[known].steps.append(step) }
            return Call(function: known, parameters: parameters)
        }
        var name = Naming.identifier(plan.steps[step].name)
        if names.contains(name) {
            var number = 2
            while names.contains("\(name)_\(number)") { number += 1 }
            name = "\(name)_\(number)"
        }
        names.insert(name)
        byText[key] = functions.count
        functions.append(
            Function(
                name: name, parameters: parameters, body: writer.out, kernel: kernel,
                steps: [step]))
        if writer.out.text.contains("gather") { writer.needs.helpers.insert("gather") }
        needs.formUnion(writer.needs)
        return Call(function: functions.count - 1, parameters: parameters)
    }
}
