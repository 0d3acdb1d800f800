import Testing

/// What users read when layers, names and inputs are wrong.
@Suite struct StructureDiagnosticsTests {
    @Test("A misspelt class") func misspeltClass() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2d: {filters: 8, kernel_size: 3}
            """,
            """
            error[BNC2003]: there is no layer `Conv2d`
             --> model.yaml:3:5
              |
            3 |   - Conv2d: {filters: 8, kernel_size: 3}
              |     ^^^^^^ not a class of keras.layers
              |
              = help: did you mean `Conv2D`?
            """)
    }

    @Test("A class that nobody knows") func unknownClass() {
        expectRendering(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Blur: {size: 3}
            """,
            """
            error[BNC2003]: there is no layer `Blur`
             --> model.yaml:3:5
              |
            3 |   - Blur: {size: 3}
              |     ^^^^ not a class of keras.layers
              |
              = help: a spec knows Keras's layers, not those of a program; `bnc layers` lists them all
            """)
    }

    @Test("A Keras layer that is not there yet") func absentClass() {
        expectRendering(
            """
            layers:
              - Input: {shape: [4000]}
              - MaxNumBoundingBoxes: {max_number: 256}
            """,
            """
            error[BNC2003]: bnc has no layer `MaxNumBoundingBoxes`
             --> model.yaml:3:5
              |
            3 |   - MaxNumBoundingBoxes: {max_number: 256}
              |     ^^^^^^^^^^^^^^^^^^^ for the bounding boxes of training data; leave it out of the spec
            """)
    }

    @Test("Two layers of one name") func duplicateNames() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 8, name: head}
              - Dense: {units: 4, name: head}
            """,
            """
            error[BNC2007]: two layers have the name `head`
             --> model.yaml:4:29
              |
            3 |   - Dense: {units: 8, name: head}
              |                             ---- the first
            4 |   - Dense: {units: 4, name: head}
              |                             ^^^^ the name again
              |
              = help: give one of them another `name`, as `head_2`
              = help: to apply the first again, with its variables: `Reuse: {layer: head, inputs: ...}`
            """)
    }

    @Test("Two inner layers of one name") func duplicateNamesInside() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Sequential:
                  layers:
                    - Dense: {units: 8, name: head}
                    - Dense: {units: 4, name: head}
            """,
            """
            error[BNC2007]: two layers in `sequential` have the name `head`
             --> model.yaml:6:11
              |
            5 |         - Dense: {units: 8, name: head}
              |           ----- the first
            6 |         - Dense: {units: 4, name: head}
              |           ^^^^^ the second
              |
              = help: give one of them another `name`
            """)
    }

    @Test("An unknown input") func unknownInput() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8], name: a}
              - Input: {shape: [8], name: b}
              - Add: {inputs: [a, c]}
            """,
            """
            error[BNC2008]: there is no layer `c`
             --> model.yaml:4:23
              |
            4 |   - Add: {inputs: [a, c]}
              |                       ^ no such layer
              |
              = help: the layers so far are `a`, `b`
            """)
    }

    @Test("A misspelt input") func misspeltInput() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 8, name: hidden}
              - Dense: {units: 8}
              - Add: {inputs: [dense, hiden]}
            """,
            """
            error[BNC2008]: there is no layer `hiden`
             --> model.yaml:5:27
              |
            5 |   - Add: {inputs: [dense, hiden]}
              |                           ^^^^^ no such layer
              |
              = help: did you mean `hidden`?
            """)
    }

    @Test("An input that comes later") func laterInput() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Add: {inputs: [input_layer, dense]}
              - Dense: {units: 64}
            """,
            """
            error[BNC2008]: `dense` comes after the layer that reads it
             --> model.yaml:3:33
              |
            3 |   - Add: {inputs: [input_layer, dense]}
              |                                 ^^^^^ not known yet
            4 |   - Dense: {units: 64}
              |     ----- `dense` stands here
              |
              = help: `inputs` names layers above; move `dense` above this one
            """)
    }

    @Test("Arguments not indented under the class") func severalKeys() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense:
                units: 10
            """,
            """
            error[BNC2004]: an item of `layers` should have one key, its class name
             --> model.yaml:4:5
              |
            3 |   - Dense:
              |     ----- the class name
            4 |     units: 10
              |     ^^^^^ not indented below `Dense:`
              |
              = help: indent the arguments by two more spaces, below `Dense:`
            """)
    }

    @Test("A model without an Input") func noInput() {
        expectRendering(
            """
            layers:
              - Dense: {units: 10}
            """,
            """
            error[BNC2010]: the model has no Input before `dense`
             --> model.yaml:2:5
              |
            2 |   - Dense: {units: 10}
              |     ^^^^^ what shape comes in here?
              |
              = help: start with `- Input: {shape: [...]}`, the batch axis left out; for images \
            `[height, width, channels]`
            """)
    }

    @Test("Add without inputs") func mergeWithoutInputs() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 64}
              - Add
            """,
            """
            error[BNC2009]: Add merges layers, and `add` doesn't name them
             --> model.yaml:4:5
              |
            4 |   - Add
              |     ^^^ `inputs` is missing
              |
              = help: name them: `Add: {inputs: [input_layer, dense]}`
            """)
    }

    @Test("Subtract of three") func subtractOfThree() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8], name: a}
              - Input: {shape: [8], name: b}
              - Input: {shape: [8], name: c}
              - Subtract: {inputs: [a, b, c]}
            """,
            """
            error[BNC2009]: Subtract takes 2 inputs, not 3
             --> model.yaml:5:5
              |
            5 |   - Subtract: {inputs: [a, b, c]}
              |     ^^^^^^^^ gets 3
            """)
    }

    @Test("Two inputs into Dense") func twoInputsIntoDense() {
        expectRendering(
            """
            layers:
              - Input: {shape: [8], name: a}
              - Input: {shape: [8], name: b}
              - Dense: {units: 4, inputs: [a, b]}
            """,
            """
            error[BNC2009]: Dense takes one input, not 2
             --> model.yaml:4:5
              |
            4 |   - Dense: {units: 4, inputs: [a, b]}
              |     ^^^^^ gets 2
              |
              = help: join them first with `Concatenate` or `Add`
            """)
    }

    @Test("inputs inside a Sequential") func inputsInsideSequential() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Sequential:
                  layers:
                    - Dense: {units: 4, inputs: input_layer}
            """,
            """
            error[BNC2011]: a layer inside another layer can't name its `inputs`
             --> model.yaml:5:37
              |
            5 |         - Dense: {units: 4, inputs: input_layer}
              |                                     ^^^^^^^^^^^ reads the layer before it
              |
              = help: write a graph at the top level of `layers`, or as a `Model` with Inputs of its own
            """)
    }

    @Test("An unknown output") func unknownOutput() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 4}
            outputs: [dens]
            """,
            """
            error[BNC2008]: there is no layer `dens`
             --> model.yaml:4:11
              |
            4 | outputs: [dens]
              |           ^^^^ no such layer
              |
              = help: did you mean `dense`?
            """)
    }

    @Test("A list where one layer is wanted") func layersOfLayer() {
        expectRendering(
            """
            layers:
              - Input: {shape: [3, 8]}
              - TimeDistributed: {layer: [Flatten]}
            """,
            """
            error[BNC2004]: a layer should be a class name, or one class name over its arguments, \
            not a list of 1
             --> model.yaml:3:30
              |
            3 |   - TimeDistributed: {layer: [Flatten]}
              |                              ^^^^^^^^^ not a layer
              |
              = help: leave the brackets out: `- Flatten`
            """)
    }

    @Test("TimeDistributed of a vector") func timeDistributedOfVector() {
        expectRendering(
            """
            layers:
              - Input: {shape: [64]}
              - TimeDistributed: {layer: {Dense: {units: 4}}}
            """,
            """
            error[BNC2101]: TimeDistributed takes steps of time and at least one axis more, and \
            gets (64,)
             --> model.yaml:3:5
              |
            2 |   - Input: {shape: [64]}
              |     ----- `input_layer` makes (64,)
            3 |   - TimeDistributed: {layer: {Dense: {units: 4}}}
              |     ^^^^^^^^^^^^^^^ takes (time, ...)
              |
              = help: for one number at each step, put `Reshape: {target_shape: [64, 1]}` before it
            """)
    }
}
