import Diagnostics

/// The diagnostics of reading YAML, BNC1001 and up.
package enum SyntaxDiagnostics {
    package static let all: [DiagnosticCode] = [
        .emptyDocument, .severalDocuments, .notUTF8, .controlCharacter, .tabIndentation,
        .badIndentation, .unclosedBracket, .strayBracket, .unclosedQuote, .textAfterValue,
        .missingColon, .missingSpaceAfterColon, .unexpectedColon, .missingSpaceAfterDash,
        .listOnKeyLine, .missingComma, .missingValue, .reservedCharacter, .unknownEscape,
        .badBlockText, .duplicateKey, .badKey, .unsupportedTag, .unknownAnchor, .recursiveAlias,
        .badMerge, .tooDeep, .tooManyNodes, .badDirective, .invalidYAML, .parentheses,
        .lookalike, .foreignComment, .missingDash, .placeholder, .foreignLine,
    ]

    /// A spec for the examples below, with some lines in front of a model that is fine.
    fileprivate static func spec(_ lines: String) -> String {
        "\(lines)\nlayers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2}"
    }

    /// A spec with a layer between an image and a classifier.
    fileprivate static func image(_ layer: String) -> String {
        "layers:\n  - Input: {shape: [28, 28, 1]}\n\(layer)\n  - Flatten\n  - Dense: {units: 10}"
    }
}

// MARK: The file as a whole

extension DiagnosticCode {
    package static let emptyDocument = DiagnosticCode(
        "BNC1001", "The file is empty",
        explanation: "A model needs at least a list of layers; comments alone are no model.",
        failing: "# layers to come",
        mended: "layers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2}")

    package static let severalDocuments = DiagnosticCode(
        "BNC1002", "The file holds several documents",
        explanation: """
            `---` begins another document in YAML. A model is one document; put another model in \
            a file of its own.
            """,
        failing: SyntaxDiagnostics.spec("name: a") + "\n---\nname: b",
        mended: SyntaxDiagnostics.spec("name: a"))

    package static let notUTF8 = DiagnosticCode(
        "BNC1003", "The file is not UTF-8 text",
        explanation: """
            Model files are read as UTF-8. Other encodings (Latin-1, UTF-16) and binary files are \
            refused rather than guessed at. In the example, � stands for a byte that is not UTF-8.
            """,
        failing: SyntaxDiagnostics.spec("name: caf\u{FFFD}"),
        mended: SyntaxDiagnostics.spec("name: café"))

    package static let controlCharacter = DiagnosticCode(
        "BNC1004", "The file holds a control character",
        explanation: """
            YAML allows no control characters but tabs and line endings. One in a model file is a \
            sign of a damaged or binary file. In double quotes it can be written as an escape.
            """,
        failing: SyntaxDiagnostics.spec("name: a\u{7}b"),
        mended: SyntaxDiagnostics.spec("name: \"a\\u0007b\""))
}

// MARK: Indentation

extension DiagnosticCode {
    package static let tabIndentation = DiagnosticCode(
        "BNC1005", "A tab is used for indentation",
        explanation: """
            YAML's structure is its indentation, and a tab has no agreed width, so YAML allows \
            only spaces there.
            """,
        failing: "layers:\n\t- Input: {shape: [4]}\n\t- Dense: {units: 2}",
        mended: "layers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2}")

    package static let badIndentation = DiagnosticCode(
        "BNC1006", "A line's indentation fits nothing above it",
        explanation: """
            The keys of one mapping begin at the same column, and so do the dashes of one list. A \
            line that begins elsewhere belongs to no mapping or list that is still open.
            """,
        failing: SyntaxDiagnostics.image("  - Conv2D:\n      filters: 8\n     kernel_size: 3"),
        mended: SyntaxDiagnostics.image("  - Conv2D:\n      filters: 8\n      kernel_size: 3"))

    package static let missingDash = DiagnosticCode(
        "BNC1034", "An entry of a list has no dash",
        explanation: "Each entry of a list begins with a dash and a space, at the same column.",
        failing: SyntaxDiagnostics.image("  ReLU"), mended: SyntaxDiagnostics.image("  - ReLU"))
}

// MARK: Brackets and quotes

extension DiagnosticCode {
    package static let unclosedBracket = DiagnosticCode(
        "BNC1007", "A bracket is not closed",
        explanation: "Every `[` needs a `]` and every `{` a `}`, the inner ones first.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: [3, 3}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: [3, 3]}"))

    package static let strayBracket = DiagnosticCode(
        "BNC1008", "A bracket or comma stands where nothing is open",
        explanation: """
            `]`, `}` and `,` have their meaning only inside brackets. Text that begins with one \
            must be quoted.
            """,
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3}}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3}"))

    package static let unclosedQuote = DiagnosticCode(
        "BNC1009", "A quote is not closed",
        explanation: """
            Quoted text runs over line ends up to the closing quote, which must be of the same \
            kind as the opening one.
            """,
        failing: SyntaxDiagnostics.spec("name: \"digits"),
        mended: SyntaxDiagnostics.spec("name: \"digits\""))

    package static let textAfterValue = DiagnosticCode(
        "BNC1010", "There is text after a value",
        explanation: """
            A quoted text or a bracketed value ends with its closing quote or bracket; nothing but \
            a comment may follow on the line. A `'` inside single quotes is written twice.
            """,
        failing: SyntaxDiagnostics.spec("name: 'it's'"),
        mended: SyntaxDiagnostics.spec("name: 'it''s'"))

    package static let parentheses = DiagnosticCode(
        "BNC1031", "A list is not written in square brackets",
        explanation: """
            YAML has no tuples. To it `{kernel_size: (3, 3)}` is the text `(3` and a key `3)`, and \
            `{shape: 28, 28, 1}` are three entries; a list is written in square brackets.
            """,
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: (3, 3)}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: [3, 3]}"))

    package static let lookalike = DiagnosticCode(
        "BNC1032", "A character only looks like one that YAML knows",
        explanation: """
            Texts that were copied from a word processor, a chat or a PDF file may hold spaces that \
            don't break, curly quotes, long dashes or wide colons. They look like YAML's, but are \
            letters like any other to it.
            """,
        failing: SyntaxDiagnostics.image(
            "  - Conv2D: {filters: 8, kernel_size: 3, padding: “same”}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3, padding: same}"))
}

// MARK: Colons, dashes and commas

extension DiagnosticCode {
    package static let missingColon = DiagnosticCode(
        "BNC1011", "A key has no colon",
        explanation: "In a mapping every entry is a key, a colon, a space and a value.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters=8, kernel_size: 3}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3}"))

    package static let missingSpaceAfterColon = DiagnosticCode(
        "BNC1012", "There is no space after a colon",
        explanation: """
            To YAML `filters:8` is one word; only a colon followed by a space or a line end \
            separates a key from its value.
            """,
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters:8, kernel_size: 3}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3}"))

    package static let unexpectedColon = DiagnosticCode(
        "BNC1013", "There is a colon too many",
        explanation: """
            A line can't hold two pairs of key and value without braces, and a text with a colon \
            and a space in it needs quotes.
            """,
        failing: SyntaxDiagnostics.spec("name: digits: the first"),
        mended: SyntaxDiagnostics.spec("name: \"digits: the first\""))

    package static let missingSpaceAfterDash = DiagnosticCode(
        "BNC1014", "There is no space after a dash",
        explanation: "To YAML `-ReLU` is one word; a list entry begins with a dash and a space.",
        failing: SyntaxDiagnostics.image("  -ReLU"), mended: SyntaxDiagnostics.image("  - ReLU"))

    package static let listOnKeyLine = DiagnosticCode(
        "BNC1015", "A list begins on its key's line",
        explanation: """
            A list with dashes begins on the line after its key; on the same line it is written \
            in brackets.
            """,
        failing: "layers: - Input: {shape: [4]}\n  - Dense: {units: 2}",
        mended: "layers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2}")

    package static let missingComma = DiagnosticCode(
        "BNC1016", "Entries in brackets are not separated by a comma",
        explanation: "Inside `[...]` and `{...}` entries are separated by commas, on any line.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: 8 kernel_size: 3}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3}"))

    package static let missingValue = DiagnosticCode(
        "BNC1017", "There is nothing where a value is expected",
        explanation: "A list in brackets has a value before each comma.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: [3,, 3]}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: [3, 3]}"))

    package static let reservedCharacter = DiagnosticCode(
        "BNC1018", "A text begins with a character YAML keeps for itself",
        explanation: """
            A text can't begin with one of ``@ ` % & * ! | >`` unless it is quoted: some are \
            reserved, the others begin anchors, aliases, tags and block texts.
            """,
        failing: SyntaxDiagnostics.spec("name: @digits"),
        mended: SyntaxDiagnostics.spec("name: \"@digits\""))

    package static let unknownEscape = DiagnosticCode(
        "BNC1019", "There is no such escape",
        explanation: """
            In double quotes a backslash begins an escape such as `\\n` or `\\u00e9`. In single \
            quotes it is a character like any other.
            """,
        failing: SyntaxDiagnostics.spec("name: \"models\\digits\""),
        mended: SyntaxDiagnostics.spec("name: 'models\\digits'"))

    package static let badBlockText = DiagnosticCode(
        "BNC1020", "A block text begins on the line of its sign",
        explanation: """
            `|` and `>` begin a text that stands on the next lines, indented. After the sign there \
            may be `+`, `-`, an indentation from 1 to 9, and a comment.
            """,
        failing: SyntaxDiagnostics.spec("name: >digits"),
        mended: SyntaxDiagnostics.spec("name: \">digits\""))

    package static let foreignComment = DiagnosticCode(
        "BNC1033", "A comment begins with another sign than #",
        explanation: "In YAML a comment begins with `#`, at the start of a line or behind a space.",
        failing: SyntaxDiagnostics.image("  // the kernel\n  - ReLU"),
        mended: SyntaxDiagnostics.image("  # the kernel\n  - ReLU"))
}

extension DiagnosticCode {
    package static let foreignLine = DiagnosticCode(
        "BNC1036", "A line was left by another program",
        explanation: """
            Git marks a merge that it couldn't do by `<<<<<<<`, `=======` and `>>>>>>>`; Markdown \
            fences code by three backquotes. Neither belongs in a model file.
            """,
        failing: "```yaml\n" + SyntaxDiagnostics.spec("name: digits") + "\n```",
        mended: SyntaxDiagnostics.spec("name: digits"))
}

// MARK: Keys, tags, anchors

extension DiagnosticCode {
    package static let duplicateKey = DiagnosticCode(
        "BNC1021", "A key is given twice",
        explanation: "Which of two values is meant can't be known, so a key may occur once.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3, filters: 16}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 16, kernel_size: 3}"))

    package static let badKey = DiagnosticCode(
        "BNC1022", "A key is not a word",
        explanation: "A key is a text; lists, mappings and nothing at all can't be keys here.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {[filters]: 8, kernel_size: 3}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: 3}"))

    package static let unsupportedTag = DiagnosticCode(
        "BNC1023", "Tags are not supported",
        explanation: """
            A tag such as `!!python/tuple` asks the reader to make an object of some type. A model \
            file holds data only; a tuple is written as a list.
            """,
        failing: SyntaxDiagnostics.image(
            "  - Conv2D: {filters: 8, kernel_size: !!python/tuple [3, 3]}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 8, kernel_size: [3, 3]}"))

    package static let unknownAnchor = DiagnosticCode(
        "BNC1024", "An alias names no anchor",
        explanation: "`*name` repeats the value marked `&name` earlier in the same file.",
        failing: SyntaxDiagnostics.image("  - Conv2D: *block"),
        mended: SyntaxDiagnostics.image(
            "  - Conv2D: &block {filters: 8, kernel_size: 3}\n  - Conv2D: *block"))

    package static let recursiveAlias = DiagnosticCode(
        "BNC1025", "An anchor contains itself",
        explanation: "An alias inside the value it stands for would never end.",
        failing: SyntaxDiagnostics.image("  - Sequential: &block {layers: [ReLU, *block]}"),
        mended: SyntaxDiagnostics.image(
            "  - Sequential: &block {layers: [ReLU]}\n  - Sequential: *block"))

    package static let badMerge = DiagnosticCode(
        "BNC1026", "A merge key can take only mappings",
        explanation: "`<<` adds the entries of a mapping, or of each mapping of a list.",
        failing: SyntaxDiagnostics.image("  - Conv2D: {<<: 8, filters: 8, kernel_size: 3}"),
        mended: SyntaxDiagnostics.image(
            "  - Conv2D: &block {filters: 8, kernel_size: 3}\n  - Conv2D: {<<: *block, filters: 16}"
        ))

    package static let placeholder = DiagnosticCode(
        "BNC1035", "A placeholder has not been filled in",
        explanation: """
            Templates are filled in by other programs, such as Jinja or a shell, before bnc reads \
            what they made. `{{ name }}` and `${NAME}` mean nothing to YAML.
            """,
        failing: SyntaxDiagnostics.image("  - Conv2D: {filters: {{ width }}, kernel_size: 3}"),
        mended: SyntaxDiagnostics.image("  - Conv2D: {filters: 16, kernel_size: 3}"))

    package static let tooDeep = DiagnosticCode(
        "BNC1027", "Lists and mappings are nested too deeply",
        explanation: "At most 64 levels are read, aliases counted in. Models need about ten.",
        failing: SyntaxDiagnostics.spec("") + "\nx-deep: " + String(repeating: "[", count: 64)
            + String(repeating: "]", count: 64),
        mended: SyntaxDiagnostics.spec("x-deep: [[1, 2], [3, 4]]"))

    package static let tooManyNodes = DiagnosticCode(
        "BNC1028", "The file grows too large when its aliases are expanded",
        explanation: """
            At most 500,000 values are read, counting a value each time an alias repeats it. A \
            few aliases of lists of aliases exceed any memory.
            """,
        failing: SyntaxDiagnostics.spec("") + """

            x-a: &a [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
            x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
            x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
            x-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
            x-e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
            """,
        mended: SyntaxDiagnostics.spec("x-a: &a [x, x, x]\nx-b: [*a, *a]"))

    package static let badDirective = DiagnosticCode(
        "BNC1029", "A line beginning with % is no directive YAML knows",
        explanation: """
            A `%` at the begin of a line is kept for directives such as `%YAML 1.2`, which a model \
            file doesn't need.
            """,
        failing: SyntaxDiagnostics.spec("%model"), mended: SyntaxDiagnostics.spec("# model"))

    package static let invalidYAML = DiagnosticCode(
        "BNC1030", "The file is not valid YAML",
        explanation: "The text breaks a rule of YAML that is rarely met.",
        failing: SyntaxDiagnostics.spec("name: ? digits"),
        mended: SyntaxDiagnostics.spec("name: digits"))
}
