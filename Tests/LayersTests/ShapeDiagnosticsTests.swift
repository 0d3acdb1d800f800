import Testing

/// What users read when shapes don't fit.
@Suite struct ShapeDiagnosticsTests {
    @Test("A convolution behind Flatten") func convolutionBehindFlatten() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Flatten
              - Conv2D: {filters: 8, kernel_size: 3}
            """,
            """
            error[BNC2101]: Conv2D takes (height, width, channels), 3 axes beside the batch, and \
            gets 1: (784,)
             --> model.yaml:4:5
              |
            3 |   - Flatten
              |     ------- `flatten` makes (784,)
            4 |   - Conv2D: {filters: 8, kernel_size: 3}
              |     ^^^^^^ takes (height, width, channels)
              |
              = note: `flatten` makes (784,) of (28, 28, 1): 28 * 28 * 1 = 784
              = help: `flatten` makes one axis of 3; `conv2d` belongs before it
            """)
    }

    @Test("An image without its channels axis") func imageWithoutChannels() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28]}
              - Conv2D: {filters: 8, kernel_size: 3}
            """,
            """
            error[BNC2101]: Conv2D takes (height, width, channels), 3 axes beside the batch, and \
            gets 2: (28, 28)
             --> model.yaml:3:5
              |
            2 |   - Input: {shape: [28, 28]}
              |     ----- `input_layer` makes (28, 28)
            3 |   - Conv2D: {filters: 8, kernel_size: 3}
              |     ^^^^^^ takes (height, width, channels)
              |
              = help: if there is one channel, say so in `input_layer`: `shape: [28, 28, 1]`
            """)
    }

    @Test("A kernel larger than its input") func kernelLargerThanInput() {
        expectRendering(
            """
            layers:
              - Input: {shape: [5, 5, 8]}
              - MaxPooling2D
              - Conv2D: {filters: 8, kernel_size: 3}
            """,
            """
            error[BNC2103]: a kernel of height 3 and width 3 doesn't fit into an input of height \
            2 and width 2
             --> model.yaml:4:39
              |
            3 |   - MaxPooling2D
              |     ------------ `max_pooling2d` makes (2, 2, 8)
            4 |   - Conv2D: {filters: 8, kernel_size: 3}
              |                                       ^ larger than the input
              |
              = note: (input - kernel + padding) / stride + 1 = (2 - 3 + 0) / 1 + 1 = 0 cells \
            would come out
              = note: `max_pooling2d` makes (2, 2, 8) of (5, 5, 8): (5 - 2 + 0) / 2 + 1 = 2
              = help: `padding: same` makes an output of height 2 and width 2
            """)
    }

    @Test("A dilated kernel that reaches too far") func dilatedKernelTooLarge() {
        expectRendering(
            """
            layers:
              - Input: {shape: [10, 4]}
              - Conv1D: {filters: 8, kernel_size: 3, dilation_rate: 6}
            """,
            """
            error[BNC2103]: a kernel of 13 steps (3 with dilation 6) doesn't fit into an input of \
            10 steps
             --> model.yaml:3:39
              |
            2 |   - Input: {shape: [10, 4]}
              |     ----- `input_layer` makes (10, 4)
            3 |   - Conv1D: {filters: 8, kernel_size: 3, dilation_rate: 6}
              |                                       ^ larger than the input
              |
              = note: (input - kernel + padding) / stride + 1 = (10 - 13 + 0) / 1 + 1 = -2 cells \
            would come out
              = help: `padding: same` makes an output of 10 steps
            """)
    }

    @Test("A pooling window larger than its input") func poolLargerThanInput() {
        expectRendering(
            """
            layers:
              - Input: {shape: [3, 6, 8]}
              - AveragePooling2D: {pool_size: 4}
            """,
            """
            error[BNC2103]: a window of height 4 doesn't fit into an input of height 3
             --> model.yaml:3:35
              |
            2 |   - Input: {shape: [3, 6, 8]}
              |     ----- `input_layer` makes (3, 6, 8)
            3 |   - AveragePooling2D: {pool_size: 4}
              |                                   ^ larger than the input
              |
              = note: (input - window + padding) / stride + 1 = (3 - 4 + 0) / 4 + 1 = 0 cells \
            would come out
              = help: `padding: same` makes an output of height 1
            """)
    }

    @Test("Add of two sizes") func addMismatch() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2D: {filters: 8, kernel_size: 3, padding: same, name: shortcut}
              - Conv2D: {filters: 8, kernel_size: 3, name: main}
              - Add: {inputs: [shortcut, main]}
            """,
            """
            error[BNC2102]: Add can't bring (28, 28, 8) and (26, 26, 8) together
             --> model.yaml:5:5
              |
            3 |   - Conv2D: {filters: 8, kernel_size: 3, padding: same, name: shortcut}
              |     ------ `shortcut` makes (28, 28, 8)
            4 |   - Conv2D: {filters: 8, kernel_size: 3, name: main}
              |     ------ `main` makes (26, 26, 8)
            5 |   - Add: {inputs: [shortcut, main]}
              |     ^^^ needs equal sizes, or 1
              |
              = note: axis 1 is 28 in `shortcut` and 26 in `main`
              = note: axis 2 is 28 in `shortcut` and 26 in `main`
              = note: `main` makes (26, 26, 8) of (28, 28, 8): (28 - 3 + 0) / 1 + 1 = 26
              = help: layers with `padding: same` and the same strides keep sizes equal
              = help: `ZeroPadding2D: {padding: [[0, 2], [0, 2]]}` brings `main` to the size of \
            `shortcut`
            """)
    }

    @Test("Add of two numbers of channels") func addChannelMismatch() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 8, 16], name: a}
              - Input: {shape: [8, 8, 32], name: b}
              - Add: {inputs: [a, b]}
            """,
            """
            error[BNC2102]: Add can't bring (8, 8, 16) and (8, 8, 32) together
             --> model.yaml:4:5
              |
            2 |   - Input: {shape: [8, 8, 16], name: a}
              |     ----- `a` makes (8, 8, 16)
            3 |   - Input: {shape: [8, 8, 32], name: b}
              |     ----- `b` makes (8, 8, 32)
            4 |   - Add: {inputs: [a, b]}
              |     ^^^ needs equal sizes, or 1
              |
              = note: axis 3 is 16 in `a` and 32 in `b`
              = help: `Conv2D: {filters: 16, kernel_size: 1}` brings `b` to the same number of \
            channels
            """)
    }

    @Test("Multiply by a vector of another length") func addRankMismatch() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 8, 16], name: a}
              - Input: {shape: [4], name: b}
              - Multiply: {inputs: [a, b]}
            """,
            """
            error[BNC2102]: Multiply can't bring (8, 8, 16) and (4,) together
             --> model.yaml:4:5
              |
            2 |   - Input: {shape: [8, 8, 16], name: a}
              |     ----- `a` makes (8, 8, 16)
            3 |   - Input: {shape: [4], name: b}
              |     ----- `b` makes (4,)
            4 |   - Multiply: {inputs: [a, b]}
              |     ^^^^^^^^ needs equal sizes, or 1
              |
              = note: axis -1 is 16 in `a` and 4 in `b`
              = help: inputs of different rank are aligned at their last axis, which has to be 16 \
            in both, or 1
            """)
    }

    @Test("The third input doesn't fit") func addOfThree() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8], name: a}
              - Input: {shape: [8], name: b}
              - Input: {shape: [9], name: c}
              - Average: {inputs: [a, b, c]}
            """,
            """
            error[BNC2102]: Average can't bring (8,) and (9,) together
             --> model.yaml:5:5
              |
            2 |   - Input: {shape: [8], name: a}
              |     ----- `a` makes (8,)
            3 |   - Input: {shape: [8], name: b}
            4 |   - Input: {shape: [9], name: c}
              |     ----- `c` makes (9,)
            5 |   - Average: {inputs: [a, b, c]}
              |     ^^^^^^^ needs equal sizes, or 1
              |
              = note: axis 1 is 8 in `a` and 9 in `c`
              = help: `Dense: {units: 8}` brings `c` to the same size
            """)
    }

    @Test("Concatenate of images of two sizes") func concatenateMismatch() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 8, 16], name: a}
              - Input: {shape: [4, 4, 16], name: b}
              - Concatenate: {inputs: [a, b]}
            """,
            """
            error[BNC2102]: Concatenate can't join (8, 8, 16) and (4, 4, 16) along axis 3
             --> model.yaml:4:5
              |
            2 |   - Input: {shape: [8, 8, 16], name: a}
              |     ----- `a` makes (8, 8, 16)
            3 |   - Input: {shape: [4, 4, 16], name: b}
              |     ----- `b` makes (4, 4, 16)
            4 |   - Concatenate: {inputs: [a, b]}
              |     ^^^^^^^^^^^ the other axes need equal sizes
              |
              = note: axis 1 is 8 in `a` and 4 in `b`
              = note: axis 2 is 8 in `a` and 4 in `b`
              = help: `UpSampling2D: {size: 2}` brings `b` to the size of `a`, `MaxPooling2D: \
            {pool_size: 2}` does it the other way
            """)
    }

    @Test("Concatenate along the wrong axis") func concatenateWrongAxis() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 8, 16], name: a}
              - Input: {shape: [8, 8, 4], name: b}
              - Concatenate: {axis: 1, inputs: [a, b]}
            """,
            """
            error[BNC2102]: Concatenate can't join (8, 8, 16) and (8, 8, 4) along axis 1
             --> model.yaml:4:25
              |
            2 |   - Input: {shape: [8, 8, 16], name: a}
              |     ----- `a` makes (8, 8, 16)
            3 |   - Input: {shape: [8, 8, 4], name: b}
              |     ----- `b` makes (8, 8, 4)
            4 |   - Concatenate: {axis: 1, inputs: [a, b]}
              |                         ^ the other axes need equal sizes
              |
              = note: axis 3 is 16 in `a` and 4 in `b`
              = help: `axis: 3` would join them where they differ
            """)
    }

    @Test("Concatenate of an image and a vector") func concatenateRanks() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8, 8, 16], name: a}
              - Input: {shape: [16], name: b}
              - Concatenate: {inputs: [a, b]}
            """,
            """
            error[BNC2101]: Concatenate joins tensors of one rank, not (8, 8, 16) and (16,)
             --> model.yaml:4:5
              |
            2 |   - Input: {shape: [8, 8, 16], name: a}
              |     ----- `a` makes (8, 8, 16)
            3 |   - Input: {shape: [16], name: b}
              |     ----- `b` makes (16,)
            4 |   - Concatenate: {inputs: [a, b]}
              |     ^^^^^^^^^^^ needs as many axes in each input
              |
              = help: `Flatten` or a global pooling layer makes one axis of several; `Reshape` \
            makes several of one
            """)
    }

    @Test("Reshape to another number of elements") func reshapeCount() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28]}
              - Reshape: {target_shape: [28, 27, 1]}
            """,
            """
            error[BNC2102]: 784 elements can't take the shape (28, 27, 1) of 756
             --> model.yaml:3:29
              |
            2 |   - Input: {shape: [28, 28]}
              |     ----- `input_layer` makes (28, 28)
            3 |   - Reshape: {target_shape: [28, 27, 1]}
              |                             ^^^^^^^^^^^ another number of elements
              |
              = note: the input has 28 * 28 = 784 elements; the target has 28 * 27 * 1 = 756
              = help: `target_shape: [28, 28, 1]` would do, or -1 in the place of the 28
            """)
    }

    @Test("-1 that is no whole number") func reshapeRest() {
        expectRendering(
            """
            layers:
              - Input: {shape: [10]}
              - Reshape: {target_shape: [3, -1]}
            """,
            """
            error[BNC2102]: 10 elements can't be split into rows of 3
             --> model.yaml:3:29
              |
            2 |   - Input: {shape: [10]}
              |     ----- `input_layer` makes (10,)
            3 |   - Reshape: {target_shape: [3, -1]}
              |                             ^^^^^^^ no whole number for -1
              |
              = note: the input has 10 elements; the target has 3
            """)
    }

    @Test("Two sizes of -1") func reshapeTwoFree() {
        expectRendering(
            """
            layers:
              - Input: {shape: [12]}
              - Reshape: {target_shape: [-1, -1, 3]}
            """,
            """
            error[BNC2006]: `target_shape` of `reshape` holds -1 more than once
             --> model.yaml:3:29
              |
            2 |   - Input: {shape: [12]}
              |     ----- `input_layer` makes (12,)
            3 |   - Reshape: {target_shape: [-1, -1, 3]}
              |                             ^^^^^^^^^^^ only one size can be worked out
              |
              = help: leave the batch axis out: `target_shape: [-1, 3]`
            """)
    }

    @Test("Permute counted from 0") func permuteFromZero() {
        expectRendering(
            """
            layers:
              - Input: {shape: [10, 64]}
              - Permute: {dims: [3, 1]}
            """,
            """
            error[BNC2006]: `dims` of `permute` should hold each of 1 and 2 once, not [3, 1]
             --> model.yaml:3:21
              |
            2 |   - Input: {shape: [10, 64]}
              |     ----- `input_layer` makes (10, 64)
            3 |   - Permute: {dims: [3, 1]}
              |                     ^^^^^^ one entry for each axis of (10, 64)
              |
              = note: axes are counted from 1; the batch stays where it is
            """)
    }

    @Test("Groups that don't divide the channels") func groupsAndChannels() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 6]}
              - Conv2D: {filters: 8, kernel_size: 3, groups: 4}
            """,
            """
            error[BNC2104]: 6 input channels can't be split into 4 groups
             --> model.yaml:3:50
              |
            2 |   - Input: {shape: [28, 28, 6]}
              |     ----- `input_layer` makes (28, 28, 6)
            3 |   - Conv2D: {filters: 8, kernel_size: 3, groups: 4}
              |                                                  ^ does not divide 6
              |
              = help: `groups: 3` or `groups: 6` would divide 6
            """)
    }
}
