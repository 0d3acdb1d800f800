# What one does with bnc from a fresh clone. `make demo` and `make test` need a Swift toolchain only:
# libyaml is installed where it is missing.

PREFIX ?= /usr/local
SWIFT ?= swift
BNC = .build/release/bnc

.PHONY: build demo test fuzz fuzz-front install uninstall format lint clean help

help:
	@echo "make demo      build bnc, compile a model, and classify handwritten digits"
	@echo "make test      run all tests"
	@echo "make fuzz      random models through every engine: FUZZ_SECONDS=60 SEED=1"
	@echo "make fuzz-front  damage specs and tensor files at random: FUZZ_SECONDS=60 SEED=1"
	@echo "make build     build bnc in release mode: $(BNC)"
	@echo "make install   install bnc and its completions below PREFIX=$(PREFIX)"
	@echo "make format    format the sources"
	@echo "make lint      check that the sources are formatted"
	@echo "make clean     remove what was built"

# On Linux the Swift libraries go into the program: it starts in half the time, and runs where there is no
# toolchain. Where they aren't installed for that, it is linked as usual.
STATIC = $(shell test -d "$$($(SWIFT) -print-target-info 2>/dev/null \
    | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1_static\/linux/p')" && echo --static-swift-stdlib)

build: libyaml
	$(SWIFT) build -c release --product bnc $(STATIC)

demo: build
	@scripts/demo $(BNC)

# In release mode: kernels are tested on real networks, which debug code takes minutes for.
test: libyaml
	$(SWIFT) test -c release

# What it finds lies in .build/fuzz; an input that kills the process is .build/fuzz/current.*
FUZZ_SECONDS ?= 60
SEED ?= 1
# A Python with Keras in it, see benchmarks/keras_oracle.py; without one the engines are compared with
# the ops' definitions only.
KERAS_PYTHON ?= $(firstword $(wildcard .venv-oracle/bin/python))
fuzz: libyaml
	$(SWIFT) build -c release --product Fuzz
	SWIFT_BACKTRACE=enable=no .build/release/Fuzz --seconds $(FUZZ_SECONDS) --seed $(SEED) \
	    --python "$(KERAS_PYTHON)"

fuzz-front: libyaml
	$(SWIFT) build -c release --product FuzzFront
	SWIFT_BACKTRACE=enable=no .build/release/FuzzFront --seconds $(FUZZ_SECONDS) --seed $(SEED)

.PHONY: libyaml
libyaml:
	@scripts/require-libyaml

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	    "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 $(BNC) "$(DESTDIR)$(PREFIX)/bin/bnc"
	$(BNC) --generate-completion-script bash \
	    > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/bnc"
	$(BNC) --generate-completion-script zsh \
	    > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_bnc"
	$(BNC) --generate-completion-script fish \
	    > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/bnc.fish"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/bnc" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/bnc" \
	    "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_bnc" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/bnc.fish"

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build
