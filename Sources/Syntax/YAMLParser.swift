import Diagnostics

/// Reads YAML text into a tree.
///
/// Any bytes are safe to read: nesting and the expansion of aliases are bounded. What libyaml
/// refuses ends the reading, as it can't find its way back; everything else is reported and read
/// on.
package enum YAMLParser {
    /// The deepest nesting. libyaml's time grows with its square.
    package static let depthLimit = 64

    /// The most nodes a text may hold once its aliases are expanded.
    package static let nodeLimit = 1_000_000

    /// The most errors reported in one file; reading ends there.
    package static let errorLimit = 100

    /// Reads the one document of a file; what is wrong goes into the bag. After an error the tree
    /// holds what was read up to there.
    package static func parse(_ file: SourceFile, into bag: inout DiagnosticBag) -> SyntaxTree {
        if let problem = EncodingProblem.byteOrderMark(of: file) {
            bag.report(problem)
            return SyntaxTree(file: file, root: nil)
        }
        if file.bytes.isEmpty {
            bag.report(.emptyDocument(file))
            return SyntaxTree(file: file, root: nil)
        }
        return file.bytes.withUnsafeBufferPointer { bytes in
            var builder = TreeBuilder(file: file, bag: bag)
            let events = YAMLEvents(bytes)
            var isComplete = true
            do throws(YAMLEvents.Failure) {
                while builder.take(try events.next()) {}
            } catch {
                builder.fail(error)
                isComplete = false
            }
            if builder.isOpen { isComplete = false }
            let root = builder.finish()
            bag = builder.bag
            return SyntaxTree(file: file, root: root, isComplete: isComplete)
        }
    }
}
