import IR

/// How a shape came about, for messages about shapes that don't fit.
extension LayerCheck {
    /// A layer and what it reads, where the two have different shapes.
    private struct Step {
        let producer: Producer
        let before: Producer

        /// nil where the sizes but for the last axis, which a layer is free to choose, are the same.
        var arithmetic: String? {
            let (old, new) = (before.type.shape, producer.type.shape)
            if old.count == new.count, old.dropLast() == new.dropLast() { return nil }
            return producer.item.layer.shapeArithmetic([before.type], producer.type)
        }
    }

    /// The steps on which the shape changed on the way to a producer, the last one first. A merge has
    /// several pasts; the first is enough to tell where sizes come from.
    private func steps(to producer: Producer) -> [Step] {
        var result: [Step] = []
        var producer = producer
        // A model may have thousands of layers.
        for _ in 0..<200 {
            guard let before = input(of: producer) else { break }
            if before.type.shape != producer.type.shape {
                result.append(Step(producer: producer, before: before))
            }
            producer = before
        }
        return result
    }

    /// "`pool` comes to (1, 1, 32) by `input_layer` (28, 28, 1) → `conv2d` (14, 14, 64)...", with the
    /// arithmetic of the last step; nil where no sizes were worked out.
    func origin(of producer: Producer) -> String? {
        let steps = steps(to: producer).filter { $0.arithmetic != nil }
        guard let last = steps.first, let arithmetic = last.arithmetic else { return nil }
        if steps.count == 1 {
            return "`\(last.producer.name)` makes \(last.producer.type.shapeText) of "
                + "\(last.before.type.shapeText): \(arithmetic)"
        }
        let limit = 6
        let shown = Array(steps.prefix(limit).reversed())
        let start =
            steps.count > limit ? "…" : "\(shown[0].before.type.shapeText)"
        let path = [start] + shown.map { "`\($0.producer.name)` \($0.producer.type.shapeText)" }
        return
            "`\(producer.name)` comes to its sizes by \(path.joined(separator: " → ")); the last step "
            + "is \(arithmetic)"
    }

    /// Where the number of axes changed last.
    func rankOrigin(of producer: Producer) -> String? {
        let steps = steps(to: producer)
        guard let step = steps.first(where: { $0.before.type.rank != $0.producer.type.rank }) else {
            return nil
        }
        return "`\(step.producer.name)` makes \(step.producer.type.shapeText) of "
            + step.before.type.shapeText + (step.arithmetic.map { ": \($0)" } ?? "")
    }

    /// The layer that made fewer axes of `rank` on the way to a producer.
    func axisLoss(before producer: Producer, rank: Int) -> Producer? {
        steps(to: producer).first {
            $0.before.type.rank == rank && $0.producer.type.rank < rank
        }?.producer
    }
}
