/// Keras layers that bnc hasn't got, with the reason that a user reads.
let absentLayers: [String: String] = {
    let namesByReason = [
        "needs a histogram, for which bnc has no operation: equalize images before the model": [
            "ContrastLimitedAdaptiveHistogramEqualization", "Equalization",
        ],
        "for the bounding boxes of training data; leave it out of the spec": [
            "MaxNumBoundingBoxes"
        ],
        "for strings and vocabularies: prepare the data before the model": [
            "HashedCrossing", "Hashing", "IntegerLookup", "StringLookup", "TextVectorization",
        ],
        "wraps code that a spec can't hold": [
            "FlaxLayer", "JaxLayer", "Lambda", "TFSMLayer", "TorchModuleWrapper",
        ],
        "a base class, not a layer by itself": [
            "Layer", "Wrapper",
        ],
    ]
    return Dictionary(
        uniqueKeysWithValues: namesByReason.flatMap { reason, names in names.map { ($0, reason) } })
}()
