import Testing

/// What Keras refuses too, found by `make fuzz`.
@Suite struct FoundDiagnosticsTests {
    @Test("PReLU counts its shared axes from 1") func sharedAxes() {
        expectRendering(
            """
            layers:
              - Input: {shape: [4, 5]}
              - PReLU: {shared_axes: -1}
              - PReLU: {shared_axes: [1, 3]}
            """,
            """
            error[BNC2012]: `shared_axes` of `p_re_lu` counts from 1, -1 is not supported
             --> model.yaml:3:26
              |
            2 |   - Input: {shape: [4, 5]}
              |     ----- `input_layer` makes (4, 5)
            3 |   - PReLU: {shared_axes: -1}
              |                          ^^ 1 to 2
              |
              = help: what Keras takes it for is axis 1

            error[BNC2105]: there is no axis 3 in (4, 5)
             --> model.yaml:4:26
              |
            3 |   - PReLU: {shared_axes: -1}
              |     ----- `p_re_lu` makes (4, 5)
            4 |   - PReLU: {shared_axes: [1, 3]}
              |                          ^^^^^^ should be 1 to 2, or -1 to -2 from the end
            """)
    }

    @Test("Attention drops a fraction") func dropout() {
        expectRendering(
            """
            layers:
              - Input: {shape: [4, 6], name: x}
              - MultiHeadAttention: {num_heads: 2, key_dim: 3, dropout: 20, inputs: [x, x]}
            """,
            """
            error[BNC2006]: `dropout` of `multi_head_attention` should be a number from 0 to 1, not 20
             --> model.yaml:3:61
              |
            3 |   - MultiHeadAttention: {num_heads: 2, key_dim: 3, dropout: 20, inputs: [x, x]}
              |                                                             ^^ more than all of what comes in
              |
              = help: 20 percent is `dropout: 0.2`
            """)
    }

    @Test("Boundaries are a list, penalties not below 0") func numbers() {
        expectRendering(
            """
            layers:
              - Input: {shape: [4]}
              - Discretization: {bin_boundaries: 0.5}
              - ActivityRegularization: {l1: -0.1}
            """,
            """
            error[BNC2006]: `bin_boundaries` of `discretization` should be a list of numbers, not a number
             --> model.yaml:3:38
              |
            3 |   - Discretization: {bin_boundaries: 0.5}
              |                                      ^^^ not a list
              |
              = help: a list of one: `[0.5]`

            error[BNC2006]: `l1` of `activity_regularization` should be a number of 0 or more, not the number -0.1
             --> model.yaml:4:34
              |
            4 |   - ActivityRegularization: {l1: -0.1}
              |                                  ^^^^ negative
            """)
    }
}
