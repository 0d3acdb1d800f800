import Diagnostics

/// Says in the user's terms why libyaml can't read on.
struct FailureReport {
    let file: SourceFile
    let failure: YAMLEvents.Failure
    /// The brackets that are open, the innermost last.
    let openBrackets: [SourceRange]

    var diagnostic: Diagnostic {
        if failure.stage == .encoding {
            return EncodingProblem.diagnostic(failure.problem, at: failure.offset, in: file)
        }
        return Diagnostic(
            .invalidYAML, "this is not valid YAML: \(failure.problem)",
            at: file.span(failure.offset..<failure.offset), notes: [failure.context])
    }
}
