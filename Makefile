# Everything here works from a fresh clone. "make" alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo demo-down test torture unit bench simulate fuzz format clean

# Maven says what fails and how many tests ran, nothing else.
LOG := -Dorg.slf4j.simpleLogger.log
MVN = JAVA_HOME="$$(scripts/java-home)" MAVEN_OPTS="$$MAVEN_OPTS --sun-misc-unsafe-memory-access=allow" \
	mvn --batch-mode --no-transfer-progress -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dstyle.color=never \
	$(LOG).org.apache.maven.plugin.surefire=info $(LOG).org.apache.maven.plugin.failsafe=info

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## three regions on this machine: deploy v1, then v2 under load, then roll back
	@scripts/demo

demo-down: ## remove everything that the demo made
	@scripts/demo-down

test: ## everything that proves it works, also against real local servers; about half an hour
	@scripts/setup
	@$(MVN) verify

torture: ## kill the deployer at each entry of its journal, on real servers; an hour or more, goes on where it was stopped
	@scripts/setup
	@MERIDIAN_TORTURE=all $(MVN) verify -pl cli -am -Dtest=NoTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Dit.test=TortureWorldTest -Dfailsafe.failIfNoSpecifiedTests=false

unit: ## the tests that need nothing but a JDK and Maven; some minutes
	@$(MVN) verify -DskipITs

bench: ## the measurements of docs/performance.md
	@scripts/setup
	@bench/run

RUNS ?= 100000
SEED ?=
simulate: ## try to break Meridian in a simulated world; RUNS=1000000 for long, SEED=n for the same again
	@$(MVN) -q package -DskipTests -DskipITs -pl testkit -am
	@"$$(scripts/java-home)/bin/java" -XX:+UseParallelGC -Xmx2g -cp 'core/target/classes:testkit/target/classes:testkit/target/test-classes' \
		org.meridian.testkit.simulation.SimulateMain $(RUNS) $(SEED)

FUZZ_RUNS = $(if $(filter command line,$(origin RUNS)),$(RUNS),100000)
fuzz: ## read what chance has changed: files, arguments, answers; RUNS=1000000 for long, SEED=n for the same again
	@$(MVN) -q package -DskipTests -DskipITs -pl cli -am
	@cd cli && "$$(../scripts/java-home)/bin/java" -Xmx2g -cp 'target/test-classes:target/meridian/lib/*' \
		org.meridian.cli.fuzz.FuzzMain $(FUZZ_RUNS) $(SEED)
	@$(MVN) verify -DskipITs -pl drivers -am -Dtest='*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false \
		-Dmeridian.fuzz=$$(( $(FUZZ_RUNS) / 10000 + 1 ))

format: ## put the Java sources in the form that the build wants
	@$(MVN) spotless:apply

clean: ## remove what the build made
	@$(MVN) clean
