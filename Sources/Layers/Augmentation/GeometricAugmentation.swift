import Diagnostics
import Spec

// Augmentations of where things are.

/// `keras.layers.RandomElasticTransform`; nothing at inference.
package struct RandomElasticTransform: ImageAugmentation {
    package static let className = "RandomElasticTransform"
    static let effect = "bends images"
    static let exampleArguments = "factor: 0.5"
    static let factorBounds = 0.0...1.0
    let checksValueRange = false
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(default: 1), AugmentationArguments.factor("scale", default: 1),
        AugmentationArguments.interpolation, AugmentationArguments.fillMode,
        AugmentationArguments.fillValue, AugmentationArguments.valueRange,
        AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomErasing`; nothing at inference.
package struct RandomErasing: ImageAugmentation {
    package static let className = "RandomErasing"
    static let effect = "fills a rectangle of images"
    static let exampleArguments = "factor: 0.5"
    static let factorBounds = 0.0...1.0
    let checksValueRange = false
    static let area = Argument<[Double]>.numbers(
        "scale", default: [0.02, 0.33], "Training: the least and the largest share of the image.")
    static let erasedValue = Argument.number(
        "fill_value", "Training: what the rectangle holds; `null` for noise."
    ).orNull()
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(default: 1), area, erasedValue,
        AugmentationArguments.valueRange, AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomFlip`; nothing at inference.
package struct RandomFlip: ImageAugmentation {
    package static let className = "RandomFlip"
    static let effect = "mirrors images"
    static let exampleArguments = "mode: horizontal"
    enum Mode: String, CaseIterable, Sendable {
        case both = "horizontal_and_vertical"
        case horizontal, vertical
    }

    static let mode = Argument<Mode>.choice(
        "mode", default: .both, "Training: along which axes.")
    package static let schema: [any ArgumentDescriptor] = [
        mode, AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomPerspective`; nothing at inference.
package struct RandomPerspective: ImageAugmentation {
    package static let className = "RandomPerspective"
    static let effect = "looks at images from another point"
    static let exampleArguments = "factor: 0.5, scale: 0.3"
    static let factorBounds = 0.0...1.0
    static let scale = Argument.number(
        "scale", default: 1, minimum: 0, "Training: how far corners move, from 0 to 1.")
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(default: 1), scale, AugmentationArguments.interpolation,
        AugmentationArguments.fillValue, AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {
        check.requireFraction(arguments[Self.scale], argument: "scale")
    }
}

/// `keras.layers.RandomRotation`; nothing at inference.
package struct RandomRotation: ImageAugmentation {
    package static let className = "RandomRotation"
    static let effect = "turns images by random angles"
    static let exampleArguments = "factor: 0.1"
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.fillMode,
        AugmentationArguments.interpolation, AugmentationArguments.seed,
        AugmentationArguments.fillValue, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomShear`; nothing at inference.
package struct RandomShear: ImageAugmentation {
    package static let className = "RandomShear"
    static let effect = "shears images"
    static let exampleArguments = "x_factor: 0.2"
    static let factorBounds = 0.0...1.0
    static let boundsEachNumber = true
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor("x_factor", default: 0),
        AugmentationArguments.factor("y_factor", default: 0), AugmentationArguments.interpolation,
        AugmentationArguments.fillMode, AugmentationArguments.fillValue,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomTranslation`; nothing at inference.
package struct RandomTranslation: ImageAugmentation {
    package static let className = "RandomTranslation"
    static let effect = "shifts images"
    static let exampleArguments = "height_factor: 0.1, width_factor: 0.1"
    static let boundsEachNumber = true
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor("height_factor"), AugmentationArguments.factor("width_factor"),
        AugmentationArguments.fillMode, AugmentationArguments.interpolation,
        AugmentationArguments.seed, AugmentationArguments.fillValue, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomZoom`; nothing at inference.
package struct RandomZoom: ImageAugmentation {
    package static let className = "RandomZoom"
    static let effect = "makes what is in images larger or smaller"
    static let exampleArguments = "height_factor: 0.2"
    static let boundsEachNumber = true
    static let excludesLowest = true
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor("height_factor"),
        AugmentationArguments.optionalFactor("width_factor"), AugmentationArguments.fillMode,
        AugmentationArguments.interpolation, AugmentationArguments.seed,
        AugmentationArguments.fillValue, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
