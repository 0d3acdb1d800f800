import Diagnostics
import Syntax
import Testing

/// Damages a valid spec in a few thousand ways: nothing may crash, and every span must lie in the
/// text.
@Suite(.timeLimit(.minutes(1))) struct MutationTests {
    private static let spec = """
        name: digits_cnn  # é日🙂
        common: &common {padding: same, use_bias: false}
        layers:
          - Input: {shape: [8, 8, 1]}
          - Conv2D: {<<: *common, filters: 16, kernel_size: [3, 3]}
          - BatchNormalization
          - Conv2D:
              <<: [*common, {strides: 2}]
              filters: 16
              name: 'it''s "quoted"'
          - Add: &add {inputs: [re_lu, "a\\u00e9"]}
          - Add: *add
        outputs:
        - dense
        notes: >-
          folded
          text
        """

    /// Xorshift with a fixed seed, so that a failure can be repeated.
    private struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static let pieces: [[UInt8]] =
        [
            "[", "]", "{", "}", ":", ": ", "-", "- ", ",", "\"", "'", "#", " #", "&a ", "*a",
            "*add",
            "!", "!!x ", "|", ">", "%", "@", "`", "\t", "\n", "\r\n", "\r", "  ", "? ", "<<: ",
            "---\n",
            "...\n", "\\", "(", ")", "é", "🙂", "\u{2028}", "\u{85}", "\u{FEFF}", "\0", "\u{1B}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0x80]]

    private func mutated(_ bytes: [UInt8], with random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let length = Int.random(in: 0...min(12, bytes.count - place), using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(place..<place + min(length, 1))
            case 1: bytes.removeSubrange(place..<place + length)
            case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)!, at: place)
            case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    @Test(arguments: 1...8)
    func damagedSpecs(seed: Int) {
        var random = SeededGenerator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        let original = Array(Self.spec.utf8)
        for _ in 0..<500 {
            let bytes = mutated(original, with: &random)
            check(bytes)
        }
    }

    @Test func everyPrefix() {
        let bytes = Array(Self.spec.utf8)
        for count in 0...bytes.count { check(Array(bytes.prefix(count))) }
    }

    private func check(_ bytes: [UInt8]) {
        let (tree, bag) = parse(bytes: bytes)
        var isValid = true
        func check(_ span: SourceSpan) {
            let range = span.range
            if range.lowerBound < 0 || range.upperBound > bytes.count { isValid = false }
            if range.lowerBound > range.upperBound { isValid = false }
        }
        func check(_ node: SyntaxNode) {
            check(node.span)
            switch node.content {
            case .scalar, .invalid: break
            case .sequence(let items): for item in items { check(item) }
            case .mapping(let entries):
                for entry in entries {
                    check(entry.key)
                    check(entry.value)
                    if entry.keyText == nil { isValid = false }
                }
            }
        }
        if let root = tree.root { check(root) } else if !bag.hasErrors { isValid = false }
        for diagnostic in bag.diagnostics {
            if diagnostic.message.isEmpty || diagnostic.primary == nil { isValid = false }
            for label in diagnostic.secondary { check(label.span) }
            for fixIt in diagnostic.fixIts { check(fixIt.span) }
            if let primary = diagnostic.primary { check(primary.span) }
        }
        let text = TerminalRenderer().render(bag.sorted())
        if text.isEmpty != bag.diagnostics.isEmpty { isValid = false }
        #expect(isValid, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
}
