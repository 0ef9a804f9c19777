package org.meridian.core.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.model.HookPoint;
import org.meridian.core.model.Receipt;
import org.meridian.core.model.RegionName;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.RolloutRecord;
import org.meridian.core.model.RolloutRecord.Kind;
import org.meridian.core.plan.Plan;
import org.meridian.core.rollout.Hooks;

/** Runs the team's own commands around an operation, and tells people elsewhere of its start and its end. */
final class Announcements {
    private final Workspace workspace;
    private final Hooks hooks;

    Announcements(Workspace workspace) {
        this.workspace = workspace;
        this.hooks = workspace.world().hooks();
    }

    void planning() throws InterruptedException {
        hooks.at(HookPoint.BEFORE_PLAN, facts());
    }

    void planned(Plan plan) throws InterruptedException {
        hooks.at(
                HookPoint.AFTER_PLAN,
                facts(plan.kind(), plan.from(), plan.target().id()));
    }

    /** Throws a Failure when a hook does not want it to begin; nothing has changed then. */
    void begins(RolloutRecord rollout) throws InterruptedException {
        boolean back = rollout.kind() == Kind.ROLLBACK;
        Map<String, String> facts = facts(rollout);
        hooks.at(back ? HookPoint.BEFORE_ROLLBACK : HookPoint.BEFORE_DEPLOY, facts);
        String verb =
                switch (rollout.kind()) {
                    case DEPLOY -> "deploying ";
                    case ROLLBACK -> "rolling back to ";
                    case SCALE -> "scaling ";
                };
        hooks.tell(sentence(verb, rollout), facts);
    }

    void ended(RolloutRecord rollout, Receipt receipt) throws InterruptedException {
        Map<String, String> facts = facts(rollout);
        facts.put("outcome", receipt.outcome().written());
        boolean back = rollout.kind() == Kind.ROLLBACK;
        boolean good = receipt.outcome() == Workspace.good(rollout.kind());
        hooks.at(good ? back ? HookPoint.AFTER_ROLLBACK : HookPoint.AFTER_DEPLOY : HookPoint.AFTER_FAILURE, facts);
        String requests = receipt.probe().failed() + " of " + receipt.probe().sent() + " probes failed";
        String what =
                switch (rollout.kind()) {
                    case DEPLOY -> "deploy of ";
                    case ROLLBACK -> "rollback to ";
                    case SCALE -> "scaling of ";
                };
        hooks.tell(sentence(what, rollout) + ": " + receipt.outcome().written() + ", " + requests, facts);
    }

    private String sentence(String verb, RolloutRecord rollout) {
        String from = rollout.from()
                .filter(release -> !release.equals(rollout.to()))
                .map(release -> " from " + release)
                .orElse("");
        return workspace.app().name() + ": " + verb + rollout.to() + from + " by " + workspace.who();
    }

    private Map<String, String> facts(RolloutRecord rollout) {
        Map<String, String> facts = facts(rollout.kind(), rollout.from(), rollout.to());
        facts.put("rollout", Integer.toString(rollout.number()));
        facts.put("regions", rollout.regions().stream().map(RegionName::value).collect(Collectors.joining(",")));
        return facts;
    }

    private Map<String, String> facts(Kind kind, Optional<ReleaseId> from, ReleaseId to) {
        Map<String, String> facts = facts();
        facts.put("kind", Hooks.written(kind));
        facts.put("release", to.toString());
        from.ifPresent(release -> facts.put("previous", release.toString()));
        return facts;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("app", workspace.app().name().value());
        facts.put("who", workspace.who());
        return facts;
    }
}
