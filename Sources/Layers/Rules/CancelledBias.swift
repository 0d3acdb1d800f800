import Diagnostics
import Spec

/// A bias whose only reader is a BatchNormalization, which takes it away again.
enum CancelledBias: ModelRule {
    static let code = DiagnosticCode(
        "BNC2302", "A bias has no effect", severity: .remark,
        explanation: """
            In training a BatchNormalization subtracts the mean of what comes in, and with it any bias \
            that was added before. `use_bias: false` saves the parameters. Weights that were trained \
            with the bias still need it: the moving mean contains it.
            """,
        failing: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3}
              - BatchNormalization
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
            guard let source = model.input(of: node), source.readers.count == 1, !source.isOutput,
                !model.isReused(source),
                source.value(KernelArguments.useBias) == true,
                source.activation == .linear, source.channelAxis == source.output.rank,
                let axis = node.value(BatchNormalization.axis),
                Axis.index(axis, rank: node.output.rank + 1) == node.output.rank,
                let bias = source.layer.weights(source.inputTypes).first(where: {
                    $0.name == "bias"
                })
            else { continue }
            bag.report(
                Diagnostic(
                    code, .remark,
                    "the bias of `\(source.item.name)` has no effect: `\(node.item.name)` takes it away",
                    at: source.span("use_bias"), label: "adds a bias",
                    secondary: [
                        Label(span: node.item.span, text: "subtracts the mean, the bias with it")
                    ],
                    helps: [
                        "train with `use_bias: false` and save \(bias.count) "
                            + "parameter\(bias.count == 1 ? "" : "s")"
                    ]))
        }
    }
}
