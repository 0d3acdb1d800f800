import IR

/// How a shape came about, for messages about shapes that don't fit.
extension LayerCheck {
    /// The layers that changed the shape on the way to a producer, itself included, the last one last:
    /// `input_layer`, `conv2d`, `max_pooling2d`.
    private func shapers(of producer: Producer) -> [Producer] {
        var result: [Producer] = []
        var producer = producer
        // More are not shown, and a model may have thousands.
        while result.count < 12 {
            // A merge has several pasts; one is enough to tell where sizes come from.
            guard let before = input(of: producer) else {
                result.append(producer)
                break
            }
            if before.type.shape != producer.type.shape || producer.inputs.count > 1 {
                result.append(producer)
            }
            producer = before
        }
        return result.reversed()
    }

    /// "`add` comes to its shape by `input_layer` (28, 28, 1) → `conv2d` (14, 14, 64)", with the
    /// arithmetic of the last step; nil where the shape is simply given.
    func origin(of producer: Producer) -> String? {
        let shapers = shapers(of: producer)
        guard let last = shapers.last, shapers.count > 1, let before = input(of: last) else {
            return nil
        }
        let arithmetic = last.item.layer.shapeArithmetic([before.type], last.type)
        if shapers.count == 2 {
            return arithmetic.map {
                "`\(last.name)` makes \(last.type.shapeText) of \(before.type.shapeText): \($0)"
            }
        }
        let limit = 6
        var steps = shapers.suffix(limit).map { "`\($0.name)` \($0.type.shapeText)" }
        if shapers.count > limit { steps.insert("…", at: 0) }
        return "`\(producer.name)` comes to its shape by " + steps.joined(separator: " → ")
            + (arithmetic.map { "; the last step: \($0)" } ?? "")
    }
}
