import FuzzSupport

/// Something that reads untrusted input.
protocol FuzzTarget {
    var name: String { get }
    var fileExtension: String { get }
    func input(_ random: inout SeededRandom) -> [UInt8]
    /// Reads an input, which is also the file at `path`; what is wrong with how it was read, or nil.
    func run(_ input: [UInt8], at path: String) -> String?
}

/// Changes that know nothing of what the bytes mean.
enum ByteMutation {
    static func apply(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count + 1)
        let length = random.below(min(16, bytes.count - place) + 1)
        switch random.below(8) {
        case 0 where !bytes.isEmpty: bytes[random.below(bytes.count)] = UInt8(random.below(256))
        case 1 where !bytes.isEmpty:
            bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        case 2: bytes.removeSubrange(place..<place + length)
        case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: random.below(place + 1))
        case 4: bytes.insert(UInt8(random.below(256)), at: place)
        case 5: for index in place..<place + length { bytes[index] = random.chance(2) ? 0xFF : 0 }
        case 6 where random.chance(3): bytes.removeSubrange(place...)
        default:
            let telling: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x27, 0x5B, 0x7B, 0x39, 0x2D]
            bytes.insert(telling[random.below(telling.count)], at: place)
        }
    }
}
