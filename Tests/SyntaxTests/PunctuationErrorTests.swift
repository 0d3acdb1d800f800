import Testing

/// Colons, reserved characters, keys, tags and anchors. What a user sees, to the letter.
@Suite struct PunctuationErrorTests {
    @Test(arguments: cases)
    func message(_ broken: BrokenText) {
        #expect(rendered(broken.text) == broken.expected + "\n")
    }

    private static let cases: [BrokenText] = [
        BrokenText(
            "no colon", "name digits\nlayers: []\n",
            #"""
            error[BNC1011]: a key has no colon
             --> m.yaml:1:1
              |
            1 | name digits
              | ^^^^^^^^^^^ expected `key: value`
              |
              = help: write `name: digits`
            """#
        ),
        BrokenText(
            "no colon in a mapping", "- Conv2D:\n    filters 8\n    kernel_size: 3\n",
            #"""
            error[BNC1011]: a key has no colon
             --> m.yaml:2:5
              |
            2 |     filters 8
              |     ^^^^^^^^^ expected `key: value`
              |
              = help: write `filters: 8`
            """#
        ),
        BrokenText(
            "no colon before a list", "name: x\nlayers\n  - ReLU\n",
            #"""
            error[BNC1011]: a key has no colon
             --> m.yaml:2:1
              |
            2 | layers
              | ^^^^^^ expected `key: value`
              |
              = help: write `layers:`
            """#
        ),
        BrokenText(
            "no space behind a colon", "name: x\nunits:8\n",
            #"""
            error[BNC1012]: there is no space after the colon
             --> m.yaml:2:6
              |
            2 | units:8
              |      ^ expected a space after it
              |
              = help: write `key: value` with a space
            """#
        ),
        BrokenText(
            "no space behind the first colon", "name:x\nunits: 8\n",
            #"""
            error[BNC1012]: there is no space after the colon
             --> m.yaml:1:5
              |
            1 | name:x
              |     ^ expected a space after it
              |
              = help: write `key: value` with a space
            """#
        ),
        BrokenText(
            "no space behind a colon in braces", "- Conv2D: {filters:8, kernel_size:[3,3]}\n",
            #"""
            error[BNC1012]: there is no space after the colon
             --> m.yaml:1:19
              |
            1 | - Conv2D: {filters:8, kernel_size:[3,3]}
              |                   ^ expected a space after it
              |
              = help: write `key: value` with a space

            error[BNC1012]: there is no space after the colon
             --> m.yaml:1:34
              |
            1 | - Conv2D: {filters:8, kernel_size:[3,3]}
              |                                  ^ expected a space after it
              |
              = help: write `key: value` with a space
            """#
        ),
        BrokenText(
            "no space before a brace", "- Conv2D:{filters: 8}\n",
            #"""
            error[BNC1012]: there is no space after the colon
             --> m.yaml:1:9
              |
            1 | - Conv2D:{filters: 8}
              |         ^ expected a space after it
              |
              = help: write `key: value` with a space
            """#
        ),
        BrokenText(
            "no space on a line of its own", "- Dense:\n    units:8\n",
            #"""
            error[BNC1012]: there is no space after the colon
             --> m.yaml:2:10
              |
            2 |     units:8
              |          ^ expected a space after it
              |
              = help: write `key: value` with a space
            """#
        ),
        BrokenText(
            "two colons", "- Conv2D: filters: 8\n",
            #"""
            error[BNC1013]: a second colon follows the first on one line
             --> m.yaml:1:18
              |
            1 | - Conv2D: filters: 8
              |         -        ^ a key can't begin on another key's line
              |         |
              |         the first colon
              |
              = help: put inner entries in braces, `{filters: 8}`, or on lines of their own
            """#
        ),
        BrokenText(
            "two colons in braces", "a: {b: c: d}\n",
            #"""
            error[BNC1013]: a second colon follows the first
             --> m.yaml:1:9
              |
            1 | a: {b: c: d}
              |      -  ^ expected `,` or the closing bracket
              |      |
              |      the first colon
              |
              = help: quote a text that holds `: `, or put inner entries in braces
            """#
        ),
        BrokenText(
            "a reserved character", "name: @home\n",
            #"""
            error[BNC1018]: a text can't begin with `@` unless it is quoted
             --> m.yaml:1:7
              |
            1 | name: @home
              |       ^^^^^ `@` is reserved
              |
              = help: put the text in quotes: `"@home"`
            """#
        ),
        BrokenText(
            "a backquote", "name: `a`\n",
            #"""
            error[BNC1018]: a backquote is no quote to YAML
             --> m.yaml:1:7
              |
            1 | name: `a`
              |       ^^^ a backquote is reserved
              |
              = help: leave the backquotes out
            """#
        ),
        BrokenText(
            "a star", "weights: *.safetensors\n",
            #"""
            error[BNC1018]: a text can't begin with `*` unless it is quoted
             --> m.yaml:1:10
              |
            1 | weights: *.safetensors
              |          ^^^^^^^^^^^^^ `*` begins an alias, the name of a value marked with `&`
              |
              = help: put the text in quotes: `"*.safetensors"`
            """#
        ),
        BrokenText(
            "an ampersand", "name: & co\n",
            #"""
            error[BNC1018]: a text can't begin with `&` unless it is quoted
             --> m.yaml:1:7
              |
            1 | name: & co
              |       ^ `&` begins an anchor, a mark for `*` to repeat the value
              |
              = help: put the text in quotes: `"&"`
            """#
        ),
        BrokenText(
            "text behind a block sign", "name: >digits\n",
            #"""
            error[BNC1020]: `>` begins a text that stands on the next lines
             --> m.yaml:1:7
              |
            1 | name: >digits
              |       ^^^^^^^ expected nothing behind `>`
              |
              = help: put the text in quotes if it is to begin with `>`
            """#
        ),
        BrokenText(
            "a block sign in brackets", "a: [|]\n",
            #"""
            error[BNC1018]: a text can't begin with `|` unless it is quoted
             --> m.yaml:1:5
              |
            1 | a: [|]
              |     ^ `|` begins a block text, which can't stand in brackets
              |
              = help: put the text in quotes: `"|"`
            """#
        ),
        BrokenText(
            "a key twice", "- Dense: {units: 8, activation: relu, units: 16}\n",
            #"""
            error[BNC1021]: `units` is given twice
             --> m.yaml:1:39
              |
            1 | - Dense: {units: 8, activation: relu, units: 16}
              |           -----                       ^^^^^ given again
              |           |
              |           first given here
              |
              = help: remove one of them, or give one its right name
            """#
        ),
        BrokenText(
            "a key twice in a block", "name: é\nlayers: []\nname: b\n",
            #"""
            error[BNC1021]: `name` is given twice
             --> m.yaml:3:1
              |
            1 | name: é
              | ---- first given here
            2 | layers: []
            3 | name: b
              | ^^^^ given again
              |
              = help: remove one of them, or give one its right name
            """#
        ),
        BrokenText(
            "two merge keys", "a: &a {}\nb: {<<: *a, <<: *a}\n",
            #"""
            error[BNC1021]: `<<` is given twice
             --> m.yaml:2:13
              |
            2 | b: {<<: *a, <<: *a}
              |     --      ^^ given again
              |     |
              |     first given here
              |
              = help: merge several mappings with a list: `<<: [*a, *b]`
            """#
        ),
        BrokenText(
            "a template", "units: {{ width }}\n",
            #"""
            error[BNC1035]: the placeholder `{{ width }}` has not been filled in
             --> m.yaml:1:8
              |
            1 | units: {{ width }}
              |        ^^^^^^^^^^^ a value is expected here
              |
              = help: bnc reads the file as it is; fill templates in before
            """#
        ),
        BrokenText(
            "a list as key", "? [a, b]\n: c\n",
            #"""
            error[BNC1022]: a list can't be a key
             --> m.yaml:1:3
              |
            1 | ? [a, b]
              |   ^^^^^^ expected a word
              |
              = help: a key is a word followed by `: `
            """#
        ),
        BrokenText(
            "no key", "a: {: 1}\n",
            #"""
            error[BNC1022]: there is no key in front of the colon
             --> m.yaml:1:5
              |
            1 | a: {: 1}
              |     ^ expected a word before it
              |
              = help: write `key: value`
            """#
        ),
        BrokenText(
            "no key in a block", "a: 1\n: 2\n",
            #"""
            error[BNC1022]: there is no key in front of the colon
             --> m.yaml:2:1
              |
            2 | : 2
              | ^ expected a word before it
              |
              = help: write `key: value`
            """#
        ),
        BrokenText(
            "a Python tuple", "kernel_size: !!python/tuple [3, 3]\n",
            #"""
            error[BNC1023]: tags such as `!!python/tuple` are not supported
             --> m.yaml:1:14
              |
            1 | kernel_size: !!python/tuple [3, 3]
              |              ^^^^^^^^^^^^^^ a tag
              |
              = help: write a list, without the tag
            """#
        ),
        BrokenText(
            "a text tag", "name: !!str 3\n",
            #"""
            error[BNC1023]: tags such as `!!str` are not supported
             --> m.yaml:1:7
              |
            1 | name: !!str 3
              |       ^^^^^ a tag
              |
              = help: write the text in quotes, without the tag
            """#
        ),
        BrokenText(
            "a tag of one's own", "a: &x !mine {b: 1}\n",
            #"""
            error[BNC1023]: tags such as `!mine` are not supported
             --> m.yaml:1:7
              |
            1 | a: &x !mine {b: 1}
              |       ^^^^^ a tag
              |
              = help: leave the tag out; a text that begins with `!` needs quotes
            """#
        ),
        BrokenText(
            "an unknown tag handle", "a: !e!x 1\n",
            #"""
            error[BNC1023]: tags such as `!e!x` are not supported
             --> m.yaml:1:4
              |
            1 | a: !e!x 1
              |    ^^^^ a tag
              |
              = help: leave the tag out; a text that begins with `!` needs quotes
            """#
        ),
        BrokenText(
            "a misspelt alias", "a: &block {}\nb: *blok\n",
            #"""
            error[BNC1024]: no anchor `&blok` comes before this alias
             --> m.yaml:2:4
              |
            2 | b: *blok
              |    ^^^^^ names no anchor
              |
              = help: did you mean `*block`?
            """#
        ),
        BrokenText(
            "an unknown alias", "a: *x\n",
            #"""
            error[BNC1024]: no anchor `&x` comes before this alias
             --> m.yaml:1:4
              |
            1 | a: *x
              |    ^^ names no anchor
              |
              = help: mark the value to repeat with `&x` before it, or quote the text
            """#
        ),
        BrokenText(
            "an anchor inside itself", "a: &a [1, *a]\n",
            #"""
            error[BNC1025]: `*a` stands inside the value it repeats
             --> m.yaml:1:11
              |
            1 | a: &a [1, *a]
              |    --     ^^ repeats what it is in
              |    |
              |    the value begins here
            """#
        ),
        BrokenText(
            "merging a number", "a: {<<: 3, b: 1}\n",
            #"""
            error[BNC1026]: `<<` takes a mapping or a list of mappings, found the number 3
             --> m.yaml:1:9
              |
            1 | a: {<<: 3, b: 1}
              |         ^ expected an alias of a mapping
              |
              = help: write `<<: *name`, where `&name` marks a mapping
            """#
        ),
        BrokenText(
            "a rare mistake", "name: ? digits\n",
            #"""
            error[BNC1030]: this is not valid YAML
             --> m.yaml:1:7
              |
            1 | name: ? digits
              |       ^ mapping keys are not allowed in this context
            """#
        ),
    ]
}
