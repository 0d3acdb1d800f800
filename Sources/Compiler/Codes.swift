import Diagnostics
import Layers
import Spec
import Syntax

/// Every diagnostic there is.
package enum AllDiagnostics {
    /// By id.
    package static let codes =
        (SourceFileDiagnostics.all + SyntaxDiagnostics.all + SpecDiagnostics.all + ModelRules.codes
        + CompilerDiagnostics.all).sorted { $0.id < $1.id }
}

package enum CompilerDiagnostics {
    package static let all: [DiagnosticCode] = [
        .unfolded, .inputData, .noNumbers, .inputValue,
    ]
}

/// Problems with data (BNC30xx), and what the passes have to say.
extension DiagnosticCode {
    package static let unfolded = DiagnosticCode(
        "BNC2303", "A batch normalization is computed by itself", severity: .remark,
        explanation: """
            At inference a BatchNormalization is a multiplication and an addition for each channel. \
            Right behind a convolution or Dense, or right before one without padding, they go into its \
            weights and cost nothing. Where something stands between, or somebody else reads the \
            result, they are computed.
            """,
        failing: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, activation: relu}
              - BatchNormalization: {name: x}
              - Conv2D: {filters: 8, kernel_size: 3, padding: same, name: y}
              - Add: {inputs: [x, y]}
              - Flatten
            """,
        mended: """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, use_bias: false}
              - BatchNormalization
              - ReLU: {name: x}
              - Conv2D: {filters: 8, kernel_size: 3, padding: same, name: y}
              - Add: {inputs: [x, y]}
              - Flatten
            """)

    package static let inputData = DiagnosticCode(
        "BNC3002", "The data doesn't fit the model",
        explanation: """
            A tensor given as input has another shape than the model's Input, is missing, or can't be \
            read. The first axis counts the samples, the others are the Input's shape.
            """,
        failing: "bnc run model.yaml --input wide.npy",
        mended: "bnc run model.yaml --input samples.npy")

    package static let inputValue = DiagnosticCode(
        "BNC3004", "The data holds NaN or infinity", severity: .warning,
        explanation: """
            A tensor given as input holds values that are no finite numbers. A model computes with them \
            as Keras does, and what they touch becomes NaN or infinity too; mostly they come from a \
            division by zero or a missing value before. `--allow BNC3004` silences it where they are \
            meant.
            """,
        failing: "bnc run model.yaml --input holes.npy",
        mended: "bnc run model.yaml --input samples.npy")

    package static let noNumbers = DiagnosticCode(
        "BNC3003", "A variable has no numbers",
        explanation: """
            No weights were given and bnc has no numbers for the variable's initializer. Give the \
            weights, or another initializer.
            """,
        failing: """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Conv2D: {filters: 4, kernel_size: 3, kernel_initializer: identity}
            """,
        mended: """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Conv2D: {filters: 4, kernel_size: 3, kernel_initializer: orthogonal}
            """)
}
