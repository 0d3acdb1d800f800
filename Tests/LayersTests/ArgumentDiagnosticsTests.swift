import Testing

/// What users read when an argument's value is wrong.
@Suite struct ArgumentDiagnosticsTests {
    @Test("A required argument is missing") func missingUnits() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense
            """,
            """
            error[BNC2005]: Dense needs `units`
             --> model.yaml:3:5
              |
            3 |   - Dense
              |     ^^^^^ `units` is missing
              |
              = help: `units` is a positive integer (the size of the output's last axis)
            """)
    }

    @Test("A misspelt argument") func misspeltArgument() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernal_size: 3}
            """,
            """
            error[BNC2002]: Conv2D has no argument `kernal_size`
             --> model.yaml:3:26
              |
            3 |   - Conv2D: {filters: 8, kernal_size: 3}
              |                          ^^^^^^^^^^^ unknown argument
              |
              = help: did you mean `kernel_size`?
            """)
    }

    @Test("An argument of another layer") func argumentOfAnotherLayer() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 8, filters: 3}
            """,
            """
            error[BNC2002]: Dense has no argument `filters`
             --> model.yaml:3:23
              |
            3 |   - Dense: {units: 8, filters: 3}
              |                       ^^^^^^^ unknown argument
              |
              = help: `units` is given, and is what it is called: leave it out
            """)
    }

    @Test("A misspelt padding") func misspeltPadding() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, padding: smae}
            """,
            """
            error[BNC2006]: `padding` of `conv2d` should be `valid` or `same`, not the text "smae"
             --> model.yaml:3:51
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, padding: smae}
              |                                                   ^^^^ neither `valid` nor `same`
              |
              = help: did you mean `same`?
            """)
    }

    @Test("Causal padding in two dimensions") func causalInConv2D() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, padding: causal}
            """,
            """
            error[BNC2006]: `padding` of `conv2d` should be `valid` or `same`, not the text "causal"
             --> model.yaml:3:51
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, padding: causal}
              |                                                   ^^^^^^ neither `valid` nor `same`
              |
              = help: other layers take `causal`, this one doesn't
            """)
    }

    @Test("Padding of a pooling layer is in lower case") func poolingPaddingIsExact() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - MaxPooling2D: {padding: SAME}
            """,
            """
            error[BNC2006]: `padding` of `max_pooling2d` should be `valid` or `same`, not the \
            text "SAME"
             --> model.yaml:3:29
              |
            3 |   - MaxPooling2D: {padding: SAME}
              |                             ^^^^ neither `valid` nor `same`
              |
              = help: did you mean `same`?
            """)
    }

    @Test("A number in quotes") func unitsInQuotes() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: "10"}
            """,
            """
            error[BNC2006]: `units` of `dense` should be a positive integer, not the text "10"
             --> model.yaml:3:20
              |
            3 |   - Dense: {units: "10"}
              |                    ^^^^ a text, as it is in quotes
              |
              = help: leave the quotes out: `10`
            """)
    }

    @Test("A truth value for a number") func filtersTrue() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: true, kernel_size: 3}
            """,
            """
            error[BNC2006]: `filters` of `conv2d` should be a positive integer, not true
             --> model.yaml:3:23
              |
            3 |   - Conv2D: {filters: true, kernel_size: 3}
              |                       ^^^^ a truth value
            """)
    }

    @Test("Three kernel sizes in Conv2D") func threeSizesInConv2D() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: [3, 3, 3]}
            """,
            """
            error[BNC2006]: `kernel_size` of `conv2d` should be a positive integer, or `[height, \
            width]`, not a list of 3
             --> model.yaml:3:39
              |
            3 |   - Conv2D: {filters: 8, kernel_size: [3, 3, 3]}
              |                                       ^^^^^^^^^ a list of 3
              |
              = help: there are 2 spatial axes; write `[3, 3]`
            """)
    }

    @Test("No unit at all") func unitsZero() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 0}
            """,
            """
            error[BNC2006]: `units` of `dense` should be a positive integer, not the number 0
             --> model.yaml:3:20
              |
            3 |   - Dense: {units: 0}
              |                    ^ zero
            """)
    }

    @Test("A fraction of a unit") func unitsFraction() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 1.5}
            """,
            """
            error[BNC2006]: `units` of `dense` should be a positive integer, not the number 1.5
             --> model.yaml:3:20
              |
            3 |   - Dense: {units: 1.5}
              |                    ^^^ a fraction
            """)
    }

    @Test("Strides of 0") func stridesZero() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, strides: 0}
            """,
            """
            error[BNC2006]: `strides` of `conv2d` should be a positive integer, or `[height, \
            width]`, not the number 0
             --> model.yaml:3:51
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, strides: 0}
              |                                                   ^ zero
            """)
    }

    @Test("A negative epsilon") func negativeEpsilon() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - BatchNormalization: {epsilon: -0.001}
            """,
            """
            error[BNC2006]: `epsilon` of `batch_normalization` should be a number of 0 or more, \
            not the number -0.001
             --> model.yaml:3:35
              |
            3 |   - BatchNormalization: {epsilon: -0.001}
              |                                   ^^^^^^ negative
            """)
    }

    @Test("A rate above 1") func dropoutAboveOne() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dropout: {rate: 1.5}
            """,
            """
            error[BNC2006]: `rate` of `dropout` should be a number from 0 to 1, not 1.5
             --> model.yaml:3:21
              |
            3 |   - Dropout: {rate: 1.5}
              |                     ^^^ more than all of what comes in
            """)
    }

    @Test("A rate in percent") func dropoutPercent() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dropout: {rate: 50}
            """,
            """
            error[BNC2006]: `rate` of `dropout` should be a number from 0 to 1, not 50
             --> model.yaml:3:21
              |
            3 |   - Dropout: {rate: 50}
              |                     ^^ more than all of what comes in
              |
              = help: 50 percent is `rate: 0.5`
            """)
    }

    @Test("Enlarged by 0") func upSamplingZero() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - UpSampling2D: {size: 0}
            """,
            """
            error[BNC2006]: `size` of `up_sampling2d` should be a positive integer, or `[height, \
            width]`, not the number 0
             --> model.yaml:3:26
              |
            3 |   - UpSampling2D: {size: 0}
              |                          ^ zero
            """)
    }
}
