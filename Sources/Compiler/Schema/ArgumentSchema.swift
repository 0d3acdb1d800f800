import Diagnostics
import Spec
import Syntax

/// Pieces of JSON Schema.
enum SchemaText {
    /// A text that may stand for a layer: any scalar, as a name may be a number.
    static let name = JSONValue.object([
        ("type", types("string", "number", "boolean")), ("minLength", .int(1)),
    ])

    static func types(_ names: String...) -> JSONValue {
        names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) })
    }

    static func type(_ names: String...) -> JSONValue {
        .object([
            ("type", names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) }))
        ])
    }

    static func reference(_ definition: String) -> JSONValue {
        .object([("$ref", .string("#/definitions/\(definition)"))])
    }

    static func any(_ schemas: [JSONValue]) -> JSONValue { .object([("anyOf", .array(schemas))]) }

    static func list(of item: JSONValue, minimum: Int = 0, exactly count: Int? = nil) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("type", .string("array")), ("items", item),
        ]
        if let least = count ?? (minimum > 0 ? minimum : nil) {
            members.append(("minItems", .int(least)))
        }
        if let count { members.append(("maxItems", .int(count))) }
        return .object(members)
    }

    static func integer(minimum: Int?) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [("type", .string("integer"))]
        if let minimum { members.append(("minimum", .int(minimum))) }
        return .object(members)
    }

    /// A schema with its description. What stands beside a `$ref` is ignored in draft 07, so that one
    /// goes into `allOf`.
    static func documented(_ doc: String, markdown: String? = nil, _ schema: JSONValue)
        -> JSONValue
    {
        var members: [(key: String, value: JSONValue)] = []
        if !doc.isEmpty { members.append(("description", .string(doc))) }
        if let markdown { members.append(("markdownDescription", .string(markdown))) }
        let isReference = schema.members.contains { $0.key == "$ref" }
        return .object(members + (isReference ? [("allOf", .array([schema]))] : schema.members))
    }

    /// A default as it would be written, as JSON; nil for what JSON can't hold.
    static func value(of yaml: String) -> JSONValue? {
        var bag = DiagnosticBag()
        let tree = YAMLParser.parse(SourceFile(path: "", text: yaml), into: &bag)
        return bag.hasErrors ? nil : tree.root.flatMap { $0.json }
    }
}

extension JSONValue {
    /// The members of an object.
    var members: [(key: String, value: JSONValue)] {
        if case .object(let members) = self { members } else { [] }
    }
}

extension SyntaxNode {
    /// The same value in JSON; nil for what JSON can't hold, and for what can't be read.
    package var json: JSONValue? {
        switch content {
        case .invalid: return nil
        case .scalar(let scalar):
            switch scalar.value {
            case .null: return .null
            case .boolean(let value): return .bool(value)
            case .integer(let value): return .int(value)
            case .integerOverflow(let text): return Double(text).map { .double($0) }
            case .number(let value): return value.isFinite ? .double(value) : nil
            case .string(let text): return .string(text)
            }
        case .sequence(let items):
            let values = items.compactMap(\.json)
            return values.count == items.count ? .array(values) : nil
        case .mapping(let entries):
            var members: [(key: String, value: JSONValue)] = []
            for entry in entries {
                guard let key = entry.keyText, let value = entry.value.json else { return nil }
                members.append((key, value))
            }
            return .object(members)
        }
    }
}

extension ArgumentKind {
    /// What a value has to be.
    ///
    /// - Parameter defaultText: the argument's default; where a choice has one, `null` means it.
    func schema(_ defaultText: String?) -> JSONValue {
        switch self {
        case .integer(let minimum): SchemaText.integer(minimum: minimum)
        case .number(let minimum, let isExclusive):
            .object(
                [("type", .string("number"))]
                    + (minimum.map {
                        [(isExclusive ? "exclusiveMinimum" : "minimum", .double($0))]
                    } ?? []))
        case .boolean: SchemaText.type("boolean")
        case .text: SchemaText.type("string")
        case .choice(let words):
            .object([
                (
                    "enum",
                    .array(
                        words.map { SchemaText.value(of: $0) ?? .string($0) }
                            + (defaultText != nil && defaultText != "null" ? [.null] : []))
                )
            ])
        case .spatial(let rank, let minimum):
            SchemaText.any([
                SchemaText.integer(minimum: minimum),
                SchemaText.list(of: SchemaText.integer(minimum: minimum), exactly: rank),
            ])
        case .integers(let minimum):
            SchemaText.list(of: SchemaText.integer(minimum: minimum))
        case .axes:
            SchemaText.any([
                SchemaText.integer(minimum: nil),
                SchemaText.list(of: SchemaText.integer(minimum: nil), minimum: 1),
            ])
        case .padding(let rank): Self.paddingSchema(rank)
        case .activation: SchemaText.reference("activation")
        case .initializer: SchemaText.reference("initializer")
        case .numbers:
            SchemaText.any([
                SchemaText.type("number"),
                SchemaText.list(of: SchemaText.type("number"), minimum: 1),
            ])
        case .shape:
            // Sizes that are known later have a name, or none.
            SchemaText.list(
                of: SchemaText.any([
                    SchemaText.integer(minimum: 1), SchemaText.type("string"),
                    SchemaText.type("null"),
                ]))
        case .layer: SchemaText.reference("layer")
        case .layers: SchemaText.list(of: SchemaText.reference("layer"), minimum: 1)
        case .layerName: SchemaText.reference("layerName")
        case .names:
            SchemaText.any([
                SchemaText.reference("layerName"),
                SchemaText.list(of: SchemaText.reference("layerName"), minimum: 1),
            ])
        case .layerNames(let titles):
            SchemaText.list(
                of: SchemaText.any([
                    SchemaText.reference("layerName"), SchemaText.type("null"),
                ]), exactly: titles.count)
        case .partialShape:
            SchemaText.any([
                SchemaText.integer(minimum: 1),
                SchemaText.list(
                    of: SchemaText.any([
                        SchemaText.integer(minimum: 1), SchemaText.type("null"),
                    ]), minimum: 0),
            ])
        case .oneOrMoreLayers:
            SchemaText.any([
                SchemaText.reference("layer"),
                SchemaText.list(of: SchemaText.reference("layer"), minimum: 1),
            ])
        case .trainingOnly: .object([])
        case .optional(let kind):
            SchemaText.any([kind.schema(defaultText), SchemaText.type("null")])
        }
    }

    private static func paddingSchema(_ rank: Int) -> JSONValue {
        let cells = SchemaText.integer(minimum: 0)
        let pair = SchemaText.list(of: cells, exactly: 2)
        var forms = [cells, SchemaText.list(of: pair, exactly: rank)]
        forms.append(rank == 1 ? pair : SchemaText.list(of: cells, exactly: rank))
        return SchemaText.any(forms)
    }
}
