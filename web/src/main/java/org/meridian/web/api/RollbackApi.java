package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import org.meridian.core.model.Answer.Verdict;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.operation.Answers;
import org.meridian.core.operation.RollBack;
import org.meridian.core.operation.RollBackRequest;
import org.meridian.core.operation.Workspace;
import org.meridian.web.security.Guard;
import org.meridian.web.security.Visitor;
import tools.jackson.databind.JsonNode;

/** The buttons: roll back, promote, abort. */
public final class RollbackApi {
    private final Workspace workspace;
    private final OwnRollbacks rollbacks;
    private final Acts acts;

    /** Acts in that workspace. */
    public RollbackApi(Workspace workspace, OwnRollbacks rollbacks, Acts acts) {
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.rollbacks = requireNonNull(rollbacks, "rollbacks is null");
        this.acts = requireNonNull(acts, "acts is null");
    }

    /** What a rollback would do. */
    public void plan(Context context) throws InterruptedException {
        RollBackRequest request = RollBackRequest.to(release(Optional.ofNullable(context.queryParam("to"))));
        JsonAnswers.write(context, PlanWords.of(new RollBack(workspace).intention(request)));
    }

    /** Rolls back; answers when it has begun. */
    public void rollBack(Context context) throws InterruptedException {
        Visitor visitor = Guard.visitor(context);
        JsonNode body = JsonAnswers.body(context);
        boolean named = !body.path("to").isNull() && !body.path("to").isMissingNode();
        Optional<ReleaseId> to = release(named ? Optional.of(JsonAnswers.text(body, "to")) : Optional.empty());
        Optional<Integer> rollout = rollbacks.begin(RollBackRequest.to(to), acts.who(visitor));
        context.status(rollout.isPresent() ? 202 : 200);
        JsonAnswers.write(context, new Begun(rollout));
    }

    /** Says what a person wants of the rollout that is under way. */
    public void answer(Context context) {
        Visitor visitor = Guard.visitor(context);
        JsonNode body = JsonAnswers.body(context);
        Verdict verdict = verdict(JsonAnswers.text(body, "verdict"));
        if (!body.path("rollout").isInt()) {
            throw JsonAnswers.bad("'rollout' is missing, or no number");
        }
        int rollout = body.path("rollout").asInt();
        new Answers(Workspaces.by(workspace, acts.who(visitor))).say(rollout, verdict);
        JsonAnswers.write(context, new Answered(rollout, written(verdict)));
    }

    private static Optional<ReleaseId> release(Optional<String> text) {
        try {
            return text.map(ReleaseId::parse);
        } catch (IllegalArgumentException e) {
            throw JsonAnswers.bad(String.valueOf(e.getMessage()));
        }
    }

    private static Verdict verdict(String text) {
        return switch (text) {
            case "promote" -> Verdict.PROMOTE;
            case "abort" -> Verdict.ABORT;
            default -> throw JsonAnswers.bad("'verdict' is promote or abort");
        };
    }

    private static String written(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private record Begun(Optional<Integer> rollout) {}

    private record Answered(int rollout, String verdict) {}
}
