/// How near to the direct sum in float32 a plan has to stay.
package enum MathMode: String, Hashable, Sendable, CaseIterable {
    /// Only algorithms that are as accurate as the direct sum.
    case strict
    /// Faster algorithms too, whose error stays some ten times that of the direct sum: Winograd's
    /// F(4x4,3x3).
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

    package init(
        math: MathMode = .fast, transforms: Bool = true, choices: [String: ContractionChoice] = [:]
    ) {
        self.math = math
        self.transforms = transforms
        self.choices = choices
    }
}

/// How a convolution, or a product with a constant matrix, is computed.
package struct ContractionChoice: Hashable, Sendable {
    package enum Algorithm: Hashable, Sendable {
        case direct
        /// Winograd's, by strips of so many rows of tiles.
        case winograd(Winograd, rows: Int)
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
    /// As stored: `winograd4/2 1x14x2 filters prefetch`.
    package var description: String {
        let head =
            switch algorithm {
            case .direct: "direct"
            case .winograd(let variant, let rows): "winograd\(variant.rawValue)/\(rows)"
            }
        let order = self.order == .filtersOuter ? "filters" : "positions"
        return "\(head) \(tile.rows)x\(tile.columns)x\(tile.vectors) \(order)"
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
            guard parts.count == 2, parts[0].hasPrefix("winograd"), let rows = Int(parts[1]),
                rows > 0, let edge = Int(parts[0].dropFirst(8)), let variant = Winograd(rawValue: edge)
            else { return nil }
            algorithm = .winograd(variant, rows: rows)
        }
        let sizes = words.popFirst()?.split(separator: "x").compactMap { Int($0) } ?? []
        guard sizes.count == 3, sizes.allSatisfy({ (1...32).contains($0) }) else { return nil }
        tile = Tile(rows: sizes[0], columns: sizes[1], vectors: sizes[2])
        switch words.popFirst() {
        case "filters": order = .filtersOuter
        case "positions": order = .positionsOuter
        default: return nil
        }
        prefetches = words.first == "prefetch"
        guard words.count == (prefetches ? 1 : 0) else { return nil }
    }
}
