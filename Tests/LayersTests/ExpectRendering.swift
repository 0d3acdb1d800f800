import Testing

/// Expects all that is said about a spec, as a terminal shows it.
func expectRendering(
    _ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let rendering = ReadModel(text + "\n").rendering
    #expect(rendering == expected + "\n", sourceLocation: sourceLocation)
}
