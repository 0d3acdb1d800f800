import Diagnostics
import Syntax
import Testing

@Suite struct YAMLParserTests {
    /// The tree of a text without errors.
    private func tree(_ text: String) -> [String] {
        let (tree, bag) = parse(text)
        #expect(bag.diagnostics.isEmpty, "\(TerminalRenderer().render(bag.diagnostics))")
        return TreeText(tree.root).lines
    }

    @Test func aSpec() {
        let text = """
            name: digits   # a comment
            layers:
              - Input: {shape: [8, 8]}
              - ReLU

              - Conv2D:
                  filters: 16
                  name: "a b"

            # the end
            weights: 'x.safetensors'
            """
        #expect(
            tree(text) == [
                "mapping 1:1-11:25",
                "  name@1:1 = string(\"digits\") 1:7-1:13",
                "  layers@2:1 = list 3:3-8:18",
                "    mapping 3:5-3:27",
                "      Input@3:5 = mapping 3:12-3:27",
                "        shape@3:13 = list 3:20-3:26",
                "          integer(8) 3:21-3:22",
                "          integer(8) 3:24-3:25",
                "    string(\"ReLU\") 4:5-4:9",
                "    mapping 6:5-8:18",
                "      Conv2D@6:5 = mapping 7:7-8:18",
                "        filters@7:7 = integer(16) 7:16-7:18",
                "        name@8:7 = string(\"a b\") 8:13-8:18",
                "  weights@11:1 = string(\"x.safetensors\") 11:10-11:25",
            ])
    }

    @Test func listsMayStandAtTheColumnOfTheirKey() {
        #expect(
            tree("a:\n- 1\n- 2\nb: 3") == [
                "mapping 1:1-4:5",
                "  a@1:1 = list 2:1-3:4",
                "    integer(1) 2:3-2:4",
                "    integer(2) 3:3-3:4",
                "  b@4:1 = integer(3) 4:4-4:5",
            ])
    }

    @Test func nonASCIITextHasRightRanges() {
        let text = "é日: [🙂, ö]\n\"ключ\": ü # ß\nx: é"
        let (tree, bag) = parse(text)
        #expect(!bag.hasErrors)
        guard case .mapping(let entries)? = tree.root?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(entries.map(\.key.span.text) == ["é日", "\"ключ\"", "x"])
        #expect(entries.map(\.value.span.text) == ["[🙂, ö]", "ü", "é"])
        #expect(entries.map(\.keyText) == ["é日", "ключ", "x"])
        guard case .sequence(let items) = entries[0].value.content else { return }
        #expect(items.map(\.span.text) == ["🙂", "ö"])
    }

    @Test func farIntoNonASCIITextToo() {
        let comment = String(repeating: "# 日本語 é\n", count: 2_000)
        let (tree, bag) = parse(comment + "a: [é, x]\n" + comment + "b: &b ö\nc: *b\n")
        #expect(!bag.hasErrors)
        #expect(tree.root?.value(forKey: "a")?.value.span.text == "[é, x]")
        #expect(tree.root?.value(forKey: "b")?.value.span.text == "ö")
        #expect(tree.root?.value(forKey: "c")?.value.span.text == "*b")
        #expect(tree.root?.span.start == SourceLocation(line: 2001, column: 1))
    }

    @Test func byteOrderMarkAndLineEndings() {
        let expected = [
            "mapping 1:1-3:5", "  a@1:1 = string(\"é\") 1:4-1:5",
            "  b@2:1 = list 3:3-3:5", "    integer(12) 3:3-3:5",
        ]
        for ending in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{FEFF}"] {
                let lines = tree("\(mark)a: é\(ending)b:\(ending)- 12\(ending)")
                #expect(lines.map { $0.replacing("list 3:1", with: "list 3:3") } == expected)
            }
        }
    }

    @Test func valuesLeftOut() {
        #expect(
            tree("a:\nb: &x\nc: [1,]\n- ".dropLast(3) + "\nd:\n  -\n  - 1") == [
                "mapping 1:1-6:6",
                "  a@1:1 = null 1:3-1:3",
                "  b@2:1 = null 2:6-2:6",
                "  c@3:1 = list 3:4-3:8",
                "    integer(1) 3:5-3:6",
                "  d@4:1 = list 5:3-6:6",
                "    null 5:4-5:4",
                "    integer(1) 6:5-6:6",
            ])
    }

    @Test func blockTextsEndWithTheirLastLine() {
        #expect(
            tree("a: |\n  one\n  two\n\n# c\nb: >-\n  x\n  y\nc: &q 'z'") == [
                "mapping 1:1-9:10",
                "  a@1:1 = string(\"one\\ntwo\\n\") 1:4-3:6",
                "  b@6:1 = string(\"x y\") 6:4-8:4",
                "  c@9:1 = string(\"z\") 9:7-9:10",
            ])
    }

    @Test func aliasesHaveTheirOwnSpanAndTheirChildrenTheAnchors() {
        #expect(
            tree("a: &x {k: [1]}\nb: *x\nc: [*x]") == [
                "mapping 1:1-3:8",
                "  a@1:1 = mapping 1:7-1:15",
                "    k@1:8 = list 1:11-1:14",
                "      integer(1) 1:12-1:13",
                "  b@2:1 = mapping 2:4-2:6",
                "    k@1:8 = list 1:11-1:14",
                "      integer(1) 1:12-1:13",
                "  c@3:1 = list 3:4-3:8",
                "    mapping 3:5-3:7",
                "      k@1:8 = list 1:11-1:14",
                "        integer(1) 1:12-1:13",
            ])
    }

    @Test func anAnchorCanBeSetAgain() {
        #expect(
            tree("[&a 1, *a, &a [&a 2, *a], *a]") == [
                "list 1:1-1:30",
                "  integer(1) 1:5-1:6",
                "  integer(1) 1:8-1:10",
                "  list 1:15-1:25",
                "    integer(2) 1:19-1:20",
                "    integer(2) 1:22-1:24",
                "  integer(2) 1:27-1:29",
            ])
    }

    @Test func mergeKeys() {
        let text = """
            a: &a {p: 1, q: 2}
            b: &b {q: 3, r: 4}
            c: {<<: *a, q: 5}
            d: {q: 6, <<: [*a, *b]}
            e: {"<<": 1}
            """
        #expect(
            tree(text) == [
                "mapping 1:1-5:13",
                "  a@1:1 = mapping 1:7-1:19",
                "    p@1:8 = integer(1) 1:11-1:12",
                "    q@1:14 = integer(2) 1:17-1:18",
                "  b@2:1 = mapping 2:7-2:19",
                "    q@2:8 = integer(3) 2:11-2:12",
                "    r@2:14 = integer(4) 2:17-2:18",
                "  c@3:1 = mapping 3:4-3:18",
                "    q@3:13 = integer(5) 3:16-3:17",
                "    p@1:8 = integer(1) 1:11-1:12",
                "  d@4:1 = mapping 4:4-4:24",
                "    q@4:5 = integer(6) 4:8-4:9",
                "    p@1:8 = integer(1) 1:11-1:12",
                "    r@2:14 = integer(4) 2:17-2:18",
                "  e@5:1 = mapping 5:4-5:13",
                "    <<@5:5 = integer(1) 5:11-5:12",
            ])
    }

    @Test func duplicateKeysKeepTheFirst() {
        let (tree, bag) = parse("a: 1\nb: {x: 1, 'x': 2}\na: 2")
        #expect(bag.errorCount == 2)
        #expect(
            TreeText(tree.root).lines == [
                "mapping 1:1-3:5", "  a@1:1 = integer(1) 1:4-1:5",
                "  b@2:1 = mapping 2:4-2:18", "    x@2:5 = integer(1) 2:8-2:9",
            ])
    }

    @Test func whatStandsAroundAnErrorIsRead() {
        let (tree, bag) = parse("a: 1\nb: [2, {c: 3, d: 4]\ne: 5")
        #expect(bag.errorCount == 1)
        #expect(tree.isReadToEnd && !tree.isComplete)
        #expect(
            TreeText(tree.root).lines == [
                "mapping 1:1-3:5", "  a@1:1 = integer(1) 1:4-1:5", "  e@3:1 = integer(5) 3:4-3:5",
            ])
        // An entry that can't be read keeps its place in the list.
        #expect(
            TreeText(parse("- 1\n- {a: 2\n- 3").tree.root).lines == [
                "list 1:1-3:4", "  integer(1) 1:3-1:4", "  invalid 2:2-2:2",
                "  integer(3) 3:3-3:4",
            ])
    }

    @Test func whatWasReadBeforeAnErrorIsKeptWhereThereIsNoLineToLeaveOut() {
        let (tree, bag) = parse("{a: [1, 2], b: [3, {c: 4, d: 5]}")
        #expect(bag.errorCount == 1)
        #expect(!tree.isReadToEnd)
        #expect(tree.root?.value(forKey: "a") != nil)
    }

    @Test func everyErrorIsFound() {
        let text = """
            name: 'x
            layers:
              - A: {b: [1, 2}
              - B: {c: (3, 3), d=4}
              -C
              - D
               - E: {f: 1}
              - F: {g: 1, g: 2}
              - G {h: 1}
            """
        let ids = parse(text).bag.sorted().map(\.code.id)
        #expect(
            ids == [
                "BNC1009", "BNC1007", "BNC1031", "BNC1011", "BNC1014", "BNC1006", "BNC1021",
                "BNC1011",
            ])
    }

    @Test func missingSpacesAreReadAsMeant() {
        let (tree, bag) = parse("- Dense: {units:8, name:a}")
        #expect(bag.errorCount == 2)
        #expect(
            TreeText(tree.root).lines == [
                "list 1:1-1:27", "  mapping 1:3-1:27", "    Dense@1:3 = mapping 1:10-1:27",
                "      units@1:11 = integer(8) 1:17-1:18",
                "      name@1:20 = string(\"a\") 1:25-1:26",
            ])
    }

    @Test(arguments: [
        "a: b:c", "name: http://x/y", "inputs: [a:0, b:0]", "a: -b",
        "a: [-b, - c]".dropLast(5) + "]",
        "- a:b\n- -c", "x: (a)", "x: [(a), 1]", "{a:b: 1}", "text: one\n  two", "k: a - b",
        "\"-a\": 1", "? a\n: b", "---\na: 1\n...\n", "%YAML 1.1\n---\na: 1",
    ])
    func legitimateTextIsNotReported(text: String) {
        #expect(rendered(text) == "")
    }

    @Test(arguments: [
        ("[1]", "a list"), ("{a: 1}", "a mapping"), ("3", "the number 3"),
        ("1.50", "the number 1.50"), ("99999999999999999999", "the number 99999999999999999999"),
        ("same", "the text \"same\""), ("true", "true"), ("FALSE", "false"), ("null", "nothing"),
        (
            "'" + String(repeating: "x", count: 50) + "'",
            "the text \"" + String(repeating: "x", count: 39) + "…\""
        ),
    ])
    func kindDescriptions(text: String, expected: String) {
        #expect(parse(text).tree.root?.kindDescription == expected)
    }

    @Test func entriesByKey() {
        let root = parse("a: 1\n'b c': null").tree.root
        #expect(root?.value(forKey: "b c")?.value.isNull == true)
        #expect(root?.value(forKey: "c") == nil)
        #expect(root?.value(forKey: "a")?.value.value(forKey: "x") == nil)
    }
}
