import Diagnostics
import IR
import Spec

/// `keras.layers.RandomCrop`; nothing at inference.
///
/// Keras 3 promises an image of the new size and at inference gives back the image as it came, so that
/// the layers behind it are built for one size and meet another. Where both sizes are the same, there
/// is no question.
package struct RandomCrop: ImageAugmentation {
    package static let className = "RandomCrop"
    static let effect = "cuts a part of a size out of images"
    static let exampleArguments = "height: 32, width: 32"

    static let height = Argument.integer("height", minimum: 1, "The height that stays.")
    static let width = Argument.integer("width", minimum: 1, "The width that stays.")
    package static let schema: [any ArgumentDescriptor] = [
        height, width, AugmentationArguments.seed, AugmentationArguments.format,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {
        let (height, width) = (arguments[Self.height], arguments[Self.width])
        guard sizes != [height, width] else { return }
        check.error(
            .notSupported,
            "RandomCrop crops in training only, and gets images of \(sizes[0])x\(sizes[1]) where the "
                + "layers behind it take \(height)x\(width)",
            label: "makes another size in training than at inference", inputs: [0],
            helps: [
                "give the model images of \(height)x\(width)",
                "`CenterCrop: {height: \(height), width: \(width)}` crops at inference",
            ])
    }
}
