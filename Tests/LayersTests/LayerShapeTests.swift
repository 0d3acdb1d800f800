import IR
import Layers
import Spec
import Testing

/// Output shapes that Keras gives, for arguments that are easily read another way.
@Suite struct LayerShapeTests {
    static let shapeCases: [(layer: String, input: String, output: [Int])] = [
        // Padding and strides.
        ("Conv2D: {filters: 4, kernel_size: 3}", "[28, 27, 3]", [26, 25, 4]),
        (
            "Conv2D: {filters: 4, kernel_size: 3, strides: 2, padding: same}", "[28, 27, 3]",
            [14, 14, 4]
        ),
        ("Conv2D: {filters: 4, kernel_size: [1, 5], padding: SAME}", "[9, 9, 3]", [9, 9, 4]),
        ("Conv1D: {filters: 4, kernel_size: 3, padding: causal, strides: 2}", "[9, 3]", [5, 4]),
        (
            "Conv2D: {filters: 4, kernel_size: 3, data_format: channels_first}", "[3, 28, 28]",
            [4, 26, 26]
        ),
        ("Conv2D: {filters: 4, kernel_size: 3, data_format: null}", "[28, 28, 3]", [26, 26, 4]),
        ("DepthwiseConv2D: {kernel_size: 3, depth_multiplier: 2}", "[8, 8, 3]", [6, 6, 6]),
        (
            "DepthwiseConv2D: {kernel_size: 3, strides: 2, dilation_rate: 2, padding: same}",
            "[9, 9, 3]", [5, 5, 3]
        ),
        ("MaxPooling2D", "[7, 7, 3]", [3, 3, 3]),
        ("MaxPooling2D: {padding: same}", "[7, 7, 3]", [4, 4, 3]),
        ("MaxPooling2D: {pool_size: 2, strides: 5, padding: same}", "[11, 12, 3]", [3, 3, 3]),
        ("AveragePooling1D: {pool_size: 3, strides: 1}", "[7, 3]", [5, 3]),
        ("GlobalAveragePooling2D: {keepdims: true}", "[7, 7, 3]", [1, 1, 3]),
        ("GlobalMaxPooling1D: {data_format: channels_first}", "[7, 3]", [7]),
        // Reshaping.
        ("Flatten", "[]", [1]),
        ("Reshape: {target_shape: [-1, 2]}", "[3, 4]", [6, 2]),
        ("Reshape: {target_shape: []}", "[1]", []),
        ("Permute: {dims: [3, 1, 2]}", "[2, 3, 4]", [4, 2, 3]),
        ("ZeroPadding2D: {padding: [1, 2]}", "[4, 4, 1]", [6, 8, 1]),
        ("ZeroPadding2D: {padding: [[1, 0], [0, 2]]}", "[4, 4, 1]", [5, 6, 1]),
        ("Cropping1D", "[4, 1]", [2, 1]),
        ("Cropping2D", "[4, 4, 1]", [4, 4, 1]),
        ("UpSampling2D: {size: [1, 3]}", "[4, 4, 1]", [4, 12, 1]),
        ("RepeatVector: {n: 3}", "[4]", [3, 4]),
        // Any rank.
        ("Dense: {units: 5}", "[4, 4, 3]", [4, 4, 5]),
        ("Dense: {units: 6, activation: glu}", "[4]", [3]),
        ("TimeDistributed: {layer: {Dense: {units: 5}}}", "[7, 3]", [7, 5]),
        (
            "TimeDistributed: {layer: {Sequential: {layers: [Flatten, {Dense: {units: 5}}]}}}",
            "[7, 3, 2]", [7, 5]
        ),
        ("Sequential: {layers: [{Input: {shape: [3]}}, {Dense: {units: 5}}]}", "[3]", [5]),
        ("SpectralNormalization: {layer: {Dense: {units: 5}}}", "[3]", [5]),
        // What older versions of Keras called it.
        (
            "Convolution2D: {nb_filter: 4, kernel_size: 3, subsample: 2, border_mode: same}",
            "[8, 8, 1]", [4, 4, 4]
        ),
        ("MaxPool2D: {pool_size: 4}", "[8, 8, 1]", [2, 2, 1]),
        ("GlobalAvgPool2D", "[8, 8, 3]", [3]),
        ("Dense: {output_dim: 5, bias: false}", "[3]", [5]),
        ("Dropout: {p: 0.5}", "[3]", [3]),
        ("LeakyReLU: {alpha: 0.1}", "[3]", [3]),
        ("BatchNorm: {axis: 1}", "[3]", [3]),
    ]

    @Test("Shapes", arguments: shapeCases.indices)
    func shapes(_ index: Int) throws {
        let (layer, input, output) = Self.shapeCases[index]
        let read = ReadModel("layers:\n  - Input: {shape: \(input)}\n  - \(layer)\n")
        #expect(read.bag.diagnostics.isEmpty, "\(read.rendering)")
        let model = try #require(read.model)
        #expect(model.layers.last?.outputType.shape == output)
        #expect(Verifier.verify(Lowering.lower(model, weights: [:], batch: 3)).isEmpty)
    }

    static let mergeCases: [(layer: String, a: String, b: String, output: [Int])] = [
        ("Add", "[4, 5, 3]", "[3]", [4, 5, 3]),
        ("Multiply", "[1, 1, 3]", "[4, 5, 1]", [4, 5, 3]),
        ("Subtract", "[3]", "[4, 5, 3]", [4, 5, 3]),
        ("Concatenate", "[4, 5, 3]", "[4, 5, 2]", [4, 5, 5]),
        ("Concatenate: {axis: 1}", "[4, 3]", "[2, 3]", [6, 3]),
        ("Concatenate: {axis: -2}", "[4, 3]", "[2, 3]", [6, 3]),
        ("Dot: {axes: [2, 1]}", "[4, 3]", "[3, 6]", [4, 6]),
        ("Dot: {axes: 1}", "[3]", "[3]", [1]),
        ("Dot: {axes: -1, normalize: true}", "[4, 3]", "[2, 5, 3]", [4, 2, 5]),
    ]

    @Test("Shapes of merging layers", arguments: mergeCases.indices)
    func merges(_ index: Int) throws {
        let (layer, a, b, output) = Self.mergeCases[index]
        let parts = layer.split(separator: ": ", maxSplits: 1)
        let arguments = parts.count > 1 ? parts[1].dropFirst().dropLast() + ", " : ""
        let read = ReadModel(
            """
            layers:
              - Input: {shape: \(a), name: a}
              - Input: {shape: \(b), name: b}
              - \(parts[0]): {\(arguments)inputs: [a, b]}
            """)
        let model = try #require(read.model, "\(read.rendering)")
        #expect(model.layers.last?.outputType.shape == output)
        #expect(Verifier.verify(Lowering.lower(model, weights: [:], batch: 3)).isEmpty)
    }

    static let weightCases: [(layer: String, input: String, keys: [String])] = [
        (
            "Sequential: {name: stem, layers: [{Dense: {units: 2}}, BatchNormalization]}", "[3]",
            [
                "stem/dense/kernel", "stem/dense/bias", "stem/batch_normalization/gamma",
                "stem/batch_normalization/beta", "stem/batch_normalization/moving_mean",
                "stem/batch_normalization/moving_variance",
            ]
        ),
        (
            "Sequential: {name: a, layers: [{Sequential: {name: b, layers: [{Dense: {units: 2}}]}}]}",
            "[3]", ["a/b/dense/kernel", "a/b/dense/bias"]
        ),
        (
            "TimeDistributed: {name: t, layer: {Dense: {units: 2}}}", "[4, 3]",
            ["t/kernel", "t/bias"]
        ),
        (
            "SpectralNormalization: {name: s, layer: {Dense: {units: 2}}}", "[3]",
            ["s/kernel", "s/bias", "s/vector_u"]
        ),
        ("Normalization: {name: n}", "[3]", ["n/mean", "n/variance", "n/count"]),
        ("Normalization: {name: n, mean: 0, variance: 1}", "[3]", []),
        (
            "BatchNormalization: {name: b, scale: false, renorm: true}", "[3]",
            [
                "b/beta", "b/moving_mean", "b/moving_variance", "b/moving_stddev", "b/renorm_mean",
                "b/renorm_stddev",
            ]
        ),
        (
            "SeparableConv2D: {name: s, filters: 2, kernel_size: 3}", "[8, 8, 3]",
            ["s/depthwise_kernel", "s/pointwise_kernel", "s/bias"]
        ),
    ]

    @Test("Keys of variables", arguments: weightCases.indices)
    func weights(_ index: Int) throws {
        let (layer, input, keys) = Self.weightCases[index]
        let read = ReadModel("layers:\n  - Input: {shape: \(input)}\n  - \(layer)\n")
        let model = try #require(read.model, "\(read.rendering)")
        #expect(model.weights.map(\.name) == keys)
        #expect(Verifier.verify(Lowering.lower(model, weights: [:])).isEmpty)
    }
}
