import Diagnostics
import Spec

// Augmentations of several images, or by several others.

/// `keras.layers.AugMix`; nothing at inference.
package struct AugMix: ImageAugmentation {
    package static let className = "AugMix"
    static let effect = "mixes chains of augmentations of an image"
    static let exampleArguments = "factor: 0.3"
    static let factorBounds = 0.0...1.0
    static let chains = Argument.integer(
        "num_chains", default: 3, minimum: 1, "Training: the number of chains.")
    static let depth = Argument.integer(
        "chain_depth", default: 3, minimum: 1, "Training: the number of augmentations in a chain.")
    static let alpha = Argument.number(
        "alpha", default: 1, "Training: the parameter of the distributions of weights.")
    static let allOperations = Argument.boolean(
        "all_ops", default: true, "Training: whether colours are changed too.")
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.valueRange, chains, depth, AugmentationArguments.factor(default: 0.3),
        alpha, allOperations, AugmentationArguments.interpolation, AugmentationArguments.seed,
        AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.CutMix`; nothing at inference.
package struct CutMix: ImageAugmentation {
    package static let className = "CutMix"
    static let effect = "puts a part of one image into another"
    static let exampleArguments = "factor: 0.5"
    static let factorBounds = 0.0...1.0
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(default: 1), AugmentationArguments.seed,
        AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.MixUp`; nothing at inference.
package struct MixUp: ImageAugmentation {
    package static let className = "MixUp"
    static let effect = "mixes two images"
    static let exampleArguments = "alpha: 0.2"
    static let alpha = Argument.number(
        "alpha", default: 0.2, "Training: the parameter of the distribution of weights.")
    package static let schema: [any ArgumentDescriptor] = [
        alpha, AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandAugment`; nothing at inference.
package struct RandAugment: ImageAugmentation {
    package static let className = "RandAugment"
    static let effect = "applies augmentations that are picked at random"
    static let exampleArguments = "num_ops: 2"
    static let factorBounds = 0.0...1.0
    static let operations = Argument.integer(
        "num_ops", default: 2, minimum: 0, "Training: the number of augmentations.")
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.valueRange, operations, AugmentationArguments.factor(default: 0.5),
        AugmentationArguments.interpolation, AugmentationArguments.seed,
        AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
