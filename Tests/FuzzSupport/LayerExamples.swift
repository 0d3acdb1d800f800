import Diagnostics
import Spec
import Syntax

/// The arguments that layers' own examples write: for those whose values can't be made up.
struct LayerExamples {
    private var layers: [String: [DraftLayer]] = [:]

    init(_ catalog: LayerCatalog) {
        for type in catalog.layers {
            var bag = DiagnosticBag()
            let tree = YAMLParser.parse(
                SourceFile(path: "example", text: type.example), into: &bag)
            guard case .sequence(let items)? = tree.root?.value(forKey: "layers")?.value.content
            else { continue }
            layers[type.className] = items.flatMap { Self.layer($0)?.all ?? [] }
        }
    }

    /// The layer as its example writes it.
    func own(_ className: String) -> DraftLayer? {
        layers[className]?.first { $0.className == className }
    }

    /// The layers that stand inside it there.
    func inner(_ className: String) -> [DraftLayer] {
        own(className)?.all.dropFirst().map { $0 } ?? []
    }

    private static func layer(_ node: SyntaxNode) -> DraftLayer? {
        switch node.content {
        case .scalar(let scalar): return DraftLayer(scalar.text)
        case .mapping(let entries):
            guard let entry = entries.first, let name = entry.keyText else { return nil }
            guard case .mapping(let arguments) = entry.value.content else {
                return DraftLayer(name)
            }
            return DraftLayer(
                name,
                arguments.compactMap { argument in
                    guard let key = argument.keyText, let value = value(argument.value) else {
                        return nil
                    }
                    return (key, value)
                })
        default: return nil
        }
    }

    private static func value(_ node: SyntaxNode) -> DraftValue? {
        switch node.content {
        case .scalar(let scalar):
            switch scalar.value {
            case .null: return .null
            case .boolean(let value): return .boolean(value)
            case .integer(let value): return .integer(value)
            case .number(let value): return .number(value)
            case .string(let value): return .text(value)
            default: return nil
            }
        case .sequence(let items):
            return .list(items.compactMap { value($0) ?? layer($0).map { .layer($0) } })
        case .mapping: return layer(node).map { .layer($0) }
        default: return nil
        }
    }
}
