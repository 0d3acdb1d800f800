import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The page and the drawing that `bnc inspect` writes. `scripts/check-report.py` looks at the page in a
/// browser where there is one.
@Suite struct ReportTests {
    private static let branches = """
        name: branches
        layers:
          - Input: {shape: [16, 16, 3], name: image}
          - Conv2D: {filters: 8, kernel_size: 3, padding: same, name: stem}
          - Conv2D: {filters: 8, kernel_size: 1, name: a, inputs: [stem]}
          - Conv2D: {filters: 8, kernel_size: 3, padding: same, name: b, inputs: [stem]}
          - BatchNormalization: {name: b_bn}
          - ReLU: {name: b_relu}
          - MaxPooling2D: {pool_size: 3, strides: 1, padding: same, name: c, inputs: [stem]}
          - Concatenate: {inputs: [a, b_relu, c], name: joined}
          - Conv2D: {filters: 8, kernel_size: 1, name: d}
          - Add: {inputs: [d, stem], name: sum}
          - Sequential:
              name: head
              layers:
                - Conv2D: {filters: 4, kernel_size: 3, strides: 2}
                - ReLU
          - GlobalAveragePooling2D: {name: mean}
          - Dense: {units: 2, name: left}
          - Dense: {units: 3, name: right, inputs: [mean]}
        outputs: [left, right]
        """

    /// What XML has in it: every element with its attributes, in order.
    private final class Elements: NSObject, XMLParserDelegate {
        struct Element {
            var name: String
            var attributes: [String: String]
            var depth: Int
            var text = ""
            /// Where it stands: the sum of the translations around it.
            var x = 0.0
            var y = 0.0
        }

        private(set) var list: [Element] = []
        private var open: [Int] = []

        init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
            super.init()
            let parser = XMLParser(data: Data(text.utf8))
            parser.delegate = self
            let isFine = parser.parse()
            #expect(
                isFine, "\(String(describing: parser.parserError)) in line \(parser.lineNumber)",
                sourceLocation: sourceLocation)
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String] = [:]
        ) {
            var element = Element(name: name, attributes: attributes, depth: open.count)
            if let parent = open.last { (element.x, element.y) = (list[parent].x, list[parent].y) }
            if let move = attributes["transform"], move.hasPrefix("translate(") {
                let numbers = move.dropFirst(10).dropLast().split(separator: " ").compactMap {
                    Double($0)
                }
                if numbers.count == 2 {
                    element.x += numbers[0]
                    element.y += numbers[1]
                }
            }
            open.append(list.count)
            list.append(element)
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
            qualifiedName: String?
        ) { open.removeLast() }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            for index in open { list[index].text += text }
        }

        func all(_ name: String, class style: String? = nil) -> [Element] {
            list.filter { element in
                guard element.name == name else { return false }
                guard let style else { return true }
                let classes = (element.attributes["class"] ?? "").split(separator: " ")
                return classes.contains { $0 == style }
            }
        }
    }

    private func page(_ spec: String, code: Int = 0) async throws -> String {
        let folder = try Folder()
        let path = try folder.write(spec, "model.yaml")
        let html = folder.path("model.html")
        let result = try await BNC.run(
            "inspect", path, "--target-cpu", "x86-64-v3", "--html", html)
        #expect(result.code == code)
        #expect(result.output == "")
        #expect(try folder.names == ["model.html", "model.yaml"])
        return try String(decoding: Data(contentsOf: URL(filePath: html)), as: UTF8.self)
    }

    @Test func thePageIsWellFormedAndHasItAll() async throws {
        let text = try await page(Self.branches)
        let elements = Elements(text)
        #expect(elements.all("h1").map(\.text) == ["branches"])
        // Each line of the spec, in order.
        let lines = elements.all("div", class: "ln")
        #expect(lines.map { $0.attributes["id"] } == (1...21).map { "L\($0)" })
        #expect(lines[4].text.contains("Conv2D: {filters: 8, kernel_size: 1, name: a"))
        #expect(lines[4].text.contains("(16, 16, 8)"))
        // A row of the table for each layer, with those inside `head`.
        let rows = elements.all("tr").filter { $0.attributes["data-r"] != nil }
        #expect(rows.count == 16)
        #expect(rows.map { $0.attributes["data-r"] } == (0..<16).map { "\($0)" })
        // Before: a box for each. After: what is fused has none.
        let views = text.components(separatedBy: "<div class=\"view ")
        #expect(views.count == 3)
        let boxes = views.dropFirst().map { $0.components(separatedBy: "<g class=\"n").count - 1 }
        #expect(boxes[0] == 16)
        #expect(boxes[1] < 16)
        #expect(views[1].contains("↳ in b"))
        #expect(views[1].contains("class=\"e ef\""))
        #expect(views[2].contains("+ b_bn"))
        #expect(views[2].contains(">(16, 16, 24)</text>"))
        #expect(elements.all("svg", class: "arena").count == 1)
    }

    @Test func thePageNeedsNothingElse() async throws {
        let text = try await page(Self.branches)
        for element in Elements(text).list {
            for (name, value) in element.attributes {
                #expect(!name.hasPrefix("on"), "\(element.name) \(name)")
                #expect(name != "src")
                if name == "href" {
                    #expect(value.hasPrefix("#L") || value.hasPrefix("#p-") || value == "data:,")
                }
            }
            #expect(!["img", "iframe", "object", "embed", "base"].contains(element.name))
        }
        #expect(!text.contains("url("))
        #expect(!text.contains("@import"))
        let namespaces = text.replacing("http://www.w3.org/1999/xhtml", with: "")
            .replacing("http://www.w3.org/2000/svg", with: "")
        #expect(!namespaces.contains("http:") && !namespaces.contains("https:"))
        #expect(text.contains("default-src 'none'"))
    }

    @Test func namesAreNoMarkup() async throws {
        let text = try await page(
            """
            name: '</title><script>alert("a")</script>'
            layers:
              - Input: {shape: [4], name: '<b>&amp;"x"''y''<i>'}   # <script>alert(1)</script> ]]>
              - Dense: {units: 2, name: "a\\u202Eb"}
              - Dense: {units: 2, name: '<img onerror=x>', inputs: ['<b>&amp;"x"''y''<i>']}
              - Add: {inputs: ["a\\u202Eb", '<img onerror=x>']}
            """)
        let elements = Elements(text)
        #expect(elements.all("script").count == 1)
        #expect(elements.all("img").isEmpty)
        #expect(elements.all("h1").map(\.text) == ["</title><script>alert(\"a\")</script>"])
        #expect(elements.all("td").contains { $0.text == "<b>&amp;\"x\"'y'<i>" })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(text.contains("a\\u{202E}b"))
    }

    @Test func problemsStandWhereTheyAre() async throws {
        let text = try await page(
            """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Conv2D: {filters: 4, kernel_size: 9, name: wide}
              - Flatten
              - Dense: {unit: 3}
              - Dens: {units: 3}
            """, code: 1)
        let elements = Elements(text)
        #expect(elements.all("div", class: "problem").count == 3)
        #expect(elements.all("mark", class: "error").map(\.text) == ["9", "unit", "Dens"])
        #expect(elements.all("a", class: "error").first?.text.hasPrefix("3") == true)
        #expect(elements.all("g", class: "error").count == 3)
        let lines = text.components(separatedBy: "<div class=\"ln\"")
        #expect(lines[3].contains("error[BNC2103]"))
    }

    @Test(arguments: ["layers: [", "", "layers:\n  - \u{1}\n", "- a\n- b\n"])
    func aPageOfHardlyAnything(_ spec: String) async throws {
        let elements = Elements(try await page(spec, code: 1))
        #expect(!elements.all("div", class: "problem").isEmpty)
    }

    @Test func theDrawingIsTidy() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.branches, "model.yaml")
        let result = try await BNC.run(
            "inspect", spec, "--target-cpu", "x86-64-v3", "--svg", "-")
        #expect(result.code == 0)
        let elements = Elements(result.output)
        let root = try #require(elements.list.first)
        #expect(root.name == "svg")
        #expect(result.output.contains("monospace"))
        #expect(elements.all("a").isEmpty)

        struct Rectangle { var left, top, right, bottom: Double }
        func rectangles(_ style: String) -> [Rectangle] {
            elements.all("rect", class: style).map { element in
                func number(_ name: String) -> Double {
                    Double(element.attributes[name] ?? "0") ?? 0
                }
                let (x, y) = (element.x + number("x"), element.y + number("y"))
                return Rectangle(
                    left: x, top: y, right: x + number("width"), bottom: y + number("height"))
            }
        }
        func overlap(_ a: Rectangle, _ b: Rectangle) -> Bool {
            a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
        }
        func holds(_ a: Rectangle, _ b: Rectangle) -> Bool {
            a.left <= b.left && a.right >= b.right && a.top <= b.top && a.bottom >= b.bottom
        }
        let boxes = rectangles("b")
        #expect(boxes.count == 16)
        let whole = Rectangle(
            left: 0, top: 0, right: Double(root.attributes["width"]!)!,
            bottom: Double(root.attributes["height"]!)!)
        for (index, box) in boxes.enumerated() {
            #expect(holds(whole, box))
            for other in boxes.dropFirst(index + 1) where overlap(box, other) {
                #expect(holds(box, other) || holds(other, box))
            }
        }
        let labels = rectangles("eb")
        #expect(labels.count == 17)
        for (index, label) in labels.enumerated() {
            #expect(holds(whole, label))
            for box in boxes { #expect(!overlap(label, box) || holds(box, label)) }
            for other in labels.dropFirst(index + 1) { #expect(!overlap(label, other)) }
        }
    }

    @Test func filesAreWrittenWholeOrNotAtAll() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.branches, "model.yaml")
        let missing = try await BNC.run("inspect", spec, "--html", folder.path("none/model.html"))
        #expect(missing.code == 1)
        #expect(missing.error.contains("there is no directory"))
        let directory = try await BNC.run("inspect", spec, "--svg", folder.url.path)
        #expect(directory.code == 1)
        #expect(directory.error.contains("directory"))
        // A page over the spec would be its end.
        let itself = try await BNC.run("inspect", spec, "--html", spec)
        #expect(itself.code == 1)
        #expect(itself.error.contains("this is the spec itself"))
        #expect(try folder.names == ["model.yaml"])
        let twice = try await BNC.run("inspect", spec, "--html", "-", "--json")
        #expect(twice.code == 64)
        let output = try await BNC.run("inspect", spec, "--html", "-")
        #expect(output.code == 0)
        #expect(output.output.hasPrefix("<!DOCTYPE html>"))
    }

    @Test func aThousandLayers() async throws {
        let folder = try Folder()
        var spec = "layers:\n  - Input: {shape: [16, 16, 8], name: a0}\n"
        for index in 1...333 {
            spec += "  - Conv2D: {filters: 8, kernel_size: 3, padding: same}\n"
            spec += "  - BatchNormalization\n"
            spec +=
                "  - Add: {inputs: [batch_normalization\(index == 1 ? "" : "_\(index - 1)"), a\(index - 1)], name: a\(index)}\n"
        }
        let path = try folder.write(spec, "model.yaml")
        let table = try await BNC.run("inspect", path)
        #expect(table.code == 0)
        let page = try await BNC.run("inspect", path, "--html", "-")
        #expect(page.output.utf8.count < 4 << 20)
        #expect(page.output.components(separatedBy: "<g class=\"n").count == 1000 + 334 + 1)
    }
}
