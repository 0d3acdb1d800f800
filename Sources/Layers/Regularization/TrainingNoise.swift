import IR
import Spec

/// A layer that changes data in training and is the identity at inference.
protocol TrainingNoise: Layer {
    /// Reports what is wrong with the arguments and the input.
    func check(_ input: TensorType, _ check: inout LayerCheck)
}

extension TrainingNoise {
    package static var keepsMask: Bool { true }
    package static var maskFlow: MaskFlow { .isItsInput }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        self.check(inputs[0], &check)
        return inputs[0]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID { inputs[0] }
}

enum NoiseArguments {
    static let rate = Argument.number(
        "rate", minimum: 0, former: ["p"], "Training: the fraction that is dropped, from 0 to 1.")
    static let noiseShape = Argument<TrainingOnly>.trainingOnly(
        "noise_shape", "Training: the shape of the mask, with 1 where it is shared.")
}

/// What the layers share that drop a fraction of what comes in.
protocol DropoutLayer: TrainingNoise {
    var arguments: Arguments { get }
}

extension DropoutLayer {
    func check(_ input: TensorType, _ check: inout LayerCheck) {
        check.requireFraction(arguments[NoiseArguments.rate], argument: "rate")
    }
}

/// What `keras.layers.SpatialDropout1D`... share.
protocol SpatialDropoutLayer: TrainingNoise {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

extension SpatialDropoutLayer {
    package static var formula: String {
        "output = x at inference; in training whole channels are 0 and the others x / (1 - rate)"
    }

    package static var schema: [any ArgumentDescriptor] {
        rank == 1
            ? [NoiseArguments.rate, TrainingArguments.seed]
            : [NoiseArguments.rate, DataFormat.argument, TrainingArguments.seed]
    }

    func check(_ input: TensorType, _ check: inout LayerCheck) {
        check.requireFraction(arguments[NoiseArguments.rate], argument: "rate")
        let format = Self.rank == 1 ? .channelsLast : arguments[DataFormat.argument]
        _ = check.requireRank([input], axes: SpatialWindow.axes(rank: Self.rank, format))
    }
}
