import Diagnostics

/// A validator of what `bnc schema` uses of JSON Schema, draft 07; `scripts/validate-schema.py` checks
/// the same with an independent one.
struct SchemaValidator {
    private let root: [String: JSONValue]

    init(_ schema: JSONValue) { root = schema.dictionary ?? [:] }

    /// What is wrong, with where it is; empty for what fits.
    func problems(_ value: JSONValue) -> [String] {
        problems(value, .object(root.map { ($0, $1) }))
    }

    private func problems(_ value: JSONValue, _ schema: JSONValue, at path: String = "")
        -> [String]
    {
        guard let schema = schema.dictionary else { return ["\(path): no schema"] }
        if let reference = schema["$ref"]?.string {
            // What stands beside it is ignored.
            return problems(value, definition(reference), at: path)
        }
        var result: [String] = []
        for (keyword, argument) in schema {
            result += problems(value, keyword, argument, schema, at: path)
        }
        return result
    }

    private func definition(_ reference: String) -> JSONValue {
        let prefix = "#/definitions/"
        precondition(reference.hasPrefix(prefix))
        return root["definitions"]?.dictionary?[String(reference.dropFirst(prefix.count))] ?? .null
    }

    private func problems(
        _ value: JSONValue, _ keyword: String, _ argument: JSONValue,
        _ schema: [String: JSONValue], at path: String
    ) -> [String] {
        func unless(_ fits: Bool) -> [String] { fits ? [] : ["\(path): \(keyword)"] }
        switch keyword {
        case "$schema", "title", "description", "markdownDescription", "default", "definitions",
            "markdownEnumDescriptions", "deprecationMessage", "doNotSuggest":
            return []
        case "type":
            let types = argument.list?.compactMap(\.string) ?? [argument.string ?? ""]
            return unless(types.contains(where: value.isOf))
        case "enum": return unless(argument.list!.contains { $0.equals(value) })
        case "minimum": return unless(value.number.map { $0 >= argument.number! } ?? true)
        case "exclusiveMinimum": return unless(value.number.map { $0 > argument.number! } ?? true)
        case "minLength":
            return unless(value.string.map { $0.count >= Int(argument.number!) } ?? true)
        case "minItems": return unless(value.list.map { $0.count >= Int(argument.number!) } ?? true)
        case "maxItems": return unless(value.list.map { $0.count <= Int(argument.number!) } ?? true)
        case "items":
            return (value.list ?? []).enumerated().flatMap {
                problems($1, argument, at: "\(path)/\($0)")
            }
        case "minProperties":
            return unless(value.dictionary.map { $0.count >= Int(argument.number!) } ?? true)
        case "maxProperties":
            return unless(value.dictionary.map { $0.count <= Int(argument.number!) } ?? true)
        case "required":
            guard let members = value.dictionary else { return [] }
            return unless(argument.list!.allSatisfy { members[$0.string!] != nil })
        case "properties":
            let members = value.dictionary ?? [:]
            return argument.dictionary!.flatMap { name, schema in
                members[name].map { problems($0, schema, at: "\(path)/\(name)") } ?? []
            }
        case "patternProperties": return []  // `^x-`: anything
        case "additionalProperties":
            precondition(argument.bool == false)
            let known = schema["properties"]?.dictionary ?? [:]
            let prefixes = (schema["patternProperties"]?.dictionary ?? [:]).keys.map {
                $0.drop { $0 == "^" }
            }
            return (value.dictionary ?? [:]).keys.sorted().filter { name in
                known[name] == nil && !prefixes.contains(where: name.hasPrefix)
            }.map { "\(path): no key \($0)" }
        case "anyOf":
            let branches = argument.list!.map { problems(value, $0, at: path) }
            return branches.contains(where: \.isEmpty)
                ? [] : branches.min { $0.count < $1.count }!
        case "allOf": return argument.list!.flatMap { problems(value, $0, at: path) }
        default: preconditionFailure("the schema uses \(keyword)")
        }
    }
}

extension JSONValue {
    var string: String? { if case .string(let value) = self { value } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var list: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

    var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The members of an object; each key stands there once.
    var dictionary: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a })
    }

    subscript(_ key: String) -> JSONValue? { dictionary?[key] }

    subscript(_ index: Int) -> JSONValue? {
        list.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }

    func isOf(_ type: String) -> Bool {
        switch (type, self) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
            ("object", .object), ("number", .int), ("number", .double), ("integer", .int):
            true
        case ("integer", .double(let value)): value == value.rounded()
        default: false
        }
    }

    /// Whether two scalars are the same.
    func equals(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        default: number != nil && number == other.number
        }
    }
}
