/// How near to the direct sum in float32 a plan has to stay.
package enum MathMode: String, Hashable, Sendable, CaseIterable {
    /// Only algorithms that are as accurate as the direct sum.
    case strict
    /// Faster algorithms too, whose error is two to three times that of the direct sum: Winograd's
    /// F(4x4,3x3) and the others whose transforms amplify rounding.
    case fast
}

/// What a plan's maker may decide, beside the target.
package struct PlanOptions: Sendable {
    package var math: MathMode
    /// Whether convolutions may be computed by other algorithms than the direct sum; false for
    /// references.
    package var transforms: Bool
    /// Decisions made beforehand, by `ContractionShape.key`; others are left to the cost model.
    package var choices: [String: ContractionChoice]

    /// How many threads share a prediction: with more than one, steps are whole, so that they can be
    /// split, where one would go strip by strip.
    package var threads = 1
    /// What to do wherever it can be done, whatever the cost model says; for tests, whose models are
    /// too small for it to pay.
    package var forced: Forced

    package struct Forced: Sendable {
        /// The algorithm of every convolution it applies to.
        package var winograd: Winograd.Size?
        /// Whether every chain of convolutions and poolings runs by strips.
        package var strips: Bool
        /// Whether small tensors too are asked for a tile ahead.
        package var streamsAhead: Bool

        package init(
            winograd: Winograd.Size? = nil, strips: Bool = false, streamsAhead: Bool = false
        ) {
            self.winograd = winograd
            self.strips = strips
            self.streamsAhead = streamsAhead
        }
    }

    package init(
        math: MathMode = .fast, transforms: Bool = true,
        choices: [String: ContractionChoice] = [:], forced: Forced = Forced()
    ) {
        self.math = math
        self.transforms = transforms
        self.choices = choices
        self.forced = forced
    }
}

/// How a convolution, or a product with a constant matrix, is computed.
package struct ContractionChoice: Hashable, Sendable {
    package enum Algorithm: Hashable, Sendable {
        case direct
        /// Winograd's, by blocks of so many rows of tiles and tiles of a row.
        case winograd(Winograd, rows: Int, columns: Int)
    }

    package var algorithm: Algorithm
    package var tile: Tile
    package var order: ContractionKernel.Order
    package var prefetches: Bool

    package init(
        algorithm: Algorithm = .direct, tile: Tile, order: ContractionKernel.Order,
        prefetches: Bool
    ) {
        self.algorithm = algorithm
        self.tile = tile
        self.order = order
        self.prefetches = prefetches
    }
}

extension ContractionChoice: CustomStringConvertible {
    /// As stored: `winograd4/2x14 1x14x2 filters prefetch`; a fourth number of the tile is its sums.
    package var description: String {
        let head =
            switch algorithm {
            case .direct: "direct"
            case .winograd(let variant, let rows, let columns):
                "winograd\(variant.storedName)/\(rows)x\(columns)"
            }
        let order = self.order == .filtersOuter ? "filters" : "positions"
        return "\(head) \(tile.rows)x\(tile.columns)x\(tile.vectors)"
            + (tile.sums > 1 ? "x\(tile.sums)" : "") + " \(order)"
            + (prefetches ? " prefetch" : "")
    }

    /// Reads what `description` wrote; nil for anything else.
    package init?(_ text: String) {
        var words = text.split(separator: " ")[...]
        guard let head = words.popFirst() else { return nil }
        if head == "direct" {
            algorithm = .direct
        } else {
            let parts = head.split(separator: "/")
            guard parts.count == 2, parts[0].hasPrefix("winograd"),
                let variant = Winograd(storedName: parts[0].dropFirst(8))
            else { return nil }
            let block = parts[1].split(separator: "x").compactMap { Int($0) }
            guard block.count == 2, block.allSatisfy({ (1...4096).contains($0) }) else {
                return nil
            }
            algorithm = .winograd(variant, rows: block[0], columns: block[1])
        }
        let sizes = words.popFirst()?.split(separator: "x").compactMap { Int($0) } ?? []
        guard (3...4).contains(sizes.count), sizes.allSatisfy({ (1...32).contains($0) })
        else { return nil }
        tile = Tile(
            rows: sizes[0], columns: sizes[1], vectors: sizes[2],
            sums: sizes.count == 4 ? sizes[3] : 1)
        switch words.popFirst() {
        case "filters": order = .filtersOuter
        case "positions": order = .positionsOuter
        default: return nil
        }
        prefetches = words.first == "prefetch"
        guard words.count == (prefetches ? 1 : 0) else { return nil }
    }
}

extension Winograd {
    /// `4` for F(4x4,3x3), `4x1,5x1` for F(4,5) down.
    fileprivate var storedName: String {
        if rows == columns, rows.taps == 3 { return "\(rows.outputs)" }
        return "\(rows.outputs)x\(columns.outputs),\(rows.taps)x\(columns.taps)"
    }

    fileprivate init?(storedName text: Substring) {
        let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        }
        let square = text == "2" || text == "4"
        let pairs = square ? [[sizes[0][0], sizes[0][0]], [3, 3]] : sizes
        guard pairs.count == 2, pairs.allSatisfy({ $0.count == 2 }) else { return nil }
        let found = Self.variants(taps: (pairs[1][0], pairs[1][1])).first {
            [$0.rows.outputs, $0.columns.outputs] == pairs[0]
        }
        guard let found else { return nil }
        self = found
    }
}
