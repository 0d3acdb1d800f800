import Diagnostics
import IR
import Layers
import Spec
import Syntax

/// A spec's text read and checked, as far as it goes.
struct ReadModel {
    let tree: SyntaxTree
    let bag: DiagnosticBag
    /// nil unless there was no error.
    let model: CheckedModel?

    init(_ text: String) {
        var bag = DiagnosticBag()
        tree = YAMLParser.parse(SourceFile(path: "model.yaml", text: text), into: &bag)
        let model = SpecReader.read(tree, catalog: .keras, into: &bag).flatMap {
            ShapeChecker.check($0, into: &bag)
        }
        self.model = bag.hasErrors ? nil : model
        self.bag = bag
    }

    var rendering: String { TerminalRenderer().render(bag.sorted()) }

    func reports(_ code: DiagnosticCode, _ text: String) -> Bool {
        bag.diagnostics.contains { $0.code == code && $0.message.contains(text) }
    }
}

/// A spec whose last layer can be changed: a layer's own example as a flow mapping.
struct EditableExample {
    private let items: [SyntaxNode]
    private let layer: any Layer.Type

    init(_ layer: any Layer.Type) {
        self.layer = layer
        let tree = ReadModel(layer.example).tree
        guard case .sequence(let items)? = tree.root?.value(forKey: "layers")?.value.content else {
            fatalError("the example of \(layer.className) has no layers")
        }
        self.items = items
    }

    /// The example with `argument` of the layer set to `value`, or without it.
    func text(setting argument: String, to value: String?) -> String {
        let lines = items.map { flow($0, setting: argument, to: value) }
        return "layers:\n" + lines.map { "  - \($0)\n" }.joined()
    }

    /// A node with the layer changed, at whatever depth it stands: a cell stands inside another layer.
    private func flow(
        _ node: SyntaxNode, setting argument: String, to value: String?
    ) -> String {
        func inner(_ node: SyntaxNode) -> String { flow(node, setting: argument, to: value) }
        switch node.content {
        case .mapping(let entries) where entries.first?.keyText == layer.className:
            var arguments: [(String, String)] = []
            if case .mapping(let given) = entries[0].value.content {
                arguments = given.map { ($0.keyText ?? "", Self.flow($0.value)) }
            }
            return text(arguments, setting: argument, to: value)
        case .scalar(let scalar) where scalar.text == layer.className:
            return text([], setting: argument, to: value)
        case .mapping(let entries):
            return
                "{\(entries.map { "\($0.keyText ?? ""): \(inner($0.value))" }.joined(separator: ", "))}"
        case .sequence(let items): return "[\(items.map(inner).joined(separator: ", "))]"
        default: return Self.flow(node)
        }
    }

    private func text(
        _ arguments: [(String, String)], setting argument: String, to value: String?
    ) -> String {
        var arguments = arguments.filter { $0.0 != argument }
        if let value { arguments.append((argument, value)) }
        let list = arguments.map { "\($0.0): \($0.1)" }.joined(separator: ", ")
        return "{\(layer.className): {\(list)}}"
    }

    private static func flow(_ node: SyntaxNode) -> String {
        switch node.content {
        case .scalar(let scalar): scalar.text
        case .sequence(let items): "[\(items.map(flow).joined(separator: ", "))]"
        case .mapping(let entries):
            "{\(entries.map { "\($0.keyText ?? ""): \(flow($0.value))" }.joined(separator: ", "))}"
        case .invalid: "null"
        }
    }
}
