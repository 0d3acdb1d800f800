import Testing

/// What users read when a recurrent layer can't be.
@Suite struct RecurrentDiagnosticsTests {
    @Test("A sequence without features") func rank() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28]}
              - LSTM: {units: 4}
            """,
            """
            error[BNC2101]: LSTM takes (time, features), 2 axes beside the batch, and gets 1: (28,)
             --> model.yaml:3:5
              |
            2 |   - Input: {shape: [28]}
              |     ----- `input_layer` makes (28,)
            3 |   - LSTM: {units: 4}
              |     ^^^^ takes (time, features)
              |
              = help: for a sequence of single numbers, put `Reshape: {target_shape: [28, 1]}` before it
            """)
    }

    @Test("Activations that a cell can't have") func activations() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - GRU: {units: 4, recurrent_activation: glu}
            """,
            """
            error[BNC2006]: `recurrent_activation` of `gru` can't be `glu`, which halves the state
             --> model.yaml:3:43
              |
            3 |   - GRU: {units: 4, recurrent_activation: glu}
              |                                           ^^^ should keep the number of units
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [300, 3]}
              - LSTM: {units: 4, activation: softmax}
            """,
            """
            error[BNC2012]: `activation` of `lstm` can be `softmax` over at most 256 steps, and there are 300
             --> model.yaml:3:34
              |
            3 |   - LSTM: {units: 4, activation: softmax}
              |                                  ^^^^^^^ works on whole rows
            """)
    }

    @Test("Several outputs where one is taken") func returnState() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - LSTM: {units: 4, return_state: true}
              - Dense: {units: 4}
            """,
            """
            error[BNC2009]: Dense takes one input, not 3
             --> model.yaml:4:5
              |
            4 |   - Dense: {units: 4}
              |     ^^^^^ gets 3
              |
              = help: what comes in are the 3 outputs of `lstm`; name one: `inputs: lstm/output`
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [7, 28, 3]}
              - TimeDistributed: {layer: {LSTM: {units: 4, return_state: true}}}
            """,
            """
            error[BNC2009]: `lstm` has 3 outputs, and `time_distributed` takes one of each layer
             --> model.yaml:3:62
              |
            3 |   - TimeDistributed: {layer: {LSTM: {units: 4, return_state: true}}}
              |                                                              ^^^^ 3 outputs
              |
              = note: `time_distributed` gives it (28, 3)
              = help: leave it out, or put the layer into the list of `layers` itself
            """)
    }

    @Test("Initial states that aren't those of the layer") func initialStates() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3], name: x}
              - GRU: {units: 4, return_state: true, name: state}
              - Bidirectional: {layer: {GRU: {units: 4}}, inputs: [x, state/state]}
            """,
            """
            error[BNC2009]: `bidirectional` starts from 2 states and gets 1
             --> model.yaml:4:5
              |
            4 |   - Bidirectional: {layer: {GRU: {units: 4}}, inputs: [x, state/state]}
              |     ^^^^^^^^^^^^^ takes `forward_state`, `backward_state` behind the sequence
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3], name: x}
              - GRU: {units: 4, return_state: true, name: state}
              - RNN: {cell: [{GRUCell: {units: 4}}, {GRUCell: {units: 5}}], inputs: [x, state/state, state/state]}
            """,
            """
            error[BNC2102]: the state that `rnn` starts from should be (5,), not (4,)
             --> model.yaml:4:5
              |
            3 |   - GRU: {units: 4, return_state: true, name: state}
              |     --- `state/state` makes (4,)
            4 |   - RNN: {cell: [{GRUCell: {units: 4}}, {GRUCell: {units: 5}}], inputs: [x, state/state, state/state]}
              |     ^^^ its state is (5,)
            """)
    }

    @Test("A state that is kept in Keras") func stateful() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - LSTM: {units: 4, stateful: true}
            """,
            """
            warning[BNC2012]: Keras keeps the state of `lstm` from one prediction to the next; here each prediction starts from zeros
             --> model.yaml:3:32
              |
            3 |   - LSTM: {units: 4, stateful: true}
              |                                ^^^^ as after `reset_state()`
            """)
    }

    @Test("What Bidirectional can't run") func bidirectional() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - Bidirectional: {layer: {Dense: {units: 4}}}
            """,
            """
            error[BNC2006]: Bidirectional runs a recurrent layer (SimpleRNN, LSTM, GRU, RNN, ConvLSTM), not Dense
             --> model.yaml:3:29
              |
            3 |   - Bidirectional: {layer: {Dense: {units: 4}}}
              |                             ^^^^^ not recurrent
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - Bidirectional: {layer: {LSTM: {units: 4, go_backwards: true}}}
            """,
            """
            error[BNC2011]: the layer in `bidirectional` goes backwards, and so does its twin
             --> model.yaml:3:60
              |
            3 |   - Bidirectional: {layer: {LSTM: {units: 4, go_backwards: true}}}
              |                                                            ^^^^ leave it out
            """)
    }

    @Test("Twins that don't agree") func twins() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - Bidirectional:
                  layer: {LSTM: {units: 4}}
                  backward_layer: {LSTM: {units: 4}}
            """,
            """
            error[BNC2011]: `layer` and `backward_layer` of `bidirectional` should differ in `go_backwards`
             --> model.yaml:5:23
              |
            5 |       backward_layer: {LSTM: {units: 4}}
              |                       ^^^^^^^^^^^^^^^^^^ not the twin of `layer`
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - Bidirectional:
                  merge_mode: sum
                  layer: {LSTM: {units: 4}}
                  backward_layer: {LSTM: {units: 5, go_backwards: true}}
            """,
            """
            error[BNC2102]: `layer` makes (4,) and `backward_layer` (5,), which `bidirectional` can't bring together
             --> model.yaml:6:23
              |
            6 |       backward_layer: {LSTM: {units: 5, go_backwards: true}}
              |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ another shape
            """)
    }

    @Test("Cells in the wrong place") func cells() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - LSTMCell: {units: 4}
            """,
            """
            error[BNC2011]: LSTMCell is one step of a recurrence
             --> model.yaml:3:5
              |
            3 |   - LSTMCell: {units: 4}
              |     ^^^^^^^^ not a layer by itself
              |
              = help: `RNN: {cell: {LSTMCell: ...}}` runs it over a sequence
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3]}
              - RNN: {cell: [{LSTMCell: {units: 4}}, {LSTM: {units: 4}}]}
            """,
            """
            error[BNC2006]: a stack of cells holds SimpleRNNCell, LSTMCell and GRUCell, not LSTM
             --> model.yaml:3:43
              |
            3 |   - RNN: {cell: [{LSTMCell: {units: 4}}, {LSTM: {units: 4}}]}
              |                                           ^^^^ not a cell
            """)
    }

    @Test("A state of another shape, and one too few") func initialState() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3], name: x}
              - Input: {shape: [5], name: h}
              - GRU: {units: 4, inputs: [x, h]}
            """,
            """
            error[BNC2102]: the state that `gru` starts from should be (4,), not (5,)
             --> model.yaml:4:5
              |
            3 |   - Input: {shape: [5], name: h}
              |     ----- `h` makes (5,)
            4 |   - GRU: {units: 4, inputs: [x, h]}
              |     ^^^ its state is (4,)
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 3], name: x}
              - Input: {shape: [4], name: h}
              - LSTM: {units: 4, inputs: [x, h]}
            """,
            """
            error[BNC2009]: LSTM takes one input, or 3 (the sequence and 2 states), not 2
             --> model.yaml:4:5
              |
            4 |   - LSTM: {units: 4, inputs: [x, h]}
              |     ^^^^ gets 2
            """)
    }

    @Test("A mask of something else than steps") func masks() {
        expectRendering(
            """
            layers:
              - Input: {shape: [5, 7], dtype: int32}
              - Embedding: {input_dim: 10, output_dim: 4, mask_zero: true}
              - TimeDistributed: {layer: {LSTM: {units: 4}}}
              - LSTM: {units: 4}
            """,
            """
            error[BNC2102]: LSTM can't use the mask of its input, which marks (5, 7): it takes one mark for each of the 5 steps
             --> model.yaml:5:5
              |
            4 |   - TimeDistributed: {layer: {LSTM: {units: 4}}}
              |     --------------- `time_distributed` makes (5, 4)
            5 |   - LSTM: {units: 4}
              |     ^^^^ takes a mask of steps
              |
              = note: a mask comes from `Masking` or from `Embedding` with `mask_zero: true`
              = help: `Reshape: {target_shape: [5, 4]}` before it drops the mask
            """)
        expectRendering(
            """
            layers:
              - Input: {shape: [7], dtype: int32}
              - Embedding: {input_dim: 10, output_dim: 4, mask_zero: true}
              - Softmax
            """,
            """
            error[BNC2012]: Softmax can't use the mask of its input: it marks (7,) and not single elements
             --> model.yaml:4:5
              |
            3 |   - Embedding: {input_dim: 10, output_dim: 4, mask_zero: true}
              |     --------- `embedding` makes (7, 4)
            4 |   - Softmax
              |     ^^^^^^^ gets a mask
              |
              = note: Keras says: the `mask` must be broadcastable to `inputs`
              = help: `Activation: {activation: softmax}` passes the mask by
            """)
    }

    @Test("A table too large for the numbers of its rows") func vocabulary() {
        expectRendering(
            """
            layers:
              - Input: {shape: [7], dtype: int32}
              - Embedding: {input_dim: 20000000, output_dim: 4}
            """,
            """
            error[BNC2106]: a table of 20000000 tokens has more than 16777216
             --> model.yaml:3:28
              |
            3 |   - Embedding: {input_dim: 20000000, output_dim: 4}
              |                            ^^^^^^^^ too many
            """)
    }
}
