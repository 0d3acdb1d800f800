import CYAML

/// What libyaml reads, one event at a time, with byte ranges.
///
/// The only place that holds libyaml's memory: `bytes` must outlive the reader, every event is
/// freed as soon as it is copied, and the parser when the reader goes.
final class YAMLEvents {
    enum Event {
        case documentStart(Range<Int>)
        case documentEnd
        case streamEnd
        case alias(name: String, Range<Int>)
        case scalar(text: String, isPlain: Bool, Properties, Range<Int>)
        case sequenceStart(isFlow: Bool, Properties, Range<Int>)
        case sequenceEnd(Range<Int>)
        case mappingStart(isFlow: Bool, Properties, Range<Int>)
        case mappingEnd(Range<Int>)
    }

    /// What stands before a node; `range` of its event begins with it.
    struct Properties {
        var anchor: String?
        var tag: String?
        var isEmpty: Bool { anchor == nil && tag == nil }
    }

    /// libyaml's own account of why it can't go on.
    struct Failure: Error {
        enum Stage { case encoding, scanner, parser, memory }
        let stage: Stage
        let problem: String
        let offset: Int
        let context: String
        let contextOffset: Int
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var offsets: CharacterOffsets

    /// - Precondition: there is at least one byte, and no byte order mark but that of UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        precondition(yaml_parser_initialize(parser) == 1, "out of memory")
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        offsets = CharacterOffsets(bytes)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; the start of the stream is left out.
    func next() throws(Failure) -> Event {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
            defer { yaml_event_delete(&event) }
            if event.type != YAML_STREAM_START_EVENT { return convert(event) }
        }
    }

    private func convert(_ event: yaml_event_t) -> Event {
        let start = offsets.byteOffset(ofCharacter: event.start_mark.index)
        let range = start..<max(start, offsets.byteOffset(ofCharacter: event.end_mark.index))
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart(range)
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT:
            return .alias(name: Self.text(event.data.alias.anchor) ?? "", range)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
                as: UTF8.self)
            let properties = Properties(
                anchor: Self.text(scalar.anchor), tag: Self.text(scalar.tag))
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            return .scalar(text: text, isPlain: isPlain, properties, range)
        case YAML_SEQUENCE_START_EVENT:
            let node = event.data.sequence_start
            return .sequenceStart(
                isFlow: node.style == YAML_FLOW_SEQUENCE_STYLE,
                Properties(anchor: Self.text(node.anchor), tag: Self.text(node.tag)), range)
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd(range)
        case YAML_MAPPING_START_EVENT:
            let node = event.data.mapping_start
            return .mappingStart(
                isFlow: node.style == YAML_FLOW_MAPPING_STYLE,
                Properties(anchor: Self.text(node.anchor), tag: Self.text(node.tag)), range)
        case YAML_MAPPING_END_EVENT: return .mappingEnd(range)
        default: return .streamEnd
        }
    }

    private func failure() -> Failure {
        let stage: Failure.Stage =
            switch parser.pointee.error {
            case YAML_READER_ERROR: .encoding
            case YAML_SCANNER_ERROR: .scanner
            case YAML_PARSER_ERROR: .parser
            default: .memory
            }
        // Errors of the reader leave the mark at the start and give a byte offset instead.
        let offset =
            stage == .encoding
            ? parser.pointee.problem_offset
            : offsets.byteOffset(ofCharacter: parser.pointee.problem_mark.index)
        return Failure(
            stage: stage,
            problem: parser.pointee.problem.map { String(cString: $0) } ?? "out of memory",
            offset: offset,
            context: parser.pointee.context.map { String(cString: $0) } ?? "",
            contextOffset: offsets.byteOffset(ofCharacter: parser.pointee.context_mark.index))
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
