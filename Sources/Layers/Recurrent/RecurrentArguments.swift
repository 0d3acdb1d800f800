import Spec

/// The arguments that Keras's recurrent layers and cells share.
enum RecurrentArguments {
    static let units = Argument.integer(
        "units", minimum: 1, former: ["output_dim"], "The size of the state and of the output.")
    static let activation = Argument<ActivationFunction>.activation(
        "activation", default: .tanh, "The function applied to the candidate and to the output.")
    static let recurrentActivation = Argument<ActivationFunction>.activation(
        "recurrent_activation", default: .sigmoid, "The function of the gates.")
    static let useBias = KernelArguments.useBias
    static let kernelInitializer = TrainingArguments.kernelInitializer
    static let recurrentInitializer = Argument<Initializer>.initializer(
        "recurrent_initializer", default: .orthogonal(gain: 1),
        "What the recurrent kernel holds when no weights are given.")
    static let biasInitializer = TrainingArguments.biasInitializer
    static let unitForgetBias = Argument.boolean(
        "unit_forget_bias", default: true,
        "Whether the forget gate's bias starts from 1 when no weights are given.")

    static let initializers: [any ArgumentDescriptor] = [
        kernelInitializer, recurrentInitializer, biasInitializer,
    ]
    static let regularizers: [any ArgumentDescriptor] =
        ["kernel", "recurrent", "bias"].map(TrainingArguments.regularizer)
    static let constraints: [any ArgumentDescriptor] =
        ["kernel", "recurrent", "bias"].map(TrainingArguments.constraint)
    static let activityRegularizer = TrainingArguments.regularizer("activity")
    static let dropout: [any ArgumentDescriptor] = [
        Argument<TrainingOnly>.trainingOnly(
            "dropout", default: "0.0", "Training: the part of the input that is dropped."),
        Argument<TrainingOnly>.trainingOnly(
            "recurrent_dropout", default: "0.0", "Training: the part of the state that is dropped."
        ),
    ]
    static let seed = TrainingArguments.seed

    static let resetAfter = Argument.boolean(
        "reset_after", default: true,
        "Whether the reset gate acts behind the product with the recurrent kernel, as in cuDNN.")

    static let returnSequences = Argument.boolean(
        "return_sequences", default: false,
        "Whether the output of every step is returned, or that of the last.")
    static let returnState = returnState("")
    /// - Parameter outputs: their names.
    private static func returnState(_ outputs: String) -> Argument<Bool> {
        .boolean(
            "return_state", default: false,
            "Whether the states behind the last step are returned too. The outputs are then \(outputs); "
                + "the layer's name alone stands for all.")
    }
    static let goBackwards = Argument.boolean(
        "go_backwards", default: false,
        "Whether the sequence is read from its end; the output is in that order too.")
    static let stateful = Argument.boolean(
        "stateful", default: false,
        "Whether Keras keeps the state for the next batch; here each prediction starts from zeros.")
    static let unroll = Argument.boolean(
        "unroll", default: false,
        "Whether Keras unrolls the loop over time: the result is the same but for masked steps.")
    /// How a layer with one state runs over time.
    static let running = running(returnState("`<its name>/output` and `<its name>/state`"))
    /// That of a layer with two.
    static let runningWithMemory = running(
        returnState("`<its name>/output`, `<its name>/state_h` and `<its name>/state_c`"))
    static let runningCells = running(
        returnState(
            "`<its name>/output` and `<its name>/state`, with an LSTMCell `<its name>/state_h` and "
                + "`<its name>/state_c`, with a stack of cells `<its name>/cell_0_state`..."))

    private static func running(_ returnState: Argument<Bool>) -> [any ArgumentDescriptor] {
        [returnSequences, returnState, goBackwards, stateful]
    }

    static let useCuDNN = Argument<TrainingOnly>.trainingOnly(
        "use_cudnn", default: "auto", "What Keras computes with on a GPU.")
    static let zeroOutputForMask = Argument.boolean(
        "zero_output_for_mask", default: false,
        "Whether the output of a masked step is zeros, or that of the step before.")
    static let implementation = Argument<TrainingOnly>.trainingOnly(
        "implementation", default: "2", "How Keras groups its products: the result is the same.")
    /// What Keras's layers hand on to their cell and to `RNN`.
    static let passedOn: [any ArgumentDescriptor] = [zeroOutputForMask, implementation]
}
