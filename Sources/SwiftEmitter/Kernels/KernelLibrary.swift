import Plan

/// The kernel functions of a model: equal ones are written once and shared by their steps.
struct KernelLibrary {
    struct Function {
        let name: String
        let parameters: [KernelWriter.Parameter]
        let body: SourceWriter
        /// The steps that call it.
        var steps: [Int]
    }

    private(set) var functions: [Function] = []
    /// The function of each step.
    private(set) var functionOfStep: [Int] = []
    private(set) var needs = Needs()

    init(_ plan: Plan, taken: Set<String>) {
        var byText: [String: Int] = [:]
        var names = taken
        for (index, step) in plan.steps.enumerated() {
            var writer = KernelWriter(target: plan.target)
            writer.out.indent(1)
            writer.emit(step.kernel)
            let parameters = KernelWriter.parameters(step.kernel)
            let key = parameters.map(\.name).joined(separator: ",") + "\n" + writer.out.text
            if let known = byText[key] {
                functions[known].steps.append(index)
                functionOfStep.append(known)
                continue
            }
            var name = Naming.identifier(step.name)
            if names.contains(name) {
                var number = 2
                while names.contains("\(name)_\(number)") { number += 1 }
                name = "\(name)_\(number)"
            }
            names.insert(name)
            byText[key] = functions.count
            functionOfStep.append(functions.count)
            functions.append(
                Function(name: name, parameters: parameters, body: writer.out, steps: [index]))
            if writer.out.text.contains("gather") { writer.needs.helpers.insert("gather") }
            needs.formUnion(writer.needs)
        }
    }
}
