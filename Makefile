# Kaohe: one makefile, no recursion but the one after `deps`. Everything built stands under build/<variant>/.
#
#   make                     the program, as ./kaohe
#   make demo                installs what is missing, builds, scores a real scheme
#   make check               installs what is missing, builds, runs every test
#   make help                all targets
#
# CC, CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS, PREFIX, DESTDIR and VARIANT may be given. pkg-config is asked late (in recipes,
# never while this file is read), so that `make deps` can install it first.

VARIANT ?= release
BUILD   ?= build/$(VARIANT)
GEN     := $(BUILD)/gen
OBJ     := $(BUILD)/obj
BIN     := $(BUILD)/bin
TEST    := $(BUILD)/tests

VERSION := 0.1.0
SOMAJOR := 0

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR     ?= $(PREFIX)/share/man
BASHDIR    ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR     ?= $(PREFIX)/share/zsh/site-functions
INSTALL    ?= install
OBJCOPY    ?= objcopy
OBJDUMP    ?= objdump
PKG_CONFIG ?= pkg-config
BISON      ?= bison
FLEX       ?= flex
CFLAGS     ?= -O2 -g

# V=1 shows whole commands.
Q   := $(if $(V),,@)
say  = $(if $(V),,@printf '  %-8s %s\n' $1 '$2')

# ---- variants ----

SANITIZE_release :=
SANITIZE_debug   := -O0 -g3
SANITIZE_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
SANITIZE_tsan    := -O1 -g -fsanitize=thread
SANITIZE_cov     := -O0 -g --coverage
ifeq ($(filter $(VARIANT),release debug asan tsan cov),)
$(error VARIANT is one of release, debug, asan, tsan, cov; not "$(VARIANT)")
endif

# ---- flags; the user's come last and win ----

# A value asked for once, when a recipe first needs it: $(call once,VARIABLE,command).
once = $(if $(filter undefined,$(origin $1_KNOWN)),$(eval $1_KNOWN := $$(shell $2)))$($1_KNOWN)

# What the program links beside the library: tables on a terminal, and the formats of results (cli/write_*.c).
CLI_PACKAGES := smartcols nettle

# What the library links; cli/ and the tests have more of their own.
PACKAGES    := libutf8proc gmp expat

# Whose headers alone are needed: these are loaded when a workbook or a database is asked for (runtime/loaded.h).
LOADED_PACKAGES := libzip xlsxwriter sqlite3 libpq

LIBS_CFLAGS  = $(call once,LIBS_CFLAGS,$(PKG_CONFIG) --cflags $(PACKAGES) $(LOADED_PACKAGES))
LIBS         = $(call once,LIBS,$(PKG_CONFIG) --libs $(PACKAGES))
CLI_CFLAGS   = $(call once,CLI_CFLAGS,$(PKG_CONFIG) --cflags $(CLI_PACKAGES))
CLI_LIBS     = $(call once,CLI_LIBS,$(PKG_CONFIG) --libs $(CLI_PACKAGES))
LOADED_LIBS  = $(call once,LOADED_LIBS,$(PKG_CONFIG) --libs $(LOADED_PACKAGES))
TEST_CFLAGS  = $(call once,TEST_CFLAGS,$(PKG_CONFIG) --cflags cmocka)
TEST_LIBS    = $(call once,TEST_LIBS,$(PKG_CONFIG) --libs cmocka)

KH_CPPFLAGS  = -D_GNU_SOURCE -Igrammar -I$(GEN) $(LIBS_CFLAGS)
KH_CFLAGS    = -std=c11 -fPIC -Wall -Wextra -Werror=switch -Wshadow -Wno-missing-field-initializers
ALL_CFLAGS   = $(KH_CPPFLAGS) $(CPPFLAGS) $(KH_CFLAGS) $(CFLAGS) $(SANITIZE_$(VARIANT))
ALL_LDFLAGS  = $(LDFLAGS) $(SANITIZE_$(VARIANT))

# ---- what there is ----

RUNTIME_SRC  := $(sort $(wildcard runtime/*.c))
GRAMMAR_SRC  := $(sort $(wildcard grammar/*.c))
COMPILER_SRC := $(sort $(wildcard compiler/*.c))
CLI_SRC      := $(sort $(wildcard cli/*.c))
UNIT_SRC     := $(sort $(wildcard tests/unit/test_*.c))
ORACLE_SRC   := $(sort $(wildcard tests/oracle/*.c))

RUNTIME_OBJ  := $(RUNTIME_SRC:%.c=$(OBJ)/%.o)
GRAMMAR_OBJ  := $(GRAMMAR_SRC:%.c=$(OBJ)/%.o) $(OBJ)/gen/parser.tab.o $(OBJ)/gen/lexer.o
COMPILER_OBJ := $(COMPILER_SRC:%.c=$(OBJ)/%.o)
CLI_OBJ      := $(CLI_SRC:%.c=$(OBJ)/%.o)
LIB_OBJ      := $(RUNTIME_OBJ) $(GRAMMAR_OBJ) $(COMPILER_OBJ)

# The layers, each an archive of its own; `make layers` proves that no arrow points back.
RUNTIME_LIB  := $(BUILD)/libkh_runtime.a
GRAMMAR_LIB  := $(BUILD)/libkh_grammar.a
COMPILER_LIB := $(BUILD)/libkh_compiler.a
LAYER_LIBS   := $(COMPILER_LIB) $(GRAMMAR_LIB) $(RUNTIME_LIB)

STATIC_LIB   := $(BUILD)/libkaohe.a
SHARED_LIB   := $(BUILD)/libkaohe.so.$(VERSION)

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all programs lib debug deps need demo check check-all asan tsan cov layers reference oracle bench install uninstall \
        clean help FORCE

all: need ## (default) the program, left as ./kaohe, and the library
	@$(MAKE) --no-print-directory programs lib

programs: $(BIN)/kaohe $(if $(filter build/release,$(BUILD)),kaohe)
lib: $(STATIC_LIB) $(SHARED_LIB)

debug: ## an unoptimised program in build/debug/bin
	@$(MAKE) --no-print-directory VARIANT=debug all

kaohe: $(BIN)/kaohe
	@ln -f $< $@ 2>/dev/null || cp -f $< $@

$(BIN)/kaohe: $(CLI_OBJ) $(LAYER_LIBS)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@.new $(CLI_OBJ) $(LAYER_LIBS) $(LIBS) $(CLI_LIBS) $(LDLIBS)
	@mv -f $@.new $@ # whole or not at all: tests that run beside a second make must not meet half a program

$(RUNTIME_LIB): $(RUNTIME_OBJ)
$(GRAMMAR_LIB): $(GRAMMAR_OBJ)
$(COMPILER_LIB): $(COMPILER_OBJ)
$(LAYER_LIBS):
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR) rcs $@ $^

# What a host links: only the kh_* names are visible, in the archive as in the shared object.
$(STATIC_LIB): $(LIB_OBJ)
	$(Q)$(CC) $(ALL_LDFLAGS) -r -nostdlib -o $(BUILD)/kaohe_whole.o $(LIB_OBJ)
	$(Q)$(OBJCOPY) --wildcard --keep-global-symbol='kh_*' $(BUILD)/kaohe_whole.o
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR) rcs $@ $(BUILD)/kaohe_whole.o

$(SHARED_LIB): $(LIB_OBJ)
	@echo '{ global: kh_*; local: *; };' > $(BUILD)/kaohe.map
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -shared -Wl,-soname,libkaohe.so.$(SOMAJOR) -Wl,--version-script=$(BUILD)/kaohe.map \
	    $(if $(findstring sanitize,$(ALL_LDFLAGS)),,-Wl,-z,defs) -o $@ $(LIB_OBJ) $(LIBS) $(LDLIBS)
	@ln -sf $(@F) $(BUILD)/libkaohe.so.$(SOMAJOR)
	@ln -sf $(@F) $(BUILD)/libkaohe.so

# ---- objects ----

# Rebuilds everything when compiler or flags change.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(CLI_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(CLI_CFLAGS)' > $@

$(OBJ)/%.o: %.c $(BUILD)/flags | $(GEN)/parser.tab.h $(GEN)/sonames.h
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(if $(filter cli/%,$<),$(CLI_CFLAGS)) -MMD -MP -c -o $@ $<

$(OBJ)/gen/%.o: $(GEN)/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-sign-compare -Wno-unused-function -MMD -MP -c -o $@ $<

$(GEN)/parser.tab.c $(GEN)/parser.tab.h &: grammar/parser.y
	@mkdir -p $(GEN)
	$(call say,BISON,$<)
	$(Q)$(BISON) -Wall --header=$(GEN)/parser.tab.h -o $(GEN)/parser.tab.c $<

# The names under which the libraries that are loaded late are found, as the linker would note them: SONAME_LIBZIP …
$(GEN)/sonames.h: Makefile
	@mkdir -p $(GEN)
	$(call say,SONAMES,$(LOADED_PACKAGES))
	$(Q)for package in $(LOADED_PACKAGES); do \
	    name=lib$${package#lib}; \
	    file=$$($(CC) $(ALL_LDFLAGS) $$($(PKG_CONFIG) --libs-only-L $$package) -print-file-name=$$name.so); \
	    soname=$$($(OBJDUMP) -p "$$file" | sed -n 's/^ *SONAME *//p'); \
	    test -n "$$soname" || { echo "no shared library of $$package: $$file" >&2; exit 1; }; \
	    echo "#define SONAME_$$(echo $$name | tr a-z A-Z | tr -d 0-9) \"$$soname\""; \
	done > $@

# The scheme that `kaohe new` writes, as strings.
STARTER := $(sort $(wildcard cli/new/*/scheme.kh cli/new/*/data/*.csv))
$(GEN)/starter.inc: $(STARTER)
	@mkdir -p $(GEN)
	$(call say,EMBED,cli/new)
	$(Q)for file in $(STARTER); do \
	    printf '{"%s",\n' "$${file#cli/new/}"; sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' "$$file"; echo '},'; \
	done > $@
$(OBJ)/cli/verb_new.o: $(GEN)/starter.inc

$(GEN)/lexer.c $(GEN)/lexer.h &: grammar/lexer.l $(GEN)/parser.tab.h
	@mkdir -p $(GEN)
	$(call say,FLEX,$<)
	$(Q)$(FLEX) --header-file=$(GEN)/lexer.h -o $(GEN)/lexer.c $<

# ---- tests ----
#
# Each runner prints as its last line `N passed, N failed` (cmocka's own summary will do); tests/record.sh keeps its
# output, shows it if it is red, and never stops the others. The last line of all adds them up.

CHECKS := $(UNIT_SRC:tests/unit/%.c=unit-%) lang roundtrip cli manual results schemes alloc oracle ledger formats hostile threads layers install tour mechanisms reprint reference cover
ifneq ($(VARIANT),release)
CHECKS := $(filter-out install,$(CHECKS))
endif

# Random pairs of scheme and data that `make check` compares, and how many `make oracle` does.
CHECK_PAIRS ?= 3000
N           ?= 100000

CHECKS     += pages editors findings

UNIT_BIN   := $(UNIT_SRC:tests/unit/%.c=$(TEST)/%)
RUNNER_BIN := $(patsubst tests/%.c,$(TEST)/%,$(wildcard tests/lang.c tests/roundtrip.c tests/alloc.c tests/reference.c tests/editors.c))
ORACLE_BIN := $(TEST)/oracle/compare
LEDGER_BIN := $(TEST)/ledger/ledger
FORMATS_BIN := $(TEST)/formats/convert
HOSTILE_BIN := $(TEST)/hostile
YEAR_BIN    := $(TEST)/year-generate $(TEST)/year-direct

jobs = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))

check: deps ## every test; ends with `N passed, N failed`
	@$(MAKE) --no-print-directory $(jobs) check-all

check-all: $(CHECKS:%=$(TEST)/%.result)
	@sh tests/record.sh --sum $^

asan: deps ## every test under the address and undefined-behaviour sanitizers
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
	    $(MAKE) --no-print-directory $(jobs) VARIANT=asan CHECK_PAIRS=300 check-all

tsan: deps ## every test under the thread sanitizer
	@$(MAKE) --no-print-directory $(jobs) VARIANT=tsan CHECK_PAIRS=300 check-all

cov: deps ## every test with coverage; lines executed, file by file
	@$(MAKE) --no-print-directory $(jobs) VARIANT=cov CHECK_PAIRS=300 check-all
	@sh tests/coverage.sh $(LIB_OBJ:build/$(VARIANT)/%=build/cov/%) $(CLI_OBJ:build/$(VARIANT)/%=build/cov/%)

run_test = @mkdir -p $(TEST) && KAOHE=$(CURDIR)/$(BIN)/kaohe BUILD=$(CURDIR)/$(BUILD) VARIANT=$(VARIANT) \
    ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 \
    sh tests/record.sh $@ $(@F:.result=)

$(TEST)/unit-%.result: $(TEST)/% FORCE
	$(run_test) $<
$(TEST)/lang.result: $(TEST)/lang FORCE
	$(run_test) $< tests/lang
$(TEST)/roundtrip.result: $(TEST)/roundtrip FORCE
	$(run_test) $< tests/lang/good/*.kh $(wildcard tests/lang/syntax/*.kh schemes/*/*.kh tests/lang/lint/*.kh tests/lang/regression/*.kh)
$(TEST)/alloc.result: $(TEST)/alloc $(FORMATS_BIN) FORCE
	@sh tests/alloc/others.sh $(FORMATS_BIN) tests/alloc/data $(TEST)/alloc-data
	$(run_test) $< tests/alloc $(TEST)/alloc-data
$(TEST)/cli.result: $(BIN)/kaohe FORCE
	$(run_test) sh tests/cli.sh tests/cli/*.t README.md docs/*.md
$(TEST)/manual.result: $(BIN)/kaohe FORCE
	$(run_test) sh tests/manual.sh README.md docs/*.md
$(TEST)/results.result: $(FORMATS_BIN) $(BIN)/kaohe FORCE
	$(run_test) sh tests/results.sh $<
$(TEST)/schemes.result: $(BIN)/kaohe FORCE
	$(run_test) sh tests/schemes.sh schemes/*/*.kh schemes/*/shared/*.kh
$(TEST)/reprint.result: $(BIN)/kaohe FORCE
	$(run_test) sh tests/reprint.sh $(BIN)/kaohe
$(TEST)/editors.result: $(TEST)/editors FORCE
	$(run_test) sh tests/editors.sh $<
$(TEST)/findings.result: $(BIN)/kaohe FORCE
	$(run_test) sh tests/findings.sh
$(TEST)/pages.result: $(BIN)/kaohe FORCE
	$(run_test) sh tests/pages.sh
$(TEST)/mechanisms.result: FORCE
	$(run_test) sh tests/mechanisms.sh
$(TEST)/tour.result: FORCE
	$(run_test) sh tests/tour.sh
$(TEST)/reference.result: $(TEST)/reference FORCE
	$(run_test) sh tests/reference.sh $<
$(TEST)/oracle.result: $(ORACLE_BIN) FORCE
	$(run_test) $< $(CHECK_PAIRS)
$(TEST)/cover.result: $(ORACLE_BIN) FORCE
	$(run_test) $< --cover 2000
$(TEST)/ledger.result: $(LEDGER_BIN) FORCE
	$(run_test) $< 500
$(TEST)/formats.result: $(FORMATS_BIN) $(BIN)/kaohe FORCE
	$(run_test) sh tests/formats.sh $<
$(TEST)/hostile.result: $(HOSTILE_BIN) $(BIN)/kaohe FORCE
	$(run_test) sh tests/hostile.sh $<
$(TEST)/threads.result: $(YEAR_BIN) $(BIN)/kaohe FORCE
	$(run_test) sh tests/threads.sh $(YEAR_BIN)
$(TEST)/layers.result: $(LAYER_LIBS) $(SHARED_LIB) $(CLI_OBJ) FORCE
	$(run_test) env CC='$(CC)' FLAGS='$(ALL_CFLAGS) $(ALL_LDFLAGS)' LIBS='$(LIBS) $(LDLIBS)' CLI_LIBS='$(CLI_LIBS)' \
	    CLI_OBJ='$(CLI_OBJ)' sh tests/layers.sh
$(TEST)/install.result: $(BIN)/kaohe lib FORCE
	$(run_test) env MAKE='$(MAKE)' CC='$(CC)' PACKAGES='$(PACKAGES)' sh tests/install.sh

reference: need ## writes docs/reference/ and docs/editors/ anew from the .def files
	@$(MAKE) --no-print-directory $(TEST)/reference && BUILD=$(BUILD) sh tests/reference.sh $(TEST)/reference --write
	@$(MAKE) --no-print-directory $(TEST)/editors && BUILD=$(BUILD) sh tests/editors.sh $(TEST)/editors --write

layers: need ## proves by linking that runtime, grammar, compiler and cli build on each other in this order
	@$(MAKE) --no-print-directory $(TEST)/layers.result && cat $(TEST)/layers.log

oracle: need ## N=100000: that many random schemes and data against the independent evaluator
	@$(MAKE) --no-print-directory $(ORACLE_BIN) && $(ORACLE_BIN) $(N)

$(UNIT_BIN): $(TEST)/%: tests/unit/%.c $(LAYER_LIBS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(TEST_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $< $(LAYER_LIBS) $(LIBS) $(LOADED_LIBS) $(TEST_LIBS) $(LDLIBS)
$(BUILD)/bench/large: tests/bench/large.c $(LAYER_LIBS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(TEST_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $< $(LAYER_LIBS) $(LIBS) $(TEST_LIBS) $(LDLIBS)

$(RUNNER_BIN): $(TEST)/%: tests/%.c $(LAYER_LIBS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $< $(LAYER_LIBS) $(LIBS) $(LDLIBS)

# Links the product as a host does, by its kh_* names alone; the parser it shares comes from the layers.
$(ORACLE_BIN): $(ORACLE_SRC:%.c=$(OBJ)/%.o) $(STATIC_LIB) $(GRAMMAR_LIB) $(RUNTIME_LIB)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) $(LDLIBS)

# What explanations are made of, added up; the schemes are the oracle's.
$(LEDGER_BIN): tests/ledger/ledger.c $(patsubst %.c,$(OBJ)/%.o,$(wildcard tests/oracle/gen*.c)) $(LAYER_LIBS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $(filter %.c %.o %.a,$^) $(LIBS) $(LDLIBS)

$(YEAR_BIN): $(TEST)/year-%: tests/bench/year/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -pthread $< -o $@

$(HOSTILE_BIN): tests/hostile.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $< $(LIBS) $(LOADED_LIBS) $(LDLIBS)

# Makes workbooks and the like of folders of CSV.
$(FORMATS_BIN): tests/formats/convert.c $(RUNTIME_LIB) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -o $@ $(filter %.c %.a,$^) $(LIBS) $(LOADED_LIBS) $(LDLIBS)

# BENCH_UNITS="10000 30000 100000" are the sizes; the others are told in tests/bench/bench.sh.
bench: need ## times ./kaohe beside a program written by hand, DuckDB, SQLite and awk; BENCH_UNITS=1000000 for a large run
	@$(MAKE) --no-print-directory programs $(BUILD)/bench/large && BUILD=$(BUILD) CC='$(CC)' sh tests/bench/bench.sh
	@$(BUILD)/bench/large

# ---- a first look ----

demo: deps ## installs what is missing, builds, scores a real scheme
	@$(MAKE) --no-print-directory $(jobs) programs > build/demo.log 2>&1 || { cat build/demo.log; exit 1; }
	@KAOHE=./kaohe OUT=build/demo sh schemes/demo.sh

# ---- what must be there ----

# Debian's package, and the program or library it is wanted for.
NEEDS := flex=flex bison=bison pkg-config=pkg-config libutf8proc-dev=libutf8proc.pc libgmp-dev=gmp.pc \
         libzip-dev=libzip.pc libexpat1-dev=expat.pc libsmartcols-dev=smartcols.pc libxlsxwriter-dev=xlsxwriter.pc \
         libsqlite3-dev=sqlite3.pc libpq-dev=libpq.pc nettle-dev=nettle.pc unzip=unzip sqlite3=sqlite3 libcmocka-dev=cmocka.pc \
         postgresql=/usr/lib/postgresql/*/bin/initdb

define find_missing
missing=; \
for need in $(NEEDS); do \
    package=$${need%%=*}; wanted=$${need#*=}; \
    case $$wanted in \
    /*) set -- $$wanted; test -x "$$1" || missing="$$missing $$package";; \
    *.pc) $(PKG_CONFIG) --exists $${wanted%.pc} 2>/dev/null || missing="$$missing $$package";; \
    *) command -v $$wanted >/dev/null 2>&1 || missing="$$missing $$package";; \
    esac; \
done
endef

need:
	@$(find_missing); missing=$$(echo $$missing | sed 's/ *libcmocka-dev//; s/ *unzip//; s/ *postgresql//'); test -z "$$missing" || { \
	    echo "Missing:$$missing. Type: make deps (or install the packages that hold them)." >&2; exit 1; }

deps: ## installs the Debian packages that are missing; does nothing if none is
	@mkdir -p build
	@$(find_missing); test -n "$$missing" || exit 0; \
	become=; test "$$(id -u)" = 0 || become="sudo -n"; \
	if ! command -v apt-get >/dev/null 2>&1 || { test -n "$$become" && ! $$become true 2>/dev/null; }; then \
	    echo "Missing:$$missing (Debian's names). Please install these packages, then try again." >&2; exit 1; \
	fi; \
	echo "Installing:$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ $$become apt-get -q update && $$become apt-get -qy install --no-install-recommends $$missing; } \
	    > build/deps.log 2>&1 < /dev/null || { cat build/deps.log >&2; exit 1; }

# ---- install ----

install: all ## program, library, header, pkg-config file and manual page under $(DESTDIR)$(PREFIX)
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR) $(DESTDIR)$(MANDIR)/man1
	$(INSTALL) -m 755 $(BIN)/kaohe $(DESTDIR)$(BINDIR)/kaohe
	$(INSTALL) -m 644 compiler/kaohe.h $(DESTDIR)$(INCLUDEDIR)/kaohe.h
	$(INSTALL) -m 644 $(STATIC_LIB) $(DESTDIR)$(LIBDIR)/libkaohe.a
	$(INSTALL) -m 755 $(SHARED_LIB) $(DESTDIR)$(LIBDIR)/libkaohe.so.$(VERSION)
	ln -sf libkaohe.so.$(VERSION) $(DESTDIR)$(LIBDIR)/libkaohe.so.$(SOMAJOR)
	ln -sf libkaohe.so.$(VERSION) $(DESTDIR)$(LIBDIR)/libkaohe.so
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR)' 'includedir=$(INCLUDEDIR)' '' 'Name: kaohe' \
	    'Description: Scores organisations by an assessment scheme, exactly, with a reason for every point' \
	    'Version: $(VERSION)' 'Requires.private: $(PACKAGES)' 'Libs: -L$${libdir} -lkaohe' \
	    'Cflags: -I$${includedir}' > $(DESTDIR)$(LIBDIR)/pkgconfig/kaohe.pc
	$(INSTALL) -m 644 docs/kaohe.1 $(DESTDIR)$(MANDIR)/man1/kaohe.1
	$(INSTALL) -d $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR)
	$(INSTALL) -m 644 docs/editors/kaohe.bash $(DESTDIR)$(BASHDIR)/kaohe
	$(INSTALL) -m 644 docs/editors/_kaohe $(DESTDIR)$(ZSHDIR)/_kaohe

uninstall: ## removes what install put there
	rm -f $(DESTDIR)$(BINDIR)/kaohe $(DESTDIR)$(INCLUDEDIR)/kaohe.h $(DESTDIR)$(MANDIR)/man1/kaohe.1 \
	    $(DESTDIR)$(BASHDIR)/kaohe $(DESTDIR)$(ZSHDIR)/_kaohe \
	    $(DESTDIR)$(LIBDIR)/libkaohe.a $(DESTDIR)$(LIBDIR)/libkaohe.so $(DESTDIR)$(LIBDIR)/libkaohe.so.$(SOMAJOR) \
	    $(DESTDIR)$(LIBDIR)/libkaohe.so.$(VERSION) $(DESTDIR)$(LIBDIR)/pkgconfig/kaohe.pc

# ---- the rest ----

clean: ## removes build/ and ./kaohe
	rm -rf build kaohe

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | \
	    while IFS='	' read -r target words; do printf '  make %-10s %s\n' "$$target" "$$words"; done

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_BIN:=.d) $(RUNNER_BIN:=.d) $(LEDGER_BIN:=.d) $(FORMATS_BIN:=.d) $(HOSTILE_BIN:=.d) $(ORACLE_SRC:%.c=$(OBJ)/%.d)
