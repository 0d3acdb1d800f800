import Diagnostics
import Spec

/// A layer that expects the channels last, behind one that has them first.
enum MixedDataFormats: ModelRule {
    static let code = DiagnosticCode(
        "BNC2312", "Two layers disagree about where the channels stand", severity: .warning,
        explanation: """
            `data_format` is an argument of each layer, and `channels_last` where it is left out. A layer \
            without it behind one with `channels_first` takes the channels for an axis of the image: \
            shapes may fit, and the numbers are wrong. Say `data_format` in each layer, or in none.
            """,
        failing: """
            layers:
              - Input: {shape: [3, 32, 32]}
              - Conv2D: {filters: 16, kernel_size: 3, data_format: channels_first}
              - MaxPooling2D
              - GlobalAveragePooling2D: {data_format: channels_first}
            """,
        mended: """
            layers:
              - Input: {shape: [3, 32, 32]}
              - Conv2D: {filters: 16, kernel_size: 3, data_format: channels_first}
              - MaxPooling2D: {data_format: channels_first}
              - GlobalAveragePooling2D: {data_format: channels_first}
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        /// For each node the one that said last where the channels stand, if they still stand there.
        var sources: [Int?] = []
        for (index, node) in model.nodes.enumerated() {
            let before = node.inputs.first.flatMap { input in
                node.inputTypes[0].rank == node.output.rank ? sources[input] : nil
            }
            guard !(node.layer is Flatten), let format = node.value(DataFormat.argument),
                node.inputTypes[0].rank > 2
            else {
                // A permutation moves the channels.
                sources.append(node.layer is Permute || node.layer is Reshape ? nil : before)
                continue
            }
            if let before, format == .channelsLast,
                model.nodes[before].value(DataFormat.argument) == .channelsFirst,
                node.item.arguments.valueSpan("data_format") == nil
            {
                report(node, model.nodes[before], &bag)
                // One step is one mistake.
                sources.append(nil)
                continue
            }
            sources.append(node.output.rank == node.inputTypes[0].rank ? index : nil)
        }
    }

    private static func report(
        _ node: ModelView.Node, _ source: ModelView.Node, _ bag: inout DiagnosticBag
    ) {
        bag.report(
            Diagnostic(
                code, .warning,
                "`\(node.item.name)` takes \(node.inputTypes[0].shapeText) with the channels last, and "
                    + "`\(source.item.name)` has them first",
                at: node.item.span, label: "`channels_last`, as nothing is said",
                secondary: [
                    Label(
                        span: source.span("data_format"),
                        text: "the channels are axis 1 from here on")
                ],
                helps: [
                    "say `data_format: channels_first` here too, or in no layer, and give the model "
                        + "images with the channels last"
                ]))
    }
}
