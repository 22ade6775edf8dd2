# Darkroom. `make run` and `make test` are all a newcomer needs; `make help` lists the rest.

PREFIX ?= /usr/local
ARGS ?=
COUNT ?= 1000000
SEED ?=
# The package manager drops the -D and -pthread that pkg-config prints, and says so at every build.
QUIET = 2> >(grep -v 'warning: prohibited flag' >&2)
SHELL = /bin/bash
# What a start enters lies together (scripts/order/functions): the linker of Swift's own toolchain can do that. And
# its relocations are short where the C library knows that form, from 2.36 on. The library of C++, which Swift's
# runtime needs, is linked in where it is found, by a directory that holds nothing else: to look up its own names takes
# it longer than all other libraries of a start together.
RELEASE = -c release --static-swift-stdlib -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -use-ld=lld \
  -Xlinker --no-export-dynamic -Xlinker --symbol-ordering-file=$(CURDIR)/scripts/order/functions \
  -Xlinker --no-warn-symbol-ordering -Xswiftc -L$(CURDIR)/.build/static \
  -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
  $(if $(shell getconf GNU_LIBC_VERSION | awk '$$2 >= 2.36'),-Xlinker -z -Xlinker pack-relative-relocs)
.DEFAULT_GOAL := help
.PHONY: help run test faults interop fuzz build check lint format install bench order screenshots packages packages-check clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: build ## build and start Darkroom; ARGS='generate "a red lantern"' passes arguments
	@"$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom" $(ARGS)

test: packages-check ## build everything and run all tests
	swift build --build-tests $(QUIET)
	@scripts/run-tests

faults: packages-check ## 500 rounds of kills, cuts, odd words and full disks: nothing lost, nothing bought twice; ARGS='--kind cut --seed 7'
	swift build --product darkroom $(QUIET)
	swift build --product SkewedClock $(QUIET)
	swift build --product faults $(QUIET)
	@"$$(swift build --show-bin-path 2>/dev/null)/faults" $(ARGS)

interop: build ## other people's clients and schemathesis against `darkroom serve`; ARGS='-n 1000 --seed 7' for a longer search
	scripts/system-packages interop
	@scripts/interop/run "$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom" $(ARGS)

fuzz: packages-check ## a million damaged replies for the parser; COUNT=n, and SEED=n to see a failure again
	swift build $(RELEASE) --product fuzz-replies $(QUIET)
	@"$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/fuzz-replies" $(COUNT) $(SEED)

build: packages ## the program as it is shipped, into .build/release
	@mkdir -p .build/static
	@for library in /usr/lib/gcc/*/*/libstdc++.a; do \
	  if [ -e "$$library" ]; then ln -sf "$$library" .build/static/; fi; done
	swift build $(RELEASE) --product darkroom $(QUIET)

check: lint build test ## all that a change must pass: lint, release build, tests

lint: packages-check ## format, import table, file sizes, views in their folders, names of keys
	swift format lint --strict --recursive Package.swift Sources Tests
	scripts/check-imports
	scripts/check-sizes
	scripts/check-views
	scripts/check-keys

format: ## rewrite the sources in the house format
	swift format --in-place --recursive Package.swift Sources Tests

install: build ## into PREFIX, /usr/local unless said otherwise
	install -D -m 755 "$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom" "$(DESTDIR)$(PREFIX)/bin/darkroom"

bench: build ## ratios against other programs, run in the same minute
	scripts/system-packages bench
	scripts/bench "$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom"

order: build ## which functions the front end enters, for the linker; after large changes, then `make build` again
	scripts/order/run "$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom" scripts/order/functions
	rm "$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom"

screenshots: build ## pictures of the running program for the README
	scripts/system-packages screenshots
	scripts/screenshots "$$(swift build $(RELEASE) --show-bin-path 2>/dev/null)/darkroom" screenshots

packages:
	@scripts/system-packages

packages-check:
	@scripts/system-packages check

clean: ## forget everything that was built
	swift package clean
