import Layers
import Spec

/// What belongs at a place of a spec, by the keys above it.
enum Slot {
    /// A key of the spec.
    case specKey
    /// The list under `layers`.
    case layerList
    /// A layer, or the name of its class.
    case layer
    /// An argument's name, of the layer whose class name stands at `start`.
    case argument(any Layer.Type, start: Int)
    /// An argument's value.
    case value(ArgumentKind, of: any ArgumentDescriptor, any Layer.Type)
    /// The value of an argument that every layer takes.
    case commonValue(CommonArgument)
    /// One of several names of layers, or one for all.
    case layerNames
    /// The name of one layer.
    case layerName
    /// One of a list that an argument takes.
    case entry(ArgumentKind, of: any ArgumentDescriptor, any Layer.Type)
    /// Something bnc has nothing to say about.
    case other

    static let catalog = LayerCatalog.keras

    init(_ steps: [TextPlace.Step]) {
        self = steps.reduce(.specKey) { $0.below($1, Self.catalog) }
    }

    private func below(_ step: TextPlace.Step, _ catalog: LayerCatalog) -> Slot {
        switch (self, step) {
        case (.specKey, .key(let name, _)):
            switch SpecKey.all.first(where: { $0.name == name })?.kind {
            case .layers: .layerList
            case .layerNames: .layerNames
            default: .other
            }
        case (.layerList, .item): .layer
        case (.layer, .key(let name, let range)):
            catalog[name].map { .argument($0, start: range.lowerBound) } ?? .other
        case (.argument(let layer, _), .key(let name, _)): Self.value(of: name, in: layer)
        case (.layerNames, .item): .layerName
        case (.value(let kind, let argument, let layer), .item):
            Self.item(of: kind, argument, layer)
        case (.value(let kind, _, _), .key(let name, let range)) where kind.isLayer:
            catalog[name].map { .argument($0, start: range.lowerBound) } ?? .other
        default: .other
        }
    }

    private static func value(of name: String, in layer: any Layer.Type) -> Slot {
        let schema = layer.fullSchema
        if let argument = schema.first(where: { $0.name == name })
            ?? schema.first(where: { $0.formerNames.contains(name) })
        {
            if case .layer = argument.kind.withoutNull { return .layer }
            return .value(argument.kind.withoutNull, of: argument, layer)
        }
        guard let common = CommonArgument.all.first(where: { $0.name == name }) else {
            return .other
        }
        return common.kind == .layerNames ? .layerNames : .commonValue(common)
    }

    private static func item(
        of kind: ArgumentKind, _ argument: any ArgumentDescriptor, _ layer: any Layer.Type
    ) -> Slot {
        switch kind {
        case .layers, .oneOrMoreLayers: .layer
        case .layerNames: .layerName
        default: kind.entry.map { .entry($0, of: argument, layer) } ?? .other
        }
    }
}

extension ArgumentKind {
    /// Whether a layer over its arguments may stand here.
    var isLayer: Bool {
        switch self {
        case .oneOrMoreLayers, .activation: true
        default: false
        }
    }
}
