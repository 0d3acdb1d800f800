import Diagnostics

/// The diagnostics of the spec: its structure (BNC20xx), its shapes (BNC21xx), its weights (BNC22xx).
extension DiagnosticCode {
    package static let specStructure = DiagnosticCode("BNC2001", "the spec has another structure")
    package static let unknownKey = DiagnosticCode("BNC2002", "unknown key")
    package static let unknownLayer = DiagnosticCode("BNC2003", "unknown layer")
    package static let layerItem = DiagnosticCode("BNC2004", "an item of `layers` is malformed")
    package static let missingArgument = DiagnosticCode("BNC2005", "a required argument is missing")
    package static let argumentValue = DiagnosticCode("BNC2006", "an argument has a wrong value")
    package static let layerName = DiagnosticCode("BNC2007", "a layer's name can't be used")
    package static let unknownInput = DiagnosticCode("BNC2008", "no such layer")
    package static let inputCount = DiagnosticCode("BNC2009", "wrong number of inputs")
    package static let noInput = DiagnosticCode("BNC2010", "the model has no Input")
    package static let argumentConflict = DiagnosticCode(
        "BNC2011", "arguments contradict each other")
    package static let notSupported = DiagnosticCode("BNC2012", "not supported")

    package static let inputRank = DiagnosticCode("BNC2101", "the input has another rank")
    package static let shapeMismatch = DiagnosticCode("BNC2102", "shapes don't fit")
    package static let windowTooLarge = DiagnosticCode(
        "BNC2103", "a window is larger than its input")
    package static let indivisible = DiagnosticCode("BNC2104", "a size is not divisible")
    package static let axisRange = DiagnosticCode("BNC2105", "an axis is out of range")
    package static let tooLarge = DiagnosticCode("BNC2106", "a tensor is too large")
    package static let elementType = DiagnosticCode("BNC2107", "the input has another element type")

    package static let weightMissing = DiagnosticCode("BNC2201", "a weight is missing")
    package static let weightShape = DiagnosticCode("BNC2202", "a weight has another shape")
    package static let weightExtra = DiagnosticCode("BNC2203", "a weight belongs to no layer")
    package static let weightsFile = DiagnosticCode("BNC2204", "the weights can't be read")
    package static let weightValue = DiagnosticCode("BNC2205", "a weight holds impossible numbers")
}

package enum SpecDiagnostics {
    package static let all: [DiagnosticCode] = [
        .specStructure, .unknownKey, .unknownLayer, .layerItem, .missingArgument, .argumentValue,
        .layerName, .unknownInput, .inputCount, .noInput, .argumentConflict, .notSupported,
        .inputRank, .shapeMismatch, .windowTooLarge, .indivisible, .axisRange, .tooLarge,
        .elementType, .weightMissing, .weightShape, .weightExtra, .weightsFile, .weightValue,
    ]
}
