import Diagnostics
import Testing

@Suite struct SuggestionTests {
    private static let arguments = [
        "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups",
        "activation", "use_bias", "kernel_initializer", "bias_initializer", "name", "units", "rate",
    ]
    private static let layers = [
        "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "Dense", "ReLU", "PReLU", "LeakyReLU",
        "MaxPooling1D", "MaxPooling2D", "GlobalMaxPooling2D", "BatchNormalization", "Dropout",
        "LSTM", "GRU", "Add", "Flatten", "MultiHeadAttention", "LayerNormalization",
    ]

    @Test(arguments: [
        ("kernelSize", "kernel_size"), ("KernelSize", "kernel_size"),
        ("kernel-size", "kernel_size"), ("kernel size", "kernel_size"),
        ("kernal_size", "kernel_size"), ("kernelsize", "kernel_size"),
        ("size_kernel", "kernel_size"), ("filter", "filters"), ("fliters", "filters"),
        ("stride", "strides"), ("Padding", "padding"), ("useBias", "use_bias"),
        ("bias_use", "use_bias"), ("biasInitializer", "bias_initializer"),
        ("activ", "activation"), ("dilation", "dilation_rate"), ("nmae", "name"),
        ("unit", "units"), ("actvation", "activation"), ("init_kernel", nil),
        ("color", nil), ("x", nil), ("", nil), ("kernel", nil), ("momentum", nil),
        ("日本", nil),
    ])
    func arguments(name: String, expected: String?) {
        #expect(Suggestion.nearest(to: name, in: Self.arguments) == expected)
    }

    @Test(arguments: [
        ("conv2d", "Conv2D"), ("Conv2d", "Conv2D"), ("Conv4D", "Conv1D"), ("conv_2d", "Conv2D"),
        ("MaxPool2D", "MaxPooling2D"), ("Maxpooling2D", "MaxPooling2D"), ("Relu", "ReLU"),
        ("BatchNormalisation", "BatchNormalization"), ("BatchNorm", "BatchNormalization"),
        ("LayerNorm", "LayerNormalization"), ("Desne", "Dense"), ("DropOut", "Dropout"),
        ("Lstm", "LSTM"), ("GRUs", "GRU"), ("Transformer", nil), ("Foo", nil),
    ])
    func layers(name: String, expected: String?) {
        #expect(Suggestion.nearest(to: name, in: Self.layers) == expected)
    }

    @Test func theNameItselfIsNoSuggestion() {
        #expect(Suggestion.nearest(to: "add", in: ["add"]) == nil)
        #expect(Suggestion.nearest(to: "add", in: ["add", "Add"]) == "Add")
    }

    @Test func aVeryLongNameCostsNothing() {
        let name = String(repeating: "a", count: 1_000_000)
        #expect(Suggestion.nearest(to: name, in: Self.arguments) == nil)
        #expect(Suggestion.nearest(to: "name", in: [name, "nam"]) == "nam")
    }
}
