import Testing

/// Brackets and quotes. What a user sees, to the letter.
@Suite struct BracketErrorTests {
    @Test(arguments: cases)
    func message(_ broken: BrokenText) {
        #expect(rendered(broken.text) == broken.expected + "\n")
    }

    private static let cases: [BrokenText] = [
        BrokenText(
            "the wrong bracket", "layers:\n  - Conv2D: {kernel_size: [3, 3}\n  - ReLU\n",
            #"""
            error[BNC1007]: `[` is closed by `}`
             --> m.yaml:2:32
              |
            2 |   - Conv2D: {kernel_size: [3, 3}
              |                           -    ^ expected `]`
              |                           |
              |                           opened here
              |
              = help: close it first: `]}`
            """#
        ),
        BrokenText(
            "a list not closed", "a: [1, 2\nb: 3\n",
            #"""
            error[BNC1007]: `[` is not closed
             --> m.yaml:1:9
              |
            1 | a: [1, 2
              |    -    ^ expected `]` by here
              |    |
              |    opened here
              |
              = help: close it with `]`
            """#
        ),
        BrokenText(
            "a mapping not closed before a list entry",
            "layers:\n  - Conv2D: {filters: 8, kernel_size: 3\n  - ReLU\n",
            #"""
            error[BNC1007]: `{` is not closed
             --> m.yaml:2:40
              |
            2 |   - Conv2D: {filters: 8, kernel_size: 3
              |             -                          ^ expected `}` by here
              |             |
              |             opened here
              |
              = help: close it with `}`
            """#
        ),
        BrokenText(
            "a mapping not closed before a key", "layers:\n  - Conv2D: {filters: 8\nname: x\n",
            #"""
            error[BNC1007]: `{` is not closed
             --> m.yaml:2:24
              |
            2 |   - Conv2D: {filters: 8
              |             -          ^ expected `}` by here
              |             |
              |             opened here
              |
              = help: close it with `}`
            """#
        ),
        BrokenText(
            "a list not closed at the end", "a: [1, 2",
            #"""
            error[BNC1007]: `[` is not closed
             --> m.yaml:1:9
              |
            1 | a: [1, 2
              |    -    ^ expected `]` by here
              |    |
              |    opened here
              |
              = help: close it with `]`
            """#
        ),
        BrokenText(
            "a list not closed behind a comma", "a: [1, 2,\n",
            #"""
            error[BNC1007]: `[` is not closed
             --> m.yaml:1:10
              |
            1 | a: [1, 2,
              |    -     ^ expected `]` by here
              |    |
              |    opened here
              |
              = help: close it with `]`
            """#
        ),
        BrokenText(
            "a list not closed over several lines", "a: [1,\n  2,\n  3\n\n# c\nb: 4\n",
            #"""
            error[BNC1007]: `[` is not closed
             --> m.yaml:3:4
              |
            1 | a: [1,
              |    - opened here
            2 |   2,
            3 |   3
              |    ^ expected `]` by here
              |
              = help: close it with `]`
            """#
        ),
        BrokenText(
            "a bracket hidden by a comment", "a: [1, #2]\n",
            #"""
            error[BNC1007]: `[` is not closed
             --> m.yaml:1:7
              |
            1 | a: [1, #2]
              |    -  ^ expected `]` by here
              |    |
              |    opened here
              |
              = note: `#` begins a comment, so the `]` behind it doesn't count
              = help: close it with `]`
            """#
        ),
        BrokenText(
            "an inner list not closed",
            "layers:\n  - Conv2D: {kernel_size: [3, 3], strides: [1\n  - ReLU: {}\n",
            #"""
            error[BNC1007]: `[` is not closed
             --> m.yaml:2:46
              |
            2 |   - Conv2D: {kernel_size: [3, 3], strides: [1
              |                                            - ^ expected `]` by here
              |                                            |
              |                                            opened here
              |
              = help: close it with `]`
            """#
        ),
        BrokenText(
            "a bracket too many", "a: [1, 2]]\n",
            #"""
            error[BNC1008]: this `]` closes nothing
             --> m.yaml:1:10
              |
            1 | a: [1, 2]]
              |          ^ no `[` is open here
              |
              = help: remove it, or quote the text it belongs to
            """#
        ),
        BrokenText(
            "a bracket instead of a value", "a: 1\nb: }\n",
            #"""
            error[BNC1008]: this `}` closes nothing
             --> m.yaml:2:4
              |
            2 | b: }
              |    ^ no `{` is open here
              |
              = help: remove it, or quote the text it belongs to
            """#
        ),
        BrokenText(
            "a bracket on a line of its own", "a:\n  b: 1\n}\n",
            #"""
            error[BNC1008]: this `}` closes nothing
             --> m.yaml:3:1
              |
            3 | }
              | ^ no `{` is open here
              |
              = help: remove it, or quote the text it belongs to
            """#
        ),
        BrokenText(
            "a missing comma", "- Conv2D: {filters: 8 kernel_size: 3}\n",
            #"""
            error[BNC1016]: a comma is missing between two entries
             --> m.yaml:1:23
              |
            1 | - Conv2D: {filters: 8 kernel_size: 3}
              |                       ^^^^^^^^^^^ expected `,` before this
              |
              = help: separate the entries with `,`
            """#
        ),
        BrokenText(
            "a missing comma between lines", "- Conv2D: {filters: 8\n           kernel_size: 3}\n",
            #"""
            error[BNC1016]: a comma is missing between two entries
             --> m.yaml:2:12
              |
            2 |            kernel_size: 3}
              |            ^^^^^^^^^^^ expected `,` before this
              |
              = help: separate the entries with `,`
            """#
        ),
        BrokenText(
            "a missing comma between texts", "a: [\"x\" \"y\"]\n",
            #"""
            error[BNC1016]: a comma is missing between two entries
             --> m.yaml:1:9
              |
            1 | a: ["x" "y"]
              |         ^^^ expected `,` before this
              |
              = help: separate the entries with `,`
            """#
        ),
        BrokenText(
            "two commas", "a: [1,,2]\n",
            #"""
            error[BNC1017]: there is nothing in front of this comma
             --> m.yaml:1:7
              |
            1 | a: [1,,2]
              |       ^ expected a value before it
              |
              = help: remove the comma, or write the value; `null` is a value too
            """#
        ),
        BrokenText(
            "a dash in brackets", "a: [- 1]\n",
            #"""
            error[BNC1017]: a list with dashes can't stand in brackets
             --> m.yaml:1:5
              |
            1 | a: [- 1]
              |     ^ expected a value
              |
              = help: separate entries with commas, without dashes: `[a, b]`
            """#
        ),
        BrokenText(
            "parentheses", "- Conv2D: {kernel_size: (3, 3), padding: same}\n",
            #"""
            error[BNC1031]: YAML has no tuples in parentheses
             --> m.yaml:1:25
              |
            1 | - Conv2D: {kernel_size: (3, 3), padding: same}
              |                         ^^^^^^ expected a list in square brackets
              |
              = help: write a list: `[3, 3]`
            """#
        ),
        BrokenText(
            "a double quote not closed", "name: \"abc\nlayers:\n  - ReLU\n",
            #"""
            error[BNC1009]: a text in quotes is not closed
             --> m.yaml:1:7
              |
            1 | name: "abc
              |       ^^^^ no `"` closes this text
              |
              = help: close it with `"`
            """#
        ),
        BrokenText(
            "a single quote closed by a later one", "name: 'abc\nweights: 'def'\n",
            #"""
            error[BNC1009]: a text in quotes is not closed
             --> m.yaml:1:7
              |
            1 | name: 'abc
              |       ^^^^ no `'` closes this text
              |
              = help: close it with `'`
            """#
        ),
        BrokenText(
            "a quote inside quotes", "name: 'it's'\n",
            #"""
            error[BNC1010]: there is text after the closing quote
             --> m.yaml:1:11
              |
            1 | name: 'it's'
              |          -^^ expected the end of the line
              |          |
              |          the value ends here
              |
              = help: inside single quotes write `''` for `'`, or use double quotes
            """#
        ),
        BrokenText(
            "text behind a quote", "name: \"a\" b\n",
            #"""
            error[BNC1010]: there is text after the closing quote
             --> m.yaml:1:11
              |
            1 | name: "a" b
              |         - ^ expected the end of the line
              |         |
              |         the value ends here
              |
              = help: inside double quotes write `\"` for `"`, or use single quotes
            """#
        ),
        BrokenText(
            "text behind a bracket", "a: [1] px\n",
            #"""
            error[BNC1010]: there is text after the closing bracket
             --> m.yaml:1:8
              |
            1 | a: [1] px
              |      - ^^ expected the end of the line
              |      |
              |      the value ends here
              |
              = help: a comment begins with a space and `#`
            """#
        ),
        BrokenText(
            "an unknown escape", "weights: \"C:\\models\"\n",
            #"""
            error[BNC1019]: there is no escape `\m`
             --> m.yaml:1:13
              |
            1 | weights: "C:\models"
              |             ^^ in double quotes `\` begins an escape
              |
              = help: use single quotes, which take `\` as it is, or write `\\`
            """#
        ),
        BrokenText(
            "half an escape", "name: \"\\u00zz\"\n",
            #"""
            error[BNC1019]: `\u00zz` stands for no character
             --> m.yaml:1:8
              |
            1 | name: "\u00zz"
              |        ^^^^^^ in double quotes `\` begins an escape
              |
              = help: use single quotes, which take `\` as it is, or write `\\`
            """#
        ),
    ]
}
