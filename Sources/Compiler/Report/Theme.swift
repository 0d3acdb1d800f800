/// The colours of a page or drawing, on light and on dark.
struct Theme {
    var background: String
    var panel: String
    var text: String
    var faint: String
    var line: String
    var edge: String
    var accent: String
    var warning: String
    var error: String
    var good: String
    var mark: String
    private var tones: [GraphSketch.Tone: String]

    static let monospace =
        "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
    static let sans = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

    func tone(_ tone: GraphSketch.Tone) -> String { tones[tone]! }

    static let light = Theme(
        background: "#f7f8fa", panel: "#ffffff", text: "#1b1f24", faint: "#59636e", line: "#c4cad1",
        edge: "#6e7781", accent: "#0969da", warning: "#9a6700", error: "#cf222e", good: "#1a7f37",
        mark: "#fff3c4",
        tones: [
            .input: "#57606a", .product: "#0969da", .reduction: "#8250df", .element: "#bc4c00",
            .movement: "#1b7c83", .nothing: "#c4cad1",
        ])

    static let dark = Theme(
        background: "#0f1318", panel: "#181d24", text: "#e6edf3", faint: "#9aa4af", line: "#3d4650",
        edge: "#8b949e", accent: "#4493f8", warning: "#d29922", error: "#f85149", good: "#3fb950",
        mark: "#3a3010",
        tones: [
            .input: "#8b949e", .product: "#4493f8", .reduction: "#ab7df8", .element: "#e0823d",
            .movement: "#39b5bd", .nothing: "#3d4650",
        ])
}
