/// Keras layers that bnc hasn't got, with the reason that a user reads.
let absentLayers: [String: String] = {
    let namesByReason = [
        "not there yet": [
            "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization", "Equalization",
            "MelSpectrogram", "ReversibleEmbedding", "STFTSpectrogram",
        ],
        "random augmentation: for training data; leave it out of the spec": [
            "AugMix", "CutMix", "MaxNumBoundingBoxes", "MixUp", "RandAugment",
            "RandomBrightness", "RandomColorDegeneration", "RandomColorJitter",
            "RandomContrast", "RandomCrop", "RandomElasticTransform", "RandomErasing",
            "RandomFlip", "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert",
            "RandomPerspective", "RandomPosterization", "RandomRotation", "RandomSaturation",
            "RandomSharpness", "RandomShear", "RandomTranslation", "RandomZoom", "Solarization",
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
        "a pipeline of preprocessing layers; write them one by one": [
            "Pipeline"
        ],
    ]
    return Dictionary(
        uniqueKeysWithValues: namesByReason.flatMap { reason, names in names.map { ($0, reason) } })
}()
