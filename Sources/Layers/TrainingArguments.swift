import Spec

/// Arguments that many of Keras's layers take and that matter only for training, or for the value a
/// variable has when no weights are given.
enum TrainingArguments {
    static let kernelInitializer = initializer("kernel", default: .glorotUniform)
    static let biasInitializer = initializer("bias", default: .zeros)
    static let depthwiseInitializer = initializer("depthwise", default: .glorotUniform)
    static let pointwiseInitializer = initializer("pointwise", default: .glorotUniform)

    static let kernelAndBias = rules(for: [kernelInitializer, biasInitializer])
    static let depthwiseAndBias = rules(for: [depthwiseInitializer, biasInitializer])
    static let separable = rules(
        for: [depthwiseInitializer, pointwiseInitializer, biasInitializer])

    static let seed = Argument<TrainingOnly>.trainingOnly(
        "seed", "Training: where the random numbers start.")

    static func initializer(_ variable: String, default value: Initializer) -> Argument<Initializer>
    {
        .initializer(
            "\(variable)_initializer", default: value,
            "What \(title(variable)) holds when no weights are given.")
    }

    static func regularizer(_ variable: String) -> Argument<TrainingOnly> {
        .trainingOnly("\(variable)_regularizer", "Training: a penalty on \(title(variable)).")
    }

    static func constraint(_ variable: String) -> Argument<TrainingOnly> {
        .trainingOnly("\(variable)_constraint", "Training: a rule that \(title(variable)) keeps.")
    }

    private static func title(_ variable: String) -> String {
        switch variable {
        case "kernel", "bias": "the \(variable)"
        case "depthwise", "pointwise": "the \(variable) kernel"
        case "activity": "the output"
        default: "`\(variable)`"
        }
    }

    /// The initializers, then a regularizer for each variable and for the output, then a constraint
    /// for each variable: Keras's order.
    private static func rules(for initializers: [Argument<Initializer>])
        -> [any ArgumentDescriptor]
    {
        let variables = initializers.map { String($0.name.dropLast("_initializer".count)) }
        var arguments: [any ArgumentDescriptor] = initializers
        arguments += variables.map(regularizer)
        arguments.append(regularizer("activity"))
        arguments += variables.map(constraint)
        return arguments
    }
}
