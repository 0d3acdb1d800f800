import Diagnostics
import Spec

/// An Input that looks as if its channels stood first, read by layers that expect them last.
enum ChannelsFirstInput: ModelRule {
    static let code = DiagnosticCode(
        "BNC2311", "An image seems to have its channels first", severity: .warning,
        explanation: """
            Keras expects (height, width, channels); PyTorch and ONNX write (channels, height, width). \
            An image of height 3 with 224 channels is most likely the latter. Put the channels last, or \
            say `data_format: channels_first` in each layer.
            """,
        failing: """
            layers:
              - Input: {shape: [3, 64, 64]}
              - Conv2D: {filters: 8, kernel_size: 3}
              - GlobalAveragePooling2D
            """,
        mended: """
            layers:
              - Input: {shape: [64, 64, 3]}
              - Conv2D: {filters: 8, kernel_size: 3}
              - GlobalAveragePooling2D
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes where node.value(DataFormat.argument) == .channelsLast {
            guard !(node.layer is Flatten) else { continue }
            var source = model.input(of: node)
            while let plain = source, plain.isElementwise || plain.layer is Rescaling {
                source = model.input(of: plain)
            }
            guard let source, source.layer is Input, source.output.rank == 3,
                SpatialWindow.looksChannelsFirst(source.output.shape)
            else { continue }
            let shape = source.output.shape
            bag.report(
                Diagnostic(
                    code, .warning,
                    "`\(node.item.name)` takes \(source.output.shapeText) for height \(shape[0]), width "
                        + "\(shape[1]) and \(shape[2]) channels",
                    at: source.span("shape"), label: "do the channels stand first?",
                    secondary: [
                        Label(span: node.item.span, text: "expects them last")
                    ],
                    helps: [
                        "write `shape: [\(shape[1]), \(shape[2]), \(shape[0])]`, or say `data_format: "
                            + "channels_first` in each layer"
                    ]))
        }
    }
}
