import Compiler
import Diagnostics
import Layers
import Spec

/// A document that the client has open, and what is known of it.
struct Document: Sendable {
    let uri: String
    private(set) var version: Int?
    private(set) var text: TextDocument
    /// Whether the diagnostics that the client shows are those of an older text.
    var needsDiagnostics = true
    private var known: SpecView?

    init(uri: String, version: Int?, text: String, encoding: PositionEncoding) {
        self.uri = uri
        self.version = version
        self.text = TextDocument(text, encoding: encoding)
    }

    mutating func change(_ changes: [DidChangeParams.Change], version: Int?) {
        for change in changes { text.replace(change.range, with: change.text) }
        self.version = version
        needsDiagnostics = true
        known = nil
    }

    /// Frees what can be computed again.
    mutating func forget() { known = nil }

    var isExamined: Bool { known != nil }

    /// What the compiler knows of the text; nil where it is too long, or no spec.
    mutating func view() -> SpecView? {
        if let known { return known }
        guard !isTooLong, SpecGuess(text.bytes) == .spec else { return nil }
        known = SpecView(SourceFile(path: DocumentURI.path(of: uri), bytes: text.bytes))
        return known
    }

    /// As `bnc inspect` has it.
    var isTooLong: Bool { text.bytes.count > SourceFile.sizeLimit }
}

/// What the compiler knows of a spec, by place.
struct SpecView: Sendable {
    /// A layer, and its shapes where they are known.
    struct Layer: Sendable {
        let item: LayerItem
        let shapes: CheckedLayer?
        /// What is known of its output's shape where `shapes` is nil.
        let outputShape: PartialShape?
        /// The layers inside it.
        let inner: [LayerItem]
    }

    let examination: Compiler.Examination
    let diagnostics: [Diagnostic]
    /// The items of `layers`, those that can't be read left out.
    let layers: [Layer]
    /// The index in `layers` of the layer at each index of the spec's.
    private let indices: [Int?]
    private var byName: [String: Int] = [:]
    /// Where class names are written: the layer, and the one inside it where it is one.
    private var byStart: [Int: (index: Int, inner: LayerItem?)] = [:]

    init(_ file: SourceFile) {
        examination = Compiler.examine(file)
        diagnostics = examination.bag.sorted()
        var layers: [Layer] = []
        var indices: [Int?] = []
        for (index, item) in (examination.spec?.layers ?? []).enumerated() {
            guard let item else {
                indices.append(nil)
                continue
            }
            indices.append(layers.count)
            layers.append(
                Layer(
                    item: item,
                    shapes: examination.layers.indices.contains(index)
                        ? examination.layers[index] : nil,
                    outputShape: examination.shapes.indices.contains(index)
                        ? examination.shapes[index] : nil,
                    inner: Self.inner(item)))
        }
        self.layers = layers
        self.indices = indices
        for (index, layer) in layers.enumerated() {
            if byName[layer.item.name] == nil { byName[layer.item.name] = index }
            for inner in layer.inner { add(index, inner, at: inner.span) }
            add(index, nil, at: layer.item.span)
        }
    }

    private mutating func add(_ index: Int, _ inner: LayerItem?, at span: SourceSpan) {
        // Of layers that one anchor stands for, the first.
        let start = span.range.lowerBound
        if byStart[start] == nil { byStart[start] = (index, inner) }
    }

    private static func inner(_ item: LayerItem, depth: Int = 0) -> [LayerItem] {
        guard depth < 64 else { return [] }
        return item.innerItems.flatMap { [$0] + inner($0, depth: depth + 1) }
    }

    func layer(named name: String) -> Layer? { byName[name].map { layers[$0] } }

    /// The layer that a word begins, its quotes left out.
    func layer(at start: Int) -> (layer: Layer, inner: LayerItem?)? {
        (byStart[start] ?? byStart[start - 1]).map { (layers[$0.index], $0.inner) }
    }

    /// The layers that one reads.
    func inputs(of layer: Layer) -> [Layer] {
        (layer.shapes?.inputs ?? []).compactMap { index in
            indices.indices.contains(index) ? indices[index].map { layers[$0] } : nil
        }
    }

    /// Names of layers that stand before a place, the nearest first.
    func names(before offset: Int) -> [Layer] {
        layers.filter { $0.item.span.range.lowerBound < offset }.reversed()
    }
}

extension LayerItem {
    /// Where the layer's name is given, or else its class name.
    var placeOfName: SourceSpan { nameSpan ?? span }
}

/// Tells specs from other YAML files, which a client may have open too.
enum SpecGuess {
    case spec
    /// It may become one: it has no key that is no spec's.
    case open
    case other

    /// A spec has the key `layers`, or one that is nearly written so, or is a list of layers.
    init(_ bytes: [UInt8]) {
        var isOpen = true
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
            // Only what stands at the left edge.
            guard let first = line.first, first != UInt8(ascii: "#"), first != 0x20, first != 0x09,
                !line.starts(with: "---".utf8)
            else { continue }
            if first == UInt8(ascii: "-") {
                let word = line.dropFirst().drop { $0 == 0x20 }.prefix(while: Self.isNamePart)
                let isLayer = Slot.catalog[String(decoding: word, as: UTF8.self)] != nil
                self = isLayer ? .spec : .other
                return
            }
            // `{"layers": [...]}`: JSON is a spec too.
            if first == UInt8(ascii: "{") {
                self = String(decoding: bytes, as: UTF8.self).contains("layers") ? .spec : .other
                return
            }
            let key = line.drop { $0 == 0x22 || $0 == 0x27 }.prefix(while: Self.isKeyPart)
            guard key.count <= 64 else {
                isOpen = false
                continue
            }
            let name = String(decoding: key, as: UTF8.self)
            if name == "layers" || Suggestion.nearest(to: name, in: Self.keys) == "layers" {
                self = .spec
                return
            }
            // A key that is being typed is the beginning of one.
            let isKey = Self.keys.contains { $0.hasPrefix(name) }
            if !isKey, !name.hasPrefix(SpecKey.anchorPrefix) { isOpen = false }
        }
        self = isOpen ? .open : .other
    }

    private static let keys = SpecKey.all.map(\.name)

    private static func isKeyPart(_ byte: UInt8) -> Bool {
        isNamePart(byte) || byte == UInt8(ascii: "-")
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "_")
    }
}

/// The names by which clients call documents: `file:///home/me/my%20model.yaml`.
enum DocumentURI {
    /// The path of a file; for anything else the URI itself.
    static func path(of uri: String) -> String {
        guard uri.hasPrefix("file://") else { return uri }
        let rest = uri.utf8.dropFirst("file://".utf8.count)
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return uri }
        return decoded(rest[slash...]) ?? uri
    }

    /// nil where what is encoded is no UTF-8.
    private static func decoded(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var iterator = Array(text)[...]
        while let byte = iterator.popFirst() {
            if byte == UInt8(ascii: "%"), let high = digit(iterator.first),
                let low = digit(iterator.dropFirst().first)
            {
                bytes.append(high << 4 | low)
                iterator = iterator.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let byte) where (0x30...0x39).contains(byte): byte - 0x30
        case .some(let byte) where (0x41...0x46).contains(byte): byte - 0x41 + 10
        case .some(let byte) where (0x61...0x66).contains(byte): byte - 0x61 + 10
        default: nil
        }
    }
}
