import Diagnostics
import IR
import Layers
import Spec

/// What there is to say about a layer, from its own file: the source of `bnc layers NAME`, of its JSON,
/// and of `docs/layers.md`.
package struct LayerPage: Sendable {
    package struct Row: Sendable {
        package let name: String
        /// The default as YAML; nil where the argument is required.
        package let defaultText: String?
        package let expectation: String
        package let doc: String
    }

    /// A variable as it is in the example.
    package struct Variable: Sendable {
        package let name: String
        package let shape: [Int]
        package let trainable: Bool
    }

    package let layer: any Layer.Type
    package let group: String
    /// Keras's page; nil where Keras has no such layer.
    package let url: String?
    /// Keras's arguments of the constructor, those of the call, and those that Keras's layer has not.
    package let arguments: [Row]
    package let callArguments: [Row]
    package let ownArguments: [Row]
    /// What comes in and goes out in the example, the batch left out.
    package let inputShapes: [[Int]]
    package let outputShape: [Int]
    package let variables: [Variable]

    package var name: String { layer.className }
    package var takes: String { layer.inputCount.text }
    package var aliases: [String] { layer.aliases }

    package init(_ layer: any Layer.Type, catalog: LayerCatalog = .keras) {
        func rows(_ schema: [any ArgumentDescriptor]) -> [Row] {
            schema.map {
                Row(
                    name: $0.name, defaultText: $0.defaultText, expectation: $0.kind.expectation,
                    doc: $0.doc)
            }
        }
        self.layer = layer
        let group = catalog.groups.first { $0.layers.contains { $0 == layer } }
        self.group = group?.title ?? ""
        url = group?.kerasURL(of: layer)
        arguments = rows(layer.schema)
        callArguments = rows(layer.callSchema)
        ownArguments = rows(layer.ownSchema)
        var bag = DiagnosticBag()
        let file = SourceFile(path: "example.yaml", text: layer.example)
        guard let model = Compiler.check(file, catalog: catalog, into: &bag),
            let checked = model.layers.first(where: { Self.holds(layer, $0.item) })
                ?? model.layers.first(where: { Self.isWritten(layer, $0.item) })
        else { preconditionFailure("the example of \(layer.className) has errors") }
        inputShapes = checked.inputTypes.map(\.shape)
        outputShape = checked.outputType.shape
        variables = checked.weights.map { weight in
            Variable(
                name: String(weight.name.dropFirst(checked.name.count + 1)), shape: weight.shape,
                trainable: weight.trainable)
        }
    }

    /// Whether an item is such a layer, or has one inside, as the layer that runs a cell.
    private static func holds(_ layer: any Layer.Type, _ item: LayerItem) -> Bool {
        type(of: item.layer) == layer || item.innerItems.contains { holds(layer, $0) }
    }

    /// Whether an item is what a word of the spec was read as: a `Model`'s output, or a `Reuse`.
    private static func isWritten(_ layer: any Layer.Type, _ item: LayerItem) -> Bool {
        item.className == layer.className || (item.isReuse && layer is any ReuseLayer.Type)
    }

    /// Pages of all layers, group by group.
    package static func all(_ catalog: LayerCatalog = .keras) -> [(
        group: String, pages: [LayerPage]
    )] {
        catalog.groups.map { group in
            (group.title, group.layers.map { LayerPage($0, catalog: catalog) })
        }
    }

    /// Arguments that every layer takes.
    package static let common: [Row] = [
        Row(
            name: "name", defaultText: "the class name in snake case",
            expectation: "a text without `/`",
            doc: "What other layers and the weights file call it."),
        Row(
            name: "inputs", defaultText: "the layer before",
            expectation: "the name of an earlier layer, or a list of them",
            doc: "What it reads."),
        Row(
            name: "trainable", defaultText: "true", expectation: "`true` or `false`",
            doc: "Training: whether its variables change."),
        Row(
            name: "dtype", defaultText: "float32", expectation: "`float32`",
            doc: "The element type of what it computes."),
        Row(
            name: "input_shape", defaultText: "null",
            expectation: "a list of positive integers, the batch axis left out",
            doc: "For the first layer of a model without an `Input`."),
    ]

    static func text(_ shape: [Int]) -> String { TensorType(.float32, shape).shapeText }

    /// `(28, 28, 1) -> (26, 26, 32)`.
    package var shapesText: String {
        let inputs = inputShapes.map(Self.text).joined(separator: ", ")
        return inputs.isEmpty
            ? Self.text(outputShape) : "\(inputs) -> \(Self.text(outputShape))"
    }

    // MARK: Absent layers

    /// Keras's layers that are not there, by the reason, both in order.
    package static func absent(_ catalog: LayerCatalog = .keras) -> [(
        reason: String, names: [String]
    )] {
        Dictionary(grouping: catalog.absent.keys.sorted(), by: { catalog.absent[$0]! })
            .map { (reason: $0.key, names: $0.value) }
            .sorted { ($0.names.count, $1.reason) > ($1.names.count, $0.reason) }
    }
}
