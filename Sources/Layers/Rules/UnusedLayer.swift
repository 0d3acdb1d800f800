import Diagnostics
import Spec

/// A layer that nobody reads and that is no output.
enum UnusedLayer: ModelRule {
    static let code = DiagnosticCode(
        "BNC2307", "Nobody uses a layer's output", severity: .warning,
        explanation: """
            What a layer computes goes to the layers that read it, or out of the model. A layer that \
            does neither is computed for nothing, and is left out. Most likely an `inputs` names another \
            layer than the one meant, or an output is missing under `outputs`.
            """,
        failing: """
            layers:
              - Input: {shape: [8], name: x}
              - Dense: {units: 4, name: left}
              - Dense: {units: 4, inputs: x, name: right}
            """,
        mended: """
            layers:
              - Input: {shape: [8], name: x}
              - Dense: {units: 4, name: left}
              - Dense: {units: 4, inputs: x, name: right}
            outputs: [left, right]
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        let layers = model.model.layers
        var isUsed = [Bool](repeating: false, count: layers.count)
        for layer in layers { for input in layer.inputs { isUsed[input] = true } }
        for output in model.model.outputs { isUsed[output] = true }
        /// The Models of which an output is used.
        let used = Set(
            zip(layers, isUsed).filter { $0.item.isOneOfSeveral && $1 }.map { $0.0.item.model })
        var reported: Set<Substring> = []
        for (layer, isUsed) in zip(layers, isUsed) where !isUsed {
            if layer.item.isOneOfSeveral, used.contains(layer.item.model) { continue }
            let isOutput = layer.item.layer is LayerOutput
            // Once for all outputs of a layer.
            if isOutput, !reported.insert(layer.item.model).inserted { continue }
            let name = isOutput ? String(layer.item.model) : layer.name
            // Said where the Model is written.
            if layer.item.shared != nil, !layer.item.isReuse { continue }
            let isInput = layer.item.layer is Input
            bag.report(
                Diagnostic(
                    code, .warning,
                    isInput
                        ? "no layer reads the input `\(layer.name)`"
                        : "nobody uses the output of `\(name)`",
                    at: layer.item.span, label: isInput ? "not read" : "computed for nothing",
                    helps: [
                        isInput
                            ? "name it under `inputs` of a layer, or remove it"
                            : "name it under `inputs` of a layer or under `outputs`, or remove it"
                    ]))
        }
    }
}

extension LayerItem {
    /// Whether it is one of several outputs, of which a spec may use some only.
    fileprivate var isOneOfSeveral: Bool { isModelOutput || layer is LayerOutput }
    /// The name of the Model that it stands in.
    /// Or the layer whose output it is.
    fileprivate var model: Substring { name[..<(name.lastIndex(of: "/") ?? name.startIndex)] }
}
