import Testing

/// Tabs, indentation, missing dashes and documents. What a user sees, to the letter.
@Suite struct IndentationErrorTests {
    @Test(arguments: cases)
    func message(_ broken: BrokenText) {
        #expect(rendered(broken.text) == broken.expected + "\n")
    }

    private static let cases: [BrokenText] = [
        BrokenText(
            "a tab", "layers:\n\t- ReLU\n",
            #"""
            error[BNC1005]: a tab is used for indentation
             --> m.yaml:2:1
              |
            2 |     - ReLU
              | ^^^^ a tab
              |
              = help: indent with spaces; most editors can insert them for a tab
            """#
        ),
        BrokenText(
            "tabs deeper", "layers:\n  - Conv2D:\n\t\tfilters: 8\n",
            #"""
            error[BNC1005]: a tab is used for indentation
             --> m.yaml:3:1
              |
            3 |         filters: 8
              | ^^^^^^^^ tabs
              |
              = help: indent with spaces; most editors can insert them for a tab
            """#
        ),
        BrokenText(
            "a tab behind a mapping's first line", "a:\n  b: 1\n\tc: 2\n",
            #"""
            error[BNC1005]: a tab is used for indentation
             --> m.yaml:3:1
              |
            3 |     c: 2
              | ^^^^ a tab
              |
              = help: indent with spaces; most editors can insert them for a tab
            """#
        ),
        BrokenText(
            "a tab behind a dash", "-\ta: 1\n\tb: 2\n",
            #"""
            error[BNC1005]: a tab is used for indentation
             --> m.yaml:1:2
              |
            1 | -   a: 1
              |  ^^^ a tab
              |
              = note: so is 1 more line
              = help: indent with spaces; most editors can insert them for a tab
            """#
        ),
        BrokenText(
            "a list entry too far left", "layers:\n  - ReLU\n - ReLU\n",
            #"""
            error[BNC1006]: this line's indentation fits nothing above it
             --> m.yaml:3:2
              |
            2 |   - ReLU
              |   ------ begins at column 3
            3 |  - ReLU
              |  ^^^^^^ begins at column 2
              |
              = help: begin the line at column 3 if it belongs there
            """#
        ),
        BrokenText(
            "a list entry too far right", "layers:\n  - ReLU\n   - ReLU\n",
            #"""
            error[BNC1006]: this list entry is indented too deeply, so it joins the text above
             --> m.yaml:3:4
              |
            2 |   - ReLU
              |   ------ begins at column 3
            3 |    - ReLU
              |    ^^^^^^ begins at column 4
              |
              = help: begin the line at column 3
            """#
        ),
        BrokenText(
            "a key too far left", "layers:\n  - Conv2D:\n      filters: 8\n     kernel_size: 3\n",
            #"""
            error[BNC1006]: this line's indentation fits nothing above it
             --> m.yaml:4:6
              |
            3 |       filters: 8
              |       ---------- begins at column 7
            4 |      kernel_size: 3
              |      ^^^^^^^^^^^^^^ begins at column 6
              |
              = help: begin the line at column 7 if it belongs there
            """#
        ),
        BrokenText(
            "a key too far right",
            "layers:\n  - Conv2D:\n      filters: 8\n       kernel_size: 3\n",
            #"""
            error[BNC1006]: this line's indentation fits nothing above it
             --> m.yaml:4:8
              |
            3 |       filters: 8
              |       ---------- begins at column 7
            4 |        kernel_size: 3
              |        ^^^^^^^^^^^^^^ begins at column 8
              |
              = help: begin the line at column 7 if it belongs there
            """#
        ),
        BrokenText(
            "a key indented below a value", "name: x\n  layers:\n  - ReLU\n",
            #"""
            error[BNC1006]: this line's indentation fits nothing above it
             --> m.yaml:2:3
              |
            1 | name: x
              | ------- begins at column 1
            2 |   layers:
              |   ^^^^^^^ begins at column 3
              |
              = help: begin the line at column 1 if it belongs there
            """#
        ),
        BrokenText(
            "a first line indented", " name: x\nlayers: []\n",
            #"""
            error[BNC1006]: the first line is indented, and those below it are not
             --> m.yaml:1:2
              |
            1 |  name: x
              |  ^^^^^^^ begins at column 2
            2 | layers: []
              | ---------- begins at column 1
              |
              = help: begin the line at column 1
            """#
        ),
        BrokenText(
            "a list entry among keys", "name: x\n- a\n",
            #"""
            error[BNC1006]: a list entry stands where a key is expected
             --> m.yaml:2:1
              |
            1 | name: x
              | ------- begins at the same column
            2 | - a
              | ^^^ expected `key: value`
              |
              = help: give the list a key of its own, or indent it below its key
            """#
        ),
        BrokenText(
            "a key among list entries", "- a\nname: x\n",
            #"""
            error[BNC1034]: an entry of a list has no dash
             --> m.yaml:2:1
              |
            1 | - a
              | --- an entry of the list
            2 | name: x
              | ^^^^^^^ expected `- `
              |
              = help: write `- name: x`
            """#
        ),
        BrokenText(
            "a dash without a space", "layers:\n  -ReLU\n",
            #"""
            error[BNC1014]: there is no space after the dash
             --> m.yaml:2:3
              |
            2 |   -ReLU
              |   ^ expected a space after it
              |
              = help: write `- entry` with a space
            """#
        ),
        BrokenText(
            "dashes without spaces before mappings", "layers:\n  -Conv2D: {a: 1}\n  - Dense\n",
            #"""
            error[BNC1014]: there is no space after the dash
             --> m.yaml:2:3
              |
            2 |   -Conv2D: {a: 1}
              |   ^ expected a space after it
              |
              = help: write `- entry` with a space
            """#
        ),
        BrokenText(
            "a later dash without a space", "layers:\n  - Conv2D\n  -Dense\n  - ReLU\n",
            #"""
            error[BNC1014]: there is no space after the dash
             --> m.yaml:3:3
              |
            3 |   -Dense
              |   ^ expected a space after it
              |
              = help: write `- entry` with a space
            """#
        ),
        BrokenText(
            "a later dash without a space, of a mapping",
            "layers:\n  - Conv2D: {a: 1}\n  -Dense: {b: 1}\n",
            #"""
            error[BNC1014]: there is no space after the dash
             --> m.yaml:3:3
              |
            3 |   -Dense: {b: 1}
              |   ^ expected a space after it
              |
              = help: write `- entry` with a space
            """#
        ),
        BrokenText(
            "a list on its key's line", "layers: - ReLU\n",
            #"""
            error[BNC1015]: a list can't begin on its key's line
             --> m.yaml:1:9
              |
            1 | layers: - ReLU
              |         ^^^^^^ expected on a line of its own
              |
              = help: put it on the next line, indented, or write it in brackets: `[a, b]`
            """#
        ),
        BrokenText(
            "two documents", "name: a\n---\nname: b\n",
            #"""
            error[BNC1002]: a file holds one model, but here another document begins
             --> m.yaml:2:1
              |
            2 | ---
              | ^^^ begins another document
              |
              = help: put the other model in a file of its own
            """#
        ),
        BrokenText(
            "text behind the end of the document", "name: a\n...\nname: b\n",
            #"""
            error[BNC1002]: a file holds one model, but here another document begins
             --> m.yaml:3:1
              |
            2 | ...
              | --- ends the first document
            3 | name: b
              | ^^^^^^^ begins another document
              |
              = help: remove the line `...` if the model goes on here
            """#
        ),
        BrokenText(
            "an empty file", "",
            #"""
            error[BNC1001]: the file holds no model
             --> m.yaml:1:1
              |
            1 |
              | ^ nothing but white space and comments
              |
              = help: a model begins with `layers:` and a list
            """#
        ),
        BrokenText(
            "comments alone", "# layers\n\n# to come\n",
            #"""
            error[BNC1001]: the file holds no model
             --> m.yaml:1:1
              |
            1 | # layers
              | ^ nothing but white space and comments
              |
              = help: a model begins with `layers:` and a list
            """#
        ),
        BrokenText(
            "a directive", "%model\nname: x\n",
            #"""
            error[BNC1029]: this is no directive YAML knows
             --> m.yaml:1:1
              |
            1 | %model
              | ^^^^^^ a line that begins with `%` is a directive
              |
              = help: remove the line; a key that begins with `%` needs quotes
            """#
        ),
    ]
}
