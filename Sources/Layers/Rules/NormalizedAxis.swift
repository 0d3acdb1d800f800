import Diagnostics
import Spec

/// A BatchNormalization that normalizes rows or columns, not channels.
enum NormalizedAxis: ModelRule {
    static let code = DiagnosticCode(
        "BNC2301", "Batch normalization works along another axis than the channels",
        severity: .warning,
        explanation: """
            A BatchNormalization has a mean and a variance for each index of its axis. Behind a \
            convolution that is the axis of the channels: the last one, or axis 1 with \
            `data_format: channels_first`. Along another axis each row or column of an image gets \
            statistics of its own, and nothing can be folded into the convolution.
            """,
        failing: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, use_bias: false}
              - BatchNormalization: {axis: 1}
              - Flatten
            """,
        mended: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, use_bias: false}
              - BatchNormalization
              - Flatten
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes where node.layer is BatchNormalization {
            guard let axis = node.value(BatchNormalization.axis) else { continue }
            var source = model.input(of: node)
            while let elementwise = source, elementwise.isElementwise {
                source = model.input(of: elementwise)
            }
            guard let source, source.output.shape == node.output.shape,
                let channels = source.channelAxis
            else { continue }
            let rank = node.output.rank
            let found = Axis.index(axis, rank: rank + 1)
            if found != channels { report(node, found, source, channels, &bag) }
        }
    }

    private static func report(
        _ node: ModelView.Node, _ axis: Int, _ source: ModelView.Node, _ channels: Int,
        _ bag: inout DiagnosticBag
    ) {
        let size = node.output.shape[axis - 1]
        let isWritten = node.item.arguments.isWritten("axis")
        bag.report(
            Diagnostic(
                code, .warning,
                "`\(node.item.name)` normalizes axis \(axis), and the channels of "
                    + "`\(source.item.name)` are axis \(channels)",
                at: node.span("axis"),
                label:
                    "\(isWritten ? "" : "axis -1: ")a mean for each of \(size) indices, not for each "
                    + "of \(node.output.shape[channels - 1]) channels",
                secondary: [
                    Label(
                        span: source.item.span,
                        text: "`\(source.item.name)` makes \(source.output.shapeText), channels "
                            + (channels == 1 ? "first" : "last"))
                ], helps: isWritten ? [] : ["write `axis: \(channels)`"],
                fixIts: isWritten
                    ? [
                        FixIt(
                            span: node.span("axis"), replacement: "\(channels)",
                            text: "write `axis: \(channels)`")
                    ] : []))
    }
}
