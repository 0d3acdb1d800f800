import Testing

/// What users read when shapes don't fit.
@Suite struct ShapeDiagnosticsMoreTests {
    @Test("Groups that don't divide the filters") func groupsAndFilters() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 6]}
              - Conv2D: {filters: 8, kernel_size: 3, groups: 3}
            """,
            """
            error[BNC2104]: 8 filters can't be split into 3 groups
             --> model.yaml:3:50
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, groups: 3}
              |                                                  ^ does not divide `filters`, 8
              |
              = help: `filters: 9` is the next multiple of 3
            """)
    }

    @Test("GroupNormalization's default groups") func groupNormalizationDefault() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 48]}
              - GroupNormalization
            """,
            """
            error[BNC2104]: 48 channels can't be split into 32 groups, Keras's default
             --> model.yaml:3:5
              |
            2 |   - Input: {shape: [28, 28, 48]}
              |     ----- `input_layer` makes (28, 28, 48)
            3 |   - GroupNormalization
              |     ^^^^^^^^^^^^^^^^^^ `groups` is 32
              |
              = help: `groups: 24` or `groups: 48` would divide 48
            """)
    }

    @Test("An axis that isn't there") func axisOutOfRange() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 3]}
              - BatchNormalization: {axis: 4}
            """,
            """
            error[BNC2105]: there is no axis 4 in (28, 28, 3)
             --> model.yaml:3:32
              |
            2 |   - Input: {shape: [28, 28, 3]}
              |     ----- `input_layer` makes (28, 28, 3)
            3 |   - BatchNormalization: {axis: 4}
              |                                ^ should be 1 to 3, or -1 to -3 from the end
            """)
    }

    @Test("The batch axis") func axisOfBatch() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Softmax: {axis: 0}
            """,
            """
            error[BNC2105]: axis 0 is the batch axis, which Softmax can't use
             --> model.yaml:3:21
              |
            2 |   - Input: {shape: [64]}
              |     ----- `input_layer` makes (64,)
            3 |   - Softmax: {axis: 0}
              |                     ^ the only axis is 1, or -1
            """)
    }

    @Test("An axis named twice") func axisTwice() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - LayerNormalization: {axis: [1, -3]}
            """,
            """
            error[BNC2006]: `axis` names axis 1 of (28, 28, 1) twice
             --> model.yaml:3:32
              |
            2 |   - Input: {shape: [28, 28, 1]}
              |     ----- `input_layer` makes (28, 28, 1)
            3 |   - LayerNormalization: {axis: [1, -3]}
              |                                ^^^^^^^ name each axis once
            """)
    }

    @Test("Cropping that leaves nothing") func croppingEverything() {
        expectRendering(
            """
            layers:
              - Input: {shape: [4, 10, 3]}
              - Cropping2D: {cropping: [[2, 2], [1, 1]]}
            """,
            """
            error[BNC2103]: nothing is left of the height of 4
             --> model.yaml:3:28
              |
            2 |   - Input: {shape: [4, 10, 3]}
              |     ----- `input_layer` makes (4, 10, 3)
            3 |   - Cropping2D: {cropping: [[2, 2], [1, 1]]}
              |                            ^^^^^^^^^^^^^^^^ cuts 4 cells off
              |
              = note: 4 - 2 - 2 = 0
              = help: cut at most 3 cells off
            """)
    }

    @Test("glu of an odd number of channels") func gluOfOddChannels() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 5, activation: glu}
            """,
            """
            error[BNC2104]: `glu` halves the last axis, and 5 is odd
             --> model.yaml:3:35
              |
            3 |   - Dense: {units: 5, activation: glu}
              |                                   ^^^ needs an even number of channels
            """)
    }

    @Test("One scale too few") func rescalingChannels() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Rescaling: {scale: [0.1, 0.2]}
            """,
            """
            error[BNC2102]: `scale` has 2 numbers, and the input has 3 along its last axis
             --> model.yaml:3:24
              |
            2 |   - Input: {shape: [8, 8, 3]}
              |     ----- `input_layer` makes (8, 8, 3)
            3 |   - Rescaling: {scale: [0.1, 0.2]}
              |                        ^^^^^^^^^^ one number, or one for each channel
            """)
    }

    @Test("A mean without a variance") func normalizationMeanAlone() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Normalization: {mean: 0.5}
            """,
            """
            error[BNC2011]: `mean` needs `variance` beside it
             --> model.yaml:3:27
              |
            3 |   - Normalization: {mean: 0.5}
              |                           ^^^ `variance` is not given
              |
              = help: leave both out where `adapt` wrote them into the weights
            """)
    }

    @Test("Dot over axes of two sizes") func dotSizes() {
        expectRendering(
            """
            layers:
              - Input: {shape: [4, 5], name: a}
              - Input: {shape: [3, 6], name: b}
              - Dot: {axes: 2, inputs: [a, b]}
            """,
            """
            error[BNC2102]: Dot sums over axes of one size, not over 5 and 6
             --> model.yaml:4:17
              |
            2 |   - Input: {shape: [4, 5], name: a}
              |     ----- `a` makes (4, 5)
            3 |   - Input: {shape: [3, 6], name: b}
              |     ----- `b` makes (3, 6)
            4 |   - Dot: {axes: 2, inputs: [a, b]}
              |                 ^ different sizes
              |
              = note: axis 2 of `a` is 5, axis 2 of `b` is 6
            """)
    }

    @Test("Integers into a convolution") func integersIntoConvolution() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 1], dtype: int32}
              - Conv1D: {filters: 4, kernel_size: 3}
            """,
            """
            error[BNC2107]: Conv1D computes with float32 and gets int32
             --> model.yaml:3:5
              |
            2 |   - Input: {shape: [8, 1], dtype: int32}
              |     ----- `input_layer` makes (8, 1)
            3 |   - Conv1D: {filters: 4, kernel_size: 3}
              |     ^^^^^^ takes float32
              |
              = help: leave `dtype: int32` of the Input out; it is for what an `Embedding` or a `Rescaling` reads
            """)
    }

    @Test("A tensor too large") func tooLarge() {
        expectRendering(
            """
            layers:
              - Input: {shape: [100000, 100000]}
              - Dense: {units: 2000000000}
            """,
            """
            error[BNC2106]: the output (100000, 100000) is too large
             --> model.yaml:2:5
              |
            2 |   - Input: {shape: [100000, 100000]}
              |     ^^^^^ a tensor may have 8,589,934,592 elements, 32 GiB
              |
              = note: 100000 * 100000 elements would take 37.0 GiB
            """)
    }

    @Test("An error inside a nested Sequential") func insideSequential() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Sequential:
                  name: stem
                  layers:
                    - Conv2D: {filters: 8, kernel_size: 3}
                    - Flatten
                    - MaxPooling2D
            """,
            """
            error[BNC2101]: MaxPooling2D takes (height, width, channels), 3 axes beside the \
            batch, and gets 1: (5408,)
             --> model.yaml:8:11
              |
            7 |         - Flatten
              |           ------- `flatten` makes (5408,)
            8 |         - MaxPooling2D
              |           ^^^^^^^^^^^^ takes (height, width, channels)
              |
              = note: `flatten` makes (5408,) of (26, 26, 8): 26 * 26 * 8 = 5408
              = help: `flatten` makes one axis of 3; `max_pooling2d` belongs before it
            """)
    }

    @Test("A merging layer inside a Sequential") func mergeInsideSequential() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Sequential:
                  layers:
                    - Conv2D: {filters: 8, kernel_size: 3}
                    - Add
            """,
            """
            error[BNC2009]: Add takes one input or more, and `sequential` gives each layer inside \
            it the one before
             --> model.yaml:6:11
              |
            6 |         - Add
              |           ^^^ can't stand inside `sequential`
              |
              = help: write a graph at the top level of `layers`, where `inputs` names layers
            """)
    }

    @Test("All errors in one run") func severalErrors() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 30}
              - Dropout: {rate: 1.5}
              - Softmax: {axis: 9}
            """,
            """
            error[BNC2103]: a kernel of height 30 and width 30 doesn't fit into an input of \
            height 28 and width 28
             --> model.yaml:3:39
              |
            2 |   - Input: {shape: [28, 28, 1]}
              |     ----- `input_layer` makes (28, 28, 1)
            3 |   - Conv2D: {filters: 8, kernel_size: 30}
              |                                       ^^ larger than the input
              |
              = note: (input - kernel + padding) / stride + 1 = (28 - 30 + 0) / 1 + 1 = -1 cells \
            would come out
              = help: `padding: same` makes an output of height 28 and width 28

            error[BNC2006]: `rate` of `dropout` should be a number from 0 to 1, not 1.5
             --> model.yaml:4:21
              |
            4 |   - Dropout: {rate: 1.5}
              |                     ^^^ more than all of what comes in

            error[BNC2105]: there is no axis 9 in (?, ?, 8)
             --> model.yaml:5:21
              |
            4 |   - Dropout: {rate: 1.5}
              |     ------- `dropout` makes (?, ?, 8)
            5 |   - Softmax: {axis: 9}
              |                     ^ should be 1 to 3, or -1 to -3 from the end
            """)
    }
}
