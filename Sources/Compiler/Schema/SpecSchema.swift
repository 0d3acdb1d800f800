import Diagnostics
import Layers
import Spec

/// The JSON Schema (draft 07) of a spec, for editors: `bnc schema`.
///
/// It says of a spec what can be said without knowing shapes: its keys, the layers, their arguments and
/// what each takes. All of it comes from the layers' own schemas. Descriptions are Markdown, which
/// yaml-language-server shows.
package struct SpecSchema: Sendable {
    private let catalog: LayerCatalog

    package init(catalog: LayerCatalog = .keras) { self.catalog = catalog }

    package var json: JSONValue {
        .object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("bnc model spec")),
            ("description", .string("A model as bnc compiles it, with the names of Keras.")),
            ("type", .string("object")),
            ("required", .array([.string("layers")])),
            (
                "properties",
                .object(
                    SpecKey.all.map { ($0.name, SchemaText.documented($0.doc, schema(of: $0))) })
            ),
            (
                "patternProperties",
                .object([
                    (
                        "^\(SpecKey.anchorPrefix)",
                        .object([
                            ("description", .string("A place for anchors (`&name`)."))
                        ])
                    )
                ])
            ),
            ("additionalProperties", .bool(false)),
            ("definitions", .object(definitions)),
        ])
    }

    private func schema(of key: SpecKey) -> JSONValue {
        switch key.kind {
        case .text: SchemaText.name
        case .layers:
            .object([
                ("type", .string("array")), ("minItems", .int(1)),
                ("items", SchemaText.reference("layer")),
            ])
        case .layerNames: SchemaText.reference("layerNames")
        case .path: SchemaText.name
        case .training: SchemaText.type("object", "null")
        }
    }

    private var definitions: [(key: String, value: JSONValue)] {
        let layers = catalog.layers.map { layer in
            (key: layer.className, value: LayerSchema(layer).json)
        }
        return [
            ("layer", item(of: catalog.layers)),
            ("activation", activation),
            ("initializer", initializer),
            ("layerName", SchemaText.name),
            (
                "layerNames",
                SchemaText.any([
                    SchemaText.reference("layerName"),
                    SchemaText.list(of: SchemaText.reference("layerName"), minimum: 1),
                ])
            ),
        ] + layers
    }

    /// An item of `layers`: a class name where no argument is required, or one key over arguments.
    private func item(of layers: [any Layer.Type]) -> JSONValue {
        let bare = layers.filter { layer in
            layer.fullSchema.allSatisfy { $0.defaultText != nil }
        }
        let names = bare.flatMap { [$0.className] + $0.aliases }
        let docs = bare.flatMap { layer in
            ([layer.className] + layer.aliases).map { _ in JSONValue.string(layer.summary) }
        }
        return SchemaText.any([
            .object([
                ("description", .string("A layer with its defaults.")),
                ("enum", .array(names.map { .string($0) })),
                ("markdownEnumDescriptions", .array(docs)),
            ]),
            mapping(of: layers),
        ])
    }

    /// One key, a class name, over the layer's arguments.
    private func mapping(of layers: [any Layer.Type]) -> JSONValue {
        .object([
            ("type", .string("object")),
            ("description", .string("A layer: its class name over its arguments.")),
            ("minProperties", .int(1)), ("maxProperties", .int(1)),
            ("additionalProperties", .bool(false)),
            (
                "properties",
                .object(
                    layers.flatMap { layer in
                        ([layer.className] + layer.aliases).map { name in
                            (name, SchemaText.reference(layer.className))
                        }
                    })
            ),
        ])
    }

    private var activation: JSONValue {
        let layers = catalog.layers.filter { $0 is any ActivationLayer.Type }
        return SchemaText.any([
            .object([
                ("enum", .array(ActivationFunction.all.map { .string($0.name) } + [.null]))
            ]),
            mapping(of: layers),
        ])
    }

    private var initializer: JSONValue {
        let names = Initializer.names.flatMap(\.self)
        return SchemaText.any([
            .object([("enum", .array(names.map { .string($0) } + [.null]))]),
            .object([
                ("type", .string("object")),
                ("description", .string("An initializer: its name over its arguments.")),
                ("minProperties", .int(1)), ("maxProperties", .int(1)),
                ("additionalProperties", .bool(false)),
                (
                    "properties",
                    .object(names.map { ($0, SchemaText.type("object", "null")) })
                ),
            ]),
        ])
    }
}

/// The schema of one layer's arguments.
private struct LayerSchema {
    private let layer: any Layer.Type
    private let arguments: [any ArgumentDescriptor]

    init(_ layer: any Layer.Type) {
        self.layer = layer
        arguments = layer.fullSchema
    }

    var json: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("title", .string(layer.className)),
            ("description", .string(layer.summary)),
            ("markdownDescription", .string(LayerText.summary(of: layer))),
        ]
        let required = arguments.filter { $0.defaultText == nil }
        members.append(
            ("type", required.isEmpty ? SchemaText.types("object", "null") : .string("object")))
        members.append(("properties", .object(properties)))
        members.append(("additionalProperties", .bool(false)))
        let names = required.filter { $0.formerNames.isEmpty }.map { $0.name }
        if !names.isEmpty {
            members.append(("required", .array(names.map { .string($0) })))
        }
        let either = required.filter { !$0.formerNames.isEmpty }.map { argument in
            SchemaText.any(
                ([argument.name] + argument.formerNames).map {
                    .object([("required", .array([.string($0)]))])
                })
        }
        if !either.isEmpty { members.append(("allOf", .array(either))) }
        return .object(members)
    }

    private var properties: [(key: String, value: JSONValue)] {
        var result: [(key: String, value: JSONValue)] = []
        for argument in arguments { result.append((argument.name, schema(of: argument))) }
        for common in CommonArgument.all
        where !arguments.contains(where: { $0.name == common.name }) {
            result.append(
                (
                    common.name,
                    SchemaText.documented(
                        common.doc, markdown: LayerText.markdown(of: common), common.schema)
                ))
        }
        for argument in arguments {
            for name in argument.formerNames {
                var members: [(key: String, value: JSONValue)] = [
                    ("description", .string("An older name of `\(argument.name)`.")),
                    ("deprecationMessage", .string("write `\(argument.name)`")),
                    ("doNotSuggest", .bool(true)),
                ]
                members += argument.kind.schema(argument.defaultText).members
                result.append((name, .object(members)))
            }
        }
        return result
    }

    private func schema(of argument: any ArgumentDescriptor) -> JSONValue {
        var schema = SchemaText.documented(
            argument.doc, markdown: LayerText.markdown(of: argument),
            argument.kind.schema(argument.defaultText))
        if let text = argument.defaultText, let value = SchemaText.value(of: text) {
            schema = .object(schema.members + [("default", value)])
        }
        return schema
    }
}

extension CommonArgument {
    fileprivate var schema: JSONValue {
        switch kind {
        case .name: SchemaText.name
        case .layerNames: SchemaText.reference("layerNames")
        case .boolean: SchemaText.type("boolean")
        case .elementType: .object([("enum", .array([.string("float32"), .null]))])
        case .shape: SchemaText.list(of: SchemaText.integer(minimum: 1))
        }
    }
}
