# banthuek: `make help` lists what can be made. Everything made goes below build/.
MAKEFLAGS += --no-builtin-rules
SHELL = /bin/bash
.SECONDARY:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VERSION := 0.1.0
# the version of the shared libraries' interface
SOVERSION := 0
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
DESTDIR ?=
B ?= build
CC = gcc
CLANG ?= clang
ALL_ROOMS := base thai value sheet schema image check form doc text tmpl layout pdf pdfin renew engine inspect pki changes sign archive paper
# rooms to build; naming fewer is for working on one of them
ROOMS ?= $(ALL_ROOMS)
# those of the second library, which reads PDFs and stands on the first; of the third, on both; of the fourth, on all three; of
# the fifth, on all
PDF_ROOMS := pdfin inspect
SIGN_ROOMS := pki changes sign
ARCHIVE_ROOMS := archive
PAPER_ROOMS := paper
LIBRARIES := banthuek-paper banthuek-archive banthuek-sign banthuek-pdf banthuek
# from the files for pkg-config to the prefix, so that an installation can be moved
UP = $(shell realpath -m --relative-to=$(LIBDIR)/pkgconfig $(PREFIX))
FUZZ_S ?= 20
EMBLEM ?= $(or $(BANTHUEK_EMBLEM),$(wildcard $(or $(BANTHUEK_SHARED),../shared)/emblem/garuda.svg))
TEXTS ?= $(wildcard $(if $(BANTHUEK_SHARED),$(BANTHUEK_SHARED),../shared)/thai/*.conllu)
PROSE ?= $(wildcard $(if $(BANTHUEK_SHARED),$(BANTHUEK_SHARED),../shared)/thai/official-breaks.txt)

PKGS := libcrypto icu-uc yaml-0.1 expat libpng libjpeg harfbuzz harfbuzz-subset freetype2 fontconfig libdeflate libqrencode
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) $(PAPER_PKGS) libzip)
# the file that is opened when a workbook is read
ZIP_SONAME = $(shell objdump -p $$($(CC) -print-file-name=libzip.so) | awk '$$1 == "SONAME" {print $$2}')
PKG_LIBS = $(shell pkg-config --libs $(PKGS)) -lhpdf -lm
# what reading PDFs needs besides; libqpdf brings a C++ library and two of cryptography, so only
# programs that do read PDFs are linked with it
PDF_PKGS := libqpdf zlib expat
PDFIN_LIBS = -Wl,--as-needed $(shell pkg-config --libs $(PDF_PKGS))
# what signing needs besides: keys on cards and tokens
SIGN_PKGS := libp11
SIGN_LIBS = -Wl,--as-needed $(shell pkg-config --libs $(SIGN_PKGS))
# what the archive needs besides: its store
ARCHIVE_PKGS := sqlite3
ARCHIVE_LIBS = -Wl,--as-needed $(shell pkg-config --libs $(ARCHIVE_PKGS))
# what scans and printers need besides: codes on pages, and images as office machines make them
PAPER_PKGS := zbar libtiff-4 libopenjp2
PAPER_LIBS = -Wl,--as-needed $(shell pkg-config --libs $(PAPER_PKGS)) -lcups

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
  -Wwrite-strings -Wvla -Wformat=2 -Wundef
DEFS := -D_GNU_SOURCE -DBANTHUEK_VERSION='"$(VERSION)"'
OPT ?= -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
# the same objects make archives and shared libraries; none of their functions is to be replaced
PIC := -fPIC -fno-semantic-interposition
ALL_CFLAGS = -std=c11 $(OPT) $(PIC) $(WARN) $(DEFS) -Isrc $(PKG_CFLAGS) $(CFLAGS)

objects_of = $(patsubst src/%.c,$(B)/obj/%.o,$(foreach r,$(1),$(wildcard src/$(r)/*.c)))
LIB_OBJ := $(call objects_of,$(filter-out $(PDF_ROOMS) $(SIGN_ROOMS) $(ARCHIVE_ROOMS) $(PAPER_ROOMS),$(ROOMS))) $(B)/obj/thai/words_table.o
PDFLIB_OBJ := $(call objects_of,$(filter $(PDF_ROOMS),$(ROOMS)))
SIGNLIB_OBJ := $(call objects_of,$(filter $(SIGN_ROOMS),$(ROOMS)))
ARCHIVELIB_OBJ := $(call objects_of,$(filter $(ARCHIVE_ROOMS),$(ROOMS)))
PAPERLIB_OBJ := $(call objects_of,$(filter $(PAPER_ROOMS),$(ROOMS)))
# all with all names as they are written: for the command, and for what tests and measures
INTERNAL := $(B)/obj/internal.a
WORD_LISTS := $(addprefix src/thai/data/,words.tsv finer.tsv places.tsv terms.tsv)
CLI_OBJ := $(patsubst src/%.c,$(B)/obj/%.o,$(wildcard src/cli/*.c))
# what reads PDFs is a program of its own, what signs them, keeps them, and has to do with paper: banthuek starts them by name
PDF_OBJ := $(filter $(B)/obj/cli/pdf_%,$(CLI_OBJ))
SIGN_OBJ := $(filter $(B)/obj/cli/sign_%,$(CLI_OBJ))
ARCHIVE_OBJ := $(filter $(B)/obj/cli/archive_%,$(CLI_OBJ))
PAPER_OBJ := $(filter $(B)/obj/cli/paper_%,$(CLI_OBJ))
MAIN_OBJ := $(filter-out $(PDF_OBJ) $(SIGN_OBJ) $(ARCHIVE_OBJ) $(PAPER_OBJ),$(CLI_OBJ))
# every test is of a room, and every fuzz target has seeds: one that has not would be passed over
STRAY := $(filter-out $(foreach r,$(ALL_ROOMS),tests/unit/$(r)_%.c tests/fuzz/$(r)_%.c tests/golden/$(r)-%) tests/golden/cli-%, \
  $(wildcard tests/unit/*.c tests/fuzz/*.c tests/golden/*))
SEEDLESS := $(strip $(foreach f,$(wildcard tests/fuzz/*.c),$(if $(wildcard $(f:tests/fuzz/%.c=tests/fuzz/seeds/%/*)),,$(f))))
ifneq ($(STRAY)$(SEEDLESS),)
$(error $(if $(STRAY),of no room: $(STRAY)) $(if $(SEEDLESS),without seeds: $(SEEDLESS)))
endif
UNIT_SRC := $(foreach r,$(ROOMS),$(wildcard tests/unit/$(r)_*.c))
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(B)/unit/%)
FUZZ_SRC := $(foreach r,$(ROOMS),$(wildcard tests/fuzz/$(r)_*.c))
BENCH_BIN := $(B)/bench/breaks $(B)/bench/lines
FUZZ_BIN := $(FUZZ_SRC:tests/fuzz/%.c=$(B)/fuzz/%)

BUILD_PACKAGES := gcc libc6-dev pkg-config libssl-dev libicu-dev libyaml-dev libzip-dev libexpat1-dev libpng-dev \
  libjpeg62-turbo-dev libharfbuzz-dev libfreetype-dev libfontconfig-dev libdeflate-dev libhpdf-dev libqrencode-dev \
  libqpdf-dev zlib1g-dev libp11-dev libsqlite3-dev libzbar-dev libtiff-dev libopenjp2-7-dev libcups2-dev fonts-tlwg-laksaman-ttf
TEST_PACKAGES := g++ libcmocka-dev libxlsxwriter-dev poppler-utils mupdf-tools qpdf python3-venv python3-yaml python3-fonttools \
  fonts-tlwg-laksaman-otf jbig2dec zbar-tools imagemagick strace mandoc openjdk-17-jre-headless openssl softhsm2 opensc \
  cups-daemon cups-ipp-utils dbus-daemon

# ---- for people

.PHONY: help
help: ## list what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: setup-build ## install what is missing, build, make the sample report
	@$(MAKE) --no-print-directory -j$$(nproc) program
	@$(B)/banthuek render samples/ita-2566 -o $(B)/ita-2566.pdf
	@echo "$(B)/ita-2566.pdf"

.PHONY: test
test: setup-build setup-test ## run all tests
	@$(MAKE) --no-print-directory -j$$(nproc) program libraries units
	@tests/run $(B)

.PHONY: test-long
test-long: test ## what takes longer than five minutes
	@tests/run-long $(B)

.PHONY: pictures
pictures: program ## a PNG of every page of every sample, in build/pictures
	@tests/pictures $(B)

.PHONY: demo-sign
demo-sign: setup-build ## sign the sample by four people, with certificates made for it, in build/demo-sign
	@tests/install-packages openssl softhsm2 opensc poppler-utils python3
	@$(MAKE) --no-print-directory -j$$(nproc) program
	@tests/demo-sign $(B) $(B)/demo-sign

.PHONY: lint
lint: ## clang-format and clang-tidy
	@tests/install-packages clang-format clang-tidy
	@clang-format --dry-run -Werror $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')
	@git ls-files 'src/*.c' | xargs -P$$(nproc) -I{} clang-tidy --quiet {} -- \
	  -std=c11 $(DEFS) -DBANTHUEK_DATADIR='""' -DZIP_SONAME='""' -Isrc $(PKG_CFLAGS)

.PHONY: check-asan
check-asan: setup-build setup-test ## the tests under AddressSanitizer and UBSan
	@export OPT="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined" && \
	  $(MAKE) --no-print-directory -j$$(nproc) B=build/asan program libraries units && tests/run build/asan

.PHONY: fuzz
fuzz: setup-build ## run every fuzz target for FUZZ_S seconds (default 20)
	@tests/install-packages clang libclang-rt-14-dev
	@$(MAKE) --no-print-directory -j$$(nproc) B=build/fuzz CC=$(CLANG) OPT="-O1 -g -fno-omit-frame-pointer \
	  -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined" fuzzers
	@tests/run-fuzz build/fuzz $(FUZZ_S)

.PHONY: bench
bench: setup-build ## measure time, memory and sizes of documents beside Typst (RUNS=1: quick; PEERS=all: more)
	@tests/install-packages poppler-utils python3-venv openssl softhsm2 opensc
	@tests/install-python build/typst tests/bench/requirements.txt
	@[ "$(PEERS)" != all ] || tests/bench/install-peers build/weasyprint
	@$(MAKE) --no-print-directory -j$$(nproc) program $(B)/bench/memos $(B)/bench/run
	@tests/bench/bench.py $(B) build/typst $(EMBLEM)

.PHONY: bench-archive
bench-archive: setup-build ## measure the archive beside SQLite by hand, with goals (N=83000: ten times as many)
	@$(MAKE) --no-print-directory -j$$(nproc) program $(B)/bench/archive $(B)/bench/run
	@tests/bench/archive.py $(B)

.PHONY: bench-lines
bench-lines: setup-build ## measure break places and lines on TEXTS (CoNLL-U) and PROSE (marked)
	@tests/install-packages libthai-dev
	@$(MAKE) --no-print-directory -j$$(nproc) benches
	@$(B)/bench/breaks $(TEXTS) $(PROSE)
	@$(B)/bench/lines $(TEXTS)

.PHONY: install
install: program libraries ## install below PREFIX (default /usr/local)
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin include libexec/banthuek share/man/man1 share/banthuek/fonts) $(DESTDIR)$(LIBDIR)/pkgconfig
	install -m 755 $(B)/banthuek $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $(addprefix $(B)/libexec/banthuek-,pdf sign archive paper) $(DESTDIR)$(PREFIX)/libexec/banthuek/
	install -m 644 $(LIBRARIES:%=$(B)/lib%.a) $(DESTDIR)$(LIBDIR)/
	install -m 755 $(LIBRARIES:%=$(B)/lib%.so.$(SOVERSION)) $(DESTDIR)$(LIBDIR)/
	cp -P $(LIBRARIES:%=$(B)/lib%.so) $(DESTDIR)$(LIBDIR)/
	install -m 644 $(LIBRARIES:%=src/%.h) $(DESTDIR)$(PREFIX)/include/
	for l in $(LIBRARIES); do sed 's|@PREFIX@|$(UP)|; s|@VERSION@|$(VERSION)|; s|@PKGS@|$(PKGS)|; s|@PDF_PKGS@|$(PDF_PKGS)|; s|@SIGN_PKGS@|$(SIGN_PKGS)|; s|@ARCHIVE_PKGS@|$(ARCHIVE_PKGS)|; s|@PAPER_PKGS@|$(PAPER_PKGS)|' \
	  src/$$l.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/$$l.pc || exit 1; done
	install -m 644 src/cli/banthuek.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 src/cli/*.schema.json $(DESTDIR)$(PREFIX)/share/banthuek/
	cp -R templates samples $(DESTDIR)$(PREFIX)/share/banthuek/
	install -m 644 fonts/README.md $(DESTDIR)$(PREFIX)/share/banthuek/fonts/

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/banthuek $(LIBRARIES:%=include/%.h) share/man/man1/banthuek.1) \
	  $(foreach l,$(LIBRARIES),$(addprefix $(DESTDIR)$(LIBDIR)/lib$(l),.a .so .so.$(SOVERSION)) $(DESTDIR)$(LIBDIR)/pkgconfig/$(l).pc)
	rm -rf $(DESTDIR)$(PREFIX)/share/banthuek $(DESTDIR)$(PREFIX)/libexec/banthuek

.PHONY: clean
clean: ## remove what was built (downloads stay)
	rm -rf build/obj build/unit build/tools build/asan build/tsan build/fuzz build/banthuek build/libexec build/lib*.* build/words* build/bench build/pictures \
	  build/*.pdf

# ---- steps

.PHONY: setup-build setup-test program libraries units benches fuzzers always print-cflags print-libs print-flags
print-libs:
	@echo $(PKG_LIBS)

print-cflags:
	@echo "$(subst ",\",$(ALL_CFLAGS))"

# what a program that uses the library is compiled with
print-flags:
	@echo -Isrc $(LIBRARIES:%=$(B)/lib%.a) $(PAPER_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) $(PKG_LIBS)

setup-build:
	@tests/install-packages $(BUILD_PACKAGES)

setup-test:
	@tests/install-packages $(TEST_PACKAGES)
	@tests/install-python build/python
	@tests/install-verapdf build/verapdf

program: $(B)/banthuek $(addprefix $(B)/libexec/banthuek-,pdf sign archive paper)

libraries: $(foreach l,$(LIBRARIES),$(B)/lib$(l).a $(B)/lib$(l).so)

units: $(UNIT_BIN) $(B)/random/reports $(B)/tools/fill-fields $(B)/tools/check-archive $(B)/tools/bind-scan $(B)/tools/scan-codes

benches: $(BENCH_BIN)

fuzzers: $(FUZZ_BIN)

# files that change when what they hold does, so that objects follow their flags and the prefix
FLAGS = $(OPT) $(PIC) $(CFLAGS)
$(B)/obj/FLAGS $(B)/obj/PREFIX: always
	@mkdir -p $(@D)
	@cmp -s $@ - <<<'$(subst ','\'',$($(@F)))' || cat >$@ <<<'$(subst ','\'',$($(@F)))'

$(B)/obj/%.o: src/%.c $(B)/obj/FLAGS
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# the one object that knows where it is installed
$(B)/obj/engine/places.o: DEFS += -DBANTHUEK_DATADIR='"$(PREFIX)/share/banthuek"'
$(B)/obj/engine/places.o: $(B)/obj/PREFIX

$(B)/obj/sheet/unzip.o: DEFS += -DZIP_SONAME='"$(ZIP_SONAME)"'

# the table of Thai words: made by a small program, which needs no more than a compiler
$(B)/words-compile: src/thai/data/compile.c src/thai/words_table.h
	@mkdir -p $(@D)
	@$(CC) -std=c11 -O2 $(WARN) -Isrc $< -o $@

$(B)/words_table.c: $(B)/words-compile $(WORD_LISTS)
	@$< $(WORD_LISTS) >$@

$(B)/obj/thai/words_table.o: $(B)/words_table.c $(B)/obj/FLAGS
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -c $< -o $@

$(INTERNAL): $(LIB_OBJ) $(PDFLIB_OBJ) $(SIGNLIB_OBJ) $(ARCHIVELIB_OBJ) $(PAPERLIB_OBJ)
	@rm -f $@
	@ar rcs $@ $^

# ---- the libraries: in them every global name that is not the header's begins with banthuek__

$(B)/obj/private-names: $(LIB_OBJ) $(PDFLIB_OBJ) $(SIGNLIB_OBJ) $(ARCHIVELIB_OBJ) $(PAPERLIB_OBJ)
	@nm -g --defined-only $^ | awk '$$2 ~ /[BDRT]/ && $$3 !~ /^banthuek_/ {print $$3, "banthuek__" $$3}' | sort -u >$@

$(B)/libbanthuek.a: $(LIB_OBJ) $(B)/obj/private-names
$(B)/libbanthuek-pdf.a: $(PDFLIB_OBJ) $(B)/obj/private-names
$(B)/libbanthuek-sign.a: $(SIGNLIB_OBJ) $(B)/obj/private-names
$(B)/libbanthuek-archive.a: $(ARCHIVELIB_OBJ) $(B)/obj/private-names
$(B)/libbanthuek-paper.a: $(PAPERLIB_OBJ) $(B)/obj/private-names
$(B)/%.a:
	@rm -f $@
	@ar rcs $@ $(filter %.o,$^)
	@objcopy --redefine-syms=$(B)/obj/private-names $@

global_of = { echo 'BANTHUEK_$(SOVERSION) { global:'; sed 's/.*/  &;/' src/$(1).sym; echo '  local: *; };'; }

# What the shared libraries show: the header's functions, and of the private ones those that a
# library above needs.
needed_of = comm -12 <(nm -g --defined-only $(1) | awk '{print $$3}' | sort -u) <(nm -u $(2) | awk '{print $$2}' | sort -u)
private_of = $(needed_of) | sed -n 's/^banthuek__.*/  &;/p' | sed '1i BANTHUEK_PRIVATE_$(VERSION) { global:' | sed '$$a };'

$(B)/obj/libbanthuek.map: src/banthuek.sym $(LIBRARIES:%=$(B)/lib%.a)
	@{ $(call global_of,banthuek); $(call private_of,$(B)/libbanthuek.a,$(addprefix $(B)/libbanthuek-,pdf.a sign.a archive.a paper.a)); } >$@

$(B)/obj/libbanthuek-pdf.map: src/banthuek-pdf.sym $(addprefix $(B)/libbanthuek-,pdf.a sign.a archive.a paper.a)
	@{ $(call global_of,banthuek-pdf); $(call private_of,$(B)/libbanthuek-pdf.a,$(addprefix $(B)/libbanthuek-,sign.a archive.a paper.a)); } >$@

$(B)/obj/libbanthuek-sign.map: src/banthuek-sign.sym $(addprefix $(B)/libbanthuek-,sign.a archive.a paper.a)
	@{ $(call global_of,banthuek-sign); $(call private_of,$(B)/libbanthuek-sign.a,$(addprefix $(B)/libbanthuek-,archive.a paper.a)); } >$@

$(B)/obj/libbanthuek-archive.map: src/banthuek-archive.sym $(addprefix $(B)/libbanthuek-,archive.a paper.a)
	@{ $(call global_of,banthuek-archive); $(call private_of,$(B)/libbanthuek-archive.a,$(B)/libbanthuek-paper.a); } >$@

$(B)/obj/libbanthuek-paper.map: src/banthuek-paper.sym
	@$(call global_of,banthuek-paper) >$@

$(B)/libbanthuek.so.$(SOVERSION): $(B)/libbanthuek.a $(B)/obj/libbanthuek.map
	$(LINK_SHARED) $(PKG_LIBS) $(LDFLAGS) -o $@

$(B)/libbanthuek-pdf.so.$(SOVERSION): $(B)/libbanthuek-pdf.a $(B)/obj/libbanthuek-pdf.map $(B)/libbanthuek.so.$(SOVERSION)
	$(LINK_SHARED) $(filter %.so.$(SOVERSION),$^) $(PDFIN_LIBS) $(PKG_LIBS) $(LDFLAGS) -o $@

$(B)/libbanthuek-sign.so.$(SOVERSION): $(B)/libbanthuek-sign.a $(B)/obj/libbanthuek-sign.map $(B)/libbanthuek-pdf.so.$(SOVERSION) \
  $(B)/libbanthuek.so.$(SOVERSION)
	$(LINK_SHARED) $(filter %.so.$(SOVERSION),$^) $(SIGN_LIBS) $(PDFIN_LIBS) $(PKG_LIBS) $(LDFLAGS) -o $@

$(B)/libbanthuek-archive.so.$(SOVERSION): $(B)/libbanthuek-archive.a $(B)/obj/libbanthuek-archive.map $(B)/libbanthuek-sign.so.$(SOVERSION) \
  $(B)/libbanthuek-pdf.so.$(SOVERSION) $(B)/libbanthuek.so.$(SOVERSION)
	$(LINK_SHARED) $(filter %.so.$(SOVERSION),$^) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) $(PKG_LIBS) $(LDFLAGS) -o $@

$(B)/libbanthuek-paper.so.$(SOVERSION): $(B)/libbanthuek-paper.a $(B)/obj/libbanthuek-paper.map $(B)/libbanthuek-archive.so.$(SOVERSION) \
  $(B)/libbanthuek-sign.so.$(SOVERSION) $(B)/libbanthuek-pdf.so.$(SOVERSION) $(B)/libbanthuek.so.$(SOVERSION)
	$(LINK_SHARED) $(filter %.so.$(SOVERSION),$^) $(PAPER_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) $(PKG_LIBS) $(LDFLAGS) -o $@

LINK_SHARED = @$(CC) $(OPT) -shared -Wl,-soname,$(@F) -Wl,--version-script=$(filter %.map,$^) -Wl,-Bsymbolic -Wl,-z,defs \
  -Wl,--as-needed -Wl,--whole-archive $(filter %.a,$^) -Wl,--no-whole-archive

$(B)/lib%.so: $(B)/lib%.so.$(SOVERSION)
	@ln -sf $(<F) $@

# ---- programs, tests and measures

# Libraries in which names are looked up most go first: a name is looked for in one after the other,
# which is most of what starting costs. ICU and libqpdf bring the C++ library anyway.
FIRST := -Wl,--no-as-needed -lc -l:libstdc++.so.6
FIRST_PDF := $(FIRST) -lqpdf -lcrypto

# Of libcrypto it takes SHA-256 only.
$(B)/banthuek: $(MAIN_OBJ) $(INTERNAL)
	@$(CC) $(OPT) $^ $(FIRST) $(PKG_LIBS:-lcrypto=-l:libcrypto.a) $(LDFLAGS) -o $@

$(B)/libexec/banthuek-pdf: $(PDF_OBJ) $(filter-out %/main.o,$(MAIN_OBJ)) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(OPT) $^ $(FIRST_PDF) $(PKG_LIBS) $(PDFIN_LIBS) $(LDFLAGS) -o $@

# it limits itself as the one that reads PDFs does
$(B)/libexec/banthuek-sign: $(SIGN_OBJ) $(filter-out %/pdf_main.o,$(PDF_OBJ)) $(filter-out %/main.o,$(MAIN_OBJ)) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(OPT) $^ $(FIRST_PDF) $(PKG_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) $(LDFLAGS) -o $@

# it limits itself as that does
$(B)/libexec/banthuek-archive: $(ARCHIVE_OBJ) $(filter-out %/pdf_main.o,$(PDF_OBJ)) $(filter-out %/main.o,$(MAIN_OBJ)) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(OPT) $^ $(PKG_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) $(LDFLAGS) -o $@

# so does this one
$(B)/libexec/banthuek-paper: $(PAPER_OBJ) $(filter %/archive_render.o %/archive_worker.o,$(ARCHIVE_OBJ)) $(filter-out %/pdf_main.o,$(PDF_OBJ)) $(filter-out %/main.o,$(MAIN_OBJ)) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(OPT) $^ $(PKG_LIBS) $(PAPER_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) $(LDFLAGS) -o $@

$(B)/unit/%: tests/unit/%.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests/kit -MMD -MP $< $(INTERNAL) $(PKG_LIBS) -lcmocka $(PAPER_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) -lxlsxwriter -lzip -o $@

$(B)/random/reports: $(wildcard tests/random/*.[ch]) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests $(filter %.c %.a,$^) $(PKG_LIBS) $(PDFIN_LIBS) -o $@

$(B)/tools/fill-fields: tests/tools/fill_fields.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP $< $(INTERNAL) $(PKG_LIBS) $(PDFIN_LIBS) -o $@

$(B)/tools/check-archive: tests/tools/check_archive.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP $< $(INTERNAL) $(PKG_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) -o $@

$(B)/tools/bind-scan: tests/tools/bind_scan.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests/kit -MMD -MP $< $(INTERNAL) $(PKG_LIBS) $(PAPER_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) -o $@

$(B)/tools/scan-codes: tests/tools/scan_codes.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP $< $(INTERNAL) $(PKG_LIBS) $(PAPER_LIBS) $(PDFIN_LIBS) -o $@

$(B)/bench/breaks: $(wildcard tests/bench/breaks/*.[ch]) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(filter %.c %.a,$^) $(PKG_LIBS) -lthai -o $@

$(B)/bench/run: tests/bench/run.c
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $< -o $@

$(B)/bench/memos: tests/bench/memos.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MMD -MP $< $(INTERNAL) $(PKG_LIBS) -o $@

$(B)/bench/archive: $(wildcard tests/bench/archive/*.[ch]) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(filter %.c %.a,$^) $(PKG_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) -o $@

$(B)/bench/lines: tests/bench/lines.c $(wildcard tests/bench/breaks/[eg]*.[ch]) $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(filter %.c %.a,$^) $(PKG_LIBS) -lthai -o $@

$(B)/fuzz/%: tests/fuzz/%.c $(INTERNAL)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -Itests/kit -fsanitize=fuzzer -MMD -MP $< $(INTERNAL) $(PKG_LIBS) $(PAPER_LIBS) $(ARCHIVE_LIBS) $(SIGN_LIBS) $(PDFIN_LIBS) -lzip -o $@

-include $(shell find $(B)/obj $(B)/unit $(B)/bench $(B)/fuzz -name '*.d' 2>/dev/null)
