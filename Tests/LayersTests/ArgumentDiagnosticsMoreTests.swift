import Testing

/// What users read when an argument's value is wrong.
@Suite struct ArgumentDiagnosticsMoreTests {
    @Test("A misspelt activation") func misspeltActivation() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 8, activation: rleu}
            """,
            """
            error[BNC2006]: `activation` of `dense` should be the name of an activation, not the \
            text "rleu"
             --> model.yaml:3:35
              |
            3 |   - Dense: {units: 8, activation: rleu}
              |                                   ^^^^ not one of Keras's activations
              |
              = help: did you mean `relu`?
            """)
    }

    @Test("An activation that nobody knows") func unknownActivation() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Activation: {activation: wave}
            """,
            """
            error[BNC2006]: `activation` of `activation` should be the name of an activation, not \
            the text "wave"
             --> model.yaml:3:30
              |
            3 |   - Activation: {activation: wave}
              |                              ^^^^ not one of Keras's activations
              |
              = help: the names are relu, relu6, leaky_relu, elu, selu, celu, gelu, silu, swish, \
            mish, hard_silu, hard_swish, sigmoid, hard_sigmoid, log_sigmoid, sparse_sigmoid, \
            tanh, hard_tanh, tanh_shrink, softplus, sparse_plus, softsign, soft_shrink, \
            hard_shrink, squareplus, exponential, softmax, log_softmax, sparsemax, glu, linear
            """)
    }

    @Test("A misspelt interpolation") func misspeltInterpolation() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - UpSampling2D: {interpolation: biliner}
            """,
            """
            error[BNC2006]: `interpolation` of `up_sampling2d` should be `nearest`, `bilinear`, \
            `bicubic`, `lanczos3`, `lanczos5` or `area`, not the text "biliner"
             --> model.yaml:3:35
              |
            3 |   - UpSampling2D: {interpolation: biliner}
              |                                   ^^^^^^^ not one of these
              |
              = help: did you mean `bilinear`?
            """)
    }

    @Test("An input shape with the batch") func inputShapeWithBatch() {
        expectRendering(
            """
            layers:
              - Input: {shape: [null, 28, 28, 1]}
              - Flatten
            """,
            """
            error[BNC2014]: the size `input_layer.0` is open
             --> model.yaml:2:21
              |
            2 |   - Input: {shape: [null, 28, 28, 1]}
              |                     ^^^^ no number
              |
              = help: `--bind input_layer.0=128` gives it a number; `bnc run` takes it from the data
              = help: if it is the batch axis, leave it out: `shape: [28, 28, 1]`
            """)
    }

    @Test("A size that isn't known") func inputShapeOfTwo() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, null, 1]}
              - Flatten
            """,
            """
            error[BNC2014]: the size `input_layer.1` is open
             --> model.yaml:2:25
              |
            2 |   - Input: {shape: [28, null, 1]}
              |                         ^^^^ no number
              |
              = help: `--bind input_layer.1=128` gives it a number; `bnc run` takes it from the data
            """)
    }

    @Test("batch_shape as Keras's configs have it") func batchShape() {
        expectRendering(
            """
            layers:
              - Input: {batch_shape: [null, 28, 28, 1], shape: [28, 28, 1]}
              - Flatten
            """,
            """
            error[BNC2012]: `batch_shape` of `input_layer` is not supported: the size of the \
            batch is chosen when the model is compiled
             --> model.yaml:2:26
              |
            2 |   - Input: {batch_shape: [null, 28, 28, 1], shape: [28, 28, 1]}
              |                          ^^^^^^^^^^^^^^^^^ only `null`
              |
              = help: write `shape: [28, 28, 1]`, the first size left out
            """)
    }

    @Test("A shape that is no list") func scalarShape() {
        expectRendering(
            """
            layers:
              - Input: {shape: 64}
              - Dense: {units: 4}
            """,
            """
            error[BNC2006]: `shape` of `input_layer` should be a list of positive integers, the \
            batch axis left out, not the number 64
             --> model.yaml:2:20
              |
            2 |   - Input: {shape: 64}
              |                    ^^ a number
              |
              = help: write `[64]`
            """)
    }

    @Test("An argument under both its names") func oldAndNewName() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - LeakyReLU: {negative_slope: 0.1, alpha: 0.2}
            """,
            """
            error[BNC2011]: `alpha` is an older name of `negative_slope`, which is given too
             --> model.yaml:3:38
              |
            3 |   - LeakyReLU: {negative_slope: 0.1, alpha: 0.2}
              |                 --------------       ^^^^^ remove one of them
              |                 |
              |                 given here
            """)
    }

    @Test("An argument without its name") func positional() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: 10
            """,
            """
            error[BNC2004]: the arguments of `Dense` need names
             --> model.yaml:3:12
              |
            3 |   - Dense: 10
              |            ^^ which argument is it?
              |
              = help: write `Dense: {units: 10}`
            """)
    }

    @Test("Strides and dilation together") func stridesAndDilation() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, strides: 2, dilation_rate: 2}
            """,
            """
            error[BNC2011]: `strides` and `dilation_rate` can't both be above 1
             --> model.yaml:3:69
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, strides: 2, dilation_rate: 2}
              |                                                                     ^ with \
            strides of [2, 2]
              |
              = note: Keras refuses the two together in Conv2D
            """)
    }

    @Test("Python's truth values") func trueInPython() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, use_bias: no}
            """,
            """
            error[BNC2006]: `use_bias` of `conv2d` should be `true` or `false`, not the text "no"
             --> model.yaml:3:52
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, use_bias: no}
              |                                                    ^^ a text
              |
              = help: YAML 1.2 has only `true` and `false`; write `false`
            """)
    }

    @Test("Negative padding") func negativePadding() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - ZeroPadding2D: {padding: -1}
            """,
            """
            error[BNC2006]: `padding` of `zero_padding2d` should be an integer of 0 or more, \
            `[height, width]`, or `[[top, bottom], [left, right]]`, not the number -1
             --> model.yaml:3:30
              |
            3 |   - ZeroPadding2D: {padding: -1}
              |                              ^^ negative
              |
              = help: `Cropping` layers take cells away
            """)
    }

    @Test("An argument that is not supported") func lora() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 8, lora_rank: 4}
            """,
            """
            error[BNC2012]: `lora_rank` of `dense` is not supported: there are no low-rank \
            adapters yet
             --> model.yaml:3:34
              |
            3 |   - Dense: {units: 8, lora_rank: 4}
              |                                  ^ only `null`
              |
              = help: add the adapter to the kernel before the weights are saved
            """)
    }

    @Test("SpectralNormalization of a layer without a kernel") func kernelOfWrapped() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - SpectralNormalization: {layer: ReLU}
            """,
            """
            error[BNC2006]: SpectralNormalization needs a layer with a kernel, not ReLU
             --> model.yaml:3:36
              |
            3 |   - SpectralNormalization: {layer: ReLU}
              |                                    ^^^^ has no `kernel`
              |
              = help: Dense, Conv2D and their kin have one
            """)
    }
}
