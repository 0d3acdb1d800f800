import Diagnostics
import Spec

// Augmentations of what cells hold.

/// `keras.layers.RandomBrightness`; nothing at inference.
package struct RandomBrightness: ImageAugmentation {
    package static let className = "RandomBrightness"
    static let effect = "makes images brighter or darker"
    static let exampleArguments = "factor: 0.2"
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomColorDegeneration`; nothing at inference.
package struct RandomColorDegeneration: ImageAugmentation {
    package static let className = "RandomColorDegeneration"
    static let effect = "takes colour out of images"
    static let exampleArguments = "factor: 0.5"
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {
        guard channels != 3 else { return }
        check.error(
            .shapeMismatch,
            "RandomColorDegeneration takes images of 3 channels, and gets \(channels)",
            label: "takes red, green and blue", inputs: [0])
    }
}

/// `keras.layers.RandomColorJitter`; nothing at inference.
package struct RandomColorJitter: ImageAugmentation {
    package static let className = "RandomColorJitter"
    static let effect = "changes brightness, contrast, saturation and hue of images"
    static let exampleArguments = "brightness_factor: 0.2, hue_factor: 0.1"
    static let brightness = AugmentationArguments.optionalFactor("brightness_factor")
    static let contrast = AugmentationArguments.optionalFactor("contrast_factor")
    static let saturation = AugmentationArguments.optionalFactor("saturation_factor")
    static let hue = AugmentationArguments.optionalFactor("hue_factor")
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.valueRange, brightness, contrast, saturation, hue,
        AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    // It is four layers, of which there are those that have a factor, each with its own rules.
    var checksValueRange: Bool {
        arguments[Self.brightness] != nil || arguments[Self.saturation] != nil
    }

    func bounds(of factor: String) -> ClosedRange<Double> {
        [Self.contrast.name, Self.hue.name].contains(factor) ? 0...1 : -1...1
    }
}

/// `keras.layers.RandomContrast`; nothing at inference.
package struct RandomContrast: ImageAugmentation {
    package static let className = "RandomContrast"
    static let effect = "changes the contrast of images"
    static let exampleArguments = "factor: 0.2"
    static let factorBounds = 0.0...1.0
    let checksValueRange = false
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomGaussianBlur`; nothing at inference.
package struct RandomGaussianBlur: ImageAugmentation {
    package static let className = "RandomGaussianBlur"
    static let effect = "blurs images"
    static let exampleArguments = "factor: 0.5, kernel_size: 5"
    static let factorBounds = 0.0...1.0
    let checksValueRange = false
    static let blurKernel = Argument<[Int]>.spatial(
        "kernel_size", rank: 2, default: 3, "Training: the size of the kernel, odd.")
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(default: 1), blurKernel,
        AugmentationArguments.factor("sigma", default: 1), AugmentationArguments.valueRange,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {
        guard !arguments[Self.blurKernel].allSatisfy({ $0 % 2 == 1 }) else { return }
        check.error(
            .argumentValue, "`kernel_size` of `\(check.name)` should be odd",
            at: .argument("kernel_size"), label: "even, and has no middle")
    }
}

/// `keras.layers.RandomGrayscale`; nothing at inference.
package struct RandomGrayscale: ImageAugmentation {
    package static let className = "RandomGrayscale"
    static let effect = "makes images grey"
    static let exampleArguments = "factor: 0.5"
    static let share = Argument.number(
        "factor", default: 0.5, minimum: 0, "Training: the share of images, from 0 to 1.")
    package static let schema: [any ArgumentDescriptor] = [
        share, AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {
        check.requireFraction(arguments[Self.share], argument: "factor")
    }
}

/// `keras.layers.RandomHue`; nothing at inference.
package struct RandomHue: ImageAugmentation {
    package static let className = "RandomHue"
    static let effect = "shifts the hue of images"
    static let exampleArguments = "factor: 0.1"
    static let factorBounds = 0.0...1.0
    let checksValueRange = false
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomInvert`; nothing at inference.
package struct RandomInvert: ImageAugmentation {
    package static let className = "RandomInvert"
    static let effect = "inverts the values of images"
    static let exampleArguments = "factor: 0.5"
    static let factorBounds = 0.0...1.0
    let checksValueRange = false
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(default: 1), AugmentationArguments.valueRange,
        AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomPosterization`; nothing at inference.
package struct RandomPosterization: ImageAugmentation {
    package static let className = "RandomPosterization"
    static let effect = "keeps fewer bits of the values of images"
    static let exampleArguments = "factor: 4"
    static let factorBounds = 1.0...8.0
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {
        let bits = arguments[AugmentationArguments.factor()]
        guard !bits.allSatisfy({ $0 == $0.rounded() }) else { return }
        check.error(
            .argumentValue, "`factor` of `\(check.name)` counts bits and should be whole",
            at: .argument("factor"), label: "not a whole number")
    }
}

/// `keras.layers.RandomSaturation`; nothing at inference.
package struct RandomSaturation: ImageAugmentation {
    package static let className = "RandomSaturation"
    static let effect = "changes the saturation of images"
    static let exampleArguments = "factor: 0.3"
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.RandomSharpness`; nothing at inference.
package struct RandomSharpness: ImageAugmentation {
    package static let className = "RandomSharpness"
    static let effect = "makes images sharper or softer"
    static let exampleArguments = "factor: 0.5"
    static let factorBounds = 0.0...1.0
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor(), AugmentationArguments.valueRange,
        AugmentationArguments.format, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}

/// `keras.layers.Solarization`; nothing at inference.
package struct Solarization: ImageAugmentation {
    package static let className = "Solarization"
    static let effect = "adds to the values of images and inverts those above a threshold"
    static let exampleArguments = "addition_factor: 0.3, threshold_factor: 0.3"
    static let factorBounds = 0.0...1.0
    static let boundsEachNumber = true
    package static let schema: [any ArgumentDescriptor] = [
        AugmentationArguments.factor("addition_factor", default: 0),
        AugmentationArguments.factor("threshold_factor", default: 0),
        AugmentationArguments.valueRange, AugmentationArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
