#!/usr/bin/env python3
"""Writes the text of Sources/Interpreter/Vector*.swift into Sources/SwiftEmitter/VectorMathSource*.swift."""
import re
import pathlib

root = pathlib.Path(__file__).resolve().parent.parent
base = f'{root}/Sources/Interpreter/'
out=['''/// The functions of elements that generated code may need, section by section, in an order in which
/// they can stand in a file.
///
/// The text is that of `Sources/Interpreter/VectorMath.swift`, `VectorActivations.swift`,
/// `VectorBinary.swift` and `VectorWinograd.swift`, where it is compiled and tested with a `V` of 8 lanes; a test compares the
/// two. It takes `V`, `VI` (as many `Int32`) to be declared, and `madd` to be replaced by a fused
/// multiply-add where the target has one.
package enum VectorMathSource {
    package static let sections: [(name: String, needs: [String], text: String)] =
        foundations + activations + binaries + winograd
}
''']
for prop,f in [('foundations','VectorMath'),('activations','VectorActivations'),('binaries','VectorBinary'),('winograd','VectorWinograd')]:
    t=open(base+f+'.swift').read()
    parts=t.split('// MARK: ')[1:]
    body=[]
    for p in parts:
        head,text=p.split('\n',1)
        name,needs=head.split(' needs:')
        needs=needs.split()
        text=text.strip('\n')
        assert '\\' not in text and '"""' not in text
        lines='\n'.join(('            '+l).rstrip() for l in text.split('\n'))
        n=', '.join(f'"{x}"' for x in needs)
        body.append(f'        (\n            "{name}", [{n}],\n            """\n{lines}\n            """\n        ),')
    chunk=f'extension VectorMathSource {{\n    static let {prop}: [(name: String, needs: [String], text: String)] = [\n'+'\n'.join(body)+'\n    ]\n}\n'
    if prop=='activations': open(f'{root}/Sources/SwiftEmitter/VectorMathSource+Activations.swift','w').write('// The sections of `Sources/Interpreter/VectorActivations.swift`.\n\n'+chunk)
    else: out.append(chunk)
open(f'{root}/Sources/SwiftEmitter/VectorMathSource.swift','w').write('\n'.join(out))
