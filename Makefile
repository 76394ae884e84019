# Every user command of the project. `make help` lists them.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

VARIANTS := none raw raw-unbounded no-locks trylock
CONFIGS := $(shell awk '/^[^\#]/ { print $$1 }' rt-configs/configurations)
RESULTS := results/linux-7.2

PROFILE ?= default##	quick (1 seed, 2,000 wakeups), default (3, 20,000) or full (hours: none and raw 5, 50,000; holds, contend, waits, throughput, sweep, trace, cost, alloc, kfree, flood and perf as well)
VARIANT ?= none##	the variant of `make kernel` and `make deb`: $(VARIANTS)
CONFIG ?= bench##	the configuration of `make kernel` and `make throughput`, of rt-configs/configurations: $(CONFIGS)
DOTCONFIG ?=##	the .config that `make deb` builds packages on, of your machine's kernel for example
KSRC ?=##		a Linux 7.2 tree or tarball in place of Debian's; never modified
ACCEL ?= icount##	icount (counts instructions, repeatable), kvm or local (this machine itself)
JOBS ?=##		processes and guests at a time; default: the number of processors

# What follows ## is text for `make help` alone.
export KSRC JOBS

# one_of NAME,WORDS: refuse a value that is none of the words.
one_of = $(if $(filter-out $(2),$($(1)))$(word 2,$($(1))),$(error $(1)='$($(1))' is none of: $(2)))
$(call one_of,PROFILE,quick default full)
$(call one_of,VARIANT,$(VARIANTS))
$(call one_of,CONFIG,$(CONFIGS))
$(call one_of,ACCEL,icount kvm local)

jobs := $(if $(JOBS),--jobs $(JOBS))
bench := bench/run --profile $(PROFILE) --accel $(ACCEL) $(jobs)

# What a comparison measures, and the profiles that its cells have. A full one is
# longest where the question is, and measures what is beside latency.
# The locks of no-locks and trylock are those of none, so their holds are not measured;
# 5,000 wakeups are beside millions of holds.
measure := $(bench)
profiles := $(PROFILE)
ifeq ($(PROFILE),full)
measure := $(bench) --variants none,raw && \
	$(bench) --profile default --variants raw-unbounded,no-locks,trylock && \
	bench/run --throughput $(jobs) && bench/run --throughput --config nort $(jobs) && \
	bench/holds --variants none,raw,raw-unbounded --samples 5000 $(jobs) && \
	bench/holds --reach $(jobs) && bench/waits && bench/contend && bench/sweep $(jobs) && \
	bench/trace $(jobs) && bench/cost && bench/alloc $(jobs) && \
	bench/kfree $(jobs) && bench/run --flood --variants none,raw $(jobs) && \
	bench/run --perf $(jobs) && bench/run --perf --accel smp --variants none,raw,raw-unbounded
profiles := full,default
endif

help: ##		this list
	@echo 'usage: make COMMAND [VARIABLE=VALUE]...'
	@echo
	@echo 'Commands:'
	@sed -nE 's/^([a-z-]+):[^#]*##\t*(.*)/  \1\t\2/p' Makefile | expand -t 16
	@echo
	@echo 'Variables:'
	@sed -nE 's/^([A-Z]+) \?= ?([^#]*)##\t*(.*)/  \1=\2\t\3/p' Makefile | \
		sed 's/\$$(VARIANTS)/$(VARIANTS)/; s/\$$(CONFIGS)/$(CONFIGS)/' | expand -t 20

compare: setup source ##	all of it: source, kernels, benchmark, COMPARISON.md
	@$(if $(filter local,$(ACCEL)),$(error ACCEL=local measures the one kernel that runs: use make bench, and see docs/hardware.md))
	@$(if $(filter full,$(PROFILE)),$(if $(filter kvm,$(ACCEL)),$(error PROFILE=full measures with icount: ACCEL=kvm is for quick and default)))
	@for v in none raw; do tools/kernel/build $$v || exit; done
	@$(bench) --variants none,raw --loads idle,pagecache --seeds 1
	@for v in $(VARIANTS); do tools/kernel/build $$v || exit; done
	@$(measure)
	@bench/publish --profile $(profiles) $(if $(filter kvm,$(ACCEL)),--from build/kvm)
	@$(MAKE) --no-print-directory report

check: setup ##		the tests that fit into an hour; says at the end what was left out
	@tests/run

check-full: setup ##	all tests, hours
	@tests/run --full

setup: ##		install the Debian packages that are missing (as root)
	@tools/setup/install

source: ##	fetch Linux and apply the series (build/linux)
	@tools/kernel/fetch
	@tools/kernel/apply

kernel: source ##	build one kernel (build/kernel/VARIANT, VARIANT-CONFIG of any other than bench)
	@tools/kernel/build --config $(CONFIG) $(VARIANT)

kernels: source ##	build the kernels of all variants
	@for v in $(VARIANTS); do tools/kernel/build $$v || exit; done

deb: source ##	Debian packages of VARIANT on the configuration DOTCONFIG (build/deb/VARIANT)
	@tools/kernel/deb $(VARIANT) '$(or $(DOTCONFIG),$(error DOTCONFIG is missing: make deb VARIANT=$(VARIANT) DOTCONFIG=/boot/config-...))'

bench: ##		measure all cells (build/cells); bench/run --help for less, and for --explain
	@$(bench)

throughput: source ##	time fixed work under each variant (build/throughput, or build/throughput-nort)
	@bench/run --throughput --config $(CONFIG) $(jobs)

holds: setup source ##	measure how long the locks are held (build/holds); bench/holds --help for less
	@bench/holds $(jobs)

reach: setup source ##	measure the lock sites that no load reaches (build/reach)
	@bench/holds --reach $(jobs)

waits: setup source ##	measure what CPUs of a guest wait for zone->lock (build/waits), beside which the model is put
	@bench/waits

contend: setup ##	what many CPUs would wait for zone->lock, by a model of the holds (build/contend)
	@bench/contend

sweep: setup source ##	what PAGE_ALLOC_RAW_BATCH does to holds, latency and throughput (build/sweep)
	@bench/sweep $(jobs)

trace: setup source ##	what was longest, by the kernel's own tracers (build/trace); bench/trace --help for less
	@bench/trace $(jobs)

cost: setup source ##	what each variant costs in code and memory (build/cost)
	@bench/cost

alloc: setup source ##	how often allocations in raw context succeed (build/alloc); bench/alloc --help for less
	@bench/alloc $(jobs)

kfree: setup source ##	what kfree_rcu() does with its objects in raw context (build/kfree); bench/kfree --help for less
	@bench/kfree $(jobs)

flood: setup source ##	measure wakeups of none and raw while hard interrupts allocate (build/flood); bench/run --help for others
	@bench/run --flood --variants none,raw $(jobs)

perf: setup source ##	benchmarks of the page allocator and what uses it (build/perf); bench/run --perf --help for less
	@bench/run --perf $(jobs)

correct: setup source ##	run the tests of correctness in kernels that look for mistakes (build/correct); bench/correct --help for less
	@bench/correct

report: tools source ##	summary.json, plots and COMPARISON.md from the published cells
	@build/tools/summarize $(RESULTS)
	@series=$$(tools/kernel/series-sha256) && \
		build/tools/compare --series "$$series" $(RESULTS) COMPARISON.md
	@echo "report: COMPARISON.md, $(RESULTS)/summary.json and plots are written"

zero-cost: source ##	prove that the default choice changes no machine code
	@tools/kernel/zero-cost

check-series: source ##	does every patch apply, pass checkpatch and compile?
	@tools/kernel/check-series --build

tools: ##		build the tools that write the report, the model and the plugins that watch a guest
	@$(MAKE) -s --no-print-directory -C tools/report
	@$(MAKE) -s --no-print-directory -C tools/holds
	@$(MAKE) -s --no-print-directory -C tools/model

clean: ##		remove kernels, cells and tools; keep the source
	@find build -mindepth 1 -maxdepth 1 ! -name source ! -name lock -exec rm -rf {} + 2>/dev/null || true

distclean: ##	remove everything made
	@rm -rf build

.PHONY: help compare check check-full setup source kernel kernels deb bench throughput \
	holds reach waits contend sweep trace cost alloc kfree flood perf correct report zero-cost check-series tools \
	clean distclean
