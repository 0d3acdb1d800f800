/// What to say about values of `padding` that other libraries take.
extension SpatialWindow {
    static let synonyms: [String: Mode] = [
        "same_upper": .same, "half": .same, "none": .valid, "no": .valid,
    ]

    /// What to write for cells of padding, as PyTorch and ONNX count them, and for Keras 0's `full`.
    ///
    /// - Parameter value: the value as it is written.
    static func advice(_ value: String, rank: Int) -> String? {
        if value == "0" { return "`padding: valid` adds none" }
        if Int(value) != nil || value.hasPrefix("[") {
            return
                "`padding: same` keeps the size where the stride is 1; to pad by so many cells, put "
                + "`ZeroPadding\(rank)D: {padding: \(value)}` before it"
        }
        guard ["full", "same_lower", "reflect", "replicate", "circular"].contains(value) else {
            return nil
        }
        return
            "there is no such padding; `ZeroPadding\(rank)D` before it pads by any number of cells"
    }
}
