import Diagnostics
import IR
import Spec

/// Layers behind each other as one layer, a nested `keras.Sequential`.
package struct Sequential: Layer {
    package static let className = "Sequential"
    package static let kerasPage = KerasPage.at("models/sequential")
    package static let summary = "Layers behind each other as one layer."
    package static let formula = "output = last(...(second(first(x))))"
    package static let example = """
        layers:
          - Input: {shape: [12, 12, 3]}
          - Sequential:
              name: stem
              layers:
                - Conv2D: {filters: 8, kernel_size: 3}
                - BatchNormalization
                - ReLU
          - GlobalAveragePooling2D
        """

    static let layers = Argument<[LayerItem]>.layers(
        "layers", "The layers; each reads the one before it.")
    package static let schema: [any ArgumentDescriptor] = [layers]

    private let items: [LayerItem]

    package init(_ arguments: Arguments) { items = arguments[Self.layers] }

    /// The layers that compute something: an `Input` at the front only says what comes in.
    private var inner: ArraySlice<LayerItem> {
        items.first?.layer is Input ? items.dropFirst() : items[...]
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        checkNames(&check)
        if let first = items.first, let input = first.layer as? Input, !input.takes(inputs[0]) {
            check.error(
                .shapeMismatch,
                "`\(check.name)` starts with an Input of \(input.sizes.text) and gets "
                    + inputs[0].shapeText,
                at: .argument("layers"), label: "its first layer says what comes in", inputs: [0],
                helps: ["leave the inner Input out"])
        }
        var type = inputs[0]
        var mask = check.mask()
        var previous: LayerItem?
        for item in inner {
            guard let output = check.nested(item, type, mask: mask, after: previous) else {
                return nil
            }
            mask = check.bag.hasErrors ? nil : item.layer.outputMask([type], [mask])
            type = output
            previous = item
        }
        return type
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        var type = inputs[0]
        return inner.reduce(masks.first ?? nil) { mask, item in
            defer { type = item.checkedOutputType(type) }
            return item.layer.outputMask([type], [mask])
        }
    }

    private func checkNames(_ check: inout LayerCheck) {
        var taken: [String: LayerItem] = [:]
        for item in items {
            guard let first = taken.updateValue(item, forKey: item.name) else { continue }
            check.bag.report(
                Diagnostic(
                    .layerName, "two layers in `\(check.name)` have the name `\(item.name)`",
                    at: item.span, label: "the second",
                    secondary: [Label(span: first.span, text: "the first")],
                    helps: ["give one of them another `name`"]))
        }
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        var type = inputs[0]
        var weights: [WeightSpec] = []
        for item in inner {
            weights += item.layer.weights([type]).map {
                var weight = $0
                weight.name = "\(item.name)/\($0.name)"
                return weight
            }
            type = item.checkedOutputType(type)
        }
        return weights
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        var (value, mask) = (inputs[0], lowering.mask())
        for item in inner {
            (value, mask) = lowering.nested(item, path: "\(item.name)/", [value], masks: [mask])
        }
        lowering.outputMask = mask
        return value
    }
}
