import Diagnostics
import IR
import Spec

/// A classifier that forgot its Flatten: Dense works on each pixel by itself.
enum DenseOnImage: ModelRule {
    static let code = DiagnosticCode(
        "BNC2306", "A Dense works on each pixel of an image by itself", severity: .warning,
        explanation: """
            Dense multiplies the last axis, so on an image of (height, width, channels) it is the same \
            small layer at each pixel, and the output still has height and width. `Flatten` before it \
            connects all pixels. A model that means to classify each pixel can allow this.
            """,
        failing: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Dense: {units: 32, activation: relu}
              - Dense: {units: 10, activation: softmax}
            """,
        mended: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Flatten
              - Dense: {units: 32, activation: relu}
              - Dense: {units: 10, activation: softmax}
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for end in model.nodes where end.isOutput && end.output.rank >= 2 {
            guard let chain = chain(to: end, in: model), let dense = chain.dense.last,
                chain.dense.first?.isSoftmax == true || chain.dense.count > 1
                    || (end.layer is Softmax)
            else { continue }
            let input = dense.inputTypes[0]
            guard isImage(input, from: chain.source) else { continue }
            let pixels = input.shape.dropLast().map(String.init).joined(separator: " x ")
            bag.report(
                Diagnostic(
                    code, .warning,
                    "`\(dense.item.name)` works on each of the \(pixels) places of "
                        + "\(input.shapeText) by itself",
                    at: dense.item.span,
                    label: "multiplies the last axis only, of \(input.shape.last!)",
                    secondary: [
                        Label(
                            span: chain.source.item.span,
                            text:
                                "`\(chain.source.item.name)` makes \(chain.source.output.shapeText)"
                        )
                    ],
                    notes: ["the output of the model is \(end.output.shapeText)"],
                    helps: [
                        "`Flatten` goes between them"
                            + (input.rank == 3 ? ", or `GlobalAveragePooling2D`" : "")
                    ]))
        }
    }

    /// The Dense layers at the end of a model, the last one first, and what they read.
    private static func chain(
        to end: ModelView.Node, in model: ModelView
    ) -> (dense: [ModelView.Node], source: ModelView.Node)? {
        var dense: [ModelView.Node] = []
        var node: ModelView.Node? = end
        while let current = node {
            if current.layer is Dense {
                dense.append(current)
            } else if !(current.isElementwise || current.layer is BatchNormalization
                || current.layer is Softmax || current.layer is Rescaling)
            {
                return dense.isEmpty ? nil : (dense, current)
            }
            if current.inputs.isEmpty { break }
            node = model.input(of: current)
        }
        return nil
    }

    /// Whether a tensor is surely an image: what a convolution or pooling made of one, or an Input of
    /// one, three or four channels, or a square of grey values.
    private static func isImage(_ type: TensorType, from source: ModelView.Node) -> Bool {
        let shape = type.shape
        if source.layer is Input {
            if shape.count == 2 { return shape[0] == shape[1] && shape[0] >= 16 }
            return shape.count == 3 && [1, 3, 4].contains(shape[2]) && min(shape[0], shape[1]) >= 8
        }
        let isSpatial =
            source.value(DataFormat.argument) == .channelsLast && !(source.layer is Flatten)
        return isSpatial && shape.count == 3 && min(shape[0], shape[1]) >= 2
    }
}
