import IR
import Layers
import Spec
import Testing

/// What layers become, where the choice of ops matters.
@Suite struct LayerLoweringTests {
    /// The graph of one layer behind an `Input` named `x`, without its first and last line.
    private func graph(_ layer: String, _ input: String) throws -> String {
        let read = ReadModel("layers:\n  - Input: {shape: \(input), name: x}\n  - \(layer)\n")
        let model = try #require(read.model, "\(read.rendering)")
        return GraphPrinter().print(Lowering.lower(model, weights: [:]))
    }

    @Test("ReLU is the simplest function that is the same")
    func relu() throws {
        let functions = [
            ("ReLU", "function=relu "), ("ReLU: {max_value: 6}", "clipped_relu(maximum=6.0)"),
            ("ReLU: {negative_slope: 0.1}", "leaky_relu(slope=0.1)"),
            ("ReLU: {threshold: 1}", "general_relu("),
            (
                "ReLU: {max_value: 6, negative_slope: 0.1, threshold: 1}",
                "general_relu(maximum=6.0,slope=0.1,threshold=1.0)"
            ),
        ]
        for (layer, function) in functions {
            let text = try graph(layer, "[4]")
            #expect(text.contains(function), "\(text)")
            #expect(GraphPrinter().print(try GraphParser.parse(text)) == text)
        }
    }

    @Test("Layers for training are nothing at inference")
    func training() throws {
        let layers = [
            "Dropout: {rate: 0.5}", "GaussianNoise: {stddev: 0.1}", "AlphaDropout: {rate: 0.5}",
            "GaussianDropout: {rate: 0.5}", "ActivityRegularization: {l1: 0.1}", "Identity",
            "Activation: {activation: linear}",
        ]
        for layer in layers {
            let lines = try graph(layer, "[4]").split(separator: "\n")
            #expect(lines.count == 4, "\(layer): \(lines)")
        }
    }

    @Test("A depthwise convolution has a group for each channel")
    func depthwise() throws {
        let text = try graph("DepthwiseConv2D: {kernel_size: 3, depth_multiplier: 2}", "[8, 8, 5]")
        #expect(text.contains("groups=5"))
        #expect(text.contains(": f32[3,3,1,10]"))
    }

    /// Keras on TensorFlow adds the bias along the last axis where that has as many cells as there
    /// are channels.
    @Test("The bias of a convolution with the channels first")
    func biasOfChannelsFirst() throws {
        let layer = "Conv2D: {filters: 4, kernel_size: 1, data_format: channels_first}"
        let wide = try graph(layer, "[3, 6, 5]")
        #expect(wide.contains("= convolution %conv2d.channels_last, %conv2d/kernel, %conv2d/bias"))
        let square = try graph(layer, "[3, 6, 4]")
        #expect(square.contains("= binary %conv2d.channels_first, %conv2d/bias"))
    }

    @Test("TimeDistributed folds time into the batch")
    func timeDistributed() throws {
        let text = try graph(
            "TimeDistributed: {layer: {Conv2D: {filters: 4, kernel_size: 3}}}", "[7, 8, 8, 2]")
        #expect(text.contains(": f32[7,8,8,2]"))
        #expect(text.contains(": f32[1,7,6,6,4]"))
    }
}
