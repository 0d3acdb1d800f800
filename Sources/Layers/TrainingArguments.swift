import Spec

/// Arguments that many of Keras's layers take and that matter only for training, or for the value a
/// variable has when no weights are given.
enum TrainingArguments {
    static let kernelInitializer = Argument<Initializer>.initializer(
        "kernel_initializer", default: .glorotUniform,
        "What the kernel holds when no weights are given.")
    static let biasInitializer = Argument<Initializer>.initializer(
        "bias_initializer", default: .zeros, "What the bias holds when no weights are given.")

    static let kernelAndBias: [any ArgumentDescriptor] = [
        kernelInitializer, biasInitializer,
        Argument<TrainingOnly>.trainingOnly("kernel_regularizer", "Training: a penalty on the kernel."),
        Argument<TrainingOnly>.trainingOnly("bias_regularizer", "Training: a penalty on the bias."),
        Argument<TrainingOnly>.trainingOnly(
            "activity_regularizer", "Training: a penalty on the output."),
        Argument<TrainingOnly>.trainingOnly("kernel_constraint", "Training: a rule the kernel keeps."),
        Argument<TrainingOnly>.trainingOnly("bias_constraint", "Training: a rule the bias keeps."),
    ]
}
