@testable import TensorFiles

/// The error `body` throws, without the path of `scratch`; nil if it throws none.
func message(_ scratch: Scratch? = nil, _ body: () throws(TensorFileError) -> Void) -> String? {
    do throws(TensorFileError) {
        try body()
        return nil
    } catch {
        guard let scratch else { return error.description }
        return replacing(scratch.path + "/", in: error.description)
    }
}

/// `text` without any occurrence of `part`.
func replacing(_ part: String, in text: String) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    let wanted = Array(part.utf8)
    while let first = rest.first {
        if rest.starts(with: wanted) {
            rest = rest.dropFirst(wanted.count)
        } else {
            result.append(first)
            rest = rest.dropFirst()
        }
    }
    return String(decoding: result, as: UTF8.self)
}
