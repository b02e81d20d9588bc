# SPDX-License-Identifier: MulanPSL-2.0
# Builds everything, non-recursively: sources are found by wildcard, so a new module edits no build file.
# Not here: what to install (tools/deps/debian.txt) and how to run the tests (tests/harness/run); ./dev calls both.
#
#   make              build/huotang
#   make tests        build/tests/<path>_test, one program for each *_test.c
#   make fuzz bench   build/fuzz/<name>_fuzz (needs CC=clang SAN=fuzzer), build/bench/<name>
#   make static       second opinions on each file: gcc -fanalyzer, clang-tidy, cppcheck
#   make SAN=address,undefined | SAN=undefined | SAN=thread | SAN=coverage    variants, each in its own
#                     folder below build/

ifeq ($(origin CC),default)
CC := gcc
endif
comma := ,
VARIANT := $(if $(SAN),/$(firstword $(patsubst address$(comma)undefined,asan,$(SAN:thread=tsan))))
VARIANT := $(VARIANT:/undefined=/ubsan)
BUILD ?= build$(VARIANT)
# Sanitizers and -O1 blur what gcc can prove, so its warnings stop only the plain build.
WERROR ?= $(if $(SAN),-Wno-format-truncation -Wno-maybe-uninitialized,-Werror)
MAKEFLAGS += --no-builtin-rules --output-sync=target
.DELETE_ON_ERROR:
.SECONDARY:

# ---- what there is -------------------------------------------------------------------------------------------------

# What is fuzzed lies in platform and the tools, so SAN=fuzzer builds no more than that.
LAYERS  := platform $(if $(filter fuzzer,$(SAN)),,modules)
PARTS   := $(wildcard $(addsuffix /*,$(LAYERS)))
SOURCES := $(sort $(wildcard $(addsuffix /*.c,$(LAYERS) $(PARTS)) $(if $(filter modules,$(LAYERS)),server/*.c)))
TESTED  := $(wildcard $(addsuffix /tests/*.c,$(PARTS)) $(if $(filter modules,$(LAYERS)),server/tests/*.c tools/*/tests/*.c tests/*/*.c,tests/fuzz/*.c))
TESTS   := $(sort $(filter %_test.c,$(TESTED)))
SUPPORT := $(sort $(filter-out %_test.c %_fuzz.c tests/bench/%,$(TESTED)))
TOOLS   := $(sort $(patsubst tools/%/,%,$(dir $(wildcard tools/*/*.c))))
VIEWS   := $(sort $(wildcard $(addsuffix /views/*.html,$(PARTS))))
FOLDERS := $(sort $(foreach v,$(VIEWS),$(word 2,$(subst /, ,$v))))
LOCKS   := $(wildcard tests/package-lock.json tests/*/package-lock.json)
UI      := $(if $(wildcard ui/package.json),$(BUILD)/ui/manifest.json)
EMBED   := $(if $(filter embed,$(TOOLS)),$(BUILD)/gen/embed.c)
EMBEDDED := $(sort $(wildcard $(addsuffix /schema/*.sql,$(PARTS)) $(addsuffix /text/*.txt,$(PARTS)) text/*.txt server/text/*.txt) \
              $(shell find seed -type f 2>/dev/null))

object   = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
view_c   = $(foreach v,$(1),$(BUILD)/gen/views/$(word 2,$(subst /, ,$v))/$(basename $(notdir $v)).c)
VIEW_C  := $(call view_c,$(VIEWS))
VIEW_H  := $(FOLDERS:%=$(BUILD)/gen/views/%.h)
GEN_O   := $(patsubst $(BUILD)/%.c,$(BUILD)/obj/%.o,$(VIEW_C) $(EMBED))
LIB_O   := $(call object,$(filter-out server/main.c,$(SOURCES))) $(GEN_O)
BASE_O  := $(call object,$(wildcard platform/base/*.c))
TEST_BIN := $(TESTS:%.c=$(BUILD)/tests/%)
FUZZ_BIN := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
BENCH_BIN := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(filter-out %/trace_statements.c,$(wildcard tests/bench/*.c)))

# ---- how it is compiled --------------------------------------------------------------------------------------------

PACKAGES := libmicrohttpd jansson libsodium liboath sqlite3 libpq pangocairo cairo-pdf fontconfig harfbuzz-subset libzip expat libjpeg libpng libwebp \
            libqrencode libcurl libcrypto zlib libseccomp libarchive
# as system headers: what is in them is not ours to be warned of (glib calls a parameter str)
PC_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
# libxlsxwriter by hand: its description wants minizip on Debian 13, whose zip.h would hide libzip's; liblinear has none
LDLIBS    := -lxlsxwriter -llinear $(shell pkg-config --libs $(PACKAGES)) -lpthread -lm
CLANG     := $(findstring clang,$(CC))
# clang up to 16 wants to be asked for [[nodiscard]] in C11, later ones refuse the question. $(1): clang or clang-tidy
brackets  = -Wno-c2x-extensions $(shell $(1) --version 2>/dev/null | grep -qE 'version 1[0-6]\.' && echo -fdouble-square-bracket-attributes)
X86       := $(filter x86_64 i686,$(shell uname -m))

# lines are enough for what a sanitizer reports; whole debug information costs a quarter of the build
CFLAGS := -std=gnu11 $(if $(SAN),-g1,-g) -fPIE -fno-common -fstack-protector-strong -ffile-prefix-map=$(CURDIR)=. \
          -Wall -Wextra -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes $(WERROR) \
          $(if $(X86),-fcf-protection) $(if $(CLANG),$(call brackets,$(CC)))
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack
ifeq ($(SAN),)
CFLAGS += -O2 -D_FORTIFY_SOURCE=2
else ifeq ($(SAN),fuzzer)
CFLAGS += -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS += -fsanitize=address,undefined
else ifeq ($(SAN),coverage)
CFLAGS += -O0 --coverage -fprofile-update=atomic
LDFLAGS += --coverage
else
CFLAGS += -O1 -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all
LDFLAGS += -fsanitize=$(SAN)
endif
CFLAGS += $(EXTRA_CFLAGS)
CPPFLAGS := -I. -I$(BUILD)/gen -D_GNU_SOURCE $(PC_CFLAGS)

# Banned functions are banned in all product code outside base; tests and build tools may use the C library, and the headers of
# libxlsxwriter and libjpeg name strncpy in macros.
banned = $(if $(filter platform/base/% platform/docs/docs_xlsx.c platform/files/photo_jpeg.c tools/% tests/% $(BUILD)/% ,$<)$(findstring /tests/,$<),,-include platform/base/banned.h)
# A test runs once: optimizing it costs more than it saves. What is measured (bench) and what is fuzzed is compiled as the house is.
once = $(if $(filter fuzzer coverage,$(SAN))$(filter tests/bench/% tests/fuzz/%,$<),,$(if $(filter tests/%,$<)$(findstring /tests/,$<),-O0 -U_FORTIFY_SOURCE))
compile = @mkdir -p $(@D) && $(CC) $(CFLAGS) $(once) $(CPPFLAGS) $(banned) -MMD -MP -c -o $@ $<
link    = @mkdir -p $(@D) && $(CC) $(LDFLAGS) $(QUICK) -o $@ $(filter %.o %.a,$^)
# Hundreds of test programs: lld takes a third of the time, and without debug information a plain one is a third as large. It stays
# in the objects (for a debugger: make QUICK= …). The house itself is linked as it ships.
$(BUILD)/tests/% $(BUILD)/mutation/tests/%: private QUICK := $(if $(SAN),,-Wl,--strip-debug) $(if $(shell command -v ld.lld),-fuse-ld=lld)

# ---- targets -------------------------------------------------------------------------------------------------------

.PHONY: all tests fuzz bench static journeys tools lib clean FORCE
all: $(if $(wildcard server/main.c),$(BUILD)/huotang,lib tools)
lib: $(BUILD)/libhuotang.a
tests: all tools $(TEST_BIN)
fuzz: $(FUZZ_BIN)
bench: all $(BENCH_BIN) $(BUILD)/bench/trace.so $(BUILD)/tests/platform/docs/tests/docs_pdf_test
journeys: $(LOCKS:%/package-lock.json=%/node_modules/.package-lock.json)
tools: $(TOOLS:%=$(BUILD)/tools/%)
static: TIDY_FLAGS := $(call brackets,clang-tidy)
static: $(SOURCES:%.c=$(BUILD)/static/%.ok)
clean:
	rm -rf build

$(BUILD)/huotang: $(BUILD)/obj/server/main.o $(BUILD)/libhuotang.a
	$(link) $(LDLIBS)

$(BUILD)/libhuotang.a: $(LIB_O)
	@mkdir -p $(@D) && rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/libtests.a: $(call object,$(SUPPORT))
	@mkdir -p $(@D) && rm -f $@ && $(AR) rcs $@ $^

# A test is linked with the helpers beside it and may use those of others in libtests.a; a test or fuzz target of a tool is linked
# with those files of the tool that hold no main().
.SECONDEXPANSION:
helpers = $(call object,$(filter-out %_test.c,$(wildcard $(dir $(1))*.c)))
tool_c  = $(wildcard tools/$(firstword $(subst /, ,$(1)))/*.c)
no_main = $(if $(1),$(shell grep -L '^int main\>' $(1)))
fuzzed_o = $(call object,$(call no_main,$(call tool_c,$(patsubst %_fuzz,%,$(1)))))
$(BUILD)/tests/tools/%: $(BUILD)/obj/tools/%.o $$(call helpers,tools/$$*) $$(call object,$$(call no_main,$$(call tool_c,$$*))) $(BUILD)/libtests.a $(BUILD)/libhuotang.a
	$(link) -lcmocka $(LDLIBS)
$(BUILD)/tests/%: $(BUILD)/obj/%.o $$(call helpers,$$*) $(BUILD)/libtests.a $(BUILD)/libhuotang.a
	$(link) -lcmocka $(LDLIBS)
# Houses with one broken rule at a time: the rule files as tests/prove/mutation.py wrote them stand before the library.
MUTATED = $(patsubst $(BUILD)/mutation/src/%.c,$(BUILD)/mutation/obj/%.o,$(shell find $(BUILD)/mutation/src -name '*.c' 2>/dev/null))
$(BUILD)/mutation/obj/%.o: $(BUILD)/mutation/src/%.c $(BUILD)/flags
	@mkdir -p $(@D) && $(CC) $(CFLAGS) $(CPPFLAGS) -w -O0 -g0 -U_FORTIFY_SOURCE -include tests/prove/mutants.h -MMD -MP -c -o $@ $<
$(BUILD)/mutation/tests/%: $(BUILD)/obj/%.o $$(MUTATED) $$(call helpers,$$*) $(BUILD)/libtests.a $(BUILD)/libhuotang.a
	$(link) -Wl,--strip-debug,--wrap=_cmocka_run_group_tests -lcmocka $(LDLIBS)
$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $$(call fuzzed_o,$$*) $(BUILD)/libtests.a $(BUILD)/libhuotang.a
	$(link) -fsanitize=fuzzer -lcmocka $(LDLIBS)
$(BUILD)/bench/trace.so: tests/bench/trace_statements.c
	@mkdir -p $(@D) && $(CC) -O2 -shared -fPIC -o $@ $< -lsqlite3
$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(BUILD)/libhuotang.a
	$(link) $(LDLIBS)
$(BUILD)/tools/%: $$(call object,$$(call tool_c,$$*)) $(BASE_O)
	$(link)

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags
	$(compile)
$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	$(compile)

# Whatever includes a made header waits for it once; afterwards the .d files know better.
$(filter-out $(BASE_O),$(LIB_O)) $(call object,server/main.c $(TESTED)): | $(VIEW_H) $(EMBED) $(BUILD)/gen/version.h

# A change of compiler or flags rebuilds; the same flags leave the file untouched.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D) && echo '$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS)' > $@
VERSION := $(shell cat VERSION 2>/dev/null || git describe --tags --always --dirty 2>/dev/null || echo unknown)
$(BUILD)/gen/version.h: FORCE
	@mkdir -p $(@D) && echo '#define HUOTANG_VERSION "$(VERSION)"' | cmp -s - $@ || echo '#define HUOTANG_VERSION "$(VERSION)"' > $@

# Runs when the object is newer, that is when the file or one of its headers changed. Left out because they cry wolf: the analyzer
# of gcc 12 on members of structs returned by value (clang looks for null pointers), cppcheck on offsets taken from a null pointer and on compound literals and their order.
$(BUILD)/static/%.ok: %.c $(BUILD)/obj/%.o
	@mkdir -p $(@D)
	@gcc $(CFLAGS) $(CPPFLAGS) $(banned) -O1 -g0 -fanalyzer -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-null-dereference -S -o /dev/null $<
	@clang-tidy --quiet $< -- -std=gnu11 $(TIDY_FLAGS) $(CPPFLAGS) $(banned) -Xclang -analyzer-config -Xclang max-nodes=20000 2>/dev/null
	@cppcheck -q --suppress=normalCheckLevelMaxBranches --suppress=nullPointer --suppress=internalAstError --suppress=legacyUninitvar --enable=warning,portability,performance --inline-suppr --error-exitcode=1 -I. $<
	@touch $@

# ---- views, interface, embedded files ------------------------------------------------------------------------------

# Leaks of a short-lived build tool harm nobody; without this a sanitized tool would stop the build.
export ASAN_OPTIONS ?= detect_leaks=0
TMPLC := $(BUILD)/tools/tmplc

define view_folder
$(BUILD)/gen/views/$(1).h: $(filter platform/$(1)/% modules/$(1)/%,$(VIEWS)) $(TMPLC) $(BUILD)/gen/viewed
	@mkdir -p $$(@D) && $(TMPLC) --header $$@ $$(filter %.html,$$^)
$(BUILD)/gen/views/$(1)/%.c: $(firstword $(wildcard modules/$(1)/views platform/$(1)/views))/%.html $(TMPLC)
	@mkdir -p $$(@D) && $(TMPLC) --source $$@ $$<
endef
$(foreach f,$(FOLDERS),$(eval $(call view_folder,$f)))
# A view that is gone leaves the header of its folder.
$(BUILD)/gen/viewed: FORCE
	@mkdir -p $(@D) && echo '$(VIEWS)' | cmp -s - $@ || echo '$(VIEWS)' > $@

%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json
$(BUILD)/ui/manifest.json: $(shell find ui tools/ui -type f -not -path '*/node_modules/*' 2>/dev/null) ui/node_modules/.package-lock.json
	@mkdir -p $(@D) && node tools/ui/build.mjs $(@D)

$(BUILD)/gen/embed.c: $(BUILD)/tools/embed $(UI) $(EMBEDDED) $(BUILD)/gen/embedded
	@mkdir -p $(@D) && $(BUILD)/tools/embed $(BUILD)/gen $(BUILD)/ui && touch $@
$(BUILD)/gen/embedded: FORCE
	@mkdir -p $(@D) && echo '$(EMBEDDED)' | cmp -s - $@ || echo '$(EMBEDDED)' > $@

-include $(shell find $(BUILD)/obj $(BUILD)/mutation -name '*.d' 2>/dev/null)
