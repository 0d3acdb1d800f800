import Diagnostics
import IR
import Layers
import Spec
import Syntax

/// What could be read of a spec with errors: enough to draw it.
package struct SpecOutline: Sendable {
    package struct Layer: Sendable {
        package var item: LayerItem
        /// Indices of the layers it reads, those that are known.
        package var inputs: [Int]
        /// nil where an error keeps it from being known.
        package var outputShape: PartialShape?

        var line: Int { item.span.start.line }
        var shapeText: String { outputShape?.text ?? "?" }
    }

    package let file: SourceFile
    package let name: String
    package let layers: [Layer]
    private let outputs: Set<String>
    /// Whether sizes are missing because the spec leaves them open.
    package private(set) var isOpen = false

    /// - Parameter sizes: by name, for those that the spec leaves open.
    package init(
        _ file: SourceFile, catalog: LayerCatalog = .keras, sizes: [String: Int] = [:]
    ) {
        self.file = file
        var bag = DiagnosticBag()
        let tree = YAMLParser.parse(file, into: &bag)
        guard let spec = SpecReader.read(tree, catalog: catalog, sizes: sizes, into: &bag) else {
            name = file.path
            layers = []
            outputs = []
            return
        }
        name = spec.name
        outputs = Set(spec.outputs.map(\.name))
        // Layers that could not be read are left out, and what reads them has fewer inputs.
        let checked = ShapeChecker.outline(spec)
        var place = [Int?](repeating: nil, count: checked.count)
        var layers: [Layer] = []
        for (index, layer) in checked.enumerated() {
            guard let layer else { continue }
            place[index] = layers.count
            layers.append(
                Layer(
                    item: layer.item, inputs: layer.inputs.compactMap { place[$0] },
                    outputShape: layer.outputShape))
        }
        self.layers = layers
        isOpen = !bag.hasErrors && spec.openSizes.contains { !$0.isBound }
    }

    func sketch(_ problems: ReportProblems) -> GraphSketch {
        var sketch = GraphSketch()
        for (index, layer) in layers.enumerated() {
            var box = GraphSketch.Box(title: layer.item.name)
            let arguments = layer.item.argumentsText
            box.lines = [layer.item.className + (arguments.isEmpty ? "" : " " + arguments)]
            box.line = layer.line
            box.rows = [index]
            box.isOutput = outputs.contains(layer.item.name)
            problems.mark(&box, row: index)
            sketch.boxes.append(box)
            for input in layer.inputs {
                sketch.edges.append(
                    GraphSketch.Edge(from: input, to: index, label: layers[input].shapeText))
            }
        }
        return sketch
    }
}
