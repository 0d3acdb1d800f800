import Diagnostics

/// Texts that are given in the place of a spec and that YAML stops at in many places: said once.
enum ForeignFile {
    static func diagnostic(_ file: SourceFile) -> Diagnostic? {
        guard
            let first = (1...file.lineCount).lazy.prefix(50).map({ TextLine($0, of: file) })
                .first(where: { !$0.isEmpty })
        else { return nil }
        let next = (first.number + 1..<first.number + 6).lazy
            .filter { $0 <= file.lineCount }.map { TextLine($0, of: file) }
            .first { !$0.isEmpty }
        guard let (kind, help) = kind(first.text, next?.text ?? "", file) else { return nil }
        return Diagnostic(
            .invalidYAML, kind, at: file.span(first.content), label: "no YAML", helps: [help])
    }

    private static let specHelp =
        "a spec begins with `layers:`, and lists the layers below it: `- Dense: {units: 10}`"

    private static func kind(_ first: String, _ next: String, _ file: SourceFile) -> (
        kind: String, help: String
    )? {
        if first.hasPrefix("Model: \""), let line = next.first, "_━┏=".contains(line) {
            return ("this is what `model.summary()` prints, not a spec", specHelp)
        }
        if first.hasPrefix("version https://git-lfs.github.com") {
            return (
                "this is a pointer of Git LFS to the file, not the file",
                "`git lfs pull` fetches the file itself"
            )
        }
        if first.lowercased().hasPrefix("<!doctype html") || first.hasPrefix("<html") {
            return ("this is a web page, not a spec", "download the file itself, the raw text")
        }
        let isTable = first.hasPrefix("[[") && first.hasSuffix("]]")
        let title = first.dropFirst(isTable ? 2 : 1).dropLast(isTable ? 2 : 1)
        if first.first == "[", first.last == "]", title.allSatisfy(isWord),
            let equals = next.firstIndex(of: "="),
            next[..<equals].allSatisfy({ isWord($0) || $0 == " " })
        {
            let kind = title == "net" ? "Darknet's configuration" : isTable ? "TOML" : "an INI file"
            return ("this looks like \(kind); a spec is written in YAML", specHelp)
        }
        if isPython(first, file) {
            return ("this looks like Python; a spec is written in YAML", specHelp)
        }
        if isPrintedModule(first, next) {
            return (
                "this is what PyTorch prints of a model, not a spec",
                "a spec begins with `layers:`, and lists the layers below it: `- Dense: {units: 10}`; "
                    + "what PyTorch calls `Linear` is `Dense` here"
            )
        }
        if isProtocolText(file) {
            return (
                "this looks like the text of a protocol buffer, as Caffe's; a spec is written in YAML",
                specHelp
            )
        }
        return nil
    }

    /// A program: imports, a class, or `x = Input(shape=(4,))` in the first line.
    private static func isPython(_ first: String, _ file: SourceFile) -> Bool {
        let words = first.split(separator: " ").map(String.init)
        if words.count > 1, words[0] == "import", !first.contains(":") { return true }
        if words.count > 3, words[0] == "from", words[2] == "import" { return true }
        if words.count > 1, ["class", "def"].contains(words[0]), first.hasSuffix("):") {
            return true
        }
        if first.hasPrefix("#!"), first.contains("python") { return true }
        guard words.count > 2, words[1] == "=", words[0].allSatisfy(isWord),
            let open = words[2].firstIndex(of: "("),
            words[2][..<open].allSatisfy({ isWord($0) || $0 == "." })
        else { return false }
        // A list below would be a spec's.
        return !(1...min(file.lineCount, 50)).contains { TextLine($0, of: file).isListEntry }
    }

    /// `Sequential(`, and below it `  (0): Linear(in_features=4, ...)`.
    private static func isPrintedModule(_ first: String, _ next: String) -> Bool {
        guard first.hasSuffix("("), first.dropLast().allSatisfy(isWord), next.hasPrefix("("),
            let close = next.firstIndex(of: ")")
        else { return false }
        return next[close...].hasPrefix("): ")
    }

    /// Whether a line opens a message, `layer {`, with fields such as `name: "conv1"` before or in it.
    private static func isProtocolText(_ file: SourceFile) -> Bool {
        for number in 1...min(file.lineCount, 20) {
            let text = TextLine(number, of: file).text
            guard text.hasSuffix("{") else { continue }
            let name = text.dropLast()
            let words = name.split(separator: " ")
            return words.count == 1 && words[0].allSatisfy(isWord)
                && words[0].first?.isLowercase == true
                && name.last == " " && words[0] != "layers"
        }
        return false
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "-"
    }
}
