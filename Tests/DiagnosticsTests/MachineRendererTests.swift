import Diagnostics
import Testing

@Suite struct MachineRendererTests {
    private let diagnostics: [Diagnostic]

    init() {
        let code = DiagnosticCode("BNC9001", "A test, of sorts", explanation: "Why.")
        let file = SourceFile(path: "my models/a:b.yaml", text: "é: 1\nkernelSize: \"3\"\n")
        diagnostics = [
            Diagnostic(
                code, "no \"kernelSize\"", at: file.span(6..<16), label: "not known",
                secondary: [Label(span: file.span(0..<2), text: "first")], notes: ["n"],
                helps: ["h"],
                fixIts: [
                    FixIt(
                        span: file.span(6..<16), replacement: "kernel_size",
                        text: "use `kernel_size`")
                ]),
            Diagnostic(
                DiagnosticCode("BNC9000", "Another"), .remark, "100%\n\u{1B}", subject: "/w,1.npy"),
        ]
    }

    @Test func json() {
        #expect(
            JSONRenderer().render(diagnostics) == #"""
                [
                  {
                    "code": "BNC9001",
                    "severity": "error",
                    "title": "A test, of sorts",
                    "message": "no \"kernelSize\"",
                    "file": "my models/a:b.yaml",
                    "range": {
                      "start": {"line": 2, "column": 1, "offset": 6},
                      "end": {"line": 2, "column": 11, "offset": 16}
                    },
                    "label": "not known",
                    "secondary": [
                      {
                        "file": "my models/a:b.yaml",
                        "range": {
                          "start": {"line": 1, "column": 1, "offset": 0},
                          "end": {"line": 1, "column": 2, "offset": 2}
                        },
                        "label": "first"
                      }
                    ],
                    "notes": [
                      "n"
                    ],
                    "helps": [
                      "h"
                    ],
                    "fixes": [
                      {
                        "file": "my models/a:b.yaml",
                        "range": {
                          "start": {"line": 2, "column": 1, "offset": 6},
                          "end": {"line": 2, "column": 11, "offset": 16}
                        },
                        "replacement": "kernel_size",
                        "text": "use `kernel_size`"
                      }
                    ]
                  },
                  {
                    "code": "BNC9000",
                    "severity": "remark",
                    "title": "Another",
                    "message": "100%\n\u001b",
                    "file": "/w,1.npy",
                    "range": null,
                    "label": "",
                    "secondary": [],
                    "notes": [],
                    "helps": [],
                    "fixes": []
                  }
                ]

                """#)
        #expect(JSONRenderer().render([]) == "[]\n")
    }

    @Test func jsonStrings() {
        let text = JSONValue.string("\u{2028}\u{7F}\u{E0001}é\\\"\t").text
        #expect(text == #""\u2028\u007f\udb40\udc01é\\\"\t""#)
        #expect(JSONValue.array([.double(.nan), .double(0.5), .int(-1)]).text == "[null, 0.5, -1]")
        #expect(JSONValue.object([]).text == "{}")
        #expect(JSONValue.array([.bool(true), .null]).text == "[\n  true,\n  null\n]")
    }

    @Test func gitHub() {
        #expect(
            GitHubRenderer().render(diagnostics) == """
                ::error file=my models/a%3Ab.yaml,line=2,endLine=2,col=1,endColumn=10,\
                title=BNC9001%3A A test%2C of sorts::no "kernelSize"%0Anot known\
                %0Anote: n%0Ahelp: h%0Ahelp: use `kernel_size`
                ::notice file=/w%2C1.npy,title=BNC9000%3A Another::100%25%0A\\u{1B}

                """)
    }

    @Test func sarif() {
        let text = SARIFRenderer(version: "1.0").render(diagnostics)
        #expect(
            text == #"""
                {
                  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
                  "version": "2.1.0",
                  "runs": [
                    {
                      "tool": {
                        "driver": {
                          "name": "bnc",
                          "version": "1.0",
                          "rules": [
                            {
                              "id": "BNC9000",
                              "shortDescription": {
                                "text": "Another"
                              }
                            },
                            {
                              "id": "BNC9001",
                              "shortDescription": {
                                "text": "A test, of sorts"
                              },
                              "fullDescription": {
                                "text": "Why."
                              },
                              "help": {
                                "text": "Why."
                              }
                            }
                          ]
                        }
                      },
                      "columnKind": "unicodeCodePoints",
                      "results": [
                        {
                          "ruleId": "BNC9001",
                          "ruleIndex": 1,
                          "level": "error",
                          "message": {
                            "text": "no \"kernelSize\"\nnote: n\nhelp: h\nhelp: use `kernel_size`"
                          },
                          "locations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "my%20models/a%3Ab.yaml"
                                },
                                "region": {
                                  "startLine": 2,
                                  "startColumn": 1,
                                  "endLine": 2,
                                  "endColumn": 11
                                }
                              },
                              "message": {
                                "text": "not known"
                              }
                            }
                          ],
                          "relatedLocations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "my%20models/a%3Ab.yaml"
                                },
                                "region": {
                                  "startLine": 1,
                                  "startColumn": 1,
                                  "endLine": 1,
                                  "endColumn": 2
                                }
                              },
                              "message": {
                                "text": "first"
                              }
                            }
                          ],
                          "fixes": [
                            {
                              "description": {
                                "text": "use `kernel_size`"
                              },
                              "artifactChanges": [
                                {
                                  "artifactLocation": {
                                    "uri": "my%20models/a%3Ab.yaml"
                                  },
                                  "replacements": [
                                    {
                                      "deletedRegion": {
                                        "startLine": 2,
                                        "startColumn": 1,
                                        "endLine": 2,
                                        "endColumn": 11
                                      },
                                      "insertedContent": {
                                        "text": "kernel_size"
                                      }
                                    }
                                  ]
                                }
                              ]
                            }
                          ]
                        },
                        {
                          "ruleId": "BNC9000",
                          "ruleIndex": 0,
                          "level": "note",
                          "message": {
                            "text": "100%\n\u001b"
                          },
                          "locations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "file:///w%2C1.npy"
                                }
                              }
                            }
                          ]
                        }
                      ]
                    }
                  ]
                }

                """#)
    }

    /// What is said about the run: the last of the array, a notice, a notification.
    @Test func closing() throws {
        let code = DiagnosticCode("BNC9002", "About the run", explanation: "Why.")
        let closing = [Diagnostic(code, .remark, "there is more", helps: ["look"])]
        #expect(
            JSONRenderer().render([], closing: closing)
                == JSONRenderer().render(closing))
        #expect(
            GitHubRenderer().render([], closing: closing)
                == "::notice title=BNC9002%3A About the run::there is more%0Ahelp: look\n")
        #expect(
            SARIFRenderer().render([], closing: closing) == #"""
                {
                  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
                  "version": "2.1.0",
                  "runs": [
                    {
                      "tool": {
                        "driver": {
                          "name": "bnc",
                          "rules": [],
                          "notifications": [
                            {
                              "id": "BNC9002",
                              "shortDescription": {
                                "text": "About the run"
                              },
                              "fullDescription": {
                                "text": "Why."
                              },
                              "help": {
                                "text": "Why."
                              }
                            }
                          ]
                        }
                      },
                      "invocations": [
                        {
                          "executionSuccessful": true,
                          "toolExecutionNotifications": [
                            {
                              "descriptor": {
                                "id": "BNC9002",
                                "index": 0
                              },
                              "level": "note",
                              "message": {
                                "text": "there is more\nhelp: look"
                              }
                            }
                          ]
                        }
                      ],
                      "columnKind": "unicodeCodePoints",
                      "results": []
                    }
                  ]
                }

                """#)
    }
}
