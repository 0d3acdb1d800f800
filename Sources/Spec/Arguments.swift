import Diagnostics
import Synchronization
import Syntax

/// The arguments of one layer as read: those that were written, defaults for the others.
package struct Arguments: Sendable {
    private var values: [String: any Sendable] = [:]
    /// Where each argument was written.
    private var entries: [String: (key: SourceSpan, value: SourceSpan)] = [:]

    package init() {}

    mutating func set(_ name: String, _ value: any Sendable, key: SourceSpan, at span: SourceSpan) {
        values[name] = value
        entries[name] = (key, span)
    }

    /// Takes over what `other` has for an argument, or that it has nothing.
    mutating func copy(_ name: String, from other: Arguments) {
        values[name] = other.values[name]
        entries[name] = other.entries[name]
    }

    /// - Precondition: the argument is in the layer's schema; a required one has been written.
    package subscript<Value>(_ argument: Argument<Value>) -> Value {
        if let value = values[argument.name] { return value as! Value }
        return argument.defaultValue!
    }

    /// The value of an argument that a layer may have or not; nil if it has none of the name and type.
    package func value<Value>(_ argument: Argument<Value>, of layer: any Layer.Type) -> Value? {
        guard ArgumentIndex.descriptor(argument.name, of: layer) is Argument<Value> else {
            return nil
        }
        return values[argument.name] as? Value ?? argument.defaultValue
    }

    package func isWritten(_ name: String) -> Bool { values[name] != nil }
    package func valueSpan(_ name: String) -> SourceSpan? { entries[name]?.value }
    package func keySpan(_ name: String) -> SourceSpan? { entries[name]?.key }
}

/// The arguments of each layer, made once: a model reads those of its layers many times, and rules ask
/// every layer for arguments that most haven't got.
enum ArgumentIndex {
    private struct Entry {
        let all: [any ArgumentDescriptor]
        /// Those whose values are layers.
        let nested: [any ArgumentDescriptor]
        /// Those of the layer itself.
        let byName: [String: any ArgumentDescriptor]
    }

    private static let known = Mutex<[ObjectIdentifier: Entry]>([:])

    /// Every argument that a spec may give.
    static func all(of layer: any Layer.Type) -> [any ArgumentDescriptor] { entry(layer).all }

    /// The arguments whose values are layers.
    static func nested(of layer: any Layer.Type) -> [any ArgumentDescriptor] {
        entry(layer).nested
    }

    static func descriptor(_ name: String, of layer: any Layer.Type) -> (any ArgumentDescriptor)? {
        entry(layer).byName[name]
    }

    private static func entry(_ layer: any Layer.Type) -> Entry {
        let id = ObjectIdentifier(layer)
        if let entry = known.withLock({ $0[id] }) { return entry }
        let schema = layer.schema
        let all = schema + layer.callSchema + layer.ownSchema
        let entry = Entry(
            all: all, nested: all.filter { $0.kind.holdsLayers },
            byName: Dictionary(
                schema.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }))
        known.withLock { $0[id] = entry }
        return entry
    }
}
