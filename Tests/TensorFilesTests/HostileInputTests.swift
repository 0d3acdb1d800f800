import Testing

@testable import TensorFiles

/// Readers meet bytes that nobody meant; none may crash, hang or take much memory.
struct HostileInputTests {
    private let scratch = Scratch()

    /// One sample of each kind of file, under the extension it is read by.
    private static let samples: [(bytes: [UInt8], name: String)] = [
        (Fixtures.fortranBigEndian, "a.npy"),
        (Fixtures.version3, "b.npy"),
        (Fixtures.structured, "c.npy"),
        (Fixtures.compressedArchive, "d.npz"),
        (Fixtures.storedArchive, "e.npz"),
        (Fixtures.safetensors, "f.safetensors"),
    ]

    /// Reads all there is; returns whether that went well.
    private func reads(_ bytes: [UInt8], as name: String) -> Bool {
        let path = scratch.write(bytes, as: name)
        do throws(TensorFileError) {
            switch TensorFileFormat(path: name) {
            case .npz: _ = try Npz.entries(path: path)
            case .npy: _ = try Npy.parse(bytes)
            default: break
            }
        } catch {
            #expect(!error.message.isEmpty)
        }
        do throws(TensorFileError) {
            for (_, tensor) in try TensorFile.read(path: path) {
                #expect(tensor.floats().count == tensor.count)
                _ = try? tensor.int32s()
            }
            return true
        } catch {
            #expect(error.path == path)
            return false
        }
    }

    @Test(arguments: samples.indices)
    func everyTruncationIsAnError(_ index: Int) {
        let (bytes, name) = Self.samples[index]
        for count in bytes.indices {
            #expect(!reads(Array(bytes[..<count]), as: name), "\(count) bytes")
        }
        #expect(reads(bytes, as: name) == (name != "c.npy"))
        #expect(!reads(bytes + [0], as: name))
    }

    @Test(arguments: samples.indices)
    func mutationsNeverCrash(_ index: Int) {
        let (sample, name) = Self.samples[index]
        var random = SeededGenerator(state: UInt64(index))
        let telling: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x27, 0x5B, 0x7B, 0x39]
        for _ in 0..<1000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes[place] = telling.randomElement(using: &random)!
                case 3: bytes.insert(telling.randomElement(using: &random)!, at: place)
                case 4 where bytes.count > 1: bytes.remove(at: place)
                default:
                    let end = min(place + Int.random(in: 1...8, using: &random), bytes.count)
                    for victim in place..<end { bytes[victim] = 0xFF }
                }
            }
            _ = reads(bytes, as: name)
        }
    }

    @Test func noiseNeverCrashes() {
        var random = SeededGenerator(state: 99)
        for round in 0..<2000 {
            let count = Int.random(in: 0..<200, using: &random)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = try? Inflater.inflate(noise, byteCount: round % 400)
            _ = try? Inflater.inflatePrefix(noise, byteCount: round % 50)
            var reader = JSONReader(noise)
            _ = try? reader.skipValue()
        }
    }

    /// Mutated streams reach the decoder's corners that a checksum would hide.
    @Test func mutatedStreamsNeverCrash() {
        var random = SeededGenerator(state: 7)
        for sample in [
            Fixtures.deflatedFixed, Fixtures.deflatedHuffman, Fixtures.deflatedRun,
            Fixtures.deflatedDynamic,
        ] {
            for round in 0..<750 {
                var bytes = sample
                for _ in 0..<(1 + round % 3) {
                    let place = Int.random(in: bytes.indices, using: &random)
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
                _ = try? Inflater.inflate(bytes, byteCount: 1600)
                _ = try? Inflater.inflatePrefix(bytes, byteCount: 300)
            }
        }
    }

    /// Sizes that only the header claims must not be allocated.
    @Test func claimedSizesAreNotAllocated() {
        let huge = 1 << 50
        #expect(
            !reads(
                npy("{'descr': '<f4', 'fortran_order': True, 'shape': (\(huge), 3)}"),
                as: "a.npy"))
        #expect(
            !reads(
                safetensors(
                    #"{"a":{"dtype":"F32","shape":[\#(huge)],"data_offsets":[0,\#(huge * 4)]}}"#),
                as: "a.safetensors"))
        #expect(
            reads(
                npy("{'descr': '<f4', 'fortran_order': True, 'shape': (\(huge), 0)}"), as: "b.npy"))
        #expect(
            !reads(
                npy("{'descr': '<f4', 'fortran_order': True, 'shape': (0, \(huge), \(huge))}"),
                as: "c.npy"))
    }
}
