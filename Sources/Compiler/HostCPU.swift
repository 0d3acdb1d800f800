import Plan
import SwiftEmitter

#if arch(x86_64)
    import _Builtin_intrinsics.intel.cpuid
#endif

/// The CPU this process runs on.
///
/// It is asked by `cpuid`, which works alike on Linux and macOS. That the system saves the wide
/// registers, without which their instructions fault, is read off the size of its save area.
extension Target {
    /// What `--target-cpu native` means: the best target whose instructions this CPU has.
    package static let native: Target = {
        #if arch(x86_64)
            let cpu = X86Features()
            if cpu.hasV4 { return cpu.isZen4 ? .znver4 : .x86v4 }
            return cpu.hasV3 ? .x86v3 : .generic
        #elseif arch(arm64)
            return .arm64
        #else
            return .generic
        #endif
    }()

    /// The target a user names; `native` is the host's.
    package static func named(_ name: String) -> Target? {
        name == "native" ? native : all.first { $0.name == name }
    }

    /// What `--target-cpu multi` means: what there is for CPUs of the host's kind, the most demanding
    /// first.
    package static let multi: [Target] = {
        #if arch(arm64)
            return [.arm64]
        #else
            return [.x86v4, .x86v3, .generic]
        #endif
    }()

    /// What `swiftc` is told so that the target's code runs on this host; nil if it can't.
    ///
    /// Code for arm64 is vectors of 4 with fused multiply-add, in Swift that knows no CPU: an x86-64
    /// that can multiply and add at once runs it too, which is how it is tested there.
    package var hostFlags: [String]? {
        #if arch(x86_64)
            if self == .arm64 { return Target.x86v3.hostFlags }
        #endif
        return runsHere ? EmittedFlags.swiftc(for: self) : nil
    }

    /// Whether this process could run what is compiled for the target.
    package var runsHere: Bool {
        #if arch(x86_64)
            self != .arm64 && lanes <= Target.native.lanes
        #elseif arch(arm64)
            self == .arm64 || self == .generic
        #else
            self == .generic
        #endif
    }
}

#if arch(x86_64)
    /// The levels of the x86-64 psABI that matter here.
    private struct X86Features {
        let hasV3: Bool
        let hasV4: Bool
        /// Family 19h is Zen 3 and Zen 4, of which the latter has AVX-512.
        let isZen4: Bool

        init() {
            let basic = Self.leaf(1)
            let extended = Self.leaf(7)
            let amd = Self.leaf(0x8000_0001)
            func all(_ register: UInt32, _ bits: UInt32...) -> Bool {
                bits.allSatisfy { register >> $0 & 1 == 1 }
            }
            // SSE3, SSSE3, FMA, SSE4.1, SSE4.2, MOVBE, POPCNT, OSXSAVE, AVX, F16C; LZCNT.
            let basicBits = all(basic.ecx, 0, 9, 12, 19, 20, 22, 23, 27, 28, 29) && all(amd.ecx, 5)
            // BMI1, AVX2, BMI2.
            let extendedBits = all(extended.ebx, 3, 5, 8)
            // The upper halves of 256 bits.
            hasV3 = basicBits && extendedBits && Self.isSaved(state: 2)
            // AVX512F, DQ, CD, BW, VL; the upper 16 registers, the last of three states.
            hasV4 = hasV3 && all(extended.ebx, 16, 17, 28, 30, 31) && Self.isSaved(state: 7)
            let vendor = Self.leaf(0)
            let isAMD =
                [vendor.ebx, vendor.edx, vendor.ecx] == [0x6874_7541, 0x6974_6E65, 0x444D_4163]
            let (base, more) = (basic.eax >> 8 & 0xF, basic.eax >> 20 & 0xFF)
            isZen4 = isAMD && base == 0xF && base + more == 0x19 && hasV4
        }

        private struct Registers {
            var eax: UInt32 = 0
            var ebx: UInt32 = 0
            var ecx: UInt32 = 0
            var edx: UInt32 = 0
        }

        private static func leaf(_ number: UInt32, _ part: UInt32 = 0) -> Registers {
            var result = Registers()
            _ = __get_cpuid_count(
                number, part, &result.eax, &result.ebx, &result.ecx, &result.edx)
            return result
        }

        /// Whether the area that XSAVE needs for the states the system has enabled (leaf 0xD) holds a
        /// state, which lies where the CPU says: Intel's AVX-512 registers end at byte 2688, AMD's,
        /// which has no state before them that Intel has, at 2432. (`xgetbv` would say it outright,
        /// but it is a macro, which Swift can't call.) macOS enables AVX-512 at its first use.
        private static func isSaved(state: UInt32) -> Bool {
            let place = leaf(0xD, state)
            guard place.eax > 0 else { return false }
            #if os(macOS)
                if state > 2 { return true }
            #endif
            return leaf(0xD).ebx >= place.ebx &+ place.eax
        }
    }
#endif
