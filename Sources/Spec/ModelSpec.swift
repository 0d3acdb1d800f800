import Diagnostics
import IR
import Syntax

/// One item of `layers:` with its arguments read: what it is, its name, and what it reads.
package struct LayerItem: Sendable {
    /// What is known of the item, in one place that its copies share: an item is handed from the reader
    /// to the checker to whoever asks, and has a dozen references in it.
    private final class Storage: @unchecked Sendable {
        var item: Contents

        init(_ item: Contents) { self.item = item }
    }

    private struct Contents {
        let className: String
        var name: String
        var layer: any Layer
        var alternative: (any Layer)?
        var arguments: Arguments
        var inputs: [InputReference]?
        var references: [InputReference]
        let span: SourceSpan
        var nameSpan: SourceSpan?
        var shared: SharedLayer?
        var isModelOutput = false
    }

    private var storage: Storage

    /// To write to: a copy of its own, where others share it.
    private var owned: Storage {
        mutating get {
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.item) }
            return storage
        }
    }

    package var className: String { storage.item.className }
    package internal(set) var name: String {
        get { storage.item.name }
        set { owned.item.name = newValue }
    }
    package internal(set) var layer: any Layer {
        get { storage.item.layer }
        set { owned.item.layer = newValue }
    }
    /// The layer with other values for arguments that could not be read; nil where all could.
    var alternative: (any Layer)? {
        get { storage.item.alternative }
        set { owned.item.alternative = newValue }
    }
    package internal(set) var arguments: Arguments {
        get { storage.item.arguments }
        set { owned.item.arguments = newValue }
    }
    /// The names under `inputs`; nil where the layer before is meant.
    package internal(set) var inputs: [InputReference]? {
        get { storage.item.inputs }
        set { owned.item.inputs = newValue }
    }
    /// The layers that arguments of the call name (`attention_mask`): inputs behind those.
    package internal(set) var references: [InputReference] {
        get { storage.item.references }
        set { owned.item.references = newValue }
    }
    /// The class name where it is written: where a diagnostic about the layer points.
    package var span: SourceSpan { storage.item.span }
    /// Where the name is given; nil for Keras's own.
    package var nameSpan: SourceSpan? {
        get { storage.item.nameSpan }
        set { owned.item.nameSpan = newValue }
    }
    /// Whose variables it computes with, where it applies another layer again.
    package internal(set) var shared: SharedLayer? {
        get { storage.item.shared }
        set { owned.item.shared = newValue }
    }
    /// Whether it is one of several outputs of a `Model`, of which a spec may use some only.
    package internal(set) var isModelOutput: Bool {
        get { storage.item.isModelOutput }
        set { owned.item.isModelOutput = newValue }
    }

    init(
        className: String, name: String, layer: any Layer, alternative: (any Layer)?,
        arguments: Arguments, inputs: [InputReference]?, references: [InputReference],
        span: SourceSpan, nameSpan: SourceSpan? = nil, shared: SharedLayer? = nil
    ) {
        storage = Storage(
            Contents(
                className: className, name: name, layer: layer, alternative: alternative,
                arguments: arguments, inputs: inputs, references: references, span: span,
                nameSpan: nameSpan, shared: shared))
    }

    /// Whether a `Reuse` names the layer itself, not a `Model` around it.
    package var isReuse: Bool { shared.map { !$0.isInModel } ?? false }

    /// The name that its variables stand under in the weights file.
    package var variablesName: String { shared?.name ?? name }
}

/// A layer that is applied again, as `Reuse` says.
package struct SharedLayer: Sendable {
    /// The name under which its variables stand: that of the layer where it is written.
    package internal(set) var name: String
    /// How many models further out that name counts in; 0 for the one that the item stands in.
    var level = 0
    /// Where the layer is written.
    package let first: SourceSpan
    /// The `Reuse` that applies it.
    package internal(set) var use: SourceSpan
    /// Whether the `Reuse` names a `Model` around it.
    var isInModel = false
}

package struct InputReference: Sendable {
    /// The layer's full name: `encoder/conv` for a layer inside a `Model`.
    package internal(set) var name: String
    package let span: SourceSpan
    /// What the name begins with that isn't written: `encoder/`.
    var scope = ""

    init(name: String, span: SourceSpan, scope: String = "") {
        self.name = name
        self.span = span
        self.scope = scope
    }

    /// The layer whose output a name like `encoder/state_h` means, as it is written.
    var owner: String { String(text[..<(text.lastIndex(of: "/") ?? text.endIndex)]) }

    /// The name as it is written.
    var text: String { String(name.dropFirst(scope.count)) }

    /// Whether it stands in a list in brackets.
    var isInBrackets: Bool {
        let bytes = span.file.bytes
        var index = span.range.lowerBound - 1
        while index >= 0, bytes[index] == UInt8(ascii: " ") { index -= 1 }
        return index >= 0
            && (bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: ","))
    }

    /// The same inside a model whose layers' names begin with `prefix`.
    func within(_ prefix: String) -> InputReference {
        InputReference(name: prefix + name, span: span, scope: prefix + scope)
    }
}

/// A spec as written: typed layers, shapes not yet checked. Layers inside a `Model` stand among the
/// others, under names like `encoder/conv`.
package struct ModelSpec: Sendable {
    package var file: SourceFile
    package var name: String
    /// nil where the item could not be read; the error has been reported.
    package var layers: [LayerItem?]
    /// Names of layers whose item could not be read, so that references to them stay silent.
    package var brokenNames: Set<String>
    /// Whether parts of the text could not be read, so that what seems to be missing may stand there.
    package var isDamaged: Bool
    /// Whether a key of the spec seems to say what comes in, which is reported.
    package var describesInput = false
    /// The names under `outputs`; empty means the last layer.
    package var outputs: [InputReference]
    /// The weights file as written, relative to the spec.
    package var weights: (path: String, span: SourceSpan)?
    /// What stands under `compile`.
    package var training: SyntaxNode?
    /// The sizes that the shapes of its Inputs leave open.
    package var openSizes: [OpenSize] = []
}

extension [InputReference] {
    /// Where one name among others stands for several outputs: what they are called.
    var nameOfSeveral: String? {
        for input in self {
            let outputs = filter { $0.span.range == input.span.range }
            guard outputs.count > 1 else { continue }
            let names = outputs.map { "`\($0.text)`" }.joined(separator: ", ")
            return "`\(input.owner)` stands for its \(outputs.count) outputs, \(names): name those "
                + "that are meant"
        }
        return nil
    }
}
