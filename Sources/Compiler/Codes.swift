import Diagnostics

/// Problems with files as a whole (BNC30xx).
extension DiagnosticCode {
    package static let unreadable = DiagnosticCode(
        "BNC3001", "a file can't be read",
        explanation: "The spec, or another file it needs, is missing or is not what it should be.")
    package static let inputData = DiagnosticCode(
        "BNC3002", "input data doesn't fit the model",
        explanation: """
            A tensor given as input has another shape than the model's Input, or it is missing. The \
            first axis counts the samples, the others are the Input's shape.
            """)
    package static let noNumbers = DiagnosticCode(
        "BNC3003", "a variable has no numbers",
        explanation: """
            No weights were given and bnc has no numbers for the variable's initializer. Give the \
            weights, or another initializer.
            """)
}

package enum CompilerDiagnostics {
    package static let all: [DiagnosticCode] = [.unreadable, .inputData, .noNumbers]
}
