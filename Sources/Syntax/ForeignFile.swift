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
        if isProtocolText(file) {
            return (
                "this looks like the text of a protocol buffer, as Caffe's; a spec is written in YAML",
                specHelp
            )
        }
        return nil
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
