package org.meridian.cli.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.meridian.cli.world.JobQueue.Job;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which release had a region's traffic when, and when its workers came and went, as the deployers' journals tell. */
final class TrafficHistory {
    private static final JsonMapper JSON = new JsonMapper();

    /** What a busy machine may take to tell a process of a signal. */
    private static final Duration SIGNAL = Duration.ofSeconds(10);

    private final Map<String, List<Turn>> regions = new LinkedHashMap<>();

    /** Adds what the next command printed, which may have been killed in the midst of a line. */
    void add(String printed) {
        printed.lines()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .map(JSON::readTree)
                .filter(event -> event.path("event").asString("").equals("journalled"))
                .filter(event -> !event.path("state").asString("").equals("failed"))
                .forEach(this::add);
    }

    private void add(JsonNode entry) {
        List<Turn> turns = regions.computeIfAbsent(entry.path("region").asString("-"), region -> new ArrayList<>());
        boolean done = entry.path("state").asString("").equals("done");
        Instant at = Instant.parse(entry.path("at").asString(""));
        switch (entry.path("act").asString("")) {
            case "set-pool" -> moved(turns, serving(entry.path("detail").asString("")), at, done);
            case "end-workers" -> {
                if (done && !turns.isEmpty()) {
                    turns.getLast().ended.add(entry.path("server").asString(""));
                }
            }
            case "start-workers" -> {
                Turn turn = turns.getLast();
                turn.workersStart = turn.workersStart == null ? at : turn.workersStart;
            }
            default -> {}
        }
    }

    /** The servers with users, of an entry such as {@code app-us-r1-1 0, app-us-r2-1 100}. */
    private static Set<String> serving(String weights) {
        return Arrays.stream(weights.split(", "))
                .map(weight -> weight.split(" "))
                .filter(weight -> !weight[1].equals("0"))
                .map(weight -> weight[0])
                .collect(Collectors.toSet());
    }

    private static void moved(List<Turn> turns, Set<String> servers, Instant at, boolean done) {
        if (servers.isEmpty()) {
            return;
        }
        if (turns.isEmpty() || !turns.getLast().servers.equals(servers)) {
            turns.add(new Turn(servers, at));
        }
        if (done && turns.getLast().movedAt == null) {
            turns.getLast().movedAt = at;
        }
    }

    /** What is wrong: workers that were not told to end before traffic moved. */
    List<String> toldTooLate() {
        List<String> wrong = new ArrayList<>();
        regions.forEach((region, turns) -> {
            for (Turn turn : turns.subList(0, Math.max(0, turns.size() - 1))) {
                if (!turn.ended.containsAll(turn.servers)) {
                    wrong.add(
                            region + ": traffic left " + turn.servers + ", workers were told to end on " + turn.ended);
                }
            }
        });
        return wrong;
    }

    /** What is wrong with who took this job; empty if nothing is. */
    List<String> complaints(Job job) {
        List<String> wrong = new ArrayList<>();
        if (job.attempts() != 1) {
            wrong.add(job + " was taken more than once");
        }
        List<Turn> turns = regions.getOrDefault(job.region(), List.of());
        boolean served = false;
        for (int i = 0; i < turns.size(); i++) {
            Turn next = i + 1 < turns.size() ? turns.get(i + 1) : null;
            served |=
                    turns.get(i).servers.contains(job.server()) && turns.get(i).covers(job.takenAt(), next);
        }
        if (!served) {
            wrong.add(job + " was taken by a release that did not serve; " + job.region() + " had " + turns);
        }
        return wrong;
    }

    /** A time in which the same servers had a region's traffic; it begins between an entry and the next one. */
    private static final class Turn {
        private final Set<String> servers;
        private final Instant intendedAt;
        private final Set<String> ended = new HashSet<>();
        private @Nullable Instant movedAt;
        private @Nullable Instant workersStart;

        Turn(Set<String> servers, Instant intendedAt) {
            this.servers = servers;
            this.intendedAt = intendedAt;
        }

        boolean covers(Instant at, @Nullable Turn next) {
            return movedAt != null && !at.isBefore(movedAt) && (next == null || next.isAfter(at));
        }

        /** Whether that moment was before its users came, or just then, and surely before its workers did. */
        private boolean isAfter(Instant at) {
            boolean told = movedAt == null || at.isBefore(movedAt.plus(SIGNAL));
            return told && (workersStart == null || at.isBefore(workersStart));
        }

        @Override
        public String toString() {
            return "%s from %s to %s, workers %s".formatted(servers, intendedAt, movedAt, workersStart);
        }
    }
}
