import Diagnostics

/// A graph to be drawn: boxes with text and edges between them.
package struct GraphSketch: Sendable {
    /// What a box is about, which gives it its colour.
    package enum Tone: String, Sendable, CaseIterable {
        case input, product, reduction, element, movement, nothing
    }

    package struct Box: Sendable {
        package var title: String
        /// Smaller lines below, the last ones fainter.
        package var lines: [String] = []
        package var costs: [String] = []
        package var tone: Tone = .nothing
        /// Whether others compute it: drawn paler.
        package var isFused = false
        package var isOutput = false
        /// Its share of all multiply-adds, from 0 to 1.
        package var share = 0.0
        /// The worst problem there is with it.
        package var problem: Severity?
        package var problemText = ""
        /// The spec's line, and the rows of `Inspection` that it stands for.
        package var line: Int?
        package var rows: [Int] = []
        package var tooltip = ""
        package var inner: GraphSketch?
    }

    package enum Flow: Sendable {
        /// The value is stored in memory.
        case stored
        /// It stays in registers: both ends are one kernel.
        case fused
    }

    package struct Edge: Sendable {
        package var from: Int
        package var to: Int
        package var label: String
        package var flow: Flow = .stored
    }

    package var boxes: [Box] = []
    package var edges: [Edge] = []
}
