package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meridian.core.model.JournalEntry;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.operation.JournalReport;
import org.meridian.core.operation.Journals;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.StateStore;
import org.meridian.web.world.CanaryView;
import org.meridian.web.world.PhaseView;
import org.meridian.web.world.Phases;
import org.meridian.web.world.WorldWatch;

/** Rollouts, those that are over and the one that is under way, whoever carries it out. */
public final class RolloutsApi {
    private final Workspace workspace;
    private final WorldWatch watch;

    /** Of that workspace. */
    public RolloutsApi(Workspace workspace, WorldWatch watch) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.watch = requireNonNull(watch, "watch is null");
    }

    /** Every rollout, newest first. */
    public void list(Context context) {
        Map<Integer, Receipt> receipts = workspace.state().receipts().stream()
                .collect(Collectors.toMap(Receipt::rollout, Function.identity(), (earlier, later) -> later));
        JsonAnswers.write(
                context,
                workspace.state().rollouts().reversed().stream()
                        .map(rollout -> RolloutJson.of(
                                rollout, Optional.ofNullable(receipts.get(rollout.number())), who(rollout)))
                        .toList());
    }

    /** One of them with all that is known of it. */
    public void get(Context context) {
        int number = number(context.pathParam("number"));
        JournalReport journal = new Journals(workspace).read(Optional.of(number));
        Optional<Receipt> receipt = workspace.state().receipts().reversed().stream()
                .filter(known -> known.rollout() == number)
                .findFirst();
        JsonAnswers.write(
                context,
                new Whole(
                        RolloutJson.of(journal.rollout(), receipt, who(journal.rollout())),
                        waves(journal.rollout()),
                        receipt.map(ReceiptJson::of),
                        journal.lines().stream().map(ActJson::of).toList(),
                        Phases.of(journal),
                        watch.canaries(number)));
    }

    /** As configured now, of the regions that the rollout covers. */
    private List<List<String>> waves(RolloutRecord rollout) {
        return workspace.app().rollout().waves().stream()
                .map(wave -> wave.stream()
                        .filter(rollout.regions()::contains)
                        .map(RegionName::value)
                        .toList())
                .filter(wave -> !wave.isEmpty())
                .toList();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw JsonAnswers.missing("there is no rollout " + text);
        }
    }

    /** Who carries it out; nobody remembers who did that with one that is over. */
    private Optional<String> who(RolloutRecord rollout) {
        return rollout.outcome() == RolloutRecord.Outcome.RUNNING
                ? workspace.state().holder().filter(holder -> !holder.kept()).map(StateStore.Holder::who)
                : Optional.empty();
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private record Whole(
            RolloutJson rollout,
            List<List<String>> waves,
            Optional<ReceiptJson> receipt,
            List<ActJson> journal,
            List<PhaseView> phases,
            List<CanaryView> canary) {}

    private record RolloutJson(
            int number,
            String kind,
            Optional<String> from,
            String to,
            Instant startedAt,
            Optional<Instant> endedAt,
            String outcome,
            List<String> regions,
            Optional<String> who) {
        static RolloutJson of(RolloutRecord rollout, Optional<Receipt> receipt, Optional<String> who) {
            boolean ended = rollout.outcome() != RolloutRecord.Outcome.RUNNING;
            return new RolloutJson(
                    rollout.number(),
                    written(rollout.kind()),
                    rollout.from().map(ReleaseId::toString),
                    rollout.to().toString(),
                    rollout.startedAt(),
                    receipt.filter(found -> ended)
                            .map(found -> found.startedAt().plus(found.duration())),
                    written(rollout.outcome()),
                    rollout.regions().stream().map(RegionName::value).toList(),
                    who);
        }
    }

    private record ActJson(Instant at, String act, String target, String state, Optional<String> problem) {
        static ActJson of(JournalReport.Line line) {
            String target = line.act()
                    .server()
                    .map(Object::toString)
                    .or(() -> line.act().region().map(Object::toString))
                    .orElse("");
            return new ActJson(
                    line.at(),
                    line.act().words(),
                    target,
                    written(line.end().orElse(JournalEntry.State.INTENDED)),
                    line.problem());
        }
    }
}
