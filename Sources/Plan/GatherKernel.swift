import IR

/// Rows of a table by number: `loops` walk the indices (streams: 0 indices, 1 output); a row's
/// elements are neighbours. What an index means is `GatherOp`'s.
package struct GatherKernel: Hashable, Sendable {
    package var table: Location
    package var rows: Int
    package var width: Int
    package var indices: Location
    package var output: Location
    package var loops: [Loop]

    package init(
        table: Location, rows: Int, width: Int, indices: Location, output: Location, loops: [Loop]
    ) {
        self.table = table
        self.rows = rows
        self.width = width
        self.indices = indices
        self.output = output
        self.loops = loops
    }
}
