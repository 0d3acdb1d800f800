import Testing

@testable import LanguageServer

/// Where a place stands, in texts that are often no YAML yet; `‸` marks the place.
@Suite struct PlaceScannerTests {
    /// `layers > - > Dense > units = "1"`, with the keys before it in parentheses.
    private func place(_ marked: String) -> String {
        let text = Array(marked.utf8)
        let mark = Array("‸".utf8)
        guard let offset = text.indices.first(where: { text[$0...].starts(with: mark) }) else {
            return "no mark"
        }
        var bytes = text
        bytes.removeSubrange(offset..<offset + mark.count)
        guard let place = PlaceScanner.place(at: offset, in: bytes) else { return "nothing" }
        let steps = place.steps.map { step in
            switch step {
            case .key(let name, let range):
                String(decoding: bytes[range], as: UTF8.self) == name ? name : "wrong range"
            case .item: "-"
            }
        }
        let word = String(decoding: bytes[place.word], as: UTF8.self)
        var result = (steps + [place.role == .key ? "?\(word)" : "=\(word)"])
            .joined(separator: " ")
        if !place.siblings.isEmpty { result += " (\(place.siblings.joined(separator: " ")))" }
        if place.needsDash { result += " needs a dash" }
        return result
    }

    @Test func emptyTexts() {
        #expect(place("‸") == "?")
        #expect(place("\n\n‸") == "?")
        #expect(place("\u{FEFF}‸name: x") == "?name")
        #expect(place("na‸") == "?na")
        #expect(place("# comm‸ent") == "nothing")
    }

    @Test func keysOfTheSpec() {
        #expect(place("name: x\nlay‸") == "?lay (name)")
        #expect(place("name: x\n‸") == "? (name)")
        #expect(place("name: ‸") == "name =")
        #expect(place("name: x‸y # z") == "name =xy")
        #expect(place("name: 'x‸y'") == "name =xy")
        #expect(place("layers:‸") == "layers =")
    }

    @Test func layers() {
        #expect(place("layers:\n  - ‸") == "layers - ?")
        #expect(place("layers:\n  -‸") == "layers - ?")
        #expect(place("layers:\n  - De‸") == "layers - ?De")
        #expect(place("layers:\n  - De‸nse: {units: 3}") == "layers - ?Dense")
        #expect(place("layers:\n  - Flatten\n  ‸") == "layers - ? needs a dash")
        #expect(place("layers:\n- Flatten\n- D‸") == "layers - ?D")
        #expect(place("layers:\n- Flatten\nout‸") == "?out (layers)")
        #expect(place("layers:\n  ‸") == "layers ?")
        #expect(place("layers: [Flatten, De‸]") == "layers - ?De")
        #expect(place("layers: [‸") == "layers - ?")
    }

    @Test func argumentsInBraces() {
        let head = "layers:\n  - Conv2D: "
        #expect(place(head + "{‸}") == "layers - Conv2D ?")
        #expect(place(head + "{‸") == "layers - Conv2D ?")
        #expect(place(head + "{filters: 3, ‸}") == "layers - Conv2D ? (filters)")
        #expect(place(head + "{filters: 3, pad‸") == "layers - Conv2D ?pad (filters)")
        #expect(place(head + "{filters: ‸}") == "layers - Conv2D filters =")
        #expect(place(head + "{filters:‸}") == "layers - Conv2D filters =")
        #expect(place(head + "{filters: 3‸2, x: 1}") == "layers - Conv2D filters =32")
        #expect(place(head + "{filters: 3 ‸}") == "nothing")
        #expect(place(head + "{kernel_size: [3, ‸]}") == "layers - Conv2D kernel_size - ?")
        #expect(
            place(head + "{\n    filters: 3,\n    ‸\n  }") == "layers - Conv2D ? (filters)")
        #expect(place(head + "{padding: \"sa‸me\"}") == "layers - Conv2D padding =same")
        #expect(place(head + "‸") == "layers - Conv2D =")
    }

    @Test func argumentsInBlocks() {
        let head = "layers:\n  - Conv2D:\n      "
        #expect(place(head + "‸") == "layers - Conv2D ?")
        #expect(place(head + "fil‸") == "layers - Conv2D ?fil")
        #expect(place(head + "filters: 3\n      pad‸") == "layers - Conv2D ?pad (filters)")
        #expect(place(head + "filters: 3\n      ‸") == "layers - Conv2D ? (filters)")
        #expect(place(head + "padding: ‸") == "layers - Conv2D padding =")
        #expect(
            place(head + "inputs:\n        - a\n        - b‸")
                == "layers - Conv2D inputs - ?b")
        #expect(place(head + "filters: 3\n  - Fl‸") == "layers - ?Fl")
        #expect(
            place("layers:\n  - Conv2D:\n      a: 1\n      b: 2\n  - Dense: {‸")
                == "layers - Dense ?")
    }

    /// What is left open above doesn't reach below.
    @Test func unclosedBracketsAndQuotes() {
        let broken = "layers:\n  - Conv2D: {filters: 3,\n  - Dense: {units: [1, 2\n  - "
        #expect(place(broken + "ReLU: {‸") == "layers - ReLU ?")
        #expect(place(broken + "F‸") == "layers - ?F")
        #expect(place("layers:\n  - Dense: {name: \"a}\n  - F‸") == "layers - ?F")
        #expect(place("layers:\n  - Dense: {units: 3}}]\n  - F‸") == "layers - ?F")
    }

    /// Brackets go on below where that is deeper than the dash.
    @Test func bracketsOverLines() {
        let head = "layers:\n  - Conv2D: {\n"
        #expect(place(head + "    filters: 3,\n    pad‸\n  }") == "layers - Conv2D ?pad (filters)")
        #expect(place(head + "    filters: 3\n  }\n  - F‸") == "layers - ?F")
        let list = "layers:\n  - Conv2D:\n      kernel_size: [3,\n"
        #expect(place(list + "      pad‸") == "layers - Conv2D ?pad (kernel_size)")
        #expect(place(list + "        3‸") == "layers - Conv2D kernel_size - ?3")
    }

    @Test func nestedLayers() {
        #expect(
            place("layers:\n  - Sequential:\n      layers:\n        - Dense: {‸")
                == "layers - Sequential layers - Dense ?")
        #expect(
            place("layers:\n  - TimeDistributed: {layer: {De‸")
                == "layers - TimeDistributed layer ?De")
        #expect(
            place("layers:\n  - Sequential: {layers: [Flatten, {Dense: {units: ‸")
                == "layers - Sequential layers - Dense units =")
    }

    @Test func propertiesAndBlockTexts() {
        #expect(place("x-a: &a {units: 3}\nlayers:\n  - Dense: *a\n  - F‸") == "layers - ?F")
        #expect(place("layers:\n  - Dense: &b {un‸") == "layers - Dense ?un")
        #expect(place("name: |\n  layers:\n    - De‸\nlayers:") == "nothing")
        #expect(place("name: |\n  layers:\nlay‸") == "?lay (name)")
        #expect(place("---\nname: ‸") == "name =")
        #expect(place("name: a\r\nlayers:\r\n  - De‸\r\n  - Flatten") == "layers - ?De")
    }

    /// Any place of any text has an answer, soon.
    @Test func everyPlaceOfOddTexts() {
        let odd = [
            "{[,:]}&*!|>'\"#- \n\t-\r\n? : {a: [b: c, {d}]} ]}\n  - - - x: {\n- y: \"\n",
            "layers:\n  - {A: {b: [c, {d: e}, f: g]}}\n  - \"B\": 'x''y'\n\t- z\n:\n: :\n-\n- :",
            String(repeating: "[", count: 3000), String(repeating: "- ", count: 3000),
            String(repeating: "{a: ", count: 500) + "\n" + String(repeating: "}", count: 600),
        ]
        for text in odd {
            let bytes = Array(text.utf8)
            for offset in stride(from: 0, through: bytes.count, by: max(1, bytes.count / 200)) {
                if let place = PlaceScanner.place(at: offset, in: bytes) {
                    #expect(place.word.lowerBound >= 0 && place.word.upperBound <= bytes.count)
                }
            }
        }
    }
}
