import Diagnostics
import IR
import Plan
import Spec

/// An inspection for programs. Members are added, never renamed.
extension Inspection {
    package var json: JSONValue {
        .object([
            ("name", .string(model.name)), ("spec", .string(model.file.path)),
            ("inputs", .array(plan.inputs.map(Self.json))),
            ("outputs", .array(plan.outputs.map(Self.json))),
            ("layers", .array(rows.map(json))),
            (
                "totals",
                .object([
                    ("parameters", .int(parameters)),
                    ("trainableParameters", .int(trainableParameters)),
                    ("weightBytes", .int(weightByteCount)),
                    ("packedWeightBytes", .int(packedByteCount)),
                    ("multiplyAdds", .int(multiplyAdds)), ("arenaBytes", .int(arenaByteCount)),
                    ("activationBytes", .int(activationByteCount)),
                    ("movedBytes", .int(plan.cost.bytes)),
                    ("expectedError", .double(plan.accuracy.expectedError)),
                ])
            ),
            ("weights", Self.json(weights)), ("target", .string(plan.target.name)),
            ("kernels", .array(plan.steps.indices.map(kernelJSON))),
            ("fusions", .array(plan.remarks.filter(\.applied).map(Self.json))),
            ("notFused", .array(openRemarks.map(Self.json))),
        ])
    }

    private static func json(_ port: Port) -> JSONValue {
        .object([
            ("name", .string(port.name)),
            ("elementType", .string("\(port.type.elementType)")),
            ("shape", .array(port.type.shape.dropFirst().map { .int($0) })),
        ])
    }

    func json(_ row: Row) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("name", .string(row.name)), ("class", .string(row.className)),
            ("depth", .int(row.depth)),
            ("outputShape", .array(row.outputType.shape.map { .int($0) })),
            ("parameters", .int(row.parameters)),
            ("trainableParameters", .int(row.trainableParameters)),
            ("multiplyAdds", .int(row.multiplyAdds)), ("path", .string(row.path)),
            ("line", .int(row.line)), ("reads", .array(row.inputs.map { .string(rows[$0].path) })),
            (
                "inputShapes",
                .array(row.inputTypes.map { .array($0.shape.map { .int($0) }) })
            ),
            ("shapeSteps", .array(row.shapeSteps.map { .string($0) })),
            ("activationBytes", .int(row.activationByteCount)),
            ("receptiveField", row.receptiveField.map(Self.json) ?? .null),
        ]
        switch row.role {
        case .input, .nothing, .nested: break
        case .kernels(let numbers, let with):
            members.append(("kernels", .array(numbers.map { .int($0) })))
            members.append(("fusedLayers", .array(with.map { .string($0) })))
        case .fused(let layer, let numbers):
            members.append(("kernels", .array(numbers.map { .int($0) })))
            members.append(("fusedInto", .string(layer)))
        }
        return .object(members)
    }

    private static func json(_ field: ReceptiveField) -> JSONValue {
        .array(
            field.axes.filter { $0.extent != .none }.map { axis in
                let cells: JSONValue =
                    switch axis.extent {
                    case .none: .int(0)
                    case .cells(let count): .int(count)
                    case .all: .string("all")
                    case .unknown: .null
                    }
                return .object([
                    ("input", .string(axis.input)), ("axis", .int(axis.axis)), ("cells", cells),
                    ("isFeature", .bool(axis.isFeature)),
                ])
            })
    }

    private static func json(_ origin: Weights.Origin) -> JSONValue {
        switch origin {
        case .file(let path): .object([("file", .string(path))])
        case .initializers(let seed): .object([("initializersSeed", .int(Int(clamping: seed)))])
        case .shapesOnly: .null
        }
    }

    private func kernelJSON(_ index: Int) -> JSONValue {
        let step = plan.steps[index]
        return .object([
            ("name", .string(step.name)), ("kind", .string(step.kernel.name)),
            ("layers", .array(step.layers.map { .string($0) })),
            ("notes", .array(step.notes.map { .string($0) })),
            ("cost", plan.cost(ofStep: index).json),
        ])
    }

    private static func json(_ remark: Remark) -> JSONValue {
        .object([
            ("pass", .string(remark.pass)),
            ("layers", .array(remark.layers.map { .string($0) })),
            ("message", .string(remark.message)),
        ])
    }
}
